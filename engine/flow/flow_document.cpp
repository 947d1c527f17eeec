#include "engine/flow/flow_document.h"

namespace flow {

FlowDocument::FlowDocument(std::string text)
    : m_text(std::make_shared<const std::string>(std::move(text))), m_revision(Revision{1}),
      m_lastRevision(1)
{
}

Snapshot FlowDocument::snapshot() const
{
    return {m_revision, m_text, m_flow, m_flowRevision, m_diagnostics};
}

Result<AppliedEdit> FlowDocument::apply(const Edit &edit)
{
    if (edit.revision() != m_revision)
        return Error{ErrorCode::StaleRevision, {}, {}};
    if (!edit.empty() && edit.replacements().back().range.end > m_text->size())
        return Error{ErrorCode::OutOfRange, {}, {}};

    AppliedEdit applied;
    applied.before = m_revision;
    applied.after = edit.m_leadsTo != Revision{} ? edit.m_leadsTo
                    : edit.empty()               ? m_revision
                                                 : Revision{++m_lastRevision};
    applied.inverse.m_revision = applied.after;
    applied.inverse.m_leadsTo = applied.before;
    std::size_t grown = 0; // modulo arithmetic: may stand for a negative number
    for (const Replacement &replacement : edit.replacements()) {
        const Range range = replacement.range;
        const std::size_t begin = range.begin + grown;
        applied.inverse.m_replacements.push_back(
            {{begin, begin + replacement.text.size()}, m_text->substr(range.begin, range.size())});
        grown += replacement.text.size() - range.size();
    }
    if (!edit.empty())
        m_text = std::make_shared<const std::string>(edit.applyTo(*m_text));
    m_revision = applied.after;
    return applied;
}

bool FlowDocument::adopt(Analysis analysis)
{
    if (analysis.revision != m_revision)
        return false;
    m_flow = std::move(analysis.flow);
    m_flowRevision = analysis.revision;
    m_diagnostics = std::move(analysis.diagnostics);
    return true;
}

} // namespace flow
