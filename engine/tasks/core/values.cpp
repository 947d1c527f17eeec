#include "engine/tasks/core/core_tasks.h"

#include "engine/expr/java_values.h"
#include "engine/flow/utf8.h"
#include "engine/tasks/support/values.h"

#include <chrono>

namespace tasks {

engine::TaskResult runReturn(engine::TaskContext &context)
{
    const auto begin = std::chrono::steady_clock::now();
    const std::optional<std::string> value = optionalText(context.property("format"));
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;

    flow::Object outputs;
    if (value) {
        context.log(engine::Level::Debug, *value);
        outputs.set("value", *value);
    }
    context.metric({"length", "counter", value ? static_cast<double>(flow::utf8::utf16Length(*value)) : 0.0, {}});
    context.metric({"duration", "timer", took.count(), {}});
    return value ? engine::TaskResult::success(std::move(outputs)) : engine::TaskResult::success();
}

engine::TaskResult runOutputValues(engine::TaskContext &context)
{
    const flow::Value values = context.property("values");
    if (values.isNull())
        return engine::TaskResult::success();
    if (!values.isMap())
        return engine::TaskResult::failed("The values must be a map");
    flow::Object outputs;
    outputs.set("values", expr::java::toHashMap(values.map()));
    return engine::TaskResult::success(std::move(outputs));
}

} // namespace tasks
