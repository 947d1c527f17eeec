#pragma once

#include <string>
#include <string_view>

namespace tasks {

/// MurmurHash3 (x64, 128 bits, seed 0) as 32 hexadecimal digits, bytes in the order of memory.
std::string murmur128(std::string_view bytes);

} // namespace tasks
