#include "engine/flow/tree.h"

#include "engine/flow/tree_builder.h"

#include <algorithm>

namespace flow {

const Entry *Node::findEntry(std::string_view key) const
{
    for (auto entry = entries.rbegin(); entry != entries.rend(); ++entry)
        if (entry->key->isScalar() && entry->key->text == key)
            return &*entry;
    return nullptr;
}

const Node *Node::find(std::string_view key) const
{
    const Entry *entry = findEntry(key);
    return entry ? entry->value : nullptr;
}

std::shared_ptr<const Tree> Tree::parse(std::string_view text)
{
    auto tree = std::make_shared<Tree>();
    TreeBuilder(*tree, text).build();
    return tree;
}

std::shared_ptr<const Tree> Tree::parseAgain(const Tree &before, std::string_view beforeText, std::string_view text,
                                             std::vector<KeptItem> &kept)
{
    std::vector<TextChange> changes = textChanges(beforeText, text);
    auto tree = std::make_shared<Tree>();
    if (TreeBuilder(*tree, text).rebuild(before, beforeText, changes, kept))
        return tree;
    auto fresh = std::make_shared<Tree>();
    TreeBuilder builder(*fresh, text);
    builder.mayReuse(before, beforeText, std::move(changes));
    builder.build();
    kept = builder.reused();
    return fresh;
}

std::vector<std::size_t> Tree::unreadable() const
{
    std::vector<std::size_t> places;
    for (const SyntaxFault &fault : m_faults)
        places.push_back(fault.range.begin);
    for (const Piece &piece : m_pieces)
        if (piece.fault.cause.empty())
            places.push_back(piece.fault.range.begin);
    std::sort(places.begin(), places.end());
    return places;
}

LineIndex::LineIndex(std::string_view text) : m_text(text)
{
    m_begins.push_back(0);
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n')
            m_begins.push_back(i + 1);
        else if (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'))
            m_begins.push_back(i + 1);
    }
}

LineIndex::Position LineIndex::position(std::size_t offset) const
{
    offset = std::min(offset, m_text.size());
    const auto next = std::upper_bound(m_begins.begin(), m_begins.end(), offset);
    const std::size_t line = static_cast<std::size_t>(next - m_begins.begin());
    std::size_t begin = m_begins[line - 1];
    if (begin == 0 && m_text.starts_with("\xEF\xBB\xBF"))
        begin = std::min<std::size_t>(3, offset);
    std::size_t column = 1;
    for (std::size_t i = begin; i < offset; ++i)
        column += (static_cast<unsigned char>(m_text[i]) & 0xC0) != 0x80;
    return {line, column};
}

std::size_t LineIndex::lineBegin(std::size_t line) const
{
    if (line == 0)
        return 0;
    return line <= m_begins.size() ? m_begins[line - 1] : m_text.size();
}

} // namespace flow
