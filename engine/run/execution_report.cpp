#include "engine/run/execution_report.h"

#include "engine/run/duration.h"

#include <algorithm>

namespace engine {

using flow::Object;
using flow::Value;

namespace {

Value history(const std::vector<StateAt> &states, const ReportOptions &options)
{
    Value::List names;
    for (const StateAt &state : states)
        if (options.submitted || state.state != State::Submitted)
            names.emplace_back(nameOf(state.state));
    return Value(std::move(names));
}

Value timed(const std::vector<StateAt> &states)
{
    Value::List list;
    for (const StateAt &state : states) {
        Object one;
        one.set("state", nameOf(state.state));
        one.set("date", formatInstant(state.at));
        list.push_back(Value(std::move(one)));
    }
    return Value(std::move(list));
}

/// Null members are gone in what is shown, as in what the real engine stores.
Value withoutNulls(const Value &value)
{
    if (value.isList()) {
        Value::List items;
        for (const Value &item : value.list())
            items.push_back(withoutNulls(item));
        return Value(std::move(items));
    }
    if (!value.isMap())
        return value;
    Object members;
    for (const auto &[key, member] : value.map())
        if (!member.isNull())
            members.set(key, withoutNulls(member));
    return Value(std::move(members));
}

Value nestedInputs(const Value &inputs)
{
    Object result;
    const std::function<void(Object &, std::string_view, const Value &)> put = [&](Object &into, std::string_view key, const Value &value) {
        const std::size_t dot = key.find('.');
        if (dot == std::string_view::npos) {
            into.set(std::string(key), value);
            return;
        }
        const Value *old = into.find(key.substr(0, dot));
        Object inner = old && old->isMap() ? old->map() : Object();
        put(inner, key.substr(dot + 1), value);
        into.set(std::string(key.substr(0, dot)), Value(std::move(inner)));
    };
    for (const auto &[key, value] : inputs.map())
        put(result, key, value);
    return Value(std::move(result));
}

void setUnlessEmpty(Object &into, const char *key, const Value &value)
{
    const Value clean = withoutNulls(value);
    if (clean.isMap() && !clean.map().empty())
        into.set(key, clean);
}

} // namespace

std::string_view nameOf(Level level)
{
    static constexpr std::string_view kNames[] = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR"};
    return kNames[static_cast<int>(level)];
}

std::vector<RunIndex> treeOrder(const Execution &execution)
{
    std::vector<std::vector<RunIndex>> children(execution.taskRuns.size());
    std::vector<RunIndex> top;
    for (const TaskRun &run : execution.taskRuns) {
        if (run.removed || run.id.empty())
            continue;
        if (run.parent == kNoRun)
            top.push_back(run.index);
        else
            children[run.parent].push_back(run.index);
    }
    for (std::vector<RunIndex> &siblings : children)
        std::stable_sort(siblings.begin(), siblings.end(), [&](RunIndex a, RunIndex b) {
            return execution.taskRuns[a].iteration.value_or(-1) < execution.taskRuns[b].iteration.value_or(-1);
        });
    std::vector<RunIndex> order;
    std::vector<RunIndex> stack(top.rbegin(), top.rend());
    while (!stack.empty()) {
        const RunIndex run = stack.back();
        stack.pop_back();
        order.push_back(run);
        stack.insert(stack.end(), children[run].rbegin(), children[run].rend());
    }
    return order;
}

Value report(const Execution &execution, const std::vector<LogEntry> &logs, const ReportOptions &options)
{
    Object result;
    if (options.places) {
        result.set("id", execution.id);
        result.set("originalId", execution.originalId);
        if (!execution.parentId.empty())
            result.set("parentId", execution.parentId);
    }
    result.set("flowId", execution.flowId);
    result.set("namespace", execution.namespaceId);
    result.set("state", nameOf(execution.state));
    result.set("stateHistory", history(execution.history, options));
    if (options.places) {
        result.set("startDate", formatInstant(execution.created));
        if (isEnd(execution.state))
            result.set("endDate", formatInstant(execution.history.back().at));
        result.set("states", timed(execution.history));
        if (!execution.reason.empty())
            result.set("reason", execution.reason);
    }
    if (execution.trigger.isMap()) {
        Object trigger;
        for (const char *key : {"type", "id"})
            if (const Value *value = execution.trigger.find(key))
                trigger.set(key, *value);
        if (options.places)
            if (const Value *variables = execution.trigger.find("variables"))
                trigger.set("variables", *variables);
        result.set("trigger", Value(std::move(trigger)));
    }
    setUnlessEmpty(result, "inputs", nestedInputs(execution.inputs));
    setUnlessEmpty(result, "outputs", execution.outputs);
    result.set("labels", execution.labels.isMap() ? execution.labels : Value(Object()));
    setUnlessEmpty(result, "variables", execution.variables);
    const std::vector<RunIndex> order = treeOrder(execution);
    std::vector<std::int64_t> positions(execution.taskRuns.size(), -1);
    for (std::size_t i = 0; i < order.size(); ++i)
        positions[order[i]] = static_cast<std::int64_t>(i);
    Value::List runs;
    for (const RunIndex index : order) {
        const TaskRun &run = execution.taskRuns[index];
        Object one;
        if (options.places)
            one.set("id", run.id);
        one.set("taskId", run.taskId);
        if (run.value)
            one.set("value", *run.value);
        if (run.iteration)
            one.set("iteration", *run.iteration);
        if (run.parent != kNoRun) {
            one.set("parent", static_cast<std::int32_t>(positions[run.parent]));
            one.set("parentTaskId", execution.taskRuns[run.parent].taskId);
        }
        one.set("state", nameOf(run.state));
        one.set("stateHistory", history(run.history, options));
        Value::List attempts;
        for (const Attempt &attempt : run.attempts)
            attempts.emplace_back(nameOf(attempt.state));
        if (!attempts.empty())
            one.set("attempts", Value(std::move(attempts)));
        setUnlessEmpty(one, "outputs", run.outputs);
        if (options.places) {
            one.set("states", timed(run.history));
            if (!run.reason.empty())
                one.set("reason", run.reason);
        }
        runs.push_back(Value(std::move(one)));
    }
    result.set("taskRuns", Value(std::move(runs)));
    std::vector<const LogEntry *> lines;
    for (const LogEntry &entry : logs)
        lines.push_back(&entry);
    const auto place = [&](const LogEntry &entry) { return entry.run == kNoRun || entry.run >= positions.size() ? -1 : positions[entry.run]; };
    // Lines of the execution first, those of rounds that are gone last.
    const auto rank = [&](const LogEntry &entry) {
        return entry.run != kNoRun && place(entry) < 0 ? std::numeric_limits<std::int64_t>::max() : place(entry);
    };
    if (!options.places)
        std::stable_sort(lines.begin(), lines.end(), [&](const LogEntry *a, const LogEntry *b) { return rank(*a) < rank(*b); });
    Value::List written;
    for (const LogEntry *entry : lines) {
        Object line;
        if (options.places)
            line.set("date", formatInstant(entry->at));
        line.set("level", nameOf(entry->level));
        if (entry->run != kNoRun && entry->run < execution.taskRuns.size()) {
            line.set("taskId", execution.taskRuns[entry->run].taskId);
            if (place(*entry) >= 0)
                line.set("taskRun", static_cast<std::int32_t>(place(*entry)));
            if (options.places || entry->attempt != 0)
                line.set("attempt", entry->attempt);
        }
        line.set("message", entry->message);
        if (entry->engine)
            line.set("engine", true);
        written.push_back(Value(std::move(line)));
    }
    result.set("logs", Value(std::move(written)));
    return Value(std::move(result));
}

} // namespace engine
