#pragma once

#include "engine/run/attempt_context.h"
#include "engine/run/engine.h"
#include "engine/run/execution_queries.h"
#include "engine/run/inputs.h"

#include <deque>
#include <shared_mutex>
#include <thread>
#include <unordered_map>

namespace engine {

/// A flow text read and made ready, shared by everything that runs it.
struct CompiledFlow
{
    std::shared_ptr<const std::string> text;
    std::shared_ptr<const Program> program;
    std::vector<std::string> errors; ///< why the real engine would refuse it
};

/// A live execution with what the engine keeps beside its plan. All but the base belongs to the
/// engine's thread.
struct Job : Live
{
    using Live::Live;

    std::shared_ptr<const CompiledFlow> compiled;
    std::map<RunIndex, std::shared_ptr<AttemptContext>> attempts; ///< at work
    std::map<RunIndex, std::filesystem::path> directories;        ///< of open WorkingDirectory runs
    /// Executions one of its runs waits for.
    struct Children
    {
        std::vector<std::string> running; ///< ids
        std::size_t open = 0;
        std::map<State, std::int32_t> ended;
        bool transmitFailed = true;
        std::map<std::string, std::size_t> order; ///< of ForEachItem: id to batch
        std::vector<flow::Value> outputs;         ///< of ForEachItem, by batch
    };
    std::map<RunIndex, Children> children;
    std::string retryOf;            ///< the execution this one retries
    std::uint64_t moment = 0;       ///< of the run table when `decisions` were taken: they are made together
    std::deque<Decision> decisions; ///< taken from the plan, not dealt with yet
    std::optional<Time> wakeUp;     ///< when the engine looks at it again
    bool dirty = false;      ///< looked at when this turn is stored
    bool queued = false;     ///< waits to be processed
    bool processing = false;
    bool closed = false;   ///< its last change is stored
    bool afterEnd = false; ///< what follows its end has been done
    std::set<std::string> brokenSlas; ///< violated ones, and those that can't be rendered
    std::size_t announced = 0; ///< states of its history that flows which listen have heard of
    bool slot = false;     ///< counts against the flow's concurrency
    bool forgotten = false; ///< its start was refused

    /// Thread-safe. Masks, cuts and keeps a line for the next turn.
    void log(RunIndex run, std::int32_t attempt, Level level, std::string_view text, Time at, std::size_t lineBytes, bool engine);
};

/// A duration among the properties; nothing when there is none. Throws RenderError.
std::optional<Nanoseconds> durationProperty(AttemptContext &context, const char *name);
/// What the labels or variables become after a Labels, SetVariables or UnsetVariables task; RenderError.
flow::Value changedValues(const std::shared_ptr<Job> &job, const TaskNode &node, AttemptContext &context);

/// Why a task may not start its execution.
struct ChildRefused
{
    std::string message;
    bool onRun = false;    ///< the log line is the task run's, not the execution's
    bool noErrors = false; ///< the flow ends without its `errors` tasks
};

void addItemRunners(TaskRunners &runners);
/// What the plan of a new job must know of its execution.
void setUp(Job &job);
/// Labels as a map of texts, however they are written.
void addLabels(flow::Object &into, const flow::Value *written);
flow::Object sorted(const flow::Object &object);

class Engine::Impl
{
public:
    Impl(Services services, EngineOptions options);
    ~Impl();

    Result<std::string> start(const StartRequest &request);
    Result<> kill(std::string_view id);
    Result<> pause(std::string_view id);
    Result<> resume(std::string_view id, const flow::Object &inputs);
    Result<std::vector<std::string>> resumeAll(const std::vector<std::string> &only);
    bool isWaitingForPeople(std::string_view id) const;
    Token observe(std::shared_ptr<Listener> listener);
    Result<Execution> wait(std::string_view id);
    std::optional<std::string> waitForRetry(std::string_view id);
    std::optional<Execution> waitFor(std::string_view id, std::chrono::milliseconds timeout);
    Result<Execution> execution(std::string_view id) const;
    void betweenTurns(const std::function<void()> &look);
    void waitIdle(std::chrono::milliseconds horizon);

    Services services;
    std::unique_ptr<ExecutionQueries> queries; ///< when the services bring none
    EngineOptions options;

private:
    friend struct ResolveStep;
    using JobPtr = std::shared_ptr<Job>;

    // engine.cpp: the loop
    void loop();
    void turn(std::vector<std::function<void()>> &messages, const std::set<JobPtr> &touched);
    void turnAsWorker(std::unique_lock<std::mutex> &lock);
    void fireTimers();
    std::optional<Time> nextDue() const;
    /// On the engine's thread, answered once stored. When the store refuses: with what `undo` is for, or,
    /// without one, as if it had been stored, for it will be.
    Result<> ask(const std::function<Result<>()> &act, const std::function<void()> &undo = {});
    void post(std::function<void()> message);
    void postLines(const JobPtr &job);
    void markDirty(const JobPtr &job);
    void forget(const JobPtr &job);
    void process(const JobPtr &job);
    void commit();
    void work();
    void dispatch();
    void feedWorkers();
    void at(Time when, std::function<void()> what);
    Time now() const { return services.clock ? services.clock() : std::chrono::system_clock::now(); }
    JobPtr find(std::string_view id) const;
    Result<> command(std::string_view id, const std::function<Result<>(const JobPtr &)> &act);

    // engine_decisions.cpp: what the plan wants
    void handle(const JobPtr &job, const Decision &decision);
    Resolution resolve(const JobPtr &job, RunIndex run);
    void resolveKind(const JobPtr &job, RunIndex run, AttemptContext &context, Resolution &resolution);
    std::vector<std::string> loopValues(AttemptContext &context, const flow::Value &written);
    void startTask(const JobPtr &job, RunIndex run);
    void finishTask(const JobPtr &job, RunIndex run, const std::shared_ptr<AttemptContext> &context, TaskResult result);
    void update(const JobPtr &job, RunIndex run);
    void checkLoop(const JobPtr &job, RunIndex run);
    void collect(const JobPtr &job, RunIndex run);
    void computeOutputs(const JobPtr &job);
    /// What the flow gives, as far as it is known now. Throws RenderError.
    flow::Value flowOutputs(const JobPtr &job);
    /// Why the flow's outputs can't be given; nothing when they can.
    std::optional<std::string> faultOfOutputs(const JobPtr &job);
    void sync(Job &job);
    /// A fact for the plan, under its mutex.
    template <typename Act>
    void tell(const JobPtr &job, Act &&act)
    {
        const std::lock_guard lock(job->mutex);
        act(job->plan);
        sync(*job);
    }
    std::shared_ptr<AttemptContext> contextOf(const JobPtr &job, RunIndex run);
    void logRun(const JobPtr &job, RunIndex run, Level level, std::string_view text);

    // engine_start.cpp: how executions begin
    struct Birth
    {
        std::shared_ptr<const CompiledFlow> compiled;
        std::string flowPath;
        std::int32_t revision = 1;
        flow::Object inputs;
        bool inputsChecked = true;  ///< false: those given are taken as they are (Flow triggers)
        bool inputsReady = false;   ///< they are typed already (a retry of the whole flow)
        flow::Object labels;
        flow::Value trigger;
        std::string parentId;
        RunIndex parentRun = kNoRun;
        std::string originalId;
        std::string retryOf;
        std::int32_t attempt = 1;
    };
    std::shared_ptr<const CompiledFlow> compile(const std::shared_ptr<const std::string> &text);
    Result<JobPtr> prepare(const Birth &birth, std::optional<State> *endAtOnce);
    void launch(const JobPtr &job, std::optional<State> endAtOnce);
    void begin(const JobPtr &job);
    bool admit(const JobPtr &job);
    void release(const JobPtr &job);
    void startSlas(const JobPtr &job);
    void watchDurations(const JobPtr &job, Time since);
    void checkAssertions(const JobPtr &job);
    bool noteViolation(const JobPtr &job, const flow::Value &sla, const std::string &why);
    void actOnViolation(const JobPtr &job, const flow::Value &sla, const std::string &why);
    void retryAt(Time when, const ExecutionRecord &record, const flow::Value &labels, const std::shared_ptr<const CompiledFlow> &compiled);
    Result<JobPtr> revive(const Execution &stored);
    Result<> resumeRetries(const std::vector<std::string> &only, std::vector<std::string> &resumed);
    Result<flow::Value> inputsFor(const JobPtr &job, const flow::Value *definitions, const flow::Object &given);

    // engine_children.cpp: subflows, loops over files, listeners
    void startChild(const JobPtr &job, RunIndex run);
    void startSubflow(const JobPtr &job, RunIndex run);
    void startItems(const JobPtr &job, RunIndex run);
    bool takeUpItems(const JobPtr &job, RunIndex run);
    JobPtr startOne(const JobPtr &job, RunIndex run, AttemptContext &context, const flow::Object &labels);
    static std::string itemsBase(AttemptContext &context);
    void childEnded(const JobPtr &child);
    void finishSubflow(const JobPtr &parent, RunIndex run, const Execution &child);
    void finishItems(const JobPtr &parent, RunIndex run);
    void afterEnd(const JobPtr &job);
    /// A state an execution has come to, as a flow that listens sees it.
    struct Heard
    {
        JobPtr job;
        State state;
        flow::Value trigger;   ///< variables of the trigger
        flow::Value flow;      ///< of the listening flow: `flow` and `vars` of its conditions
        flow::Value variables;
    };
    void announceStates(const JobPtr &job);
    void fireTriggers(const JobPtr &job, State state);
    void fire(const Heard &heard, const flow::Value &trigger, const FlowText &listener,
              const std::shared_ptr<const CompiledFlow> &compiled);
    bool preconditionsMet(const std::string &listener, const flow::Value &preconditions, const Heard &heard);
    bool filterHolds(const flow::Value &filter, const Heard &heard);
    bool conditionHolds(const flow::Value &condition, const Heard &heard);

    expr::TemplateCache m_cache;
    mutable std::shared_mutex m_jobsMutex;
    std::unordered_map<std::string, JobPtr> m_jobs;

    std::mutex m_mutex; ///< guards the next ones
    std::condition_variable m_wake, m_done, m_idled, m_workReady;
    std::vector<std::function<void()>> m_inbox;
    std::vector<std::function<void()>> m_spent; ///< messages done with: what they hold is let go of when there is time
    struct Work
    {
        JobPtr job;
        RunIndex run = kNoRun;
        std::shared_ptr<AttemptContext> context;
        std::shared_ptr<TaskRunner> runner;
    };
    std::deque<Work> m_work;
    bool m_stop = false;
    bool m_asleep = false;            ///< the engine's thread waits
    bool m_idle = false;              ///< it does, and no worker makes a turn
    bool m_workerTurns = false;
    std::optional<Time> m_nextDue;    ///< its next timer, while it waits
    std::unordered_map<std::string, std::string> m_retries; ///< executions that are retried by new ones: their ids, empty while they are due
    std::deque<std::string> m_begunRetries; ///< of those, the latest that have begun, oldest first
    static constexpr std::size_t kBegunRetries = 256;
    std::set<JobPtr> m_dirtyFromWorkers; ///< by what their tasks log and measure
    std::optional<std::chrono::steady_clock::time_point> m_lookAt; ///< when those are looked at, unless something else comes before
    std::vector<std::weak_ptr<Listener>> m_listeners;
    std::vector<std::thread> m_workers;
    std::size_t m_idleWorkers = 0;

    // who makes a turn only: the engine's thread, or a worker while that sleeps
    std::vector<JobPtr> m_dirty;
    std::deque<JobPtr> m_toProcess;
    std::deque<std::pair<JobPtr, RunIndex>> m_waiting; ///< tasks that wait for a worker
    std::size_t m_busy = 0;
    std::vector<Work> m_toDispatch;
    std::vector<JobPtr> m_ended;
    std::vector<std::function<void(const Error *refused)>> m_afterCommit; ///< null: stored
    std::optional<Error> m_fault;      ///< the store refused; nothing new begins until it takes
    std::multimap<Time, std::function<void()>> m_timers;
    std::multimap<Time, std::weak_ptr<Job>> m_wakeUps;
    std::size_t m_budget = 0;
    std::map<std::pair<std::string, std::string>, std::size_t> m_slots;     ///< running, by flow
    std::map<std::pair<std::string, std::string>, std::deque<JobPtr>> m_queued;
    std::map<std::string, std::map<std::string, MetCondition>> m_preconditions; ///< met so far, by listener
    std::mutex m_compiledMutex;
    std::unordered_map<std::string, std::shared_ptr<const CompiledFlow>> m_compiled;
    std::thread m_thread;
};

} // namespace engine
