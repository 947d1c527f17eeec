#pragma once

#include "engine/run/task_runner.h"
#include "engine/tasks/script/script_places.h"

#include <string>
#include <utility>
#include <vector>

namespace tasks {

/// One attempt of a script task: files in, commands rendered and run, outputs out. Made for one `run` call.
class ScriptRun
{
public:
    ScriptRun(engine::TaskContext &context, const ScriptPlaces &places);

    /// Places namespace and input files. Must come first.
    void prepare();
    /// Renders a text with the script's variables; storage addresses in it become local copies.
    std::string render(const flow::Value &text);
    /// Writes a file with a random name that ends in `extension` into the working directory; its full path.
    std::string writeScript(std::string_view extension, std::string_view content);
    void addEnvironment(std::string name, std::string value);

    /// The `commands` property, rendered.
    std::vector<std::string> commandsProperty();
    /// Runs the commands under the task's interpreter. Logs what went wrong before the last line of it, which
    /// is the result's message.
    engine::TaskResult run(const std::vector<std::string> &commands);

private:
    std::string withLocalFiles(std::string text);
    std::vector<std::string> commandLine(const std::vector<std::string> &commands);
    flow::Object outputFiles();

    engine::TaskContext &m_context;
    ScriptPlace m_place;
    std::string m_workingDir;
    std::string m_outputDir;
    bool m_outputDirEnabled = false;
    flow::Object m_variables;
    std::vector<std::pair<std::string, std::string>> m_environment;
};

} // namespace tasks
