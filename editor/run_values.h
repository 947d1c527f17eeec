#pragma once

#include "editor/expression_completer.h"
#include "engine/flow/flow_document.h"
#include "engine/flow/value.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace editor {

/// The variables of templates as a run left them, or as a fixture gives them; without secrets.
/// Made by whoever knows runs; immutable once handed in.
struct RunValues
{
    std::string origin; ///< `14:02:11`, the name of a fixture: shown behind each value
    flow::Object roots; ///< outputs, inputs, vars, flow, …
    std::map<std::string, flow::Object, std::less<>> ofTask; ///< what only that task sees: taskrun…
};

/// What stands at a dotted path, seen by a task; null when nothing does. A part that is not written
/// out (`?`) is the first element.
const flow::Value *valueAt(const RunValues &values, std::string_view taskId,
                           const std::vector<PathSegment> &path);

/// What an expression gives with the values of a run.
struct RenderedValue
{
    flow::Range range;  ///< of the expression, braces included, or of a path inside it
    std::string text;   ///< the value, or why there is none; at most 800 bytes
    std::string type;   ///< `string`, `number`, `list`…; empty on failure
    bool failed = false;
};
/// The expression around a place, or the part of a path the place is on. Nothing outside of
/// `{{ }}` and in a path of a tag no value is known for. Reaches no network, file or secret, and
/// stops early when it grows large.
std::optional<RenderedValue> renderedAt(const flow::Snapshot &snapshot, std::size_t offset,
                                        const RunValues &values, flow::Dialect dialect);

/// `string`, `number`, `boolean`, `list`, `map`, `date`, `null`.
std::string kindName(const flow::Value &value);

} // namespace editor
