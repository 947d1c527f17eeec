#pragma once

#include "engine/run/task_runner.h"

namespace tasks {

/// Tasks on the files of namespaces.
void addNamespaceFileTasks(engine::TaskRunners &runners);

} // namespace tasks
