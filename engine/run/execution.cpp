#include "engine/run/execution.h"

namespace engine {

namespace {

constexpr std::string_view kAlphabet =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

std::uint64_t mix(std::uint64_t x)
{
    x += 0x9e3779b97f4a7c15ull;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
    return x ^ (x >> 31);
}

} // namespace

bool ExecutionChange::empty() const
{
    return !created && states.empty() && runs.empty() && logs.empty() && metrics.empty() && !labels &&
           !variables && !outputs && !reason && brokenSlas.empty() && conditions.empty() && !retryAt && !ended;
}

std::string taskRunId(std::string_view executionId, RunIndex run)
{
    std::uint64_t high = 0xcbf29ce484222325ull;
    for (const char c : executionId)
        high = (high ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
    high = mix(high ^ run);
    std::uint64_t low = mix(high + run);
    std::string id(22, '0');
    for (std::size_t i = 0; i < 11; ++i, high /= 62)
        id[i] = kAlphabet[high % 62];
    for (std::size_t i = 11; i < 22; ++i, low /= 62)
        id[i] = kAlphabet[low % 62];
    return id;
}

void apply(Execution &execution, const ExecutionChange &change)
{
    if (change.created)
        static_cast<ExecutionRecord &>(execution) = *change.created;
    for (const StateAt &state : change.states) {
        execution.state = state.state;
        execution.history.push_back(state);
    }
    if (change.labels)
        execution.labels = *change.labels;
    if (change.variables)
        execution.variables = *change.variables;
    if (change.outputs)
        execution.outputs = *change.outputs;
    if (change.reason)
        execution.reason = *change.reason;
    execution.brokenSlas.insert(execution.brokenSlas.end(), change.brokenSlas.begin(), change.brokenSlas.end());
    for (const TaskRunChange &from : change.runs) {
        if (execution.taskRuns.size() <= from.run)
            execution.taskRuns.resize(from.run + 1);
        TaskRun &run = execution.taskRuns[from.run];
        if (from.created) {
            run.index = from.run;
            run.id = taskRunId(change.id, from.run);
            run.taskId = from.taskId;
            run.parent = from.parent;
            run.value = from.value;
        }
        if (from.iteration)
            run.iteration = from.iteration;
        for (const StateAt &state : from.states) {
            run.state = state.state;
            run.history.push_back(state);
        }
        if (from.attempts)
            run.attempts = *from.attempts;
        if (from.outputs)
            run.outputs = *from.outputs;
        if (from.reason)
            run.reason = *from.reason;
        run.removed = run.removed || from.removed;
    }
}

} // namespace engine
