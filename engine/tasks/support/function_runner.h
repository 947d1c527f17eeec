#pragma once

#include "engine/run/task_runner.h"

#include <functional>
#include <memory>
#include <string>

namespace tasks {

/// Ends a task as failed from anywhere below its runner; `message` is the line for the log.
struct TaskFailure
{
    std::string message;
    flow::Value outputs = {};
};

/// Runs `work` and turns TaskFailure and the exceptions of the standard library into a failed attempt, or into a
/// killed one when the attempt is cancelled; RenderError passes on to the engine.
engine::TaskResult guarded(engine::TaskContext &context, const std::function<engine::TaskResult()> &work);

using TaskFunction = engine::TaskResult (*)(engine::TaskContext &);

/// A runner that is one guarded function without state.
std::shared_ptr<engine::TaskRunner> runnerOf(TaskFunction function);
/// The same for a function that ends at once and touches nothing outside the execution.
std::shared_ptr<engine::TaskRunner> instantRunnerOf(TaskFunction function);

} // namespace tasks
