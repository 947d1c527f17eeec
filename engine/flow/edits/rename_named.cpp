#include "engine/flow/edits/draft.h"
#include "engine/flow/edits/references.h"
#include "engine/flow/edits/scalars.h"
#include "engine/flow/edits/task_text.h"

#include <algorithm>

// Before:                       renameNamed(Named::Input, "day", "date")
//     inputs:
//       - id: day
//         type: DATE
//     tasks:
//       - id: greet
//         type: t.Log
//         message: "{{ inputs.day }}"
//
// After:
//     inputs:
//       - id: date
//         type: DATE
//     tasks:
//       - id: greet
//         type: t.Log
//         message: "{{ inputs.date }}"
namespace flow::edits {

namespace {

bool isValidName(Named what, std::string_view name)
{
    if (what == Named::Variable || what == Named::Label)
        return !name.empty() && name.find_first_of("\r\n\t'\"") == std::string_view::npos;
    if (what == Named::Trigger || what == Named::Output)
        return isValidId(name);
    // Ids of flows and inputs may have dots.
    std::string dotless(name);
    std::erase(dotless, '.');
    return isValidId(dotless) && name.front() != '.';
}

const char *rootOf(Named what)
{
    switch (what) {
    case Named::Input: return "inputs";
    case Named::Variable: return "vars";
    case Named::Label: return "labels";
    default: return "";
    }
}

class Renaming
{
public:
    Renaming(Draft &draft, std::string oldName, std::string newName)
        : m_draft(draft), m_old(std::move(oldName)), m_new(std::move(newName))
    {
    }

    /// True when the scalar is the old name.
    bool scalar(const Node *node)
    {
        if (!node || !node->isScalar() || node->alias || node->text != m_old || node->range.empty())
            return false;
        m_draft.replace(node->range, scalarLike(*node, m_new, Context::Flow));
        return true;
    }

    void scalars(const Node *list)
    {
        if (list && list->isSequence())
            for (const Node *item : list->items)
                scalar(item);
    }

    bool key(const Node *mapping)
    {
        bool found = false;
        if (mapping && mapping->isMapping())
            for (const Entry &entry : mapping->entries)
                found = scalar(entry.key) || found;
        return found;
    }

private:
    Draft &m_draft;
    std::string m_old;
    std::string m_new;
};

bool isTaken(const Flow &flow, Named what, const std::string &name)
{
    const auto among = [&](const std::vector<Item> &items) {
        return std::any_of(items.begin(), items.end(), [&](const Item &item) { return item.id == name; });
    };
    const Node *variables = flow.root->find("variables");
    switch (what) {
    case Named::Input: return among(flow.inputs);
    case Named::Output: return among(flow.outputs);
    case Named::Trigger: return among(flow.triggers);
    case Named::Label: return among(flow.labels);
    case Named::Variable: return variables && variables->isMapping() && variables->find(name);
    case Named::Flow: return false;
    }
    return false;
}

} // namespace

Result<Edit> renameNamed(const Snapshot &snapshot, Named what, const std::string &oldName, std::string_view newName)
{
    Result<Draft> opened = Draft::open(snapshot);
    if (!opened)
        return opened.error();
    Draft &draft = *opened;
    const Flow &flow = draft.flow();
    const std::string fresh(newName);
    if (!flow.root)
        return Error{ErrorCode::BrokenText, {}, {}};
    if (!isValidName(what, newName))
        return Error{ErrorCode::InvalidId, {fresh}, {}};
    const std::string old = what == Named::Flow ? flow.id : oldName;
    if (old == fresh)
        return draft.finish();
    if (isTaken(flow, what, fresh))
        return Error{ErrorCode::IdTaken, {fresh}, {}};

    Renaming renaming(draft, old, fresh);
    bool found = false;
    const auto ids = [&](const std::vector<Item> &items) {
        for (const Item &item : items)
            if (item.id == old && item.node->isMapping())
                found = renaming.scalar(item.node->find("id") ? item.node->find("id") : item.node->find("name")) || found;
    };
    switch (what) {
    case Named::Input:
        ids(flow.inputs);
        for (const Item &item : flow.inputs)
            if (const Node *depends = item.node->isMapping() ? item.node->find("dependsOn") : nullptr;
                depends && depends->isMapping())
                renaming.scalars(depends->find("inputs"));
        for (const Item &item : flow.triggers)
            if (item.node->isMapping() && !item.type.ends_with(".trigger.Toggle"))
                renaming.key(item.node->find("inputs"));
        break;
    case Named::Variable:
        found = renaming.key(flow.root->find("variables"));
        flow.forEachTask([&](const Task &task, const TaskList &, int) {
            if (!task.node)
                return;
            const Node *variables = task.node->find("variables");
            if (task.type.ends_with(".execution.SetVariables"))
                found = renaming.key(variables) || found;
            else if (task.type.ends_with(".execution.UnsetVariables"))
                renaming.scalars(variables);
        });
        break;
    case Named::Output: ids(flow.outputs); break;
    case Named::Trigger:
        ids(flow.triggers);
        flow.forEachTask([&](const Task &task, const TaskList &, int) {
            if (!task.node || !task.type.ends_with(".trigger.Toggle"))
                return;
            const Node *id = task.node->find("flowId");
            if (!id || id->text == flow.id || id->text.find("flow.id") != std::string::npos)
                renaming.scalar(task.node->find("trigger"));
        });
        break;
    case Named::Label: {
        const Node *labels = flow.root->find("labels");
        found = renaming.key(labels);
        if (labels && labels->isSequence())
            for (const Node *item : labels->items)
                found = (item->isMapping() && renaming.scalar(item->find("key"))) || found;
        break;
    }
    case Named::Flow: found = renaming.scalar(flow.root->find("id")); break;
    }
    if (!found)
        return Error{ErrorCode::NoSuchProperty, {old}, {}};
    const std::string root = rootOf(what);
    if (root.empty())
        return draft.finish();
    forEachReference(draft.text(), *flow.root, old, [&](const Reference &reference) {
        if (reference.root != root || reference.name != old)
            return;
        if (reference.bracket)
            draft.replace(reference.nameRange, fresh);
        else
            draft.replace(reference.range, renamed(reference, fresh));
    });
    return draft.finish();
}

} // namespace flow::edits
