#pragma once

#include "app/problems_model.h"

#include <QWidget>

class QStackedLayout;
class QTableView;

namespace ui {
class EmptyState;
}

namespace app {

class AppState;

/// The list of problems; a row jumps to its place.
class ProblemsPanel : public QWidget
{
    Q_OBJECT

public:
    explicit ProblemsPanel(AppState &state, QWidget *parent = nullptr);
    ProblemsModel &model() { return *m_model; }

signals:
    /// The fixes of a problem, in a menu at this place of the screen.
    void fixesWanted(const app::Problem &problem, QPoint globalPosition);
    void jumpWanted(const app::Problem &problem);

private:
    void refresh();

    ProblemsModel *m_model;
    QTableView *m_view;
    ui::EmptyState *m_empty;
    QStackedLayout *m_stack;
};

} // namespace app
