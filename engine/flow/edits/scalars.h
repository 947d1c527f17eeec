#pragma once

#include "engine/flow/tree.h"

#include <string>
#include <string_view>

/// How texts are spelled as YAML scalars, and values in flow style.
namespace flow::edits {

enum class Context { Block, Flow };

std::string quoted(std::string_view text); ///< in double quotes, escaped, on one line
/// Plain when it reads back as this very text there, else in double quotes.
std::string scalarText(std::string_view text, Context context);
/// A new text for a scalar that is written as `like`: keeps its quotes.
std::string scalarLike(const Node &like, std::string_view text, Context context);
/// Whether a plain scalar as written in block style means the same inside `[ ]` and `{ }`.
bool isFlowSafe(std::string_view plain);

/// A node of `text` in flow style on one line; comments inside are lost. `json`: keys and texts in
/// double quotes.
std::string flowText(std::string_view text, const Node &node, bool json);
/// Whether a comment stands between the begin and the end of the node.
bool holdsComment(std::string_view text, const Node &node);
/// Whether the keys of a mapping in flow style (or of one inside a list) are written in double quotes.
bool isJsonLike(const Node &collection);

} // namespace flow::edits
