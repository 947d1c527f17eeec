#include "engine/flow/edits/flow_cells.h"

#include "engine/flow/edits/blocks.h"

#include <algorithm>

namespace flow::edits {

namespace {

constexpr std::size_t kNone = std::string_view::npos;

bool beginsLine(std::string_view text, std::size_t offset)
{
    return skipBlanks(text, lineBegin(text, offset)) == offset;
}

/// The comma behind a cell, past blanks, comments and line breaks; npos when `end` comes first.
std::size_t commaAfter(std::string_view text, std::size_t at, std::size_t end)
{
    while (at < end) {
        const char c = text[at];
        if (c == ',')
            return at;
        if (c == '#')
            at = lineEnd(text, at);
        else if (c == ' ' || c == '\t' || c == '\n' || c == '\r')
            ++at;
        else
            return kNone;
    }
    return kNone;
}

/// Nothing but a comment between the offset and the end of its line.
bool endsLine(std::string_view text, std::size_t offset)
{
    const std::size_t at = skipBlanks(text, offset);
    return at >= text.size() || text[at] == '#' || text[at] == '\n' || text[at] == '\r';
}

bool hasComment(std::string_view text, Range range)
{
    return text.substr(range.begin, range.size()).find('#') != kNone;
}

} // namespace

std::vector<Range> cellsOf(const Node &collection)
{
    std::vector<Range> cells;
    for (const Node *item : collection.items)
        cells.push_back(item->whole);
    for (const Entry &entry : collection.entries)
        cells.push_back({entry.key->whole.begin, std::max(entry.key->whole.end, entry.value->whole.end)});
    return cells;
}

Range commentsAbove(std::string_view text, std::size_t cell)
{
    if (!beginsLine(text, cell))
        return {cell, cell};
    const std::size_t end = lineBegin(text, cell);
    std::size_t begin = end;
    while (begin > lineBegin(text, 0)) {
        const std::size_t above = lineBegin(text, begin - 1);
        if (above >= begin || !isCommentLine(text, above))
            break;
        begin = above;
    }
    return {begin, end};
}

void insertCell(Draft &draft, const Node &collection, std::size_t index, const std::string &text,
                const std::string &comments)
{
    const std::string_view all = draft.text();
    const std::vector<Range> cells = cellsOf(collection);
    const std::size_t open = collection.range.begin + 1;
    const std::size_t close = collection.range.end - 1;
    const std::string nl(draft.lineBreak(open));
    const auto atColumn = [&](std::size_t column) {
        const std::string indent(column, ' ');
        return withBreaks(shifted(comments, static_cast<std::ptrdiff_t>(column)), nl) + indent +
               withBreaks(shifted(text, static_cast<std::ptrdiff_t>(column), true), nl);
    };
    // A comment needs a line of its own, whatever the others do.
    const std::size_t fallback = indentOf(all, lineBegin(all, collection.range.begin)) + 2;

    if (cells.empty()) {
        const bool blank = skipBlanks(all, open) == close;
        if (!comments.empty())
            draft.insert(open, nl + atColumn(fallback));
        else if (blank)
            draft.insert(close > open ? open + 1 : open, withBreaks(text, nl) + (close > open + 1 ? "" : close > open ? " " : ""));
        else
            draft.insert(open, withBreaks(text, nl));
        return;
    }
    if (index < cells.size()) {
        const std::size_t at = cells[index].begin;
        if (beginsLine(all, at)) {
            draft.insert(commentsAbove(all, at).begin, atColumn(column(all, at)) + ',' + nl);
        } else if (!comments.empty()) {
            draft.insert(at, nl + atColumn(fallback) + ',' + nl + std::string(fallback, ' '));
        } else {
            draft.insert(at, withBreaks(text, nl) + ", ");
        }
        return;
    }
    const Range last = cells.back();
    const std::size_t comma = commaAfter(all, last.end, close);
    if (beginsLine(all, last.begin)) {
        const std::size_t behind = comma == kNone ? last.end : comma + 1;
        const std::string cell = atColumn(column(all, last.begin));
        if (endsLine(all, behind)) {
            if (comma == kNone)
                draft.insert(last.end, ",");
            draft.insert(nextLine(all, behind), cell + (comma == kNone ? "" : ",") + nl);
        } else {
            draft.insert(behind, (comma == kNone ? "," : "") + nl + cell + (comma == kNone ? "" : ","));
        }
    } else if (!comments.empty()) {
        draft.insert(last.end, "," + nl + atColumn(fallback));
    } else {
        draft.insert(last.end, ", " + withBreaks(text, nl));
    }
}

void eraseCells(Draft &draft, const Node &collection, const std::vector<std::size_t> &indexes)
{
    const std::string_view text = draft.text();
    const std::vector<Range> cells = cellsOf(collection);
    const std::size_t open = collection.range.begin + 1;
    const std::size_t close = collection.range.end - 1;
    if (indexes.empty())
        return;
    if (collection.isMapping() && text[collection.range.begin] != '{') { // `[a: 1]`: a pair without braces
        draft.replace(collection.range, "{}");
        return;
    }
    if (indexes.size() == cells.size() && !hasComment(text, {open, cells.front().begin}) &&
        !hasComment(text, {cells.back().end, close})) {
        draft.erase({open, close});
        return;
    }
    for (std::size_t run = 0; run < indexes.size();) {
        std::size_t stop = run;
        while (stop + 1 < indexes.size() && indexes[stop + 1] == indexes[stop] + 1)
            ++stop;
        const std::size_t i = indexes[run];
        const std::size_t j = indexes[stop];
        run = stop + 1;
        const bool isLast = j + 1 == cells.size();
        const std::size_t comma = commaAfter(text, cells[j].end, close);
        const std::size_t behind = comma == kNone ? cells[j].end : comma + 1;
        // The comma before goes when nothing follows any more.
        std::size_t before = kNone;
        if (isLast && comma == kNone && i > 0)
            before = commaAfter(text, cells[i - 1].end, cells[i].begin);
        if (beginsLine(text, cells[i].begin) && endsLine(text, behind)) {
            if (before != kNone)
                draft.erase({before, before + 1});
            draft.erase({commentsAbove(text, cells[i].begin).begin, nextLine(text, behind)});
        } else if (!isLast && !hasComment(text, {cells[j].end, cells[j + 1].begin})) {
            draft.erase({cells[i].begin, cells[j + 1].begin});
        } else if (before != kNone && !hasComment(text, {cells[i - 1].end, cells[i].begin})) {
            draft.erase({before, cells[j].end});
        } else {
            if (before != kNone)
                draft.erase({before, before + 1});
            draft.erase({cells[i].begin, behind});
        }
    }
}

} // namespace flow::edits
