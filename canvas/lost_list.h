#pragma once

#include "canvas/canvas_edits.h"

#include <QFrame>

class QLabel;
class QListWidget;
class QPushButton;

namespace ui {
class Theme;
}

namespace canvas {

/// Over the canvas, before a delete: the places that name what would go, and two answers. The safe one has
/// the focus; Enter on a place goes there, Esc keeps everything. Holds no document.
class LostList : public QFrame
{
    Q_OBJECT

public:
    explicit LostList(QWidget *view);

    void setTheme(const ui::Theme &theme);
    /// Asks; `accepted` runs when the answer is to delete anyway.
    void ask(const std::vector<LostReference> &places, std::function<void()> accepted);

signals:
    void closed();
    void placeChosen(qsizetype offset);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void close();

    std::function<void()> m_accepted;
    QLabel *m_words;
    QListWidget *m_places;
    QPushButton *m_keep;
    QPushButton *m_delete;
};

} // namespace canvas
