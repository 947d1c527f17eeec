#include "engine/flow/tree_builder.h"

#include <algorithm>

// Reading a text anew where it changed: the items of the list the change is in are read around it, all
// others are copied from the tree before. What a reader of YAML knows at the begin of an item of a
// block list is the same whatever stands in the other items; that it comes to the next item with the
// same knowledge is seen by reading one item more than the change touches. Of a text that can't be read
// as a whole the items that did not change are taken from the tree before as well.
namespace flow {

namespace {

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
constexpr std::ptrdiff_t kFewLevels = 900; // of nesting; well below what the reader allows
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

/// What is read anew: items [first, last) of one list of the old tree.
struct Stretch
{
    std::size_t entry = 0; ///< of the root
    std::size_t first = 0;
    std::size_t last = 0;
    Range old;             ///< their lines
    bool toNextItem = false; ///< its last item is one that did not change
};

/// False when the change is not well inside of one list.
template <typename Window>
bool findStretch(const Node &root, std::string_view text, const Window &window, Stretch &stretch)
{
    const auto entry = std::find_if(root.entries.begin(), root.entries.end(), [&](const Entry &candidate) {
        const std::size_t next = static_cast<std::size_t>(&candidate - root.entries.data()) + 1;
        const std::size_t limit = next < root.entries.size() ? root.entries[next].key->whole.begin : text.size() + 1;
        return candidate.value->range.begin < window.begin && window.oldEnd < limit;
    });
    if (entry == root.entries.end() || !isPlainList(*entry->value))
        return false;
    const std::vector<const Node *> &items = entry->value->items;
    const auto behind = [](std::size_t offset, const Node *item) { return offset < item->whole.begin; };
    const auto touched = std::upper_bound(items.begin(), items.end(), window.begin, behind);
    stretch.entry = static_cast<std::size_t>(entry - root.entries.begin());
    stretch.first = static_cast<std::size_t>(touched - items.begin());
    stretch.first -= std::min<std::size_t>(stretch.first, 2); // the one it is in, and the one before
    stretch.old.begin = itemBegin(text, *items[stretch.first]);
    if (stretch.old.begin == kNowhere || stretch.old.begin >= window.begin)
        return false;
    // Behind an item that begins behind the change.
    for (auto next = std::upper_bound(items.begin(), items.end(), window.oldEnd, behind); next != items.end(); ++next) {
        const std::size_t begin = itemBegin(text, **next);
        if (begin == kNowhere || begin <= window.oldEnd || next + 1 == items.end())
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
    stretch.old.end = text.size();
    if (entry + 1 != root.entries.end()) {
        stretch.old.end = (entry + 1)->key->whole.begin;
        return lineBegin(text, stretch.old.end) == stretch.old.end && stretch.old.end > window.oldEnd;
    }
    return true;
}

} // namespace

TreeBuilder::Window TreeBuilder::windowOf(std::string_view before, std::string_view now)
{
    const std::size_t shorter = std::min(before.size(), now.size());
    const auto first = std::mismatch(before.begin(), before.begin() + static_cast<std::ptrdiff_t>(shorter), now.begin());
    const auto begin = static_cast<std::size_t>(first.first - before.begin());
    std::size_t same = 0;
    while (same < shorter - begin && before[before.size() - 1 - same] == now[now.size() - 1 - same])
        ++same;
    return {begin, before.size() - same, now.size() - same};
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

bool TreeBuilder::rebuild(const Tree &before, std::string_view beforeText, std::vector<KeptItem> &kept)
{
    const Node *old = before.root();
    if (!old || !before.faults().empty() || !old->isMapping() || old->flowStyle || old->whole != old->range ||
        lineBegin(beforeText, old->range.begin) != old->range.begin)
        return false;
    replaceUnreadableBytes();
    if (!m_clean.empty() || !m_tree.m_faults.empty())
        return false;
    const Window window = windowOf(beforeText, m_text);
    Stretch stretch;
    if (!findStretch(*old, beforeText, window, stretch))
        return false;
    const std::size_t by = m_text.size() - beforeText.size(); // modulo: may stand for a negative number
    const Slice slice = parseSlice({stretch.old.begin, stretch.old.end + by});
    const Node &oldList = *old->entries[stretch.entry].value;
    const Node *read = slice.root;
    if (slice.fault || !read || !read->isSequence() || read->flowStyle || read->whole != read->range || read->items.empty())
        return false;
    const std::size_t column = oldList.range.begin - lineBegin(beforeText, oldList.range.begin);
    if (read->range.begin != stretch.old.begin + column)
        return false;
    if (stretch.toNextItem) {
        const Range margin = oldList.items[stretch.last - 1]->whole;
        if (read->items.back()->whole != Range{margin.begin + by, margin.end + by})
            return false;
    } else if (!isFiller(m_text.substr(read->range.end, stretch.old.end + by - read->range.end))) {
        return false; // something else follows the list now
    }

    Node *root = add(NodeKind::Mapping, old->range);
    Node *list = nullptr;
    root->entries.reserve(old->entries.size());
    for (std::size_t i = 0; i < old->entries.size(); ++i) {
        const std::size_t shift = i > stretch.entry ? by : 0;
        Node *key = copy(*old->entries[i].key, shift);
        Node *value = nullptr;
        if (i == stretch.entry)
            value = list = add(NodeKind::Sequence, oldList.range);
        else
            value = copy(*old->entries[i].value, shift);
        key->parent = value->parent = root;
        root->entries.push_back({key, value});
    }
    const auto keep = [&](std::size_t from, std::size_t to, std::size_t shift) {
        for (std::size_t i = from; i < to; ++i) {
            Node *item = copy(*oldList.items[i], shift);
            item->parent = list;
            list->items.push_back(item);
            kept.push_back({oldList.items[i], item});
        }
    };
    list->items.reserve(oldList.items.size() + read->items.size());
    keep(0, stretch.first, 0);
    for (const Node *item : read->items) {
        const_cast<Node *>(item)->parent = list; // made just above, by this builder
        list->items.push_back(item);
    }
    keep(stretch.last, oldList.items.size(), by);
    list->range.end = list->whole.end = list->items.back()->whole.end;
    root->range.end = root->whole.end = root->entries.back().value->whole.end;
    m_tree.m_root = root;
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
    m_window = windowOf(beforeText, m_text);
    Stretch stretch;
    if (before.faults().empty() && old->whole == old->range && lineBegin(beforeText, old->range.begin) == old->range.begin &&
        findStretch(*old, beforeText, m_window, stretch)) {
        const Entry &entry = old->entries[stretch.entry];
        const std::vector<const Node *> &items = entry.value->items;
        if (stretch.first + 1 < items.size() && items[stretch.first + 1]->whole.begin <= m_window.begin) {
            m_listKey = entry.key->whole.begin;
            m_listColumn = entry.value->range.begin - lineBegin(beforeText, entry.value->range.begin);
            m_itemBefore = stretch.old.begin;
        }
    }
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

/// Reads from an item before the change on. True with the fault that reading the whole text would come to: that
/// of the list alone, when the scanner saw nothing that stands outside of the list before it.
bool TreeBuilder::readToFault(Slice &whole)
{
    if (!m_oldRoot || m_listColumn == 0)
        return false;
    Slice read = parseSlice({m_itemBefore, m_text.size()});
    const std::size_t seen = read.readTo + kLookAhead;
    if (!read.fault || read.readTo <= m_window.begin || seen >= m_text.size())
        return false;
    for (std::size_t line = m_itemBefore; line < seen;) {
        const std::size_t next = std::min(m_text.find('\n', line), m_text.size() - 1) + 1;
        const std::string_view view = m_text.substr(line, next - line);
        const std::size_t content = view.find_first_not_of(' ');
        const bool isEmpty = content == view.npos || view[content] == '\n';
        if (view.find_first_of("\r\xC2\xE2") != view.npos || // may hold other line breaks
            (!isEmpty && (content < m_listColumn || (content == m_listColumn && view[content] != '-'))))
            return false;
        line = next;
    }
    // As a part of the whole text it is nested deeper, and that may be too deep.
    const std::string_view view = m_text.substr(m_itemBefore, seen - m_itemBefore);
    const auto mayNest = [](char c) { return c == '[' || c == '{' || c == '-' || c == '?' || c == ':'; };
    if (std::count_if(view.begin(), view.end(), mayNest) > kFewLevels)
        return false;
    m_knownFault = {m_itemBefore, seen};
    whole = std::move(read);
    return true;
}

/// What reading these lines by themselves gives, if the other tree has it; else null. An item that was
/// read without fault is the same without what stands around it.
Node *TreeBuilder::copyOf(Range lines)
{
    if (!m_oldRoot)
        return nullptr;
    std::size_t by = 0;
    if (lines.begin >= m_window.newEnd)
        by = m_window.newEnd - m_window.oldEnd;
    else if (lines.end > m_window.begin)
        return nullptr;
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
