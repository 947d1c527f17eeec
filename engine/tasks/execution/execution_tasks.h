#pragma once

#include "engine/run/task_runner.h"

namespace tasks {

/// Tasks about executions and their logs, and the task made of a template.
void addExecutionTasks(engine::TaskRunners &runners);

} // namespace tasks
