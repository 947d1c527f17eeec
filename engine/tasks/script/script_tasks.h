#pragma once

#include "engine/run/task_runner.h"

namespace tasks {

/// Shell, Python and Node scripts, run as local processes or in containers.
void addScriptTasks(engine::TaskRunners &runners);

} // namespace tasks
