#include "editor/line_diff.h"

#include <algorithm>

namespace editor {

namespace {

using Lines = std::vector<std::string_view>;

constexpr std::ptrdiff_t kLongestScript = 2000;

/// Myers' greedy algorithm on [oldBegin, oldEnd) x [newBegin, newEnd): marks the lines that stay.
/// False when more than kLongestScript lines differ.
bool markKept(const Lines &oldLines, const Lines &newLines, LineHunk box,
              std::vector<char> &oldKept, std::vector<char> &newKept)
{
    const auto n = static_cast<std::ptrdiff_t>(box.oldEnd - box.oldBegin);
    const auto m = static_cast<std::ptrdiff_t>(box.newEnd - box.newBegin);
    const std::ptrdiff_t longest = std::min(n + m, kLongestScript);
    std::vector<std::ptrdiff_t> furthest(static_cast<std::size_t>(2 * longest + 3), 0);
    const auto at = [&](std::ptrdiff_t k) -> std::ptrdiff_t & {
        return furthest[static_cast<std::size_t>(k + longest + 1)];
    };
    std::vector<std::vector<std::ptrdiff_t>> trace;
    for (std::ptrdiff_t d = 0; d <= longest; ++d) {
        std::vector<std::ptrdiff_t> before;
        for (std::ptrdiff_t k = -d; k <= d; ++k)
            before.push_back(at(k));
        trace.push_back(std::move(before));
        for (std::ptrdiff_t k = -d; k <= d; k += 2) {
            std::ptrdiff_t x =
                (k == -d || (k != d && at(k - 1) < at(k + 1))) ? at(k + 1) : at(k - 1) + 1;
            std::ptrdiff_t y = x - k;
            while (x < n && y < m && oldLines[box.oldBegin + x] == newLines[box.newBegin + y])
                ++x, ++y;
            at(k) = x;
            if (x < n || y < m)
                continue;
            for (; d >= 0; --d) { // walk back, marking the diagonals
                const auto &row = trace[static_cast<std::size_t>(d)];
                const auto was = [&](std::ptrdiff_t diagonal) {
                    return row[static_cast<std::size_t>(diagonal + d)];
                };
                const std::ptrdiff_t diagonal = x - y;
                const bool down =
                    d > 0 &&
                    (diagonal == -d || (diagonal != d && was(diagonal - 1) < was(diagonal + 1)));
                const std::ptrdiff_t previous = down ? diagonal + 1 : diagonal - 1;
                const std::ptrdiff_t startX =
                    d == 0 ? 0 : (down ? was(previous) : was(previous) + 1);
                while (x > startX) {
                    --x, --y;
                    oldKept[box.oldBegin + x] = 1;
                    newKept[box.newBegin + y] = 1;
                }
                if (d > 0)
                    down ? --y : --x;
            }
            return true;
        }
    }
    return false;
}

std::string join(const Lines &lines, std::size_t begin, std::size_t end)
{
    std::string text;
    for (std::size_t i = begin; i < end; ++i)
        text += lines[i];
    return text;
}

/// A conflict mark on a line of its own, even after a text without final newline.
void appendMark(std::string &text, std::string_view mark, std::string_view newline)
{
    if (!text.empty() && text.back() != '\n')
        text += newline;
    text += mark;
    text += newline;
}

} // namespace

std::vector<std::string_view> splitLines(std::string_view text)
{
    Lines lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t newline = text.find('\n', begin);
        const std::size_t end = newline == std::string_view::npos ? text.size() : newline + 1;
        lines.push_back(text.substr(begin, end - begin));
        begin = end;
    }
    return lines;
}

std::vector<LineHunk> diffLines(const Lines &oldLines, const Lines &newLines)
{
    LineHunk box{0, oldLines.size(), 0, newLines.size()};
    while (box.oldBegin < box.oldEnd && box.newBegin < box.newEnd &&
           oldLines[box.oldBegin] == newLines[box.newBegin])
        ++box.oldBegin, ++box.newBegin;
    while (box.oldBegin < box.oldEnd && box.newBegin < box.newEnd &&
           oldLines[box.oldEnd - 1] == newLines[box.newEnd - 1])
        --box.oldEnd, --box.newEnd;
    if (box.oldBegin == box.oldEnd && box.newBegin == box.newEnd)
        return {};
    std::vector<char> oldKept(oldLines.size(), 0);
    std::vector<char> newKept(newLines.size(), 0);
    if (!markKept(oldLines, newLines, box, oldKept, newKept))
        return {box};
    std::vector<LineHunk> hunks;
    std::size_t i = box.oldBegin;
    std::size_t j = box.newBegin;
    while (i < box.oldEnd || j < box.newEnd) {
        if (i < box.oldEnd && j < box.newEnd && oldKept[i] && newKept[j]) {
            ++i, ++j;
            continue;
        }
        LineHunk hunk{i, i, j, j};
        while (hunk.oldEnd < box.oldEnd && !oldKept[hunk.oldEnd])
            ++hunk.oldEnd;
        while (hunk.newEnd < box.newEnd && !newKept[hunk.newEnd])
            ++hunk.newEnd;
        hunks.push_back(hunk);
        i = hunk.oldEnd;
        j = hunk.newEnd;
    }
    return hunks;
}

MergedText mergeLines(std::string_view base, std::string_view mine, std::string_view theirs,
                      std::string_view mineName, std::string_view theirsName)
{
    const Lines baseLines = splitLines(base);
    const Lines mineLines = splitLines(mine);
    const Lines theirLines = splitLines(theirs);
    const std::vector<LineHunk> ours = diffLines(baseLines, mineLines);
    const std::vector<LineHunk> others = diffLines(baseLines, theirLines);
    const bool windows =
        base.find("\r\n") != std::string_view::npos || mine.find("\r\n") != std::string_view::npos;
    const std::string_view newline = windows ? "\r\n" : "\n";

    MergedText merged;
    std::size_t at = 0; // in base
    std::ptrdiff_t mineShift = 0;
    std::ptrdiff_t theirShift = 0;
    std::size_t a = 0;
    std::size_t b = 0;
    while (a < ours.size() || b < others.size()) {
        const bool fromMine =
            b == others.size() || (a < ours.size() && ours[a].oldBegin <= others[b].oldBegin);
        std::size_t begin = fromMine ? ours[a].oldBegin : others[b].oldBegin;
        std::size_t end = begin;
        const std::size_t firstA = a;
        const std::size_t firstB = b;
        const std::ptrdiff_t mineBegin = static_cast<std::ptrdiff_t>(begin) + mineShift;
        const std::ptrdiff_t theirBegin = static_cast<std::ptrdiff_t>(begin) + theirShift;
        for (bool grown = true; grown;) { // all hunks that touch each other are one place
            grown = false;
            while (a < ours.size() &&
                   (ours[a].oldBegin < end || (ours[a].oldBegin == begin && a == firstA) ||
                    (ours[a].oldBegin == end && b > firstB))) {
                end = std::max(end, ours[a].oldEnd);
                mineShift += static_cast<std::ptrdiff_t>(ours[a].newEnd - ours[a].newBegin) -
                             static_cast<std::ptrdiff_t>(ours[a].oldEnd - ours[a].oldBegin);
                ++a;
                grown = true;
            }
            while (b < others.size() &&
                   (others[b].oldBegin < end || (others[b].oldBegin == begin && b == firstB) ||
                    (others[b].oldBegin == end && a > firstA))) {
                end = std::max(end, others[b].oldEnd);
                theirShift += static_cast<std::ptrdiff_t>(others[b].newEnd - others[b].newBegin) -
                              static_cast<std::ptrdiff_t>(others[b].oldEnd - others[b].oldBegin);
                ++b;
                grown = true;
            }
        }
        merged.text += join(baseLines, at, begin);
        at = end;
        const std::string mineText =
            join(mineLines, static_cast<std::size_t>(mineBegin),
                 static_cast<std::size_t>(static_cast<std::ptrdiff_t>(end) + mineShift));
        const std::string theirText =
            join(theirLines, static_cast<std::size_t>(theirBegin),
                 static_cast<std::size_t>(static_cast<std::ptrdiff_t>(end) + theirShift));
        if (b == firstB || mineText == theirText) {
            merged.text += mineText;
        } else if (a == firstA) {
            merged.text += theirText;
        } else {
            ++merged.conflicts;
            appendMark(merged.text, "<<<<<<< " + std::string(mineName), newline);
            merged.text += mineText;
            appendMark(merged.text, "=======", newline);
            merged.text += theirText;
            appendMark(merged.text, ">>>>>>> " + std::string(theirsName), newline);
        }
    }
    merged.text += join(baseLines, at, baseLines.size());
    return merged;
}

} // namespace editor
