#include "engine/flow/edits/collections.h"
#include "engine/flow/edits/property_path.h"
#include "engine/flow/edits/scalars.h"

#include <algorithm>

// Before:                       setStyle("tasks[0]", "retry", Style::Flow)
//     - id: load
//       type: t.Return
//       retry:
//         type: constant
//         maxAttempts: 3
//
// After:
//     - id: load
//       type: t.Return
//       retry: {type: constant, maxAttempts: 3}
namespace flow::edits {

namespace {

/// One level in block style; what is inside stays in flow style.
std::string blockText(std::string_view text, const Node &node)
{
    const auto value = [&](const Node &inner) {
        const std::string_view raw = text.substr(inner.whole.begin, inner.whole.size());
        const bool oneLine = raw.find_first_of("\r\n") == std::string_view::npos;
        return oneLine ? std::string(raw) : flowText(text, inner, false);
    };
    std::string lines;
    for (const Node *item : node.items)
        lines += "- " + value(*item) + '\n';
    for (const Entry &entry : node.entries) {
        const std::string written = value(*entry.value);
        lines += value(*entry.key) + (written.empty() ? ":" : ": " + written) + '\n';
    }
    return lines;
}

bool hasHash(std::string_view text, std::size_t begin, std::size_t end)
{
    return begin < end && text.substr(begin, end - begin).find('#') != std::string_view::npos;
}

/// Comments that would have no place once a value in block style is on one line.
bool losesComments(std::string_view text, const Place &place, const Node &node)
{
    if (holdsComment(text, node) || node.flowStyle)
        return holdsComment(text, node);
    const bool item = place.holder->isSequence();
    const std::size_t head = item ? dashOf(text, *place.holder, place.index) + 1
                                  : afterColon(text, place.holder->entries[place.index]);
    const std::size_t column = edits::column(text, item ? head - 1 : place.holder->range.begin);
    const Node &leaf = lastLeaf(node);
    return hasHash(text, nextLine(text, head), node.range.begin) ||
           hasHash(text, leaf.whole.end, blockEnd(text, node, column));
}

} // namespace

Result<Edit> setStyle(const Snapshot &snapshot, const std::string &taskPath, std::string_view propertyPath, Style style)
{
    Result<Draft> opened = Draft::open(snapshot);
    if (!opened)
        return opened.error();
    Draft &draft = *opened;
    const std::string_view text = draft.text();
    const Node *node = draft.flow().root;
    if (!taskPath.empty()) {
        const Result<const Task *> task = readableTask(draft.flow(), taskPath);
        if (!task)
            return task.error();
        node = (*task)->node;
    }
    const Error missing{ErrorCode::NoSuchProperty, {std::string(propertyPath), taskPath}, {}};
    if (!propertyPath.empty())
        node = findProperty(node, propertyPath);
    if (!node || !node->parent || (!node->isMapping() && !node->isSequence()))
        return missing;
    if (node->flowStyle == (style == Style::Flow) || (node->items.empty() && node->entries.empty()))
        return draft.finish();
    Place place{node->parent, 0};
    if (node->parent->isSequence())
        place.index = itemIndex(*node->parent, node);
    while (node->parent->isMapping() && place.index < node->parent->entries.size() &&
           node->parent->entries[place.index].value != node)
        ++place.index;
    if (losesComments(text, place, *node))
        return Error{ErrorCode::WouldLose, {"comment"}, taskPath};
    if (style == Style::Block && node->parent->flowStyle)
        return Error{ErrorCode::InvalidYaml, {"block style can't stand inside [ ] or { }"}, taskPath};
    std::string written = style == Style::Flow ? flowText(text, *node, false) : blockText(text, *node);
    if (style == Style::Flow) { // the anchor stays where it is
        const std::size_t properties = afterProperties(text, *node, node->whole.begin);
        if (properties > node->whole.begin)
            written.erase(0, properties - node->whole.begin + 1);
    }
    const Result<Fragment> value = Fragment::read(written);
    if (!value)
        return value.error();
    replaceValue(draft, place, *value);
    return draft.finish();
}

} // namespace flow::edits
