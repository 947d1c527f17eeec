#include "engine/run/run_table.h"

#include <algorithm>
#include <utility>

namespace engine {

using flow::Object;
using flow::Value;

namespace {

/// Whether a run is seen as an empty map: it got as far as having outputs, and has none.
bool gaveNothing(const Plan &plan, RunIndex index)
{
    const Plan::Run &run = plan.runs()[index];
    if (run.removed || run.state == State::Created || run.state == State::Submitted || (run.outputs.isMap() && !run.outputs.map().empty()))
        return false;
    const TaskKind kind = plan.node(index).kind;
    if (isFlowable(kind))
        return kind != TaskKind::If && kind != TaskKind::Switch;
    return isEnd(run.state) && run.state != State::Skipped && !run.attempts.empty();
}

} // namespace

void RunTable::mark(const Plan &plan, RunIndex run)
{
    if (m_seen.size() <= run)
        m_seen.resize(plan.runs().size());
    Column &column = m_columns[plan.runs()[run].task];
    if (!std::exchange(m_seen[run].pending, true))
        column.pending.push_back(run);
    column.dirtyStates = true;
    m_dirtyOutputs = m_dirtyStates = true;
}

void RunTable::touch(const Plan &plan, RunIndex run)
{
    mark(plan, run);
    if (!isEnd(plan.runs()[run].state)) {
        m_seen[run].ended = 0;
    } else if (m_seen[run].ended == 0) {
        m_seen[run].ended = ++m_moment;
        m_columns[plan.runs()[run].task].changed = m_moment;
    }
}

void RunTable::forget(const Plan &plan, RunIndex run)
{
    mark(plan, run);
}

/// The node of a run below the values of the loops around it, made when there is none; what was made of
/// it and those above it no longer holds.
RunTable::Node &RunTable::nodeOf(const Plan &plan, Column &column, RunIndex run)
{
    std::vector<const std::string *> path;
    for (RunIndex i = run; i != kNoRun; i = plan.runs()[i].parent)
        if (plan.runs()[i].hasValue)
            path.push_back(&plan.runs()[i].value);
    Node *node = &column.root;
    for (std::size_t i = path.size(); i-- > 0;) {
        node->dirty = true;
        if (!node->members)
            node->members = std::make_unique<Node::Members>();
        if (const auto found = node->members->index.find(*path[i]); found != node->members->index.end()) {
            node = found->second;
            continue;
        }
        auto made = std::make_unique<Node>();
        made->key = *path[i];
        Node *next = made.get();
        node->members->index.emplace(next->key, next);
        node->members->order.push_back(std::move(made));
        node = next;
    }
    node->dirty = true;
    return *node;
}

void RunTable::settle(const Plan &plan, Column &column)
{
    for (const RunIndex run : column.pending) {
        m_seen[run].pending = false;
        Node &node = nodeOf(plan, column, run);
        if (plan.runs()[run].removed)
            node.run = node.run == run ? kNoRun : node.run;
        else if (node.run == kNoRun || run >= node.run)
            node.run = run;
        if (gaveNothing(plan, run))
            column.root.empty = std::min(column.root.empty.value_or(m_seen[run].ended), m_seen[run].ended);
    }
    column.pending.clear();
}

/// What the run of a node gave by `asOf`; at the top an empty map for runs that gave nothing.
std::optional<Value> RunTable::leafOf(const Plan &plan, const Node &node, std::uint64_t asOf) const
{
    if (node.run != kNoRun && m_seen[node.run].ended <= asOf)
        if (const Value &outputs = plan.runs()[node.run].outputs; outputs.isMap() && !outputs.map().empty())
            return open ? open(outputs) : outputs;
    return node.empty && *node.empty <= asOf ? std::optional(Value(Object())) : std::nullopt;
}

bool RunTable::isVisible(const Plan &plan, const Node &node, std::uint64_t asOf) const
{
    const auto shown = [&](const auto &member) { return isVisible(plan, *member, asOf); };
    return leafOf(plan, node, asOf) || (node.members && std::any_of(node.members->order.begin(), node.members->order.end(), shown));
}

/// `whole`: nothing below is later than `asOf`, so what is made may be kept.
Value RunTable::valueOf(const Plan &plan, Node &node, std::uint64_t asOf, bool whole) const
{
    if (whole && !node.dirty)
        return node.value;
    std::optional<Value> leaf = leafOf(plan, node, asOf);
    Value value;
    if (!node.members) {
        value = leaf.value_or(Value());
    } else {
        Object object;
        if (leaf && leaf->isMap())
            object = leaf->map();
        object.reserve(object.size() + node.members->order.size());
        bool any = leaf.has_value();
        for (const auto &member : node.members->order)
            if (Value one = valueOf(plan, *member, asOf, whole); !one.isNull()) {
                object.set(member->key, std::move(one));
                any = true;
            }
        if (any)
            value = Value(std::move(object));
    }
    if (whole) {
        node.value = value;
        node.dirty = false;
    }
    return value;
}

Value RunTable::stateOf(const Plan &plan, const Node &node) const
{
    Object object;
    if (node.run != kNoRun)
        object.set("state", nameOf(plan.runs()[node.run].state));
    if (node.members)
        for (const auto &member : node.members->order)
            if (Value one = stateOf(plan, *member); !one.isNull())
                object.set(member->key, std::move(one));
    return object.empty() ? Value() : Value(std::move(object));
}

Value RunTable::outputs(const Plan &plan, std::uint64_t asOf)
{
    if (!m_dirtyOutputs && asOf >= m_moment)
        return m_outputs;
    Object all;
    bool whole = true;
    for (auto &[task, column] : m_columns) {
        settle(plan, column);
        whole = whole && column.changed <= asOf;
        if (Value part = valueOf(plan, column.root, asOf, column.changed <= asOf); !part.isNull())
            all.set(plan.program().tasks[task].id, std::move(part));
    }
    if (!whole)
        return Value(std::move(all));
    m_dirtyOutputs = false;
    return m_outputs = Value(std::move(all));
}

Value RunTable::states(const Plan &plan)
{
    if (!m_dirtyStates)
        return m_states;
    Object all;
    for (auto &[task, column] : m_columns) {
        if (std::exchange(column.dirtyStates, false)) {
            settle(plan, column);
            column.states = stateOf(plan, column.root);
        }
        if (!column.states.isNull())
            all.set(plan.program().tasks[task].id, column.states);
    }
    m_dirtyStates = false;
    return m_states = Value(std::move(all));
}

std::optional<RunTable::Below> RunTable::outputsBelow(const Plan &plan, std::uint64_t asOf, std::span<const Value> keys)
{
    if (keys.empty())
        return Below{};
    if (!keys.front().isText())
        return std::nullopt;
    const auto found = m_columns.find(plan.program().find(keys.front().text()));
    if (found == m_columns.end())
        return Below{};
    Column &column = found->second;
    settle(plan, column);
    std::vector<Node *> path{&column.root};
    while (path.size() < keys.size() && path.back()->members && keys[path.size()].isText()) {
        const auto next = path.back()->members->index.find(keys[path.size()].text());
        if (next == path.back()->members->index.end())
            break;
        path.push_back(next->second);
    }
    Below below{{}, path.size()};
    if (path.size() == keys.size())
        below.value = valueOf(plan, *path.back(), asOf, column.changed <= asOf);
    else
        below.value = leafOf(plan, *path.back(), asOf).value_or(Value());
    if (below.value.isNull()) {
        for (std::size_t i = 0; i < path.size(); ++i)
            if (!isVisible(plan, *path[i], asOf))
                return Below{{}, i};
        return keys[path.size()].isText() ? std::optional(below) : std::nullopt;
    }
    while (below.found < keys.size()) {
        const Value &key = keys[below.found];
        if (!below.value.isMap() || below.value.map().hasTypedKeys() || !key.isText())
            return std::nullopt;
        const Value *next = below.value.find(key.text());
        if (!next)
            return below;
        const Value inner = *next;
        below = {inner, below.found + 1};
    }
    return below;
}

} // namespace engine
