#include "engine/tasks/execution/execution_tasks.h"

#include "engine/expr/ion.h"
#include "engine/flow/iso_time.h"
#include "engine/flow/tree.h"
#include "engine/run/state.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/json_error.h"
#include "engine/tasks/support/levels.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/random_name.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

#include <algorithm>

namespace tasks {

namespace {

using engine::ExecutionServices;

ExecutionServices &services(engine::TaskContext &context)
{
    ExecutionServices *found = context.executions();
    if (!found)
        throw TaskFailure{"This task needs the store of executions, and there is none here"};
    return *found;
}

std::optional<ExecutionServices::Time> timeProperty(engine::TaskContext &context, std::string_view name)
{
    const std::optional<std::string> text = optionalText(context.property(name));
    if (!text)
        return std::nullopt;
    const auto moment = flow::parseInstant(*text);
    if (!moment)
        throw TaskFailure{fmt::format("Text '{}' could not be parsed at index 0", *text)};
    return std::chrono::time_point_cast<ExecutionServices::Time::duration>(*moment);
}

ExecutionServices::Filter filterOf(engine::TaskContext &context)
{
    ExecutionServices::Filter filter;
    filter.nameSpace = textOf(context.property("namespace"));
    filter.flowId = textOf(context.property("flowId"));
    filter.states = textList(context, "states");
    for (const std::string &state : filter.states)
        if (!engine::stateOf(state))
            throw TaskFailure{jsonFailure(state)};
    filter.from = timeProperty(context, "startDate");
    filter.to = timeProperty(context, "endDate");
    return filter;
}

flow::Value countOf(std::size_t count)
{
    return flow::Value::wholeNumber(std::to_string(count));
}

engine::TaskResult runFetch(engine::TaskContext &context)
{
    const std::optional<std::string> asked = optionalText(context.property("executionId"));
    const bool narrowed = context.properties().find("namespace") || context.properties().find("flowId");
    if (!asked && narrowed)
        throw TaskFailure{"`namespace` and `flowId` should only be set when `executionId` is set."};
    const engine::Level least = levelProperty(context, "level");
    const std::vector<std::string> tasks = textList(context, "tasksId");
    std::string rows;
    std::size_t size = 0;
    for (const ExecutionServices::LogLine &line : services(context).logs(asked.value_or(context.executionId()))) {
        const bool wanted = tasks.empty() || std::find(tasks.begin(), tasks.end(), line.taskId) != tasks.end();
        if (!wanted || line.level < least)
            continue;
        rows += expr::toIon(flow::Object{
                    {"namespace", line.nameSpace},
                    {"flowId", line.flowId},
                    {"taskId", line.taskId},
                    {"executionId", line.executionId},
                    {"taskRunId", line.taskRunId},
                    {"attemptNumber", line.attempt},
                    {"timestamp", flow::instantValue(line.at)},
                    {"level", levelName(line.level)},
                    {"message", line.message},
                })
                + '\n';
        ++size;
    }
    return engine::TaskResult::success(flow::Object{
        {"size", countOf(size)}, {"uri", context.storage().putText(rows, randomName() + ".ion")}});
}

engine::TaskResult runPurgeLogs(engine::TaskContext &context)
{
    ExecutionServices::Filter filter = filterOf(context);
    filter.executionId = textOf(context.property("executionId"));
    std::vector<engine::Level> levels;
    for (const std::string &name : textList(context, "logLevels")) {
        const auto level = levelOf(name);
        if (!level)
            throw TaskFailure{jsonFailure(name)};
        levels.push_back(*level);
    }
    return engine::TaskResult::success(
        flow::Object{{"count", countOf(services(context).purgeLogs(filter, levels))}});
}

engine::TaskResult runCount(engine::TaskContext &context)
{
    const flow::Value *expression = context.properties().find("expression");
    const flow::Value flows = context.property("flows");
    flow::Value::List results;
    std::size_t total = 0;
    const auto count = [&](const ExecutionServices::Filter &filter) {
        const std::size_t found = services(context).count(filter);
        const flow::Value counted = countOf(found);
        if (expression && !isTrue(textOf(context.renderWith(*expression, {{"count", counted}}))))
            return;
        total += found;
        flow::Object row;
        if (!filter.nameSpace.empty())
            row.set("namespace", filter.nameSpace);
        if (!filter.flowId.empty())
            row.set("flowId", filter.flowId);
        row.set("count", counted);
        results.emplace_back(std::move(row));
    };
    const ExecutionServices::Filter base = filterOf(context);
    for (const flow::Value &item : flows.list()) {
        ExecutionServices::Filter filter = base;
        const flow::Value *nameSpace = item.find("namespace");
        const flow::Value *flowId = item.find("flowId");
        filter.nameSpace = nameSpace ? textOf(*nameSpace) : std::string();
        filter.flowId = flowId ? textOf(*flowId) : std::string();
        count(filter);
    }
    for (const std::string &nameSpace : textList(context, "namespaces")) {
        ExecutionServices::Filter filter = base;
        filter.nameSpace = nameSpace;
        count(filter);
    }
    context.log(engine::Level::Debug, fmt::format("{} flows matching the expression", results.size()));
    return engine::TaskResult::success(flow::Object{{"results", std::move(results)}, {"total", countOf(total)}});
}

engine::TaskResult runPurgeExecutions(engine::TaskContext &context)
{
    const auto flag = [&](std::string_view name) { return booleanOf(context.property(name), true); };
    const std::int64_t batch = std::max<std::int64_t>(context.property("batchSize").asInt(), 1);
    const ExecutionServices::Purged purged = services(context).purgeExecutions(
        filterOf(context), {flag("purgeExecution"), flag("purgeLog"), flag("purgeMetric"), flag("purgeStorage"), static_cast<std::size_t>(batch)});
    return engine::TaskResult::success(flow::Object{{"executionsCount", countOf(purged.executions)},
                                                    {"logsCount", countOf(purged.logs)},
                                                    {"storagesCount", countOf(purged.files)},
                                                    {"metricsCount", countOf(purged.metrics)}});
}

engine::TaskResult runPurgeStorage(engine::TaskContext &context)
{
    const ExecutionServices::Filter filter = filterOf(context);
    const bool dry = booleanOf(context.property("dryRun"), true);
    if (!filter.flowId.empty() && filter.nameSpace.empty())
        throw TaskFailure{"'namespace' is required when 'flowId' is set."};
    const auto orNull = [](std::string text) {
        // Whole minutes are written without seconds.
        if (text.size() > 19 && text.substr(16, 3) == ":00" && text[19] != '.')
            text.erase(16, 3);
        return text.empty() ? std::string("null") : text;
    };
    context.log(engine::Level::Info,
                fmt::format("Starting PurgeStorage (dryRun={}) scope=[namespace={}, flowId={}] window=[{}, {}]", dry,
                            orNull(filter.nameSpace), orNull(filter.flowId),
                            orNull(textOf(context.property("startDate"))), orNull(textOf(context.property("endDate")))));
    const auto [scanned, purged, deleted] = services(context).purgeStorage(filter, dry);
    context.log(engine::Level::Info, fmt::format("PurgeStorage complete (dryRun={}): scanned={}, purged={}, "
                                                 "deletedFiles={}",
                                                 dry, scanned, purged, deleted));
    context.metric({"scanned", "counter", static_cast<double>(scanned), {}});
    context.metric({"purged", "counter", static_cast<double>(purged), {}});
    context.metric({"deleted.files", "counter", static_cast<double>(deleted), {}});
    return engine::TaskResult::success(flow::Object{{"scannedCount", countOf(scanned)},
                                                    {"purgedCount", countOf(purged)},
                                                    {"deletedFilesCount", countOf(deleted)}});
}

engine::TaskResult runResume(engine::TaskContext &context)
{
    const std::string id = optionalText(context.property("executionId")).value_or(context.executionId());
    const flow::Value inputs = context.property("inputs");
    const std::string why = services(context).resume(id, inputs.map());
    return why.empty() ? engine::TaskResult::success() : engine::TaskResult::failed(why);
}

engine::TaskResult runToggle(engine::TaskContext &context)
{
    const std::string nameSpace = optionalText(context.property("namespace")).value_or(context.flowNamespace());
    const std::string flowId = optionalText(context.property("flowId")).value_or(context.flowId());
    const std::string why = services(context).setTrigger(nameSpace, flowId, requiredText(context, "trigger"),
                                                         booleanOf(context.property("enabled"), false));
    return why.empty() ? engine::TaskResult::success() : engine::TaskResult::failed(why);
}

engine::TaskResult runTemplatedTask(engine::TaskContext &context)
{
    const std::string spec = requiredText(context, "spec");
    const auto tree = flow::Tree::parse(spec);
    const flow::Value definition = tree->root() ? flow::toValue(*tree->root()) : flow::Value();
    const flow::Value *type = definition.find("type");
    if (!definition.isMap() || !type)
        throw TaskFailure{"The spec of a templated task must be a map with a type"};
    const std::string self = "io.kestra.plugin.core.templating.TemplatedTask";
    if (textOf(*type) == self)
        throw TaskFailure{fmt::format("The templated task cannot be of type '{}'", self)};
    // The spec has been rendered; its texts are rendered again as the other task's properties.
    return context.runAs(definition);
}

} // namespace

void addExecutionTasks(engine::TaskRunners &runners)
{
    runners["io.kestra.plugin.core.log.Fetch"] = runnerOf(runFetch);
    runners["io.kestra.plugin.core.log.PurgeLogs"] = runnerOf(runPurgeLogs);
    runners["io.kestra.plugin.core.execution.Count"] = runnerOf(runCount);
    runners["io.kestra.plugin.core.execution.PurgeExecutions"] = runnerOf(runPurgeExecutions);
    runners["io.kestra.plugin.core.execution.Resume"] = runnerOf(runResume);
    runners["io.kestra.plugin.core.storage.PurgeStorage"] = runnerOf(runPurgeStorage);
    runners["io.kestra.plugin.core.trigger.Toggle"] = runnerOf(runToggle);
    runners["io.kestra.plugin.core.templating.TemplatedTask"] = runnerOf(runTemplatedTask);
}

} // namespace tasks
