#include "engine/tasks/task_families.h"

#include "engine/tasks/core/core_tasks.h"
#include "engine/tasks/execution/execution_tasks.h"
#include "engine/tasks/http/http_tasks.h"
#include "engine/tasks/kv/kv_tasks.h"
#include "engine/tasks/namespace_files/namespace_file_tasks.h"
#include "engine/tasks/script/script_tasks.h"
#include "engine/tasks/sql/sql_tasks.h"
#include "engine/tasks/storage/storage_tasks.h"

namespace tasks {

engine::TaskRunners builtInRunners()
{
    engine::TaskRunners runners;
    addCoreTasks(runners);
    addScriptTasks(runners);
    addSqliteTasks(runners);
    addPostgresTasks(runners);
    addStorageTasks(runners);
    addKvTasks(runners);
    addHttpTasks(runners);
    addExecutionTasks(runners);
    addNamespaceFileTasks(runners);
    return runners;
}

} // namespace tasks
