#include "engine/tasks/core/core_tasks.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/levels.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

namespace tasks {

engine::TaskResult runLog(engine::TaskContext &context)
{
    const engine::Level level = levelProperty(context, "level");
    const flow::Value *message = context.properties().find("message");
    if (message && message->isText()) {
        context.log(level, context.renderText(message->text()));
    } else if (message && message->isList()) {
        // The items before a bad one are logged.
        for (const flow::Value &item : message->list()) {
            if (!item.isText())
                throw TaskFailure{fmt::format("class {0} cannot be cast to class java.lang.String ({0} and "
                                              "java.lang.String are in module java.base of loader 'bootstrap')",
                                              javaClassOf(item))};
            context.log(level, context.renderText(item.text()));
        }
    } else if (message) {
        throw TaskFailure{fmt::format("Invalid message type 'class {}'", javaClassOf(*message))};
    }
    return engine::TaskResult::success();
}

engine::TaskResult runEcho(engine::TaskContext &context)
{
    const engine::Level level = levelProperty(context, "level");
    context.log(level, textOf(context.property("format")));
    return engine::TaskResult::success();
}

} // namespace tasks
