#include "engine/tasks/task_families.h"

#include "engine/tasks/core/core_tasks.h"

namespace tasks {

engine::TaskRunners builtInRunners()
{
    engine::TaskRunners runners;
    addCoreTasks(runners);
    return runners;
}

} // namespace tasks
