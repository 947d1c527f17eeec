#include "engine/tasks/storage/storage_tasks.h"

#include "engine/tasks/storage/working_directory.h"
#include "engine/tasks/support/function_runner.h"

namespace tasks {

void addStorageTasks(engine::TaskRunners &runners)
{
    const auto add = [&](const char *name, TaskFunction function) {
        runners[std::string("io.kestra.plugin.core.storage.") + name] = runnerOf(function);
    };
    add("Write", runWrite);
    add("Concat", runConcat);
    add("Split", runSplit);
    add("Reverse", runReverse);
    add("FilterItems", runFilterItems);
    add("DeduplicateItems", runDeduplicateItems);
    add("Size", runSize);
    add("Delete", runDelete);
    add("LocalFiles", runLocalFiles);
    add("PurgeCurrentExecutionFiles", runPurgeCurrentExecutionFiles);
    runners["io.kestra.plugin.core.flow.WorkingDirectory"] = std::make_shared<WorkingDirectoryFiles>();
}

} // namespace tasks
