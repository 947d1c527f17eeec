// How a plan takes up an execution that was stored.
#include "engine/run/plan.h"

#include <algorithm>

namespace engine {

void Plan::restore(const Execution &stored, Time now)
{
    m_state = stored.state;
    m_history = stored.history;
    m_runs.resize(stored.taskRuns.size());
    std::vector<RunIndex> open;
    for (const TaskRun &from : stored.taskRuns) {
        Run &run = m_runs[from.index];
        run.task = m_program->find(from.taskId);
        run.parent = from.parent;
        run.state = from.state;
        run.removed = from.removed;
        run.hasValue = from.value.has_value();
        run.value = from.value.value_or("");
        run.iteration = from.iteration.value_or(-1);
        run.history = from.history;
        run.attempts = from.attempts;
        run.outputs = from.outputs;
        run.reason = from.reason;
        if (run.removed || run.task == kNoTask)
            continue;
        m_touched.push_back(from.index);
        run.inMain = partOf(run.parent, run.task) == Part::Main;
        if (run.parent == kNoRun)
            m_root.stored.push_back(from.index);
        else if (const auto parent = m_scopes.find(run.parent); parent != m_scopes.end())
            parent->second.stored.push_back(from.index);
        if (isEnd(run.state))
            continue;
        open.push_back(from.index);
        if (isFlowable(node(from.index).kind) && run.state != State::Created)
            m_scopes[from.index];
    }
    if (isEnd(m_state)) { // it ended while its afterExecution tasks ran
        m_end = m_state;
        m_outputsAsked = true;
        m_root.phase = Phase::After;
    } else if (m_state == State::Killing) {
        m_end = State::Killed;
        m_root.phase = Phase::Ended;
    }
    // Paused, and no task waits: it was paused by hand.
    m_heldByHand = m_state == State::Paused && std::none_of(open.begin(), open.end(), [this](RunIndex run) {
                       return m_runs[run].state == State::Paused;
                   });
    restoreScope(kNoRun);
    for (const RunIndex run : open)
        restoreRun(run, now);
    if (m_state == State::Created || m_state == State::Queued)
        return;
    if (m_state == State::Killing) {
        m_state = State::Running;
        m_end.reset();
        setExecution(State::Killing, now);
        endRoot(State::Killed, State::Killed, now);
        stopAll(now);
    }
    m_agenda.push_back(kNoRun);
    drain(now);
}

void Plan::restoreRun(RunIndex run, Time now)
{
    const TaskNode &task = node(run);
    const State state = m_runs[run].state;
    if (m_end && m_root.phase != Phase::After) {
        closeAttempt(run, State::Killed, now);
        setState(run, State::Killed, now);
        return;
    }
    if (isFlowable(task.kind) && state != State::Created) {
        Scope &s = scope(run);
        if (state == State::Paused && task.kind == TaskKind::Pause)
            m_paused.push_back(run);
        if (task.needsResolve || state == State::Paused) {
            s.restoring = true;
            decide(Decision::Kind::Resolve, run);
        } else {
            setUpScope(run, {});
            restoreScope(run);
        }
        return;
    }
    switch (state) {
    case State::Created:
        ready(run, now);
        break;
    case State::Retrying: {
        const std::optional<Nanoseconds> delay = task.retry ? retryDelay(m_runs[run], *task.retry) : std::nullopt;
        const Time since = m_runs[run].history.back().at;
        timer(since + std::chrono::duration_cast<Time::duration>(delay.value_or(Nanoseconds{})), run, State::Retrying);
        break;
    }
    default:
        if (task.kind == TaskKind::Subflow || task.kind == TaskKind::ForEachItemItems) {
            decide(Decision::Kind::StartChild, run); // the engine finds its executions by what is stored
            break;
        }
        setReason(run, "interrupted, begun anew");
        closeAttempt(run, State::Resubmitted, now);
        if (task.retry && state == State::Running && retryLater(run, now))
            break;
        setState(run, State::Created, now);
        go(run, now);
    }
}

/// Counts what the stored children of a scope say about its course.
void Plan::restoreScope(RunIndex owner)
{
    Scope &s = scope(owner);
    const TaskKind kind = kindOf(owner);
    const auto perValue = static_cast<std::uint32_t>(s.main->size());
    const Phase before = s.phase;
    std::uint32_t later = 0;
    std::vector<bool> made(kind == TaskKind::Dag ? perValue : 0);
    for (const RunIndex child : s.stored) {
        Run &run = m_runs[child];
        const Part part = partOf(owner, run.task);
        if (part == Part::Other)
            continue;
        const bool ended = isEnd(run.state);
        if (part != Part::Main) {
            const Phase phase = part == Part::Errors    ? Phase::Errors
                                : part == Part::Finally ? Phase::Finally
                                                        : Phase::After;
            later = s.phase == phase ? later + 1 : 1;
            s.phase = phase;
            s.cursor = later;
            s.later += ended ? 0 : 1;
            continue;
        }
        const auto position = static_cast<std::uint32_t>(
            std::find(s.main->begin(), s.main->end(), run.task) - s.main->begin());
        const bool loop = !s.values.empty();
        run.item = loop ? static_cast<std::uint32_t>(std::max(run.iteration, 0)) * perValue + position : position;
        if (kind == TaskKind::LoopUntil)
            s.round.push_back(child);
        if (!ended)
            ++s.open;
        s.failed = s.failed || run.state == State::Failed;
        s.warning = s.warning || run.state == State::Warning;
        (m_program->tasks[run.task].kind == TaskKind::Subflow ? s.childKilled : s.killed) |= run.state == State::Killed;
        s.cancelled = s.cancelled || run.state == State::Cancelled;
        if (!s.chain.empty()) {
            const std::uint32_t value = run.item / perValue;
            s.chain[value] = std::max(s.chain[value], position + 1);
            s.cursor = std::max(s.cursor, value + 1);
        } else if (s.phase == Phase::Main) {
            s.cursor = std::max(s.cursor, run.item + 1);
        }
        if (kind == TaskKind::Dag) {
            made[position] = true;
            if (ended)
                for (const std::uint32_t next : node(owner).dependents[position])
                    --s.waiting[next];
        }
    }
    if (kind == TaskKind::Dag)
        for (std::uint32_t i = 0; i < perValue; ++i)
            if (!made[i] && s.waiting[i] == 0)
                s.ready.push(i);
    if (!s.chain.empty()) {
        std::vector<bool> busy(s.chain.size());
        for (const RunIndex child : s.stored)
            if (m_runs[child].inMain && !isEnd(m_runs[child].state))
                busy[m_runs[child].item / perValue] = true;
        for (std::uint32_t value = 0; value < s.cursor; ++value)
            if (!busy[value] && s.chain[value] < perValue)
                s.ready.push(value);
    }
    if (before == Phase::After)
        s.phase = Phase::After;
    s.stored.clear();
    m_agenda.push_back(owner);
}

} // namespace engine
