#pragma once

#include "app/run/log_model.h"

#include <QWidget>

#include <array>

class QPushButton;
class QTableView;

namespace ui {
class SearchField;
}

namespace app {

class AppState;

/// The log: level chips that count and toggle, search, rows of 20. Follows the end until the user
/// scrolls up; Ctrl+C copies the chosen rows.
class LogView : public QWidget
{
    Q_OBJECT

public:
    explicit LogView(AppState &state, QWidget *parent = nullptr);
    void setRecord(RunRecord *record, std::shared_ptr<const flow::Flow> flow);
    void setTask(const QString &taskId) { m_model->setTask(taskId); }
    LogModel &model() { return *m_model; }

signals:
    void taskChosen(const QString &taskId);
    /// A line that tells what went wrong, whole.
    void faultChosen(const QString &taskId, const QString &message);

private:
    class LevelChip;
    void copy();
    void refreshChips();

    AppState &m_state;
    LogModel *m_model;
    QTableView *m_view;
    ui::SearchField *m_search;
    std::array<LevelChip *, 5> m_chips{};
    bool m_follow = true;
};

} // namespace app
