#pragma once

#include "engine/run/task_runner.h"

namespace tasks {

/// Tasks on files of the internal storage, and the files of WorkingDirectory.
void addStorageTasks(engine::TaskRunners &runners);

engine::TaskResult runWrite(engine::TaskContext &context);
engine::TaskResult runConcat(engine::TaskContext &context);
engine::TaskResult runSplit(engine::TaskContext &context);
engine::TaskResult runReverse(engine::TaskContext &context);
engine::TaskResult runFilterItems(engine::TaskContext &context);
engine::TaskResult runDeduplicateItems(engine::TaskContext &context);
engine::TaskResult runSize(engine::TaskContext &context);
engine::TaskResult runDelete(engine::TaskContext &context);
engine::TaskResult runLocalFiles(engine::TaskContext &context);
engine::TaskResult runPurgeCurrentExecutionFiles(engine::TaskContext &context);

} // namespace tasks
