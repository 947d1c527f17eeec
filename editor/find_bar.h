#pragma once

#include "editor/text_search.h"
#include "ui/theme.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace editor {

class YamlEditor;

/// Find and replace over one text view: hits are marked while one types, Enter and Shift+Enter walk
/// them, Escape gives the focus back. Replacing all is one undo step.
class FindBar : public QWidget
{
    Q_OBJECT

public:
    FindBar(YamlEditor &editor, const ui::Theme &theme, QWidget *parent = nullptr);

    void setTheme(const ui::Theme &theme);
    /// Shows the bar with the selected word in the field.
    void open(bool withReplace);
    void findNext(bool backward = false);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void hideEvent(QHideEvent *event) override;

private:
    void search(bool jump);
    void mark();
    void showCount();
    void replaceOne();
    void replaceAll();
    SearchOptions options() const;
    int currentHit() const;

    YamlEditor &m_editor;
    ui::Theme m_theme;
    QLineEdit *m_query;
    QLineEdit *m_replacement;
    QWidget *m_replaceRow;
    QLabel *m_count;
    QToolButton *m_case;
    QToolButton *m_word;
    QToolButton *m_regex;
    QToolButton *m_previous;
    QToolButton *m_next;
    QToolButton *m_close;
    std::vector<flow::Range> m_hits;
    QString m_error;
    std::size_t m_from = 0; ///< where an incremental search starts
};

} // namespace editor
