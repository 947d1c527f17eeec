#pragma once

#include "engine/run/execution.h"
#include "ui/theme.h"

#include <QAbstractListModel>

namespace app {

/// Executions, newest first: two lines each. Follows the engine's changes.
class HistoryModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { IdRole = Qt::UserRole, StateRole, FlowRole, TimeRole, DurationRole, TriggerRole };

    explicit HistoryModel(const ui::Theme &theme, QObject *parent = nullptr);

    void setTheme(const ui::Theme &theme);
    void setRuns(std::vector<engine::ExecutionSummary> runs);
    void apply(const engine::ExecutionChange &change);
    void setInterrupted(const QString &id, bool interrupted);
    const std::vector<engine::ExecutionSummary> &runs() const { return m_runs; }
    int rowOf(const QString &id) const; ///< -1: not listed

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    ui::Theme m_theme;
    std::vector<engine::ExecutionSummary> m_runs;
    QStringList m_interrupted;
};

/// "Today 09:58", "2026-11-20 09:58".
QString momentText(qint64 ms);

} // namespace app
