#include "editor/change_composer.h"

namespace editor {

namespace {

std::ptrdiff_t growth(const flow::Replacement &piece)
{
    return static_cast<std::ptrdiff_t>(piece.text.size()) -
           static_cast<std::ptrdiff_t>(piece.range.size());
}

} // namespace

void ChangeComposer::add(std::size_t position, std::size_t removed, std::string_view inserted)
{
    const auto begin = static_cast<std::ptrdiff_t>(position);
    const auto end = static_cast<std::ptrdiff_t>(position + removed);
    const auto newBegin = [&](std::size_t i, std::ptrdiff_t shift) {
        return static_cast<std::ptrdiff_t>(m_pieces[i].range.begin) + shift;
    };
    const auto newSize = [&](std::size_t i) {
        return static_cast<std::ptrdiff_t>(m_pieces[i].text.size());
    };

    std::size_t first = 0;
    std::ptrdiff_t shift = 0;
    while (first < m_pieces.size() && newBegin(first, shift) + newSize(first) < begin)
        shift += growth(m_pieces[first++]);

    std::ptrdiff_t oldBegin = begin - shift;
    std::string text;
    if (first < m_pieces.size() && newBegin(first, shift) <= begin) {
        oldBegin = static_cast<std::ptrdiff_t>(m_pieces[first].range.begin);
        text = m_pieces[first].text.substr(
            0, static_cast<std::size_t>(begin - newBegin(first, shift)));
    }
    text += inserted;

    std::size_t last = first;
    std::ptrdiff_t oldEnd = end - shift;
    while (last < m_pieces.size() && newBegin(last, shift) <= end) {
        const std::ptrdiff_t pieceBegin = newBegin(last, shift);
        const std::ptrdiff_t pieceEnd = pieceBegin + newSize(last);
        shift += growth(m_pieces[last]);
        oldEnd = end - shift;
        if (pieceEnd >= end) {
            text += m_pieces[last].text.substr(static_cast<std::size_t>(end - pieceBegin));
            oldEnd = static_cast<std::ptrdiff_t>(m_pieces[last].range.end);
        }
        ++last;
    }
    const auto from = m_pieces.begin() + static_cast<std::ptrdiff_t>(first);
    const auto at = m_pieces.erase(from, m_pieces.begin() + static_cast<std::ptrdiff_t>(last));
    if (oldBegin == oldEnd && text.empty())
        return;
    m_pieces.insert(at, {{static_cast<std::size_t>(oldBegin), static_cast<std::size_t>(oldEnd)},
                         std::move(text)});
}

} // namespace editor
