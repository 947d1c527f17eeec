#include "engine/flow/tree_builder.h"
#include "engine/flow/tree_items.h"

#include <algorithm>

// Reading a text anew where it changed: the items of the list the change is in are read around it, all
// others are copied from the tree before. What a reader of YAML knows at the begin of an item of a
// block list is the same whatever stands in the other items; that it comes to the next item with the
// same knowledge is seen by reading one item more than the change touches. That holds for several
// changes too, each by itself, and for lists inside items.
namespace flow {

namespace {

constexpr std::size_t kFewLevels = 900; // of nesting; well below what the reader allows

/// Blank lines and comments, the first of which may stand behind something.
bool isFiller(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t end = std::min(text.find_first_of("\r\n"), text.size() - 1) + 1;
        const std::size_t content = text.find_first_not_of(" \t\r\n");
        if (content < end && text[content] != '#')
            return false;
        text.remove_prefix(end);
    }
    return true;
}

} // namespace

/// False when the change is not well inside of this list. `limit` is where what follows the list begins; only the
/// list at the end of the text (`isLast`) has nothing behind it.
bool TreeBuilder::stretchOf(const Node &list, std::size_t limit, bool isLast, std::string_view text, const TextChange &change, Stretch &stretch)
{
    if (!isPlainList(list))
        return false;
    const std::span<const Node *const> items = list.items;
    const auto behind = [](std::size_t offset, const Node *item) { return offset < item->whole.begin; };
    const auto touched = std::upper_bound(items.begin(), items.end(), change.begin, behind);
    stretch.list = &list;
    stretch.change = change;
    stretch.first = static_cast<std::size_t>(touched - items.begin());
    stretch.first -= std::min<std::size_t>(stretch.first, 2); // the one it is in, and the one before
    while (stretch.first > 0 && itemBegin(text, *items[stretch.first]) == kNowhere)
        --stretch.first;
    stretch.column = list.range.begin - lineBegin(text, list.range.begin);
    stretch.old.begin = itemBegin(text, *items[stretch.first]);
    if (stretch.old.begin == kNowhere || stretch.old.begin >= change.begin)
        return false;
    // Behind an item that begins behind the change.
    for (auto next = std::upper_bound(items.begin(), items.end(), change.oldEnd, behind); next != items.end(); ++next) {
        const std::size_t begin = itemBegin(text, **next);
        if (begin == kNowhere || begin <= change.oldEnd || next + 1 == items.end())
            continue;
        const std::size_t end = itemBegin(text, **(next + 1));
        if (end == kNowhere)
            continue;
        stretch.last = static_cast<std::size_t>(next - items.begin()) + 1;
        stretch.old.end = end;
        stretch.toNextItem = true;
        return true;
    }
    stretch.last = items.size();
    stretch.old.end = limit;
    stretch.toNextItem = false;
    return isLast || (limit != kNowhere && lineBegin(text, limit) == limit && limit > change.oldEnd);
}

/// The items to read of the list of the flow the change is well inside of, or (`inside`) of the innermost such list.
/// A list inside an item must have an item behind the change; one of the flow itself may also end there.
bool TreeBuilder::findStretch(const Node &root, std::string_view text, const TextChange &change, bool inside, Stretch &stretch)
{
    bool found = false;
    const Node *node = &root;
    for (bool isTop = true; node; isTop = false) {
        const auto entry = std::find_if(node->entries.begin(), node->entries.end(), [&](const Entry &candidate) {
            const std::size_t next = static_cast<std::size_t>(&candidate - node->entries.data()) + 1;
            const std::size_t limit = next < node->entries.size() ? node->entries[next].key->whole.begin
                                      : isTop                    ? text.size() + 1
                                                                 : node->whole.end;
            return candidate.value->range.begin < change.begin && change.oldEnd < limit;
        });
        if (entry == node->entries.end())
            return found;
        const Node &value = *entry->value;
        if (value.flowStyle || value.whole != value.range)
            return found;
        if (value.isMapping()) {
            node = &value;
            if (isTop)
                return found;
            continue;
        }
        const bool isLast = isTop && entry + 1 == node->entries.end();
        const std::size_t limit = !isTop ? kNowhere : isLast ? text.size() : (entry + 1)->key->whole.begin;
        Stretch inner;
        if (stretchOf(value, limit, isLast, text, change, inner)) {
            stretch = inner;
            found = true;
        } else if (isTop) {
            return false;
        }
        node = nullptr;
        if (!inside)
            break;
        const auto item = std::upper_bound(value.items.begin(), value.items.end(), change.begin,
                                           [](std::size_t offset, const Node *candidate) { return offset < candidate->whole.begin; });
        if (item != value.items.begin()) {
            const Node &holder = **(item - 1);
            if (holder.isMapping() && !holder.flowStyle && holder.whole == holder.range && change.oldEnd < holder.whole.end)
                node = &holder;
        }
    }
    return found;
}

Node *TreeBuilder::copy(const Node &node, std::size_t by)
{
    Node *result = m_tree.m_arena.make(node);
    result->range = {node.range.begin + by, node.range.end + by};
    result->whole = {node.whole.begin + by, node.whole.end + by};
    result->text = keep(node.text);
    result->anchor = keep(node.anchor);
    result->tag = keep(node.tag);
    const auto take = [&](const Node *&child) {
        Node *made = copy(*child, by);
        made->parent = result;
        child = made;
    };
    const std::span<const Node *> items = m_tree.m_arena.keep(node.items);
    for (const Node *&item : items)
        take(item);
    result->items = items;
    const std::span<Entry> entries = m_tree.m_arena.keep(node.entries);
    for (Entry &entry : entries) {
        take(entry.key);
        take(entry.value);
    }
    result->entries = entries;
    return result;
}

/// Reads the items anew, `shift` bytes further on than they stood; false when the list they are in can't be what it
/// was around them.
bool TreeBuilder::readStretch(Stretch &stretch, std::size_t shift)
{
    const Range lines{stretch.old.begin + shift, stretch.old.end + stretch.shift()};
    const Slice slice = parseSlice(lines);
    const Node *read = slice.root;
    if (slice.fault || !read || !read->isSequence() || read->flowStyle || read->whole != read->range || read->items.empty())
        return false;
    std::size_t depth = slice.deepest; // in the whole text
    for (const Node *around = stretch.list->parent; around; around = around->parent)
        ++depth;
    if (depth > kFewLevels)
        return false;
    if (read->range.begin != lines.begin + stretch.column)
        return false;
    stretch.read = read;
    if (stretch.toNextItem) {
        const Range margin = stretch.list->items[stretch.last - 1]->whole;
        if (read->items.back()->whole != Range{margin.begin + stretch.shift(), margin.end + stretch.shift()})
            return false;
    }
    return isFiller(m_text.substr(read->range.end, lines.end - read->range.end)); // else the list ends here
}

/// A copy of a block node with the stretches `which` inside it (at least one) as they were read.
Node *TreeBuilder::copyAround(const Node &node, const std::vector<Stretch> &stretches, Range which, std::vector<KeptItem> &kept)
{
    std::size_t next = which.begin;
    const auto shift = [&] { return next == 0 ? 0 : stretches[next - 1].shift(); };
    Node *result = add(node.kind, {node.range.begin + shift(), node.range.end});
    Collection made{result, {}, {}};
    const auto take = [&](const Node &child) {
        std::size_t end = next;
        while (end < which.end && stretches[end].isIn(child))
            ++end;
        Node *copied = end == next ? copy(child, shift()) : copyAround(child, stretches, {next, end}, kept);
        copied->parent = result;
        next = end;
        return copied;
    };
    made.items.reserve(node.items.size());
    for (std::size_t i = 0; i < node.items.size();) {
        if (next < which.end && stretches[next].list == &node && stretches[next].first == i) {
            const Stretch &stretch = stretches[next++];
            for (const Node *item : stretch.read->items) {
                const_cast<Node *>(item)->parent = result; // made by this builder
                made.items.push_back(item);
            }
            i = stretch.last;
            continue;
        }
        const std::size_t place = kept.size();
        const std::size_t before = next;
        kept.push_back({node.items[i], nullptr, true});
        const Node *item = take(*node.items[i++]);
        kept[place].now = item;
        kept[place].unchanged = next == before;
        made.items.push_back(item);
    }
    made.entries.reserve(node.entries.size());
    for (const Entry &entry : node.entries) {
        const Node *key = take(*entry.key);
        made.entries.push_back({key, take(*entry.value)});
    }
    finish(made);
    result->range.end = result->items.empty() ? result->entries.back().value->whole.end : result->items.back()->whole.end;
    result->whole = result->range;
    return result;
}

bool TreeBuilder::rebuild(const Tree &before, std::string_view beforeText, const std::vector<TextChange> &changes, std::vector<KeptItem> &kept)
{
    const Node *old = before.root();
    if (!old || !old->isMapping() || old->flowStyle || old->whole != old->range || old->entries.empty() ||
        lineBegin(beforeText, old->range.begin) != old->range.begin)
        return false;
    replaceUnreadableBytes();
    if (!m_clean.empty() || !m_tree.m_faults.empty())
        return false;
    std::vector<Stretch> stretches;
    for (TextChange change : changes) {
        Stretch stretch;
        if (!findStretch(*old, beforeText, change, true, stretch))
            return false;
        while (!stretches.empty() && stretches.back().old.end > stretch.old.begin) { // they meet: one stretch of both
            change.begin = stretches.back().change.begin;
            stretches.pop_back();
            if (!findStretch(*old, beforeText, change, true, stretch))
                return false;
        }
        stretches.push_back(stretch);
    }
    for (const std::size_t place : before.unreadable()) // what is not read anew has to be readable
        if (std::none_of(stretches.begin(), stretches.end(), [&](const Stretch &stretch) { return stretch.old.contains(place); }))
            return false;
    std::size_t shift = 0;
    for (Stretch &stretch : stretches) {
        if (!readStretch(stretch, shift))
            return false;
        shift = stretch.shift();
    }
    m_tree.m_root = copyAround(*old, stretches, {0, stretches.size()}, kept);
    return true;
}

} // namespace flow
