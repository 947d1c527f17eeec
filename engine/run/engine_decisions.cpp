// What a plan wants, done: rendering what decides a run's course, starting attempts, ending them.
#include "engine/run/duration.h"
#include "engine/run/engine_impl.h"
#include "engine/run/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

namespace engine {

using flow::Object;
using flow::Value;

namespace {

std::optional<Nanoseconds> durationProperty(AttemptContext &context, const char *name)
{
    const Value *written = context.properties().find(name);
    if (!written || written->isNull())
        return std::nullopt;
    const std::string text = textOf(context.render(*written));
    if (text.empty())
        return std::nullopt;
    const auto duration = parseDuration(text);
    if (!duration)
        throw RenderError{fmt::format("Text cannot be parsed to a Duration: {}", text)};
    return duration;
}

bool isMet(AttemptContext &context, const TaskNode &node)
{
    const Value *condition = node.properties.find("condition");
    return condition && !condition->isNull() && truthy(textOf(context.render(*condition)));
}

std::string switchValue(AttemptContext &context, const TaskNode &node)
{
    const Value *written = node.properties.find("value");
    return written ? textOf(context.render(*written)) : std::string();
}

/// The branch of a Switch for a value; kNoBranch: none of its cases.
std::size_t caseOf(const TaskNode &node, const std::string &value)
{
    std::size_t found = Resolution::kNoBranch;
    for (std::size_t i = 0; i + (node.hasDefaults ? 1 : 0) < node.branches.size(); ++i)
        if (node.branches[i].label == value)
            found = i;
    return found;
}

/// A list as it is, or as JSON text.
Value parsedList(const Value &value)
{
    if (value.isList())
        return value;
    const flow::JsonParse parsed = flow::parseJson(value.text());
    if (!parsed.ok || !parsed.value.isList())
        throw RenderError{parsed.ok ? "a list is wanted" : parsed.error};
    return parsed.value;
}

/// Time between two rounds of a LoopUntil.
Time::duration loopInterval(AttemptContext &context)
{
    const Value *frequency = context.properties().find("checkFrequency");
    const Value *written = frequency ? frequency->find("interval") : nullptr;
    const std::string text = written && !written->isNull() ? textOf(context.render(*written)) : std::string();
    return std::chrono::duration_cast<Time::duration>(parseDuration(text).value_or(std::chrono::minutes(1)));
}

State stateOfEnd(TaskEnd end)
{
    switch (end) {
    case TaskEnd::Success:
        return State::Success;
    case TaskEnd::Warning:
        return State::Warning;
    case TaskEnd::Failed:
        return State::Failed;
    case TaskEnd::Killed:
        return State::Killed;
    }
    return State::Failed;
}

/// What a flowable that is not run gives: what it would have decided, as far as that can be rendered.
Value skippedOutputs(AttemptContext &context, const TaskNode &node, const Plan::Run &run)
{
    Object outputs;
    try {
        if (node.kind == TaskKind::If)
            outputs.set("evaluationResult", isMet(context, node));
        else if (node.kind == TaskKind::Switch) {
            const std::string value = switchValue(context, node);
            outputs.set("defaults", caseOf(node, value) == Resolution::kNoBranch);
            outputs.set("value", value);
        } else if (node.kind == TaskKind::LoopUntil && run.iteration <= 0)
            outputs.set("iterationCount", 1);
    } catch (const RenderError &) {
        return {};
    }
    return outputs.empty() ? Value() : Value(std::move(outputs));
}

} // namespace

void Job::log(RunIndex run, std::int32_t attempt, Level level, std::string_view text, Time at, std::size_t lineBytes,
              bool engine)
{
    std::string masked = secrets.mask(text);
    const std::lock_guard lock(mutex);
    std::string_view rest = masked;
    do {
        std::size_t size = std::min(rest.size(), lineBytes);
        while (size < rest.size() && size > 0 && (static_cast<unsigned char>(rest[size]) & 0xC0) == 0x80)
            --size; // not inside a character
        change.logs.push_back({0, at, level, run, attempt, std::string(rest.substr(0, size)), engine});
        rest.remove_prefix(size);
    } while (!rest.empty());
}

void Engine::Impl::sync(Job &job)
{
    for (const RunIndex run : job.plan.takeTouched()) {
        if (job.plan.runs()[run].removed)
            job.table.forget(job.plan, run);
        else
            job.table.touch(job.plan, run);
    }
}

void Engine::Impl::logRun(const JobPtr &job, RunIndex run, Level level, std::string_view text)
{
    std::int32_t attempt = 0;
    if (run != kNoRun)
        attempt = std::max(static_cast<std::int32_t>(job->plan.runs()[run].attempts.size()) - 1, 0);
    job->log(run, attempt, level, text, now(), options.logLineBytes, true);
}

std::shared_ptr<AttemptContext> Engine::Impl::contextOf(const JobPtr &job, RunIndex run)
{
    return std::make_shared<AttemptContext>(job, run, services, options, m_cache, [] {});
}

void Engine::Impl::handle(const JobPtr &job, const Decision &decision)
{
    const RunIndex run = decision.run;
    switch (decision.kind) {
    case Decision::Kind::Resolve: {
        Resolution resolution = resolve(job, run);
        tell(job, [&](Plan &plan) { plan.resolved(run, std::move(resolution), now()); });
        break;
    }
    case Decision::Kind::Start: {
        const auto runner = services.runners.find(job->plan.node(run).type);
        if (runner != services.runners.end() && !runner->second->instant())
            m_waiting.emplace_back(job, run);
        else
            startTask(job, run);
        break;
    }
    case Decision::Kind::Update:
        update(job, run);
        break;
    case Decision::Kind::StartChild:
        startChild(job, run);
        break;
    case Decision::Kind::CheckLoop:
        checkLoop(job, run);
        break;
    case Decision::Kind::Collect:
        collect(job, run);
        break;
    case Decision::Kind::Outputs:
        computeOutputs(job);
        break;
    case Decision::Kind::Check:
        checkAssertions(job);
        tell(job, [this](Plan &plan) { plan.checked(now()); });
        break;
    case Decision::Kind::Stop: {
        if (const auto attempt = job->attempts.find(run); attempt != job->attempts.end()) {
            attempt->second->cancel(AttemptContext::Cancel::Killed);
            break;
        }
        if (const auto children = job->children.find(run); children != job->children.end()) {
            for (const std::string &id : children->second.running)
                if (const JobPtr child = find(id)) {
                    tell(child, [this](Plan &plan) { plan.kill(now()); });
                    markDirty(child);
                }
            break;
        }
        const auto waiting = std::find(m_waiting.begin(), m_waiting.end(), std::pair(job, run));
        if (waiting != m_waiting.end()) {
            m_waiting.erase(waiting);
            tell(job, [&](Plan &plan) { 
                Outcome outcome;
                outcome.state = State::Killed;
                plan.finished(run, std::move(outcome), now());
             });
        }
        break;
    }
    case Decision::Kind::NewExecution: {
        {
            const std::lock_guard lock(job->mutex);
            job->change.retryAt = decision.at;
        }
        retryAt(decision.at, *job->record, job->labels, job->compiled);
        break;
    }
    }
}

Resolution Engine::Impl::resolve(const JobPtr &job, RunIndex run)
{
    Resolution resolution;
    const TaskNode &node = job->plan.node(run);
    const auto context = contextOf(job, run);
    if (node.runIf && job->plan.runs()[run].state == State::Created) {
        try {
            if (!truthy(context->renderText(*node.runIf))) {
                resolution.verdict = Resolution::Verdict::Skip;
                resolution.message = "runIf: " + *node.runIf;
                if (isFlowable(node.kind))
                    resolution.outputs = skippedOutputs(*context, node, job->plan.runs()[run]);
                return resolution;
            }
        } catch (const RenderError &error) {
            resolution.verdict = Resolution::Verdict::FailAtOnce;
            logRun(job, node.kind == TaskKind::Subflow ? job->plan.runs()[run].parent : run, Level::Error,
                   fmt::format("Failed to evaluate the runIf condition for task {}. Cause: {}", node.id, error.message));
            return resolution;
        }
    }
    if (!isFlowable(node.kind))
        return resolution;
    try {
        resolveKind(job, run, *context, resolution);
    } catch (const RenderError &error) {
        if (node.kind == TaskKind::WorkingDirectory) {
            resolution.verdict = Resolution::Verdict::FailAtOnce;
            resolution.tolerable = true;
            logRun(job, run, Level::Error, "Failed preExecuteTasks on WorkingDirectory: " + error.message);
            return resolution;
        }
        resolution.verdict = Resolution::Verdict::Fail;
        logRun(job, run, Level::Error, "Unable to resolve state from the Flowable task: " + error.message);
        if (node.kind == TaskKind::If)
            logRun(job, run, Level::Error, "Unable to resolve outputs from the Flowable task: " + error.message);
    }
    return resolution;
}

void Engine::Impl::resolveKind(const JobPtr &job, RunIndex run, AttemptContext &context, Resolution &resolution)
{
    const TaskNode &node = job->plan.node(run);
    const Value &properties = node.properties;
    const auto property = [&](const char *name) { return properties.find(name); };
    Object outputs;
    switch (node.kind) {
    case TaskKind::If: {
        const bool yes = isMet(context, node);
        outputs.set("evaluationResult", yes);
        resolution.branch = yes ? 0 : 1;
        break;
    }
    case TaskKind::Switch: {
        const std::string value = switchValue(context, node);
        resolution.branch = caseOf(node, value);
        const bool fallback = resolution.branch == Resolution::kNoBranch;
        outputs.set("value", value);
        outputs.set("defaults", fallback);
        if (fallback && node.hasDefaults)
            resolution.branch = node.branches.size() - 1;
        if (fallback && !node.hasDefaults) {
            resolution.verdict = Resolution::Verdict::Fail;
            resolution.tolerable = true;
            logRun(job, run, Level::Warn,
                   fmt::format("No task found on flow '{}.{}', task '{}', execution '{}'", job->record->namespaceId,
                               job->record->flowId, node.id, job->record->id));
        }
        break;
    }
    case TaskKind::ForEach:
    case TaskKind::EachSequential:
    case TaskKind::EachParallel: {
        const Value *values = property(node.kind == TaskKind::ForEach ? "values" : "value");
        resolution.values = loopValues(context, values ? *values : Value());
        break;
    }
    case TaskKind::LoopUntil:
        // in a loop the rounds of one task are counted from 0 for all values but the first, as the real engine does
        if (job->plan.runs()[run].state == State::Created && (job->plan.runs()[run].iteration <= 0 || node.main.size() > 1))
            outputs.set("iterationCount", 1);
        if (job->plan.runs()[run].state == State::Paused) // taken up again between two rounds
            resolution.pauseUntil = job->plan.runs()[run].history.back().at + loopInterval(context);
        break;
    case TaskKind::Pause: {
        const Plan::Run &state = job->plan.runs()[run];
        Time since = now();
        if (state.state == State::Paused)
            since = state.history.back().at;
        auto duration = durationProperty(context, "pauseDuration");
        if (!duration)
            duration = durationProperty(context, "delay");
        if (duration) {
            const Value *behavior = property("behavior");
            const std::string name = behavior ? textOf(context.render(*behavior)) : "RESUME";
            resolution.pauseEnd = name == "FAIL"     ? State::Failed
                                  : name == "CANCEL" ? State::Cancelled
                                  : name == "WARN"   ? State::Warning
                                                     : State::Success;
        } else if ((duration = durationProperty(context, "timeout"))) {
            resolution.pauseEnd = !node.allowFailure ? State::Failed : node.allowWarning ? State::Success : State::Warning;
        }
        if (duration)
            resolution.pauseUntil = since + std::chrono::duration_cast<Time::duration>(*duration);
        break;
    }
    case TaskKind::WorkingDirectory: {
        const auto directory = services.storage->makeWorkingDir();
        job->directories[run] = directory;
        const auto runner = services.runners.find(node.type);
        if (runner == services.runners.end())
            break;
        context.setWorkingDir(directory);
        if (auto *files = dynamic_cast<DirectoryRunner *>(runner->second.get())) {
            const TaskResult prepared = files->prepare(context);
            if (prepared.outputs.isMap())
                outputs = prepared.outputs.map();
            if (prepared.end == TaskEnd::Failed)
                throw RenderError{prepared.message};
        }
        break;
    }
    default:
        break;
    }
    const Value *limit = property(node.kind == TaskKind::ForEach ? "concurrencyLimit" : "concurrent");
    if (limit && limit->isText())
        resolution.concurrent = static_cast<std::int32_t>(std::strtol(context.renderText(limit->text()).c_str(), nullptr, 10));
    if (!outputs.empty())
        resolution.outputs = Value(std::move(outputs));
}

std::vector<std::string> Engine::Impl::loopValues(AttemptContext &context, const Value &written)
{
    Value::List items;
    if (written.isText()) {
        const std::string text = context.renderText(written.text());
        const flow::JsonParse parsed = flow::parseJson(text);
        if (!parsed.ok || !parsed.value.isList())
            throw RenderError{parsed.ok ? "the values must be a list: " + text : parsed.error};
        items = parsed.value.list();
    } else if (written.isList()) {
        for (const Value &item : written.list()) {
            if (item.isList())
                throw RenderError{"A list inside the list of values must be written as text"};
            items.push_back(item.isText() || item.isMap() ? context.render(item) : item);
        }
    } else {
        throw RenderError{"Unknown value type"};
    }
    std::vector<std::string> values;
    std::set<std::string> seen;
    for (const Value &item : items) {
        if (item.isNull())
            throw RenderError{"Found null value in the list of values"};
        std::string text = textOf(item);
        if (seen.insert(text).second)
            values.push_back(std::move(text));
    }
    return values;
}

void Engine::Impl::startTask(const JobPtr &job, RunIndex run)
{
    const TaskNode &node = job->plan.node(run);
    const auto found = services.runners.find(node.type);
    tell(job, [&](Plan &plan) { plan.started(run, {}, now()); });
    if (found == services.runners.end()) {
        logRun(job, run, Level::Error,
               fmt::format("Leat can't run tasks of type {} on this machine. Everything else about the task works; "
                           "the execution stops here.", node.type));
        tell(job, [&](Plan &plan) {
            Outcome outcome;
            outcome.state = State::Failed;
            outcome.retryable = false;
            plan.finished(run, std::move(outcome), now());
        });
        return;
    }
    const std::shared_ptr<TaskRunner> &runner = found->second;
    const bool inThread = runner->instant();
    std::shared_ptr<AttemptContext> context;
    if (inThread)
        context = contextOf(job, run);
    else
        context = std::make_shared<AttemptContext>(job, run, services, options, m_cache, [this, job] { postLines(job); });
    if (node.inWorkingDirectory)
        if (const auto directory = job->directories.find(job->plan.runs()[run].parent); directory != job->directories.end())
            context->setWorkingDir(directory->second);
    std::optional<Nanoseconds> timeout;
    std::string refusal;
    try {
        timeout = durationProperty(*context, "timeout");
    } catch (const RenderError &error) {
        refusal = error.message;
    }
    if (!refusal.empty()) {
        m_busy -= inThread ? 0 : 1;
        finishTask(job, run, context, TaskResult::failed(refusal));
        return;
    }
    if (inThread) {
        context->setMoment(job->moment);
        TaskResult result;
        try {
            result = runner->run(*context);
        } catch (const RenderError &error) {
            result = TaskResult::failed(error.message);
        } catch (const std::exception &error) {
            result = TaskResult::failed(error.what());
        }
        finishTask(job, run, context, std::move(result));
        return;
    }
    job->attempts[run] = context;
    context->setMoment(job->plan.runs()[run].attempts.size() > 1 ? job->table.moment() : job->moment);
    if (timeout) {
        const std::weak_ptr<AttemptContext> weak = context;
        context->setTimeout(*timeout);
        at(now() + std::chrono::duration_cast<Time::duration>(*timeout), [weak] {
            if (const auto attempt = weak.lock())
                attempt->cancel(AttemptContext::Cancel::TimedOut);
        });
    }
    m_toDispatch.push_back({job, run, context, runner});
}

void Engine::Impl::finishTask(const JobPtr &job, RunIndex run, const std::shared_ptr<AttemptContext> &context, TaskResult result)
{
    job->attempts.erase(run);
    Outcome outcome;
    outcome.state = stateOfEnd(result.end);
    switch (context->cancelReason()) {
    case AttemptContext::Cancel::No:
        if (result.end == TaskEnd::Killed)
            outcome.state = State::Killed;
        break;
    case AttemptContext::Cancel::Killed:
        if (result.end != TaskEnd::Success)
            outcome.state = State::Killed;
        break;
    case AttemptContext::Cancel::TimedOut:
        outcome.state = State::Failed;
        result.message = "Timeout after " + formatClock(context->timeout());
        break;
    }
    if (outcome.state == State::Failed && !result.message.empty())
        context->log(Level::Error, result.message);
    if (result.outputs.isMap())
        outcome.outputs = storedValue(result.outputs);
    else if (outcome.state == State::Success || outcome.state == State::Warning)
        outcome.outputs = Value(Object());
    tell(job, [&](Plan &plan) { plan.finished(run, std::move(outcome), now()); });
    markDirty(job);
}

void Engine::Impl::update(const JobPtr &job, RunIndex run)
{
    const TaskNode &node = job->plan.node(run);
    const auto context = contextOf(job, run);
    Outcome outcome;
    try {
        if (node.type.ends_with(".Exit")) {
            const Value *written = node.properties.find("state");
            const std::string name = written ? textOf(context->render(*written)) : "SUCCESS";
            const auto state = stateOf(name == "CANCELED" ? "CANCELLED" : name);
            if (!state || !isEnd(*state) || *state == State::Retried || *state == State::Skipped || *state == State::Resubmitted)
                throw RenderError{fmt::format("Unrecognized token '{}': was expecting one of the states an execution can end in", name)};
            outcome.state = *state;
            outcome.exit = *state;
            outcome.retryable = false;
        } else {
            const Value changed = changedValues(job, node, *context);
            const std::lock_guard lock(job->mutex);
            (node.type.ends_with(".Labels") ? job->labels : job->variables) = changed;
            (node.type.ends_with(".Labels") ? job->change.labels : job->change.variables) = changed;
        }
    } catch (const RenderError &error) {
        logRun(job, kNoRun, Level::Error, error.message);
        outcome = {};
        outcome.state = State::Failed;
        outcome.beforeStart = true;
        outcome.retryable = false;
    }
    if (outcome.state != State::Failed || outcome.exit)
        outcome.outputs = Value(Object());
    tell(job, [&](Plan &plan) { plan.finished(run, std::move(outcome), now()); });
}

void Engine::Impl::checkLoop(const JobPtr &job, RunIndex run)
{
    const TaskNode &node = job->plan.node(run);
    const auto context = contextOf(job, run);
    const Value &properties = node.properties;
    LoopVerdict verdict;
    std::function<void()> takeBack; // the count of the next round
    const auto count = [&] {
        const Value *number = job->plan.runs()[run].outputs.find("iterationCount");
        return number ? number->asInt() : 0;
    };
    try {
        const Value *frequency = properties.find("checkFrequency");
        const auto setting = [&](const char *name) -> std::string {
            const Value *written = frequency ? frequency->find(name) : nullptr;
            return written && !written->isNull() ? textOf(context->render(*written)) : std::string();
        };
        const auto met = [&] {
            context->refresh();
            const Value *condition = properties.find("condition");
            return condition && truthy(textOf(context->render(*condition)));
        };
        const std::string most = setting("maxIterations");
        const auto maxDuration = parseDuration(setting("maxDuration"));
        const Value *failing = properties.find("failOnMaxReached");
        const auto reached = [&](const char *what) {
            logRun(job, run, Level::Warn, fmt::format("Max {} reached", what));
            const bool fail = failing && truthy(textOf(context->render(*failing)));
            verdict.kind = fail ? LoopVerdict::Kind::Fail : LoopVerdict::Kind::Done;
        };
        const auto limits = [&] {
            if (!most.empty() && count() > std::strtol(most.c_str(), nullptr, 10)) {
                reached("iterations");
                return true;
            }
            const Time began = job->plan.runs()[run].history.front().at;
            if (maxDuration && now() - began >= *maxDuration) {
                reached("duration");
                return true;
            }
            return false;
        };
        if (!met() && !limits()) {
            // Looked at again with the count of the next round, as the real engine does.
            const Value before = job->plan.runs()[run].outputs;
            const auto setCount = [&](const Value &outputs) { tell(job, [&](Plan &plan) { plan.outputsOf(run, outputs); }); };
            Object outputs;
            outputs.set("iterationCount", static_cast<std::int32_t>(count() + 1));
            takeBack = [setCount, before] { setCount(before); };
            setCount(Value(std::move(outputs)));
            if (!met() && !(!most.empty() && limits())) {
                verdict.kind = LoopVerdict::Kind::Again;
                verdict.next = now() + loopInterval(*context);
            }
        }
    } catch (const RenderError &error) {
        logRun(job, run, Level::Error, "Unable to resolve state from the Flowable task: " + error.message);
        verdict.kind = LoopVerdict::Kind::Fault;
        if (takeBack)
            takeBack();
        else
            logRun(job, run, Level::Error, error.message);
    }
    tell(job, [&](Plan &plan) { plan.loopChecked(run, std::move(verdict), now()); });
}

void Engine::Impl::collect(const JobPtr &job, RunIndex run)
{
    const TaskNode &node = job->plan.node(run);
    Outcome outcome;
    const auto directory = job->directories.find(run);
    const auto runner = services.runners.find(node.type);
    if (directory != job->directories.end() && runner != services.runners.end()) {
        const auto context = contextOf(job, run);
        context->setWorkingDir(directory->second);
        if (auto *files = dynamic_cast<DirectoryRunner *>(runner->second.get())) {
            try {
                const TaskResult kept = files->collect(*context);
                outcome.state = stateOfEnd(kept.end);
                if (kept.outputs.isMap())
                    outcome.outputs = storedValue(kept.outputs);
                if (kept.end == TaskEnd::Failed)
                    logRun(job, run, Level::Error, kept.message);
            } catch (const RenderError &error) {
                outcome.state = State::Failed;
                logRun(job, run, Level::Error, error.message);
            }
        }
    }
    if (directory != job->directories.end()) {
        services.storage->discard(directory->second);
        job->directories.erase(directory);
    }
    tell(job, [&](Plan &plan) { plan.collected(run, std::move(outcome), now()); });
}

Value Engine::Impl::flowOutputs(const JobPtr &job)
{
    const Value *definitions = job->plan.program().property("outputs");
    RunScope scope(job, kNoRun, options);
    RunHost host(job, services);
    expr::Environment environment;
    environment.timeZone = options.timeZone.empty() ? "UTC" : options.timeZone;
    environment.host = &host;
    environment.cache = &m_cache;
    Object outputs;
    for (const Value &definition : definitions->list()) {
        const Value *value = definition.find("value");
        const Value *type = definition.find("type");
        const Value *id = definition.find("id");
        if (!value || !id)
            continue;
        auto rendered = expr::renderDeep(*value, scope, environment);
        const Value *required = definition.find("required");
        const bool optional = required && textOf(*required) == "false";
        if (!rendered && optional)
            continue;
        if (!rendered)
            throw RenderError{messageOf(rendered.error())};
        const std::string kind = type ? type->text() : std::string();
        Value typed = *rendered;
        if (typed.isText() && typed.text().empty())
            typed = Value();
        if (!kind.empty() && kind != "FILE") {
            const Value *itemType = definition.find("itemType");
            if (kind == "ARRAY" && !itemType)
                typed = parsedList(typed);
            else if (kind == "DATETIME")
                typed = typed.isText() && flow::parseInstant(typed.text()) ? typed : typedValue(kind, {}, typed);
            else
                typed = typedValue(kind, itemType ? itemType->text() : std::string(), typed);
        }
        if (kind == "SECRET" && !typed.isNull()) {
            const auto sealed = services.secrets ? services.secrets->seal(typed.text()) : std::nullopt;
            if (!sealed)
                throw RenderError{"Unable to use a `SECRET` input/output as encryption is not configured"};
            job->secrets.add(typed.text());
            Object form;
            form.set("type", "io.kestra.datatype:aes_encrypted");
            form.set("value", *sealed);
            typed = Value(std::move(form));
        }
        if (typed.isNull() && !optional && !value->isNull())
            throw RenderError{fmt::format("Missing required output: {}", textOf(*id))};
        if (!typed.isNull())
            outputs.set(textOf(*id), storedValue(typed));
    }
    return outputs.empty() ? Value() : nested(Value(std::move(outputs)));
}

std::optional<std::string> Engine::Impl::faultOfOutputs(const JobPtr &job)
{
    try {
        flowOutputs(job);
    } catch (const RenderError &error) {
        return error.message;
    }
    return std::nullopt;
}

void Engine::Impl::computeOutputs(const JobPtr &job)
{
    Value value;
    bool failed = false;
    try {
        value = flowOutputs(job);
    } catch (const RenderError &error) {
        failed = true;
        if (!job->plan.hasExited())
            logRun(job, kNoRun, Level::Error, "Failed to render output values: " + error.message);
    }
    tell(job, [&](Plan &plan) {
        job->outputs = value;
        plan.outputsComputed(value, failed, now());
    });
}

} // namespace engine
