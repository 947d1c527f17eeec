#pragma once

#include "engine/run/program.h"

#include <deque>
#include <queue>
#include <utility>

namespace engine {

/// What the plan wants done for a task run. Each is answered by exactly one fact, except Stop.
struct Decision
{
    enum class Kind : std::uint8_t {
        Resolve,     ///< render `runIf` and what decides its course: answer `resolved`
        Start,       ///< run the next attempt: answer `started`, then `finished`
        Update,      ///< change the execution: answer `finished`
        StartChild,  ///< start an execution (Subflow) or many (ForEachItem): answer `started`, then `finished`
        CheckLoop,   ///< LoopUntil: a round has ended: answer `loopChecked`
        Collect,     ///< WorkingDirectory: its tasks have ended, keep its files: answer `collected`
        Stop,        ///< what the run started shall end: answered by the `finished` that is due anyway
        Outputs,     ///< compute the flow's outputs: answer `outputsComputed`
        Check,       ///< something changed, look at the flow's assertions before going on: answer `checked`
        NewExecution, ///< retry the flow as a new execution at `at`: no answer
    };
    Kind kind;
    RunIndex run = kNoRun;
    Time at{};
};

/// What the engine rendered for a run.
struct Resolution
{
    enum class Verdict : std::uint8_t {
        Go,
        Skip,        ///< `runIf` says no; `message` is the reason
        FailAtOnce,  ///< `runIf` can't be rendered: CREATED -> FAILED
        Fail,        ///< the flowable can't be resolved: RUNNING -> FAILED
    };
    Verdict verdict = Verdict::Go;
    bool tolerable = false;             ///< of a failure: one that `allowFailure` allows
    std::string message;
    flow::Value outputs;                ///< Map; Null for none
    std::size_t branch = kNoBranch;     ///< of If and Switch
    std::vector<std::string> values;    ///< of the loops, distinct
    std::optional<std::int32_t> concurrent; ///< when it was an expression
    std::optional<Time> pauseUntil;     ///< of Pause
    State pauseEnd = State::Success;    ///< of Pause: what it ends in when the time is up
    static constexpr std::size_t kNoBranch = static_cast<std::size_t>(-1);
};

/// How an attempt of a run ended.
struct Outcome
{
    State state = State::Success;    ///< Success, Warning, Failed, Killed or Cancelled
    flow::Value outputs;             ///< Map; Null leaves those it has
    bool beforeStart = false;        ///< failed while it was prepared: CREATED -> FAILED without an attempt
    bool noErrors = false;           ///< the flow ends without its `errors` tasks; of a Subflow: it could not be made
    bool retryable = true;
    std::optional<State> then;       ///< state that follows `state` in the history (subflows)
    std::optional<State> exit;       ///< of Exit: the execution ends in it
};

struct LoopVerdict
{
    enum class Kind : std::uint8_t {
        Done,
        Again,
        Fail,  ///< a limit was reached that counts as a failure
        Fault, ///< its condition can't be rendered: FAILED whatever it allows, without `errors`
    } kind = Kind::Done;
    flow::Value outputs; ///< Map with `iterationCount`
    Time next{};         ///< of Again
};

/// The course of one execution as a pure state machine: facts in, decisions out, time an argument.
/// Owned by the engine, one per execution; no clock, thread or disk; never throws. A transition costs
/// the same whatever the number of task runs (a ready set adds its logarithm).
class Plan
{
public:
    /// `seed` decides what is random: the intervals of `retry: random`.
    Plan(std::shared_ptr<const Program> program, std::uint64_t seed);

    void create(Time now);
    void begin(Time now);
    /// 1 for the first of a row of executions that retry each other.
    void setExecutionAttempt(std::int32_t number) { m_executionAttempt = number; }
    /// The flow has assertions: each change is followed by a Check.
    void setChecked() { m_hasChecks = true; }
    void resolved(RunIndex run, Resolution resolution, Time now);
    void started(RunIndex run, flow::Value outputs, Time now);
    void finished(RunIndex run, Outcome outcome, Time now);
    void loopChecked(RunIndex run, LoopVerdict verdict, Time now);
    void collected(RunIndex run, Outcome outcome, Time now);
    /// Null outputs: none. `failed`: they could not be rendered, the execution ends FAILED.
    void outputsComputed(flow::Value outputs, bool failed, Time now);
    /// The assertions of the flow were looked at; `stop` came before when one was violated.
    void checked(Time now);
    void outputsOf(RunIndex run, flow::Value outputs); ///< adds to what the run gave so far
    /// Lets everything due by `now` happen.
    void wake(Time now);
    void kill(Time now);
    /// An SLA or a limit ends it: FAILED or CANCELLED once what runs has stopped.
    void stop(State end, Time now);
    /// Ends before anything began: a failed check, a limit of concurrency.
    void endAtOnce(State end, Time now);
    void queue(Time now);
    /// Pauses by hand: nothing new begins.
    void pause(Time now);
    /// False when nothing is paused. `outputs` are the `onResume` values of a Pause task.
    bool resume(flow::Value outputs, Time now);

    std::vector<Decision> take();
    /// Moves what happened since the last call into `change`.
    void takeChange(ExecutionChange &change);
    std::optional<Time> nextWakeUp() const;
    /// Runs that changed since the last call; some more than once.
    std::vector<RunIndex> takeTouched() { return std::exchange(m_touched, {}); }

    State state() const { return m_state; }
    const std::vector<StateAt> &history() const { return m_history; }
    bool ended() const { return m_done; }        ///< afterExecution included
    const Program &program() const { return *m_program; }
    std::shared_ptr<const Program> sharedProgram() const { return m_program; }
    bool isQuiet() const { return m_active == 0; } ///< no decision waits for its answer
    bool hasExited() const { return m_exited; }  ///< an Exit task ended it
    std::optional<RunIndex> pausedRun() const;   ///< the first Pause task that waits

    struct Run
    {
        TaskIndex task = kNoTask;
        RunIndex parent = kNoRun;
        State state = State::Created;
        bool hasValue = false;
        bool removed = false;
        bool inMain = true;         ///< of the main list of its parent, not of errors or finally
        std::int32_t iteration = -1;
        std::uint32_t change = kNoRun; ///< place in the change being collected
        std::uint32_t item = 0;     ///< position in its parent's order
        std::string value;
        std::vector<StateAt> history;
        std::vector<Attempt> attempts;
        flow::Value outputs;
        std::string reason;
    };
    const std::vector<Run> &runs() const { return m_runs; }
    const TaskNode &node(RunIndex run) const { return m_program->tasks[m_runs[run].task]; }

    /// Takes up a stored execution: what was running is begun again, timers are set anew.
    void restore(const Execution &stored, Time now);

private:
    enum class Phase : std::uint8_t { Main, Errors, Finally, Collecting, After, Ended };
    struct Scope
    {
        Phase phase = Phase::Main;
        std::vector<std::string> values;
        std::uint32_t tasksPerValue = 0;
        const std::vector<TaskIndex> *main = nullptr;
        std::uint32_t cursor = 0;      ///< next of a sequence, or the next never started of the others
        std::uint32_t open = 0;        ///< children of the main list that have not ended
        std::uint32_t later = 0;       ///< children of errors and finally that have not ended
        std::int32_t limit = 0;
        bool failed = false, warning = false, killed = false, cancelled = false;
        bool childKilled = false; ///< a subflow was: it goes on, but ends so
        bool noFinally = false;        ///< an If without a branch to take
        std::optional<State> abandoned; ///< the execution ended above it: what it becomes once it is empty
        bool restoring = false;
        std::vector<std::uint32_t> waiting;    ///< of Dag
        std::vector<std::uint32_t> chain;      ///< of ForEach: tasks begun per value
        std::priority_queue<std::uint32_t, std::vector<std::uint32_t>, std::greater<>> ready;
        std::optional<Time> pauseUntil;
        State pauseEnd = State::Success;
        std::vector<RunIndex> round;   ///< of LoopUntil: the runs of this round
        std::vector<RunIndex> stored;  ///< while restoring: its children
    };
    struct Timer
    {
        Time at;
        std::uint64_t order;
        RunIndex run;
        State state; ///< the run must be in it still
        bool operator>(const Timer &o) const { return at != o.at ? at > o.at : order > o.order; }
    };

    Scope &scope(RunIndex owner) { return owner == kNoRun ? m_root : m_scopes.at(owner); }
    enum class Part : std::uint8_t { Main, Errors, Finally, After, Other };
    Part partOf(RunIndex owner, TaskIndex task) const;
    const std::vector<TaskIndex> &errorsOf(RunIndex owner) const;
    const std::vector<TaskIndex> &finalsOf(RunIndex owner) const;
    TaskKind kindOf(RunIndex owner) const;
    TaskRunChange &changeOf(RunIndex run);
    void setState(RunIndex run, State state, Time now);
    void setReason(RunIndex run, std::string reason);
    void setExecution(State state, Time now);
    void decide(Decision::Kind kind, RunIndex run);
    void answered();
    RunIndex make(TaskIndex task, RunIndex owner, Time now);
    void ready(RunIndex run, Time now);
    void go(RunIndex run, Time now);
    void open(RunIndex run, const Resolution &resolution, Time now);
    void setUpScope(RunIndex run, const Resolution &resolution);
    void drain(Time now);
    void walk(Time now);
    void advance(RunIndex owner, Time now);
    void advanceMain(RunIndex owner, Time now);
    void advanceChains(RunIndex owner, Time now);
    void startMain(RunIndex owner, std::uint32_t item, Time now);
    void startLater(RunIndex owner, TaskIndex task, Time now);
    void leaveMain(RunIndex owner, Time now);
    void toFinally(RunIndex owner, Time now);
    void closeScope(RunIndex owner, Time now);
    void endFlowable(RunIndex run, State state, Time now);
    void endRun(RunIndex run, State state, Time now);
    void failWorkingDirectory(RunIndex child, Time now); ///< whose child can't be prepared
    void failSubflow(RunIndex run, Time now);            ///< that could not be made
    void childEnded(RunIndex run);
    void beginAttempt(RunIndex run, Time now);
    void closeAttempt(RunIndex run, State state, Time now);
    std::int32_t attemptsOf(const Run &run, const Retry &retry) const;
    bool hasRetryLeft(const Run &run, const Retry &retry) const;
    std::optional<Nanoseconds> retryDelay(const Run &run, const Retry &retry);
    bool mayRetry(RunIndex run) const; ///< a failed flowable with a retry of its own left: neither `errors` nor `finally` of the flow run
    bool retryLater(RunIndex run, Time now);
    State tolerated(const TaskNode &node, State state) const;
    State outcomeOf(const Scope &scope) const;
    void endRoot(State state, std::optional<State> groups, Time now);
    void settle(Time now);
    void exitWith(RunIndex run, State state, Time now);
    void stopAll(Time now);
    void timer(Time at, RunIndex run, State state);
    void pauseRun(RunIndex run, Time now);
    void unpause(Time now);
    void endPause(RunIndex run, State state, State to, const flow::Value &onResume, Time now);
    void nextRound(RunIndex run, Time now);
    void restoreRun(RunIndex run, Time now);
    void restoreScope(RunIndex owner);

    std::shared_ptr<const Program> m_program;
    std::uint64_t m_random;
    State m_state = State::Created;
    std::vector<StateAt> m_history;
    std::vector<Run> m_runs;
    Scope m_root;
    std::map<RunIndex, Scope> m_scopes; // of flowables that are open
    std::vector<Decision> m_decisions;
    ExecutionChange m_change;
    std::vector<RunIndex> m_touched;
    std::priority_queue<Timer, std::vector<Timer>, std::greater<>> m_timers;
    std::uint64_t m_timerOrder = 0;
    std::uint32_t m_active = 0;   // decisions that wait for their answer
    std::int32_t m_executionAttempt = 1;
    std::vector<RunIndex> m_agenda; // scopes to look at before the fact has been dealt with
    std::vector<RunIndex> m_paused;
    std::optional<State> m_end;   // how the root ended; the execution ends with it once nothing is active
    bool m_hasChecks = false;
    bool m_checking = false; // nothing goes on before the answer
    bool m_noErrors = false;
    bool m_outputsAsked = false;
    bool m_done = false;
    bool m_heldByHand = false;
    bool m_exited = false; // by Exit: its outputs are for the execution that waits, not its own
    std::vector<RunIndex> m_held; // runs that wait for the end of a pause by hand
};

} // namespace engine
