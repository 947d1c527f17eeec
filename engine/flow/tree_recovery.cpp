#include "engine/flow/tree_builder.h"

#include <algorithm>

// Reading of text that libyaml refuses. Indentation alone says which lines belong together, so the
// text is cut into entries and items, each is read by itself, and what stays unreadable is as small
// as it can be.
namespace flow {

namespace {

constexpr int kMaxDepth = 40; // levels that are split; deeper ones stay broken as a whole

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

template <typename Lines>
std::size_t contentEnd(const Lines &lines)
{
    std::size_t end = lines.front().end;
    for (const auto &line : lines)
        if (!line.filler)
            end = line.end;
    return end;
}

void putBelow(Node &parent, const Node &child)
{
    const_cast<Node &>(child).parent = &parent; // made by the same builder
    parent.range.end = std::max(parent.range.end, child.whole.end);
    parent.whole.end = parent.range.end;
}

} // namespace

void TreeBuilder::adopt(Collection &sequence, const Node &item)
{
    sequence.items.push_back(&item);
    putBelow(*sequence.node, item);
}

void TreeBuilder::adopt(Collection &mapping, const Node &key, const Node &value)
{
    mapping.entries.push_back({&key, &value});
    putBelow(*mapping.node, key);
    putBelow(*mapping.node, value);
}

Node *TreeBuilder::recover(const SyntaxFault &first, Range slice)
{
    if (m_clean.empty()) {
        m_clean = m_text;
        m_text = m_clean;
    }
    Node *root = recoverBlock(split(slice, m_keptList ? m_keptList->lines : Range()), 0);
    // The fault of the whole text comes first, with the place the real engine gives it; the first
    // unreadable piece is its cause and shows it better.
    const Tree::Piece *cause = nullptr;
    for (const Tree::Piece &piece : m_tree.m_pieces)
        if (!piece.fault.cause.empty() && piece.fault.range.begin <= first.range.end && (!cause || piece.fault.range.begin < cause->fault.range.begin))
            cause = &piece;
    m_tree.m_faults.push_back(first);
    if (cause)
        m_tree.m_faults.back().range = cause->fault.range;
    for (const Tree::Piece &piece : m_tree.m_pieces)
        if (!piece.fault.cause.empty() && &piece != cause)
            m_tree.m_faults.push_back(piece.fault);
    return root;
}

TreeBuilder::Lines TreeBuilder::split(Range slice, Range leftOut) const
{
    Lines lines;
    bool content = false;
    for (std::size_t at = slice.begin; at < slice.end;) {
        if (at == leftOut.begin && !leftOut.empty()) {
            at = leftOut.end;
            continue;
        }
        Line line;
        line.begin = at;
        line.end = std::min(m_text.find_first_of("\r\n", at), slice.end);
        line.next = line.end;
        if (line.next < slice.end)
            line.next += m_text.substr(line.next, 2) == "\r\n" ? 2 : 1;
        line.content = at;
        while (line.content < line.end && isBlank(m_text[line.content]))
            ++line.content;
        at = line.next;
        const std::string_view view = m_text.substr(line.begin, line.end - line.begin);
        line.tabbed = view.substr(0, line.content - line.begin).find('\t') != view.npos;
        const bool marker = (view.starts_with("---") || view.starts_with("...")) &&
                            (view.size() == 3 || isBlank(view[3]));
        if (marker && content)
            break;
        line.filler = marker || line.content == line.end || m_text[line.content] == '#' ||
                      (!content && view.starts_with('%'));
        content = content || !line.filler;
        lines.push_back(line);
    }
    return lines;
}

bool TreeBuilder::opensItem(const Line &line) const
{
    return m_text[line.content] == '-' &&
           (line.content + 1 >= line.end || isBlank(m_text[line.content + 1]));
}

/// The offset of the colon behind the key of a line; npos when the line has no key.
std::size_t TreeBuilder::keyEnd(const Line &line) const
{
    const char quote = m_text[line.content];
    std::size_t at = line.content;
    if (quote == '"' || quote == '\'') {
        at = m_text.find(quote, at + 1);
        if (at >= line.end)
            return m_text.npos;
        ++at;
    }
    for (; at < line.end; ++at) {
        if (m_text[at] == '#' && at > line.content && isBlank(m_text[at - 1]))
            return m_text.npos;
        if (m_text[at] == ':' && (at + 1 == line.end || isBlank(m_text[at + 1])))
            return at;
    }
    return m_text.npos;
}

bool TreeBuilder::hasValue(const Line &line, std::size_t colon) const
{
    std::size_t at = colon + 1;
    while (at < line.end && isBlank(m_text[at]))
        ++at;
    return at < line.end && m_text[at] != '#';
}

Node *TreeBuilder::broken(const SyntaxFault &fault, const Lines &lines)
{
    const Range range{lines.front().content, contentEnd(lines)};
    Node *node = add(NodeKind::Broken, range);
    node->text = keep(fault.cause);
    m_tree.m_pieces.push_back({fault, m_pieceLines});
    if (fault.range.begin >= range.end) // something that should follow is missing
        m_tree.m_pieces.back().fault.range = {range.begin, lines.front().end};
    return node;
}

/// Reading an item or entry by itself ends, without a fault, at a line that stands further left.
void TreeBuilder::notePassedOver(const Node &read, const Lines &lines)
{
    const auto line = std::find_if(lines.begin(), lines.end(), [&](const Line &candidate) {
        return !candidate.filler && candidate.content >= read.whole.end;
    });
    if (line != lines.end())
        noteFault(line->content);
}

/// A line without key or dash that what follows is deeper than: a torn piece of the entry above.
bool TreeBuilder::isStray(const Lines &lines, Lines::const_iterator line) const
{
    if (opensItem(*line) || keyEnd(*line) != m_text.npos)
        return false;
    const auto next = std::find_if(line + 1, lines.end(), [](const Line &other) { return !other.filler; });
    return next != lines.end() && next->indent() > line->indent();
}

/// `isKeptList`: the lines are those of the list of which most items are kept.
Node *TreeBuilder::recoverBlock(Lines lines, int depth, bool isKeptList)
{
    while (!lines.empty() && lines.front().filler)
        lines.erase(lines.begin());
    if (lines.empty())
        return nullptr;
    const Line &head = lines.front();
    const bool sequence = opensItem(head);
    Collection made{add(sequence ? NodeKind::Sequence : NodeKind::Mapping, {head.content, head.content}), {}, {}};
    if (isKeptList)
        takeKeptItems(made);

    for (auto begin = lines.begin(); begin != lines.end();) {
        // A list may stand at the indentation of its key.
        const bool bareKey = !sequence && !opensItem(*begin) && keyEnd(*begin) != m_text.npos &&
                             !hasValue(*begin, keyEnd(*begin));
        auto end = begin + 1;
        while (end != lines.end()) {
            const bool starts = !end->filler && end->indent() <= head.indent() && !isStray(lines, end);
            if (starts && !(bareKey && end->indent() == head.indent() && opensItem(*end)))
                break;
            ++end;
        }
        const Lines chunk(begin, end);
        if (sequence)
            recoverItem(made, chunk, depth);
        else
            recoverEntry(made, chunk, depth);
        if (begin->indent() != head.indent())
            noteFault(begin->content);
        begin = end;
    }
    finish(made);
    return made.node;
}

void TreeBuilder::recoverItem(Collection &sequence, Lines lines, int depth)
{
    if (depth <= 1)
        m_pieceLines = lines.front().begin;
    if (Node *same = opensItem(lines.front()) ? copyOf({lines.front().begin, lines.back().next}) : nullptr) {
        adopt(sequence, *same);
        return;
    }
    Slice slice = parseSlice({lines.front().begin, lines.back().next});
    if (slice.root && slice.root->isSequence() && !slice.root->flowStyle) {
        for (const Node *item : slice.root->items)
            adopt(sequence, *item);
        notePassedOver(*slice.root, lines);
        return;
    }
    Node *item = nullptr;
    Line &head = lines.front();
    const SyntaxFault fault = slice.fault.value_or(SyntaxFault{{head.content, head.end}, "expected an item of the list", "", head.content});
    noteFault(fault.range.begin);
    if (depth < kMaxDepth && opensItem(head)) {
        m_clean[head.content] = ' ';
        while (head.content < head.end && isBlank(m_text[head.content]))
            ++head.content;
        head.filler = head.content == head.end || m_text[head.content] == '#';
        item = recoverBlock(lines, depth + 1);
    }
    if (!item)
        item = broken(fault, lines);
    adopt(sequence, *item);
}

void TreeBuilder::recoverEntry(Collection &mapping, const Lines &lines, int depth)
{
    const Line &head = lines.front();
    if (depth == 0)
        m_pieceLines = head.begin;
    const std::size_t colon = keyEnd(head);
    // The fault is one of the list below this key: reading the entry would come to it again.
    const auto &known = m_tree.m_listFault;
    const bool isFaulty = depth == 0 && colon != m_text.npos && !hasValue(head, colon) && known &&
                          head.content == known->key && known->seen.end < lines.back().next;
    Slice slice = isFaulty ? Slice() : parseSlice({head.begin, lines.back().next});
    if (slice.root && slice.root->isMapping() && !slice.root->flowStyle) {
        for (const Entry &entry : slice.root->entries)
            adopt(mapping, *entry.key, *entry.value);
        notePassedOver(*slice.root, lines);
        return;
    }
    const SyntaxFault fault =
        slice.fault.value_or(SyntaxFault{{head.content, head.end}, "could not find expected ':'", "", head.content});
    noteFault(isFaulty ? known->fault.range.begin : fault.range.begin);
    Node *key = nullptr;
    Node *value = nullptr;
    if (colon == m_text.npos) {
        key = broken(fault, lines);
        value = add(NodeKind::Scalar, {key->range.end, key->range.end});
    } else {
        const Slice name = parseSlice({head.content, colon});
        key = name.root && name.root->isScalar() ? name.root
                                                 : add(NodeKind::Scalar, {head.content, colon});
        if (key != name.root)
            key->text = keep(m_text.substr(head.content, colon - head.content));
        Lines rest(lines.begin() + 1, lines.end());
        if (!hasValue(head, colon)) {
            const bool isKept = depth == 0 && m_keptList && m_keptList->key == head.content;
            value = depth < kMaxDepth ? recoverBlock(rest, depth + 1, isKept) : nullptr;
        } else if (const Slice line = parseSlice({head.begin, head.next});
                   line.root && line.root->isMapping() && line.root->entries.size() == 1) {
            // The line is whole by itself: what is below it can't be read.
            value = const_cast<Node *>(line.root->entries.front().value);
            m_tree.m_pieces.push_back({fault, m_pieceLines});
            mapping.node->range.end = std::max(mapping.node->range.end, contentEnd(lines));
        }
        if (!value) {
            value = broken(fault, lines);
            value->range.begin = std::min(colon + 1, value->range.end);
            while (value->range.begin < value->range.end && isBlank(m_text[value->range.begin]))
                ++value->range.begin;
            value->whole = value->range;
        }
    }
    adopt(mapping, *key, *value);
}

} // namespace flow
