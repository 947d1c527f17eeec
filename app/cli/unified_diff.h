#pragma once

#include <string>
#include <string_view>

namespace cli {

/// What turned `before` into `after`, as `diff -u` prints it, with three lines around each change; empty when
/// the texts are equal.
std::string unifiedDiff(std::string_view before, std::string_view after, std::string_view name);

} // namespace cli
