#include "engine/tasks/support/function_runner.h"

#include <exception>

namespace tasks {

namespace {

class FunctionRunner final : public engine::TaskRunner
{
public:
    FunctionRunner(TaskFunction function, bool instant) : m_function(function), m_instant(instant) {}

    engine::TaskResult run(engine::TaskContext &context) override
    {
        return guarded(context, [&] { return m_function(context); });
    }

    bool instant() const override { return m_instant; }

private:
    TaskFunction m_function;
    bool m_instant;
};

} // namespace

engine::TaskResult guarded(engine::TaskContext &context, const std::function<engine::TaskResult()> &work)
{
    try {
        return work();
    } catch (TaskFailure &failure) {
        if (context.cancelled())
            return {engine::TaskEnd::Killed, {}, {}};
        return engine::TaskResult::failed(std::move(failure.message), std::move(failure.outputs));
    } catch (const std::exception &error) {
        if (context.cancelled())
            return {engine::TaskEnd::Killed, {}, {}};
        return engine::TaskResult::failed(error.what());
    }
}

std::shared_ptr<engine::TaskRunner> runnerOf(TaskFunction function)
{
    return std::make_shared<FunctionRunner>(function, false);
}

std::shared_ptr<engine::TaskRunner> instantRunnerOf(TaskFunction function)
{
    return std::make_shared<FunctionRunner>(function, true);
}

} // namespace tasks
