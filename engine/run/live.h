#pragma once

#include "engine/expr/template.h"
#include "engine/run/engine.h"
#include "engine/run/plan.h"

#include <atomic>
#include <mutex>
#include <set>

namespace engine {

/// What task runs gave, as the variables `outputs` and `tasks` show it. Kept up to date run by run;
/// the values are made when they are asked for. Guarded by Live::mutex.
class RunTable
{
public:
    /// Must be told of every run that changed.
    void touch(const Plan &plan, RunIndex run);
    void forget(const Plan &plan, RunIndex run);
    /// Without what came after `asOf`: tasks submitted together don't see each other's outputs.
    flow::Value outputs(const Plan &plan, std::uint64_t asOf);
    flow::Value states(const Plan &plan);
    /// Names this moment for `outputs`.
    std::uint64_t moment() const { return m_moment; }

private:
    struct Column
    {
        std::vector<RunIndex> runs; ///< of one task id, in order
        std::uint64_t changed = 0;  ///< moment of the last change
        flow::Value outputs;
        flow::Value states;
        bool dirtyOutputs = true;
        bool dirtyStates = true;
    };
    struct Seen
    {
        bool known = false;
        std::uint64_t ended = 0; ///< moment it ended
    };
    flow::Value build(const Plan &plan, const Column &column, bool outputs, std::uint64_t asOf) const;
    std::uint64_t m_moment = 0;
    std::map<TaskIndex, Column> m_columns;
    std::vector<Seen> m_seen;
    flow::Value m_outputs, m_states;
    bool m_dirtyOutputs = true, m_dirtyStates = true;
};

/// Values of secrets an execution has met; they are masked in its logs. Thread-safe.
class SecretValues
{
public:
    void add(std::string value);
    std::string mask(std::string_view text) const;

private:
    mutable std::mutex m_mutex;
    std::set<std::string> m_values;
};

/// One execution that has not ended, in memory. The engine's thread changes it; workers read it
/// through a RunScope under `mutex`.
struct Live
{
    Live(std::shared_ptr<const ExecutionRecord> r, std::shared_ptr<const Program> program, std::uint64_t seed)
        : record(std::move(r)), plan(std::move(program), seed)
    {
    }

    std::shared_ptr<const ExecutionRecord> record;
    mutable std::mutex mutex; ///< guards what follows
    Plan plan;
    RunTable table;
    flow::Value labels;    ///< Map
    flow::Value variables; ///< Map
    flow::Value outputs;   ///< Map once computed
    std::string reason;
    ExecutionChange change; ///< not stored yet
    SecretValues secrets;

    Execution snapshot() const; ///< takes the mutex
};

} // namespace engine
