#include "engine/run/live.h"

namespace engine {

using flow::Object;
using flow::Value;

namespace {

/// The values of the loops around a run and its own, outermost first.
std::vector<const std::string *> valuesOf(const Plan &plan, RunIndex run)
{
    std::vector<const std::string *> values;
    for (; run != kNoRun; run = plan.runs()[run].parent)
        if (plan.runs()[run].hasValue)
            values.insert(values.begin(), &plan.runs()[run].value);
    return values;
}

/// Maps by value whose leaves are what runs gave, built without copying the maps on the way.
struct ValueTree
{
    Value leaf;
    std::vector<std::pair<std::string, std::unique_ptr<ValueTree>>> members;
    std::map<std::string, ValueTree *, std::less<>> index;

    ValueTree &at(const std::string &key)
    {
        const auto found = index.find(key);
        if (found != index.end())
            return *found->second;
        members.emplace_back(key, std::make_unique<ValueTree>());
        ValueTree *made = members.back().second.get();
        index.emplace(key, made);
        return *made;
    }
    Value value() const
    {
        if (members.empty())
            return leaf;
        Object object;
        if (leaf.isMap())
            object = leaf.map();
        for (const auto &[key, member] : members)
            object.set(key, member->value());
        return Value(std::move(object));
    }
};

} // namespace

void RunTable::touch(const Plan &plan, RunIndex run)
{
    if (m_seen.size() <= run)
        m_seen.resize(plan.runs().size());
    Column &column = m_columns[plan.runs()[run].task];
    if (!m_seen[run].known) {
        m_seen[run].known = true;
        column.runs.push_back(run);
    }
    if (isEnd(plan.runs()[run].state) && m_seen[run].ended == 0) {
        m_seen[run].ended = ++m_moment;
        column.changed = m_moment;
    } else if (!isEnd(plan.runs()[run].state)) {
        m_seen[run].ended = 0;
    }
    column.dirtyOutputs = column.dirtyStates = true;
    m_dirtyOutputs = m_dirtyStates = true;
}

void RunTable::forget(const Plan &plan, RunIndex run)
{
    Column &column = m_columns[plan.runs()[run].task];
    std::erase(column.runs, run);
    column.dirtyOutputs = column.dirtyStates = true;
    m_dirtyOutputs = m_dirtyStates = true;
}

Value RunTable::build(const Plan &plan, const Column &column, bool outputs, std::uint64_t asOf) const
{
    ValueTree root;
    bool any = false;
    for (const RunIndex run : column.runs) {
        const Plan::Run &from = plan.runs()[run];
        Value leaf;
        if (m_seen[run].ended > asOf)
            continue;
        if (outputs) {
            if (from.outputs.isMap())
                leaf = from.outputs;
            else if (from.state == State::Skipped || from.state == State::Created || from.state == State::Submitted ||
                     from.state == State::Running)
                continue;
            else
                leaf = Value(Object());
        } else {
            Object state;
            state.set("state", nameOf(from.state));
            leaf = Value(std::move(state));
        }
        any = true;
        ValueTree *branch = &root;
        for (const std::string *value : valuesOf(plan, run))
            branch = &branch->at(*value);
        branch->leaf = std::move(leaf);
    }
    return any ? root.value() : Value();
}

Value RunTable::outputs(const Plan &plan, std::uint64_t asOf)
{
    if (!m_dirtyOutputs && asOf >= m_moment)
        return m_outputs;
    Object all;
    bool whole = true;
    for (auto &[task, column] : m_columns) {
        if (column.changed > asOf) {
            whole = false;
            if (Value part = build(plan, column, true, asOf); !part.isNull())
                all.set(plan.program().tasks[task].id, std::move(part));
            continue;
        }
        if (column.dirtyOutputs) {
            column.outputs = build(plan, column, true, asOf);
            column.dirtyOutputs = false;
        }
        if (!column.outputs.isNull())
            all.set(plan.program().tasks[task].id, column.outputs);
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
        if (column.dirtyStates) {
            column.states = build(plan, column, false, std::numeric_limits<std::uint64_t>::max());
            column.dirtyStates = false;
        }
        if (!column.states.isNull())
            all.set(plan.program().tasks[task].id, column.states);
    }
    m_dirtyStates = false;
    return m_states = Value(std::move(all));
}

void SecretValues::add(std::string value)
{
    if (value.empty())
        return;
    const std::lock_guard lock(m_mutex);
    m_values.insert(std::move(value));
}

std::string SecretValues::mask(std::string_view text) const
{
    std::string result(text);
    const std::lock_guard lock(m_mutex);
    for (const std::string &value : m_values)
        for (std::size_t at = 0; (at = result.find(value, at)) != std::string::npos; at += 6)
            result.replace(at, value.size(), "******");
    return result;
}

Execution Live::snapshot() const
{
    const std::lock_guard lock(mutex);
    Execution execution;
    static_cast<ExecutionRecord &>(execution) = *record;
    execution.state = plan.state();
    execution.history = plan.history();
    execution.labels = labels;
    execution.variables = variables;
    execution.outputs = outputs;
    execution.reason = reason;
    execution.taskRuns.reserve(plan.runs().size());
    for (RunIndex i = 0; i < plan.runs().size(); ++i) {
        const Plan::Run &from = plan.runs()[i];
        TaskRun &run = execution.taskRuns.emplace_back();
        run.index = i;
        run.id = taskRunId(record->id, i);
        run.taskId = plan.node(i).id;
        run.parent = from.parent;
        if (from.hasValue)
            run.value = from.value;
        if (from.iteration >= 0)
            run.iteration = from.iteration;
        run.state = from.state;
        run.history = from.history;
        run.attempts = from.attempts;
        run.outputs = from.outputs;
        run.reason = from.reason;
        run.removed = from.removed;
    }
    return execution;
}

} // namespace engine
