#pragma once

#include "engine/run/task_runner.h"

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tasks {

/// What a script task wants run, whoever runs it.
struct ScriptCommand
{
    std::vector<std::string> line;  ///< program and arguments
    std::string directory;          ///< the working directory, where the task's files are; absolute
    std::vector<std::pair<std::string, std::string>> environment; ///< the task's own variables
    flow::Object variables;         ///< further ones of the runner's templates
};

struct ScriptEnd
{
    int exitCode = 0;
    bool cancelled = false;
    flow::Value details; ///< the output `taskRunner`; Null for none
};

/// A line of the script's output, without its end.
using ScriptLines = std::function<void(bool isError, std::string_view line)>;

/// Runs a command as a process of this machine, in the working directory. Throws TaskFailure when it can't start.
ScriptEnd runAsProcess(engine::TaskContext &context, const ScriptCommand &command, const ScriptLines &onLine);

/// The address scripts go to when their task names none: DOCKER_HOST, else the first usual socket that is there;
/// empty without one.
std::string usualContainerEngine();
/// Whether a container engine answers at an address.
bool containerEngineAnswers(const std::string &host);
/// Runs a command in a container: `runner` is the task runner as written (Map), `image` what the task names. The
/// working directory is copied in and back, or mounted. Throws TaskFailure.
ScriptEnd runInContainer(engine::TaskContext &context, const ScriptCommand &command, const flow::Value &runner,
                         const std::string &image, const ScriptLines &onLine);

} // namespace tasks
