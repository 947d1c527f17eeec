#pragma once

#include "engine/run/task_runner.h"

namespace tasks {

/// Query and Queries against SQLite.
void addSqlTasks(engine::TaskRunners &runners);

} // namespace tasks
