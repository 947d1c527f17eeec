#include "engine/flow/edits/changed_text.h"

#include "engine/flow/edits/scalars.h"
#include "engine/flow/edits/task_text.h"

#include <algorithm>

namespace flow::edits {

namespace {

/// Where a node stands: the index of each entry or item on the way from the root.
std::vector<std::size_t> placeOf(const Node *node)
{
    std::vector<std::size_t> place;
    for (; node->parent; node = node->parent) {
        const Node &parent = *node->parent;
        std::size_t index = parent.isSequence() ? itemIndex(parent, node) : 0;
        while (parent.isMapping() && parent.entries[index].value != node)
            ++index;
        place.push_back(index);
    }
    std::reverse(place.begin(), place.end());
    return place;
}

const Node *nodeAt(const Node *root, const std::vector<std::size_t> &place)
{
    for (const std::size_t index : place)
        root = root->isSequence() ? root->items[index] : root->entries[index].value;
    return root;
}

} // namespace

Result<ChangedText> ChangedText::make(const Draft &draft, std::vector<Replacement> changes)
{
    const Result<Edit> edit = Edit::make(draft.snapshot().revision, draft.text(), std::move(changes));
    if (!edit)
        return edit.error();
    Snapshot snapshot = draft.snapshot();
    auto flow = std::make_shared<Flow>();
    std::string text = edit->applyTo(draft.text());
    if (draft.isPadded()) // it pads itself again
        text.resize(text.size() - breakAt(text, text.size()).size());
    flow->tree = Tree::parse(text);
    flow->root = flow->tree->root();
    if (!flow->root || !flow->tree->faults().empty())
        return Error{ErrorCode::BrokenText, {"an expression"}, {}};
    snapshot.text = std::make_shared<const std::string>(std::move(text));
    snapshot.flow = flow;
    return ChangedText(snapshot);
}

const Node &ChangedText::find(const Node &original) const
{
    return *nodeAt(m_draft.flow().root, placeOf(&original));
}

std::string ChangedText::listLines(const Node &original, std::size_t first, std::size_t last, const Layout &layout,
                                   bool unwrap) const
{
    const Node &sequence = find(original);
    if (!sequence.flowStyle && !unwrap) {
        const Block begin = itemBlock(m_draft.text(), sequence, first);
        const Block end = itemBlock(m_draft.text(), sequence, last);
        if (begin.ownLine)
            return shifted(liftLines(m_draft, {begin.lines.begin, end.lines.end}),
                           -static_cast<std::ptrdiff_t>(begin.column));
    }
    std::string lines;
    for (std::size_t i = first; i <= last; ++i) {
        Task task;
        task.item = sequence.items[i];
        const Node *wrapped = unwrap ? task.item->find("task") : nullptr;
        task.node = wrapped ? wrapped : task.item;
        lines += taskItem(liftTask(m_draft, task), layout, false, false).lines;
    }
    return lines;
}

std::string ChangedText::entryLines(const Entry &entry, std::size_t column) const
{
    const Node &value = find(*entry.value);
    const Node &mapping = *value.parent;
    const std::size_t index = entryIndex(mapping, entry.key->text);
    if (!mapping.flowStyle && entryBlock(m_draft.text(), mapping, index).ownLine) {
        const Block block = entryBlock(m_draft.text(), mapping, index);
        return shifted(liftLines(m_draft, block.lines),
                       static_cast<std::ptrdiff_t>(column) - static_cast<std::ptrdiff_t>(block.column));
    }
    return std::string(column, ' ') + scalarText(entry.key->text, Context::Block) + ": " +
           flowText(m_draft.text(), value, false) + '\n';
}

} // namespace flow::edits
