#pragma once

#include <QPlainTextEdit>

#include <functional>

namespace canvas {

/// A field over a node: its id, or its note. Enter takes the text (Shift+Enter makes a line in a note),
/// Esc leaves it, leaving the field takes it. Nothing fires while an input method composes.
class InlineEditor : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit InlineEditor(QWidget *view);

    /// Opens over a rectangle of the view; `done` gets the text unless it was left by Esc, or is
    /// what it was (a proposal counts: `takeUnchanged`; then only Enter takes it).
    void open(const QRect &where, const QString &text, const QString &name, bool lines, const QFont &font,
              std::function<void(const QString &)> done, bool takeUnchanged = false);

signals:
    void closed();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    bool event(QEvent *event) override;

private:
    void finish(bool take);

    bool m_lines = false;
    bool m_open = false;
    bool m_takeUnchanged = false;
    QString m_before;
    std::function<void(const QString &)> m_done;
};

} // namespace canvas
