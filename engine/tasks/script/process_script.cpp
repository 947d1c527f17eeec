#include "engine/tasks/script/script_command.h"

#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/process.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cstring>

namespace tasks {

ScriptEnd runAsProcess(engine::TaskContext &context, const ScriptCommand &command, const ScriptLines &onLine)
{
    ProcessRequest request;
    request.command = command.line;
    request.directory = command.directory;
    request.environment = environmentWith(command.environment);
    request.cancelFd = context.cancelFd();
    Process process;
    if (const int error = process.start(request)) {
        const std::string why = fmt::format("Exec failed, error: {} ({}) ", error, std::strerror(error));
        context.log(engine::Level::Error, fmt::format("Cannot run program \"{}\" (in directory \"{}\"): {}",
                                                      request.command.front(), command.directory, why));
        throw TaskFailure{why};
    }
    context.log(engine::Level::Debug,
                fmt::format("Starting command with pid {} [{}]", process.id(), fmt::join(request.command, " ")));
    const ProcessEnd end = process.run(
        [&](ProcessStream stream, std::string_view line) { onLine(stream == ProcessStream::Err, line); },
        [&] {
            context.log(engine::Level::Warn, fmt::format("Killing process {} for InterruptedException", process.id()));
        });
    if (end.leaves)
        context.leaveWorkingDir();
    return {end.exitCode, end.cancelled, {}};
}

} // namespace tasks
