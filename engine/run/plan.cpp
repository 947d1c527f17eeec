#include "engine/run/plan.h"

#include <algorithm>
#include <cmath>

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

// Task runs begin

void Plan::ready(RunIndex run, Time now)
{
    if (m_heldByHand) {
        m_held.push_back(run);
        return;
    }
    const TaskNode &task = node(run);
    if (task.needsResolve)
        decide(Decision::Kind::Resolve, run);
    else if (isFlowable(task.kind))
        open(run, {}, now);
    else
        go(run, now);
}

void Plan::go(RunIndex run, Time now)
{
    switch (node(run).kind) {
    case TaskKind::Updater:
        decide(Decision::Kind::Update, run);
        break;
    case TaskKind::Subflow:
    case TaskKind::ForEachItemItems:
        decide(Decision::Kind::StartChild, run);
        break;
    default:
        if (!node(run).inWorkingDirectory)
            setState(run, State::Submitted, now);
        decide(Decision::Kind::Start, run);
    }
}

void Plan::setUpScope(RunIndex run, const Resolution &resolution)
{
    const TaskNode &task = node(run);
    Scope &s = m_scopes[run];
    s.main = &task.main;
    s.limit = resolution.concurrent.value_or(task.concurrent);
    if (s.limit < 0)
        s.limit = 0;
    if (task.kind == TaskKind::If || task.kind == TaskKind::Switch) {
        static const std::vector<TaskIndex> kNone;
        const bool chosen = resolution.branch < task.branches.size();
        s.main = chosen ? &task.branches[resolution.branch].tasks : &kNone;
        s.noFinally = !chosen;
    }
    if (task.kind == TaskKind::ForEach || task.kind == TaskKind::EachSequential || task.kind == TaskKind::EachParallel) {
        s.values = resolution.values;
        s.chain.assign(task.kind == TaskKind::ForEach && s.limit != 1 ? s.values.size() : 0, 0);
    }
    s.waiting = task.waiting;
    s.pauseUntil = resolution.pauseUntil;
    s.pauseEnd = resolution.pauseEnd;
}

void Plan::open(RunIndex run, const Resolution &resolution, Time now)
{
    beginAttempt(run, now);
    setState(run, State::Running, now);
    if (resolution.outputs.isMap())
        outputsOf(run, resolution.outputs);
    if (resolution.verdict == Resolution::Verdict::Fail) {
        const State end = resolution.tolerable ? tolerated(node(run), State::Failed) : State::Failed;
        closeAttempt(run, end, now);
        endRun(run, end, now);
        return;
    }
    setUpScope(run, resolution);
    const TaskNode &task = node(run);
    if (task.kind == TaskKind::Dag)
        for (std::uint32_t i = 0; i < task.main.size(); ++i)
            if (task.waiting[i] == 0)
                scope(run).ready.push(i);
    if (task.kind == TaskKind::Pause) {
        pauseRun(run, now);
        return;
    }
    m_agenda.push_back(run);
}

// Scopes

void Plan::drain(Time now)
{
    if (m_hasChecks && !m_end && !m_agenda.empty() && !std::exchange(m_checking, true))
        decide(Decision::Kind::Check, kNoRun);
    if (!m_checking)
        walk(now);
}

void Plan::walk(Time now)
{
    while (!m_agenda.empty()) {
        const RunIndex owner = m_agenda.back();
        m_agenda.pop_back();
        if (owner == kNoRun || m_scopes.count(owner) != 0)
            advance(owner, now);
    }
    settle(now);
}

void Plan::advance(RunIndex owner, Time now)
{
    Scope &s = scope(owner);
    const bool empty = s.open == 0 && s.later == 0;
    if (s.phase == Phase::Ended) {
        if (owner != kNoRun && empty)
            m_scopes.erase(owner);
        return;
    }
    if (s.abandoned) {
        if (!empty)
            return;
        if (*s.abandoned == State::Killed)
            closeAttempt(owner, State::Killed, now);
        std::erase(m_paused, owner);
        s.phase = Phase::Ended;
        const State end = *s.abandoned;
        m_scopes.erase(owner);
        endRun(owner, end, now);
        return;
    }
    if (owner != kNoRun && m_runs[owner].state == State::Paused)
        return;
    const auto next = [&](const std::vector<TaskIndex> &list) {
        if (s.cursor >= list.size())
            return false;
        startLater(owner, list[s.cursor++], now);
        return true;
    };
    switch (s.phase) {
    case Phase::Main:
        advanceMain(owner, now);
        break;
    case Phase::Errors:
        if (s.later == 0 && !next(errorsOf(owner)))
            toFinally(owner, now);
        break;
    case Phase::Finally:
        if (s.later == 0 && !next(finalsOf(owner)))
            closeScope(owner, now);
        break;
    case Phase::After:
        if (s.later == 0 && !next(m_program->afterExecution))
            m_done = true;
        break;
    case Phase::Collecting:
    case Phase::Ended:
        break;
    }
}

void Plan::advanceMain(RunIndex owner, Time now)
{
    Scope &s = scope(owner);
    if (s.failed || s.killed || s.cancelled) {
        leaveMain(owner, now);
        return;
    }
    const TaskKind kind = kindOf(owner);
    const auto perValue = static_cast<std::uint32_t>(s.main->size());
    const bool loop = kind == TaskKind::ForEach || kind == TaskKind::EachSequential || kind == TaskKind::EachParallel;
    const std::uint32_t count = loop ? perValue * static_cast<std::uint32_t>(s.values.size()) : perValue;
    const auto room = [&] { return s.limit == 0 || s.open < static_cast<std::uint32_t>(s.limit); };
    if (kind == TaskKind::ForEach && s.limit != 1 && perValue != 0) {
        advanceChains(owner, now);
    } else if (kind == TaskKind::Parallel || kind == TaskKind::EachParallel) {
        while (s.cursor < count && room())
            startMain(owner, s.cursor++, now);
    } else if (kind == TaskKind::Dag) {
        while (!s.ready.empty() && room()) {
            const std::uint32_t item = s.ready.top();
            s.ready.pop();
            startMain(owner, item, now);
        }
    } else if (s.open == 0 && s.cursor < count) {
        startMain(owner, s.cursor++, now);
    }
    if (s.open == 0 && s.phase == Phase::Main && (kind == TaskKind::Dag ? s.ready.empty() : true))
        leaveMain(owner, now);
}

void Plan::advanceChains(RunIndex owner, Time now)
{
    Scope &s = scope(owner);
    const auto perValue = static_cast<std::uint32_t>(s.main->size());
    while (s.limit == 0 || s.open < static_cast<std::uint32_t>(s.limit)) {
        std::uint32_t value = 0;
        if (!s.ready.empty()) {
            value = s.ready.top();
            s.ready.pop();
        } else if (s.cursor < s.values.size()) {
            value = s.cursor++;
        } else {
            break;
        }
        startMain(owner, value * perValue + s.chain[value]++, now);
    }
}

void Plan::startMain(RunIndex owner, std::uint32_t item, Time now)
{
    Scope &s = scope(owner);
    const auto perValue = static_cast<std::uint32_t>(s.main->size());
    const TaskIndex task = (*s.main)[item % perValue];
    if (m_program->tasks[task].disabled) { // only in a Dag
        const auto &dependents = node(owner).dependents[item];
        if (dependents.empty())
            return;
        const RunIndex run = make(task, owner, now);
        m_runs[run].item = item;
        ++s.open;
        setReason(run, "the task is disabled");
        endRun(run, State::Skipped, now);
        return;
    }
    const RunIndex run = make(task, owner, now);
    Run &r = m_runs[run];
    r.item = item;
    ++s.open;
    if (!s.values.empty()) {
        r.hasValue = true;
        r.value = s.values[item / perValue];
        r.iteration = static_cast<std::int32_t>(item / perValue);
        changeOf(run).value = r.value;
        changeOf(run).iteration = r.iteration;
    }
    if (kindOf(owner) == TaskKind::LoopUntil) {
        r.iteration = std::max(m_runs[owner].iteration, 0);
        changeOf(run).iteration = r.iteration;
        s.round.push_back(run);
    }
    ready(run, now);
}

void Plan::startLater(RunIndex owner, TaskIndex task, Time now)
{
    const RunIndex run = make(task, owner, now);
    m_runs[run].inMain = false;
    ++scope(owner).later;
    if (kindOf(owner) == TaskKind::LoopUntil) {
        m_runs[run].iteration = std::max(m_runs[owner].iteration, 0);
        changeOf(run).iteration = m_runs[run].iteration;
    }
    ready(run, now);
}

void Plan::leaveMain(RunIndex owner, Time now)
{
    Scope &s = scope(owner);
    const bool bad = s.failed || s.killed || s.cancelled;
    if (!bad && owner != kNoRun && kindOf(owner) == TaskKind::LoopUntil) {
        s.phase = Phase::Collecting;
        decide(Decision::Kind::CheckLoop, owner);
        return;
    }
    if (!bad && owner != kNoRun && kindOf(owner) == TaskKind::WorkingDirectory) {
        s.phase = Phase::Collecting;
        decide(Decision::Kind::Collect, owner);
        return;
    }
    if (s.killed || s.cancelled) {
        closeScope(owner, now);
        return;
    }
    if (s.failed && !errorsOf(owner).empty() && !(owner == kNoRun && m_noErrors)) {
        s.phase = Phase::Errors;
        s.cursor = 0;
        m_agenda.push_back(owner);
        return;
    }
    toFinally(owner, now);
}

void Plan::toFinally(RunIndex owner, Time now)
{
    Scope &s = scope(owner);
    if (s.noFinally || finalsOf(owner).empty() || (owner == kNoRun && m_noErrors)) {
        closeScope(owner, now);
        return;
    }
    s.phase = Phase::Finally;
    s.cursor = 0;
    m_agenda.push_back(owner);
}

void Plan::closeScope(RunIndex owner, Time now)
{
    const State state = outcomeOf(scope(owner));
    if (owner == kNoRun)
        endRoot(state, State::Failed, now);
    else
        endFlowable(owner, tolerated(node(owner), state), now);
}

void Plan::endFlowable(RunIndex run, State state, Time now)
{
    Scope &s = scope(run);
    s.phase = Phase::Ended;
    if (s.open == 0 && s.later == 0)
        m_scopes.erase(run);
    closeAttempt(run, state, now);
    endRun(run, state, now);
}

void Plan::endRun(RunIndex run, State state, Time now)
{
    setState(run, state, now);
    childEnded(run);
}

/// The real engine runs all tasks of a working directory as one: there is no run of the one that is at fault.
void Plan::failWorkingDirectory(RunIndex child, Time now)
{
    const RunIndex owner = m_runs[child].parent;
    setState(child, State::Failed, now);
    m_runs[child].removed = true;
    changeOf(child).removed = true;
    --scope(owner).open;
    endFlowable(owner, tolerated(node(owner), State::Failed), now);
}

/// FAILED whatever it allows. What stands around it fails with it, without `errors` and `finally` of its own; the
/// flow ends without both where nothing stands around it.
void Plan::failSubflow(RunIndex run, Time now)
{
    beginAttempt(run, now);
    closeAttempt(run, State::Failed, now);
    const RunIndex owner = m_runs[run].parent;
    endRun(run, State::Failed, now);
    if (owner == kNoRun)
        m_noErrors = true;
    else if (m_runs[run].inMain)
        endFlowable(owner, State::Failed, now);
}

void Plan::childEnded(RunIndex run)
{
    const Run &r = m_runs[run];
    if (r.parent != kNoRun && m_scopes.count(r.parent) == 0)
        return;
    if (r.parent == kNoRun && partOf(kNoRun, r.task) == Part::Other)
        return;
    Scope &s = scope(r.parent);
    if (!r.inMain) {
        --s.later;
    } else {
        --s.open;
        s.failed = s.failed || r.state == State::Failed;
        m_noErrors = m_noErrors || (r.parent == kNoRun && mayRetry(run));
        s.warning = s.warning || r.state == State::Warning;
        (node(run).kind == TaskKind::Subflow ? s.childKilled : s.killed) |= r.state == State::Killed;
        s.cancelled = s.cancelled || r.state == State::Cancelled;
        const TaskKind kind = kindOf(r.parent);
        if (kind == TaskKind::Dag) {
            for (const std::uint32_t next : node(r.parent).dependents[r.item])
                if (--s.waiting[next] == 0)
                    s.ready.push(next);
        } else if (!s.chain.empty()) {
            const auto value = r.item / static_cast<std::uint32_t>(s.main->size());
            if (s.chain[value] < s.main->size())
                s.ready.push(value);
        }
    }
    m_agenda.push_back(r.parent);
}

// The execution ends

void Plan::endRoot(State state, std::optional<State> groups, Time)
{
    m_end = state;
    m_root.phase = Phase::Ended;
    for (auto &[run, s] : m_scopes) {
        if (s.phase == Phase::Ended)
            continue;
        s.abandoned = groups;
        m_agenda.push_back(run);
    }
}

void Plan::settle(Time now)
{
    if (m_heldByHand && m_active == 0 && !m_end && m_state == State::Running)
        setExecution(State::Paused, now);
    if (!m_end || m_active != 0 || m_done || m_root.phase == Phase::After)
        return;
    if (!m_scopes.empty()) {
        for (const auto &[run, s] : m_scopes)
            if (s.abandoned && s.open == 0 && s.later == 0)
                return;
    }
    if (!isEnd(m_state) || m_state != *m_end) {
        if (!m_outputsAsked)
            setExecution(*m_end, now);
    }
    const Value *outputs = m_program->property("outputs");
    if (!m_outputsAsked && outputs && outputs->isList() && !outputs->list().empty() && *m_end != State::Killed &&
        *m_end != State::Retried) {
        m_outputsAsked = true;
        decide(Decision::Kind::Outputs, kNoRun);
        return;
    }
    m_outputsAsked = true;
    if (m_program->afterExecution.empty() || *m_end == State::Retried) {
        m_done = true;
        return;
    }
    m_root = Scope();
    m_root.main = &m_program->main;
    m_root.phase = Phase::After;
    m_agenda.push_back(kNoRun);
    drain(now);
}

void Plan::exitWith(RunIndex run, State state, Time now)
{
    m_exited = true;
    setState(run, state, now);
    for (RunIndex owner = m_runs[run].parent; owner != kNoRun; owner = m_runs[owner].parent) {
        const auto found = m_scopes.find(owner);
        if (found == m_scopes.end() || found->second.phase == Phase::Ended)
            continue;
        closeAttempt(owner, state, now);
        setState(owner, state, now);
        found->second.phase = Phase::Ended;
        m_agenda.push_back(owner);
    }
    endRoot(state, State::Killed, now);
    stopAll(now);
}

void Plan::stopAll(Time now)
{
    for (RunIndex i = static_cast<RunIndex>(m_runs.size()); i-- > 0;) {
        const Run &run = m_runs[i];
        if (run.removed || isEnd(run.state) || isFlowable(node(i).kind))
            continue;
        if (run.state == State::Retrying)
            childEnded(i); // stays as it is; its parent shall not wait for it
        else if (run.state == State::Submitted || run.state == State::Running)
            m_decisions.push_back({Decision::Kind::Stop, i, {}});
    }
    for (const RunIndex run : m_held)
        endRun(run, State::Killed, now);
    m_held.clear();
    m_heldByHand = false;
}

} // namespace engine
