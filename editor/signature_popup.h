#pragma once

#include "editor/symbols.h"
#include "ui/theme.h"

#include <QFrame>

class QLabel;

namespace editor {

/// One line above the caret: the call the caret is in, its current parameter in bold, and what it
/// does. Never takes the focus.
class SignaturePopup : public QFrame
{
    Q_OBJECT

public:
    SignaturePopup(const ui::Theme &theme, QWidget *parent);

    void setTheme(const ui::Theme &theme);
    /// `anchor` is the line of the call in global coordinates; the popup stands above it.
    void showHelp(const SignatureHelp &help, QRect anchor);
    QString text() const; ///< as shown, rich text

private:
    QLabel *m_label;
};

} // namespace editor
