#pragma once

#include "editor/document_session.h"
#include "editor/step_store.h"

#include <QUndoCommand>

namespace editor {

/// The only undo command there is: edits and their inverses, the carets around them and a name.
/// What is typed in one go is one command of several edits. Made with the edit already applied.
class TextEditCommand : public QUndoCommand
{
public:
    TextEditCommand(DocumentSession &session, flow::AppliedEdit applied, flow::Edit forward,
                    flow::EditLabel label, Caret before, Caret after, bool typed);
    /// A step of an earlier session: its edits are bound to a revision when they are first needed.
    TextEditCommand(DocumentSession &session, StoredStep step);
    StoredStep stored() const;

    void undo() override;
    void redo() override;
    int id() const override { return m_typed ? 1 : -1; }
    /// Takes in what was typed next when it goes on where this one ended.
    bool mergeWith(const QUndoCommand *other) override;

    const flow::EditLabel &label() const { return m_label; }

private:
    enum class Kind { Insert, DeleteBackward, DeleteForward, Other };
    static Kind kindOf(const flow::Edit &edit, Caret before);
    void nameTyped();
    bool continuedBy(const TextEditCommand &next) const;
    bool applyStored(bool back);

    DocumentSession &m_session;
    std::vector<flow::Edit> m_forward; // in order of time
    std::vector<flow::Edit> m_inverse; // last one first to apply
    flow::EditLabel m_label;
    Caret m_before;
    Caret m_after;
    bool m_typed = false;
    Kind m_kind = Kind::Other;
    bool m_done = true;
    std::optional<StoredStep> m_stored; // until it is undone or redone for the first time
};

} // namespace editor
