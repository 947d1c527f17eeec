#include "engine/run/program.h"

#include "engine/run/text.h"

#include <algorithm>
#include <cstdlib>

namespace engine {

namespace {

using flow::Object;
using flow::Value;

constexpr std::string_view kFlow = "io.kestra.plugin.core.flow.";
constexpr std::string_view kExecution = "io.kestra.plugin.core.execution.";

bool boolOf(const Value *value)
{
    if (!value)
        return false;
    if (value->kind() == Value::Kind::Bool)
        return value->asBool();
    if (value->isNumber())
        return value->asDouble() != 0;
    const std::string &text = value->text();
    return text == "true" || text == "True" || text == "TRUE";
}

std::optional<std::int32_t> intOf(const Value *value)
{
    if (!value || value->isNull())
        return std::nullopt;
    if (value->isNumber())
        return static_cast<std::int32_t>(value->asDouble());
    char *end = nullptr;
    const long number = std::strtol(value->text().c_str(), &end, 10);
    if (value->text().empty() || *end != '\0')
        return std::nullopt;
    return static_cast<std::int32_t>(number);
}

std::optional<Nanoseconds> durationOf(const Value *value)
{
    return value && value->isText() ? parseDuration(value->text()) : std::nullopt;
}

bool isExpression(const Value *value)
{
    return value && value->isText() &&
           (value->text().find("{{") != std::string::npos || value->text().find("{%") != std::string::npos);
}

std::optional<Retry> retryOf(const Value *value)
{
    if (!value || !value->isMap())
        return std::nullopt;
    Retry retry;
    const std::string type = textOf(value->find("type"));
    retry.type = type == "exponential" ? Retry::Type::Exponential
                 : type == "random"    ? Retry::Type::Random
                                       : Retry::Type::Constant;
    retry.interval = durationOf(value->find(type == "random" ? "minInterval" : "interval")).value_or(Nanoseconds{});
    retry.maxInterval = durationOf(value->find("maxInterval")).value_or(Nanoseconds{});
    if (const Value *factor = value->find("delayFactor"); factor && factor->isNumber())
        retry.delayFactor = factor->asDouble();
    retry.maxDuration = durationOf(value->find("maxDuration"));
    retry.maxAttempts = intOf(value->find("maxAttempts")).value_or(intOf(value->find("maxAttempt")).value_or(0));
    retry.warningOnRetry = boolOf(value->find("warningOnRetry"));
    retry.newExecution = textOf(value->find("behavior")) == "CREATE_NEW_EXECUTION";
    return retry;
}

TaskKind kindOf(std::string_view type)
{
    if (type.substr(0, kExecution.size()) == kExecution) {
        const std::string_view name = type.substr(kExecution.size());
        if (name == "Exit" || name == "Labels" || name == "SetVariables" || name == "UnsetVariables")
            return TaskKind::Updater;
        return TaskKind::Runnable;
    }
    if (type.substr(0, kFlow.size()) != kFlow)
        return TaskKind::Runnable;
    static const std::map<std::string_view, TaskKind> kKinds = {
        {"Sequential", TaskKind::Sequential},
        {"AllowFailure", TaskKind::Sequential},
        {"Template", TaskKind::Sequential},
        {"Parallel", TaskKind::Parallel},
        {"Dag", TaskKind::Dag},
        {"If", TaskKind::If},
        {"Switch", TaskKind::Switch},
        {"ForEach", TaskKind::ForEach},
        {"EachSequential", TaskKind::EachSequential},
        {"EachParallel", TaskKind::EachParallel},
        {"LoopUntil", TaskKind::LoopUntil},
        {"WorkingDirectory", TaskKind::WorkingDirectory},
        {"Pause", TaskKind::Pause},
        {"Subflow", TaskKind::Subflow},
        {"ForEachItem", TaskKind::ForEachItem},
        {"ForEachItem$ForEachItemExecutable", TaskKind::ForEachItemItems},
    };
    const auto found = kKinds.find(type.substr(kFlow.size()));
    return found == kKinds.end() ? TaskKind::Runnable : found->second;
}

class Compiler
{
public:
    Compiler(Program &program, const flow::TaskCatalog &catalog) : m_program(program), m_catalog(catalog) {}

    void run()
    {
        const Value &flow = m_program.flow;
        m_program.id = textOf(flow.find("id"));
        m_program.namespaceId = textOf(flow.find("namespace"));
        m_program.disabled = boolOf(flow.find("disabled"));
        m_program.retry = retryOf(flow.find("retry"));
        if (const Value *concurrency = flow.find("concurrency"); concurrency && concurrency->isMap()) {
            m_program.concurrencyLimit = intOf(concurrency->find("limit")).value_or(0);
            m_program.concurrencyBehavior = textOf(concurrency->find("behavior"));
            if (m_program.concurrencyBehavior.empty())
                m_program.concurrencyBehavior = "QUEUE";
        }
        m_program.main = list(flow.find("tasks"), kNoTask);
        m_program.errors = list(flow.find("errors"), kNoTask);
        m_program.finals = list(flow.find("finally"), kNoTask);
        m_program.afterExecution = list(flow.find("afterExecution"), kNoTask);
    }

private:
    std::vector<TaskIndex> list(const Value *tasks, TaskIndex parent)
    {
        std::vector<TaskIndex> indexes;
        if (!tasks || !tasks->isList())
            return indexes;
        for (const Value &task : tasks->list()) {
            const TaskIndex index = add(task, parent);
            if (index != kNoTask && !m_program.tasks[index].disabled)
                indexes.push_back(index);
        }
        return indexes;
    }

    TaskIndex add(const Value &properties, TaskIndex parent)
    {
        if (!properties.isMap())
            return kNoTask;
        const auto index = static_cast<TaskIndex>(m_program.tasks.size());
        m_program.tasks.emplace_back();
        TaskNode node;
        node.id = textOf(properties.find("id"));
        node.type = textOf(properties.find("type"));
        if (const flow::TaskType *known = m_catalog.find(node.type))
            node.type = known->name;
        node.kind = kindOf(node.type);
        node.parent = parent;
        node.properties = properties;
        node.disabled = boolOf(properties.find("disabled"));
        const bool warns = node.type == "io.kestra.plugin.core.flow.AllowFailure"; // whatever it says itself
        node.allowFailure = warns || boolOf(properties.find("allowFailure"));
        node.allowWarning = !warns && boolOf(properties.find("allowWarning"));
        if (const Value *runIf = properties.find("runIf"); runIf && !runIf->isNull()) {
            node.runIf = textOf(runIf);
            if (*node.runIf == "true")
                node.runIf.reset();
            else
                node.needsResolve = true;
        }
        node.retry = retryOf(properties.find("retry"));
        node.retryIsOwn = node.retry.has_value();
        if (!node.retry)
            node.retry = parent == kNoTask ? m_program.retry : m_program.tasks[parent].retry;
        if (parent != kNoTask)
            node.inWorkingDirectory = m_program.tasks[parent].kind == TaskKind::WorkingDirectory;
        m_program.tasks[index] = node; // the children read their parent
        children(node, index);
        m_program.tasks[index] = std::move(node);
        return index;
    }

    void children(TaskNode &node, TaskIndex index)
    {
        const Value &properties = node.properties;
        switch (node.kind) {
        case TaskKind::Runnable:
        case TaskKind::Updater:
        case TaskKind::Subflow:
        case TaskKind::ForEachItemItems:
            return;
        case TaskKind::If:
            node.branches.push_back({"then", list(properties.find("then"), index)});
            if (const Value *otherwise = properties.find("else"); otherwise && otherwise->isList() && !otherwise->list().empty())
                node.branches.push_back({"else", list(otherwise, index)});
            node.needsResolve = true;
            break;
        case TaskKind::Switch:
            if (const Value *cases = properties.find("cases"); cases && cases->isMap())
                for (const auto &[label, tasks] : cases->map())
                    node.branches.push_back({label, list(&tasks, index)});
            if (const Value *defaults = properties.find("defaults"); defaults && defaults->isList()) {
                node.hasDefaults = true;
                node.branches.push_back({"defaults", list(defaults, index)});
            }
            node.needsResolve = true;
            break;
        case TaskKind::Dag:
            dag(node, index);
            break;
        case TaskKind::ForEachItem:
            forEachItem(node, index);
            break;
        case TaskKind::Pause:
            node.needsResolve = true;
            if (const Value *onPause = properties.find("onPause"))
                node.onPause = add(*onPause, index);
            [[fallthrough]];
        default:
            node.main = list(properties.find("tasks"), index);
        }
        if (node.kind == TaskKind::ForEach || node.kind == TaskKind::EachSequential ||
            node.kind == TaskKind::EachParallel || node.kind == TaskKind::LoopUntil ||
            node.kind == TaskKind::WorkingDirectory)
            node.needsResolve = true;
        const Value *limit = properties.find(node.kind == TaskKind::ForEach ? "concurrencyLimit" : "concurrent");
        if (isExpression(limit))
            node.needsResolve = true;
        else
            node.concurrent = std::max(intOf(limit).value_or(node.kind == TaskKind::ForEach ? 1 : 0), 0);
        node.errors = list(properties.find("errors"), index);
        node.finals = list(properties.find("finally"), index);
        // Only the tasks proper of a WorkingDirectory share its folder.
        for (const std::vector<TaskIndex> *others : {&node.errors, &node.finals}) {
            for (const TaskIndex other : *others)
                m_program.tasks[other].inWorkingDirectory = false;
        }
    }

    void dag(TaskNode &node, TaskIndex index)
    {
        const Value *items = node.properties.find("tasks");
        if (!items || !items->isList())
            return;
        std::map<std::string, std::uint32_t, std::less<>> positions;
        std::vector<const Value *> dependencies;
        for (const Value &item : items->list()) {
            const Value *task = item.find("task");
            const TaskIndex child = task ? add(*task, index) : kNoTask;
            if (child == kNoTask)
                continue;
            positions.emplace(m_program.tasks[child].id, static_cast<std::uint32_t>(node.main.size()));
            node.main.push_back(child);
            dependencies.push_back(item.find("dependsOn"));
        }
        node.dependents.resize(node.main.size());
        node.waiting.resize(node.main.size());
        for (std::uint32_t i = 0; i < node.main.size(); ++i) {
            if (!dependencies[i])
                continue;
            for (const Value &id : dependencies[i]->list()) {
                const auto found = positions.find(textOf(&id));
                if (found == positions.end() || found->second == i)
                    continue;
                auto &dependents = node.dependents[found->second];
                if (std::find(dependents.begin(), dependents.end(), i) != dependents.end())
                    continue;
                dependents.push_back(i);
                ++node.waiting[i];
            }
        }
    }

    void forEachItem(TaskNode &node, TaskIndex index)
    {
        const auto synthetic = [&](std::string_view suffix, std::string_view type) {
            Object properties = node.properties.map();
            properties.erase("errors");
            properties.erase("finally");
            properties.erase("runIf");
            properties.erase("allowFailure");
            properties.erase("retry");
            properties.set("id", node.id + std::string(suffix));
            properties.set("type", std::string(kFlow) + std::string(type));
            node.main.push_back(add(Value(std::move(properties)), index));
        };
        synthetic("_split", "ForEachItem$ForEachItemSplit");
        synthetic("_items", "ForEachItem$ForEachItemExecutable");
        synthetic("_merge", "ForEachItem$ForEachItemMergeOutputs");
    }

    Program &m_program;
    const flow::TaskCatalog &m_catalog;
};

} // namespace

bool isFlowable(TaskKind kind)
{
    return kind >= TaskKind::Sequential;
}

TaskIndex Program::find(std::string_view taskId) const
{
    for (TaskIndex i = 0; i < tasks.size(); ++i)
        if (tasks[i].id == taskId)
            return i;
    return kNoTask;
}

std::shared_ptr<const Program> Program::compile(const flow::Value &flow, const flow::TaskCatalog &catalog)
{
    auto program = std::make_shared<Program>();
    program->flow = applyPluginDefaults(flow, catalog);
    Compiler(*program, catalog).run();
    return program;
}

} // namespace engine
