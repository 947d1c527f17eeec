#include "app/run/run_record.h"

#include "engine/expr/template_faults.h"

#include <algorithm>

namespace app {

QString faultPlace(const RunRecord &record, const flow::Flow &flow, engine::RunIndex run, const std::string &message)
{
    const engine::Execution &execution = record.execution();
    if (run == engine::kNoRun || !flow.tree || !execution.flowText)
        return {};
    const auto place = expr::placeOfFailure(*execution.flowText, *flow.tree, execution.taskRuns[run].taskId, message);
    if (!place)
        return {};
    const auto at = flow::LineIndex(*execution.flowText).position(*place);
    return QStringLiteral("%1:%2").arg(at.line).arg(at.column);
}

qint64 toMs(engine::Time time)
{
    return std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
}

QString stateWord(engine::State state)
{
    const std::string_view name = engine::nameOf(state);
    return QString::fromUtf8(name.data(), qsizetype(name.size()));
}

std::pair<qint64, qint64> spanOf(const engine::TaskRun &run, qint64 now)
{
    qint64 begin = run.history.empty() ? now : toMs(run.history.front().at);
    for (const engine::StateAt &entry : run.history)
        if (entry.state == engine::State::Running) {
            begin = toMs(entry.at);
            break;
        }
    if (!run.attempts.empty() && run.attempts.front().started != engine::Time{})
        begin = std::min(begin, toMs(run.attempts.front().started));
    const qint64 end = engine::isEnd(run.state) && !run.history.empty() ? toMs(run.history.back().at) : now;
    return {begin, std::max(begin, end)};
}

RunRecord::RunRecord(RunReading reading, QObject *parent)
    : QObject(parent), m_execution(std::move(reading.execution)),
      m_logs(std::make_move_iterator(reading.logs.begin()), std::make_move_iterator(reading.logs.end())), m_metrics(std::move(reading.metrics)),
      m_changesBefore(reading.changes)
{}

bool RunRecord::ended() const
{
    return engine::isEnd(m_execution.state) || m_interrupted;
}

QString RunRecord::state() const
{
    return m_interrupted ? QStringLiteral("INTERRUPTED") : stateWord(m_execution.state);
}

void RunRecord::setInterrupted(bool interrupted)
{
    if (m_interrupted == interrupted)
        return;
    m_interrupted = interrupted;
    emit changed();
}

qint64 RunRecord::startMs() const
{
    return toMs(m_execution.created);
}

qint64 RunRecord::endMs(qint64 now) const
{
    if (!ended() || m_execution.history.empty())
        return now;
    qint64 last = toMs(m_execution.history.back().at);
    if (m_interrupted)
        for (const engine::TaskRun &run : m_execution.taskRuns)
            if (!run.history.empty())
                last = std::max(last, toMs(run.history.back().at));
    return last;
}

QString RunRecord::taskIdOf(engine::RunIndex run) const
{
    return run < m_execution.taskRuns.size() ? QString::fromStdString(m_execution.taskRuns[run].taskId) : QString();
}

const engine::TaskRun *RunRecord::failedRun() const
{
    const engine::TaskRun *found = nullptr;
    std::vector<bool> hasFailedChild(m_execution.taskRuns.size(), false);
    for (const engine::TaskRun &run : m_execution.taskRuns)
        if (run.state == engine::State::Failed && run.parent < hasFailedChild.size())
            hasFailedChild[run.parent] = true;
    for (const engine::TaskRun &run : m_execution.taskRuns) {
        if (run.state != engine::State::Failed || run.removed || hasFailedChild[run.index])
            continue;
        // A failure that an AllowFailure above it took as it is did not end the execution.
        bool taken = false;
        for (engine::RunIndex up = run.parent; up < m_execution.taskRuns.size(); up = m_execution.taskRuns[up].parent)
            taken |= m_execution.taskRuns[up].state == engine::State::Warning || m_execution.taskRuns[up].state == engine::State::Success;
        if (!taken && !found)
            found = &run;
    }
    return found;
}

QString RunRecord::firstError(engine::RunIndex run) const
{
    for (const engine::LogEntry &entry : m_logs)
        if (entry.level == engine::Level::Error && (run == engine::kNoRun || entry.run == run))
            return QString::fromStdString(entry.message);
    return {};
}

void RunRecord::apply(const engine::ExecutionChange &change)
{
    engine::apply(m_execution, change);
    m_metrics.insert(m_metrics.end(), change.metrics.begin(), change.metrics.end());
    if (!change.logs.empty()) {
        const int first = int(m_logs.size());
        m_logs.insert(m_logs.end(), change.logs.begin(), change.logs.end());
        if (m_logs.size() > kLogLimit) {
            m_logs.erase(m_logs.begin(), m_logs.begin() + std::ptrdiff_t(m_logs.size() - kLogLimit));
            emit logsReset();
        } else {
            emit logsAdded(first, int(change.logs.size()));
        }
    }
    if (!change.states.empty() || !change.runs.empty() || !change.metrics.empty() || change.outputs || change.labels || change.reason)
        emit changed();
}

} // namespace app
