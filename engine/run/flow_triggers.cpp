// Flows that listen to the end of others: the trigger `Flow`, its conditions and preconditions.
#include "engine/expr/failure.h"
#include "engine/expr/regex.h"
#include "engine/run/engine_impl.h"
#include "engine/run/listening_times.h"
#include "engine/run/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace engine {

using flow::Object;
using flow::Value;

namespace {

bool contains(const Value *list, std::string_view text)
{
    return list && std::any_of(list->list().begin(), list->list().end(), [&](const Value &one) { return textOf(&one) == text; });
}

bool hasLabels(const Value &labels, const Value *wanted)
{
    if (!wanted)
        return true;
    for (const auto &[key, value] : wanted->map())
        if (textOf(labels.find(key)) != textOf(&value))
            return false;
    for (const Value &item : wanted->list())
        if (textOf(labels.find(textOf(item.find("key")))) != textOf(item.find("value")))
            return false;
    return true;
}

/// False also for a pattern that can't be read.
bool matches(const std::string &text, const std::string &pattern)
{
    try {
        return expr::regex::compile(pattern)->matches(text);
    } catch (const expr::Failure &) {
        return false;
    }
}

bool listensTo(const Value &trigger, State state)
{
    const Value *states = trigger.find("states");
    if (!states || !states->isList())
        return isEnd(state) || state == State::Paused;
    return contains(states, nameOf(state));
}

} // namespace

bool Engine::Impl::conditionHolds(const Value &condition, const Heard &heard)
{
    const JobPtr &ended = heard.job;
    const flow::TaskType *known = services.catalog->find(textOf(condition.find("type")));
    const std::string type = known ? known->name : textOf(condition.find("type"));
    const std::string kind = type.substr(type.rfind('.') + 1);
    const ExecutionRecord &record = *ended->record;
    RunScope scope(ended, kNoRun, options);
    scope.set("flow", heard.flow);
    scope.set("vars", heard.variables);
    if (kind == "ExecutionOutputs")
        scope.set("trigger", ended->opened(heard.trigger));
    RunHost host(ended, services);
    expr::Environment environment;
    environment.host = &host;
    environment.cache = &m_cache;
    const auto rendered = [&](const char *name) {
        const Value *written = condition.find(name);
        if (!written)
            return std::string();
        const auto value = expr::renderDeep(*written, scope, environment);
        return value ? textOf(&*value) : std::string();
    };
    const Value *inner = condition.find("conditions");
    const State state = heard.state;
    if (kind == "ExecutionFlow" || kind == "FlowCondition")
        return rendered("namespace") == record.namespaceId && rendered("flowId") == record.flowId;
    if (kind == "ExecutionNamespace" || kind == "FlowNamespaceCondition") {
        const std::string name = rendered("namespace");
        const std::string comparison = rendered("comparison");
        if (comparison == "PREFIX" || rendered("prefix") == "true")
            return record.namespaceId.starts_with(name);
        if (comparison == "SUFFIX")
            return record.namespaceId.ends_with(name);
        return record.namespaceId == name;
    }
    if (kind == "ExecutionStatus") {
        const Value *in = condition.find("in");
        const Value *notIn = condition.find("notIn");
        return (!in || contains(in, nameOf(state))) && (!notIn || !contains(notIn, nameOf(state)));
    }
    if (kind == "ExecutionLabels")
        return hasLabels(ended->labels, condition.find("labels"));
    if (kind == "ExecutionOutputs" || kind == "Expression")
        return truthy(rendered("expression"));
    if (kind == "Not")
        return inner && std::none_of(inner->list().begin(), inner->list().end(),
                                     [&](const Value &one) { return conditionHolds(one, heard); });
    if (kind == "Or")
        return inner && std::any_of(inner->list().begin(), inner->list().end(),
                                    [&](const Value &one) { return conditionHolds(one, heard); });
    if (kind == "HasRetryAttempt") {
        const Value *in = condition.find("in");
        const Value *notIn = condition.find("notIn");
        for (const Plan::Run &run : ended->plan.runs())
            for (const Attempt &attempt : run.attempts)
                if ((!in || contains(in, nameOf(attempt.state))) && (!notIn || !contains(notIn, nameOf(attempt.state))))
                    return run.attempts.size() > 1;
        return false;
    }
    return dateCondition(kind, rendered).value_or(false);
}

/// True once every flow of the preconditions (or condition of a MultipleCondition) has been seen.
bool Engine::Impl::preconditionsMet(const std::string &listener, const Value &preconditions, const Heard &heard)
{
    const JobPtr &ended = heard.job;
    std::vector<std::pair<std::string, std::function<bool()>>> wanted;
    const ExecutionRecord &record = *ended->record;
    if (const Value *flows = preconditions.find("flows"))
        for (std::size_t i = 0; i < flows->list().size(); ++i) {
            const Value &flow = flows->list()[i];
            wanted.emplace_back(fmt::format("flow_{}", i), [&flow, &record, &heard] {
                const std::string id = textOf(flow.find("flowId"));
                const Value *states = flow.find("states");
                return textOf(flow.find("namespace")) == record.namespaceId && (id.empty() || id == record.flowId) &&
                       (!states || contains(states, nameOf(heard.state))) && hasLabels(heard.job->labels, flow.find("labels"));
            });
        }
    if (const Value *filters = preconditions.find("where"))
        for (const Value &filter : filters->list())
            wanted.emplace_back("where_" + textOf(filter.find("id")), [this, &filter, &heard] { return filterHolds(filter, heard); });
    if (const Value *conditions = preconditions.find("conditions"))
        for (const auto &[key, condition] : conditions->map())
            wanted.emplace_back(key, [this, &one = condition, &heard] { return conditionHolds(one, heard); });
    auto &met = m_preconditions[listener];
    const Value *window = preconditions.find("timeWindow");
    const auto earliest = std::min_element(met.begin(), met.end(), [](const auto &a, const auto &b) { return a.second.at < b.second.at; });
    const expr::TimeZone zone = expr::TimeZone::find(options.timeZone).value_or(expr::TimeZone());
    const Value &times = window ? *window : preconditions;
    if (earliest != met.end() && !inOneWindow(times, earliest->second.at, now(), zone))
        met.clear();
    if (met.empty() && !inOneWindow(times, now(), now(), zone))
        return false;
    bool any = false;
    for (const auto &[key, holds] : wanted)
        if (holds()) {
            met[key] = {listener, key, record.id, now()};
            any = true;
            const std::lock_guard lock(ended->mutex);
            ended->change.conditions.push_back(met[key]);
        }
    if (!any || met.size() < wanted.size())
        return false;
    if (textOf(preconditions.find("resetOnSuccess")) != "false") {
        met.clear();
        const std::lock_guard lock(ended->mutex);
        ended->change.conditions.push_back({listener, {}, {}, {}});
    }
    return true;
}

bool Engine::Impl::filterHolds(const Value &filter, const Heard &heard)
{
    const bool any = textOf(filter.find("operand")) == "OR";
    const Value *filters = filter.find("filters");
    if (!filters)
        return true;
    for (const Value &one : filters->list()) {
        const std::string field = textOf(one.find("field"));
        const std::string type = textOf(one.find("type"));
        const std::string value = textOf(one.find("value"));
        std::string have = field == "FLOW_ID"     ? heard.job->record->flowId
                           : field == "NAMESPACE" ? heard.job->record->namespaceId
                           : field == "STATE"     ? std::string(nameOf(heard.state))
                                                  : std::string();
        std::string wanted = value;
        if (field == "EXPRESSION") {
            Object condition;
            condition.set("type", "io.kestra.plugin.core.condition.Expression");
            condition.set("expression", value);
            have = conditionHolds(Value(std::move(condition)), heard) ? "true" : "false";
            wanted = "true";
        }
        const bool holds = type == "EQUAL_TO"       ? have == wanted
                           : type == "NOT_EQUAL_TO" ? have != wanted
                           : type == "IN"           ? contains(one.find("values"), have)
                           : type == "NOT_IN"       ? !contains(one.find("values"), have)
                           : type == "IS_TRUE"      ? have == "true"
                           : type == "IS_FALSE"     ? have == "false"
                           : type == "IS_NULL"      ? have.empty()
                           : type == "IS_NOT_NULL"  ? !have.empty()
                           : type == "STARTS_WITH"  ? have.starts_with(wanted)
                           : type == "ENDS_WITH"    ? have.ends_with(wanted)
                           : type == "CONTAINS"     ? have.find(wanted) != std::string::npos
                           : type == "REGEX"        ? matches(have, wanted)
                                                    : false;
        if (holds && any)
            return true;
        if (!holds && !any)
            return false;
    }
    return !any;
}

/// Tells flows that listen of the states an execution came to on its way; of its end `afterEnd` does.
void Engine::Impl::announceStates(const JobPtr &job)
{
    while (job->announced < job->plan.history().size()) {
        const std::size_t at = job->announced++;
        const State state = job->plan.history()[at].state;
        const State before = at > 0 ? job->plan.history()[at - 1].state : State::Created;
        if (state == State::Paused || (state == State::Running && (before == State::Created || before == State::Queued)))
            fireTriggers(job, state);
    }
}

void Engine::Impl::fireTriggers(const JobPtr &job, State state)
{
    if (!options.flowTriggers || !services.flows)
        return;
    const ExecutionRecord &record = *job->record;
    for (const FlowText &listener : services.flows->all()) {
        if (listener.text->find(".Flow") == std::string::npos) // most flows listen to nothing: not worth reading
            continue;
        const auto compiled = compile(listener.text);
        const Program &program = *compiled->program;
        const Value *triggers = program.property("triggers");
        if (!compiled->errors.empty() || program.disabled || !triggers || !triggers->isList())
            continue;
        if (program.id == record.flowId && program.namespaceId == record.namespaceId)
            continue;
        for (const Value &trigger : triggers->list()) {
            const flow::TaskType *known = services.catalog->find(textOf(trigger.find("type")));
            if (!known || known->name != "io.kestra.plugin.core.trigger.Flow" || textOf(trigger.find("disabled")) == "true")
                continue;
            if (!listensTo(trigger, state))
                continue;
            Object variables;
            variables.set("executionId", record.id);
            variables.set("executionLabels", nested(job->labels));
            variables.set("state", nameOf(state));
            variables.set("namespace", record.namespaceId);
            variables.set("flowId", record.flowId);
            variables.set("flowRevision", record.revision);
            if (job->outputs.isMap())
                variables.set("outputs", job->outputs);
            const Value *own = program.property("variables");
            const Object flow{{"id", program.id}, {"namespace", program.namespaceId}, {"revision", listener.revision}, {"tenantId", "main"}};
            const Heard heard{job, state, Value(std::move(variables)), Value(flow), own ? *own : Value(Object())};
            const std::string key = fmt::format("{}/{}/{}", program.namespaceId, program.id, textOf(trigger.find("id")));
            bool holds = true;
            if (const Value *conditions = trigger.find("conditions"))
                for (const Value &condition : conditions->list()) {
                    const flow::TaskType *type = services.catalog->find(textOf(condition.find("type")));
                    if (type && type->name.ends_with(".MultipleCondition"))
                        holds = holds && preconditionsMet(key + "/" + textOf(condition.find("id")), condition, heard);
                    else
                        holds = holds && conditionHolds(condition, heard);
                }
            if (const Value *preconditions = trigger.find("preconditions"); holds && preconditions)
                holds = preconditionsMet(key, *preconditions, heard);
            if (holds)
                fire(heard, trigger, listener, compiled);
        }
    }
}

void Engine::Impl::fire(const Heard &heard, const Value &trigger, const FlowText &listener,
                        const std::shared_ptr<const CompiledFlow> &compiled)
{
    const JobPtr &ended = heard.job;
    Birth birth;
    birth.compiled = compiled;
    birth.flowPath = listener.path;
    birth.revision = listener.revision;
    birth.inputsChecked = false;
    RunScope scope(ended, kNoRun, options);
    scope.set("flow", heard.flow);
    scope.set("vars", heard.variables);
    RunHost host(ended, services);
    expr::Environment environment;
    environment.host = &host;
    environment.cache = &m_cache;
    if (const Value *labels = trigger.find("labels")) {
        Object pairs;
        for (const auto &[key, value] : labels->map())
            pairs.set(key, value);
        for (const Value &item : labels->list())
            pairs.set(textOf(item.find("key")), item.find("value") ? *item.find("value") : Value());
        for (const auto &[key, value] : pairs) {
            const auto rendered = expr::renderDeep(value, scope, environment);
            if (rendered)
                birth.labels.set(key, textOf(&*rendered));
            else
                logRun(ended, kNoRun, Level::Warn, fmt::format("Failed to render label '{}', it will be omitted", key));
        }
    }
    scope.set("trigger", ended->opened(heard.trigger));
    if (const Value *inputs = trigger.find("inputs"); inputs && inputs->isMap()) {
        const auto rendered = expr::renderDeep(*inputs, scope, environment);
        if (!rendered) {
            logRun(ended, kNoRun, Level::Error,
                   fmt::format("Flow {}.{} is not started by its trigger {}: {}", compiled->program->namespaceId,
                               compiled->program->id, textOf(trigger.find("id")), messageOf(rendered.error())));
            return;
        }
        birth.inputs = rendered->map();
    }
    Object made;
    made.set("id", textOf(trigger.find("id")));
    made.set("type", "io.kestra.plugin.core.trigger.Flow");
    made.set("variables", heard.trigger);
    birth.trigger = Value(std::move(made));
    birth.parentId = {};
    std::optional<State> end;
    if (const Result<JobPtr> child = prepare(birth, &end))
        launch(*child, end);
}

} // namespace engine
