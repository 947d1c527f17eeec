#pragma once

#include "engine/run/task_runner.h"

namespace tasks {

/// Query and Queries against SQLite.
void addSqliteTasks(engine::TaskRunners &runners);
/// Query, Queries, Batch, CopyIn and CopyOut against PostgreSQL.
void addPostgresTasks(engine::TaskRunners &runners);

} // namespace tasks
