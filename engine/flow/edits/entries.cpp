#include "engine/flow/edits/collections.h"
#include "engine/flow/edits/flow_cells.h"
#include "engine/flow/edits/scalars.h"

#include <algorithm>
#include <array>

namespace flow::edits {

namespace {

/// Places of keys in a flow, as people write them.
int flowRank(std::string_view key)
{
    constexpr std::array<std::string_view, 23> kOrder = {
        "id",          "namespace",  "revision",    "description", "disabled",    "labels",
        "inputs",      "variables",  "concurrency", "retry",       "sla",         "checks",
        "workerGroup", "tasks",      "errors",      "finally",     "afterExecution", "listeners",
        "outputs",     "triggers",   "conditions",  "taskDefaults", "pluginDefaults"};
    const auto found = std::find(kOrder.begin(), kOrder.end(), key);
    return found == kOrder.end() ? 8 : static_cast<int>(found - kOrder.begin());
}

/// Places of keys in a task: what it is, then its properties, then the tasks it holds.
int taskRank(std::string_view key)
{
    if (key == "id")
        return 0;
    if (key == "type")
        return 1;
    if (key == "description")
        return 2;
    constexpr std::array<std::string_view, 9> kLast = {"tasks",   "then",    "cases", "else",  "defaults",
                                                       "onPause", "onResume", "errors", "finally"};
    const auto found = std::find(kLast.begin(), kLast.end(), key);
    return found == kLast.end() ? 10 : 20 + static_cast<int>(found - kLast.begin());
}

std::string keyText(const Node &mapping, std::string_view key)
{
    const bool json = mapping.flowStyle && isJsonLike(mapping);
    return json ? quoted(key) : scalarText(key, mapping.flowStyle ? Context::Flow : Context::Block);
}

/// Whether the entries of the flow are sections with blank lines between them, near this index.
bool isSpaced(std::string_view text, const Node &mapping, std::size_t index)
{
    const auto gapAfter = [&](std::size_t i) {
        const std::size_t end = entryBlock(text, mapping, i).lines.end;
        return end < text.size() && isBlankLine(text, end) && i + 1 < mapping.entries.size();
    };
    if (index == 0 || index > mapping.entries.size())
        return false;
    if (gapAfter(index - 1))
        return true;
    return index == mapping.entries.size() && index >= 2 && gapAfter(index - 2);
}

} // namespace

const Node *Place::value() const
{
    return holder->isMapping() ? holder->entries[index].value : holder->items[index];
}

std::size_t entrySlot(const Node &mapping, std::string_view key, bool ofFlow)
{
    const auto rank = [&](std::string_view name) { return ofFlow ? flowRank(name) : taskRank(name); };
    const int own = rank(key);
    std::size_t slot = 0;
    for (std::size_t i = 0; i < mapping.entries.size(); ++i)
        if (rank(mapping.entries[i].key->text) <= own)
            slot = i + 1;
    return slot;
}

void insertEntry(Draft &draft, const Node &mapping, std::size_t index, std::string_view key,
                 const Fragment &value)
{
    if (mapping.flowStyle) {
        insertWritten(draft, mapping, index, key, {}, value.asFlow(isJsonLike(mapping)));
        return;
    }
    Written written = value.asValue(column(draft.text(), mapping.range.begin), draft.layoutAt(&mapping));
    if (written.lines.empty() && !value.comment().empty())
        written.head += ' ' + value.comment();
    insertWritten(draft, mapping, index, key, written, {});
}

void insertWritten(Draft &draft, const Node &mapping, std::size_t index, std::string_view key,
                   const Written &value, const std::string &flowValue)
{
    const std::string_view text = draft.text();
    const std::string name = keyText(mapping, key) + ':';
    if (mapping.flowStyle) {
        insertCell(draft, mapping, index, name + ' ' + flowValue);
        return;
    }
    const std::size_t column = edits::column(text, mapping.range.begin);
    const std::string nl(draft.lineBreak(mapping.range.begin));
    const std::string indent(column, ' ');
    const std::string entry = withBreaks(name + value.head + '\n' + value.lines, nl);
    if (index == 0) {
        const Block first = entryBlock(text, mapping, 0);
        if (first.ownLine)
            draft.insert(first.lines.begin, indent + entry);
        else
            draft.insert(first.head, entry + indent);
        return;
    }
    const bool spaced = !mapping.parent && !value.lines.empty() && isSpaced(text, mapping, index) &&
                        !mayKeepBlankLines(text, *mapping.entries[index - 1].value);
    std::size_t at = entryBlock(text, mapping, index - 1).lines.end;
    if (index == mapping.entries.size() && mapping.parent) // comments below the last entry are inside too
        while (at < text.size() && isCommentLine(text, at) && indentOf(text, at) == column)
            at = nextLine(text, at);
    draft.insert(at, (spaced ? nl : std::string()) + indent + entry);
    if (value.keepsBlankLines)
        draft.erase({at, blankLinesAfter(text, at)});
}

void eraseEntries(Draft &draft, const Node &mapping, const std::vector<std::size_t> &indexes)
{
    const std::string_view text = draft.text();
    if (mapping.flowStyle) {
        eraseCells(draft, mapping, indexes);
        return;
    }
    for (std::size_t run = 0; run < indexes.size();) {
        std::size_t stop = run;
        while (stop + 1 < indexes.size() && indexes[stop + 1] == indexes[stop] + 1)
            ++stop;
        const std::size_t first = indexes[run];
        const Block from = entryBlock(text, mapping, first);
        const Block to = entryBlock(text, mapping, indexes[stop]);
        const std::size_t next = indexes[stop] + 1;
        run = stop + 1;
        if (!from.ownLine) { // behind a dash: the next entry moves up to it
            if (next >= mapping.entries.size()) {
                draft.replace({from.head, lineEnd(text, to.lines.end - 1)}, "{}");
                continue;
            }
            const std::size_t head = entryBlock(text, mapping, next).head;
            const std::string_view between = text.substr(to.lines.end, head - to.lines.end);
            if (between.find('#') == std::string_view::npos)
                draft.erase({from.head, head});
            else
                draft.erase({from.head, std::max(from.head, lineEnd(text, to.lines.end - 1))});
            continue;
        }
        Range lines{from.lines.begin, to.lines.end};
        const bool keeps = first > 0 && keepsBlankLines(text, *mapping.entries[first - 1].value);
        const std::size_t before = keeps ? lines.begin : blankLinesBefore(text, lines.begin);
        const std::size_t after = blankLinesAfter(text, lines.end);
        if (keeps)
            lines.end = after; // or they would become part of the text above
        else if (after == text.size() || (after > lines.end && after - lines.end > lines.begin - before))
            lines.begin = before;
        else if (before < lines.begin)
            lines.end = after;
        draft.erase(lines);
    }
}

} // namespace flow::edits
