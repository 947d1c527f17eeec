#pragma once

#include "engine/flow/flow.h"
#include "engine/run/execution.h"

#include <QObject>

#include <deque>
#include <memory>
#include <unordered_map>

namespace app {

/// An execution as it stood when `changes` had been told.
struct RunReading
{
    engine::Execution execution;
    std::vector<engine::LogEntry> logs; ///< the newest `RunRecord::kLogLimit`
    std::vector<engine::MetricEntry> metrics;
    quint64 changes = 0;
};

/// One execution as the run views show it: kept up to date by the engine's changes, or read once from
/// the store. Everything painted comes from here. GUI thread.
class RunRecord : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t kLogLimit = 1'000'000; ///< older lines are in the store only

    explicit RunRecord(RunReading reading, QObject *parent = nullptr);

    const engine::Execution &execution() const { return m_execution; }
    const std::deque<engine::LogEntry> &logs() const { return m_logs; }
    const std::vector<engine::MetricEntry> &metrics() const { return m_metrics; }
    bool ended() const;
    QString id() const { return QString::fromStdString(m_execution.id); }
    QString state() const; ///< word of the language; INTERRUPTED when it died with its process
    void setInterrupted(bool interrupted);
    bool isInterrupted() const { return m_interrupted; }
    qint64 startMs() const;
    /// End of the execution, or `now` while it goes on; ms since 1970.
    qint64 endMs(qint64 now) const;
    QString taskIdOf(engine::RunIndex run) const;
    /// The run that made it fail: the deepest FAILED one, the first of them; null when none did.
    const engine::TaskRun *failedRun() const;
    /// The first ERROR line of a run, of the whole execution without one; empty when there is none.
    QString firstError(engine::RunIndex run) const;

    void apply(const engine::ExecutionChange &change);
    /// How many changes had been told when it was read: it holds those.
    quint64 changesBefore() const { return m_changesBefore; }

signals:
    void changed();                 ///< states, attempts, outputs
    void logsAdded(int first, int count);
    void logsReset();

private:
    engine::Execution m_execution;
    std::deque<engine::LogEntry> m_logs;
    std::vector<engine::MetricEntry> m_metrics;
    quint64 m_changesBefore = 0;
    bool m_interrupted = false;
};

/// `line:column` of the template in the flow that was run which a message of one of its tasks tells of; empty when
/// it tells of none.
QString faultPlace(const RunRecord &record, const flow::Flow &flow, engine::RunIndex run, const std::string &message);

qint64 toMs(engine::Time time);
QString stateWord(engine::State state);
/// When a task run began to do something, and when it ended (`now` while it has not); ms since 1970.
std::pair<qint64, qint64> spanOf(const engine::TaskRun &run, qint64 now);

} // namespace app
