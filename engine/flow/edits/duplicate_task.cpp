#include "engine/flow/edits/scalars.h"
#include "engine/flow/edits/task_text.h"

// Before:                       duplicateTask("tasks[0]")
//     tasks:
//       - id: load
//         type: t.Return
//
// After:
//     tasks:
//       - id: load
//         type: t.Return
//       - id: load_2
//         type: t.Return
namespace flow::edits {

Result<Edit> duplicateTask(const Snapshot &snapshot, const std::string &path)
{
    Result<Draft> draft = Draft::open(snapshot);
    if (!draft)
        return draft.error();
    const Result<const Task *> task = readableTask(draft->flow(), path);
    if (!task)
        return task.error();
    const TaskList *list = listOf(draft->flow(), **task);
    if (!list || !list->node) // the single task of `onPause` has no place beside it
        return Error{ErrorCode::NoSuchList, {list ? list->path : path}, {}};
    const Node &sequence = *list->node;
    const std::string_view text = draft->text();
    const std::size_t index = itemIndex(sequence, (*task)->item);
    const Fragment copy = withFreeIds(liftTask(*draft, **task, true), taskIds(draft->flow()));
    Layout layout = draft->layoutAt(&sequence);
    if (!sequence.flowStyle) {
        const std::size_t dash = dashOf(text, sequence, index);
        const std::size_t content = (*task)->item->whole.begin;
        if (lineBegin(text, dash) == lineBegin(text, content))
            layout.itemGap = content - dash;
    }
    const bool json = sequence.flowStyle && isJsonLike(sequence);
    insertItem(*draft, sequence, index + 1, taskItem(copy, layout, false, json), true);
    return draft->finish();
}

} // namespace flow::edits
