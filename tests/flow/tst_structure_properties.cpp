#include "edit_trial.h"

#include "engine/flow/edits/property_path.h"

using namespace flow;
using namespace test;

namespace {

std::string replacedAll(std::string text, const std::string &what, const std::string &with)
{
    for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size())
        text.replace(at, what.size(), with);
    return text;
}

/// An alias whose name no anchor has stays what it is: text.
bool hasAlias(const Node &node, const std::string &text)
{
    return (node.alias && text.find("&" + node.text) != std::string::npos) || std::any_of(node.items.begin(), node.items.end(), [&](const Node *item) { return hasAlias(*item, text); }) ||
           std::any_of(node.entries.begin(), node.entries.end(),
                       [&](const Entry &entry) { return hasAlias(*entry.key, text) || hasAlias(*entry.value, text); });
}

/// Edits of the structure of a flow: groups, order, style, names, items.
class Trial : public TrialBase
{
public:
    using TrialBase::TrialBase;

    Attempt next()
    {
        switch (m_dice.roll(16)) {
        case 0:
        case 1: return wrap();
        case 2: return unwrap();
        case 3: return disable();
        case 4: return order();
        case 5: return convert();
        case 6:
        case 7: return rename();
        case 8:
        case 9: return style();
        case 10: return writeOut();
        case 11:
        case 12: return items();
        default: return extract();
        }
    }

private:
    Model *listIn(Model &root, const TaskList &list) { return modelAt(root, stepsTo(list.node)); }

    Attempt wrap()
    {
        static const std::vector<std::string> kGroups = {
            "io.kestra.plugin.core.flow.Sequential", "type: io.kestra.plugin.core.flow.Parallel\nconcurrent: 2",
            "{type: io.kestra.plugin.core.flow.If, condition: \"{{ true }}\"}",
            "# why\nid: zz_group\ntype: io.kestra.plugin.core.flow.Switch\nvalue: x\n"};
        Attempt attempt{"wrap"};
        const TaskAt *at = anyTask();
        if (!at || !at->list->node)
            return attempt;
        const std::size_t last = std::min(at->index + m_dice.roll(3), at->list->tasks.size() - 1);
        std::vector<std::string> paths;
        for (std::size_t i = at->index; i <= last; ++i)
            paths.push_back(at->list->tasks[i].path);
        const std::string yaml = m_dice.pick(kGroups);
        attempt.name += ' ' + paths.front() + " to " + paths.back() + " in " + yaml;
        attempt.edit = edits::wrapTasks(m_snapshot, paths, yaml);
        if (!m_whole || !attempt.edit)
            return attempt;
        const bool onlyType = yaml.find(':') == std::string::npos;
        const Result<edits::Fragment> read = edits::readTaskFragment(onlyType ? "type: " + yaml : yaml, false);
        REQUIRE(read);
        Model group(toValue(*edits::withFreeIds(*read, edits::taskIds(flow())).root()));
        const std::string type = group.find("type")->leaf.text();
        Model &inner = group.at(type.ends_with("If") ? "then" : type.ends_with("Switch") ? "defaults" : "tasks");
        inner.kind = Model::Kind::List;
        Model root = meaning();
        std::vector<Model> &list = listIn(root, *at->list)->items;
        const auto first = list.begin() + static_cast<std::ptrdiff_t>(at->index);
        const auto end = first + static_cast<std::ptrdiff_t>(paths.size());
        inner.items.assign(first, end);
        list.erase(first, end);
        list.insert(list.begin() + static_cast<std::ptrdiff_t>(at->index), group);
        attempt.meaning = std::move(root);
        for (std::size_t i = at->index; i <= last; ++i)
            attempt.allowed.push_back(blockOf({&at->list->tasks[i], at->list, i}));
        attempt.allowed.push_back({attempt.allowed.front().begin, attempt.allowed.back().end});
        return attempt;
    }

    Attempt unwrap()
    {
        Attempt attempt{"unwrap"};
        const TaskAt *at = anyTask();
        if (!at)
            return attempt;
        attempt.name += ' ' + at->task->path;
        attempt.edit = edits::unwrapTask(m_snapshot, at->task->path);
        if (!m_whole || !attempt.edit)
            return attempt;
        const bool dag = edits::isDagList(flow(), *at->list);
        Model root = meaning();
        std::vector<Model> inner;
        for (const TaskList &list : at->task->lists)
            for (const Task &task : list.tasks) {
                Model item = *modelAt(root, stepsTo(task.node));
                if (dag) {
                    Model wrapper;
                    wrapper.at("task") = std::move(item);
                    item = std::move(wrapper);
                }
                inner.push_back(std::move(item));
            }
        std::vector<Model> &list = listIn(root, *at->list)->items;
        const auto own = list.erase(list.begin() + static_cast<std::ptrdiff_t>(edits::itemIndex(*at->list->node, at->task->item)));
        list.insert(own, inner.begin(), inner.end());
        attempt.meaning = std::move(root);
        attempt.allowed.push_back(blockOf(*at));
        return attempt;
    }

    Attempt disable()
    {
        Attempt attempt{"disable"};
        const TaskAt *at = anyTask();
        if (!at)
            return attempt;
        const bool off = m_dice.roll(2) == 0;
        attempt.name += ' ' + at->task->path + (off ? " off" : " on");
        attempt.edit = edits::setDisabled(m_snapshot, at->task->path, off);
        if (!m_whole || !attempt.edit)
            return attempt;
        Model root = meaning();
        Model *task = modelAt(root, stepsTo(at->task->node));
        if (off)
            task->at("disabled") = Model(Value(true));
        else
            task->erase("disabled");
        attempt.meaning = std::move(root);
        return attempt;
    }

    Attempt order()
    {
        Attempt attempt{"order"};
        const TaskAt *at = anyTask();
        if (!at || !at->list->node || at->list->tasks.size() < 2)
            return attempt;
        std::vector<std::size_t> order(at->list->tasks.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        for (std::size_t i = order.size(); i-- > 1;)
            std::swap(order[i], order[m_dice.roll(i + 1)]);
        attempt.name += ' ' + at->list->path;
        attempt.edit = edits::reorderTasks(m_snapshot, at->list->path, order);
        if (!m_whole || !attempt.edit)
            return attempt;
        Model root = meaning();
        Model *list = listIn(root, *at->list);
        const std::vector<Model> before = list->items;
        for (std::size_t i = 0; i < order.size(); ++i)
            list->items[i] = before[order[i]];
        attempt.meaning = std::move(root);
        attempt.allowed.push_back(linesAround(m_text, at->list->node->range));
        attempt.allowed.front().begin = edits::lineBegin(m_text, edits::lineBegin(m_text, attempt.allowed.front().begin));
        if (!at->list->node->flowStyle) // comments above the first one travel with it
            attempt.allowed.front().begin = std::min(attempt.allowed.front().begin, edits::itemBlock(m_text, *at->list->node, 0).lines.begin);
        attempt.allowed.front().end = std::max(attempt.allowed.front().end, blockOf({&at->list->tasks.back(), at->list, 0}).end);
        return attempt;
    }

    Attempt convert()
    {
        static const std::vector<std::string> kTypes = {"Sequential", "Parallel", "Dag"};
        Attempt attempt{"convert"};
        std::vector<const TaskAt *> groups;
        for (const TaskAt &at : m_tasks)
            for (const std::string &type : kTypes)
                if (at.task->type.ends_with(".flow." + type))
                    groups.push_back(&at);
        if (groups.empty())
            return attempt;
        const Task &task = *groups[m_dice.roll(groups.size())]->task;
        const std::string type = "io.kestra.plugin.core.flow." + m_dice.pick(kTypes);
        attempt.name += ' ' + task.path + " to " + type;
        attempt.edit = edits::convertGroup(m_snapshot, task.path, type);
        if (!m_whole || !attempt.edit)
            return attempt;
        std::vector<std::string> ids;
        std::vector<std::string> values;
        const TaskList *list = nullptr;
        for (const TaskList &inner : task.lists)
            if (inner.kind == ListKind::Tasks)
                list = &inner;
        for (const Task &child : list ? list->tasks : std::vector<Task>()) {
            ids.push_back(child.id);
            values.push_back(child.node ? toJson(toValue(*child.node)) : "unreadable");
        }
        std::sort(values.begin(), values.end());
        const bool chain = type.ends_with("Dag") && task.type.ends_with("Sequential");
        attempt.check = [path = task.path, type, ids, values, chain](const Flow &flow) -> std::string {
            const Task *group = flow.findByPath(path);
            if (!group || group->type != type)
                return "the type is " + (group ? group->type : "gone");
            std::vector<std::string> after;
            for (const TaskList &inner : group->lists)
                for (std::size_t i = 0; inner.kind == ListKind::Tasks && i < inner.tasks.size(); ++i) {
                    const Task &child = inner.tasks[i];
                    after.push_back(child.node ? toJson(toValue(*child.node)) : "unreadable");
                    if (chain && i > 0 && (child.dependsOn.size() != 1 || child.dependsOn.front().id != ids[i - 1]))
                        return child.id + " waits for another one";
                }
            std::sort(after.begin(), after.end());
            return after == values ? "" : "the tasks inside changed";
        };
        return attempt;
    }

    /// With a name that is nowhere else, the text tells what was renamed.
    Attempt rename()
    {
        Attempt attempt{"name"};
        struct Name
        {
            edits::Named what;
            std::string text;
        };
        std::vector<Name> names;
        for (const Item &item : flow().inputs)
            names.push_back({edits::Named::Input, item.id});
        for (const Item &item : flow().outputs)
            names.push_back({edits::Named::Output, item.id});
        for (const Item &item : flow().triggers)
            names.push_back({edits::Named::Trigger, item.id});
        for (const Item &item : flow().labels)
            names.push_back({edits::Named::Label, item.id});
        const Node *variables = flow().root ? flow().root->find("variables") : nullptr;
        for (const Entry &entry : variables ? variables->entries : std::vector<Entry>())
            names.push_back({edits::Named::Variable, entry.key->text});
        names.push_back({edits::Named::Flow, flow().id});
        const std::string fresh = "zz_name";
        const std::size_t pick = m_dice.roll(names.size() + 2);
        std::string old;
        if (pick >= names.size()) {
            const TaskAt *at = anyTask();
            if (!at)
                return attempt;
            if (const Range id = at->task->idRange; m_text.substr(id.begin, id.size()) == at->task->id) // else `yes`, `007`
                old = at->task->id;
            attempt.name += " of task " + at->task->path;
            attempt.edit = edits::renameTask(m_snapshot, at->task->path, fresh);
        } else {
            old = names[pick].text;
            attempt.name += " of " + std::to_string(static_cast<int>(names[pick].what)) + ' ' + old;
            attempt.edit = edits::renameNamed(m_snapshot, names[pick].what, old, fresh);
        }
        if (!m_whole || !attempt.edit || old.empty())
            return attempt;
        const std::string after = attempt.edit->applyTo(m_text);
        const bool isNamed = attempt.edit->empty() || replacedAll(after, fresh, old) == m_text;
        // A name that needed quotes or brackets is written in another way where it had to be.
        const bool isPlain = std::all_of(old.begin(), old.end(), [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }) &&
                             !std::isdigit(static_cast<unsigned char>(old.front()));
        if (isPlain)
            attempt.check = [isNamed](const Flow &) { return isNamed ? "" : "changes more than the name"; };
        return attempt;
    }

    Attempt style()
    {
        Attempt attempt{"style"};
        const TaskAt *at = anyTask();
        const Node *top = at && at->task->node && m_dice.roll(4) ? at->task->node : flow().root;
        const Node *node = top ? anyNodeBelow(*top) : nullptr;
        if (!node)
            return attempt;
        std::vector<Step> steps = stepsTo(node, top);
        for (const Step &step : steps)
            if (step.key.find('\'') != std::string::npos)
                return attempt;
        const edits::Style wanted = node->flowStyle ? edits::Style::Block : edits::Style::Flow;
        const std::string owner = top == flow().root ? "" : at->task->path;
        attempt.name += ' ' + owner + " . " + propertyPath(steps);
        attempt.edit = edits::setStyle(m_snapshot, owner, propertyPath(steps), wanted);
        if (!m_whole || !attempt.edit)
            return attempt;
        attempt.meaning = meaning();
        const std::size_t head = edits::lineBegin(m_text, node->whole.begin);
        attempt.allowed.push_back(linesAround(m_text, {node->whole.begin, node->range.end}));
        for (const Entry &entry : node->parent->isMapping() ? node->parent->entries : std::vector<Entry>())
            if (entry.value == node)
                attempt.allowed.push_back(linesAround(m_text, {entry.key->whole.begin, node->range.end}));
        if (node->parent->isSequence() && !node->parent->flowStyle)
            attempt.allowed.push_back(linesAround(m_text, edits::itemBlock(m_text, *node->parent, edits::itemIndex(*node->parent, node)).lines));
        attempt.allowed.push_back({head, attempt.allowed.front().end});
        return attempt;
    }

    static void collectAliases(const Node &node, std::vector<const Node *> &aliases)
    {
        if (node.alias && node.parent)
            aliases.push_back(&node);
        for (const Node *item : node.items)
            collectAliases(*item, aliases);
        for (const Entry &entry : node.entries)
            collectAliases(*entry.value, aliases);
    }

    Attempt writeOut()
    {
        Attempt attempt{"write-out"};
        if (!flow().root || !hasAlias(*flow().root, m_text))
            return attempt;
        if (m_dice.roll(2)) {
            std::vector<const Node *> aliases;
            collectAliases(*flow().root, aliases);
            if (aliases.empty())
                return attempt;
            const Node &alias = *m_dice.pick(aliases);
            attempt.name += "-one at " + std::to_string(alias.range.begin);
            attempt.edit = edits::writeOutAlias(m_snapshot, alias.range.begin);
            attempt.allowed.push_back(linesAround(m_text, alias.parent->whole));
            return attempt;
        }
        attempt.edit = edits::writeOutAllAliases(m_snapshot);
        if (!m_whole || !attempt.edit)
            return attempt;
        attempt.check = [text = m_text](const Flow &flow) { return flow.root && !hasAlias(*flow.root, text) ? "" : "aliases are left"; };
        return attempt;
    }

    Attempt items()
    {
        static const std::vector<std::string> kLists = {"inputs", "triggers", "outputs", "labels", "pluginDefaults"};
        Attempt attempt{"item"};
        const std::string list = m_dice.pick(kLists);
        const Node *node = flow().root ? flow().root->find(list) : nullptr;
        const std::size_t size = node && node->isSequence() ? node->items.size() : 0;
        const std::size_t own = m_dice.roll(size);
        const std::string path = list + '[' + std::to_string(own) + ']';
        const std::size_t action = size == 0 ? 0 : m_dice.roll(4);
        Model root = meaning();
        Model *model = root.find(list);
        if (action == 0) {
            const std::size_t to = m_dice.roll(size + 1);
            const std::string yaml = m_dice.roll(2) ? "# new\nid: zz_item\ntype: STRING # x\n" : "{id: zz_item, type: STRING}";
            attempt.name += " added to " + list + " at " + std::to_string(to);
            attempt.edit = edits::addItem(m_snapshot, list, to, yaml);
            if (attempt.edit && m_whole) {
                model = &root.at(list);
                if (model->kind != Model::Kind::List)
                    *model = Model(), model->kind = Model::Kind::List;
                model->items.insert(model->items.begin() + static_cast<std::ptrdiff_t>(to),
                                    Model(toValue(*edits::Fragment::read("{id: zz_item, type: STRING}")->root())));
            }
        } else if (action == 1) {
            attempt.name += " removed " + path;
            attempt.edit = edits::removeItem(m_snapshot, path);
            if (attempt.edit && m_whole)
                model->items.erase(model->items.begin() + static_cast<std::ptrdiff_t>(own));
            if (attempt.edit && m_whole && model->items.empty())
                root.erase(list);
        } else if (action == 2) {
            const std::size_t to = m_dice.roll(size + 1);
            attempt.name += " moved " + path + " to " + std::to_string(to);
            attempt.edit = edits::moveItem(m_snapshot, path, to);
            if (attempt.edit && m_whole) {
                const Model item = model->items[own];
                model->items.insert(model->items.begin() + static_cast<std::ptrdiff_t>(to), item);
                model->items.erase(model->items.begin() + static_cast<std::ptrdiff_t>(own + (to <= own ? 1 : 0)));
            }
        } else {
            attempt.name += " duplicated " + path;
            attempt.edit = edits::duplicateItem(m_snapshot, path);
            if (attempt.edit && m_whole) {
                Model copy = model->items[own];
                if (Model *id = copy.find("id"); id && id->kind == Model::Kind::Leaf) {
                    std::set<std::string> taken;
                    for (Model &item : model->items)
                        if (Model *other = item.find("id"))
                            taken.insert(nameOf(*other));
                    if (nameOf(*id).empty())
                        return attempt;
                    *id = Model(Value(edits::freeId(nameOf(*id), taken)));
                }
                model->items.insert(model->items.begin() + static_cast<std::ptrdiff_t>(own) + 1, copy);
            }
        }
        if (m_whole && attempt.edit)
            attempt.meaning = std::move(root);
        return attempt;
    }

    /// The new flow can be read, and put back in its place it means what was there before.
    Attempt extract()
    {
        Attempt attempt{"extract"};
        const TaskAt *at = anyTask();
        if (!at)
            return attempt;
        const std::size_t last = std::min(at->index + m_dice.roll(3), at->list->tasks.size() - 1);
        std::vector<std::string> paths;
        std::size_t tasks = 0;
        for (std::size_t i = at->index; i <= last; ++i, ++tasks)
            paths.push_back(at->list->tasks[i].path);
        attempt.name += ' ' + paths.front() + " to " + paths.back();
        const Result<edits::ProjectEdit> edit = edits::extractSubflow(m_snapshot, paths, "zz.part");
        if (!edit)
            return attempt;
        attempt.edit = edit->changes.front().edit;
        if (!m_whole)
            return attempt;
        const Subject created(edit->created.front().text);
        const Subject after(attempt.edit->applyTo(m_text));
        const std::string caller = at->list->tasks[at->index].path;
        const std::string path = created.flow().lists.empty() ? std::string() : created.flow().lists.front().path;
        std::string fault;
        if (!created.flow().tree->faults().empty() || !created.flow().root)
            fault = "the new flow can't be read:\n" + created.text();
        else if (hasDuplicates(*created.flow().root))
            fault = "the new flow has keys twice";
        const Result<Edit> back = edits::inlineSubflow(after.snapshot(), caller, created.snapshot());
        const bool isAlike = back && created.text().find("\nvariables:") == std::string::npos &&
                             created.text().find("id: together") == std::string::npos && !edits::isDagList(flow(), *at->list) &&
                             created.flow().lists.front().tasks.size() == tasks && !inGroup(*at);
        if (fault.empty() && isAlike) {
            const Subject again(back->applyTo(after.text()));
            if (!again.flow().root || withoutQuotes(Model(toValue(*again.flow().root))) != withoutQuotes(meaning()))
                fault = "put back it means something else:\n" + again.text() + "\n--- the new flow ---\n" + created.text();
        }
        attempt.check = [fault](const Flow &) { return fault; };
        // When nothing outside reads what moves, nothing outside changes.
        const Range lines{at->list->tasks[at->index].range.begin, at->list->tasks[last].range.end};
        const std::string outside = m_text.substr(0, lines.begin) + m_text.substr(lines.end);
        bool isRead = false;
        flow().forEachTask([&](const Task &task, const TaskList &, int) {
            isRead = isRead || (lines.contains(task.range.begin) && outside.find(task.id) != std::string::npos);
        });
        const bool hasRunsOfItsOwn = created.text().find(".ForEachItem") != std::string::npos; // named by other ids
        if (!isRead && !hasRunsOfItsOwn && !edits::isDagList(flow(), *at->list))
            attempt.allowed.push_back(linesAround(m_text, lines));
        return attempt;
    }

    bool inGroup(const TaskAt &at) const
    {
        const Task *holder = flow().parentOf(*at.task);
        return holder && holder->type.ends_with(".Parallel");
    }

    /// Expressions may be spelled in another way: quotes, brackets, blanks.
    static std::string withoutQuotes(Model model)
    {
        model.forEachText([](std::string &text) {
            if (text.find("{{") == std::string::npos && text.find("{%") == std::string::npos)
                return;
            std::string result;
            for (std::size_t i = 0; i < text.size(); ++i) {
                if (text.compare(i, 2, "['") == 0 || text.compare(i, 2, "[\"") == 0)
                    result += '.', ++i;
                else if (std::string_view(" \n'\"]-").find(text[i]) == std::string_view::npos)
                    result += text[i];
            }
            text = result;
        });
        return toJson(model.value());
    }
};

} // namespace

TEST_CASE("edits of the structure mean what the model means, change nothing else, and are undone byte for byte")
{
    tryEdits<Trial>(1001, 2, 4, 5000, 60000);
}
