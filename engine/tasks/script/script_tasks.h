#pragma once

#include "engine/run/task_runner.h"

namespace tasks {

/// Shell, Python and Node scripts, run as local processes.
void addScriptTasks(engine::TaskRunners &runners);

} // namespace tasks
