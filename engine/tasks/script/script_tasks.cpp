#include "engine/tasks/script/script_tasks.h"

#include "engine/tasks/script/script_run.h"
#include "engine/tasks/support/function_runner.h"

#include <fmt/format.h>

namespace tasks {

namespace {

const flow::Value &scriptProperty(engine::TaskContext &context)
{
    const flow::Value *script = context.properties().find("script");
    if (!script || script->isNull())
        throw TaskFailure{"No value present"};
    return *script;
}

void addPythonEnvironment(ScriptRun &script)
{
    script.addEnvironment("PYTHONUNBUFFERED", "true");
    script.addEnvironment("PIP_ROOT_USER_ACTION", "ignore");
}

engine::TaskResult runCommands(engine::TaskContext &context, const ScriptPlaces &places)
{
    ScriptRun script(context, places);
    script.prepare();
    return script.run(script.commandsProperty());
}

engine::TaskResult runShellScript(engine::TaskContext &context, const ScriptPlaces &places)
{
    ScriptRun script(context, places);
    script.prepare();
    return script.run({script.render(scriptProperty(context))});
}

engine::TaskResult runPythonCommands(engine::TaskContext &context, const ScriptPlaces &places)
{
    ScriptRun script(context, places);
    script.prepare();
    addPythonEnvironment(script);
    script.addEnvironment("PIP_DISABLE_PIP_VERSION_CHECK", "1");
    return script.run(script.commandsProperty());
}

engine::TaskResult runPythonScript(engine::TaskContext &context, const ScriptPlaces &places)
{
    ScriptRun script(context, places);
    script.prepare();
    // Templates print the words of JSON, so Python gets to know them.
    const std::string file = script.writeScript(
        ".py", "true = True\nfalse = False\nnull = None\n" + script.render(scriptProperty(context)));
    addPythonEnvironment(script);
    script.addEnvironment("PIP_DISABLE_PIP_VERSION_CHECK", "1");
    return script.run({fmt::format("if [ -n \"$VIRTUAL_ENV\" ]; then \"$VIRTUAL_ENV/bin/python\" \"{0}\"; "
                                   "elif command -v python3 >/dev/null 2>&1; then python3 \"{0}\"; "
                                   "else python \"{0}\"; fi",
                                   file)});
}

engine::TaskResult runNodeScript(engine::TaskContext &context, const ScriptPlaces &places)
{
    ScriptRun script(context, places);
    script.prepare();
    const std::string file = script.writeScript(".js", script.render(scriptProperty(context)));
    addPythonEnvironment(script);
    return script.run({"node " + file});
}

using Work = engine::TaskResult (*)(engine::TaskContext &, const ScriptPlaces &);

class ScriptRunner final : public engine::TaskRunner
{
public:
    ScriptRunner(Work work, std::shared_ptr<const ScriptPlaces> places) : m_work(work), m_places(std::move(places)) {}

    engine::TaskResult run(engine::TaskContext &context) override
    {
        return guarded(context, [&] { return m_work(context, *m_places); });
    }

private:
    Work m_work;
    std::shared_ptr<const ScriptPlaces> m_places;
};

} // namespace

void addScriptTasks(engine::TaskRunners &runners)
{
    const auto places = std::make_shared<const ScriptPlaces>();
    const std::pair<const char *, Work> kinds[] = {{"shell.Commands", runCommands},         {"shell.Script", runShellScript},
                                                   {"python.Commands", runPythonCommands},  {"python.Script", runPythonScript},
                                                   {"node.Commands", runCommands},          {"node.Script", runNodeScript}};
    for (const auto &[name, work] : kinds)
        runners[fmt::format("io.kestra.plugin.scripts.{}", name)] = std::make_shared<ScriptRunner>(work, places);
}

} // namespace tasks
