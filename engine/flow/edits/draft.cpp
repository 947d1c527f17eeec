#include "engine/flow/edits/draft.h"

#include "engine/flow/edits/blocks.h"

#include <algorithm>

namespace flow::edits {

namespace {

/// Takes the measures of one pair of collections, if it has any.
void measure(std::string_view text, const Node &outer, const Node &inner, Layout &layout, unsigned &known)
{
    enum : unsigned { Step = 1, ListOffset = 2, ItemGap = 4 };
    if (outer.flowStyle || inner.range.empty())
        return;
    const std::size_t from = column(text, outer.range.begin);
    const std::size_t to = column(text, inner.whole.begin);
    if (to < from || (inner.flowStyle && !outer.isSequence()))
        return;
    if (outer.isMapping() && inner.isSequence() && !inner.items.empty() && !(known & ListOffset)) {
        layout.listOffset = to - from;
        known |= ListOffset;
    } else if (outer.isMapping() && inner.isMapping() && to > from && !(known & Step)) {
        layout.step = to - from;
        known |= Step;
    } else if (outer.isSequence() && to > from && !(known & ItemGap)) {
        const std::size_t dash = dashOf(text, outer, itemIndex(outer, &inner));
        if (lineBegin(text, dash) == lineBegin(text, inner.whole.begin)) {
            layout.itemGap = to - from;
            known |= ItemGap;
        }
    }
}

void measureChildren(std::string_view text, const Node &node, Layout &layout, unsigned &known)
{
    for (const Entry &entry : node.entries)
        measure(text, node, *entry.value, layout, known);
    if (!node.items.empty())
        measure(text, node, *node.items.front(), layout, known);
}

const TaskList *listOf(const std::vector<TaskList> &lists, const Task &task)
{
    for (const TaskList &list : lists) {
        if (!list.tasks.empty() && &task >= list.tasks.data() &&
            &task < list.tasks.data() + list.tasks.size())
            return &list;
        for (const Task &inner : list.tasks)
            if (!inner.lists.empty())
                if (const TaskList *found = listOf(inner.lists, task))
                    return found;
    }
    return nullptr;
}

} // namespace

Result<Draft> Draft::open(const Snapshot &snapshot)
{
    if (!snapshot.flow || !snapshot.text || snapshot.flowRevision != snapshot.revision)
        return Error{ErrorCode::StaleRevision, {}, {}};
    return Draft(snapshot);
}

Draft::Draft(const Snapshot &snapshot) : m_snapshot(snapshot)
{
    const std::string &text = *snapshot.text;
    if (!text.empty() && !endsWithBreak(text))
        m_padded = text + std::string(breakAt(text, text.size()));
}

void Draft::replace(Range range, std::string text)
{
    m_replacements.push_back({range, std::move(text)});
}

Layout Draft::layoutAt(const Node *node) const
{
    Layout layout;
    unsigned known = 0;
    if (node)
        measureChildren(text(), *node, layout, known);
    for (const Node *inner = node; inner && inner->parent; inner = inner->parent) {
        measure(text(), *inner->parent, *inner, layout, known);
        if (inner->parent->isMapping())
            measureChildren(text(), *inner->parent, layout, known);
    }
    if (const Node *root = flow().root) {
        measureChildren(text(), *root, layout, known);
        for (const Entry &entry : root->entries) {
            measureChildren(text(), *entry.value, layout, known);
            for (std::size_t i = 0; i < entry.value->items.size() && i < 8; ++i)
                measureChildren(text(), *entry.value->items[i], layout, known);
        }
    }
    return layout;
}

Result<Edit> Draft::finish()
{
    if (isPadded())
        takePaddingAway();
    return Edit::make(m_snapshot.revision, *m_snapshot.text, std::move(m_replacements));
}

/// Rewrites the replacements for the text as it is, and drops the last line break of the result when
/// the edit reaches the end of the text.
void Draft::takePaddingAway()
{
    const std::string &original = *m_snapshot.text;
    const std::size_t end = original.size();
    auto reaches = [&](const Replacement &replacement) { return replacement.range.end > end; };
    if (std::none_of(m_replacements.begin(), m_replacements.end(), reaches))
        return;

    // Its last block scalar ended without a line break; unless it goes away, it says so from now on.
    const Node *leaf = flow().root ? &lastLeaf(*flow().root) : nullptr;
    if (leaf && isBlockScalar(*leaf) && !endsWithBreak(leaf->text)) {
        const Range header = scalarHeader(original, *leaf);
        const std::string_view written = std::string_view(original).substr(header.begin, header.size());
        const bool goes = std::any_of(
            m_replacements.begin(), m_replacements.end(), [&](const Replacement &replacement) {
                return replacement.range.begin < header.end && header.begin < replacement.range.end;
            });
        if (!goes && written.find('-') == std::string_view::npos) {
            std::string stripped(written);
            std::erase(stripped, '+');
            replace(header, stripped + '-');
        }
    }

    const Result<Edit> padded = Edit::make(m_snapshot.revision, m_padded, m_replacements);
    if (!padded)
        return; // finish reports it
    const std::string whole = padded->applyTo(m_padded);
    std::string result = whole;
    if (endsWithBreak(result)) {
        std::string shorter = result.substr(0, result.size() - breakAt(result, result.size()).size());
        const auto last = [](const std::string &text, std::string &value) {
            const auto tree = Tree::parse(text);
            const Node *root = tree->root();
            const Node *node = root ? &lastLeaf(*root) : nullptr;
            value = node ? node->text : std::string();
            return node && isBlockScalar(*node);
        };
        std::string with, without;
        if (!last(whole, with) || (last(shorter, without) && with == without))
            result = std::move(shorter);
    }
    // What stands before the first replacement that reaches the end is kept as it is, unless the
    // dropped line break stood there; the rest becomes one replacement, which `make` trims.
    std::vector<Replacement> kept = padded->replacements();
    const auto first = std::find_if(kept.begin(), kept.end(), reaches);
    std::size_t index = static_cast<std::size_t>(first - kept.begin());
    std::size_t from = index < kept.size() ? std::min(kept[index].range.begin, end) : end;
    std::size_t into = 0;
    while (true) {
        into = from;
        for (std::size_t i = 0; i < index; ++i)
            into += kept[i].text.size() - kept[i].range.size();
        if (from == 0 || into <= result.size())
            break;
        from -= std::min(from, breakAt(original, end).size());
        while (index > 0 && kept[index - 1].range.end > from)
            from = std::min(from, kept[--index].range.begin);
    }
    kept.resize(index);
    kept.push_back({{from, end}, result.substr(std::min(into, result.size()))});
    m_replacements = std::move(kept);
}

const Task *findTask(const Flow &flow, std::string_view pathOrId)
{
    if (pathOrId.empty())
        return nullptr;
    const Task *task = flow.findByPath(pathOrId);
    return task ? task : flow.findById(pathOrId);
}

Result<const Task *> readableTask(const Flow &flow, const std::string &pathOrId)
{
    const Task *task = findTask(flow, pathOrId);
    if (!task)
        return Error{ErrorCode::NoSuchTask, {pathOrId}, {}};
    if (!task->node || task->fault)
        return Error{ErrorCode::BrokenText, {task->fault ? task->fault->cause : std::string()}, pathOrId};
    return task;
}

const TaskList *listOf(const Flow &flow, const Task &task)
{
    return listOf(flow.lists, task);
}

bool isDagType(std::string_view type)
{
    return type == "io.kestra.plugin.core.flow.Dag" || type == "io.kestra.core.tasks.flows.Dag";
}

bool isDagList(const Flow &flow, const TaskList &list)
{
    if (list.kind != ListKind::Tasks)
        return false;
    const std::size_t dot = list.path.rfind('.');
    if (dot == std::string::npos)
        return false;
    const Task *holder = flow.findByPath(std::string_view(list.path).substr(0, dot));
    return holder && isDagType(holder->type);
}

} // namespace flow::edits
