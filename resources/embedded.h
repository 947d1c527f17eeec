#pragma once

#include <string_view>
#include <vector>

namespace resources {

/// A file linked into the program, by its path under resources/ (`catalog/core-1.3.json`); empty when
/// there is none. Lives as long as the program.
std::string_view embedded(std::string_view path);

/// The paths of all embedded files, sorted.
std::vector<std::string_view> embeddedPaths();

} // namespace resources
