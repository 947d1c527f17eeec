#include "engine/flow/edits/blocks.h"

#include <algorithm>

namespace flow::edits {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

/// Whether only blanks stand between the begin of the line and the offset.
bool beginsLine(std::string_view text, std::size_t offset)
{
    return skipBlanks(text, lineBegin(text, offset)) >= offset;
}

/// Behind the last line of a block scalar. Whitespace-only lines that are longer than its
/// indentation are part of it, and so is every blank line when it keeps them.
std::size_t scalarEnd(std::string_view text, const Node &scalar)
{
    const std::size_t end = nextLine(text, scalar.whole.end);
    const std::size_t blanks = blankLinesAfter(text, end);
    if (keepsBlankLines(text, scalar))
        return blanks;
    const std::size_t first = blankLinesAfter(text, nextLine(text, scalarHeader(text, scalar).begin));
    if (first >= scalar.whole.end)
        return end;
    const std::size_t indent = indentOf(text, first);
    std::size_t result = end;
    for (std::size_t line = end; line < blanks; line = nextLine(text, line))
        if (lineEnd(text, line) - line > indent)
            result = nextLine(text, line);
    return result;
}

} // namespace

bool isBlockScalar(const Node &node)
{
    return node.isScalar() && (node.style == ScalarStyle::Literal || node.style == ScalarStyle::Folded);
}

bool isBlockCollection(const Node &node)
{
    return (node.isSequence() && !node.flowStyle && !node.items.empty()) ||
           (node.isMapping() && !node.flowStyle && !node.entries.empty());
}

const Node &lastLeaf(const Node &node)
{
    if (node.isSequence() && !node.flowStyle && !node.items.empty())
        return lastLeaf(*node.items.back());
    if (node.isMapping() && !node.flowStyle && !node.entries.empty())
        return lastLeaf(*node.entries.back().value);
    return node;
}

Range scalarHeader(std::string_view text, const Node &scalar)
{
    std::size_t end = scalar.range.begin;
    const std::size_t stop = lineEnd(text, end);
    while (end < stop && !isBlank(text[end]))
        ++end;
    return {scalar.range.begin, end};
}

bool keepsBlankLines(std::string_view text, const Node &value)
{
    const Node &leaf = lastLeaf(value);
    if (!isBlockScalar(leaf))
        return false;
    const Range header = scalarHeader(text, leaf);
    return text.substr(header.begin, header.size()).find('+') != std::string_view::npos;
}

bool mayKeepBlankLines(std::string_view text, const Node &value)
{
    const std::size_t items = value.flowStyle ? 0 : value.items.size();
    const std::size_t entries = value.flowStyle ? 0 : value.entries.size();
    if (items + entries == 0)
        return keepsBlankLines(text, value);
    for (std::size_t i = items - std::min<std::size_t>(items, 2); i < items; ++i)
        if (mayKeepBlankLines(text, *value.items[i]))
            return true;
    for (std::size_t i = entries - std::min<std::size_t>(entries, 2); i < entries; ++i)
        if (mayKeepBlankLines(text, *value.entries[i].value))
            return true;
    return false;
}

std::size_t afterColon(std::string_view text, const Entry &entry)
{
    std::size_t at = skipBlanks(text, entry.key->whole.end);
    while (at < text.size() && (text[at] == '#' || text[at] == '\n' || text[at] == '\r')) {
        // The colon of an explicit key (`? a`) begins a line below.
        at = skipBlanks(text, nextLine(text, at));
    }
    return at < text.size() && text[at] == ':' ? at + 1 : entry.key->whole.end;
}

bool hasColon(std::string_view text, const Entry &entry)
{
    return afterColon(text, entry) > entry.key->whole.end;
}

std::size_t afterProperties(std::string_view text, const Node &value, std::size_t otherwise)
{
    if (value.anchor.empty() && value.tag.empty())
        return otherwise;
    std::size_t end = value.whole.begin;
    std::size_t next = end;
    while (next < text.size() && (text[next] == '&' || text[next] == '!')) {
        end = next;
        while (end < text.size() && !isBlank(text[end]) && text[end] != '\n' && text[end] != '\r')
            ++end;
        next = skipBlanks(text, end);
    }
    return std::min(end, std::max(value.range.begin, value.whole.begin));
}

std::size_t entryIndex(const Node &mapping, std::string_view key)
{
    for (std::size_t i = mapping.entries.size(); i-- > 0;)
        if (mapping.entries[i].key->isScalar() && mapping.entries[i].key->text == key)
            return i;
    return mapping.entries.size();
}

std::size_t itemIndex(const Node &sequence, const Node *item)
{
    const auto found = std::find(sequence.items.begin(), sequence.items.end(), item);
    return static_cast<std::size_t>(found - sequence.items.begin());
}

std::size_t dashOf(std::string_view text, const Node &sequence, std::size_t index)
{
    if (index == 0)
        return sequence.range.begin;
    std::size_t before = sequence.items[index]->whole.begin;
    while (before > 0 && isBlank(text[before - 1]))
        --before;
    if (before > 0 && text[before - 1] == '-' && beginsLine(text, before - 1))
        return before - 1;
    // The dash stands alone: it is the first line after the previous item that is no comment.
    std::size_t line = nextLine(text, lastLeaf(*sequence.items[index - 1]).whole.end);
    while (line < text.size() && (isBlankLine(text, line) || isCommentLine(text, line)))
        line = nextLine(text, line);
    return skipBlanks(text, line);
}

std::size_t blockEnd(std::string_view text, const Node &value, std::size_t column)
{
    const Node &leaf = lastLeaf(value);
    std::size_t end = isBlockScalar(leaf) ? scalarEnd(text, leaf)
                                          : nextLine(text, std::max(value.whole.end, leaf.whole.end));
    for (std::size_t line = end; line < text.size();) {
        line = blankLinesAfter(text, line);
        if (line >= text.size() || !isCommentLine(text, line) || indentOf(text, line) <= column)
            break;
        line = nextLine(text, line);
        end = line;
    }
    return end;
}

Block itemBlock(std::string_view text, const Node &sequence, std::size_t index)
{
    Block block;
    block.head = dashOf(text, sequence, index);
    block.column = column(text, block.head);
    block.ownLine = beginsLine(text, block.head);
    block.lines = {block.ownLine ? lineBegin(text, block.head) : block.head,
                   std::max(nextLine(text, block.head),
                            blockEnd(text, *sequence.items[index], block.column))};
    if (!block.ownLine)
        return block;
    const std::size_t limit =
        index > 0 ? blockEnd(text, *sequence.items[index - 1], block.column) : lineBegin(text, 0);
    while (block.lines.begin > limit) {
        const std::size_t above = lineBegin(text, block.lines.begin - 1);
        if (above < limit || above >= block.lines.begin || !isCommentLine(text, above) ||
            indentOf(text, above) > block.column)
            break;
        block.lines.begin = above;
    }
    return block;
}

Block entryBlock(std::string_view text, const Node &mapping, std::size_t index)
{
    const Entry &entry = mapping.entries[index];
    Block block;
    block.head = entry.key->whole.begin;
    std::size_t before = block.head;
    while (before > 0 && isBlank(text[before - 1]))
        --before;
    if (before > 0 && text[before - 1] == '?')
        block.head = before - 1;
    block.column = column(text, block.head);
    block.ownLine = beginsLine(text, block.head);
    block.lines = {block.ownLine ? lineBegin(text, block.head) : block.head,
                   std::max(nextLine(text, entry.key->whole.end),
                            blockEnd(text, *entry.value, block.column))};
    return block;
}

} // namespace flow::edits
