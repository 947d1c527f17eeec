#include "engine/tasks/script/script_places.h"

#include "engine/tasks/script/script_command.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

namespace tasks {

ScriptPlace ScriptPlaces::of(engine::TaskContext &context) const
{
    const flow::Value &properties = context.properties();
    const flow::Value *docker = properties.find("docker");
    const flow::Value dockerOptions = docker && docker->isMap() ? *docker : flow::Value(flow::Object());
    if (const flow::Value *old = properties.find("runner"); old && !old->isNull()) {
        if (textOf(*old) == "PROCESS")
            return {kProcessRunner, {}, false};
        if (textOf(*old) == "DOCKER")
            return {kDockerRunner, dockerOptions, false};
        throw TaskFailure{fmt::format("`runner` is none of PROCESS, DOCKER: {}", textOf(*old))};
    }
    if (const flow::Value *runner = properties.find("taskRunner"); runner && runner->isMap()) {
        const flow::Value *named = runner->find("type");
        const std::string type = named ? textOf(*named) : std::string();
        if (type == kProcessRunner)
            return {kProcessRunner, {}, true};
        if (type == kDockerRunner)
            return {kDockerRunner, *runner, true};
        if (!type.empty())
            throw TaskFailure{fmt::format("The task runner {} is not available on this machine. Use {} to run the script "
                                          "as a local process.",
                                          type, kProcessRunner)};
    }
    const std::string engine = usualContainerEngine();
    if (containerEngineAnswers(engine)) {
        sayOnce(context, fmt::format("No task runner is named: scripts run in containers of the engine at {}", engine));
        return {kDockerRunner, dockerOptions, false};
    }
    sayOnce(context, "No task runner is named and no container engine answers: scripts run as processes on this machine");
    return {kProcessRunner, {}, false};
}

void ScriptPlaces::sayOnce(engine::TaskContext &context, const std::string &text) const
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_told == context.executionId())
            return;
        m_told = context.executionId();
    }
    context.log(engine::Level::Info, text);
}

} // namespace tasks
