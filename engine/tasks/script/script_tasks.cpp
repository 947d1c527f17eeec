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

engine::TaskResult runCommands(engine::TaskContext &context)
{
    ScriptRun script(context);
    script.prepare();
    return script.run(script.commandsProperty());
}

engine::TaskResult runShellScript(engine::TaskContext &context)
{
    ScriptRun script(context);
    script.prepare();
    return script.run({script.render(scriptProperty(context))});
}

engine::TaskResult runPythonCommands(engine::TaskContext &context)
{
    ScriptRun script(context);
    script.prepare();
    addPythonEnvironment(script);
    script.addEnvironment("PIP_DISABLE_PIP_VERSION_CHECK", "1");
    return script.run(script.commandsProperty());
}

engine::TaskResult runPythonScript(engine::TaskContext &context)
{
    ScriptRun script(context);
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

engine::TaskResult runNodeScript(engine::TaskContext &context)
{
    ScriptRun script(context);
    script.prepare();
    const std::string file = script.writeScript(".js", script.render(scriptProperty(context)));
    addPythonEnvironment(script);
    return script.run({"node " + file});
}

} // namespace

void addScriptTasks(engine::TaskRunners &runners)
{
    runners["io.kestra.plugin.scripts.shell.Commands"] = runnerOf(runCommands);
    runners["io.kestra.plugin.scripts.shell.Script"] = runnerOf(runShellScript);
    runners["io.kestra.plugin.scripts.python.Commands"] = runnerOf(runPythonCommands);
    runners["io.kestra.plugin.scripts.python.Script"] = runnerOf(runPythonScript);
    runners["io.kestra.plugin.scripts.node.Commands"] = runnerOf(runCommands);
    runners["io.kestra.plugin.scripts.node.Script"] = runnerOf(runNodeScript);
}

} // namespace tasks
