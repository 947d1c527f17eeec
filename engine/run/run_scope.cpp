#include "engine/run/run_scope.h"

#include "engine/expr/java_values.h"
#include "engine/expr/renderer.h"
#include "engine/run/duration.h"
#include "engine/run/inputs.h"

#include <functional>

namespace engine {

using flow::Object;
using flow::Value;

namespace {

Value instant(Time time)
{
    return flow::instantValue(std::chrono::time_point_cast<std::chrono::nanoseconds>(time));
}

/// The run whose place in the loops a task sees: tasks of a WorkingDirectory stand where it stands.
RunIndex shownAs(const Plan &plan, RunIndex run)
{
    return plan.node(run).inWorkingDirectory ? plan.runs()[run].parent : run;
}

Value parentOf(Live &live, const Plan::Run &run, bool numbered)
{
    Object parent;
    if (run.hasValue) {
        Object taskrun;
        taskrun.set("value", run.value);
        if (numbered && run.iteration >= 0)
            taskrun.set("iteration", run.iteration);
        parent.set("taskrun", Value(std::move(taskrun)));
    }
    if (run.outputs.isMap() && !run.outputs.map().empty())
        parent.set("outputs", live.opened(run.outputs));
    return Value(std::move(parent));
}

void nest(Object &into, std::string_view key, const Value &value)
{
    const std::size_t dot = key.find('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == key.size()) {
        into.set(std::string(key), value);
        return;
    }
    const std::string head(key.substr(0, dot));
    const Value *old = into.find(head);
    Object inner = old && old->isMap() ? old->map() : Object();
    nest(inner, key.substr(dot + 1), value);
    into.set(head, Value(std::move(inner)));
}

/// A task sees itself as it was when it was submitted.
Value withOwnState(const Value &states, const Plan &plan, RunIndex run)
{
    if (run == kNoRun)
        return states;
    std::vector<std::string> path{plan.node(run).id};
    for (RunIndex i = run; i != kNoRun; i = plan.runs()[i].parent)
        if (plan.runs()[i].hasValue)
            path.insert(path.begin() + 1, plan.runs()[i].value);
    const std::function<Value(const Value &, std::size_t)> put = [&](const Value &at, std::size_t depth) {
        Object object = at.map();
        if (depth == path.size()) {
            object.set("state", "CREATED");
            return Value(std::move(object));
        }
        const Value *inner = object.find(path[depth]);
        Value changed = put(inner ? *inner : Value(Object()), depth + 1);
        object.set(path[depth], std::move(changed));
        return Value(std::move(object));
    };
    return put(states, 0);
}

/// Inputs that were skipped are seen with their defaults.
Value withDefaults(const Value &inputs, const Program &program, const Value &variables)
{
    const Value *definitions = program.property("inputs");
    if (!definitions || !definitions->isList())
        return inputs;
    Object all = inputs.map();
    for (const Value &definition : definitions->list()) {
        const Value *id = definition.find("id");
        const Value *written = definition.find("defaults");
        const Value *type = definition.find("type");
        if (!id || !type || !written || written->isNull() || all.find(id->text()))
            continue;
        const Object seen{{"inputs", nested(Value(all))}, {"vars", variables}};
        const auto rendered = expr::renderDeep(*written, expr::ObjectScope(seen), {}, true);
        if (!rendered)
            continue;
        try {
            const Value *itemType = definition.find("itemType");
            all.set(id->text(), storedValue(typedValue(type->text(), itemType ? itemType->text() : std::string(), *rendered)));
        } catch (const RenderError &) {
            continue; // it would not have been accepted either
        }
    }
    return Value(std::move(all));
}

constexpr std::string_view kNames[] = {"flow",   "execution", "task", "taskrun", "parent", "parents", "inputs",
                                       "outputs", "tasks",    "trigger", "labels", "vars", "envs", "globals", "kestra"};

} // namespace

Value nested(const Value &flat)
{
    if (!flat.isMap())
        return flat;
    bool dotted = false;
    for (const auto &[key, value] : flat.map())
        dotted = dotted || key.find('.') != std::string::npos;
    if (!dotted)
        return flat;
    Object result;
    for (const auto &[key, value] : flat.map())
        nest(result, key, value);
    return Value(std::move(result));
}

RunScope::RunScope(const std::shared_ptr<Live> &live, RunIndex run, const EngineOptions &options)
    : m_live(live), m_run(run), m_options(options)
{
}

const Value *RunScope::find(std::string_view name) const
{
    auto known = m_known.find(name);
    if (known == m_known.end())
        known = m_known.emplace(std::string(name), look(name)).first;
    return known->second.exists ? &known->second.value : nullptr;
}

std::optional<expr::Scope::Below> RunScope::findBelow(std::string_view name, std::span<const Value> keys) const
{
    if (name != "outputs" || m_known.contains(name))
        return std::nullopt;
    const std::lock_guard lock(m_live->mutex);
    const auto below = m_live->table.outputsBelow(m_live->plan, m_moment, keys);
    return below ? std::optional(Below{below->value, below->found}) : std::nullopt;
}

std::vector<std::string> RunScope::names() const
{
    std::vector<std::string> names;
    for (const std::string_view name : kNames)
        if (find(name))
            names.emplace_back(name);
    for (const auto &[name, known] : m_known)
        if (known.exists && std::find(names.begin(), names.end(), name) == names.end())
            names.push_back(name);
    return names;
}

RunScope::Known RunScope::look(std::string_view name) const
{
    const std::lock_guard lock(m_live->mutex);
    const Plan &plan = m_live->plan;
    const ExecutionRecord &record = *m_live->record;
    const bool inRun = m_run != kNoRun;
    if (name == "flow") {
        Object flow;
        flow.set("id", record.flowId);
        flow.set("namespace", record.namespaceId);
        flow.set("revision", record.revision);
        flow.set("tenantId", "main");
        return {true, Value(std::move(flow))};
    }
    if (name == "execution") {
        Object execution;
        execution.set("id", record.id);
        execution.set("startDate", instant(record.created));
        execution.set("state", nameOf(plan.state()));
        execution.set("originalId", record.originalId);
        if (m_live->outputs.isMap())
            execution.set("outputs", m_live->opened(m_live->outputs));
        return {true, Value(std::move(execution))};
    }
    if (name == "task" && inRun) {
        Object task;
        task.set("id", plan.node(m_run).id);
        const Value *type = plan.node(m_run).properties.find("type");
        task.set("type", type ? *type : Value(plan.node(m_run).type));
        return {true, Value(std::move(task))};
    }
    if (name == "taskrun" && inRun) {
        const Plan::Run &run = plan.runs()[m_run];
        Object taskrun;
        taskrun.set("id", taskRunId(record.id, m_run));
        taskrun.set("startDate", instant(run.history.front().at));
        std::int32_t finished = 0;
        for (const Attempt &attempt : run.attempts)
            finished += isEnd(attempt.state) ? 1 : 0;
        taskrun.set("attemptsCount", finished);
        if (run.parent != kNoRun)
            taskrun.set("parentId", taskRunId(record.id, run.parent));
        if (const Plan::Run &own = plan.runs()[shownAs(plan, m_run)]; own.hasValue)
            taskrun.set("value", own.value);
        if (run.iteration >= 0)
            taskrun.set("iteration", run.iteration);
        return {true, Value(std::move(taskrun))};
    }
    if ((name == "parent" || name == "parents") && inRun) {
        Value::List parents;
        const bool numbered = shownAs(plan, m_run) == m_run;
        for (RunIndex i = plan.runs()[shownAs(plan, m_run)].parent; i != kNoRun; i = plan.runs()[i].parent)
            if (Value parent = parentOf(*m_live, plan.runs()[i], numbered); !parent.map().empty())
                parents.push_back(std::move(parent));
        if (name == "parents")
            return {true, Value(std::move(parents))};
        if (parents.empty())
            return {};
        return {true, parents.front()};
    }
    if (name == "inputs") {
        const Value all = withDefaults(record.inputs, plan.program(), m_live->variables);
        if (all.map().empty())
            return {};
        return {true, m_live->opened(nested(all))};
    }
    if (name == "outputs")
        return {true, m_live->table.outputs(plan, m_moment)};
    if (name == "tasks")
        return {true, withOwnState(m_live->table.states(plan), plan, m_run)};
    if (name == "trigger" || name == "schedule") {
        const Value *variables = record.trigger.find("variables");
        if (!variables || !variables->isMap())
            return {};
        if (name == "schedule") {
            const Value *type = record.trigger.find("type");
            if (!type || type->text().find("Schedule") == std::string::npos)
                return {};
        }
        return {true, m_live->opened(*variables)};
    }
    if (name == "labels") {
        return {true, nested(m_live->labels.isMap() ? m_live->labels : Value(Object()))};
    }
    if (name == "vars") {
        const Value *own = plan.program().property("variables"); // a HashMap made for the flow's own
        const std::size_t room = own ? static_cast<std::size_t>(static_cast<double>(own->size()) / 0.75 + 1) : 0;
        return {true, expr::java::toHashMap(m_live->variables.map(), room)};
    }
    if (name == "envs") {
        Object envs;
        for (const auto &[key, value] : m_options.environment)
            envs.set(key, value);
        return {true, Value(std::move(envs))};
    }
    if (name == "globals")
        return {true, m_options.globals.isMap() ? m_options.globals : Value(Object())};
    if (name == "kestra") {
        Object kestra;
        if (!m_options.url.empty())
            kestra.set("url", m_options.url);
        if (!m_options.environmentName.empty()) {
            Object environment;
            environment.set("name", m_options.environmentName);
            kestra.set("environment", Value(std::move(environment)));
        }
        return {true, Value(std::move(kestra))};
    }
    return {};
}

} // namespace engine
