#pragma once

#include <QFrame>

class QLabel;
class QToolButton;

namespace canvas {
class CanvasView;
}
namespace ui {
class SearchField;
class StateChip;
}

namespace app {

class AppState;

/// The bar above the graph: jump to a task, what is shown, the run that lies over it, zoom.
class CanvasBar : public QFrame
{
    Q_OBJECT

public:
    CanvasBar(AppState &state, canvas::CanvasView &view, QWidget *parent = nullptr);
    /// The run shown over the graph; an empty text shows that there is none.
    void setRun(const QString &look, const QString &text);
    void focusSearch();
    /// Goes to the next (1) or previous (-1) task of the search.
    void nextHit(int step);

protected:
    void resizeEvent(QResizeEvent *event) override;

signals:
    void runDismissed();

private:
    void search(const QString &words);
    void leaveSearch();
    void fitButtons();
    void rule(); ///< a line between two groups
    QToolButton *button(const QString &icon, const QString &name, bool checkable = false);

    AppState &m_state;
    canvas::CanvasView &m_view;
    ui::SearchField *m_search;
    ui::StateChip *m_run;
    QToolButton *m_dismiss;
    QToolButton *m_zoom;
    QToolButton *m_more;            ///< stands for the extras while there is no room for them
    QList<QToolButton *> m_extras; ///< switches of what is shown
};

} // namespace app
