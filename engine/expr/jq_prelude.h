#pragma once

#include <string>
#include <string_view>

namespace expr {

/// Definitions that stand before each program of jq: what the real engine's jq does otherwise than libjq 1.6, and
/// errors for what it has not.
const std::string &jqPrelude();

/// The program with each bound of its slices, `.[from:to]`, as `(from|_bound)`: libjq ends the process over one that
/// is not a number.
std::string withBounds(std::string_view program);

} // namespace expr
