#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace editor {

/// Lines [oldBegin, oldEnd) of one text stand as [newBegin, newEnd) in the other; 0-based. One of
/// the two may be empty.
struct LineHunk
{
    std::size_t oldBegin = 0;
    std::size_t oldEnd = 0;
    std::size_t newBegin = 0;
    std::size_t newEnd = 0;
    bool operator==(const LineHunk &) const = default;
};

/// The lines of a text, each with its line ending; the last one may have none.
std::vector<std::string_view> splitLines(std::string_view text);

/// What differs, in order, never touching. Shortest script (Myers) while it is short; a stretch
/// that differs in thousands of lines comes as one hunk.
std::vector<LineHunk> diffLines(const std::vector<std::string_view> &oldLines,
                                const std::vector<std::string_view> &newLines);

struct MergedText
{
    std::string text;
    int conflicts = 0; ///< places where both versions stay, between `<<<<<<<`, `=======`, `>>>>>>>`
};

/// Three-way merge by lines. The names stand in the conflict marks.
MergedText mergeLines(std::string_view base, std::string_view mine, std::string_view theirs,
                      std::string_view mineName, std::string_view theirsName);

} // namespace editor
