#include "engine/flow/edits/collections.h"
#include "engine/flow/edits/erase_tasks.h"

#include <algorithm>
#include <map>
#include <set>

// Before:                       removeTasks({"tasks[1]"})
//     tasks:
//       - id: load
//         type: t.Return
//       # says hello
//       - id: greet
//         type: t.Log
//       - id: clean
//         type: t.Log
//
// After:
//     tasks:
//       - id: load
//         type: t.Return
//       - id: clean
//         type: t.Log
namespace flow::edits {

namespace {

bool mayGo(const Flow &flow, const TaskList &list)
{
    switch (list.kind) {
    case ListKind::Then:
    case ListKind::Case: return false;
    case ListKind::Tasks: break;
    default: return true;
    }
    const std::size_t dot = list.path.rfind('.');
    const Task *holder = dot == std::string::npos ? nullptr : flow.findByPath(list.path.substr(0, dot));
    const Property *property = holder && holder->known ? holder->known->find("tasks") : nullptr;
    return property && !property->required;
}

/// Entries of `dependsOn` of other tasks of the Dag that name what goes away.
void eraseArrows(Draft &draft, const TaskList &list, const std::vector<std::size_t> &gone)
{
    std::set<std::string> ids;
    const auto isGone = [&](std::size_t i) { return std::binary_search(gone.begin(), gone.end(), i); };
    for (const std::size_t index : gone)
        ids.insert(list.tasks[index].id);
    for (std::size_t i = 0; i < list.tasks.size(); ++i)
        if (!isGone(i))
            ids.erase(list.tasks[i].id);
    for (std::size_t i = 0; i < list.tasks.size(); ++i) {
        const Task &task = list.tasks[i];
        if (isGone(i) || task.dependsOn.empty())
            continue;
        const Node *names = task.item->find("dependsOn");
        std::vector<std::size_t> indexes;
        for (std::size_t k = 0; k < names->items.size(); ++k)
            if (names->items[k]->isScalar() && ids.count(names->items[k]->text))
                indexes.push_back(k);
        if (indexes.empty())
            continue;
        if (indexes.size() == names->items.size())
            eraseEntries(draft, *task.item, {entryIndex(*task.item, "dependsOn")});
        else
            eraseItems(draft, *names, indexes);
    }
}

} // namespace

void eraseTasks(Draft &draft, const std::vector<const Task *> &tasks, bool keepArrows)
{
    const Flow &flow = draft.flow();
    std::map<const TaskList *, std::vector<std::size_t>> byList;
    for (const Task *task : tasks)
        if (const TaskList *list = listOf(flow, *task))
            byList[list].push_back(static_cast<std::size_t>(task - list->tasks.data()));
    std::map<const Node *, std::vector<std::size_t>> keys; // entries that go, by their mapping
    for (auto &[list, indexes] : byList) {
        std::sort(indexes.begin(), indexes.end());
        indexes.erase(std::unique(indexes.begin(), indexes.end()), indexes.end());
        if (!keepArrows && isDagList(flow, *list))
            eraseArrows(draft, *list, indexes);
        const Node *value = list->node ? list->node : list->tasks.front().item;
        const Node *holder = value->parent;
        if (indexes.size() == list->tasks.size() && holder && holder->isMapping() && mayGo(flow, *list))
            keys[holder].push_back(entryIndex(*holder, list->label));
        else if (list->node)
            eraseItems(draft, *list->node, indexes);
    }
    for (auto &[holder, indexes] : keys) {
        std::sort(indexes.begin(), indexes.end());
        eraseEntries(draft, *holder, indexes);
    }
}

Result<Edit> removeTasks(const Snapshot &snapshot, std::span<const std::string> paths)
{
    Result<Draft> draft = Draft::open(snapshot);
    if (!draft)
        return draft.error();
    std::vector<const Task *> tasks;
    for (const std::string &path : paths) {
        const Task *task = findTask(draft->flow(), path);
        if (!task)
            return Error{ErrorCode::NoSuchTask, {path}, {}};
        tasks.push_back(task);
    }
    const auto isInside = [&](const Task *task) {
        return std::any_of(tasks.begin(), tasks.end(), [&](const Task *other) {
            return task->path.size() > other->path.size() && task->path.starts_with(other->path) &&
                   task->path[other->path.size()] == '.';
        });
    };
    std::vector<const Task *> outermost;
    std::copy_if(tasks.begin(), tasks.end(), std::back_inserter(outermost),
                 [&](const Task *task) { return !isInside(task); });
    eraseTasks(*draft, outermost);
    return draft->finish();
}

} // namespace flow::edits
