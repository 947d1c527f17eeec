#pragma once

#include "engine/run/plan.h"

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <unordered_map>

namespace engine {

/// What task runs gave, as the variables `outputs` and `tasks` show it: by task, inside loops by value.
/// Told of every run that changed; a read below a variable costs the depth of the path, whatever the
/// number of runs. Guarded by Live::mutex.
class RunTable
{
public:
    /// Where a path of keys led.
    struct Below
    {
        flow::Value value;
        std::size_t found = 0; ///< keys that were there; fewer than asked: the next one is missing in a map
    };

    /// What stored outputs become for templates; empty: they are shown as they are.
    std::function<flow::Value(const flow::Value &)> open;

    void touch(const Plan &plan, RunIndex run);
    void forget(const Plan &plan, RunIndex run);
    /// Without what came after `asOf`: tasks submitted together don't see each other's outputs.
    flow::Value outputs(const Plan &plan, std::uint64_t asOf);
    flow::Value states(const Plan &plan);
    /// What stands below `outputs`; nothing when the path leads into something that is no map.
    std::optional<Below> outputsBelow(const Plan &plan, std::uint64_t asOf, std::span<const flow::Value> keys);
    /// Names this moment for `outputs`.
    std::uint64_t moment() const { return m_moment; }

private:
    /// One value of a loop (or, at the top, the task itself), with those of the loops inside it.
    struct Node
    {
        struct Members
        {
            std::vector<std::unique_ptr<Node>> order;
            std::unordered_map<std::string_view, Node *> index; ///< keys are those of the nodes
        };
        std::string key;
        RunIndex run = kNoRun;
        std::optional<std::uint64_t> empty; ///< at the top: moment of the first run that gave nothing
        bool dirty = true;
        flow::Value value; ///< as it was last made
        std::unique_ptr<Members> members;
    };
    struct Column
    {
        Node root;
        std::vector<RunIndex> pending; ///< changed since the last read
        std::uint64_t changed = 0;     ///< moment of the last end
        bool dirtyStates = true;
        flow::Value states;
    };
    struct Seen
    {
        bool pending = false;
        std::uint64_t ended = 0; ///< moment it ended
    };

    void settle(const Plan &plan, Column &column);
    Node &nodeOf(const Plan &plan, Column &column, RunIndex run);
    bool isVisible(const Plan &plan, const Node &node, std::uint64_t asOf) const;
    std::optional<flow::Value> leafOf(const Plan &plan, const Node &node, std::uint64_t asOf) const;
    flow::Value valueOf(const Plan &plan, Node &node, std::uint64_t asOf, bool whole) const;
    flow::Value stateOf(const Plan &plan, const Node &node) const;
    void mark(const Plan &plan, RunIndex run);

    std::uint64_t m_moment = 0;
    std::map<TaskIndex, Column> m_columns;
    std::vector<Seen> m_seen;
    flow::Value m_outputs, m_states;
    bool m_dirtyOutputs = true, m_dirtyStates = true;
};

} // namespace engine
