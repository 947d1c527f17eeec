#pragma once

#include "engine/flow/task_catalog.h"
#include "engine/run/duration.h"

namespace engine {

using TaskIndex = std::uint32_t;
inline constexpr TaskIndex kNoTask = std::numeric_limits<TaskIndex>::max();

/// How the engine treats a task.
enum class TaskKind : std::uint8_t {
    Runnable,         ///< handed to a TaskRunner
    Updater,          ///< changes the execution: Exit, Labels, SetVariables, UnsetVariables
    Subflow,          ///< starts an execution
    ForEachItemItems, ///< starts an execution for each batch
    Sequential,       ///< also AllowFailure and the old Template
    Parallel,
    Dag,
    If,
    Switch,
    ForEach,
    EachSequential,
    EachParallel,
    LoopUntil,
    WorkingDirectory,
    Pause,
    ForEachItem,
};

bool isFlowable(TaskKind kind);

/// A `retry`, of a task or of the flow.
struct Retry
{
    enum class Type : std::uint8_t { Constant, Exponential, Random } type = Type::Constant;
    Nanoseconds interval{};    ///< of Random the least
    Nanoseconds maxInterval{}; ///< of Exponential and Random
    double delayFactor = 2;
    std::optional<Nanoseconds> maxDuration; ///< since the first attempt began
    std::int32_t maxAttempts = 0;           ///< all attempts counted; 0: no limit
    bool warningOnRetry = false;
    bool newExecution = false; ///< CREATE_NEW_EXECUTION
};

/// One list of tasks that a condition chooses: `then`, `else`, a case, `defaults`.
struct Branch
{
    std::string label;
    std::vector<TaskIndex> tasks;
};

/// One task of a program. Lists hold only tasks that are not disabled, except those of a Dag.
struct TaskNode
{
    std::string id;
    std::string type;          ///< canonical, aliases resolved
    TaskKind kind = TaskKind::Runnable;
    TaskIndex parent = kNoTask;
    bool disabled = false;
    bool allowFailure = false;
    bool allowWarning = false;
    bool inWorkingDirectory = false;
    bool needsResolve = false; ///< something must be rendered before it can begin
    std::optional<std::string> runIf; ///< nothing: always
    bool retryIsOwn = false;
    std::optional<Retry> retry; ///< its own, else the nearest outer one (flowables hand theirs down)
    flow::Value properties;    ///< Map as written, plugin defaults merged in
    std::vector<TaskIndex> main;
    std::vector<Branch> branches; ///< of If (then, else) and Switch (cases, then `defaults`)
    bool hasDefaults = false;     ///< of Switch: the last branch is `defaults`
    std::vector<TaskIndex> errors;
    std::vector<TaskIndex> finals;
    std::int32_t concurrent = 0;  ///< of Parallel, Dag, ForEach when written as a number
    std::vector<std::vector<std::uint32_t>> dependents; ///< of Dag: position in main -> positions waiting for it
    std::vector<std::uint32_t> waiting;                 ///< of Dag: position -> number of dependencies
    TaskIndex onPause = kNoTask;
};

/// A flow made ready to run: flat tables, read once and shared by all its executions. Immutable.
struct Program
{
    std::string id;
    std::string namespaceId;
    bool disabled = false;
    flow::Value flow;       ///< Map: the whole flow, plugin defaults merged in
    std::vector<TaskNode> tasks;
    std::vector<TaskIndex> main;
    std::vector<TaskIndex> errors;
    std::vector<TaskIndex> finals;
    std::vector<TaskIndex> afterExecution;
    std::optional<Retry> retry;
    std::int32_t concurrencyLimit = 0; ///< 0: none
    std::string concurrencyBehavior;   ///< QUEUE, CANCEL, FAIL

    TaskIndex find(std::string_view taskId) const; ///< kNoTask when there is none
    const flow::Value *property(std::string_view name) const { return flow.find(name); }

    /// `flow` must have passed validation; what is odd in it is read as the real engine would.
    static std::shared_ptr<const Program> compile(const flow::Value &flow, const flow::TaskCatalog &catalog);
};

/// The flow with its plugin defaults merged into its tasks and triggers.
flow::Value applyPluginDefaults(const flow::Value &flow, const flow::TaskCatalog &catalog);

} // namespace engine
