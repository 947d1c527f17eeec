#include "engine/flow/edits/draft.h"

// Before:                       setDisabled("tasks[0]", true)
//     - id: load
//       type: t.Return
//
// After:
//     - id: load
//       type: t.Return
//       disabled: true
namespace flow::edits {

Result<Edit> setDisabled(const Snapshot &snapshot, const std::string &taskPath, bool disabled)
{
    if (disabled)
        return setProperty(snapshot, taskPath, "disabled", "true");
    Result<Draft> draft = Draft::open(snapshot);
    if (!draft)
        return draft.error();
    if (!taskPath.empty()) {
        const Result<const Task *> task = readableTask(draft->flow(), taskPath);
        if (!task)
            return task.error();
        if (!(*task)->node->find("disabled"))
            return draft->finish();
    }
    return unsetProperty(snapshot, taskPath, "disabled");
}

} // namespace flow::edits
