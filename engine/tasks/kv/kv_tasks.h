#pragma once

#include "engine/run/task_runner.h"

namespace tasks {

/// Keys and values of namespaces, and the older state tasks that keep theirs among them.
void addKvTasks(engine::TaskRunners &runners);

engine::TaskResult runKvSet(engine::TaskContext &context);
engine::TaskResult runKvPut(engine::TaskContext &context);
engine::TaskResult runKvGet(engine::TaskContext &context);
engine::TaskResult runKvGetKeys(engine::TaskContext &context);
engine::TaskResult runKvDelete(engine::TaskContext &context);
engine::TaskResult runPurgeKv(engine::TaskContext &context);
engine::TaskResult runStateSet(engine::TaskContext &context);
engine::TaskResult runStateGet(engine::TaskContext &context);
engine::TaskResult runStateDelete(engine::TaskContext &context);

} // namespace tasks
