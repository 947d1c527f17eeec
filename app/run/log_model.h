#pragma once

#include "app/run/run_record.h"
#include "engine/flow/flow.h"
#include "ui/theme.h"

#include <QAbstractTableModel>
#include <QPointer>

#include <array>

namespace app {

/// The log of one run as rows: time, level, task, text; narrowed by levels, task and words. Rows are
/// indexes into the record, so a million lines cost one number each.
class LogModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { TimeColumn, LevelColumn, TaskColumn, TextColumn };
    enum Role { LevelRole = Qt::UserRole, RunRole, WholeTextRole, PlaceRole };

    explicit LogModel(const ui::Theme &theme, QObject *parent = nullptr);

    void setTheme(const ui::Theme &theme);
    /// Null record: none; not owned. `flow` is as it was run, for the places of faults; may be null.
    void setRecord(RunRecord *record, std::shared_ptr<const flow::Flow> flow);
    void setLevelShown(engine::Level level, bool shown);
    bool isLevelShown(engine::Level level) const { return m_shown[std::size_t(level)]; }
    int count(engine::Level level) const { return m_counts[std::size_t(level)]; }
    void setWords(const QString &words);
    void setTask(const QString &taskId); ///< empty: all
    const engine::LogEntry &entryAt(int row) const;
    QString textOf(const QModelIndexList &rows) const; ///< as copied

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

signals:
    void countsChanged();

private:
    bool matches(const engine::LogEntry &entry) const;
    void rebuild();
    void add(int first, int count);

    ui::Theme m_theme;
    QPointer<RunRecord> m_record;
    std::shared_ptr<const flow::Flow> m_flow;
    std::vector<std::uint32_t> m_rows;
    std::array<bool, 5> m_shown{true, true, true, true, true};
    std::array<int, 5> m_counts{};
    QString m_words;
    QString m_task;
};

QString levelWord(engine::Level level);
const char *levelIcon(engine::Level level);
const char *levelToken(engine::Level level);

} // namespace app
