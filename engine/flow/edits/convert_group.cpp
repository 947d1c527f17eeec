#include "engine/flow/edits/flow_cells.h"
#include "engine/flow/edits/scalars.h"
#include "engine/flow/edits/task_text.h"

#include <algorithm>
#include <set>

// Before:                       convertGroup("tasks[0]", "t.Dag")
//     - id: build
//       type: t.Sequential
//       tasks:
//         - id: fetch
//           type: t.Return
//         - id: compile
//           type: t.Return
//
// After:
//     - id: build
//       type: t.Dag
//       tasks:
//         - task:
//             id: fetch
//             type: t.Return
//         - task:
//             id: compile
//             type: t.Return
//           dependsOn:
//             - fetch
namespace flow::edits {

namespace {

constexpr std::string_view kSequential = "io.kestra.plugin.core.flow.Sequential";
constexpr std::string_view kParallel = "io.kestra.plugin.core.flow.Parallel";

bool isGroup(std::string_view type)
{
    return type == kSequential || type == kParallel || isDagType(type);
}

/// The order of the file as far as the arrows allow it. Empty when they make a circle.
std::vector<std::size_t> orderByArrows(const std::vector<Task> &tasks)
{
    std::vector<std::size_t> order;
    std::set<std::string> done;
    std::set<std::string> all;
    std::vector<bool> taken(tasks.size(), false);
    for (const Task &task : tasks)
        all.insert(task.id);
    while (order.size() < tasks.size()) {
        bool progress = false;
        for (std::size_t i = 0; i < tasks.size() && !progress; ++i) {
            const bool ready = std::all_of(
                tasks[i].dependsOn.begin(), tasks[i].dependsOn.end(),
                [&](const Dependency &needed) { return done.count(needed.id) || !all.count(needed.id); });
            if (taken[i] || !ready)
                continue;
            taken[i] = progress = true;
            order.push_back(i);
            done.insert(tasks[i].id);
        }
        if (!progress)
            return {};
    }
    return order;
}

/// The task as an item, with an arrow from `after` when it is put into a Dag.
NewItem itemOf(const Draft &draft, const Task &task, const Layout &layout, bool dag, bool json, const std::string &after)
{
    NewItem item = taskItem(liftTask(draft, task), layout, dag, json);
    if (!dag || after.empty())
        return item;
    item.cell.pop_back();
    item.cell += json ? ", \"dependsOn\": [" + quoted(after) + "]}"
                      : ", dependsOn: [" + scalarText(after, Context::Flow) + "]}";
    const std::string indent(std::max<std::size_t>(layout.itemGap, 2), ' ');
    if (task.node->flowStyle)
        item.lines += indent + "dependsOn: [" + scalarText(after, Context::Flow) + "]\n";
    else
        item.lines += indent + "dependsOn:\n" + indent + std::string(layout.listOffset, ' ') + '-' +
                      std::string(layout.itemGap - 1, ' ') + scalarText(after, Context::Block) + '\n';
    return item;
}

} // namespace

Result<Edit> convertGroup(const Snapshot &snapshot, const std::string &path, std::string_view type)
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
    if (!isGroup(task.type) || !isGroup(type))
        return Error{ErrorCode::NoSuchList, {std::string(isGroup(task.type) ? type : task.type)}, {}};
    const bool fromDag = isDagType(task.type);
    const bool toDag = isDagType(type);
    const Node *typeNode = task.node->find("type");
    if (task.type == type)
        return draft.finish();
    draft.replace(typeNode->range, scalarLike(*typeNode, type, task.node->flowStyle ? Context::Flow : Context::Block));
    if (type == kSequential)
        if (const std::size_t concurrent = entryIndex(*task.node, "concurrent"); concurrent < task.node->entries.size())
            eraseEntries(draft, *task.node, {concurrent});

    const auto list = std::find_if(task.lists.begin(), task.lists.end(),
                                   [](const TaskList &inner) { return inner.kind == ListKind::Tasks; });
    if (fromDag == toDag || list == task.lists.end() || !list->node || list->tasks.empty())
        return draft.finish();
    const Node &sequence = *list->node;
    for (const Task &inner : list->tasks) {
        if (!inner.node || inner.fault)
            return Error{ErrorCode::BrokenText, {inner.fault ? inner.fault->cause : ""}, inner.path};
        if (type == kParallel && !inner.dependsOn.empty())
            return Error{ErrorCode::WouldLose, {"dependsOn"}, inner.path};
    }
    std::vector<std::size_t> order;
    if (fromDag) {
        order = orderByArrows(list->tasks);
        if (order.empty())
            return Error{ErrorCode::WouldCycle, {list->tasks.front().id, list->tasks.back().id}, {}};
    }
    const Layout layout = draft.layoutAt(&sequence);
    const bool json = sequence.flowStyle && isJsonLike(sequence);
    const std::vector<Range> cells = sequence.flowStyle ? cellsOf(sequence) : std::vector<Range>();
    for (std::size_t i = 0; i < list->tasks.size(); ++i) {
        const Task &inner = list->tasks[fromDag ? order[i] : i];
        const std::string after = toDag && task.type == kSequential && i > 0 ? list->tasks[i - 1].id : std::string();
        const NewItem item = itemOf(draft, inner, layout, toDag, json, after);
        if (sequence.flowStyle) {
            draft.replace(cells[i], item.cell);
            continue;
        }
        const Block block = itemBlock(text, sequence, i);
        std::string lines = shifted(item.lines, static_cast<std::ptrdiff_t>(block.column));
        if (!block.ownLine)
            lines.erase(0, block.column);
        draft.replace(block.lines, withBreaks(lines, draft.lineBreak(block.head)));
    }
    return draft.finish();
}

} // namespace flow::edits
