#include "engine/flow/edits/collections.h"
#include "engine/flow/edits/flow_cells.h"

#include <algorithm>

namespace flow::edits {

namespace {

std::size_t countLines(std::string_view text, std::size_t begin, std::size_t end)
{
    std::size_t count = 0;
    for (; begin < end; begin = nextLine(text, begin))
        ++count;
    return count;
}

/// Blank lines right before the block of an item; those a block scalar before it keeps don't count.
Range blanksBefore(std::string_view text, const Node &sequence, std::size_t index)
{
    const Block block = itemBlock(text, sequence, index);
    std::size_t limit = 0;
    if (index > 0)
        limit = itemBlock(text, sequence, index - 1).lines.end;
    if (!block.ownLine)
        return {block.lines.begin, block.lines.begin};
    return {std::min(std::max(limit, blankLinesBefore(text, block.lines.begin)), block.lines.begin),
            block.lines.begin};
}

std::string repeated(std::string_view text, std::size_t times)
{
    std::string result;
    while (times-- > 0)
        result += text;
    return result;
}

/// Leaves `[]` behind the colon or dash the list stood at.
void emptyList(Draft &draft, const Node &sequence)
{
    const std::string_view text = draft.text();
    const Block first = itemBlock(text, sequence, 0);
    const Block last = itemBlock(text, sequence, sequence.items.size() - 1);
    const Node *parent = sequence.parent;
    if (!first.ownLine || !parent || parent->isSequence() || parent->flowStyle) {
        draft.replace({sequence.range.begin, sequence.range.end}, "[]");
        return;
    }
    const auto entry = std::find_if(parent->entries.begin(), parent->entries.end(),
                                    [&](const Entry &candidate) { return candidate.value == &sequence; });
    if (entry == parent->entries.end()) {
        draft.replace({sequence.range.begin, sequence.range.end}, "[]");
        return;
    }
    draft.insert(afterProperties(text, sequence, afterColon(text, *entry)), " []");
    std::size_t begin = first.lines.begin;
    const std::size_t blanks = blankLinesBefore(text, begin);
    if (lineBegin(text, blanks) == blanks && blanks >= nextLine(text, entry->key->whole.end))
        begin = blanks;
    draft.erase({begin, last.lines.end});
}

void eraseRun(Draft &draft, const Node &sequence, std::size_t first, std::size_t last)
{
    const std::string_view text = draft.text();
    const Block from = itemBlock(text, sequence, first);
    const Block to = itemBlock(text, sequence, last);
    const bool hasNext = last + 1 < sequence.items.size();
    if (!from.ownLine) { // `- - a`: the next item moves up to the dash
        const Block next = itemBlock(text, sequence, last + 1);
        if (next.lines.begin == lineBegin(text, next.head))
            draft.erase({from.head, next.head});
        else
            draft.erase({from.head, lineEnd(text, to.lines.end - 1)});
        return;
    }
    const Range before = blanksBefore(text, sequence, first);
    Range lines{from.lines.begin, to.lines.end};
    const std::size_t after = blankLinesAfter(text, lines.end);
    if (first > 0 && keepsBlankLines(text, *sequence.items[first - 1])) {
        lines.end = after; // or they would become part of the text above
    } else if (!hasNext) {
        lines.begin = before.begin;
    } else {
        // What separates the neighbours from now on is the larger of the two gaps.
        if (first == 0 || countLines(text, before.begin, before.end) >= countLines(text, lines.end, after))
            lines.end = after;
        else
            lines.begin = before.begin;
    }
    draft.erase(lines);
}

} // namespace

std::size_t blankLinesBetween(const Draft &draft, const Node &sequence, std::size_t index)
{
    const std::string_view text = draft.text();
    const Node *list = &sequence;
    while (list && (!list->isSequence() || list->flowStyle || list->items.size() < 2)) {
        index = 1;
        list = list->parent;
    }
    if (!list)
        return 0;
    const std::size_t probe = std::clamp<std::size_t>(index, 1, list->items.size() - 1);
    const Range blanks = blanksBefore(text, *list, probe);
    return countLines(text, blanks.begin, blanks.end);
}

void insertItem(Draft &draft, const Node &sequence, std::size_t index, const NewItem &item,
                bool behindPrevious)
{
    const std::string_view text = draft.text();
    if (sequence.flowStyle || sequence.items.empty()) {
        insertCell(draft, sequence, index, item.cell, item.comments);
        return;
    }
    const std::size_t column = edits::column(text, sequence.range.begin);
    const std::string nl(draft.lineBreak(sequence.range.begin));
    const std::string gap = repeated(nl, blankLinesBetween(draft, sequence, index));
    std::string lines = shifted(item.lines, static_cast<std::ptrdiff_t>(column));
    if (!item.asWritten)
        lines = withBreaks(lines, nl);
    if (index >= sequence.items.size() || (behindPrevious && index > 0)) {
        const bool keeps = mayKeepBlankLines(text, *sequence.items[index - 1]);
        const std::size_t at = itemBlock(text, sequence, index - 1).lines.end;
        draft.insert(at, (keeps ? "" : gap) + lines);
        if (item.keepsBlankLines)
            draft.erase({at, blankLinesAfter(text, at)});
        return;
    }
    const Block block = itemBlock(text, sequence, index);
    if (block.ownLine)
        draft.insert(block.lines.begin, lines + (item.keepsBlankLines ? "" : gap));
    else
        draft.insert(block.head, lines.substr(indentOf(lines, 0)) + std::string(column, ' '));
}

void eraseItems(Draft &draft, const Node &sequence, const std::vector<std::size_t> &indexes)
{
    if (sequence.flowStyle) {
        eraseCells(draft, sequence, indexes);
        return;
    }
    if (indexes.size() >= sequence.items.size()) {
        emptyList(draft, sequence);
        return;
    }
    for (std::size_t run = 0; run < indexes.size();) {
        std::size_t stop = run;
        while (stop + 1 < indexes.size() && indexes[stop + 1] == indexes[stop] + 1)
            ++stop;
        eraseRun(draft, sequence, indexes[run], indexes[stop]);
        run = stop + 1;
    }
}

} // namespace flow::edits
