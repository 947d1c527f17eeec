#include "editor/text_edit_command.h"

#include <algorithm>

namespace editor {

namespace {

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

std::size_t codePoints(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

} // namespace

TextEditCommand::TextEditCommand(DocumentSession &session, flow::AppliedEdit applied,
                                 flow::Edit forward, flow::EditLabel label, Caret before,
                                 Caret after, bool typed)
    : m_session(session),
      m_label(std::move(label)),
      m_before(before),
      m_after(after),
      m_typed(typed),
      m_kind(kindOf(forward, before))
{
    m_forward.push_back(std::move(forward));
    m_inverse.push_back(std::move(applied.inverse));
    if (typed)
        nameTyped();
}

/// What was typed is part of the step's name; what was deleted is not.
void TextEditCommand::nameTyped()
{
    std::string text;
    for (const flow::Edit &edit : m_forward)
        for (const flow::Replacement &change : edit.replacements())
            text += change.text;
    m_label = text.empty() ? flow::EditLabel{"edit.delete", {}} : flow::EditLabel{"edit.type", {text}};
}

TextEditCommand::TextEditCommand(DocumentSession &session, StoredStep step)
    : m_session(session),
      m_label(step.label),
      m_before(step.before),
      m_after(step.after),
      m_stored(std::move(step))
{
}

StoredStep TextEditCommand::stored() const
{
    if (m_stored)
        return *m_stored;
    StoredStep step{{}, {}, m_label, m_before, m_after};
    for (const flow::Edit &edit : m_forward)
        step.forward.push_back(edit.replacements());
    for (const flow::Edit &edit : m_inverse)
        step.inverse.push_back(edit.replacements());
    return step;
}

/// Applies a stored step and keeps the edits that lead back, which are bound to revisions.
bool TextEditCommand::applyStored(bool back)
{
    const StoredStep step = *std::exchange(m_stored, std::nullopt);
    const std::size_t count = step.forward.size();
    std::vector<flow::Edit> done(count), undone(count);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t at = back ? count - 1 - i : i;
        const flow::Result<flow::Edit> edit =
            flow::Edit::make(m_session.revision(), m_session.text(),
                             back ? step.inverse[at] : step.forward[at]);
        flow::Result<flow::AppliedEdit> applied =
            edit ? m_session.apply(*edit) : flow::Result<flow::AppliedEdit>(edit.error());
        if (!applied) {
            Q_ASSERT_X(false, "applyStored", "the steps were checked when they were read");
            return false;
        }
        done[at] = *edit;
        undone[at] = std::move(applied->inverse);
    }
    m_forward = back ? std::move(undone) : std::move(done);
    m_inverse = back ? std::move(done) : std::move(undone);
    return true;
}

TextEditCommand::Kind TextEditCommand::kindOf(const flow::Edit &edit, Caret before)
{
    if (edit.replacements().size() != 1 || before.anchor != before.position)
        return Kind::Other;
    const flow::Replacement &change = edit.replacements().front();
    if (change.range.empty())
        return codePoints(change.text) == 1 && change.text != "\n" ? Kind::Insert : Kind::Other;
    if (!change.text.empty())
        return Kind::Other;
    return change.range.end == before.position ? Kind::DeleteBackward : Kind::DeleteForward;
}

bool TextEditCommand::continuedBy(const TextEditCommand &next) const
{
    if (next.m_kind != m_kind || m_kind == Kind::Other || next.m_before != m_after)
        return false;
    if (m_kind != Kind::Insert)
        return true;
    const std::string &last = m_forward.back().replacements().front().text;
    const std::string &added = next.m_forward.front().replacements().front().text;
    return !(isBlank(last.back()) && !isBlank(added.front())); // a new word is a new step
}

void TextEditCommand::undo()
{
    if (m_session.m_restoring) {
        m_done = false;
        return;
    }
    const bool stored = m_stored.has_value();
    if (stored && !applyStored(true))
        return;
    for (auto inverse = m_inverse.rbegin(); !stored && inverse != m_inverse.rend();
         ++inverse) {
        flow::Result<flow::AppliedEdit> applied = m_session.apply(*inverse);
        if (!applied) {
            Q_ASSERT_X(false, "undo", "the inverse of an applied edit fits its revision");
            return;
        }
        m_forward[static_cast<std::size_t>(m_inverse.rend() - inverse) - 1] =
            std::move(applied->inverse);
    }
    m_done = false;
    m_session.m_caret = m_before;
    emit m_session.caretRestored(m_before);
    emit m_session.stepRetraced(m_label, true);
}

void TextEditCommand::redo()
{
    if (m_done)
        return;
    const bool stored = m_stored.has_value();
    if (stored && !applyStored(false))
        return;
    for (std::size_t i = 0; !stored && i < m_forward.size(); ++i) {
        flow::Result<flow::AppliedEdit> applied = m_session.apply(m_forward[i]);
        if (!applied) {
            Q_ASSERT_X(false, "redo", "an undone edit fits its revision");
            return;
        }
        m_inverse[i] = std::move(applied->inverse);
    }
    m_done = true;
    m_session.m_caret = m_after;
    emit m_session.caretRestored(m_after);
    emit m_session.stepRetraced(m_label, false);
}

bool TextEditCommand::mergeWith(const QUndoCommand *other)
{
    const auto *next = static_cast<const TextEditCommand *>(other);
    if (!m_session.m_typingOpen || !continuedBy(*next))
        return false;
    m_forward.insert(m_forward.end(), next->m_forward.begin(), next->m_forward.end());
    m_inverse.insert(m_inverse.end(), next->m_inverse.begin(), next->m_inverse.end());
    m_after = next->m_after;
    nameTyped();
    setText(m_session.m_labelText(m_label));
    return true;
}

} // namespace editor
