#pragma once

#include "editor/completer.h"
#include "editor/text_context.h"

namespace editor {

/// What could be written inside `{{ … }}` and `{% … %}`.
CompletionList completeExpression(const Completer &completer, const flow::Snapshot &snapshot,
                                  const ExpressionSpan &span, std::size_t offset);

/// Ids of the task a place is in and of those around it, innermost first, as the text has them now.
std::vector<std::string> ownTaskIds(const flow::Snapshot &snapshot, std::size_t offset);

/// A dotted path that ends at a place: `outputs.load['x']` gives outputs, load, x. A part that is
/// not written out (`[taskrun.value]`) is `?`.
struct PathSegment
{
    std::string name;
    flow::Range range;
};
std::vector<PathSegment> pathEndingAt(std::string_view text, std::size_t begin, std::size_t end);

} // namespace editor
