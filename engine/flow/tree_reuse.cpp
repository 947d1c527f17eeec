#include "engine/flow/tree_builder.h"

#include <algorithm>

// Reading a text anew where it changed: the items of the list the change is in are read around it, all
// others are copied from the tree before. What a reader of YAML knows at the begin of an item of a
// block list is the same whatever stands in the other items; that it comes to the next item with the
// same knowledge is seen by reading one item more than the change touches. That holds for several
// changes too, each by itself, and for lists inside items. Of a text that can't be read
// as a whole the items that did not change are taken from the tree before as well.
namespace flow {

namespace {

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
constexpr std::size_t kFewLevels = 900; // of nesting; well below what the reader allows
constexpr std::size_t kLookAhead = 16; // more than the bytes libyaml looks at behind its place

std::size_t lineBegin(std::string_view text, std::size_t offset)
{
    while (offset > 0 && text[offset - 1] != '\n' && text[offset - 1] != '\r')
        --offset;
    return offset;
}

/// The begin of the line an item's dash begins; kNowhere when other things stand before it.
std::size_t itemBegin(std::string_view text, const Node &item)
{
    std::size_t at = item.whole.begin;
    while (at > 0 && text[at - 1] == ' ')
        --at;
    if (at == 0 || text[at - 1] != '-')
        return kNowhere;
    const std::size_t begin = lineBegin(text, --at);
    return text.substr(begin, at - begin).find_first_not_of(' ') == text.npos ? begin : kNowhere;
}

bool isPlainList(const Node &node)
{
    return node.isSequence() && !node.flowStyle && node.whole == node.range && node.items.size() >= 4;
}

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

/// What is read anew: items [first, last) of one list of the old tree.
struct TreeBuilder::Stretch
{
    const Node *list = nullptr;
    std::size_t first = 0;
    std::size_t last = 0;
    Range old;               ///< their lines
    std::size_t column = 0;  ///< of their dashes
    TextChange change;       ///< what differs in them
    bool toNextItem = false; ///< its last item is one that did not change
    const Node *read = nullptr; ///< the new list of these items

    std::size_t shift() const { return change.newEnd - change.oldEnd; } ///< of what follows; modulo
    bool isIn(const Node &node) const { return node.whole.contains(list->range.begin); }
};

/// False when the change is not well inside of this list. `limit` is where what follows the list begins; only the
/// list at the end of the text (`isLast`) has nothing behind it.
bool TreeBuilder::stretchOf(const Node &list, std::size_t limit, bool isLast, std::string_view text, const TextChange &change, Stretch &stretch)
{
    if (!isPlainList(list))
        return false;
    const std::vector<const Node *> &items = list.items;
    const auto behind = [](std::size_t offset, const Node *item) { return offset < item->whole.begin; };
    const auto touched = std::upper_bound(items.begin(), items.end(), change.begin, behind);
    stretch.list = &list;
    stretch.change = change;
    stretch.first = static_cast<std::size_t>(touched - items.begin());
    stretch.first -= std::min<std::size_t>(stretch.first, 2); // the one it is in, and the one before
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
    Node *result = add(node.kind, {node.range.begin + by, node.range.end + by});
    result->whole = {node.whole.begin + by, node.whole.end + by};
    result->style = node.style;
    result->flowStyle = node.flowStyle;
    result->alias = node.alias;
    result->text = node.text;
    if (!node.anchor.empty())
        result->anchor = node.anchor;
    if (!node.tag.empty())
        result->tag = node.tag;
    result->items.reserve(node.items.size());
    for (const Node *item : node.items) {
        Node *inner = copy(*item, by);
        inner->parent = result;
        result->items.push_back(inner);
    }
    result->entries.reserve(node.entries.size());
    for (const Entry &entry : node.entries) {
        Node *key = copy(*entry.key, by);
        Node *value = copy(*entry.value, by);
        key->parent = value->parent = result;
        result->entries.push_back({key, value});
    }
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
    const auto take = [&](const Node &child) {
        std::size_t end = next;
        while (end < which.end && stretches[end].isIn(child))
            ++end;
        Node *made = end == next ? copy(child, shift()) : copyAround(child, stretches, {next, end}, kept);
        made->parent = result;
        next = end;
        return made;
    };
    result->items.reserve(node.items.size());
    for (std::size_t i = 0; i < node.items.size();) {
        if (next < which.end && stretches[next].list == &node && stretches[next].first == i) {
            const Stretch &stretch = stretches[next++];
            for (const Node *item : stretch.read->items) {
                const_cast<Node *>(item)->parent = result; // made by this builder
                result->items.push_back(item);
            }
            i = stretch.last;
            continue;
        }
        const std::size_t place = kept.size();
        const std::size_t before = next;
        kept.push_back({node.items[i], nullptr, true});
        Node *made = take(*node.items[i++]);
        kept[place].now = made;
        kept[place].unchanged = next == before;
        result->items.push_back(made);
    }
    result->entries.reserve(node.entries.size());
    for (const Entry &entry : node.entries) {
        Node *key = take(*entry.key);
        result->entries.push_back({key, take(*entry.value)});
    }
    result->range.end = result->items.empty() ? result->entries.back().value->whole.end : result->items.back()->whole.end;
    result->whole = result->range;
    return result;
}

bool TreeBuilder::rebuild(const Tree &before, std::string_view beforeText, std::vector<KeptItem> &kept)
{
    const Node *old = before.root();
    if (!old || !old->isMapping() || old->flowStyle || old->whole != old->range || old->entries.empty() ||
        lineBegin(beforeText, old->range.begin) != old->range.begin)
        return false;
    replaceUnreadableBytes();
    if (!m_clean.empty() || !m_tree.m_faults.empty())
        return false;
    std::vector<Stretch> stretches;
    for (TextChange change : textChanges(beforeText, m_text)) {
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
    for (const SyntaxFault &fault : before.faults()) // what is not read anew has to be readable
        if (std::none_of(stretches.begin(), stretches.end(), [&](const Stretch &stretch) { return stretch.old.contains(fault.range.begin); }))
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

void TreeBuilder::mayReuse(const Tree &before, std::string_view beforeText)
{
    const Node *old = before.root();
    // What is hidden from libyaml depends on the whole text.
    const auto hasSurrogate = [&] {
        for (std::size_t at = 0; (at = m_text.find("\\u", at)) != m_text.npos; at += 2)
            if (at + 2 < m_text.size() && (m_text[at + 2] == 'd' || m_text[at + 2] == 'D'))
                return true;
        return false;
    };
    if (!old || !old->isMapping() || old->flowStyle || m_text.find('\t') != m_text.npos || hasSurrogate() ||
        beforeText.substr(0, old->whole.begin).find('%') != beforeText.npos)
        return;
    m_oldRoot = old;
    m_old = &before;
    m_oldText = beforeText;
    m_changes = textChanges(beforeText, m_text);
    std::vector<std::size_t> faults;
    for (const SyntaxFault &fault : before.faults())
        faults.push_back(fault.range.begin);
    std::sort(faults.begin(), faults.end());
    for (const Entry &entry : old->entries) {
        if (!isPlainList(*entry.value))
            continue;
        const std::vector<const Node *> &items = entry.value->items;
        std::size_t next = itemBegin(beforeText, *items.front());
        for (std::size_t i = 0; i + 1 < items.size(); ++i) {
            const Range lines{next, next = itemBegin(beforeText, *items[i + 1])};
            // A value that is not written may stand behind the blanks of the next line.
            if (lines.begin >= lines.end || lines.end == kNowhere || items[i]->whole.end >= lines.end)
                continue;
            const auto fault = std::lower_bound(faults.begin(), faults.end(), lines.begin);
            if (fault == faults.end() || *fault > lines.end)
                m_oldItems.push_back({lines, items[i]});
        }
    }
    std::sort(m_oldItems.begin(), m_oldItems.end(),
              [](const OldItem &a, const OldItem &b) { return a.lines.begin < b.lines.begin; });
}

/// How much what stands at an offset of the old text moved; modulo.
std::size_t TreeBuilder::shiftAt(std::size_t oldOffset) const
{
    std::size_t shift = 0;
    for (const TextChange &change : m_changes)
        if (change.oldEnd <= oldOffset)
            shift = change.newEnd - change.oldEnd;
    return shift;
}

/// The fault that reading the whole text would come to, if that is known without reading it all: the reader comes
/// to the first change as it did before, and from there to the next item as it did unless there is a fault.
std::optional<SyntaxFault> TreeBuilder::knownFault()
{
    if (!m_oldRoot || m_oldRoot->whole != m_oldRoot->range || lineBegin(m_oldText, m_oldRoot->range.begin) != m_oldRoot->range.begin)
        return std::nullopt;
    std::vector<std::size_t> faults; // of the old text, where it is not read anew
    for (const SyntaxFault &fault : m_old->m_faults)
        faults.push_back(fault.range.begin);
    std::sort(faults.begin(), faults.end());
    const auto *known = m_old->m_listFault ? &*m_old->m_listFault : nullptr;
    const auto moved = [&] {
        const std::size_t by = shiftAt(known->seen.begin);
        Tree::ListFault fault = *known;
        fault.key += shiftAt(known->key);
        fault.seen = {known->seen.begin + by, known->seen.end + by};
        fault.fault.range = {known->fault.range.begin + by, known->fault.range.end + by};
        fault.fault.readUntil += by;
        m_tree.m_listFault = fault;
        return fault.fault;
    };
    Stretch stretch;
    for (const TextChange &change : m_changes) {
        if (known && std::max(known->seen.end, known->fault.range.end) < change.begin)
            return moved();
        if (known && known->seen.begin <= change.oldEnd)
            known = nullptr;
        if (!findStretch(*m_oldRoot, m_oldText, change, false, stretch) || (!faults.empty() && faults.front() < stretch.old.begin))
            return std::nullopt;
        const std::size_t shift = shiftAt(stretch.old.begin);
        if (known && known->seen.begin < stretch.old.end)
            known = nullptr;
        if (!stretch.toNextItem || !readStretch(stretch, shift))
            return readToFault(stretch, shift) ? std::optional(m_tree.m_listFault->fault) : std::nullopt;
        std::erase_if(faults, [&](std::size_t fault) { return stretch.old.contains(fault); });
    }
    if (known)
        return moved();
    if (faults.empty() || !findStretch(*m_oldRoot, m_oldText, {faults.front(), faults.front(), faults.front()}, false, stretch) ||
        !readToFault(stretch, shiftAt(stretch.old.begin)))
        return std::nullopt;
    return m_tree.m_listFault->fault;
}

/// Reads from the first item of a stretch on, which is known to begin as it did. True when it comes to a fault that
/// reading the whole text would come to: the scanner saw nothing that stands outside of the list before it.
bool TreeBuilder::readToFault(const Stretch &stretch, std::size_t shift)
{
    const std::vector<const Node *> &items = stretch.list->items;
    const auto entry = std::find_if(m_oldRoot->entries.begin(), m_oldRoot->entries.end(),
                                    [&](const Entry &candidate) { return candidate.value == stretch.list; });
    if (stretch.column == 0 || entry == m_oldRoot->entries.end() || stretch.first + 1 >= items.size() ||
        items[stretch.first + 1]->whole.begin > stretch.change.begin)
        return false;
    const std::size_t from = stretch.old.begin + shift;
    Slice read = parseSlice({from, m_text.size()});
    const std::size_t seen = read.readTo + kLookAhead;
    if (!read.fault || read.readTo <= stretch.change.begin + shift || seen >= m_text.size())
        return false;
    for (std::size_t line = from; line < seen;) {
        const std::size_t next = std::min(m_text.find('\n', line), m_text.size() - 1) + 1;
        const std::string_view view = m_text.substr(line, next - line);
        const std::size_t content = view.find_first_not_of(' ');
        const bool isEmpty = content == view.npos || view[content] == '\n' || view[content] == '#';
        if (view.find_first_of("\r\xC2\xE2") != view.npos || // may hold other line breaks
            (!isEmpty && (content < stretch.column || (content == stretch.column && view[content] != '-'))))
            return false;
        line = next;
    }
    if (read.deepest > kFewLevels) // in the whole text it is deeper
        return false;
    const std::size_t key = entry->key->whole.begin;
    m_tree.m_listFault = Tree::ListFault{std::move(*read.fault), key + shiftAt(key), {from, seen}};
    return true;
}

/// What reading these lines by themselves gives, if the other tree has it; else null. An item that was
/// read without fault is the same without what stands around it.
Node *TreeBuilder::copyOf(Range lines)
{
    if (!m_oldRoot)
        return nullptr;
    std::size_t by = 0;
    for (const TextChange &change : m_changes) {
        if (lines.end <= change.begin + by)
            break;
        if (lines.begin < change.newEnd)
            return nullptr;
        by = change.newEnd - change.oldEnd;
    }
    const Range old{lines.begin - by, lines.end - by};
    const auto item = std::lower_bound(m_oldItems.begin(), m_oldItems.end(), old.begin,
                                       [](const OldItem &candidate, std::size_t begin) { return candidate.lines.begin < begin; });
    if (item == m_oldItems.end() || item->lines != old)
        return nullptr;
    Node *result = copy(*item->node, by);
    m_reused.push_back({item->node, result});
    return result;
}

std::vector<KeptItem> TreeBuilder::reused() const
{
    const Node *root = m_tree.m_root;
    if (m_reused.empty() || !root->isMapping() ||
        !std::equal(root->entries.begin(), root->entries.end(), m_oldRoot->entries.begin(), m_oldRoot->entries.end(),
                    [](const Entry &a, const Entry &b) {
                        return a.key->kind == b.key->kind && a.key->alias == b.key->alias && a.key->text == b.key->text;
                    }))
        return {};
    std::vector<KeptItem> kept;
    kept.reserve(m_reused.size());
    std::size_t entry = 0;
    for (const KeptItem &item : m_reused) {
        const auto isIn = [&](const Entry &candidate) { return candidate.value == item.now->parent; };
        if (!isIn(root->entries[entry]))
            entry = static_cast<std::size_t>(std::find_if(root->entries.begin(), root->entries.end(), isIn) - root->entries.begin());
        if (entry == root->entries.size())
            entry = 0;
        else if (m_oldRoot->entries[entry].value == item.before->parent)
            kept.push_back(item);
    }
    return kept;
}

} // namespace flow
