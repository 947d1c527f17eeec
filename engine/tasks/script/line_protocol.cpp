#include "engine/tasks/script/line_protocol.h"

#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/json_error.h"
#include "engine/tasks/support/levels.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

namespace tasks {

namespace {

constexpr std::string_view kChain = " (through reference chain: "
                                    "io.kestra.core.models.tasks.runners.TaskLogLineMatcher$TaskLogMatch[\"{}\"])";

engine::Metric metricOf(const flow::Value &written)
{
    const auto text = [&](std::string_view name) {
        const flow::Value *member = written.find(name);
        return member ? textOf(*member) : std::string();
    };
    engine::Metric metric{text("name"), text("type"), 0, {}};
    if (metric.type != "counter" && metric.type != "gauge" && metric.type != "timer")
        throw TaskFailure{fmt::format("Could not resolve type id '{}' as a subtype of "
                                      "`io.kestra.core.models.executions.AbstractMetricEntry<java.lang.Object>`: known "
                                      "type ids = [counter, gauge, timer]",
                                      metric.type)};
    if (metric.name.empty())
        throw TaskFailure{"A metric needs a name"};
    if (const flow::Value *value = written.find("value")) {
        if (value->isNumber())
            metric.value = value->asDouble();
        else if (metric.type == "timer")
            metric.value = std::chrono::duration<double>(durationOf(*value).value_or(std::chrono::nanoseconds{0})).count();
        else
            throw TaskFailure{fmt::format("The value of the metric `{}` is no number", metric.name)};
    }
    if (const flow::Value *tags = written.find("tags")) {
        for (const auto &[name, value] : tags->map())
            metric.tags[name] = textOf(value);
    }
    return metric;
}

void checkLogs(const flow::Value *logs)
{
    if (!logs || logs->isNull())
        return;
    if (!logs->isList())
        throw TaskFailure{"The logs must be a list"};
    for (const flow::Value &entry : logs->list()) {
        if (!entry.isMap())
            throw TaskFailure{"A log must be a map"};
        const flow::Value *level = entry.find("level");
        if (level && !level->isNull() && (!level->isText() || !levelOf(level->text())))
            throw TaskFailure{fmt::format("Cannot deserialize value of type `org.slf4j.event.Level` from String "
                                          "\"{}\": not one of the values accepted for Enum class: [ERROR, DEBUG, "
                                          "TRACE, INFO, WARN]",
                                          textOf(*level))};
    }
}

} // namespace

void LineProtocol::take(std::string_view line, bool fromStdErr)
{
    if (line.size() > 5 && line.starts_with("::{") && line.ends_with("}::"))
        takeMessage(line.substr(2, line.size() - 4));
    else
        m_context.log(fromStdErr ? engine::Level::Error : engine::Level::Info, line);
}

void LineProtocol::takeMessage(std::string_view json)
{
    // What follows the message is not looked at.
    const flow::JsonParse parsed = flow::parseJsonPrefix(json);
    if (!parsed.ok) {
        refuse(json);
        return;
    }
    try {
        const flow::Value *outputs = parsed.value.find("outputs");
        if (outputs && !outputs->isNull() && !outputs->isMap())
            throw TaskFailure{"The outputs must be a map"};
        std::vector<engine::Metric> metrics;
        if (const flow::Value *written = parsed.value.find("metrics")) {
            if (!written->isNull() && !written->isList())
                throw TaskFailure{"The metrics must be a list"};
            for (const flow::Value &metric : written->list())
                metrics.push_back(metricOf(metric));
        }
        const flow::Value *logs = parsed.value.find("logs");
        checkLogs(logs);

        if (outputs) {
            for (const auto &[name, value] : outputs->map()) {
                if (!value.isNull())
                    m_outputs.set(name, withoutNulls(value));
            }
        }
        for (engine::Metric &metric : metrics)
            m_context.metric(std::move(metric));
        if (logs)
            takeLogs(*logs, json);
    } catch (const TaskFailure &failure) {
        m_context.log(engine::Level::Warn, fmt::format("Invalid outputs '{}'", failure.message));
    }
}

void LineProtocol::refuse(std::string_view json)
{
    const JsonFault fault = jsonFault(json);
    std::string chain;
    for (const std::string_view key : {"outputs", "metrics", "logs"}) {
        if (fault.depth > 1 && json.starts_with(fmt::format("{{\"{}\"", key)))
            chain = fmt::format(fmt::runtime(kChain), key);
    }
    m_context.log(engine::Level::Warn, fmt::format("Invalid outputs '{}{}'", fault.message, chain));
    if (!chain.empty())
        m_context.log(engine::Level::Warn, fault.message);
}

void LineProtocol::takeLogs(const flow::Value &logs, std::string_view json)
{
    for (const flow::Value &entry : logs.list()) {
        const flow::Value *level = entry.find("level");
        const flow::Value *message = entry.find("message");
        if (!level || level->isNull())
            m_context.log(engine::Level::Warn, fmt::format("Invalid log '{}'", json));
        else if (message && !message->isNull())
            m_context.log(*levelOf(level->text()), textOf(*message));
    }
}

} // namespace tasks
