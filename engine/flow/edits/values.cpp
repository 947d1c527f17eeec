#include "engine/flow/edits/collections.h"
#include "engine/flow/edits/scalars.h"

#include <algorithm>

namespace flow::edits {

namespace {

std::string_view withoutBlank(std::string_view head)
{
    return head.substr(std::min(head.find_first_not_of(' '), head.size()));
}

bool hasTrailingComment(std::string_view text, std::size_t offset)
{
    const std::size_t at = skipBlanks(text, offset);
    return at < text.size() && text[at] == '#';
}

/// The old value with a tag, which says how to read it; not with an anchor, which stays.
void replaceInline(Draft &draft, const Node &value, std::size_t after, std::string text)
{
    const std::string_view all = draft.text();
    if (value.range.empty()) {
        draft.insert(afterProperties(all, value, after), ' ' + text);
        return;
    }
    if (value.tag.empty()) {
        draft.replace(value.range, std::move(text));
        return;
    }
    const std::string anchor = value.anchor.empty() ? "" : "&" + value.anchor + " ";
    draft.replace({value.whole.begin, value.range.end}, anchor + text);
}

} // namespace

void replaceValue(Draft &draft, const Place &place, const Fragment &value)
{
    const std::string_view text = draft.text();
    if (place.holder->flowStyle) {
        const Node &old = *place.value();
        std::string written = value.asFlow(isJsonLike(*place.holder));
        if (!place.holder->isMapping() || !old.range.empty()) {
            replaceInline(draft, old, old.whole.begin, std::move(written));
            return;
        }
        const Entry &entry = place.holder->entries[place.index];
        const std::size_t colon = skipBlanks(text, entry.key->whole.end);
        if (colon < text.size() && text[colon] == ':')
            replaceInline(draft, old, colon + 1, std::move(written));
        else // `{a, b}`: a key without even a colon
            draft.insert(entry.key->whole.end, ": " + written);
        return;
    }
    const bool item = place.holder->isSequence();
    const std::size_t column = item ? edits::column(text, place.holder->range.begin)
                                    : entryBlock(text, *place.holder, place.index).column;
    Layout layout = draft.layoutAt(place.holder);
    const Node &old = *place.value();
    if (!item) {
        replaceWritten(draft, place, value.asValue(column, layout), value.comment());
        return;
    }
    const std::size_t content = edits::column(text, old.range.begin);
    const bool beside = lineBegin(text, old.range.begin) == lineBegin(text, dashOf(text, *place.holder, place.index));
    if (beside && !old.range.empty() && content > column + 1)
        layout.itemGap = content - column;
    Written written = value.asItem(column, layout);
    if (!old.anchor.empty() && value.root() && isBlockCollection(*value.root())) {
        // Behind the anchor, which stays, a collection begins on the next line.
        layout.listOffset = layout.step = layout.itemGap;
        written = value.asValue(column, layout);
    }
    replaceWritten(draft, place, written, value.comment());
}

void replaceWritten(Draft &draft, const Place &place, const Written &written, const std::string &comment)
{
    const std::string_view text = draft.text();
    const Node &value = *place.value();
    const bool item = place.holder->isSequence();
    const std::size_t after = item ? dashOf(text, *place.holder, place.index) + 1
                                   : afterColon(text, place.holder->entries[place.index]);
    const std::size_t column = item ? edits::column(text, after - 1)
                                    : entryBlock(text, *place.holder, place.index).column;
    const std::string nl(draft.lineBreak(after));
    const std::string head = withBreaks(written.head, nl);
    const std::string lines = withBreaks(written.lines, nl);
    const std::size_t properties = value.tag.empty() ? afterProperties(text, value, after) : after;
    std::size_t end = 0; // behind the lines of the old value

    if (isBlockCollection(value) && lineBegin(text, value.range.begin) != lineBegin(text, properties)) {
        // On the lines below the key.
        const std::size_t begin = nextLine(text, properties);
        end = blockEnd(text, value, column);
        if (!value.tag.empty()) {
            const std::string anchor = value.anchor.empty() ? "" : " &" + value.anchor;
            draft.replace({after, afterProperties(text, value, after)}, anchor + head);
        } else {
            draft.insert(properties, head);
        }
        draft.replace({begin, end}, lines);
    } else if (isBlockCollection(value)) {
        // Right behind a dash.
        end = blockEnd(text, value, column);
        const std::string kept(withoutBlank(head));
        draft.replace({value.range.begin, end}, kept + nl + lines);
    } else if (value.range.empty()) {
        const bool add = !comment.empty() && lines.empty() && !hasTrailingComment(text, properties);
        draft.insert(properties, head + (add ? ' ' + comment : ""));
        end = nextLine(text, properties);
        draft.insert(end, lines);
    } else {
        const bool block = isBlockScalar(value);
        const std::size_t valueEnd = block ? scalarHeader(text, value).end : value.range.end;
        const bool add = !comment.empty() && lines.empty() && !hasTrailingComment(text, valueEnd);
        std::string kept(withoutBlank(head));
        std::size_t begin = value.range.begin;
        if (!value.tag.empty()) {
            begin = value.whole.begin;
            if (!value.anchor.empty())
                kept = "&" + value.anchor + (kept.empty() ? "" : ' ' + kept);
        }
        if (kept.empty() && lineBegin(text, begin) == lineBegin(text, after))
            begin = properties; // a collection follows: no blank stays behind the colon
        const bool touches = valueEnd < text.size() && text[valueEnd] == '#'; // behind quotes a comment needs no blank
        draft.replace({begin, valueEnd}, kept + (add ? ' ' + comment : touches ? " " : ""));
        const std::size_t content = nextLine(text, valueEnd);
        end = block ? std::max(content, nextLine(text, value.range.end)) : content;
        draft.replace({content, end}, lines);
    }
    if (written.keepsBlankLines) {
        const std::size_t blanks = blankLinesAfter(text, end);
        if (blanks > end)
            draft.erase({end, blanks});
    }
}

} // namespace flow::edits
