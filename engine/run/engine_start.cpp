// How executions begin: reading the flow, its inputs, checks, limits and service levels.
#include "engine/flow/analysis.h"
#include "engine/run/duration.h"
#include "engine/run/engine_impl.h"
#include "engine/run/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <random>

namespace engine {

using flow::Object;
using flow::Value;

namespace {

std::string newId()
{
    static std::atomic<std::uint64_t> counter{std::random_device{}()};
    std::random_device random;
    std::uint64_t entropy[3] = {(static_cast<std::uint64_t>(random()) << 32) | random(),
                                static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count()),
                                counter.fetch_add(1)};
    return taskRunId(std::string_view(reinterpret_cast<const char *>(entropy), sizeof entropy), 0);
}

} // namespace

void addLabels(Object &into, const Value *written)
{
    if (!written)
        return;
    if (written->isMap())
        for (const auto &[key, value] : written->map())
            into.set(key, textOf(&value));
    for (const Value &item : written->list()) {
        const std::string key = textOf(item.find("key"));
        if (!key.empty())
            into.set(key, textOf(item.find("value")));
    }
}

Object sorted(const Object &object)
{
    std::map<std::string, Value> members;
    for (const auto &[key, value] : object)
        members[key] = value;
    Object result;
    for (auto &[key, value] : members)
        result.set(key, value);
    return result;
}

void setUp(Job &job)
{
    job.plan.setExecutionAttempt(job.record->attempt);
    job.announced = job.plan.history().size();
    const Value *slas = job.plan.program().property("sla");
    if (slas && slas->isList())
        for (const Value &sla : slas->list())
            if (textOf(sla.find("type")) == "EXECUTION_ASSERTION")
                job.plan.setChecked();
}

std::shared_ptr<const CompiledFlow> Engine::Impl::compile(const std::shared_ptr<const std::string> &text)
{
    {
        const std::lock_guard lock(m_compiledMutex);
        const auto found = m_compiled.find(*text);
        if (found != m_compiled.end())
            return found->second;
    }
    auto compiled = std::make_shared<CompiledFlow>();
    compiled->text = text;
    const flow::Analysis analysis = flow::analyse(*text, flow::Revision{}, *services.catalog);
    for (const flow::Diagnostic &diagnostic : analysis.diagnostics)
        if (diagnostic.severity == flow::Severity::Error)
            compiled->errors.push_back((diagnostic.path.empty() ? std::string() : diagnostic.path + ": ") + flow::describe(diagnostic));
    const Value root = analysis.flow->root ? flow::toValue(*analysis.flow->root) : Value(Object());
    compiled->program = Program::compile(root, *services.catalog);
    const std::lock_guard lock(m_compiledMutex);
    if (m_compiled.size() > 256)
        m_compiled.clear();
    m_compiled[*text] = compiled;
    return compiled;
}

Result<Value> Engine::Impl::inputsFor(const JobPtr &job, const Value *definitions, const Object &given)
{
    RunScope scope(job, kNoRun, options);
    RunHost host(job, services);
    expr::Environment environment;
    environment.timeZone = options.timeZone.empty() ? "UTC" : options.timeZone;
    environment.host = &host;
    environment.cache = &m_cache;
    InputContext context;
    context.render = [&](const Value &value, const Object &inputs, bool typed) {
        Object front;
        front.set("inputs", job->opened(nested(Value(inputs))));
        const expr::LayeredScope layered(front, scope);
        auto rendered = expr::renderDeep(value, layered, environment, typed);
        if (!rendered)
            throw RenderError{messageOf(rendered.error())};
        return std::move(*rendered);
    };
    context.keepFile = [&](const std::string &name, const std::string &path, std::string &whyNot) -> std::optional<std::string> {
        std::error_code error;
        if (!std::filesystem::is_regular_file(path, error)) {
            whyNot = fmt::format("there is no file '{}'", path);
            return std::nullopt;
        }
        const ExecutionRecord &record = *job->record;
        const auto storage = services.storage->open({record.namespaceId, record.flowId, record.id, {}, {}, name});
        return storage->put(path, std::filesystem::path(path).filename().string(), false);
    };
    context.protect = [&](const std::string &text) -> Value {
        job->secrets.add(text);
        const auto sealed = services.secrets ? services.secrets->seal(text) : std::nullopt;
        if (!sealed)
            throw RenderError{"Unable to use a `SECRET` input/output as encryption is not configured"};
        Object form;
        form.set("type", "io.kestra.datatype:aes_encrypted");
        form.set("value", *sealed);
        return Value(std::move(form));
    };
    return readInputs(definitions, given, context);
}

Result<Engine::Impl::JobPtr> Engine::Impl::prepare(const Birth &birth, std::optional<State> *endAtOnce)
{
    const Program &program = *birth.compiled->program;
    auto record = std::make_shared<ExecutionRecord>();
    record->id = newId();
    record->namespaceId = program.namespaceId;
    record->flowId = program.id;
    record->revision = birth.revision;
    record->flowText = birth.compiled->text;
    record->flowPath = birth.flowPath;
    record->originalId = birth.originalId.empty() ? record->id : birth.originalId;
    record->parentId = birth.parentId;
    record->parentRun = birth.parentRun;
    record->trigger = birth.trigger;
    record->created = now();
    record->attempt = birth.attempt;
    const auto job = std::make_shared<Job>(record, birth.compiled->program, services.secrets);
    job->compiled = birth.compiled;
    job->retryOf = birth.retryOf;
    setUp(*job);
    Object labels;
    addLabels(labels, program.property("labels"));
    for (const auto &[key, value] : birth.labels)
        labels.set(key, textOf(&value));
    if (!labels.find("system.correlationId"))
        labels.set("system.correlationId", record->id);
    job->labels = Value(sorted(labels));
    const Value *variables = program.property("variables");
    job->variables = variables && variables->isMap() ? *variables : Value(Object());
    if (birth.inputsReady || !birth.inputsChecked) {
        record->inputs = Value(birth.inputs);
    }
    if (!birth.inputsReady) {
        const Value *definitions = program.property("inputs");
        Result<Value> inputs = inputsFor(job, definitions, birth.inputs);
        if (inputs) {
            Object values;
            for (const auto &[key, value] : inputs->map())
                values.set(key, storedValue(value));
            record->inputs = Value(std::move(values));
        } else if (birth.inputsChecked) {
            return inputs.error();
        }
    }
    if (const Value *checks = program.property("checks"); checks && checks->isList() && !birth.inputsReady && birth.parentId.empty()) {
        RunScope scope(job, kNoRun, options);
        RunHost host(job, services);
        expr::Environment environment;
        environment.timeZone = options.timeZone.empty() ? "UTC" : options.timeZone;
        environment.host = &host;
        environment.cache = &m_cache;
        for (const Value &check : checks->list()) {
            const Value *condition = check.find("condition");
            if (!condition)
                continue;
            const auto outcome = expr::renderDeep(*condition, scope, environment, true);
            if (outcome && outcome->kind() == Value::Kind::Bool && outcome->asBool())
                continue;
            if (!outcome)
                return Error{ErrorCode::CheckBlocked, {"Failed to evaluate check condition. Cause: " + messageOf(outcome.error())}, record->flowPath};
            const std::string behavior = textOf(check.find("behavior"));
            if (behavior == "CREATE_EXECUTION")
                continue;
            if (behavior == "FAIL_EXECUTION") {
                *endAtOnce = State::Failed;
                continue;
            }
            return Error{ErrorCode::CheckBlocked, {textOf(check.find("message"))}, record->flowPath};
        }
    }
    return job;
}

void Engine::Impl::launch(const JobPtr &job, std::optional<State> endAtOnce)
{
    {
        const std::unique_lock lock(m_jobsMutex);
        m_jobs[job->record->id] = job;
    }
    job->change.created = job->record;
    job->change.retryOf = job->retryOf;
    job->change.labels = job->labels;
    job->change.variables = job->variables;
    tell(job, [&](Plan &plan) {
        plan.create(job->record->created);
        if (endAtOnce)
            plan.endAtOnce(*endAtOnce, now());
    });
    if (!endAtOnce && admit(job))
        begin(job);
    markDirty(job);
}

void Engine::Impl::begin(const JobPtr &job)
{
    startSlas(job);
    if (job->plan.ended())
        return;
    tell(job, [this](Plan &plan) { plan.begin(now()); });
}

/// False when the flow's `concurrency` does not let it begin now.
bool Engine::Impl::admit(const JobPtr &job)
{
    const Program &program = job->plan.program();
    if (program.concurrencyLimit <= 0)
        return true;
    const auto key = std::pair(job->record->namespaceId, job->record->flowId);
    std::size_t &running = m_slots[key];
    if (running < static_cast<std::size_t>(program.concurrencyLimit)) {
        ++running;
        job->slot = true;
        return true;
    }
    if (program.concurrencyBehavior == "QUEUE") {
        job->reason = fmt::format("queued: {} of {} executions of the flow are running", running, program.concurrencyLimit);
        job->change.reason = job->reason;
        m_queued[key].push_back(job);
        tell(job, [this](Plan &plan) { plan.queue(now()); });
        return false;
    }
    const bool cancel = program.concurrencyBehavior == "CANCEL";
    if (!cancel)
        logRun(job, kNoRun, Level::Error, "Execution is FAILED due to concurrency limit exceeded");
    job->reason = "concurrency limit exceeded";
    job->change.reason = job->reason;
    tell(job, [&](Plan &plan) { plan.endAtOnce(cancel ? State::Cancelled : State::Failed, now()); });
    return false;
}

void Engine::Impl::release(const JobPtr &job)
{
    if (!std::exchange(job->slot, false))
        return;
    const auto key = std::pair(job->record->namespaceId, job->record->flowId);
    --m_slots[key];
    auto &queue = m_queued[key];
    while (!queue.empty()) {
        const JobPtr next = queue.front();
        queue.pop_front();
        if (next->plan.state() != State::Queued)
            continue;
        ++m_slots[key];
        next->slot = true;
        next->reason.clear();
        next->change.reason = std::string();
        begin(next);
        markDirty(next);
        return;
    }
}

} // namespace engine
