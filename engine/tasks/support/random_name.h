#pragma once

#include <string>

namespace tasks {

/// 22 letters and digits, different every time; from any thread.
std::string randomName();

} // namespace tasks
