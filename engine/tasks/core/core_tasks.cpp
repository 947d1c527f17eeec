#include "engine/tasks/core/core_tasks.h"

#include "engine/tasks/support/function_runner.h"

namespace tasks {

void addCoreTasks(engine::TaskRunners &runners)
{
    runners["io.kestra.plugin.core.log.Log"] = instantRunnerOf(runLog);
    runners["io.kestra.plugin.core.debug.Echo"] = instantRunnerOf(runEcho);
    runners["io.kestra.plugin.core.debug.Return"] = instantRunnerOf(runReturn);
    runners["io.kestra.plugin.core.output.OutputValues"] = instantRunnerOf(runOutputValues);
    runners["io.kestra.plugin.core.flow.Sleep"] = runnerOf(runSleep);
    runners["io.kestra.plugin.core.execution.Fail"] = instantRunnerOf(runFail);
    runners["io.kestra.plugin.core.execution.Assert"] = instantRunnerOf(runAssert);
    runners["io.kestra.plugin.core.metric.Publish"] = instantRunnerOf(runPublish);
}

} // namespace tasks
