#include "engine/tasks/core/core_tasks.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

#include <charconv>

namespace tasks {

namespace {

double numberOf(const flow::Value &value)
{
    if (value.isNumber())
        return value.asDouble();
    const std::string text = textOf(value);
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        throw TaskFailure{unreadableToken(text)};
    return number;
}

engine::Metric metricOf(engine::TaskContext &context, const flow::Value &item)
{
    const auto member = [&](std::string_view name) {
        const flow::Value *found = item.find(name);
        return found ? context.render(*found, true) : flow::Value();
    };
    engine::Metric metric;
    metric.type = textOf(member("type"));
    if (metric.type != "counter" && metric.type != "gauge" && metric.type != "timer")
        throw TaskFailure{fmt::format("java.lang.IllegalArgumentException: Could not resolve type id '{}' as a subtype "
                                      "of `io.kestra.core.models.tasks.metrics.AbstractMetric`: known type ids = "
                                      "[counter, gauge, timer]\n at [Source: UNKNOWN; byte offset: #UNKNOWN]",
                                      metric.type)};
    metric.name = textOf(member("name"));
    const flow::Value value = member("value");
    metric.value = metric.type == "timer"
                       ? std::chrono::duration<double>(durationOf(value).value_or(std::chrono::nanoseconds{0})).count()
                       : numberOf(value);
    const flow::Value tags = member("tags");
    for (const auto &[key, tag] : tags.map())
        metric.tags[key] = textOf(tag);
    return metric;
}

} // namespace

engine::TaskResult runPublish(engine::TaskContext &context)
{
    // All are read before the first is recorded: a bad one means none.
    std::vector<engine::Metric> metrics;
    const flow::Value items = context.property("metrics");
    for (const flow::Value &item : items.list())
        metrics.push_back(metricOf(context, item));
    for (engine::Metric &metric : metrics)
        context.metric(std::move(metric));
    return engine::TaskResult::success();
}

} // namespace tasks
