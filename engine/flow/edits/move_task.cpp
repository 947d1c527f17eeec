#include "engine/flow/edits/erase_tasks.h"
#include "engine/flow/edits/scalars.h"
#include "engine/flow/edits/task_text.h"

// Before:                       moveTask("tasks[1]", {"tasks[0].tasks", 1})
//     tasks:
//       - id: group
//         type: t.Sequential
//         tasks:
//           - id: load
//             type: t.Return
//       # says hello
//       - id: greet
//         type: t.Log
//
// After:
//     tasks:
//       - id: group
//         type: t.Sequential
//         tasks:
//           - id: load
//             type: t.Return
//           # says hello
//           - id: greet
//             type: t.Log
namespace flow::edits {

namespace {

/// The item as it is written, when it stays in block style and the wrapper of a Dag stays as it is.
NewItem asWritten(const Draft &draft, const Node &sequence, std::size_t index)
{
    const std::string_view text = draft.text();
    const Block block = itemBlock(text, sequence, index);
    NewItem item;
    item.lines = shifted(liftLines(draft, block.lines), -static_cast<std::ptrdiff_t>(block.column),
                         !block.ownLine);
    item.keepsBlankLines = keepsBlankLines(text, *sequence.items[index]);
    item.asWritten = true;
    return item;
}

} // namespace

Result<Edit> moveTask(const Snapshot &snapshot, const std::string &path, const Slot &slot)
{
    Result<Draft> opened = Draft::open(snapshot);
    if (!opened)
        return opened.error();
    Draft &draft = *opened;
    const Result<const Task *> found = readableTask(draft.flow(), path);
    if (!found)
        return found.error();
    const Task &task = **found;
    if (slot.list.starts_with(task.path + '.'))
        return Error{ErrorCode::IntoItself, {task.id}, {}};
    const Result<Target> target = resolveList(draft.flow(), slot.list);
    if (!target)
        return target.error();
    const TaskList *source = listOf(draft.flow(), task);
    const Node *from = source ? source->node : nullptr;
    const std::size_t size = target->list ? target->list->items.size() : 0;
    if (slot.index > size)
        return Error{ErrorCode::OutOfRange, {}, {}};
    const bool sameList = from && from == target->list;
    const std::size_t own = from ? itemIndex(*from, task.item) : 0;
    if (sameList && (slot.index == own || slot.index == own + 1))
        return draft.finish();

    const bool wasDag = source && isDagList(draft.flow(), *source);
    const bool keepsWrapper = sameList || (!wasDag && !target->dag && task.item == task.node);
    const bool toBlock = !target->single && !(target->list && target->list->flowStyle &&
                                              !target->list->items.empty()) &&
                         !target->holder->flowStyle;
    if (from && !from->flowStyle && toBlock && keepsWrapper) {
        const NewItem item = asWritten(draft, *from, own);
        if (const Result<> inserted = insertTask(draft, *target, slot, item); !inserted)
            return inserted.error();
    } else if (sameList) {
        const bool json = isJsonLike(*from);
        insertItem(draft, *from, slot.index,
                   taskItem(liftTask(draft, task, true), draft.layoutAt(from), false, json));
    } else if (const Result<> inserted =
                   insertTask(draft, *target, slot, liftTask(draft, task)); !inserted) {
        return inserted.error();
    }
    eraseTasks(draft, {&task}, sameList);
    return draft.finish();
}

} // namespace flow::edits
