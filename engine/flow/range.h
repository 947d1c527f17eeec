#pragma once

#include <cstddef>
#include <cstdint>

namespace flow {

/// Half-open range of UTF-8 byte offsets in one text. All offsets below the views are bytes.
struct Range
{
    std::size_t begin = 0;
    std::size_t end = 0;

    std::size_t size() const { return end - begin; }
    bool empty() const { return begin == end; }
    bool contains(std::size_t offset) const { return begin <= offset && offset < end; }
    bool contains(Range other) const { return begin <= other.begin && other.end <= end; }
    bool operator==(const Range &) const = default;
};

/// Stands for no offset: a syntax error that the real engine reports without a place.
inline constexpr std::size_t kNoPlace = static_cast<std::size_t>(-1);

/// Names one state of one text. Undo goes back to the old name, so a document is modified exactly
/// when its revision differs from the saved one.
enum class Revision : std::uint64_t {};

} // namespace flow
