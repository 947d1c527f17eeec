#pragma once

#include "engine/flow/tree.h"

#include <functional>
#include <string>
#include <string_view>
#include <vector>

/// Where the expressions of a text name something: `{{ outputs.load.uri }}`, `{{ inputs['a-b'] }}`.
namespace flow::edits {

/// One name inside an expression, behind a root variable (`outputs`, `tasks`, `inputs`, `vars`,
/// `labels`, `trigger`) or as the argument of `errorLogs('x')`.
struct Reference
{
    std::string root;  ///< `outputs`; for `errorLogs('x')` the name of the function
    std::string name;  ///< of a dotted path of inputs the whole path: `a.b`
    Range range;       ///< what is written for it: `.name`, `['name']`, or the quoted argument
    Range nameRange;   ///< the name alone, without dot, brackets and quotes
    bool bracket = false;
    ScalarStyle style = ScalarStyle::Plain; ///< of the scalar it stands in
    const Node *scalar = nullptr;
};

/// Calls `found` for each reference in the scalars (and keys) under `node`, in file order. Only texts
/// that contain `needle` are read.
void forEachReference(std::string_view text, const Node &node, std::string_view needle,
                      const std::function<void(const Reference &)> &found);

/// The reference written with another name: `.b`, or `['a-b']` where the name is no identifier, with
/// quotes that fit the scalar.
std::string renamed(const Reference &reference, std::string_view newName);

} // namespace flow::edits
