#include "engine/flow/edits/flow_cells.h"
#include "engine/flow/edits/task_text.h"

#include <algorithm>

// Before:                       reorderTasks("tasks", {1, 0})
//     tasks:
//       # gets it
//       - id: load
//         type: t.Return
//
//       - id: greet
//         type: t.Log
//
// After:
//     tasks:
//       - id: greet
//         type: t.Log
//
//       # gets it
//       - id: load
//         type: t.Return
namespace flow::edits {

Result<Edit> reorderTasks(const Snapshot &snapshot, const std::string &list, std::span<const std::size_t> order)
{
    Result<Draft> opened = Draft::open(snapshot);
    if (!opened)
        return opened.error();
    Draft &draft = *opened;
    const std::string_view text = draft.text();
    const TaskList *tasks = draft.flow().findList(list);
    if (!tasks || !tasks->node)
        return Error{ErrorCode::NoSuchList, {list}, {}};
    const Node &sequence = *tasks->node;
    std::vector<std::size_t> sorted(order.begin(), order.end());
    std::sort(sorted.begin(), sorted.end());
    if (sorted.size() != sequence.items.size())
        return Error{ErrorCode::OutOfRange, {}, {}};
    for (std::size_t i = 0; i < sorted.size(); ++i)
        if (sorted[i] != i)
            return Error{ErrorCode::OutOfRange, {}, {}};
    std::vector<Range> places;
    if (sequence.flowStyle) {
        places = cellsOf(sequence);
    } else {
        for (std::size_t i = 0; i < sequence.items.size(); ++i) {
            const Block block = itemBlock(text, sequence, i);
            if (!block.ownLine)
                return Error{ErrorCode::BrokenText, {"two lists begin in one line"}, list};
            places.push_back(block.lines);
        }
    }
    for (std::size_t i = 0; i < places.size(); ++i)
        if (order[i] != i)
            draft.replace(places[i], sequence.flowStyle
                                         ? std::string(text.substr(places[order[i]].begin, places[order[i]].size()))
                                         : liftLines(draft, places[order[i]]));
    return draft.finish();
}

} // namespace flow::edits
