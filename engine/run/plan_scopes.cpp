// How the task runs of a plan begin and end, and what stands around them.
#include "engine/run/plan.h"

#include <algorithm>

namespace engine {

using flow::Value;

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
