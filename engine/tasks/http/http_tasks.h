#pragma once

#include "engine/run/task_runner.h"

namespace tasks {

/// Request, Download and SseRequest.
void addHttpTasks(engine::TaskRunners &runners);

engine::TaskResult runSseRequest(engine::TaskContext &context);

} // namespace tasks
