#pragma once

#include "engine/flow/tree.h"

#include <cstddef>
#include <string_view>

namespace flow {

/// Where in the file a byte of a scalar's decoded text stands, whatever its style: quotes, escapes, indentation
/// and folding are stepped over. Never outside the scalar.
std::size_t placeInScalar(std::string_view text, const Node &scalar, std::size_t offset);

} // namespace flow
