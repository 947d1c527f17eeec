#include "engine/tasks/core/core_tasks.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

namespace tasks {

engine::TaskResult runFail(engine::TaskContext &context)
{
    const flow::Value *condition = context.properties().find("condition");
    if (!condition || condition->isNull()) {
        std::string message = optionalText(context.property("errorMessage")).value_or("Task failure");
        if (message.empty()) // an empty line, but a line
            context.log(engine::Level::Error, message);
        return engine::TaskResult::failed(std::move(message));
    }
    if (!isTrue(textOf(context.property("condition"))))
        return engine::TaskResult::success();
    context.log(engine::Level::Error, optionalText(context.property("errorMessage")).value_or("Task failure"));
    return engine::TaskResult::failed("Fail on a condition");
}

engine::TaskResult runAssert(engine::TaskContext &context)
{
    int failed = 0;
    int passed = 0;
    if (const flow::Value *conditions = context.properties().find("conditions")) {
        for (const flow::Value &item : conditions->list()) {
            const std::string condition = textOf(item);
            try {
                if (isTrue(context.renderText(condition))) {
                    ++passed;
                    continue;
                }
                context.log(engine::Level::Error, fmt::format("Assertion `{}` failed!", condition));
            } catch (const engine::RenderError &error) {
                context.log(engine::Level::Error, fmt::format("Assertion `{}` failed, failed to render `{}`",
                                                              condition, error.message));
            }
            ++failed;
        }
    }
    context.metric({"failed", "counter", static_cast<double>(failed), {}});
    context.metric({"success", "counter", static_cast<double>(passed), {}});
    if (failed == 0)
        return engine::TaskResult::success();
    std::string message = fmt::format("{} assertion{} failed!", failed, failed > 1 ? "s" : "");
    if (const auto extra = optionalText(context.property("errorMessage")))
        message += '\n' + *extra;
    return engine::TaskResult::failed(std::move(message));
}

} // namespace tasks
