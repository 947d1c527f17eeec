#include "app/run/log_model.h"

#include "ui/tr.h"

#include <QDateTime>

namespace app {

QString levelWord(engine::Level level)
{
    static const char *const words[] = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR"};
    return QLatin1String(words[int(level)]);
}

const char *levelIcon(engine::Level level)
{
    switch (level) {
    case engine::Level::Error: return "state-failed";
    case engine::Level::Warn: return "state-warning";
    default: return "info";
    }
}

const char *levelToken(engine::Level level)
{
    switch (level) {
    case engine::Level::Error: return "s_failed";
    case engine::Level::Warn: return "s_warning";
    case engine::Level::Info: return "s_running";
    default: return "text3";
    }
}

LogModel::LogModel(const ui::Theme &theme, QObject *parent) : QAbstractTableModel(parent), m_theme(theme)
{
    m_shown[std::size_t(engine::Level::Trace)] = false;
    m_shown[std::size_t(engine::Level::Debug)] = false;
}

void LogModel::setTheme(const ui::Theme &theme)
{
    m_theme = theme;
    emit layoutChanged();
}

void LogModel::setRecord(RunRecord *record, std::shared_ptr<const flow::Flow> flow)
{
    if (m_record)
        m_record->disconnect(this);
    m_record = record;
    m_flow = std::move(flow);
    if (record) {
        connect(record, &RunRecord::logsAdded, this, &LogModel::add);
        connect(record, &RunRecord::logsReset, this, &LogModel::rebuild);
    }
    rebuild();
}

void LogModel::setLevelShown(engine::Level level, bool shown)
{
    m_shown[std::size_t(level)] = shown;
    rebuild();
}

void LogModel::setWords(const QString &words)
{
    m_words = words;
    rebuild();
}

void LogModel::setTask(const QString &taskId)
{
    if (taskId == m_task)
        return;
    m_task = taskId;
    rebuild();
}

bool LogModel::matches(const engine::LogEntry &entry) const
{
    if (!m_shown[std::size_t(entry.level)])
        return false;
    const QString task = m_record->taskIdOf(entry.run);
    if (!m_task.isEmpty() && task != m_task)
        return false;
    return m_words.isEmpty() || QString::fromStdString(entry.message).contains(m_words, Qt::CaseInsensitive)
           || task.contains(m_words, Qt::CaseInsensitive);
}

void LogModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    m_counts.fill(0);
    if (m_record)
        for (std::size_t i = 0; i < m_record->logs().size(); ++i) {
            const engine::LogEntry &entry = m_record->logs()[i];
            ++m_counts[std::size_t(entry.level)];
            if (matches(entry))
                m_rows.push_back(std::uint32_t(i));
        }
    endResetModel();
    emit countsChanged();
}

void LogModel::add(int first, int count)
{
    std::vector<std::uint32_t> rows;
    for (int i = first; i < first + count; ++i) {
        const engine::LogEntry &entry = m_record->logs()[std::size_t(i)];
        ++m_counts[std::size_t(entry.level)];
        if (matches(entry))
            rows.push_back(std::uint32_t(i));
    }
    if (!rows.empty()) {
        beginInsertRows({}, int(m_rows.size()), int(m_rows.size() + rows.size()) - 1);
        m_rows.insert(m_rows.end(), rows.begin(), rows.end());
        endInsertRows();
    }
    emit countsChanged();
}

const engine::LogEntry &LogModel::entryAt(int row) const
{
    return m_record->logs()[m_rows[std::size_t(row)]];
}

int LogModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() || !m_record ? 0 : int(m_rows.size());
}

int LogModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 4;
}

QVariant LogModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || !m_record)
        return {};
    const engine::LogEntry &entry = entryAt(index.row());
    const QString message = QString::fromStdString(entry.message);
    switch (role) {
    case Qt::DisplayRole:
        switch (index.column()) {
        case TimeColumn: return QDateTime::fromMSecsSinceEpoch(toMs(entry.at)).toString(QStringLiteral("HH:mm:ss.zzz")).chopped(2);
        case LevelColumn: return levelWord(entry.level);
        case TaskColumn: return m_record->taskIdOf(entry.run);
        default: {
            const QString place = index.data(PlaceRole).toString();
            const QString line = message.section(QLatin1Char('\n'), 0, 0);
            return place.isEmpty() ? line : QStringLiteral("%1  %2").arg(place, line);
        }
        }
    case Qt::DecorationRole:
        if (index.column() == LevelColumn)
            return m_theme.icon(QLatin1String(levelIcon(entry.level)), m_theme.color(levelToken(entry.level)));
        return {};
    case Qt::FontRole:
        return m_theme.monoFont(12);
    case Qt::ForegroundRole:
        switch (index.column()) {
        case LevelColumn: return m_theme.color(entry.level == engine::Level::Info ? "text2" : levelToken(entry.level));
        case TextColumn: return m_theme.color("text");
        default: return m_theme.color("text2");
        }
    case Qt::BackgroundRole:
        return entry.level == engine::Level::Error ? QVariant(m_theme.color("b_failed")) : QVariant();
    case Qt::ToolTipRole:
        return index.column() == TextColumn && message.size() > 80 ? message.left(2000) : QString();
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2, %3, %4").arg(levelWord(entry.level), m_record->taskIdOf(entry.run),
                                                    QDateTime::fromMSecsSinceEpoch(toMs(entry.at)).toString(QStringLiteral("HH:mm:ss")), message);
    case LevelRole:
        return int(entry.level);
    case RunRole:
        return entry.run;
    case PlaceRole:
        return entry.level == engine::Level::Error && m_flow ? faultPlace(*m_record, *m_flow, entry.run, entry.message) : QString();
    case WholeTextRole:
        return message;
    default:
        return {};
    }
}

QString LogModel::textOf(const QModelIndexList &rows) const
{
    QStringList lines;
    for (const QModelIndex &row : rows) {
        const engine::LogEntry &entry = entryAt(row.row());
        lines.append(QStringLiteral("%1 %2 %3 %4").arg(QDateTime::fromMSecsSinceEpoch(toMs(entry.at)).toString(Qt::ISODateWithMs), levelWord(entry.level),
                                                       m_record->taskIdOf(entry.run), QString::fromStdString(entry.message)));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace app
