#pragma once

#include "engine/run/task_runner.h"

#include <mutex>
#include <string>
#include <string_view>

namespace tasks {

inline constexpr std::string_view kProcessRunner = "io.kestra.plugin.core.runner.Process";
inline constexpr std::string_view kDockerRunner = "io.kestra.plugin.scripts.runner.docker.Docker";

/// Where one script runs.
struct ScriptPlace
{
    std::string_view runner; ///< kProcessRunner or kDockerRunner
    flow::Value options;     ///< of the container, as written; Map
    bool saysRunner = false; ///< the task names it in `taskRunner`
};

/// Decides where scripts run: where their task says; else in a container when an engine answers, else as a
/// process, and says so once for each execution. Thread-safe.
class ScriptPlaces
{
public:
    /// Throws TaskFailure for a task runner that is not here.
    ScriptPlace of(engine::TaskContext &context) const;

private:
    void sayOnce(engine::TaskContext &context, const std::string &text) const;

    mutable std::mutex m_mutex;
    mutable std::string m_told; // the last execution that was told
};

} // namespace tasks
