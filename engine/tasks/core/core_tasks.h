#pragma once

#include "engine/run/task_runner.h"

namespace tasks {

/// The small tasks of the core plugin that need nothing but the run itself: logging, returning values,
/// waiting, failing.
void addCoreTasks(engine::TaskRunners &runners);

engine::TaskResult runLog(engine::TaskContext &context);
engine::TaskResult runEcho(engine::TaskContext &context);
engine::TaskResult runReturn(engine::TaskContext &context);
engine::TaskResult runOutputValues(engine::TaskContext &context);
engine::TaskResult runSleep(engine::TaskContext &context);
engine::TaskResult runFail(engine::TaskContext &context);
engine::TaskResult runAssert(engine::TaskContext &context);
engine::TaskResult runPublish(engine::TaskContext &context);

} // namespace tasks
