// What a plan waits for: retries, pauses, rounds of LoopUntil.
#include "engine/run/plan.h"

#include <algorithm>
#include <cmath>

namespace engine {

using flow::Object;
using flow::Value;

std::int32_t Plan::attemptsOf(const Run &run, const Retry &retry) const
{
    return retry.newExecution ? m_executionAttempt : static_cast<std::int32_t>(run.attempts.size());
}

bool Plan::hasRetryLeft(const Run &run, const Retry &retry) const
{
    return retry.maxAttempts <= 0 || attemptsOf(run, retry) < retry.maxAttempts;
}

std::optional<Nanoseconds> Plan::retryDelay(const Run &run, const Retry &retry)
{
    if (!hasRetryLeft(run, retry))
        return std::nullopt;
    const std::int32_t attempts = attemptsOf(run, retry);
    switch (retry.type) {
    case Retry::Type::Constant:
        return retry.interval;
    case Retry::Type::Exponential: {
        const double factor = std::pow(retry.delayFactor, attempts - 1);
        const double delay = static_cast<double>(retry.interval.count()) * factor;
        return Nanoseconds(static_cast<std::int64_t>(std::min(delay, static_cast<double>(retry.maxInterval.count()))));
    }
    case Retry::Type::Random: {
        m_random ^= m_random << 13;
        m_random ^= m_random >> 7;
        m_random ^= m_random << 17;
        const auto spread = static_cast<std::uint64_t>(std::max<std::int64_t>((retry.maxInterval - retry.interval).count(), 0));
        return retry.interval + Nanoseconds(static_cast<std::int64_t>(spread == 0 ? 0 : m_random % spread));
    }
    }
    return std::nullopt;
}

bool Plan::mayRetry(RunIndex run) const
{
    const TaskNode &task = node(run);
    return m_runs[run].state == State::Failed && isFlowable(task.kind) && task.retryIsOwn && hasRetryLeft(m_runs[run], *task.retry);
}

bool Plan::retryLater(RunIndex run, Time now)
{
    const std::optional<Retry> &retry = node(run).retry;
    if (!retry || m_end || (node(run).allowFailure && !node(run).retryIsOwn))
        return false;
    const std::optional<Nanoseconds> delay = retryDelay(m_runs[run], *retry);
    if (!delay)
        return false;
    const Time at = now + std::chrono::duration_cast<Time::duration>(*delay);
    const std::vector<Attempt> &attempts = m_runs[run].attempts;
    const Time first = retry->newExecution ? m_history.front().at : attempts.front().started;
    if (retry->maxDuration && at > first + *retry->maxDuration)
        return false;
    setState(run, State::Failed, now);
    if (retry->newExecution) {
        setState(run, State::Retried, now);
        for (RunIndex outer = m_runs[run].parent; outer != kNoRun; outer = m_runs[outer].parent)
            setState(outer, State::Retried, now);
        if (m_runs[run].parent == kNoRun && m_runs[run].inMain && m_program->finals.empty())
            setExecution(State::Failed, now);
        endRoot(State::Retried, State::Failed, now);
        m_decisions.push_back({Decision::Kind::NewExecution, run, at});
        return true;
    }
    setState(run, State::Retrying, now);
    std::string reason = "retry " + std::to_string(attempts.size());
    if (retry->maxAttempts > 0)
        reason += " of " + std::to_string(retry->maxAttempts - 1);
    setReason(run, reason + " at " + formatInstant(at));
    if (m_runs[run].parent == kNoRun && m_state == State::Running)
        setExecution(State::Failed, now);
    if (m_state != State::Retrying)
        setExecution(State::Retrying, now);
    timer(at, run, State::Retrying);
    return true;
}

void Plan::pauseRun(RunIndex run, Time now)
{
    const TaskIndex onPause = node(run).onPause;
    if (onPause != kNoTask && !m_program->tasks[onPause].disabled)
        ready(make(onPause, kNoRun, now), now);
    setState(run, State::Paused, now);
    m_paused.push_back(run);
    const Scope &s = scope(run);
    if (s.pauseUntil) {
        timer(*s.pauseUntil, run, State::Paused);
        setReason(run, "until " + formatInstant(*s.pauseUntil));
    }
    if (m_state != State::Paused)
        setExecution(State::Paused, now);
}

void Plan::unpause(Time now)
{
    setExecution(State::Restarted, now);
    setExecution(State::Running, now);
}

void Plan::endPause(RunIndex run, State state, State to, const Value &onResume, Time now)
{
    std::erase(m_paused, run);
    Object resumed;
    resumed.set("on", formatInstant(now));
    resumed.set("to", nameOf(to));
    Object outputs;
    if (onResume.isMap() && !onResume.map().empty())
        outputs.set("onResume", onResume);
    outputs.set("resumed", Value(std::move(resumed)));
    outputsOf(run, Value(std::move(outputs)));
    if (state == State::Killed || state == State::Cancelled) {
        endFlowable(run, state, now);
        if (state == State::Cancelled) {
            endRoot(state, State::Killed, now);
            stopAll(now);
        }
        return;
    }
    if (m_state == State::Paused)
        unpause(now);
    if (state == State::Success && !node(run).main.empty()) {
        setState(run, State::Running, now);
        m_agenda.push_back(run);
        return;
    }
    endFlowable(run, state, now);
    if (!m_paused.empty() && m_state == State::Running)
        setExecution(State::Paused, now);
}

void Plan::nextRound(RunIndex run, Time now)
{
    Scope &s = scope(run);
    std::vector<RunIndex> gone = std::exchange(s.round, {});
    while (!gone.empty()) { // with all that stood below them
        const RunIndex one = gone.back();
        gone.pop_back();
        m_runs[one].removed = true;
        changeOf(one).removed = true;
        if (isFlowable(node(one).kind))
            for (RunIndex i = one + 1; i < m_runs.size(); ++i)
                if (m_runs[i].parent == one && !m_runs[i].removed)
                    gone.push_back(i);
    }
    m_runs[run].iteration = std::max(m_runs[run].iteration, 0) + 1;
    changeOf(run).iteration = m_runs[run].iteration;
    s.phase = Phase::Main;
    s.cursor = 0;
    m_agenda.push_back(run);
    (void)now;
}

} // namespace engine
