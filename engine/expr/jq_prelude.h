#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace expr {

/// Definitions that stand before each program of jq: what the real engine's jq does otherwise than libjq 1.6, and
/// errors for what it has not.
const std::string &jqPrelude();

/// The program with each bound of its slices, `.[from:to]`, as `(from|_bound)`: libjq ends the process over one that
/// is not a number. Nothing when a text in it is not closed, or it holds a zero: libjq leaks over the first and reads
/// no further than the second.
std::optional<std::string> withBounds(std::string_view program);

} // namespace expr
