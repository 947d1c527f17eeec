#pragma once

#include "engine/flow/value.h"
#include "engine/run/state.h"
#include "engine/run/task_runner.h"

#include <chrono>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace engine {

using Time = std::chrono::system_clock::time_point;

/// Index of a task run in its execution: 0, 1, 2 … in the order they were made.
using RunIndex = std::uint32_t;
inline constexpr RunIndex kNoRun = std::numeric_limits<RunIndex>::max();

/// A state and when it was entered.
struct StateAt
{
    State state = State::Created;
    Time at{};
    bool operator==(const StateAt &) const = default;
};

/// One try of a task run.
struct Attempt
{
    State state = State::Running;
    Time started{};
    Time ended{}; ///< epoch while it runs
    bool operator==(const Attempt &) const = default;
};

/// One run of one task. A loop makes one for each value.
struct TaskRun
{
    RunIndex index = 0;
    std::string id;                  ///< 22 letters and digits
    std::string taskId;
    RunIndex parent = kNoRun;        ///< the flowable run it belongs to
    std::optional<std::string> value; ///< of a loop's direct children
    std::optional<std::int32_t> iteration; ///< of a loop's direct children, from 0; of LoopUntil its rounds
    State state = State::Created;
    std::vector<StateAt> history;
    std::vector<Attempt> attempts;
    flow::Value outputs;             ///< Map, or Null while there are none
    std::string reason;              ///< why it did not start or what it waits for: `runIf: {{ … }}`, `retry 2 of 3`
    bool removed = false;            ///< an earlier round of LoopUntil; kept only as history
};

/// One line of an execution's log.
struct LogEntry
{
    std::int64_t number = 0;  ///< ascending within the execution; assigned by the store
    Time at{};
    Level level = Level::Info;
    RunIndex run = kNoRun;    ///< kNoRun: a line of the execution itself
    std::int32_t attempt = 0; ///< from 0
    std::string message;
    bool engine = false;      ///< the engine's own words, not the flow's
};

struct MetricEntry
{
    Time at{};
    RunIndex run = kNoRun;
    Metric metric;
};

/// What one execution is made of, without what happens to it.
struct ExecutionRecord
{
    std::string id;               ///< 22 letters and digits
    std::string namespaceId;
    std::string flowId;
    std::int32_t revision = 1;
    std::shared_ptr<const std::string> flowText; ///< the flow as it was when the execution was made
    std::string flowPath;         ///< file it came from; may be empty
    flow::Value inputs;           ///< Map of typed values, defaults filled in
    std::string originalId;       ///< the first of a row of replays and retries; its own id otherwise
    std::string parentId;         ///< execution that started it; empty when none
    RunIndex parentRun = kNoRun;  ///< task run that started it
    std::int32_t attempt = 1;     ///< of a row of executions that retry each other
    flow::Value trigger;          ///< Map: `id`, `type`, `variables`; Null when started by hand
    Time created{};
};

/// An execution as it stands: a value, safe on any thread.
struct Execution : ExecutionRecord
{
    State state = State::Created;
    std::vector<StateAt> history;
    flow::Value labels;    ///< Map, dotted keys as written
    flow::Value variables; ///< Map
    flow::Value outputs;   ///< Map; Null while there are none
    std::string reason;    ///< `queued behind …`, `SLA …`
    std::vector<std::string> brokenSlas; ///< ids of those it has violated
    std::vector<TaskRun> taskRuns; ///< by index, removed ones included
};

/// One line of a list of executions.
struct ExecutionSummary
{
    std::string id;
    std::string namespaceId;
    std::string flowId;
    std::string flowPath;
    std::string parentId;
    State state = State::Created;
    Time created{};
    Time changed{};     ///< of the last state; the end once it has ended
    flow::Value labels; ///< Map
};

/// What one turn of the engine did to one task run; its states are those passed through, in order.
struct TaskRunChange
{
    RunIndex run = 0;
    bool created = false;        ///< the next four are set
    std::string taskId;
    RunIndex parent = kNoRun;
    std::optional<std::string> value;
    std::optional<std::int32_t> iteration; ///< of LoopUntil set again each round
    std::vector<StateAt> states;
    std::optional<std::vector<Attempt>> attempts; ///< all of them, when one began or ended
    std::optional<flow::Value> outputs;
    std::optional<std::string> reason;
    bool removed = false;
};

/// A condition of a Flow trigger's preconditions that an execution met. Without an execution: all of the
/// listener are forgotten.
struct MetCondition
{
    std::string listener;  ///< `namespace/flow/trigger`, then the condition that has conditions of its own
    std::string condition;
    std::string execution;
    Time at{};
};

/// What one turn of the engine did to one execution. Observers get it after it was stored; adding
/// the changes up (`apply`) gives the Execution.
struct ExecutionChange
{
    std::string id;
    std::shared_ptr<const ExecutionRecord> created; ///< in the first change only
    std::vector<StateAt> states;
    std::vector<TaskRunChange> runs; ///< each run at most once
    std::vector<LogEntry> logs;
    std::vector<MetricEntry> metrics;
    std::optional<flow::Value> labels;
    std::optional<flow::Value> variables;
    std::optional<flow::Value> outputs;
    std::optional<std::string> reason;
    std::vector<std::string> brokenSlas; ///< newly
    std::vector<MetCondition> conditions; ///< of the flows that listen to it
    std::optional<Time> retryAt;          ///< a new execution is to retry it then
    std::string retryOf;                  ///< in the first change: the execution this one retries
    bool ended = false; ///< nothing follows, `afterExecution` included; in the last change only
    bool empty() const;
};

void apply(Execution &execution, const ExecutionChange &change);
/// The id of a run: a pure function of the execution's id and the index.
std::string taskRunId(std::string_view executionId, RunIndex run);

} // namespace engine
