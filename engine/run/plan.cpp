#include "engine/run/plan.h"

#include <algorithm>

namespace engine {

using flow::Object;
using flow::Value;

Plan::Plan(std::shared_ptr<const Program> program, std::uint64_t seed)
    : m_program(std::move(program)), m_random(seed | 1)
{
    m_root.main = &m_program->main;
}

// Facts

void Plan::create(Time now)
{
    setExecution(State::Created, now);
}

void Plan::begin(Time now)
{
    const bool work = !m_program->main.empty() || !m_program->finals.empty();
    if (work)
        setExecution(State::Running, now);
    m_agenda.push_back(kNoRun);
    drain(now);
}

void Plan::resolved(RunIndex run, Resolution resolution, Time now)
{
    answered();
    const RunIndex parent = m_runs[run].parent;
    const auto own = m_scopes.find(run);
    if (own != m_scopes.end() && own->second.restoring) {
        own->second.restoring = false;
        setUpScope(run, resolution);
        if (m_runs[run].state == State::Paused) {
            if (resolution.pauseUntil)
                timer(*resolution.pauseUntil, run, State::Paused);
        }
        restoreScope(run);
        drain(now);
        return;
    }
    if (m_state == State::Killing || (parent != kNoRun && scope(parent).abandoned == State::Killed)) {
        endRun(run, State::Killed, now);
        drain(now);
        return;
    }
    switch (resolution.verdict) {
    case Resolution::Verdict::Skip:
        beginAttempt(run, now);
        closeAttempt(run, State::Skipped, now);
        setReason(run, std::move(resolution.message));
        if (resolution.outputs.isMap())
            outputsOf(run, std::move(resolution.outputs));
        endRun(run, State::Skipped, now);
        break;
    case Resolution::Verdict::FailAtOnce:
        if (parent != kNoRun && kindOf(parent) == TaskKind::WorkingDirectory) {
            failWorkingDirectory(run, now);
            break;
        }
        if (node(run).kind == TaskKind::Subflow)
            failSubflow(run, now);
        else
            endRun(run, resolution.tolerable ? tolerated(node(run), State::Failed) : State::Failed, now);
        break;
    default:
        if (isFlowable(node(run).kind))
            open(run, resolution, now);
        else
            go(run, now);
    }
    drain(now);
}

void Plan::started(RunIndex run, Value outputs, Time now)
{
    beginAttempt(run, now);
    if (outputs.isMap())
        outputsOf(run, std::move(outputs));
    setState(run, State::Running, now);
}

void Plan::finished(RunIndex run, Outcome outcome, Time now)
{
    answered();
    const TaskNode &task = node(run);
    if (isEnd(m_runs[run].state)) {
        settle(now);
        return;
    }
    if (outcome.outputs.isMap())
        outputsOf(run, std::move(outcome.outputs));
    if (outcome.noErrors && task.kind == TaskKind::Subflow) {
        failSubflow(run, now);
        drain(now);
        return;
    }
    State end = tolerated(task, outcome.state);
    const bool child = task.kind == TaskKind::Subflow;
    if (outcome.beforeStart)
        beginAttempt(run, now);
    else if (task.kind == TaskKind::Updater)
        started(run, {}, now);
    closeAttempt(run, child && outcome.then ? *outcome.then : outcome.state, now);
    if (outcome.noErrors)
        m_noErrors = true;
    if (outcome.state == State::Failed && outcome.retryable && retryLater(run, now)) {
        drain(now);
        return;
    }
    if (end == State::Success && task.retry && task.retry->warningOnRetry && m_runs[run].attempts.size() > 1)
        end = State::Warning;
    if (outcome.exit) {
        exitWith(run, *outcome.exit, now);
    } else {
        if (outcome.then) {
            setState(run, outcome.state, now);
            end = *outcome.then;
        }
        endRun(run, end, now);
    }
    drain(now);
}

void Plan::loopChecked(RunIndex run, LoopVerdict verdict, Time now)
{
    answered();
    if (verdict.outputs.isMap())
        outputsOf(run, std::move(verdict.outputs));
    Scope &s = scope(run);
    if (s.abandoned) {
        m_agenda.push_back(run);
    } else if (verdict.kind == LoopVerdict::Kind::Again) {
        setState(run, State::Paused, now);
        setReason(run, "next round at " + formatInstant(verdict.next));
        if (m_state != State::Paused)
            setExecution(State::Paused, now);
        timer(verdict.next, run, State::Paused);
    } else if (verdict.kind == LoopVerdict::Kind::Fault) {
        endFlowable(run, State::Failed, now);
    } else {
        s.failed = s.failed || verdict.kind == LoopVerdict::Kind::Fail;
        toFinally(run, now);
    }
    drain(now);
}

void Plan::collected(RunIndex run, Outcome outcome, Time now)
{
    answered();
    if (outcome.outputs.isMap())
        outputsOf(run, std::move(outcome.outputs));
    Scope &s = scope(run);
    s.failed = s.failed || outcome.state == State::Failed;
    if (s.abandoned)
        m_agenda.push_back(run);
    else if (s.failed && !errorsOf(run).empty()) {
        s.phase = Phase::Errors;
        s.cursor = 0;
        m_agenda.push_back(run);
    } else
        toFinally(run, now);
    drain(now);
}

void Plan::outputsComputed(Value outputs, bool failed, Time now)
{
    answered();
    if (m_exited) {
        // only the execution that waits for this one is given them
    } else if (failed && m_state != State::Failed) {
        setExecution(State::Failed, now);
    } else if (!failed && outputs.isMap()) {
        m_change.outputs = std::move(outputs);
    }
    settle(now);
}

void Plan::outputsOf(RunIndex run, Value outputs)
{
    Run &r = m_runs[run];
    if (r.outputs.isMap() && !r.outputs.map().empty()) {
        Object all = r.outputs.map();
        for (const auto &[key, value] : outputs.map())
            all.set(key, value);
        r.outputs = Value(std::move(all));
    } else {
        r.outputs = std::move(outputs);
    }
    changeOf(run).outputs = r.outputs;
}

void Plan::checked(Time now)
{
    answered();
    m_checking = false;
    walk(now);
}

void Plan::wake(Time now)
{
    while (!m_timers.empty() && m_timers.top().at <= now) {
        const Timer due = m_timers.top();
        m_timers.pop();
        if (m_runs[due.run].state != due.state || m_runs[due.run].removed || m_end)
            continue;
        if (due.state == State::Retrying) {
            setState(due.run, State::Created, now);
            if (m_state == State::Retrying)
                setExecution(State::Running, now);
            go(due.run, now);
        } else if (kindOf(due.run) == TaskKind::LoopUntil) {
            setState(due.run, State::Running, now);
            setExecution(State::Running, now);
            nextRound(due.run, now);
        } else {
            const State end = scope(due.run).pauseEnd;
            endPause(due.run, end, end, {}, now);
        }
    }
    drain(now);
}

void Plan::kill(Time now)
{
    if (m_end || isEnd(m_state))
        return;
    if (m_state == State::Created || m_state == State::Queued) {
        endAtOnce(State::Killed, now);
        return;
    }
    if (!m_paused.empty()) {
        const std::vector<RunIndex> paused = m_paused;
        setExecution(State::Restarted, now);
        for (const RunIndex run : paused)
            endPause(run, State::Killed, State::Killing, {}, now);
    }
    setExecution(State::Killing, now);
    endRoot(State::Killed, State::Killed, now);
    stopAll(now);
    drain(now);
}

void Plan::stop(State end, Time now)
{
    if (m_end || isEnd(m_state))
        return;
    endRoot(end, State::Killed, now);
    stopAll(now);
    drain(now);
}

void Plan::endAtOnce(State end, Time now)
{
    setExecution(end, now);
    m_root.phase = Phase::Ended;
    m_end = end;
    m_outputsAsked = true; // none of a flow that did not begin
    settle(now);
}

void Plan::queue(Time now)
{
    setExecution(State::Queued, now);
}

void Plan::pause(Time now)
{
    if (m_end || m_heldByHand)
        return;
    m_heldByHand = true;
    settle(now);
}

bool Plan::resume(Value outputs, Time now)
{
    if (m_heldByHand) {
        m_heldByHand = false;
        if (m_state == State::Paused)
            unpause(now);
        const std::vector<RunIndex> held = std::move(m_held);
        m_held.clear();
        for (const RunIndex run : held)
            ready(run, now);
        drain(now);
        return true;
    }
    if (m_paused.empty())
        return false;
    endPause(m_paused.front(), State::Success, State::Success, outputs, now);
    drain(now);
    return true;
}

std::optional<RunIndex> Plan::pausedRun() const
{
    return m_paused.empty() ? std::nullopt : std::optional(m_paused.front());
}

std::vector<Decision> Plan::take()
{
    return std::exchange(m_decisions, {});
}

void Plan::takeChange(ExecutionChange &change)
{
    for (const TaskRunChange &one : m_change.runs)
        m_runs[one.run].change = kNoRun;
    change.states.insert(change.states.end(), m_change.states.begin(), m_change.states.end());
    if (change.runs.empty())
        change.runs = std::move(m_change.runs);
    else
        std::move(m_change.runs.begin(), m_change.runs.end(), std::back_inserter(change.runs));
    if (m_change.outputs)
        change.outputs = std::move(m_change.outputs);
    m_change = {};
}

std::optional<Time> Plan::nextWakeUp() const
{
    if (m_timers.empty())
        return std::nullopt;
    return m_timers.top().at;
}

// Bookkeeping

Plan::Part Plan::partOf(RunIndex owner, TaskIndex task) const
{
    const auto has = [&](const std::vector<TaskIndex> &list) {
        return std::find(list.begin(), list.end(), task) != list.end();
    };
    if (has(errorsOf(owner)))
        return Part::Errors;
    if (has(finalsOf(owner)))
        return Part::Finally;
    if (owner == kNoRun && has(m_program->afterExecution))
        return Part::After;
    if (owner == kNoRun && !has(m_program->main))
        return Part::Other; // `onPause`
    return Part::Main;
}

const std::vector<TaskIndex> &Plan::errorsOf(RunIndex owner) const
{
    return owner == kNoRun ? m_program->errors : node(owner).errors;
}

const std::vector<TaskIndex> &Plan::finalsOf(RunIndex owner) const
{
    return owner == kNoRun ? m_program->finals : node(owner).finals;
}

TaskKind Plan::kindOf(RunIndex owner) const
{
    return owner == kNoRun ? TaskKind::Sequential : node(owner).kind;
}

TaskRunChange &Plan::changeOf(RunIndex run)
{
    Run &r = m_runs[run];
    m_touched.push_back(run);
    if (r.change == kNoRun) {
        r.change = static_cast<std::uint32_t>(m_change.runs.size());
        m_change.runs.emplace_back();
        m_change.runs.back().run = run;
    }
    return m_change.runs[r.change];
}

void Plan::setState(RunIndex run, State state, Time now)
{
    Run &r = m_runs[run];
    r.state = state;
    r.history.push_back({state, now});
    changeOf(run).states.push_back({state, now});
}

void Plan::setReason(RunIndex run, std::string reason)
{
    m_runs[run].reason = reason;
    changeOf(run).reason = std::move(reason);
}

void Plan::setExecution(State state, Time now)
{
    m_state = state;
    m_history.push_back({state, now});
    m_change.states.push_back({state, now});
}

void Plan::decide(Decision::Kind kind, RunIndex run)
{
    if (kind != Decision::Kind::Stop && kind != Decision::Kind::NewExecution)
        ++m_active;
    m_decisions.push_back({kind, run, {}});
}

void Plan::answered()
{
    --m_active;
}

void Plan::timer(Time at, RunIndex run, State state)
{
    m_timers.push({at, m_timerOrder++, run, state});
}

RunIndex Plan::make(TaskIndex task, RunIndex owner, Time now)
{
    const auto index = static_cast<RunIndex>(m_runs.size());
    Run &run = m_runs.emplace_back();
    run.task = task;
    run.parent = owner;
    TaskRunChange &change = changeOf(index);
    change.created = true;
    change.taskId = m_program->tasks[task].id;
    change.parent = owner;
    setState(index, State::Created, now);
    return index;
}

void Plan::beginAttempt(RunIndex run, Time now)
{
    Run &r = m_runs[run];
    r.attempts.push_back({State::Running, now, {}});
    changeOf(run).attempts = r.attempts;
}

void Plan::closeAttempt(RunIndex run, State state, Time now)
{
    Run &r = m_runs[run];
    if (r.attempts.empty())
        return;
    r.attempts.back().state = state;
    r.attempts.back().ended = now;
    changeOf(run).attempts = r.attempts;
}

State Plan::tolerated(const TaskNode &task, State state) const
{
    if (state == State::Failed && task.allowFailure)
        state = State::Warning;
    if (state == State::Warning && task.allowWarning)
        state = State::Success;
    return state;
}

State Plan::outcomeOf(const Scope &s) const
{
    return s.killed || s.childKilled ? State::Killed
           : s.cancelled ? State::Cancelled
           : s.failed    ? State::Failed
           : s.warning   ? State::Warning
                         : State::Success;
}

} // namespace engine
