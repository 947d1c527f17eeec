#include "engine/flow/edits/flow_cells.h"
#include "engine/flow/edits/scalars.h"
#include "engine/flow/edits/task_text.h"

// Before:                       unwrapTask("tasks[0]")
//     tasks:
//       # together
//       - id: both
//         type: t.Parallel
//         tasks:
//           - id: load
//             type: t.Return
//           - id: greet
//             type: t.Log
//
// After:
//     tasks:
//       # together
//       - id: load
//         type: t.Return
//       - id: greet
//         type: t.Log
namespace flow::edits {

Result<Edit> unwrapTask(const Snapshot &snapshot, const std::string &path)
{
    Result<Draft> opened = Draft::open(snapshot);
    if (!opened)
        return opened.error();
    Draft &draft = *opened;
    const std::string_view text = draft.text();
    const Result<const Task *> found = readableTask(draft.flow(), path);
    if (!found)
        return found.error();
    const Task &task = **found;
    const TaskList *outer = listOf(draft.flow(), task);
    if (!outer || !outer->node)
        return Error{ErrorCode::NoSuchList, {outer ? outer->path : path}, {}};
    std::vector<const TaskList *> lists;
    for (const TaskList &list : task.lists) {
        if (list.tasks.empty())
            continue;
        if (list.kind == ListKind::Errors || list.kind == ListKind::Finally || list.kind == ListKind::OnPause)
            return Error{ErrorCode::WouldLose, {list.path}, {}};
        for (const Task &inner : list.tasks)
            if (inner.fault || !inner.node)
                return Error{ErrorCode::BrokenText, {inner.fault ? inner.fault->cause : ""}, inner.path};
        lists.push_back(&list);
    }
    if (lists.empty())
        return Error{ErrorCode::NoSuchList, {path}, {}};

    const Node &sequence = *outer->node;
    const std::size_t index = itemIndex(sequence, task.item);
    const bool dag = isDagList(draft.flow(), *outer);
    const Layout layout = draft.layoutAt(&sequence);
    if (sequence.flowStyle) {
        const bool json = isJsonLike(sequence);
        std::string cells;
        for (const TaskList *list : lists)
            for (const Task &inner : list->tasks)
                cells += (cells.empty() ? "" : ", ") + taskItem(liftTask(draft, inner), layout, dag, json).cell;
        draft.replace(task.item->whole, cells);
        return draft.finish();
    }
    const Block block = itemBlock(text, sequence, index);
    const std::size_t begin = block.ownLine ? lineBegin(text, block.head) : block.head;
    std::string lines;
    for (const TaskList *list : lists) {
        const bool raw = list->node && !list->node->flowStyle && !dag && !isDagList(draft.flow(), *list) &&
                         itemBlock(text, *list->node, 0).ownLine;
        if (raw) {
            const Block first = itemBlock(text, *list->node, 0);
            const Block last = itemBlock(text, *list->node, list->node->items.size() - 1);
            lines += shifted(liftLines(draft, {first.lines.begin, last.lines.end}),
                             static_cast<std::ptrdiff_t>(block.column) - static_cast<std::ptrdiff_t>(first.column));
            continue;
        }
        for (const Task &inner : list->tasks) {
            const NewItem item = taskItem(liftTask(draft, inner), layout, dag, false);
            lines += withBreaks(shifted(item.lines, static_cast<std::ptrdiff_t>(block.column)), draft.lineBreak(begin));
        }
    }
    if (!block.ownLine)
        lines.erase(0, indentOf(lines, 0));
    draft.replace({begin, block.lines.end}, lines);
    return draft.finish();
}

} // namespace flow::edits
