#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace flow {

/// Bytes that differ between two texts, in the offsets of either. What follows moved by newEnd - oldEnd (modulo).
struct TextChange
{
    std::size_t begin = 0; ///< in the old text
    std::size_t oldEnd = 0;
    std::size_t newEnd = 0;
};

/// What differs, as small as is found quickly, in order: a task that moves is one place where it goes and one where it
/// comes. At least one, which may be empty.
std::vector<TextChange> textChanges(std::string_view before, std::string_view now);

} // namespace flow
