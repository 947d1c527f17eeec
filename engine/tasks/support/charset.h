#pragma once

#include <string>
#include <string_view>

namespace tasks {

/// Converts between character sets by their names (`ISO-8859-1`); what a set lacks becomes `?`. Throws
/// TaskFailure with the name when it is unknown.
std::string converted(std::string_view bytes, const std::string &from, const std::string &to);

} // namespace tasks
