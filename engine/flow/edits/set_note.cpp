#include "engine/flow/edits/blocks.h"
#include "engine/flow/edits/draft.h"
#include "engine/flow/edits/flow_cells.h"

// Before:                       setNote("tasks[0]", "Once a day.")
//     tasks:
//       - id: load
//         type: t.Return
//
// After:
//     tasks:
//       # Once a day.
//       - id: load
//         type: t.Return
namespace flow::edits {

namespace {

/// `# line` for each line of the note, at a column.
std::string commentLines(std::string_view note, std::size_t column, std::string_view mark,
                         std::string_view lineBreak)
{
    std::string lines;
    for (std::size_t begin = 0; begin < note.size(); begin = nextLine(note, begin)) {
        const std::string_view line = note.substr(begin, lineEnd(note, begin) - begin);
        lines += std::string(column, ' ');
        lines += line.empty() ? "#" : std::string(mark) + std::string(line);
        lines += lineBreak;
    }
    return lines;
}

/// How the comment that is there begins: `# ` or `#`.
std::string_view markOf(std::string_view text, Range lines)
{
    const std::size_t hash = text.find('#', lines.begin);
    return hash + 1 < lines.end && text[hash + 1] != ' ' && lineEnd(text, hash) > hash + 1 ? "#" : "# ";
}

/// `inputs[0]`: the item of a list of the flow.
const Node *entryOf(const Flow &flow, const std::string &path)
{
    for (const std::vector<Item> *items : {&flow.inputs, &flow.triggers, &flow.outputs})
        for (const Item &item : *items)
            if (item.path == path)
                return item.node;
    return nullptr;
}

} // namespace

Result<Edit> setNote(const Snapshot &snapshot, const std::string &taskPath, std::string_view note)
{
    Result<Draft> opened = Draft::open(snapshot);
    if (!opened)
        return opened.error();
    Draft &draft = *opened;
    const Task *task = findTask(draft.flow(), taskPath);
    const Node *entry = task ? task->item : entryOf(draft.flow(), taskPath);
    if (!entry)
        return Error{ErrorCode::NoSuchTask, {taskPath}, {}};
    const std::string_view text = draft.text();
    const Node &item = *entry;
    const Node *list = item.parent;
    const std::string nl(draft.lineBreak(item.whole.begin));

    if (list && list->isSequence() && !list->flowStyle) {
        const std::size_t index = itemIndex(*list, &item);
        const Block block = itemBlock(text, *list, index);
        if (!block.ownLine) // `- - a`: no line above is its own
            return Error{ErrorCode::BrokenText, {"two lists begin in one line"}, taskPath};
        const Range old{block.lines.begin, lineBegin(text, block.head)};
        draft.replace(old, commentLines(note, block.column, old.empty() ? "# " : markOf(text, old), nl));
        return draft.finish();
    }
    // In flow style, and for `onPause`: the lines above the mapping.
    const std::size_t begin = item.whole.begin;
    const bool own = skipBlanks(text, lineBegin(text, begin)) == begin;
    const Range old = commentsAbove(text, begin);
    const std::size_t column = own ? edits::column(text, begin) : indentOf(text, lineBegin(text, begin)) + 2;
    const std::string lines = commentLines(note, column, old.empty() ? "# " : markOf(text, old), nl);
    if (own)
        draft.replace(old, lines);
    else if (!lines.empty())
        draft.insert(begin, nl + lines + std::string(column, ' '));
    return draft.finish();
}

} // namespace flow::edits
