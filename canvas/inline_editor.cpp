#include "canvas/inline_editor.h"

#include <QKeyEvent>
#include <QTextDocument>

namespace canvas {

InlineEditor::InlineEditor(QWidget *view) : QPlainTextEdit(view)
{
    setObjectName(QStringLiteral("canvasInlineEditor"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabChangesFocus(true);
    hide();
}

void InlineEditor::open(const QRect &where, const QString &text, const QString &name, bool lines, const QFont &font,
                        std::function<void(const QString &)> done, bool takeUnchanged)
{
    m_takeUnchanged = takeUnchanged;
    m_lines = lines;
    m_before = text;
    m_done = std::move(done);
    setAccessibleName(name);
    setFont(font);
    document()->setDocumentMargin(3);
    setLineWrapMode(lines ? QPlainTextEdit::WidgetWidth : QPlainTextEdit::NoWrap);
    setPlainText(text);
    setGeometry(where);
    m_open = true;
    show();
    raise();
    setFocus(Qt::OtherFocusReason);
    selectAll();
}

bool InlineEditor::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) { // keys belong to the text while it is open
        event->accept();
        return true;
    }
    return QPlainTextEdit::event(event);
}

void InlineEditor::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape) {
        finish(false);
    } else if (enter && !(m_lines && event->modifiers() & Qt::ShiftModifier)) {
        finish(true);
    } else if (enter) {
        insertPlainText(QStringLiteral("\n"));
    } else {
        QPlainTextEdit::keyPressEvent(event);
    }
}

void InlineEditor::focusOutEvent(QFocusEvent *event)
{
    QPlainTextEdit::focusOutEvent(event);
    if (event->reason() != Qt::ActiveWindowFocusReason && event->reason() != Qt::PopupFocusReason)
        finish(!m_takeUnchanged);
}

void InlineEditor::finish(bool take)
{
    if (!m_open)
        return;
    m_open = false;
    const QString text = m_lines ? toPlainText() : toPlainText().simplified();
    const auto done = std::move(m_done);
    hide();
    if (take && done && (text != m_before || m_takeUnchanged))
        done(text);
    emit closed();
}

} // namespace canvas
