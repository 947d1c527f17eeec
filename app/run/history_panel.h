#pragma once

#include "app/run/history_model.h"

#include <QWidget>

class QListView;
class QSortFilterProxyModel;
class QStackedLayout;

namespace app {

class AppState;

/// The list of runs with search; a row shows that run.
class HistoryPanel : public QWidget
{
    Q_OBJECT

public:
    explicit HistoryPanel(AppState &state, QWidget *parent = nullptr);
    HistoryModel &model() { return *m_model; }
    void select(const QString &id);

signals:
    void runChosen(const QString &id);

private:
    AppState &m_state;
    HistoryModel *m_model;
    QSortFilterProxyModel *m_filter;
    QListView *m_view;
    QStackedLayout *m_stack;
};

} // namespace app
