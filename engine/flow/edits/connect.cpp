#include "engine/flow/edits/collections.h"
#include "engine/flow/edits/flow_cells.h"
#include "engine/flow/edits/scalars.h"

#include <algorithm>
#include <set>

// Before:                       connect("tasks[0].tasks[0]", "tasks[0].tasks[1]")
//     - id: build
//       type: t.Dag
//       tasks:
//         - task:
//             id: fetch
//             type: t.Return
//         - task:
//             id: compile
//             type: t.Return
//
// After:
//         - task:
//             id: compile
//             type: t.Return
//           dependsOn:
//             - fetch
namespace flow::edits {

namespace {

struct Pair
{
    const Task *from = nullptr;
    const Task *to = nullptr;
    const TaskList *list = nullptr;
};

Result<Pair> readPair(const Flow &flow, const std::string &fromPath, const std::string &toPath)
{
    const Result<const Task *> from = readableTask(flow, fromPath);
    if (!from)
        return from.error();
    const Result<const Task *> to = readableTask(flow, toPath);
    if (!to)
        return to.error();
    const TaskList *list = listOf(flow, **to);
    if (!list || !isDagList(flow, *list) || (*to)->item == (*to)->node)
        return Error{ErrorCode::NotInDag, {(*to)->id}, {}};
    if (listOf(flow, **from) != list || (*from)->id.empty())
        return Error{ErrorCode::NotInDag, {(*from)->id}, {}};
    return Pair{*from, *to, list};
}

bool dependsOn(const Task &task, const std::string &id)
{
    return std::any_of(task.dependsOn.begin(), task.dependsOn.end(),
                       [&](const Dependency &dependency) { return dependency.id == id; });
}

/// Whether `from` already waits for `to`, directly or by way of others.
bool waitsFor(const TaskList &list, const Task &from, const std::string &to)
{
    std::set<std::string> seen;
    std::vector<std::string> open{from.id};
    while (!open.empty()) {
        const std::string id = open.back();
        open.pop_back();
        if (id == to)
            return true;
        if (!seen.insert(id).second)
            continue;
        for (const Task &task : list.tasks)
            if (task.id == id)
                for (const Dependency &dependency : task.dependsOn)
                    open.push_back(dependency.id);
    }
    return false;
}

/// Whether the Dag writes `dependsOn: [a]`; the first example decides.
bool prefersFlowStyle(const TaskList &list)
{
    for (const Task &task : list.tasks)
        if (const Node *names = task.item->isMapping() ? task.item->find("dependsOn") : nullptr)
            if (names->isSequence())
                return names->flowStyle;
    return false;
}

} // namespace

Result<Edit> connect(const Snapshot &snapshot, const std::string &fromPath, const std::string &toPath)
{
    Result<Draft> opened = Draft::open(snapshot);
    if (!opened)
        return opened.error();
    Draft &draft = *opened;
    const Result<Pair> pair = readPair(draft.flow(), fromPath, toPath);
    if (!pair)
        return pair.error();
    const std::string &id = pair->from->id;
    const Node &item = *pair->to->item;
    if (dependsOn(*pair->to, id))
        return Error{ErrorCode::AlreadyConnected, {id, pair->to->id}, {}};
    if (waitsFor(*pair->list, *pair->from, pair->to->id))
        return Error{ErrorCode::WouldCycle, {id, pair->to->id}, {}};

    const Node *names = item.find("dependsOn");
    if (names && names->isSequence()) {
        const std::string name = !names->items.empty() && names->items.back()->isScalar()
                                     ? scalarLike(*names->items.back(), id, Context::Flow)
                                     : scalarText(id, Context::Flow);
        const std::size_t gap = draft.layoutAt(names).itemGap;
        insertItem(draft, *names, names->items.size(),
                   {'-' + std::string(gap - 1, ' ') + name + '\n', name, {}, false, false});
        return draft.finish();
    }
    std::string list = '[' + scalarText(id, Context::Flow) + ']';
    if (names && names->isScalar() && !names->text.empty())
        list = '[' + flowText(draft.text(), *names, false) + ", " + scalarText(id, Context::Flow) + ']';
    else if (!item.flowStyle && !prefersFlowStyle(*pair->list))
        list = "- " + scalarText(id, Context::Block);
    const Result<Fragment> value = Fragment::read(list);
    if (!value)
        return value.error();
    if (names)
        replaceValue(draft, {&item, entryIndex(item, "dependsOn")}, *value);
    else
        insertEntry(draft, item, item.entries.size(), "dependsOn", *value);
    return draft.finish();
}

Result<Edit> disconnect(const Snapshot &snapshot, const std::string &fromPath, const std::string &toPath)
{
    Result<Draft> opened = Draft::open(snapshot);
    if (!opened)
        return opened.error();
    Draft &draft = *opened;
    const Result<Pair> pair = readPair(draft.flow(), fromPath, toPath);
    if (!pair)
        return pair.error();
    if (!dependsOn(*pair->to, pair->from->id))
        return Error{ErrorCode::NotConnected, {pair->from->id, pair->to->id}, {}};
    const Node &item = *pair->to->item;
    const Node &names = *item.find("dependsOn");
    std::vector<std::size_t> indexes;
    for (std::size_t i = 0; i < names.items.size(); ++i)
        if (names.items[i]->isScalar() && names.items[i]->text == pair->from->id)
            indexes.push_back(i);
    if (indexes.size() == names.items.size())
        eraseEntries(draft, item, {entryIndex(item, "dependsOn")});
    else
        eraseItems(draft, names, indexes);
    return draft.finish();
}

} // namespace flow::edits
