#include "editor/line_commands.h"
#include "editor/yaml_editor.h"

/// Commands of the text view that change whole lines or the number of carets.
namespace editor {

void YamlEditor::toggleComment()
{
    if (!m_session)
        return;
    finishComposition();
    if (auto change = commands::toggleComment(m_session->text(), currentCaret()))
        replace(std::move(change->replacements), "edit.comment", change->after);
}

void YamlEditor::moveLines(bool up)
{
    if (!m_session)
        return;
    finishComposition();
    if (auto change = commands::moveLines(m_session->text(), currentCaret(), up))
        replace(std::move(change->replacements), "edit.move-lines", change->after);
}

void YamlEditor::moveUp()
{
    moveLines(true);
}

void YamlEditor::moveDown()
{
    moveLines(false);
}

void YamlEditor::duplicateLines()
{
    if (!m_session)
        return;
    finishComposition();
    if (auto change = commands::duplicateLines(m_session->text(), currentCaret()))
        replace(std::move(change->replacements), "edit.duplicate-lines", change->after);
}

void YamlEditor::deleteLines()
{
    if (!m_session)
        return;
    finishComposition();
    if (auto change = commands::deleteLines(m_session->text(), currentCaret()))
        replace(std::move(change->replacements), "edit.delete-lines", change->after);
}

void YamlEditor::insertNewline()
{
    if (!m_session)
        return;
    TextChange change = commands::newline(m_session->text(), currentCaret());
    replace(std::move(change.replacements), "edit.type", change.after);
}

void YamlEditor::insertTab(bool back)
{
    if (!m_session)
        return;
    const Caret caret = currentCaret();
    if (back || caret.anchor != caret.position) {
        if (auto change = commands::indentLines(m_session->text(), caret, back))
            replace(std::move(change->replacements), "edit.indent", change->after);
        return;
    }
    TextChange change = commands::insertTab(m_session->text(), caret);
    replace(std::move(change.replacements), "edit.type", change.after);
}

void YamlEditor::addCaretAbove()
{
    const long caret = send(SCI_GETSELECTIONNCARET, 0);
    const long line = send(SCI_LINEFROMPOSITION, static_cast<unsigned long>(caret));
    const long column = send(SCI_GETCOLUMN, static_cast<unsigned long>(caret));
    long top = line;
    for (long i = 0; i < send(SCI_GETSELECTIONS); ++i)
        top = std::min(top, send(SCI_LINEFROMPOSITION, static_cast<unsigned long>(send(SCI_GETSELECTIONNCARET, static_cast<unsigned long>(i)))));
    if (top == 0)
        return;
    const long position = send(SCI_FINDCOLUMN, static_cast<unsigned long>(top - 1), column);
    send(SCI_ADDSELECTION, static_cast<unsigned long>(position), position);
    send(SCI_SETMAINSELECTION, 0);
}

void YamlEditor::addCaretBelow()
{
    const long caret = send(SCI_GETSELECTIONNCARET, 0);
    const long column = send(SCI_GETCOLUMN, static_cast<unsigned long>(caret));
    long bottom = send(SCI_LINEFROMPOSITION, static_cast<unsigned long>(caret));
    for (long i = 0; i < send(SCI_GETSELECTIONS); ++i)
        bottom = std::max(bottom, send(SCI_LINEFROMPOSITION, static_cast<unsigned long>(send(SCI_GETSELECTIONNCARET, static_cast<unsigned long>(i)))));
    if (bottom + 1 >= send(SCI_GETLINECOUNT))
        return;
    const long position = send(SCI_FINDCOLUMN, static_cast<unsigned long>(bottom + 1), column);
    send(SCI_ADDSELECTION, static_cast<unsigned long>(position), position);
    send(SCI_SETMAINSELECTION, 0);
}

void YamlEditor::selectNextOccurrence()
{
    send(SCI_TARGETWHOLEDOCUMENT);
    send(SCI_SETSEARCHFLAGS, SCFIND_MATCHCASE);
    send(SCI_MULTIPLESELECTADDNEXT);
}

} // namespace editor
