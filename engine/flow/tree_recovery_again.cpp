#include "engine/flow/tree_builder.h"
#include "engine/flow/tree_items.h"

#include <algorithm>

// Splitting a text that libyaml refuses, as in tree_recovery.cpp, with what is known of the tree of another text.
namespace flow {

namespace {

constexpr std::size_t kLookAhead = 16; // more than the bytes libyaml looks at behind its place

SyntaxFault moved(SyntaxFault fault, std::size_t by)
{
    fault.range = {fault.range.begin + by, fault.range.end + by};
    if (fault.readUntil != kNoPlace)
        fault.readUntil += by;
    return fault;
}

} // namespace

void TreeBuilder::mayReuse(const Tree &before, std::string_view beforeText, std::vector<TextChange> changes)
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
    m_changes = std::move(changes);
}

/// The items of all lists of the other tree that `copyOf` may take.
void TreeBuilder::findOldItems()
{
    const std::vector<std::size_t> faults = m_old->unreadable();
    for (const Entry &entry : m_oldRoot->entries) {
        if (!isPlainList(*entry.value))
            continue;
        const std::span<const Node *const> items = entry.value->items;
        std::size_t next = itemBegin(m_oldText, *items.front());
        for (std::size_t i = 0; i + 1 < items.size(); ++i) {
            const Range lines{next, next = itemBegin(m_oldText, *items[i + 1])};
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
    std::vector<std::size_t> faults = m_old->unreadable(); // where it is not read anew
    const auto *known = m_old->m_listFault ? &*m_old->m_listFault : nullptr;
    const auto movedFault = [&] {
        const std::size_t by = shiftAt(known->seen.begin);
        Tree::ListFault fault = *known;
        fault.key += shiftAt(known->key);
        fault.seen = {known->seen.begin + by, known->seen.end + by};
        fault.fault = moved(known->fault, by);
        m_tree.m_listFault = fault;
        return fault.fault;
    };
    Stretch stretch;
    for (const TextChange &change : m_changes) {
        if (known && std::max(known->seen.end, known->fault.range.end) < change.begin)
            return movedFault();
        if (known && known->seen.begin <= change.oldEnd)
            known = nullptr;
        if (!faults.empty() && faults.front() < change.begin) { // it does not come to the change
            known = nullptr;
            break;
        }
        if (!findStretch(*m_oldRoot, m_oldText, change, false, stretch))
            return std::nullopt;
        const std::size_t shift = shiftAt(stretch.old.begin);
        if (known && known->seen.begin < stretch.old.end)
            known = nullptr;
        if (!stretch.toNextItem || !readStretch(stretch, shift))
            return readToFault(stretch, shift) ? std::optional(m_tree.m_listFault->fault) : std::nullopt;
        std::erase_if(faults, [&](std::size_t fault) { return stretch.old.contains(fault); });
    }
    if (known)
        return movedFault();
    if (faults.empty() || !findStretch(*m_oldRoot, m_oldText, {faults.front(), faults.front(), faults.front()}, false, stretch) ||
        !readToFault(stretch, shiftAt(stretch.old.begin)))
        return std::nullopt;
    return m_tree.m_listFault->fault;
}

/// Reads from the first item of a stretch on, which is known to begin as it did. True when it comes to a fault:
/// reading the whole text would come to it too, as it knows no more there than that it is in a list below a key.
bool TreeBuilder::readToFault(const Stretch &stretch, std::size_t shift)
{
    const std::span<const Node *const> items = stretch.list->items;
    const auto entry = std::find_if(m_oldRoot->entries.begin(), m_oldRoot->entries.end(),
                                    [&](const Entry &candidate) { return candidate.value == stretch.list; });
    if (entry == m_oldRoot->entries.end() || stretch.first + 1 >= items.size() || items[stretch.first + 1]->whole.begin > stretch.change.begin)
        return false;
    const std::size_t from = stretch.old.begin + shift;
    const std::string text = std::string("k:\n").append(m_text.substr(from));
    const std::size_t by = from - (text.size() - (m_text.size() - from)); // modulo
    Tree scratch;
    Slice read = TreeBuilder(scratch, text).parseSlice({0, text.size()});
    const std::size_t readTo = read.readTo + by;
    const std::size_t seen = readTo + kLookAhead;
    if (!read.fault || read.readTo == 0 || readTo <= stretch.change.begin + shift || seen >= m_text.size())
        return false;
    // Nothing of the item was read before the fault: what ends before it stands in front of the stretch.
    if (read.fault->readUntil <= text.find('-'))
        return false;
    const std::size_t key = entry->key->whole.begin;
    m_tree.m_listFault = Tree::ListFault{moved(*read.fault, by), key + shiftAt(key), {from, seen}};
    return true;
}

/// Decides which items of the list with the known fault are taken over when the text is split; false when none can
/// be. The lines of an item are the same whatever stands in the other items, as long as none of these begins further
/// left than the list where the text is split into entries.
bool TreeBuilder::findKeptList()
{
    if (!m_tree.m_listFault)
        return false;
    const auto entry = std::find_if(m_oldRoot->entries.begin(), m_oldRoot->entries.end(), [&](const Entry &candidate) {
        const std::size_t begin = candidate.key->whole.begin;
        return begin + shiftAt(begin) == m_tree.m_listFault->key;
    });
    if (entry == m_oldRoot->entries.end() || !isPlainList(*entry->value))
        return false;
    KeptList kept{&*entry, entry->value->items, m_tree.m_listFault->key, {}, {}};
    const std::size_t column = entry->value->range.begin - lineBegin(m_oldText, entry->value->range.begin);
    const auto begins = [&](const Node &item) {
        const std::size_t begin = itemBegin(m_oldText, item);
        return begin != kNowhere && m_oldText.find_first_not_of(' ', begin) == begin + column;
    };
    while (!kept.items.empty() && !begins(*kept.items.back()))
        kept.items = kept.items.first(kept.items.size() - 1);
    if (kept.items.empty() || itemBegin(m_oldText, *kept.items.front()) != entry->value->range.begin - column)
        return false;
    kept.lines = {itemBegin(m_oldText, *kept.items.front()), itemBegin(m_oldText, *kept.items.back())};
    for (TextChange change : m_changes) {
        if (change.begin >= kept.items.back()->whole.begin)
            break;
        Stretch stretch;
        while (true) {
            if (!stretchOf(*entry->value, kNowhere, false, m_oldText, change, stretch) || stretch.last >= kept.items.size() ||
                kept.items[stretch.first]->whole.begin > change.begin || !begins(*kept.items[stretch.first]) || !begins(*kept.items[stretch.last]))
                return false;
            if (kept.stretches.empty() || kept.stretches.back().old.end <= stretch.old.begin)
                break;
            change.begin = kept.stretches.back().change.begin; // they meet: one stretch of both
            kept.stretches.pop_back();
        }
        kept.stretches.push_back(stretch);
    }
    std::size_t shift = 0;
    for (const Stretch &stretch : kept.stretches) {
        if (!isSplitInside({stretch.old.begin + shift, stretch.old.end + stretch.shift()}, column))
            return false;
        shift = stretch.shift();
    }
    const auto &before = m_old->m_listFault;
    const bool wasSplit = before && before->key == entry->key->whole.begin && before->seen.end < entry->value->range.end;
    if (!wasSplit && !wouldSplit(kept, column))
        return false;
    kept.lines.end += shift;
    m_keptList = std::move(kept);
    return true;
}

/// Do these lines, from an item of a list of the flow to the next item, stay in that list when the text is split?
bool TreeBuilder::isSplitInside(Range slice, std::size_t column) const
{
    const Lines lines = split(slice);
    std::size_t last = column;
    for (const Line &line : lines) {
        if (line.filler)
            continue;
        last = line.indent();
        if (last == 0 && (column > 0 || !opensItem(line)))
            return false;
    }
    return !lines.empty() && lines.back().next == slice.end && last >= column; // what follows tears off no line
}

/// Are the items of a list that was read as a whole those that it is split into?
bool TreeBuilder::wouldSplit(const KeptList &kept, std::size_t column) const
{
    for (std::size_t i = 0; i + 1 < kept.items.size(); ++i) {
        const std::size_t end = itemBegin(m_oldText, *kept.items[i + 1]);
        // A value that is not written may stand behind the blanks of the next line.
        if (kept.items[i]->whole.end >= end)
            return false;
        for (std::size_t line = m_oldText.find_first_of("\r\n", itemBegin(m_oldText, *kept.items[i])) + 1; line < end;) {
            const std::size_t content = m_oldText.find_first_not_of(' ', line);
            const bool isFiller = m_oldText[content] == '#' || m_oldText[content] == '\n' || m_oldText[content] == '\r';
            if (!isFiller && content - line <= column)
                return false;
            line = m_oldText.find_first_of("\r\n", content) + 1;
        }
    }
    return true;
}

/// The items of the kept list but the last, and the faults of the pieces inside them.
void TreeBuilder::takeKeptItems(Collection &sequence)
{
    const KeptList &kept = *m_keptList;
    sequence.node->range.begin = sequence.node->whole.begin = kept.old->value->range.begin;
    auto piece = std::lower_bound(m_old->m_pieces.begin(), m_old->m_pieces.end(), kept.lines.begin,
                                  [](const Tree::Piece &candidate, std::size_t begin) { return candidate.lines < begin; });
    const auto takePieces = [&](std::size_t end, std::size_t shift) {
        for (; piece != m_old->m_pieces.end() && piece->lines < end; ++piece)
            m_tree.m_pieces.push_back({moved(piece->fault, shift), piece->lines + shift});
    };
    std::size_t shift = 0;
    auto stretch = kept.stretches.begin();
    for (std::size_t i = 0; i + 1 < kept.items.size();) {
        if (stretch == kept.stretches.end() || stretch->first != i) {
            const Node *item = copy(*kept.items[i], shift);
            m_reused.push_back({kept.items[i++], item});
            adopt(sequence, *item);
            continue;
        }
        takePieces(stretch->old.begin, shift);
        const Node *read = recoverBlock(split({stretch->old.begin + shift, stretch->old.end + stretch->shift()}), 1);
        for (const Node *item : read->items)
            adopt(sequence, *item);
        while (piece != m_old->m_pieces.end() && piece->lines < stretch->old.end)
            ++piece;
        i = stretch->last;
        shift = (stretch++)->shift();
    }
    takePieces(itemBegin(m_oldText, *kept.items.back()), shift);
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
