#include "engine/flow/edits/flow_cells.h"
#include "engine/flow/edits/scalars.h"
#include "engine/flow/edits/task_text.h"

#include <algorithm>

// Before:                       wrapTasks({"tasks[0]", "tasks[1]"}, "id: both\ntype: t.Parallel")
//     tasks:
//       # gets it
//       - id: load
//         type: t.Return
//       - id: greet
//         type: t.Log
//
// After:
//     tasks:
//       - id: both
//         type: t.Parallel
//         tasks:
//           # gets it
//           - id: load
//             type: t.Return
//           - id: greet
//             type: t.Log
namespace flow::edits {

namespace {

std::string listKeyOf(std::string_view type)
{
    return type.ends_with(".flow.If") ? "then" : type.ends_with(".flow.Switch") ? "defaults" : "tasks";
}

} // namespace

Result<Edit> wrapTasks(const Snapshot &snapshot, std::span<const std::string> paths, std::string_view yaml)
{
    Result<Draft> opened = Draft::open(snapshot);
    if (!opened)
        return opened.error();
    Draft &draft = *opened;
    const std::string_view text = draft.text();
    const TaskList *list = nullptr;
    std::vector<std::size_t> indexes;
    for (const std::string &path : paths) {
        const Result<const Task *> task = readableTask(draft.flow(), path);
        if (!task)
            return task.error();
        const TaskList *own = listOf(draft.flow(), **task);
        if (!own || !own->node || (list && own != list) || isDagList(draft.flow(), *own))
            return Error{ErrorCode::NoSuchList, {path}, {}};
        list = own;
        indexes.push_back(itemIndex(*own->node, (*task)->item));
    }
    std::sort(indexes.begin(), indexes.end());
    indexes.erase(std::unique(indexes.begin(), indexes.end()), indexes.end());
    if (indexes.empty() || indexes.back() - indexes.front() + 1 != indexes.size())
        return Error{ErrorCode::NoSuchList, {list ? list->path : std::string()}, {}};

    const bool onlyType = yaml.find_first_of(":\n{") == std::string_view::npos;
    const Result<Fragment> read = readTaskFragment(onlyType ? "type: " + std::string(yaml) : std::string(yaml), false);
    if (!read)
        return read.error();
    const Fragment group = withFreeIds(*read, taskIds(draft.flow()));
    const std::string key = listKeyOf(group.root()->find("type")->text);
    if (group.root()->find(key))
        return Error{ErrorCode::WouldLose, {key}, {}};
    const Node &sequence = *list->node;
    const std::string nl(draft.lineBreak(sequence.range.begin));

    if (sequence.flowStyle) {
        const std::vector<Range> cells = cellsOf(sequence);
        const bool json = isJsonLike(sequence);
        std::string cell = flowText(group.text(), *group.root(), json);
        cell.pop_back();
        cell += (json ? ", \"" + key + "\": [" : ", " + key + ": [");
        draft.insert(cells[indexes.front()].begin, cell);
        draft.insert(cells[indexes.back()].end, "]}");
        return draft.finish();
    }
    const Layout layout = draft.layoutAt(&sequence);
    const Block first = itemBlock(text, sequence, indexes.front());
    const Block last = itemBlock(text, sequence, indexes.back());
    if (!first.ownLine)
        return Error{ErrorCode::BrokenText, {"two lists begin in one line"}, list->path};
    // The new task, in block style whatever it was handed in as, and the old lines below its key.
    std::string head = taskItem(group, layout, false, false).lines;
    if (group.root()->flowStyle) {
        head = '-' + std::string(layout.itemGap - 1, ' ');
        for (std::size_t i = 0; i < group.root()->entries.size(); ++i) {
            const Entry &entry = group.root()->entries[i];
            head += (i > 0 ? std::string(layout.itemGap, ' ') : std::string()) +
                    flowText(group.text(), *entry.key, false) + ": " + flowText(group.text(), *entry.value, false) + '\n';
        }
    }
    const auto deeper = static_cast<std::ptrdiff_t>(layout.itemGap + layout.listOffset);
    const std::string indent(first.column, ' ');
    head = withBreaks(shifted(head, static_cast<std::ptrdiff_t>(first.column)) + indent +
                          std::string(layout.itemGap, ' ') + key + ":\n",
                      nl);
    draft.replace({first.lines.begin, last.lines.end},
                  head + shifted(liftLines(draft, {first.lines.begin, last.lines.end}), deeper));
    return draft.finish();
}

} // namespace flow::edits
