#pragma once

#include "engine/run/task_runner.h"
#include "engine/tasks/sql/postgres_connection.h"

#include <memory>

namespace tasks {

/// Connects as the task's `url`, `username`, `password` and ssl properties say. Throws TaskFailure.
std::unique_ptr<PostgresConnection> openPostgres(engine::TaskContext &context);

} // namespace tasks
