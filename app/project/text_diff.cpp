#include "app/project/text_diff.h"

#include "editor/line_diff.h"

#include <algorithm>

namespace app {

namespace {

std::string shown(std::string_view line)
{
    while (line.ends_with('\n') || line.ends_with('\r'))
        line.remove_suffix(1);
    return std::string(line);
}

} // namespace

git::FileDiff diffOf(const std::string &path, const std::string &before, const std::string &after, int context)
{
    const std::vector<std::string_view> oldLines = editor::splitLines(before);
    const std::vector<std::string_view> newLines = editor::splitLines(after);
    git::FileDiff diff;
    diff.path = path;
    const std::vector<editor::LineHunk> hunks = editor::diffLines(oldLines, newLines);
    diff.state = hunks.empty() ? git::FileState::Unchanged : git::FileState::Modified;
    const auto around = std::size_t(context);
    std::size_t oldAt = 0, newAt = 0; // lines before these are told
    const auto line = [&](git::LineKind kind, std::size_t oldLine, std::size_t newLine) {
        const bool removed = kind == git::LineKind::Removed, added = kind == git::LineKind::Added;
        diff.hunks.back().lines.push_back({kind, added ? 0 : int(oldLine) + 1, removed ? 0 : int(newLine) + 1,
                                           shown(removed ? oldLines[oldLine] : newLines[newLine])});
    };
    const auto same = [&](std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
            line(git::LineKind::Context, oldAt++, newAt++);
    };
    for (const editor::LineHunk &hunk : hunks) {
        const std::size_t gap = hunk.oldBegin - oldAt;
        if (diff.hunks.empty() || gap > 2 * around) {
            if (!diff.hunks.empty())
                same(around);
            const std::size_t skipped = hunk.oldBegin - oldAt - std::min(hunk.oldBegin - oldAt, around);
            oldAt += skipped;
            newAt += skipped;
            diff.hunks.push_back({int(oldAt) + 1, int(newAt) + 1, {}});
        }
        same(hunk.oldBegin - oldAt);
        for (; oldAt < hunk.oldEnd; ++oldAt)
            line(git::LineKind::Removed, oldAt, 0);
        for (; newAt < hunk.newEnd; ++newAt)
            line(git::LineKind::Added, 0, newAt);
    }
    if (!diff.hunks.empty())
        same(std::min(around, oldLines.size() - oldAt));
    return diff;
}

} // namespace app
