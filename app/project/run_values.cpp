#include "app/project/run_values.h"

#include "engine/run/run_scope.h"
#include "engine/run/state.h"

namespace app {

namespace {

using flow::Object;
using flow::Value;

Value instant(engine::Time time)
{
    return flow::instantValue(std::chrono::time_point_cast<std::chrono::nanoseconds>(time));
}

/// Maps in maps whose leaves are what task runs gave; made into a value at the end, so that nothing is copied on the way.
struct Branch
{
    Value leaf;
    std::vector<std::pair<std::string, std::unique_ptr<Branch>>> members;
    std::map<std::string, Branch *, std::less<>> index;

    Branch &at(const std::vector<std::string> &path)
    {
        Branch *branch = this;
        for (const std::string &key : path) {
            Branch *&known = branch->index[key];
            if (!known)
                known = branch->members.emplace_back(key, std::make_unique<Branch>()).second.get();
            branch = known;
        }
        return *branch;
    }
    Value value() const
    {
        if (members.empty())
            return leaf;
        Object object = leaf.isMap() ? leaf.map() : Object();
        for (const auto &[key, branch] : members)
            object.set(key, branch->value());
        return Value(std::move(object));
    }
};

/// Task id, then the values of the loops around the run, outermost first.
std::vector<std::string> pathOf(const engine::Execution &execution, const engine::TaskRun &run)
{
    std::vector<std::string> path{run.taskId};
    for (const engine::TaskRun *at = &run;;) {
        if (at->value)
            path.insert(path.begin() + 1, *at->value);
        if (at->parent == engine::kNoRun || at->parent >= execution.taskRuns.size())
            return path;
        at = &execution.taskRuns[at->parent];
    }
}

Object taskrunOf(const engine::Execution &execution, const engine::TaskRun &run)
{
    Object taskrun;
    taskrun.set("id", run.id);
    if (!run.history.empty())
        taskrun.set("startDate", instant(run.history.front().at));
    taskrun.set("attemptsCount", std::int32_t(run.attempts.size()));
    if (run.parent < execution.taskRuns.size())
        taskrun.set("parentId", execution.taskRuns[run.parent].id);
    if (run.value)
        taskrun.set("value", *run.value);
    if (run.iteration)
        taskrun.set("iteration", *run.iteration);
    return taskrun;
}

Value parentsOf(const engine::Execution &execution, const engine::TaskRun &run)
{
    Value::List parents;
    for (engine::RunIndex i = run.parent; i < execution.taskRuns.size(); i = execution.taskRuns[i].parent) {
        const engine::TaskRun &around = execution.taskRuns[i];
        Object parent;
        if (around.value) {
            Object taskrun;
            taskrun.set("value", *around.value);
            if (around.iteration)
                taskrun.set("iteration", *around.iteration);
            parent.set("taskrun", Value(std::move(taskrun)));
        }
        if (around.outputs.isMap() && !around.outputs.map().empty())
            parent.set("outputs", around.outputs);
        if (!parent.empty())
            parents.push_back(Value(std::move(parent)));
    }
    return Value(std::move(parents));
}

Value withoutSecrets(const Value &inputs, const flow::Flow *flow)
{
    if (!inputs.isMap())
        return Value(Object());
    Object shown = inputs.map();
    for (const auto &[name, value] : inputs.map())
        for (const flow::Item &input : flow ? flow->inputs : std::vector<flow::Item>())
            if (input.id == name && input.type == "SECRET")
                shown.erase(name);
    return Value(std::move(shown));
}

} // namespace

std::shared_ptr<const editor::RunValues> runValuesOf(const engine::Execution &execution, const flow::Flow *flow, std::string origin)
{
    auto values = std::make_shared<editor::RunValues>();
    values->origin = std::move(origin);
    Branch outputs, states;
    outputs.leaf = states.leaf = Value(Object());
    for (const engine::TaskRun &run : execution.taskRuns) {
        if (run.removed)
            continue;
        const std::vector<std::string> path = pathOf(execution, run);
        Object state;
        state.set("state", engine::nameOf(run.state));
        states.at(path).leaf = Value(std::move(state));
        if (engine::isEnd(run.state) && run.state != engine::State::Skipped)
            outputs.at(path).leaf = run.outputs.isMap() ? run.outputs : Value(Object());
        Object &own = values->ofTask[run.taskId];
        own = Object();
        own.set("taskrun", Value(taskrunOf(execution, run)));
        Object task;
        task.set("id", run.taskId);
        if (const flow::Task *written = flow ? flow->findById(run.taskId) : nullptr)
            task.set("type", written->type);
        own.set("task", Value(std::move(task)));
        const Value parents = parentsOf(execution, run);
        own.set("parents", parents);
        if (!parents.list().empty())
            own.set("parent", parents.list().front());
    }
    Object about;
    about.set("id", execution.flowId);
    about.set("namespace", execution.namespaceId);
    about.set("revision", execution.revision);
    about.set("tenantId", "main");
    Object own;
    own.set("id", execution.id);
    own.set("startDate", instant(execution.created));
    own.set("state", engine::nameOf(execution.state));
    own.set("originalId", execution.originalId);
    if (execution.outputs.isMap())
        own.set("outputs", execution.outputs);
    Object &roots = values->roots;
    roots.set("outputs", outputs.value());
    roots.set("tasks", states.value());
    roots.set("inputs", engine::nested(withoutSecrets(execution.inputs, flow)));
    roots.set("vars", execution.variables.isMap() ? execution.variables : Value(Object()));
    roots.set("labels", engine::nested(execution.labels.isMap() ? execution.labels : Value(Object())));
    roots.set("flow", Value(std::move(about)));
    roots.set("execution", Value(std::move(own)));
    if (const Value *trigger = execution.trigger.find("variables"); trigger && trigger->isMap())
        roots.set("trigger", *trigger);
    return values;
}

} // namespace app
