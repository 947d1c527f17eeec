#include "engine/flow/edits/draft.h"
#include "engine/flow/edits/property_path.h"
#include "engine/flow/edits/references.h"

#include <algorithm>
#include <set>

// danglingReferences({"tasks[0]"}) of
//     tasks:
//       - id: load
//         type: t.Return
//       - id: greet
//         type: t.Log
//         message: "{{ outputs.[[load]].value }}"
// gives {"load", "tasks[1]", the range of the marks}.
namespace flow::edits {

std::vector<Dangling> danglingReferences(const Snapshot &snapshot, std::span<const std::string> paths)
{
    std::vector<Dangling> dangling;
    const Result<Draft> draft = Draft::open(snapshot);
    if (!draft || !draft->flow().root)
        return dangling;
    const Flow &flow = draft->flow();
    std::set<std::string> ids;
    std::vector<Range> gone;
    const auto isGone = [&](std::size_t offset) {
        return std::any_of(gone.begin(), gone.end(), [&](Range range) { return range.contains(offset); });
    };
    for (const std::string &path : paths)
        if (const Task *task = findTask(flow, path))
            gone.push_back(task->item->whole);
    flow.forEachTask([&](const Task &task, const TaskList &, int) {
        if (!task.id.empty() && isGone(task.item->whole.begin))
            ids.insert(task.id);
    });
    flow.forEachTask([&](const Task &task, const TaskList &, int) {
        if (!isGone(task.item->whole.begin))
            ids.erase(task.id); // another task bears the id too
    });
    if (ids.empty())
        return dangling;
    const auto add = [&](const std::string &id, Range range) {
        const Task *reader = flow.taskAt(range.begin);
        dangling.push_back({id, reader ? reader->path : std::string(), range});
    };
    forEachReference(draft->text(), *flow.root, "", [&](const Reference &reference) {
        const bool ofTask =
            reference.root == "outputs" || reference.root == "tasks" || reference.root == "errorLogs";
        if (ofTask && ids.count(reference.name) && !isGone(reference.range.begin))
            add(reference.name, reference.nameRange);
    });
    flow.forEachTask([&](const Task &task, const TaskList &, int) {
        const Node *names = task.node && task.type.ends_with(".log.Fetch") ? task.node->find("tasksId") : nullptr;
        if (!names || !names->isSequence() || isGone(task.item->whole.begin))
            return;
        for (const Node *name : names->items)
            if (name->isScalar() && ids.count(name->text))
                add(name->text, name->range);
    });
    std::stable_sort(dangling.begin(), dangling.end(),
                     [](const Dangling &a, const Dangling &b) { return a.range.begin < b.range.begin; });
    return dangling;
}

std::vector<Dangling> danglingReferences(const Snapshot &snapshot, const std::string &itemPath)
{
    std::vector<Dangling> dangling;
    const Result<Draft> draft = Draft::open(snapshot);
    const Node *item = draft && draft->flow().root ? findProperty(draft->flow().root, itemPath) : nullptr;
    if (!item)
        return dangling;
    const Flow &flow = draft->flow();
    const std::string list = itemPath.substr(0, itemPath.find_first_of(".["));
    const bool isKey = itemPath.find('[') == std::string::npos;
    std::string id = isKey ? itemPath.substr(list.size() + 1) : std::string();
    for (const char *key : {"id", "key", "name"})
        if (const Node *name = item->find(key); id.empty() && name && name->isScalar())
            id = name->text;
    const std::string root = list == "variables" ? "vars" : list == "inputs" || list == "labels" ? list : "";
    if (id.empty())
        return dangling;
    const auto add = [&](Range range) {
        const Task *reader = flow.taskAt(range.begin);
        dangling.push_back({id, reader ? reader->path : std::string(), range});
    };
    if (!root.empty())
        forEachReference(draft->text(), *flow.root, id, [&](const Reference &reference) {
            if (reference.root == root && reference.name == id && !item->whole.contains(reference.range.begin))
                add(reference.nameRange);
        });
    if (list == "triggers")
        flow.forEachTask([&](const Task &task, const TaskList &, int) {
            const Node *name = task.node && task.type.ends_with(".trigger.Toggle") ? task.node->find("trigger") : nullptr;
            const Node *of = name ? task.node->find("flowId") : nullptr;
            if (name && name->text == id && (!of || of->text == flow.id))
                add(name->range);
        });
    return dangling;
}

} // namespace flow::edits
