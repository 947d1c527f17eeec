#include "engine/tasks/task_families.h"

#include "engine/tasks/core/core_tasks.h"
#include "engine/tasks/script/script_tasks.h"
#include "engine/tasks/sql/sql_tasks.h"

namespace tasks {

engine::TaskRunners builtInRunners()
{
    engine::TaskRunners runners;
    addCoreTasks(runners);
    addScriptTasks(runners);
    addSqlTasks(runners);
    return runners;
}

} // namespace tasks
