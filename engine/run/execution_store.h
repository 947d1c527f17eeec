#pragma once

#include "engine/run/error.h"
#include "engine/run/execution.h"

#include <span>

namespace engine {

/// Which executions a list shows; empty fields don't narrow it.
struct ExecutionFilter
{
    std::string namespaceId;
    std::string flowId;
    std::string flowPath;
    std::string parentId;
    std::optional<RunIndex> parentRun; ///< with `parentId`: those of one of its task runs
    std::vector<State> states;
    std::size_t limit = 100; ///< newest first
    std::size_t offset = 0;
};

/// Which lines of a log are read.
struct LogFilter
{
    std::optional<RunIndex> run;
    Level least = Level::Trace;
    std::string contains;     ///< case-insensitive; empty for all
    std::int64_t after = 0;   ///< only numbers above it: the last one of the page before
    std::size_t limit = 1000;
};

/// Which log lines are removed; empty fields don't narrow.
struct LogPurge
{
    std::string namespaceId; ///< with those below it, or alone when there is a flow
    std::string flowId;
    std::string executionId;
    std::vector<Level> levels;
    std::optional<Time> from;
    std::optional<Time> to;
};

/// A new execution that is due: the retry of one that has ended.
struct DueRetry
{
    std::string execution; ///< the one to retry
    Time at{};
};

/// Keeps executions. `append` is one transaction: after it returned, a killed process loses nothing
/// of it. Reads may come from any thread, also while another appends.
class ExecutionStore
{
public:
    virtual ~ExecutionStore() = default;
    /// Stores the changes of one turn and numbers their log entries.
    virtual Result<> append(std::span<ExecutionChange> changes) = 0;
    virtual Result<std::vector<ExecutionSummary>> list(const ExecutionFilter &filter) const = 0;
    /// NoSuchExecution when there is none.
    virtual Result<Execution> read(std::string_view id) const = 0;
    virtual Result<std::vector<LogEntry>> logs(std::string_view id, const LogFilter &filter) const = 0;
    virtual Result<std::vector<MetricEntry>> metrics(std::string_view id) const = 0;
    /// Executions that have not ended, oldest first.
    virtual Result<std::vector<std::string>> unfinished() const = 0;
    virtual Result<std::vector<DueRetry>> dueRetries() const = 0;
    /// What flows that listen have seen so far.
    virtual Result<std::vector<MetCondition>> metConditions() const = 0;
    /// Forgets executions with all they logged; how many there were.
    virtual Result<std::size_t> remove(std::span<const std::string> ids) = 0;
    /// Removes log lines; how many there were.
    virtual Result<std::size_t> removeLogs(const LogPurge &purge) = 0;
    /// Removes what executions measured; how many values there were.
    virtual Result<std::size_t> removeMetrics(std::span<const std::string> ids) = 0;
    /// Keeps whether a trigger is disabled, beside what its flow says.
    virtual Result<> setTriggerDisabled(std::string_view namespaceId, std::string_view flowId, std::string_view trigger,
                                        bool disabled) = 0;
    virtual Result<bool> isTriggerDisabled(std::string_view namespaceId, std::string_view flowId, std::string_view trigger) const = 0;
    /// False when another process owns the data folder: reads work, `append` gives ReadOnly.
    virtual bool writable() const = 0;
};

} // namespace engine
