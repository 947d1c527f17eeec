#include "canvas/edit_chain.h"

#include "engine/flow/analysis.h"

#include <algorithm>

namespace canvas {

EditChain::EditChain(flow::Snapshot snapshot, const flow::TaskCatalog &catalog)
    : m_first(snapshot), m_now(std::move(snapshot)), m_read(m_first.flowRevision == m_first.revision ? m_first.text : nullptr), m_catalog(catalog), m_pieces{{flow::Range{0, m_first.text->size()}, {}}}
{
}

EditChain &EditChain::then(const Step &step)
{
    if (m_error)
        return *this;
    if (m_ahead) {
        flow::Analysis analysis = m_read ? flow::analyseAgain({m_now.flowRevision, m_now.flow, m_now.diagnostics}, *m_read, *m_now.text, m_now.revision, m_catalog)
                                         : flow::analyse(*m_now.text, m_now.revision, m_catalog);
        m_now.flow = std::move(analysis.flow);
        m_now.diagnostics = std::move(analysis.diagnostics);
        m_read = m_now.text;
        m_ahead = false;
    }
    flow::Result<flow::Edit> edit = step(m_now);
    if (!edit) {
        m_error = edit.error();
        return *this;
    }
    if (edit->empty())
        return *this;
    apply(*edit);
    m_now.text = std::make_shared<const std::string>(edit->applyTo(*m_now.text));
    m_ahead = true;
    return *this;
}

void EditChain::apply(const flow::Edit &edit)
{
    // From the last to the first, so that offsets before are still those of the text the edit is for.
    const auto split = [this](std::size_t offset) { // the piece that begins at an offset
        std::size_t at = 0, index = 0;
        while (index < m_pieces.size() && at + m_pieces[index].size() <= offset)
            at += m_pieces[index++].size();
        if (index == m_pieces.size() || at == offset)
            return index;
        Piece head = m_pieces[index], tail = m_pieces[index];
        const std::size_t cut = offset - at;
        if (head.added.empty()) {
            head.kept.end = head.kept.begin + cut;
            tail.kept.begin += cut;
        } else {
            head.added.resize(cut);
            tail.added.erase(0, cut);
        }
        m_pieces[index] = std::move(head);
        m_pieces.insert(m_pieces.begin() + std::ptrdiff_t(index) + 1, std::move(tail));
        return index + 1;
    };
    const auto &all = edit.replacements();
    for (auto it = all.rbegin(); it != all.rend(); ++it) {
        const std::size_t end = split(it->range.end);
        const std::size_t count = m_pieces.size();
        const std::size_t begin = split(it->range.begin);
        const std::size_t last = end + (m_pieces.size() - count);
        m_pieces.erase(m_pieces.begin() + std::ptrdiff_t(begin), m_pieces.begin() + std::ptrdiff_t(std::max(begin, last)));
        if (!it->text.empty())
            m_pieces.insert(m_pieces.begin() + std::ptrdiff_t(begin), Piece{{}, it->text});
    }
}

flow::Result<flow::Edit> EditChain::edit() const
{
    if (m_error)
        return *m_error;
    std::vector<flow::Replacement> replacements;
    std::size_t at = 0;
    std::string added;
    const auto close = [&](std::size_t end) {
        if (end > at || !added.empty())
            replacements.push_back({{at, end}, std::move(added)});
        added.clear();
    };
    for (const Piece &piece : m_pieces) {
        if (!piece.added.empty()) {
            added += piece.added;
        } else if (!piece.kept.empty()) {
            close(piece.kept.begin);
            at = piece.kept.end;
        }
    }
    close(m_first.text->size());
    return flow::Edit::make(m_first.revision, *m_first.text, std::move(replacements));
}

} // namespace canvas
