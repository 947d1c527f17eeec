#include "editor/editor_action.h"
#include "editor/editor_look.h"
#include "editor/yaml_editor.h"
#include "ui/tr.h"

#include <QGuiApplication>
#include <QHelpEvent>
#include <QInputMethod>
#include <QInputMethodEvent>
#include <QKeyEvent>
#include <QToolTip>

/// What keys, input methods, pointer and wheel do in the text view.
namespace editor {

using namespace look;

void YamlEditor::inputMethodEvent(QInputMethodEvent *event)
{
    {
        const Action action(this);
        m_composing = !event->preeditString().isEmpty();
        QsciScintillaBase::inputMethodEvent(event);
    }
    viewport()->update();
}

void YamlEditor::finishComposition()
{
    if (!m_composing)
        return;
    QGuiApplication::inputMethod()->commit();
    if (!m_composing)
        return;
    m_composing = false; // no input method answered: what is shown is what was meant
    flush();
}

bool YamlEditor::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        auto *key = static_cast<QKeyEvent *>(event);
        const Qt::KeyboardModifiers modifiers = key->modifiers() & ~Qt::KeypadModifier;
        const bool plain = modifiers == Qt::NoModifier || modifiers == Qt::ShiftModifier;
        static const QList<int> moving{
            Qt::Key_Left,   Qt::Key_Right,  Qt::Key_Up,       Qt::Key_Down,      Qt::Key_Home,
            Qt::Key_End,    Qt::Key_PageUp, Qt::Key_PageDown, Qt::Key_Backspace, Qt::Key_Delete,
            Qt::Key_Return, Qt::Key_Enter,  Qt::Key_Tab,      Qt::Key_Backtab};
        const bool letter = key->key() < Qt::Key_Escape || moving.contains(key->key());
        const bool clipboard = modifiers == Qt::ControlModifier &&
                               (key->key() == Qt::Key_C || key->key() == Qt::Key_X ||
                                key->key() == Qt::Key_V || key->key() == Qt::Key_A);
        const bool walk = moving.contains(key->key()) && key->key() != Qt::Key_Return &&
                          key->key() != Qt::Key_Tab && key->key() != Qt::Key_Backtab &&
                          key->key() != Qt::Key_Enter;
        if ((plain && letter) || clipboard || walk) {
            event->accept();
            return true;
        }
        event->ignore();
        return true;
    }
    return QsciScintillaBase::event(event);
}

void YamlEditor::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Undo)) {
        undoStep();
        return;
    }
    if (event->matches(QKeySequence::Redo) ||
        (event->key() == Qt::Key_Y && event->modifiers() == Qt::ControlModifier)) {
        redoStep();
        return;
    }
    const Action action(this);
    if (!handleKey(event))
        QsciScintillaBase::keyPressEvent(event);
}

bool YamlEditor::handleKey(QKeyEvent *event)
{
    const Qt::KeyboardModifiers modifiers = event->modifiers() & ~Qt::KeypadModifier;
    const int key = event->key();
    if ((key == Qt::Key_Return || key == Qt::Key_Enter) &&
        (modifiers == Qt::NoModifier || modifiers == Qt::ShiftModifier)) {
        insertNewline();
        return true;
    }
    if (key == Qt::Key_M && modifiers == Qt::ControlModifier) {
        setTabLeaves(!m_tabLeaves);
        return true;
    }
    if (event->matches(QKeySequence::Paste)) {
        pasteText();
        return true;
    }
    if ((key == Qt::Key_Tab && modifiers == Qt::NoModifier) || key == Qt::Key_Backtab) {
        if (!m_tabLeaves)
            insertTab(key == Qt::Key_Backtab);
        return true;
    }
    if (modifiers == Qt::AltModifier && (key == Qt::Key_Up || key == Qt::Key_Down)) {
        key == Qt::Key_Up ? moveUp() : moveDown();
        return true;
    }
    if (modifiers == (Qt::ControlModifier | Qt::AltModifier) &&
        (key == Qt::Key_Up || key == Qt::Key_Down)) {
        key == Qt::Key_Up ? addCaretAbove() : addCaretBelow();
        return true;
    }
    if (modifiers == Qt::ControlModifier && key == Qt::Key_Slash) {
        toggleComment();
        return true;
    }
    if (modifiers == Qt::ControlModifier && key == Qt::Key_D) {
        selectNextOccurrence();
        return true;
    }
    if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && key == Qt::Key_L) {
        deleteLines();
        return true;
    }
    if (modifiers == (Qt::ControlModifier | Qt::ShiftModifier) && key == Qt::Key_D) {
        duplicateLines();
        return true;
    }
    if (key == Qt::Key_Escape && send(SCI_GETSELECTIONS) > 1) {
        const Caret caret = currentCaret();
        setCurrentCaret({caret.position, caret.position});
        return true;
    }
    return false;
}

void YamlEditor::undoStep()
{
    if (m_session)
        m_session->undo();
}

void YamlEditor::redoStep()
{
    if (m_session)
        m_session->redo();
}

bool YamlEditor::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        auto *help = static_cast<QHelpEvent *>(event);
        const int right = textLeft() - static_cast<int>(send(SCI_GETMARGINWIDTHN, kTaskMargin));
        const int left = static_cast<int>(send(SCI_GETMARGINWIDTHN, kBreakpointMargin) +
                                          send(SCI_GETMARGINWIDTHN, kNumberMargin));
        if (help->pos().x() >= left && help->pos().x() < right) {
            QStringList gone = deletedAbove(lineOf(offsetAt(help->pos())));
            if (!gone.isEmpty()) {
                constexpr int kShown = 12;
                const int more = static_cast<int>(gone.size()) - kShown;
                gone = gone.mid(0, kShown);
                QString text = Tr::tr("Deleted here:") + QStringLiteral("<pre>%1</pre>").arg(
                                   gone.join(QLatin1Char('\n')).toHtmlEscaped());
                if (more > 0)
                    text += Tr::tr("and %n more line(s)", nullptr, more);
                QToolTip::showText(help->globalPos(), text, viewport());
                return true;
            }
        }
    }
    return QsciScintillaBase::viewportEvent(event);
}

void YamlEditor::wheelEvent(QWheelEvent *event)
{
    if (!(event->modifiers() & Qt::ControlModifier)) {
        QsciScintillaBase::wheelEvent(event);
        return;
    }
    if (event->angleDelta().y() != 0)
        setZoom(zoom() + (event->angleDelta().y() > 0 ? 1 : -1));
    event->accept();
}

// --- one action each: mouse and clipboard may move or insert text ---

void YamlEditor::mousePressEvent(QMouseEvent *event)
{
    finishComposition();
    if (m_fixLine >= 0 && event->button() == Qt::LeftButton &&
        fixSignRect().contains(event->pos())) {
        emit fixesClicked();
        return;
    }
    const Action action(this);
    QsciScintillaBase::mousePressEvent(event);
}

void YamlEditor::mouseReleaseEvent(QMouseEvent *event)
{
    const Action action(this);
    QsciScintillaBase::mouseReleaseEvent(event);
}

void YamlEditor::mouseDoubleClickEvent(QMouseEvent *event)
{
    QsciScintillaBase::mouseDoubleClickEvent(event);
}

void YamlEditor::dropEvent(QDropEvent *event)
{
    const Action action(this);
    QsciScintillaBase::dropEvent(event);
}

void YamlEditor::contextMenuEvent(QContextMenuEvent *event)
{
    const QPoint point = event->reason() == QContextMenuEvent::Keyboard
                             ? caretRect(caretOffset()).bottomLeft()
                             : viewport()->mapFrom(this, event->pos());
    emit contextMenuWanted(viewport()->mapToGlobal(point),
                           event->reason() == QContextMenuEvent::Keyboard ? caretOffset()
                                                                          : offsetAt(point));
}

bool YamlEditor::focusNextPrevChild(bool next)
{
    return m_tabLeaves && QAbstractScrollArea::focusNextPrevChild(next);
}

void YamlEditor::setTabLeaves(bool leaves)
{
    if (m_tabLeaves == leaves)
        return;
    m_tabLeaves = leaves;
    emit tabLeavesChanged(leaves);
}

void YamlEditor::focusInEvent(QFocusEvent *event)
{
    QsciScintillaBase::focusInEvent(event);
    emit focusChanged(true);
}

void YamlEditor::focusOutEvent(QFocusEvent *event)
{
    finishComposition();
    QsciScintillaBase::focusOutEvent(event);
    emit focusChanged(false);
}

} // namespace editor
