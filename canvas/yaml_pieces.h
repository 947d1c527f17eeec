#pragma once

#include "engine/flow/task_catalog.h"

#include <string>
#include <string_view>
#include <vector>

namespace canvas {

/// A task or an entry of the flow as text of its own.
struct YamlPiece
{
    std::string list; ///< `triggers`, `inputs`, `outputs`; empty for a task
    std::string text;
};

/// What can be put into a flow of a text: one task or entry, a list of them, or (parts of) a whole flow, of
/// which its tasks and entries are taken. By its type each knows where it belongs. Empty when it is none of it.
std::vector<YamlPiece> splitYaml(std::string_view yaml, const flow::TaskCatalog &catalog);

/// Lines without the indentation they all have; a list item's first line counts with its dash.
std::string outdented(std::string_view text);

} // namespace canvas
