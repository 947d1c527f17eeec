#pragma once

#include "engine/flow/diagnostic.h"
#include "engine/flow/dialect.h"
#include "engine/flow/tree.h"

#include <optional>
#include <string_view>
#include <vector>

/// Templates inside a flow's text. Pure.
namespace expr {

/// What would fail when the templates of a flow are rendered: texts that can't be read, filters, functions and
/// tests that don't exist. Warnings `template-fault`, at their place in the file: saving a flow does not look at them.
std::vector<flow::Diagnostic> templateFaults(std::string_view text, const flow::Tree &tree, flow::Dialect dialect);

/// Where the template stands that a run's message quotes (``used in the expression `…` at line 1``, `(…:1)`), at
/// the name it is about where it tells one. `within` is the task, or the whole flow. Nothing when none is quoted.
std::optional<std::size_t> placeOfMessage(std::string_view text, const flow::Node &within, std::string_view message);

/// The same for a line of the log of a run of the task with that id; nothing when the flow has none.
std::optional<std::size_t> placeOfFailure(std::string_view text, const flow::Tree &tree, std::string_view taskId,
                                          std::string_view message);

} // namespace expr
