#include "engine/flow/edits/collections.h"
#include "engine/flow/edits/references.h"
#include "engine/flow/edits/scalars.h"
#include "engine/flow/edits/surroundings.h"
#include "engine/flow/edits/task_text.h"

#include <algorithm>

// Before:                       renameTask("tasks[0]", "fetch-all")
//     tasks:
//       - id: load
//         type: t.Return
//       - id: greet
//         type: t.Log
//         message: "{{ outputs.load.value }}"
//
// After:
//     tasks:
//       - id: fetch-all
//         type: t.Return
//       - id: greet
//         type: t.Log
//         message: "{{ outputs['fetch-all'].value }}"
namespace flow::edits {

namespace {

void renameInLists(Draft &draft, const std::vector<TaskList> &lists, const Task &task,
                   const std::string &newId)
{
    const auto renameScalars = [&](const Node *names) {
        if (!names || !names->isSequence())
            return;
        for (const Node *name : names->items)
            if (name->isScalar() && !name->alias && name->text == task.id)
                draft.replace(name->range, scalarLike(*name, newId, Context::Flow));
    };
    for (const TaskList &list : lists) {
        const bool beside = !list.tasks.empty() && &task >= list.tasks.data() &&
                            &task < list.tasks.data() + list.tasks.size();
        for (const Task &other : list.tasks) {
            if (beside && other.node && other.item != other.node)
                renameScalars(other.item->find("dependsOn"));
            if (other.node && other.type.ends_with(".log.Fetch"))
                renameScalars(other.node->find("tasksId"));
            renameInLists(draft, other.lists, task, newId);
        }
    }
}

} // namespace

Result<Edit> renameTask(const Snapshot &snapshot, const std::string &path, std::string_view newId)
{
    Result<Draft> opened = Draft::open(snapshot);
    if (!opened)
        return opened.error();
    Draft &draft = *opened;
    const Result<const Task *> found = readableTask(draft.flow(), path);
    if (!found)
        return found.error();
    const Task &task = **found;
    const std::string id(newId);
    if (!isValidId(newId))
        return Error{ErrorCode::InvalidId, {id}, {}};
    if (id == task.id)
        return draft.finish();
    bool alone = true;
    bool taken = false;
    draft.flow().forEachTask([&](const Task &other, const TaskList &, int) {
        alone = alone && (&other == &task || other.id != task.id);
        taken = taken || other.id == id;
    });
    if (taken)
        return Error{ErrorCode::IdTaken, {id}, {}};

    const Context context = task.node->flowStyle ? Context::Flow : Context::Block;
    const Node *written = task.node->find("id");
    if (!written || written->range.empty() || !written->isScalar()) {
        const Result<Fragment> value = Fragment::read(scalarText(id, context));
        if (!value)
            return value.error();
        const std::size_t entry = entryIndex(*task.node, "id");
        if (written)
            replaceValue(draft, {task.node, entry}, *value);
        else
            insertEntry(draft, *task.node, 0, "id", *value);
        return draft.finish();
    }
    draft.replace(written->range, scalarLike(*written, id, context));
    if (!alone || task.id.empty()) // whom the others mean can't be told
        return draft.finish();
    renameInLists(draft, draft.flow().lists, task, id);
    const std::vector<std::string> ids = outputIds(task);
    forEachReference(draft.text(), *draft.flow().root, task.id, [&](const Reference &reference) {
        if (std::find(ids.begin(), ids.end(), reference.name) == ids.end() ||
            (reference.root != "outputs" && reference.root != "tasks" && reference.root != "errorLogs"))
            return;
        const std::string fresh = id + reference.name.substr(task.id.size());
        if (reference.bracket)
            draft.replace(reference.nameRange, fresh);
        else
            draft.replace(reference.range, renamed(reference, fresh));
    });
    return draft.finish();
}

} // namespace flow::edits
