#include "engine/flow/edits/task_text.h"

// Before:                       addTask({"tasks", 1}, "id: clean\ntype: t.Log")
//     tasks:
//       - id: load
//         type: t.Return
//
// After:
//     tasks:
//       - id: load
//         type: t.Return
//       - id: clean
//         type: t.Log
namespace flow::edits {

Result<Edit> addTask(const Snapshot &snapshot, const Slot &slot, std::string_view yaml)
{
    Result<Draft> draft = Draft::open(snapshot);
    if (!draft)
        return draft.error();
    const Result<Target> target = resolveList(draft->flow(), slot.list);
    if (!target)
        return target.error();
    const Result<Fragment> task = readTaskFragment(yaml, target->dag);
    if (!task)
        return task.error();
    const Fragment named = withFreeIds(*task, taskIds(draft->flow()));
    if (const Result<> inserted = insertTask(*draft, *target, slot, named); !inserted)
        return inserted.error();
    return draft->finish();
}

} // namespace flow::edits
