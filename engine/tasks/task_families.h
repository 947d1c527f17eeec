#pragma once

#include "engine/run/task_runner.h"

namespace tasks {

/// Every task type Leat runs here, ready to hand to engine::Engine.
engine::TaskRunners builtInRunners();

} // namespace tasks
