#pragma once

#include "engine/flow/value.h"

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace engine {

enum class Level { Trace, Debug, Info, Warn, Error };

/// How one attempt of a runnable task ended.
enum class TaskEnd {
    Success, ///< outputs are complete
    Warning, ///< done, with something to look at
    Failed,  ///< `message` says why; outputs may still hold what is known (a script's exit code)
    Killed,  ///< stopped because it was cancelled
};

struct Metric
{
    std::string name;
    std::string type; ///< `counter`, `timer` (seconds), `gauge`
    double value = 0;
    std::map<std::string, std::string> tags;
};

struct TaskResult
{
    TaskEnd end = TaskEnd::Success;
    flow::Value outputs; ///< Map, or Null for none
    std::string message; ///< of Failed: one line for the log
    static TaskResult success(flow::Value outputs = {}) { return {TaskEnd::Success, std::move(outputs), {}}; }
    static TaskResult failed(std::string message, flow::Value outputs = {})
    {
        return {TaskEnd::Failed, std::move(outputs), std::move(message)};
    }
};

/// Raised inside a runner by the render calls of TaskContext; the engine turns it into a failed attempt
/// with this text in the log. Never leaves the engine.
struct RenderError
{
    std::string message;
};

/// Files an execution keeps: `kestra:///…` addresses. Thread-safe. Errors are messages for the log.
class InternalStorage
{
public:
    virtual ~InternalStorage() = default;
    /// Copies (or moves, when `move`) a file in; gives its address. `name` is the path below the task run's
    /// folder and is used as it is (`sub/g.txt`): who wants a unique one makes it. An older one is replaced.
    virtual std::string put(const std::filesystem::path &file, std::string_view name, bool move) = 0;
    virtual std::string putText(std::string_view content, std::string_view name) = 0;
    /// The local file behind an address this execution may read; nothing when it is missing or not allowed.
    virtual std::optional<std::filesystem::path> resolve(std::string_view uri, std::string *whyNot) const = 0;
    virtual bool remove(std::string_view uri) = 0;
    /// Removes all files of this execution; the addresses that went, each folder after what was in it,
    /// last the execution's own folder.
    virtual std::vector<std::string> removeAll() { return {}; }

    /// The file this task has kept across executions, `key` for loops (one for each value); nothing when
    /// there is none. `keepCache` moves a new one in and gives its address.
    virtual std::optional<std::filesystem::path> cache(std::string_view /*key*/) const { return std::nullopt; }
    virtual std::string keepCache(const std::filesystem::path & /*file*/, std::string_view /*key*/) { return {}; }
    virtual void dropCache(std::string_view /*key*/) {}
};

/// Keys and values, state and files of namespaces. Thread-safe. `now` comes from the engine's clock.
class NamespaceStore
{
public:
    struct KvEntry
    {
        flow::Value value;
        std::string type;        ///< STRING, NUMBER, BOOLEAN, DATETIME, DATE, DURATION, JSON
        std::string description;
        std::optional<std::chrono::system_clock::time_point> expires;
    };
    virtual ~NamespaceStore() = default;
    virtual std::optional<KvEntry> kvGet(std::string_view nameSpace, std::string_view key) const = 0;
    virtual void kvSet(std::string_view nameSpace, std::string_view key, KvEntry entry) = 0;
    virtual bool kvDelete(std::string_view nameSpace, std::string_view key) = 0;
    virtual std::vector<std::string> kvKeys(std::string_view nameSpace) const = 0;
    /// The folder with the namespace's files; exists.
    virtual std::filesystem::path files(std::string_view nameSpace) const = 0;
    virtual bool namespaceExists(std::string_view nameSpace) const = 0;
    /// Every namespace that has a flow, a key or a file, sorted.
    virtual std::vector<std::string> namespaceNames() const { return {}; }
};

/// What tasks may ask about executions and their logs, other ones too. Thread-safe.
class ExecutionServices
{
public:
    using Time = std::chrono::system_clock::time_point;

    /// Empty fields don't narrow. Namespaces match themselves and those below them.
    struct Filter
    {
        std::string nameSpace;
        std::string flowId;
        std::string executionId;
        std::vector<std::string> states;
        std::optional<Time> from;
        std::optional<Time> to;
    };
    struct LogLine
    {
        Time at{};
        Level level = Level::Info;
        std::string nameSpace, flowId, executionId, taskId, taskRunId;
        int attempt = 0;
        std::string message;
    };
    /// What is removed of the executions that are.
    struct PurgeParts
    {
        bool executions = true, logs = true, metrics = true, files = true;
        std::size_t batch = 100;
    };
    struct Purged
    {
        std::size_t executions = 0, logs = 0, metrics = 0;
        std::size_t files = 0; ///< files and folders of the last execution of each batch, added up
    };
    struct PurgedStorage
    {
        std::size_t scanned = 0; ///< executions that have a folder
        std::size_t purged = 0;  ///< of these, with a file of the asked time
        std::size_t files = 0;   ///< removed
    };

    virtual ~ExecutionServices() = default;
    /// Lines of one execution in order, those of the asking one up to now included.
    virtual std::vector<LogLine> logs(std::string_view executionId) const = 0;
    virtual std::size_t count(const Filter &filter) const = 0;
    /// Removes log lines, running executions' too; no levels: all. How many. With a flow the namespace is
    /// matched exactly; `from` and `to` are of the line. Throws RenderError when the store refuses.
    virtual std::size_t purgeLogs(const Filter &filter, const std::vector<Level> &levels) = 0;
    /// Removes ended executions, or parts of them. Throws RenderError when the store refuses.
    virtual Purged purgeExecutions(const Filter &filter, const PurgeParts &parts) = 0;
    /// Removes files of executions that were changed between `from` and `to`, whether or not the
    /// execution is known; `dryRun` only counts.
    virtual PurgedStorage purgeStorage(const Filter &filter, bool dryRun) = 0;
    /// Enables or disables a flow's trigger; what stood in the way, or empty.
    virtual std::string setTrigger(std::string_view namespaceId, std::string_view flowId, std::string_view trigger, bool enabled) = 0;
    /// Resumes a paused execution; what stood in the way, or empty.
    virtual std::string resume(std::string_view executionId, const flow::Object &inputs) = 0;
};

/// What a runner may know and do during one attempt of one task run. Lives as long as the attempt;
/// called from the worker thread that runs it, except where a comment says otherwise.
class TaskContext
{
public:
    virtual ~TaskContext() = default;

    /// The task's properties as written, plugin defaults merged in, not rendered. Always a Map.
    virtual const flow::Value &properties() const = 0;
    /// A property rendered as the catalog says (kind P and E), typed; Null when absent without a default.
    virtual flow::Value property(std::string_view name) = 0;
    /// Renders a template text to text; throws RenderError.
    virtual std::string renderText(std::string_view text) = 0;
    /// Renders every text inside a value; a text that is one single expression keeps its type when `typed`.
    virtual flow::Value render(const flow::Value &value, bool typed = false) = 0;
    /// The same with extra root variables, which hide those of the run.
    virtual flow::Value renderWith(const flow::Value &value, const flow::Object &extra, bool typed = false) = 0;
    /// A root variable of expressions (`flow`, `execution`, `outputs`, …); Null when there is none.
    virtual flow::Value variable(std::string_view name) const = 0;

    virtual std::string taskType() const = 0;
    virtual std::string flowNamespace() const = 0;
    virtual std::string flowId() const = 0;
    virtual std::string executionId() const = 0;
    virtual std::string taskId() const = 0;
    virtual std::string taskRunId() const = 0;

    /// Thread-safe. Secrets are masked and long lines cut behind this call.
    virtual void log(Level level, std::string_view text) = 0;
    /// Thread-safe.
    virtual void metric(Metric metric) = 0;

    /// The attempt's directory, made on first use; shared by the children of a WorkingDirectory.
    virtual const std::filesystem::path &workingDir() = 0;
    /// Makes an empty directory inside it.
    virtual void makeDirectory(const std::filesystem::path &directory) { std::filesystem::create_directory(directory); }
    /// What the attempt began in its directory goes on there after it: no other attempt gets it.
    virtual void leaveWorkingDir() {}
    virtual InternalStorage &storage() = 0;
    virtual NamespaceStore &namespaces() = 0;
    /// Null when there is no engine behind this context.
    virtual ExecutionServices *executions() { return nullptr; }

    /// Runs another task's definition (Map with `type`; `id` is this task's) as this attempt.
    virtual TaskResult runAs(const flow::Value &definition);
    /// The text in the form encrypted outputs have (Map `type`, `value`); throws RenderError without a key.
    virtual flow::Value encrypt(std::string_view text);

    virtual std::chrono::system_clock::time_point now() const = 0;
    /// True once the attempt should end (killed or timed out). Thread-safe.
    virtual bool cancelled() const = 0;
    /// Blocks until `until` (steady) or cancellation, whichever is first; true when it was the time.
    virtual bool waitUntil(std::chrono::steady_clock::time_point until) = 0;
    /// Becomes readable when the attempt is cancelled: to poll beside pipes and sockets.
    virtual int cancelFd() const = 0;
};

inline TaskResult TaskContext::runAs(const flow::Value &)
{
    return TaskResult::failed("This task can't run another one here");
}

inline flow::Value TaskContext::encrypt(std::string_view)
{
    throw RenderError{"Encryption needs a key, and none is set up"};
}

/// Runs tasks of some types. Stateless or thread-safe: `run` is called from many workers at once.
class TaskRunner
{
public:
    virtual ~TaskRunner() = default;
    /// Blocks until the attempt has ended. Must end soon once `context.cancelled()`.
    virtual TaskResult run(TaskContext &context) = 0;
    /// True: `run` ends at once and touches nothing outside the execution (Log, Return, Fail), so it
    /// may run on the engine's own thread, and again after a crash.
    virtual bool instant() const { return false; }
};

/// The runner of WorkingDirectory: its tasks are run by the engine, one after the other in
/// `context.workingDir()`; this one fills the directory before them and keeps files after them.
class DirectoryRunner : public TaskRunner
{
public:
    /// `inputFiles`, `namespaceFiles`, `cache`.
    virtual TaskResult prepare(TaskContext &context) = 0;
    /// `outputFiles` (as outputs), `cache`; only when no task failed.
    virtual TaskResult collect(TaskContext &context) = 0;
    TaskResult run(TaskContext &) override { return TaskResult::failed("WorkingDirectory is run by the engine"); }
};

/// Type name (canonical, aliases resolved) to the runner that runs it. Filled by plain calls in main.
using TaskRunners = std::map<std::string, std::shared_ptr<TaskRunner>, std::less<>>;

} // namespace engine
