#include "engine/flow/edits/surroundings.h"

#include "engine/flow/edits/draft.h"

#include <algorithm>
#include <array>

namespace flow::edits {

namespace {

std::string_view shortName(std::string_view type)
{
    return type.substr(type.rfind('.') + 1);
}

bool isOfCore(std::string_view type)
{
    return type.starts_with("io.kestra.plugin.core.") || type.starts_with("io.kestra.core.tasks.");
}

bool has(const Task &task, const char *key)
{
    const Node *value = task.node ? task.node->find(key) : nullptr;
    return value && !(value->isScalar() && value->text.empty());
}

} // namespace

bool isSubflowType(std::string_view type)
{
    return type == "io.kestra.plugin.core.flow.Subflow" || type == "io.kestra.core.tasks.flows.Subflow" ||
           type == "io.kestra.core.tasks.flows.Flow";
}

bool isLoopType(std::string_view type)
{
    constexpr std::array<std::string_view, 5> kLoops = {"ForEach", "EachSequential", "EachParallel", "LoopUntil",
                                                        "WaitFor"};
    return isOfCore(type) && std::find(kLoops.begin(), kLoops.end(), shortName(type)) != kLoops.end();
}

std::vector<std::string> outputIds(const Task &task)
{
    if (!task.type.ends_with(".ForEachItem"))
        return {task.id};
    return {task.id, task.id + "_split", task.id + "_items", task.id + "_merge"};
}

bool actsOnExecution(const Flow &flow, const Task &task)
{
    if (!isOfCore(task.type))
        return false;
    if (task.flowable && has(task, "retry")) // when it fails for good the execution ends without its errors and finally
        return true;
    const Node *called = task.node ? task.node->find("flowId") : nullptr;
    if (called && called->text == flow.id && (isSubflowType(task.type) || task.type.ends_with(".ForEachItem")))
        return true;
    const std::string_view name = shortName(task.type);
    constexpr std::array<std::string_view, 7> kAlways = {
        "Exit", "Labels", "SetVariables", "UnsetVariables", "Pause", "PurgeCurrentExecutionFiles", "Template"};
    if (std::find(kAlways.begin(), kAlways.end(), name) != kAlways.end())
        return true;
    // Old names, and tasks that mean the execution or flow they run in unless told another.
    if (name == "PurgeExecution" || task.type.find(".state.") != std::string::npos ||
        task.type.find(".states.") != std::string::npos)
        return true;
    if (name == "Fetch" || name == "Resume")
        return !has(task, "executionId");
    return name == "Toggle" && !has(task, "flowId");
}

std::vector<const Task *> holdersOf(const Flow &flow, const Task &task)
{
    std::vector<const Task *> holders;
    for (const Task *holder = flow.parentOf(task); holder; holder = flow.parentOf(*holder))
        holders.push_back(holder);
    return holders;
}

bool isInLoop(const Flow &flow, const Task &task)
{
    const std::vector<const Task *> holders = holdersOf(flow, task);
    return std::any_of(holders.begin(), holders.end(), [](const Task *holder) { return isLoopType(holder->type); });
}

bool mayNotRun(const Flow &flow, const Task &task, const std::vector<const Task *> &tops)
{
    for (const Task *at = &task; at; at = flow.parentOf(*at)) {
        if (isLoopType(at->type) || has(*at, "runIf") || has(*at, "disabled") || has(*at, "allowFailure"))
            return true;
        if (std::find(tops.begin(), tops.end(), at) != tops.end())
            return false;
        const TaskList *list = listOf(flow, *at);
        const Task *holder = flow.parentOf(*at);
        if (!list || list->kind != ListKind::Tasks || (holder && shortName(holder->type) == "AllowFailure"))
            return true;
    }
    return false;
}

void collectTypes(const Node &node, std::vector<std::string> &types)
{
    for (const Node *item : node.items)
        collectTypes(*item, types);
    for (const Entry &entry : node.entries) {
        if (entry.key->text == "type" && entry.value->isScalar())
            types.push_back(entry.value->text);
        collectTypes(*entry.value, types);
    }
}

std::vector<const Node *> defaultsFor(const Flow &flow, const std::vector<std::string> &types)
{
    std::vector<const Node *> items;
    for (const char *key : {"pluginDefaults", "taskDefaults"}) {
        const Node *list = flow.root ? flow.root->find(key) : nullptr;
        for (const Node *item : list && list->isSequence() ? list->items : std::span<const Node *const>()) {
            const Node *type = item->isMapping() ? item->find("type") : nullptr;
            if (type && type->isScalar() && !type->text.empty() &&
                std::any_of(types.begin(), types.end(), [&](const std::string &name) { return name.starts_with(type->text); }))
                items.push_back(item);
        }
    }
    return items;
}

} // namespace flow::edits
