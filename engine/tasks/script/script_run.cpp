#include "engine/tasks/script/script_run.h"

#include "engine/tasks/script/line_protocol.h"
#include "engine/tasks/script/script_command.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/hash_order.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/random_name.h"
#include "engine/tasks/support/task_files.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace tasks {

namespace {

constexpr std::string_view kUriLetters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._+~#=/,:;";

} // namespace

ScriptRun::ScriptRun(engine::TaskContext &context, const ScriptPlaces &places)
    : m_context(context), m_place(places.of(context)), m_workingDir(context.workingDir())
{
    const flow::Value *old = context.properties().find("runner");
    m_outputDirEnabled = booleanOf(context.property("outputDirectory"), old && !old->isNull());
    m_outputDir = m_workingDir + '/' + randomName();
    m_context.makeDirectory(m_outputDir);
    m_variables.set("workingDir", m_workingDir);
    addEnvironment("WORKING_DIR", m_workingDir);
    if (m_outputDirEnabled) {
        m_variables.set("outputDir", m_outputDir);
        addEnvironment("OUTPUT_DIR", m_outputDir);
    }
}

void ScriptRun::prepare()
{
    const flow::Value env = m_context.property("env");
    for (const auto &[name, value] : env.map())
        addEnvironment(name, textOf(value));
    if (const flow::Value *files = m_context.properties().find("namespaceFiles"))
        placeNamespaceFiles(m_context, *files);
    if (const flow::Value *files = m_context.properties().find("inputFiles"); files && !files->isNull())
        placeInputFiles(m_context, renderedInputFiles(m_context, *files, m_variables));
}

void ScriptRun::addEnvironment(std::string name, std::string value)
{
    const auto same = [&](const auto &entry) { return entry.first == name; };
    const auto found = std::find_if(m_environment.begin(), m_environment.end(), same);
    if (found == m_environment.end())
        m_environment.emplace_back(std::move(name), std::move(value));
    else
        found->second = std::move(value);
}

std::string ScriptRun::render(const flow::Value &text)
{
    return withLocalFiles(textOf(m_context.renderWith(text, m_variables)));
}

std::string ScriptRun::withLocalFiles(std::string text)
{
    constexpr std::string_view kScheme = "kestra://";
    const WorkingFolder folder(m_workingDir);
    for (std::size_t at = text.find(kScheme); at != std::string::npos; at = text.find(kScheme, at)) {
        const std::size_t end = std::min(text.find_first_not_of(kUriLetters, at + kScheme.size()), text.size());
        const std::string uri = text.substr(at, end - at);
        const std::filesystem::path stored = storedFile(m_context, uri);
        const std::string name = std::filesystem::path(uri).filename();
        folder.copyIn(name, stored);
        const std::string local = m_workingDir + '/' + name;
        text.replace(at, end - at, local);
        at += local.size();
    }
    return text;
}

std::string ScriptRun::writeScript(std::string_view extension, std::string_view content)
{
    const std::string name = randomName() + std::string(extension);
    WorkingFolder(m_workingDir).write(name, content);
    return m_workingDir + '/' + name;
}

std::vector<std::string> ScriptRun::commandsProperty()
{
    std::vector<std::string> commands = textList(m_context, "commands", m_variables);
    for (std::string &command : commands)
        command = withLocalFiles(std::move(command));
    return commands;
}

std::vector<std::string> ScriptRun::commandLine(const std::vector<std::string> &commands)
{
    const flow::Value *interpreter = m_context.properties().find("interpreter");
    std::vector<std::string> line = {"/bin/sh", "-c"};
    if (interpreter && !interpreter->isNull())
        line = textList(m_context, "interpreter", m_variables);
    const std::vector<std::string> before = textList(m_context, "beforeCommands", m_variables);
    if (line.empty() && before.empty())
        return commands;
    std::vector<std::string> texts;
    if (booleanOf(m_context.property("failFast"), true))
        texts.push_back("set -e");
    for (const std::string &command : before)
        texts.push_back(withLocalFiles(command));
    texts.insert(texts.end(), commands.begin(), commands.end());
    line.push_back(fmt::format("{}", fmt::join(texts, textOf(m_context.property("targetOS")) == "WINDOWS" ? "\r\n" : "\n")));
    return line;
}

flow::Object ScriptRun::outputFiles()
{
    flow::Object uris;
    if (m_outputDirEnabled) {
        const WorkingFolder folder(m_outputDir);
        for (const std::string &name : folder.files()) {
            if (name.find_first_not_of(kUriLetters) != std::string::npos)
                throw TaskFailure{fmt::format("Output file '{}' contains unsupported characters. Allowed: letters, "
                                              "digits, hyphens, dots, underscores, plus, tilde, hash, equals, "
                                              "slashes, commas, colons, semicolons.",
                                              name)};
            uris.set(name, m_context.storage().put(folder.root() / name, name, true));
        }
    }
    const flow::Object taken = takeOutputFiles(m_context, textList(m_context, "outputFiles", m_variables));
    for (const auto &[name, uri] : taken)
        uris.set(name, uri);
    return uris;
}

engine::TaskResult ScriptRun::run(const std::vector<std::string> &commands)
{
    const ScriptCommand command{commandLine(commands), m_workingDir, m_environment, m_variables};
    if (m_place.saysRunner)
        m_context.log(engine::Level::Debug, fmt::format("Using task runner '{}'", m_place.runner));
    if (command.line.empty())
        throw TaskFailure{"The command list must not be empty"};
    LineProtocol protocol(m_context);
    const auto onLine = [&](bool isError, std::string_view line) { protocol.take(line, isError); };
    const ScriptEnd end = m_place.runner == kProcessRunner
                              ? runAsProcess(m_context, command, onLine)
                              : runInContainer(m_context, command, m_place.options,
                                               textOf(m_context.property("containerImage")), onLine);
    if (end.cancelled)
        return {engine::TaskEnd::Killed, {}, {}};

    flow::Object outputs{{"exitCode", static_cast<std::int32_t>(end.exitCode)},
                         {"outputFiles", inHashOrder(outputFiles())},
                         {"vars", inHashOrder(protocol.outputs())}};
    if (end.exitCode == 0) {
        if (!end.details.isNull())
            outputs.set("taskRunner", end.details);
        m_context.log(engine::Level::Debug, "Command succeed with exit code 0");
        return engine::TaskResult::success(std::move(outputs));
    }
    const std::string message = fmt::format("Command failed with exit code {}", end.exitCode);
    m_context.log(engine::Level::Error, "io.kestra.core.models.tasks.runners.TaskException: " + message);
    return engine::TaskResult::failed(message, std::move(outputs));
}

} // namespace tasks
