#pragma once

#include "editor/completer.h"
#include "ui/theme.h"

#include <QFrame>

class QLabel;
class QListView;

namespace editor {

class CompletionModel;

/// The list under the caret: 360 x 240, rows of 26 with icon, name and type, documentation at the
/// side. Shows what it is given and says what was chosen; never takes the focus.
class CompletionPopup : public QFrame
{
    Q_OBJECT

public:
    CompletionPopup(const ui::Theme &theme, QWidget *parent);

    void setTheme(const ui::Theme &theme);
    /// `anchor` is the line of the caret in global coordinates; the list goes below it, or above.
    void showItems(std::vector<CompletionItem> items, QRect anchor);
    const CompletionItem *current() const;
    int count() const;
    /// Rows down (or up, when negative); wraps at the ends.
    void move(int rows);

signals:
    void chosen();

private:
    void showDocumentation();
    void place(QRect anchor);

    ui::Theme m_theme;
    CompletionModel *m_model;
    QListView *m_list;
    QLabel *m_documentation;
};

} // namespace editor
