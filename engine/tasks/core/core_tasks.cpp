#include "engine/tasks/core/core_tasks.h"

#include "engine/tasks/support/function_runner.h"

namespace tasks {

void addCoreTasks(engine::TaskRunners &runners)
{
    runners["io.kestra.plugin.core.log.Log"] = runnerOf(runLog);
    runners["io.kestra.plugin.core.debug.Echo"] = runnerOf(runEcho);
    runners["io.kestra.plugin.core.debug.Return"] = runnerOf(runReturn);
    runners["io.kestra.plugin.core.output.OutputValues"] = runnerOf(runOutputValues);
    runners["io.kestra.plugin.core.flow.Sleep"] = runnerOf(runSleep);
    runners["io.kestra.plugin.core.execution.Fail"] = runnerOf(runFail);
    runners["io.kestra.plugin.core.execution.Assert"] = runnerOf(runAssert);
    runners["io.kestra.plugin.core.metric.Publish"] = runnerOf(runPublish);
}

} // namespace tasks
