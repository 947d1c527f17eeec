#include "engine/tasks/core/core_tasks.h"

#include "engine/flow/iso_time.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/values.h"

namespace tasks {

engine::TaskResult runSleep(engine::TaskContext &context)
{
    const auto duration = durationOf(context.property("duration"));
    if (!duration)
        throw TaskFailure{"Duration must be set"};
    context.log(engine::Level::Info, "Waiting for " + flow::formatDuration(*duration));
    if (duration->count() > 0
        && !context.waitUntil(std::chrono::steady_clock::now()
                              + std::chrono::ceil<std::chrono::steady_clock::duration>(*duration)))
        return {engine::TaskEnd::Killed, {}, {}};
    return engine::TaskResult::success();
}

} // namespace tasks
