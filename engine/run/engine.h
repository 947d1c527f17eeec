#pragma once

#include "engine/flow/task_catalog.h"
#include "engine/run/error.h"
#include "engine/run/execution_store.h"
#include "engine/run/flow_source.h"

#include <functional>

namespace engine {

/// Where files of executions are kept. Thread-safe.
class StorageRoot
{
public:
    /// Whose files: those of one task run, or of the execution's inputs when there is no run.
    struct Owner
    {
        std::string namespaceId;
        std::string flowId;
        std::string executionId;
        std::string taskId;    ///< empty: inputs
        std::string taskRunId;
        std::string inputName; ///< of inputs
    };
    virtual ~StorageRoot() = default;
    virtual std::unique_ptr<InternalStorage> open(const Owner &owner) = 0;
    /// Files of executions last changed between the two moments, by namespace (and those below it), or of
    /// one flow of it; empty fields don't narrow. Folders stay. `dryRun` only counts.
    virtual ExecutionServices::PurgedStorage purge(const std::string &namespaceId, const std::string &flowId,
                                                   std::optional<Time> from, std::optional<Time> to, bool dryRun) = 0;
    /// An empty directory for one attempt; the caller removes it with `discard`.
    virtual std::filesystem::path makeWorkingDir() = 0;
    /// Makes an empty directory inside one of them.
    virtual void makeDirectory(const std::filesystem::path &directory) = 0;
    /// Processes that no attempt waits for use a directory: it is not used again.
    virtual void leave(const std::filesystem::path &directory) = 0;
    virtual void discard(const std::filesystem::path &directory) = 0;
};

/// Names to secret values. Thread-safe.
class Secrets
{
public:
    virtual ~Secrets() = default;
    virtual std::optional<std::string> find(std::string_view namespaceId, std::string_view key) const = 0;
    /// Encrypts what must be stored (SECRET inputs, encrypted outputs); nothing when no key is set up.
    virtual std::optional<std::string> seal(std::string_view text) const = 0;
    /// What `seal` made, as it was; nothing without its key.
    virtual std::optional<std::string> unseal(std::string_view sealed) const = 0;
};

/// The outside world, handed in. All must outlive the engine.
struct Services
{
    std::shared_ptr<const flow::TaskCatalog> catalog;
    TaskRunners runners;
    ExecutionStore *store = nullptr;
    StorageRoot *storage = nullptr;
    NamespaceStore *namespaces = nullptr;
    const FlowSource *flows = nullptr;   ///< null: no subflows, no Flow triggers
    const Secrets *secrets = nullptr;    ///< null: none
    ExecutionServices *executions = nullptr; ///< what tasks may ask about executions; null: nothing
    std::function<Time()> clock;         ///< empty: the system's
};

struct EngineOptions
{
    std::size_t workers = 0;           ///< tasks at work at once; 0: eight for each processor, at least 32
    std::size_t turnLimit = 512;       ///< decisions that may share one transaction
    std::size_t logLineBytes = 15360;  ///< longer lines are cut into several
    bool flowTriggers = true;          ///< flows that listen to an ended one are started
    std::map<std::string, std::string, std::less<>> environment; ///< `envs`: the ENV_ variables; filled by the caller
    std::string timeZone;              ///< of dates without one; empty: UTC
    flow::Value globals;               ///< Map: `globals`
    std::string url;                   ///< `kestra.url`; empty when there is none
    std::string environmentName;       ///< `kestra.environment.name`; empty when there is none
};

/// What is asked for when a flow is started.
struct StartRequest
{
    std::shared_ptr<const std::string> flowText;
    std::string flowPath;              ///< file it came from; kept for the lists
    std::int32_t revision = 1;
    flow::Object inputs;               ///< as given: texts are read as the input's type; of FILE the local path
    flow::Object labels;               ///< keys to texts
    flow::Value trigger;               ///< Map `id`, `type`, `variables`; Null when by hand
};

/// Told of everything, in order, after it was stored. Called on a thread of the engine, one at a time: return soon.
class Listener
{
public:
    virtual ~Listener() = default;
    virtual void changed(const ExecutionChange &change) = 0;
    /// The store refused (disk full, folder gone): nothing new begins, and it is tried again every second.
    virtual void faulted(const Error &error) { (void)error; }
    /// The store takes again what it refused.
    virtual void recovered() {}
};

/// Runs executions: a thread that turns facts into decisions (Plan) and stores them, workers that
/// run tasks (and make a turn themselves while that thread sleeps), timers. Thread-safe. The destructor stops at once and leaves what runs to `resumeAll`.
class Engine
{
public:
    Engine(Services services, EngineOptions options = {});
    ~Engine();

    /// Makes and starts an execution; its id. Errors: InvalidFlow, InputInvalid, CheckBlocked,
    /// FlowDisabled, ReadOnly and those of the store. Nothing is stored then.
    Result<std::string> start(const StartRequest &request);
    /// KILLING at once, KILLED when all that ran has stopped.
    Result<> kill(std::string_view id);
    /// PAUSED once what runs has ended; nothing new begins meanwhile.
    Result<> pause(std::string_view id);
    /// Goes on after a Pause task or `pause`; `inputs` are those of its `onResume`.
    Result<> resume(std::string_view id, const flow::Object &inputs = {});
    /// Takes up what an engine left unfinished when it ended: their ids. Finished task runs stay as
    /// they are; those that were at work are tried again as their `retry` says, or begun anew.
    /// `only`: just these, and what they wait for.
    Result<std::vector<std::string>> resumeAll(const std::vector<std::string> &only = {});
    /// True while nothing will happen to it by itself: a Pause without an end, a queue.
    bool isWaitingForPeople(std::string_view id) const;

    /// Listens until the token is dropped. The token may be dropped on any thread.
    using Token = std::shared_ptr<void>;
    Token observe(std::shared_ptr<Listener> listener);

    /// Blocks until the execution has ended (`afterExecution` included), then gives it as it stands.
    Result<Execution> wait(std::string_view id);
    /// The same for at most `timeout`; nothing when it is still running then.
    std::optional<Execution> waitFor(std::string_view id, std::chrono::milliseconds timeout);
    /// The execution that retries this one (CREATE_NEW_EXECUTION), once it has begun; nothing when none is due
    /// or so many others have begun since that it is forgotten.
    std::optional<std::string> waitForRetry(std::string_view id);
    /// As it stands: running ones from memory, others from the store.
    Result<Execution> execution(std::string_view id) const;
    /// Runs `look` between two turns, and waits for it: the store then holds what
    /// listeners have been told, no more and no less.
    void betweenTurns(const std::function<void()> &look);
    /// Blocks until nothing runs and nothing is due within `horizon`.
    void waitIdle(std::chrono::milliseconds horizon = {});

    const ExecutionStore &store() const;

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace engine
