#include "git/ui/diff_rows.h"

#include <algorithm>

namespace git {

namespace {

// The middle that differs, after common beginning and end, grown to whole words.
std::pair<TextSpan, TextSpan> differing(const QString &a, const QString &b)
{
    const auto shorter = std::min(a.size(), b.size());
    qsizetype front = 0, back = 0;
    while (front < shorter && a[front] == b[front])
        ++front;
    while (back < shorter - front && a[a.size() - 1 - back] == b[b.size() - 1 - back])
        ++back;
    const auto isWord = [](QChar c) { return c.isLetterOrNumber() || c == QLatin1Char('_'); };
    while (front > 0 && isWord(a[front - 1]))
        --front;
    while (back > 0 && isWord(a[a.size() - back]))
        --back;
    return {{int(front), int(a.size() - back)}, {int(front), int(b.size() - back)}};
}

DiffCell cell(const DiffLine &line, int number)
{
    return {number, line.kind, QString::fromStdString(line.text), {}};
}

void flush(std::vector<DiffRow> &rows, std::vector<DiffCell> &removed, std::vector<DiffCell> &added)
{
    for (std::size_t i = 0; i < std::max(removed.size(), added.size()); ++i) {
        DiffRow row;
        if (i < removed.size())
            row.left = std::move(removed[i]);
        if (i < added.size())
            row.right = std::move(added[i]);
        if (row.left.line && row.right.line) {
            const auto [left, right] = differing(row.left.text, row.right.text);
            // A line rewritten altogether needs no word marks.
            const auto shared = row.left.text.size() - (left.end - left.begin);
            if (shared * 3 > row.left.text.size()) {
                if (left.end > left.begin)
                    row.left.changed.push_back(left);
                if (right.end > right.begin)
                    row.right.changed.push_back(right);
            }
        }
        rows.push_back(std::move(row));
    }
    removed.clear();
    added.clear();
}

} // namespace

std::vector<DiffRow> toRows(const FileDiff &diff)
{
    std::vector<DiffRow> rows;
    int nextNew = 1;
    for (const DiffHunk &hunk : diff.hunks) {
        if (const int hidden = hunk.newBegin - nextNew; hidden > 0) {
            DiffRow bar;
            bar.folded = hidden;
            rows.push_back(bar);
        }
        std::vector<DiffCell> removed, added;
        for (const DiffLine &line : hunk.lines) {
            if (line.newLine)
                nextNew = line.newLine + 1;
            if (line.kind == LineKind::Removed) {
                removed.push_back(cell(line, line.oldLine));
            } else if (line.kind == LineKind::Added) {
                added.push_back(cell(line, line.newLine));
            } else {
                flush(rows, removed, added);
                rows.push_back({cell(line, line.oldLine), cell(line, line.newLine), 0});
            }
        }
        flush(rows, removed, added);
    }
    return rows;
}

} // namespace git
