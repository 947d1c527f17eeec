#pragma once

#include "engine/flow/tree.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// What the expressions of a text read from their context, for edits that carry them into another one.
namespace flow::edits {

/// One part of a path: `.name`, `['name']` or `[0]`.
struct PathPart
{
    std::string name;
    std::size_t end = 0; ///< behind it, in the text of the flow
    bool index = false;  ///< `[0]`
};

/// A variable with all that can be told of its path: `outputs.load.rows[0]`, or a function by its name.
struct PathUse
{
    std::string root;            ///< `outputs`; of a function its name; `#{` for text put into a literal
    Range rootRange;             ///< of the word
    std::vector<PathPart> parts;
    bool call = false;           ///< `root(`
    bool dynamic = false;        ///< `[expression]` follows the parts
    bool guarded = false;        ///< `??`, `is …` or `default` follows at once
    bool tested = false;         ///< one of those stands somewhere behind it in the expression
    bool conditional = false;    ///< its text holds `? :` or `{% if`: it may never be read
    bool alone = false;          ///< it is all of its `{{ }}`
    Range expression;            ///< from `{{` to behind `}}`
    const Node *scalar = nullptr;

    Range range() const { return {rootRange.begin, parts.empty() ? rootRange.end : parts.back().end}; }
    /// `outputs.load.rows`, with the first `count` parts.
    std::string name(std::size_t count) const;
};

/// Calls `found` for each variable and function in the scalars (and keys) under `node`, in file order.
void forEachPathUse(std::string_view text, const Node &node, const std::function<void(const PathUse &)> &found);

/// `.a`, or `['a-b']` with quotes that fit the scalar it will stand in.
std::string memberText(std::string_view name, const Node &scalar);

} // namespace flow::edits
