#pragma once

#include "engine/flow/range.h"

#include <string_view>
#include <vector>

namespace flow {

/// `outputs.load` or `inputs['day']` inside a template: found by a light scan, without the grammar.
struct Reference
{
    enum class Root { Inputs, Outputs };

    Root root = Root::Outputs;
    bool dotted = true;      ///< `outputs.x`, not `outputs['x']`
    std::string_view name;   ///< the identifier
    std::string_view dashed; ///< of a dotted one with all dashes that follow: `my-task`; else equals name
    Range range;             ///< of the name
};

/// Appends the references within the templates of a stretch of text, in order.
void scanReferences(std::string_view text, Range stretch, std::vector<Reference> &references);

} // namespace flow
