#pragma once

#include "app/run/run_record.h"

#include <QPointer>
#include <QWidget>

class QSortFilterProxyModel;
class QStackedLayout;
class QTableView;

namespace app {

class AppState;
class MetricsModel;

/// What the tasks of a run measured: task, name, kind, value, tags and time; sorted by any of them.
class MetricsView : public QWidget
{
    Q_OBJECT

public:
    explicit MetricsView(AppState &state, QWidget *parent = nullptr);
    void setRecord(RunRecord *record); ///< null: none; not owned
    int rows() const;

signals:
    void taskChosen(const QString &taskId);

private:
    void refresh();

    QPointer<RunRecord> m_record;
    MetricsModel *m_model;
    QSortFilterProxyModel *m_sorted;
    QTableView *m_view;
    QStackedLayout *m_stack;
};

} // namespace app
