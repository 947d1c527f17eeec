// Executions that a task starts and waits for: Subflow and ForEachItem.
#include "engine/flow/tree.h"
#include "engine/run/engine_impl.h"
#include "engine/run/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace engine {

using flow::Object;
using flow::Value;

namespace {

bool flag(AttemptContext &context, const char *name, bool otherwise)
{
    const Value *written = context.properties().find(name);
    if (!written || written->isNull())
        return otherwise;
    const Value rendered = context.render(*written);
    return textOf(&rendered) == "true";
}

Object renderedLabels(AttemptContext &context)
{
    Object labels;
    const Value *written = context.properties().find("labels");
    if (!written)
        return labels;
    const Value rendered = context.render(*written);
    for (const auto &[key, value] : rendered.map())
        labels.set(key, textOf(&value));
    for (const Value &item : rendered.list())
        if (const std::string key = textOf(item.find("key")); !key.empty())
            labels.set(key, textOf(item.find("value")));
    return labels;
}

/// What a waiting task becomes when its execution ended so.
State transmitted(State child)
{
    switch (child) {
    case State::Failed:
    case State::Retried:
        return State::Failed;
    case State::Warning:
    case State::Killed:
    case State::Cancelled:
        return child;
    default:
        return State::Success;
    }
}

} // namespace

void Engine::Impl::startChild(const JobPtr &job, RunIndex run)
{
    const TaskKind kind = job->plan.node(run).kind;
    const RunIndex around = job->plan.runs()[run].parent;
    const auto refuse = [&](RunIndex logged, const std::string &message, bool noErrors) {
        logRun(job, logged, Level::Error, message);
        tell(job, [&](Plan &plan) {
            Outcome outcome;
            outcome.state = State::Failed;
            outcome.beforeStart = true;
            outcome.retryable = false;
            outcome.noErrors = noErrors || kind == TaskKind::Subflow;
            plan.finished(run, std::move(outcome), now());
        });
    };
    try {
        if (kind == TaskKind::Subflow)
            startSubflow(job, run);
        else
            startItems(job, run);
    } catch (const ChildRefused &refused) {
        const RunIndex otherwise = kind == TaskKind::Subflow ? around : kNoRun;
        refuse(refused.onRun ? run : otherwise, refused.message, refused.noErrors);
    } catch (const RenderError &error) {
        refuse(around, error.message, false);
    }
    markDirty(job);
}

/// Makes and launches the execution a task asks for; `context` has what its inputs may name.
Engine::Impl::JobPtr Engine::Impl::startOne(const JobPtr &job, RunIndex run, AttemptContext &context, const Object &labels)
{
    const TaskNode &node = job->plan.node(run);
    const Value &properties = node.properties;
    const auto rendered = [&](const char *name) {
        const Value *written = properties.find(name);
        if (!written || written->isNull())
            return std::string();
        const Value value = context.render(*written);
        return textOf(&value);
    };
    const std::string namespaceId = rendered("namespace");
    const std::string flowId = rendered("flowId");
    const std::string revision = rendered("revision");
    std::optional<std::int32_t> wanted;
    if (!revision.empty())
        wanted = static_cast<std::int32_t>(std::strtol(revision.c_str(), nullptr, 10));
    const std::optional<FlowText> found = services.flows ? services.flows->find(namespaceId, flowId, wanted) : std::nullopt;
    if (!found)
        throw ChildRefused{fmt::format("Unable to find flow '{}'.'{}' with revision '{}'", namespaceId, flowId, wanted.value_or(0)), true, true};
    Birth birth;
    birth.compiled = compile(found->text);
    if (!birth.compiled->errors.empty())
        throw ChildRefused{fmt::format("Cannot execute an invalid flow: {}", fmt::join(birth.compiled->errors, "; ")), true, false};
    if (birth.compiled->program->disabled)
        throw ChildRefused{"Cannot execute a flow which is disabled", true, true};
    birth.flowPath = found->path;
    birth.revision = found->revision;
    birth.parentId = job->record->id;
    birth.parentRun = run;
    if (const Value *inputs = properties.find("inputs"); inputs && inputs->isMap())
        birth.inputs = context.render(*inputs).map();
    if (flag(context, "inheritLabels", false)) {
        Object own;
        addLabels(own, birth.compiled->program->property("labels"));
        for (const auto &[key, value] : job->labels.map())
            if (!own.contains(key))
                birth.labels.set(key, value);
    }
    if (const Value *correlation = job->labels.find("system.correlationId"))
        birth.labels.set("system.correlationId", *correlation);
    for (const auto &[key, value] : labels)
        birth.labels.set(key, value);
    Object variables;
    variables.set("executionId", job->record->id);
    variables.set("namespace", job->record->namespaceId);
    variables.set("flowId", job->record->flowId);
    variables.set("flowRevision", job->record->revision);
    Object trigger;
    trigger.set("id", node.id);
    trigger.set("type", node.kind == TaskKind::Subflow ? node.type : "io.kestra.plugin.core.flow.ForEachItem$ForEachItemExecutable");
    trigger.set("variables", Value(std::move(variables)));
    birth.trigger = Value(std::move(trigger));
    std::optional<State> end;
    const Result<JobPtr> child = prepare(birth, &end);
    if (!child) {
        const std::string message = child.error().args.empty() ? "The execution is refused" : child.error().args.front();
        throw ChildRefused{message, false, true};
    }
    launch(*child, end);
    logRun(job, run, Level::Info,
           fmt::format("Created new execution [[link execution=\"{}\" flowId=\"{}\" namespace=\"{}\"]]", (*child)->record->id,
                       (*child)->record->flowId, (*child)->record->namespaceId));
    return *child;
}

void Engine::Impl::startSubflow(const JobPtr &job, RunIndex run)
{
    const Plan::Run &state = job->plan.runs()[run];
    if (state.state == State::Running) { // after an interruption: its execution exists
        const std::string id = textOf(state.outputs.find("executionId"));
        if (find(id)) {
            job->children[run].running = {id};
            return;
        }
        if (const Result<Execution> child = services.store->read(id)) {
            finishSubflow(job, run, *child);
            return;
        }
    }
    const auto context = contextOf(job, run);
    const bool wait = flag(*context, "wait", true);
    const JobPtr child = startOne(job, run, *context, renderedLabels(*context));
    Object outputs;
    outputs.set("executionId", child->record->id);
    outputs.set("state", "CREATED");
    tell(job, [&](Plan &plan) { plan.started(run, Value(outputs), now()); });
    if (!wait) {
        tell(job, [&](Plan &plan) { plan.finished(run, {}, now()); });
        return;
    }
    job->children[run].running = {child->record->id};
}

void Engine::Impl::childEnded(const JobPtr &child)
{
    const JobPtr parent = find(child->record->parentId);
    if (!parent)
        return;
    const auto waiting = parent->children.find(child->record->parentRun);
    if (waiting == parent->children.end())
        return;
    if (parent->plan.node(waiting->first).kind == TaskKind::Subflow) {
        parent->children.erase(waiting);
        finishSubflow(parent, child->record->parentRun, child->snapshot());
    } else {
        Job::Children &children = waiting->second;
        std::erase(children.running, child->record->id);
        ++children.ended[child->plan.state()];
        --children.open;
        if (child->outputs.isMap()) {
            const auto index = static_cast<std::size_t>(children.order[child->record->id]);
            children.outputs[index] = child->outputs;
        }
        if (children.open == 0)
            finishItems(parent, child->record->parentRun);
    }
    markDirty(parent);
}

void Engine::Impl::finishSubflow(const JobPtr &parent, RunIndex run, const Execution &child)
{
    const auto context = contextOf(parent, run);
    Outcome outcome;
    Object outputs;
    outputs.set("executionId", child.id);
    outputs.set("state", nameOf(child.state));
    if (child.outputs.isMap() && !child.outputs.map().empty())
        outputs.set("outputs", child.outputs);
    const bool transmit = flag(*context, "transmitFailed", true);
    outcome.state = transmitted(child.state);
    bool faulty = false;
    const auto fault = [&](const std::string &why) {
        logRun(parent, run, Level::Error, fmt::format("Failed to extract outputs with the error: '{}'", why));
        outcome.state = State::Failed;
        faulty = true;
    };
    if (!outputs.contains("outputs") && child.state != State::Killed) {
        JobPtr live = find(child.id);
        if (!live) { // it ended before an interruption
            if (const Result<JobPtr> revived = revive(child)) {
                live = *revived;
                tell(live, [&](Plan &plan) { plan.restore(child, now()); });
            }
        }
        const Value *own = live ? live->plan.program().property("outputs") : nullptr; // they go before those of the task
        const Value *declared = context->properties().find("outputs");
        if (own && own->isList() && !own->list().empty()) {
            if (const auto why = faultOfOutputs(live))
                fault(*why);
        } else if (live && declared && declared->isMap()) {
            RunScope scope(live, kNoRun, options);
            RunHost host(live, services);
            expr::Environment environment;
            environment.host = &host;
            environment.cache = &m_cache;
            const auto picked = expr::renderDeep(*declared, scope, environment);
            if (picked)
                outputs.set("outputs", storedValue(*picked));
            else
                fault(messageOf(picked.error()));
        }
    }
    outcome.outputs = Value(std::move(outputs));
    const TaskNode &node = parent->plan.node(run);
    State end = outcome.state == State::Cancelled ? State::Success : outcome.state;
    if (!transmit && !faulty && (end == State::Failed || end == State::Warning)) {
        end = State::Success;
        outcome.retryable = false;
    }
    if (end == State::Failed && node.allowFailure)
        end = State::Warning;
    if (end == State::Warning && node.allowWarning)
        end = State::Success;
    if (end != outcome.state)
        outcome.then = end;
    if (!faulty && (end == State::Failed || end == State::Warning))
        logRun(parent, run, end == State::Failed ? Level::Error : Level::Warn,
               fmt::format("Subflow execution [[link execution=\"{}\" flowId=\"{}\" namespace=\"{}\"]] ends in {} state",
                           child.id, child.flowId, child.namespaceId, nameOf(end)));
    tell(parent, [&](Plan &plan) { plan.finished(run, std::move(outcome), now()); });
}

/// After an interruption: all its executions were stored in one turn, so all exist or none.
bool Engine::Impl::takeUpItems(const JobPtr &job, RunIndex run)
{
    ExecutionFilter filter;
    filter.parentId = job->record->id;
    filter.parentRun = run;
    filter.limit = std::numeric_limits<std::int32_t>::max();
    const auto found = services.store->list(filter);
    if (!found || found->empty())
        return false;
    const auto context = contextOf(job, run);
    Job::Children &children = job->children[run];
    children.transmitFailed = flag(*context, "transmitFailed", true);
    children.outputs.resize(found->size());
    for (std::size_t i = 0; i < found->size(); ++i) {
        const ExecutionSummary &child = (*found)[found->size() - 1 - i]; // oldest first
        children.order[child.id] = i;
        if (find(child.id)) {
            children.running.push_back(child.id);
            ++children.open;
            continue;
        }
        ++children.ended[child.state];
        if (const Result<Execution> ended = services.store->read(child.id); ended && ended->outputs.isMap())
            children.outputs[i] = ended->outputs;
    }
    if (children.open == 0)
        finishItems(job, run);
    return true;
}

void Engine::Impl::startItems(const JobPtr &job, RunIndex run)
{
    if (job->plan.runs()[run].state == State::Running && takeUpItems(job, run))
        return;
    const TaskNode &node = job->plan.node(run);
    const auto context = contextOf(job, run);
    const std::string splitId = node.id.substr(0, node.id.size() - std::string_view("_items").size()) + "_split";
    const Value all = context->variable("outputs");
    const Value *split = all.find(splitId);
    // In a loop the outputs of the split stand below the values of the loops around it.
    for (RunIndex owner = job->plan.runs()[run].parent; owner != kNoRun; owner = job->plan.runs()[owner].parent)
        for (RunIndex i = owner + 1; i < job->plan.runs().size(); ++i)
            if (job->plan.runs()[i].parent == owner && job->plan.node(i).id == splitId)
                split = &job->plan.runs()[i].outputs;
    const std::string listUri = split ? textOf(split->find("splits")) : std::string();
    std::string whyNot;
    const auto file = context->storage().resolve(listUri, &whyNot);
    if (!file)
        throw RenderError{whyNot};
    std::vector<std::string> items;
    std::ifstream in(*file);
    for (std::string line; std::getline(in, line);)
        if (!line.empty())
            items.push_back(line);
    if (items.empty()) {
        tell(job, [&](Plan &plan) { plan.finished(run, {}, now()); });
        return;
    }
    const bool wait = flag(*context, "wait", true);
    const Object labels = renderedLabels(*context);
    Job::Children &children = job->children[run];
    children.transmitFailed = flag(*context, "transmitFailed", true);
    children.outputs.resize(items.size());
    bool begun = false;
    for (std::size_t i = 0; i < items.size(); ++i) {
        Object taskrun = context->variable("taskrun").map();
        taskrun.set("items", items[i]);
        taskrun.set("iteration", static_cast<std::int32_t>(i));
        context->setVariable("taskrun", Value(std::move(taskrun)));
        const JobPtr child = startOne(job, run, *context, labels);
        children.order[child->record->id] = i;
        children.running.push_back(child->record->id);
        ++children.open;
        if (!begun) {
            begun = true;
            tell(job, [&](Plan &plan) { plan.started(run, {}, now()); });
        }
    }
    if (!wait) {
        Object iterations;
        iterations.set("SUCCESS", static_cast<std::int32_t>(items.size()));
        iterations.set("RUNNING", 0);
        Object outputs;
        outputs.set("iterations", Value(std::move(iterations)));
        outputs.set("numberOfBatches", static_cast<std::int32_t>(items.size()));
        outputs.set("subflowOutputsBaseUri", itemsBase(*context));
        Outcome outcome;
        outcome.outputs = Value(std::move(outputs));
        job->children.erase(run);
        tell(job, [&](Plan &plan) { plan.finished(run, std::move(outcome), now()); });
    }
}

std::string Engine::Impl::itemsBase(AttemptContext &context)
{
    std::string space = context.flowNamespace();
    std::replace(space.begin(), space.end(), '.', '/');
    return fmt::format("/{}/{}/executions/{}/tasks/{}/{}", space, context.flowId(), context.executionId(),
                       context.taskId(), context.taskRunId());
}

void Engine::Impl::finishItems(const JobPtr &parent, RunIndex run)
{
    const auto context = contextOf(parent, run);
    Job::Children children = std::move(parent->children[run]);
    parent->children.erase(run);
    Object iterations;
    iterations.set("CREATED", 0);
    iterations.set("RUNNING", 0);
    for (const auto &[state, count] : children.ended)
        iterations.set(std::string(nameOf(state)), count);
    for (std::size_t i = 0; i < children.outputs.size(); ++i)
        if (!children.outputs[i].isNull()) {
            Object extra;
            extra.set("subflowOutputs", children.outputs[i]);
            const Value ion = context->renderWith(Value("{{ subflowOutputs | toIon }}"), extra);
            context->storage().putText(ion.text() + "\n", fmt::format("{}/outputs.ion", i));
        }
    Object outputs;
    outputs.set("iterations", Value(std::move(iterations)));
    outputs.set("numberOfBatches", static_cast<std::int32_t>(children.outputs.size()));
    outputs.set("subflowOutputsBaseUri", itemsBase(*context));
    Outcome outcome;
    outcome.outputs = Value(std::move(outputs));
    for (const State bad : {State::Warning, State::Cancelled, State::Failed, State::Killed})
        if (children.ended.count(bad) != 0)
            outcome.state = bad;
    if (!children.transmitFailed && outcome.state == State::Failed)
        outcome.state = State::Success;
    tell(parent, [&](Plan &plan) { plan.finished(run, std::move(outcome), now()); });
}

namespace {

/// First part of a ForEachItem: cuts its file, keeps the list of the pieces.
class SplitItems : public TaskRunner
{
public:
    TaskResult run(TaskContext &context) override
    {
        const Value *written = context.properties().find("items");
        const Value items = written ? context.render(*written) : Value();
        if (!textOf(&items).starts_with("kestra://"))
            return TaskResult::failed(fmt::format("Unable to split the items from {}, this is not an internal storage URI!", textOf(&items)));
        Object task;
        if (const Value *batch = context.properties().find("batch"); batch && batch->isMap())
            for (const auto &[key, value] : batch->map())
                task.set(key, value);
        if (!task.find("rows") && !task.find("partitions") && !task.find("bytes") && !task.find("regexPattern"))
            task.set("rows", 1);
        task.set("type", "io.kestra.plugin.core.storage.Split");
        task.set("from", items);
        TaskResult split = context.runAs(Value(std::move(task)));
        if (split.end != TaskEnd::Success)
            return split;
        std::string list;
        if (const Value *uris = split.outputs.find("uris"))
            for (const Value &uri : uris->list())
                list += textOf(&uri) + "\n";
        Object outputs;
        outputs.set("splits", context.storage().putText(list, "splits.txt"));
        return TaskResult::success(Value(std::move(outputs)));
    }
};

/// Last part of a ForEachItem: joins the outputs of the executions in the order of the pieces.
class MergeItems : public TaskRunner
{
public:
    TaskResult run(TaskContext &context) override
    {
        const std::string id = context.taskId().substr(0, context.taskId().size() - std::string_view("_merge").size()) + "_items";
        const Value all = context.variable("outputs");
        const Value *items = all.find(id);
        if (const Value taskrun = context.variable("parents"); items && !items->find("numberOfBatches"))
            for (const Value &parent : taskrun.list())
                if (const Value *run = parent.find("taskrun"); run && items->find(textOf(run->find("value"))))
                    items = items->find(textOf(run->find("value")));
        const Value *count = items ? items->find("numberOfBatches") : nullptr;
        const std::string base = items ? textOf(items->find("subflowOutputsBaseUri")) : std::string();
        std::string merged;
        for (std::int64_t i = 0; count && i < count->asInt(); ++i) {
            const auto file = context.storage().resolve(fmt::format("kestra://{}/{}/outputs.ion", base, i), nullptr);
            if (!file)
                continue;
            std::ifstream in(*file, std::ios::binary);
            merged.append(std::istreambuf_iterator<char>(in), {});
        }
        if (merged.empty())
            return TaskResult::success();
        Object outputs;
        outputs.set("subflowOutputs", context.storage().putText(merged, "outputs.ion"));
        return TaskResult::success(Value(std::move(outputs)));
    }
};

} // namespace

namespace {

/// Runs the task its `spec` describes.
class TemplatedTask : public TaskRunner
{
public:
    TaskResult run(TaskContext &context) override
    {
        const Value *written = context.properties().find("spec");
        const std::string spec = written ? context.renderText(textOf(written)) : std::string();
        const auto tree = flow::Tree::parse(spec);
        if (!tree->faults().empty() || !tree->root() || !tree->root()->isMapping())
            return TaskResult::failed("Unable to read the spec of the templated task");
        return context.runAs(flow::toValue(*tree->root()));
    }
};

} // namespace

void addItemRunners(TaskRunners &runners)
{
    runners.try_emplace("io.kestra.plugin.core.templating.TemplatedTask", std::make_shared<TemplatedTask>());
    runners["io.kestra.plugin.core.flow.ForEachItem$ForEachItemSplit"] = std::make_shared<SplitItems>();
    runners["io.kestra.plugin.core.flow.ForEachItem$ForEachItemMergeOutputs"] = std::make_shared<MergeItems>();
}

void Engine::Impl::afterEnd(const JobPtr &job)
{
    for (const auto &[run, directory] : job->directories)
        services.storage->discard(directory);
    job->directories.clear();
    release(job);
    if (!job->record->parentId.empty())
        childEnded(job);
    fireTriggers(job, job->plan.state());
    m_ended.push_back(job);
}

} // namespace engine
