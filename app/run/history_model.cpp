#include "app/run/history_model.h"

#include "app/run/run_record.h"
#include "ui/state_look.h"
#include "ui/tr.h"
#include "ui/words.h"

#include <QDateTime>

namespace app {

QString momentText(qint64 ms)
{
    const QDateTime moment = QDateTime::fromMSecsSinceEpoch(ms);
    const QString time = moment.toString(QStringLiteral("HH:mm"));
    if (moment.date() == QDate::currentDate())
        return Tr::tr("Today %1").arg(time);
    return moment.date().toString(Qt::ISODate) + QLatin1Char(' ') + time;
}

HistoryModel::HistoryModel(const ui::Theme &theme, QObject *parent) : QAbstractListModel(parent), m_theme(theme) {}

void HistoryModel::setTheme(const ui::Theme &theme)
{
    m_theme = theme;
    emit layoutChanged();
}

void HistoryModel::setRuns(std::vector<engine::ExecutionSummary> runs)
{
    beginResetModel();
    m_runs = std::move(runs);
    endResetModel();
}

void HistoryModel::apply(const engine::ExecutionChange &change)
{
    int row = rowOf(QString::fromStdString(change.id));
    if (row < 0 && change.created) {
        engine::ExecutionSummary run;
        run.id = change.id;
        run.namespaceId = change.created->namespaceId;
        run.flowId = change.created->flowId;
        run.flowPath = change.created->flowPath;
        run.parentId = change.created->parentId;
        run.created = change.created->created;
        run.changed = change.created->created;
        beginInsertRows({}, 0, 0);
        m_runs.insert(m_runs.begin(), std::move(run));
        endInsertRows();
        row = 0;
    }
    if (row < 0 || change.states.empty())
        return;
    m_runs[std::size_t(row)].state = change.states.back().state;
    m_runs[std::size_t(row)].changed = change.states.back().at;
    emit dataChanged(index(row), index(row));
}

void HistoryModel::setInterrupted(const QString &id, bool interrupted)
{
    m_interrupted.removeAll(id);
    if (interrupted)
        m_interrupted.append(id);
    if (const int row = rowOf(id); row >= 0)
        emit dataChanged(index(row), index(row));
}

int HistoryModel::rowOf(const QString &id) const
{
    const std::string wanted = id.toStdString();
    for (std::size_t i = 0; i < m_runs.size(); ++i)
        if (m_runs[i].id == wanted)
            return int(i);
    return -1;
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_runs.size());
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const engine::ExecutionSummary &run = m_runs[std::size_t(index.row())];
    const QString id = QString::fromStdString(run.id);
    const QString state = m_interrupted.contains(id) ? QStringLiteral("INTERRUPTED") : stateWord(run.state);
    const bool ended = engine::isEnd(run.state) || m_interrupted.contains(id);
    const QString duration = ended ? ui::durationText(toMs(run.changed) - toMs(run.created)) : QString();
    switch (role) {
    case Qt::DisplayRole:
        return QString::fromStdString(run.flowId);
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2, %3 %4").arg(QString::fromStdString(run.flowId), state, momentText(toMs(run.created)), duration);
    case Qt::DecorationRole: {
        const ui::StateLook look = ui::stateLook(state);
        return m_theme.icon(look.icon, m_theme.color(look.inkToken));
    }
    case IdRole: return id;
    case StateRole: return state;
    case FlowRole: return QString::fromStdString(run.flowId);
    case TimeRole: return momentText(toMs(run.created));
    case DurationRole: return duration;
    default: return {};
    }
}

} // namespace app
