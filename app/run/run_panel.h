#pragma once

#include "app/run/outputs_view.h"
#include "app/run/run_record.h"
#include "engine/flow/flow.h"

#include <QPointer>
#include <QWidget>

class QLabel;
class QPushButton;
class QStackedLayout;
class QTabWidget;
class QTimer;

namespace ui {
class Banner;
class StateChip;
}

namespace app {

class AppState;
class GanttView;
class MetricsView;
class LogView;

/// One run: head with state, flow, id and times; Overview and Gantt at the left, Logs, Outputs and Metrics
/// at the right; a banner when it failed. The chosen task is the same in all of them.
class RunPanel : public QWidget
{
    Q_OBJECT

public:
    RunPanel(AppState &state, OutputsView::Resolve resolve, QWidget *parent = nullptr);

    void setRecord(RunRecord *record, std::shared_ptr<const flow::Flow> flow); ///< null: none
    RunRecord *record() const { return m_record; }
    std::shared_ptr<const flow::Flow> flow() const { return m_flow; } ///< as it was when the record was made
    void selectTask(const QString &taskId);
    /// What keeps all runs from going on; empty: nothing.
    void setFault(const QString &sentence);
    GanttView &gantt() { return *m_gantt; }
    LogView &logView() { return *m_logs; }
    MetricsView &metrics() { return *m_metrics; }

signals:
    void taskChosen(const QString &taskId); ///< jump to it in the flow
    /// Jump to what that message of the task tells of.
    void faultChosen(const QString &taskId, const QString &message);
    void runAgainWanted();
    void resumeWanted();

private:
    QWidget *makeHead();
    void refresh();
    void refreshOverview();
    void refreshBanner();

    AppState &m_state;
    QPointer<RunRecord> m_record;
    std::shared_ptr<const flow::Flow> m_flow;
    QStackedLayout *m_stack;
    ui::StateChip *m_chip;
    QLabel *m_title;
    QLabel *m_id;
    QLabel *m_facts;
    QPushButton *m_resume; ///< shown while the run is paused or interrupted
    QPushButton *m_again;
    ui::Banner *m_banner;
    QTabWidget *m_left;
    QTabWidget *m_right;
    GanttView *m_gantt;
    LogView *m_logs;
    OutputsView *m_outputs;
    MetricsView *m_metrics;
    class QTableWidget *m_overview;
    QTimer *m_tick;
    QString m_failedTask;
    QString m_fault;
};

} // namespace app
