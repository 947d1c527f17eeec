#include "engine/tasks/support/function_runner.h"

#include <exception>

namespace tasks {

namespace {

class FunctionRunner final : public engine::TaskRunner
{
public:
    explicit FunctionRunner(TaskFunction function) : m_function(function) {}

    engine::TaskResult run(engine::TaskContext &context) override
    {
        try {
            return m_function(context);
        } catch (TaskFailure &failure) {
            return engine::TaskResult::failed(std::move(failure.message), std::move(failure.outputs));
        } catch (const std::exception &error) {
            return engine::TaskResult::failed(error.what());
        }
    }

private:
    TaskFunction m_function;
};

} // namespace

std::shared_ptr<engine::TaskRunner> runnerOf(TaskFunction function)
{
    return std::make_shared<FunctionRunner>(function);
}

} // namespace tasks
