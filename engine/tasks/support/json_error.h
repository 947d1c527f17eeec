#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tasks {

/// The first fault of a text that should be JSON.
struct JsonFault
{
    std::string message;   ///< the real engine's words, with line and column
    std::size_t depth = 0; ///< how many objects and arrays are open there
};
JsonFault jsonFault(std::string_view text);

/// What the real engine says about a text that is not the JSON it should be, with line and column.
std::string jsonError(std::string_view text);
/// The same behind the name of its class, as it stands in failures of rendered properties.
std::string jsonFailure(std::string_view text);

} // namespace tasks
