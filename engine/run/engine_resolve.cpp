// What decides the course of a task run: runIf, conditions, values of loops, the next round.
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

/// Time between two rounds of a LoopUntil.
Time::duration loopInterval(AttemptContext &context)
{
    const Value *frequency = context.properties().find("checkFrequency");
    const Value *written = frequency ? frequency->find("interval") : nullptr;
    const std::string text = written && !written->isNull() ? textOf(context.render(*written)) : std::string();
    return std::chrono::duration_cast<Time::duration>(parseDuration(text).value_or(std::chrono::minutes(1)));
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

} // namespace engine
