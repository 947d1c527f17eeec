#include "edit_trial.h"

#include <regex>

using namespace flow;
using namespace test;

namespace {

/// One flow of one text, and random edits of it.
class Trial : public test::TrialBase
{
public:
    using TrialBase::TrialBase;

    Attempt next()
    {
        // Few flows have a Dag: there its arrows are tried often.
        if (std::any_of(m_tasks.begin(), m_tasks.end(), [&](const TaskAt &at) { return edits::isDagList(flow(), *at.list); }) && m_dice.roll(2))
            return connect();
        switch (m_dice.roll(11)) {
        case 0: return remove();
        case 1: return add();
        case 2:
        case 3:
        case 4: return move();
        case 5: return duplicate();
        case 6: return rename();
        case 7:
        case 8: return set();
        case 9: return unset();
        default: return note();
        }
    }

private:
    bool isRequired(const TaskList &list) const
    {
        if (list.kind == ListKind::Then || list.kind == ListKind::Case)
            return true;
        if (list.kind != ListKind::Tasks)
            return false;
        const std::size_t dot = list.path.rfind('.');
        const Task *holder = dot == std::string::npos ? nullptr : flow().findByPath(list.path.substr(0, dot));
        const Property *property = holder && holder->known ? holder->known->find("tasks") : nullptr;
        return !property || property->required;
    }

    /// Takes a task out of the meaning. The list itself goes when it may.
    /// `put`: where something was put into the meaning before, which shifted what comes after it.
    Model takeOut(Model &root, const TaskAt &at, bool arrows, const edits::Slot *put = nullptr)
    {
        const Node *list = at.list->node ? at.list->node : at.task->item;
        std::vector<Step> steps = stepsTo(list);
        if (put)
            shift(steps, *put);
        Model taken;
        if (!at.list->node) { // onPause
            taken = *modelAt(root, steps);
            modelAt(root, {steps.begin(), steps.end() - 1})->erase(steps.back().key);
            return taken;
        }
        Model *items = modelAt(root, steps);
        const std::size_t index = edits::itemIndex(*list, at.task->item);
        taken = items->items[index];
        items->items.erase(items->items.begin() + static_cast<std::ptrdiff_t>(index));
        if (arrows && edits::isDagList(flow(), *at.list)) {
            bool again = false;
            for (const Task &other : at.list->tasks)
                again = again || (&other != at.task && other.id == at.task->id);
            for (Model &item : items->items)
                if (Model *names = item.find("dependsOn"); names && !again && names->kind == Model::Kind::List) {
                    const std::size_t before = names->items.size();
                    std::erase_if(names->items, [&](const Model &name) {
                        return name.kind == Model::Kind::Leaf && nameOf(name) == at.task->id;
                    });
                    if (names->items.empty() && before > 0)
                        item.erase("dependsOn");
                }
        }
        if (items->items.empty() && !isRequired(*at.list))
            modelAt(root, {steps.begin(), steps.end() - 1})->erase(steps.back().key);
        return taken;
    }

    void shift(std::vector<Step> &steps, const edits::Slot &put) const
    {
        const TaskList *list = flow().findList(put.list);
        if (!list || !list->node)
            return;
        const std::vector<Step> to = stepsTo(list->node);
        if (steps.size() <= to.size())
            return;
        for (std::size_t i = 0; i < to.size(); ++i)
            if (steps[i].key != to[i].key || steps[i].index != to[i].index)
                return;
        Step &step = steps[to.size()];
        step.index += step.isIndex && step.index >= put.index;
    }

    void allowList(Attempt &attempt, const TaskAt &at) const
    {
        attempt.allowed.push_back(blockOf(at));
        const Node *list = at.list->node ? at.list->node : at.task->item;
        if (at.list->tasks.size() == 1 && list->parent) // its key may go
            attempt.allowed.push_back(linesAround(m_text, {list->whole.begin, list->whole.end}));
        for (const Entry &entry : list->parent ? list->parent->entries : std::vector<Entry>())
            if (entry.value == list && at.list->tasks.size() == 1) {
                attempt.allowed.push_back(linesAround(m_text, {entry.key->whole.begin, list->whole.end}));
                if (list->parent->flowStyle)
                    attempt.allowed.push_back(list->parent->range);
            }
        if (edits::isDagList(flow(), *at.list))
            for (const Task &other : at.list->tasks)
                if (const Node *names = other.item->isMapping() ? other.item->find("dependsOn") : nullptr) {
                    const Entry *entry = other.item->findEntry("dependsOn");
                    attempt.allowed.push_back(linesAround(m_text, {entry->key->whole.begin, names->whole.end}));
                }
    }

    Attempt remove()
    {
        Attempt attempt{"remove"};
        const TaskAt *at = anyTask();
        if (!at)
            return attempt;
        attempt.name += ' ' + at->task->path;
        const std::vector<std::string> paths = {at->task->path};
        attempt.edit = edits::removeTasks(m_snapshot, paths);
        if (m_whole) {
            attempt.meaning = meaning();
            takeOut(*attempt.meaning, *at, true);
            allowList(attempt, *at);
        }
        return attempt;
    }

    /// A list to put a task into, and where; sometimes one that is not written yet.
    edits::Slot anySlot()
    {
        std::vector<std::pair<std::string, std::size_t>> lists;
        const auto collect = [&](const auto &self, const std::vector<TaskList> &from) -> void {
            for (const TaskList &list : from) {
                lists.emplace_back(list.path, list.tasks.size());
                for (const Task &task : list.tasks)
                    self(self, task.lists);
            }
        };
        collect(collect, flow().lists);
        lists.emplace_back("errors", flow().findList("errors") ? flow().findList("errors")->tasks.size() : 0);
        lists.emplace_back("finally", flow().findList("finally") ? flow().findList("finally")->tasks.size() : 0);
        for (const TaskAt &at : m_tasks) {
            if (!at.task->known || at.task->lists.empty())
                continue;
            for (const char *key : {"errors", "finally", "else", "defaults", "onPause", "cases.new case"})
                if (!flow().findList(at.task->path + '.' + key))
                    lists.emplace_back(at.task->path + '.' + key, 0);
        }
        const auto &[path, size] = lists[m_dice.roll(lists.size())];
        return {path, m_dice.roll(size + 1), m_dice.roll(2) == 0};
    }

    /// Puts an item into the meaning; false when the list has no place for it.
    bool putIn(Model &root, const edits::Slot &slot, Model item)
    {
        const Result<edits::Target> target = edits::resolveList(flow(), slot.list);
        if (!target)
            return false;
        std::vector<Step> steps = stepsTo(target->holder);
        Model *holder = modelAt(root, steps);
        if (!holder)
            return false;
        if (target->dag && item.find("task") == nullptr) {
            Model wrapper;
            wrapper.at("task") = std::move(item);
            item = std::move(wrapper);
        }
        Model *list = &holder->at(target->key);
        if (target->single) {
            *list = std::move(item);
            return true;
        }
        if (!target->label.empty())
            list = &list->at(target->label);
        if (list->kind != Model::Kind::List) {
            *list = Model();
            list->kind = Model::Kind::List;
        }
        REQUIRE(slot.index <= list->items.size());
        list->items.insert(list->items.begin() + static_cast<std::ptrdiff_t>(slot.index), std::move(item));
        return true;
    }

    Attempt add()
    {
        static const std::vector<std::string> kTasks = {
            "id: zz_new\ntype: io.kestra.plugin.core.log.Log\nmessage: hi",
            "- id: zz_new\n  type: io.kestra.plugin.core.log.Log\n  message: |\n    one\n\n      two\n",
            "# a comment\nid: zz_new # beside\ntype: some.other.Task\nlist:\n- a\n- {b: c}\n",
            "{id: zz_new, type: a.b.C, x: [1, 2], 'y z': \"q\\\"r\"}",
            "    - id: zz_new\n      type: a.b.C\n      keep: |+\n        text\n\n",
            "id: zz_new\ntype: a.b.C\nplain: a b\n  c d\nquoted: 'it''s\n\n  so'\nempty:\nnull: ~\n",
        };
        Attempt attempt{"add"};
        const std::string &yaml = m_dice.pick(kTasks);
        const edits::Slot slot = anySlot();
        attempt.name += " into " + slot.list + " at " + std::to_string(slot.index);
        attempt.edit = edits::addTask(m_snapshot, slot, yaml);
        const Result<Fragment> fragment = edits::readTaskFragment(yaml, false);
        REQUIRE(fragment);
        if (m_whole && attempt.edit) {
            attempt.meaning = meaning();
            putIn(*attempt.meaning, slot, Model(toValue(*fragment->root())));
        }
        return attempt;
    }
    using Fragment = edits::Fragment;

    Attempt move()
    {
        Attempt attempt{"move"};
        const TaskAt *at = anyTask();
        if (!at)
            return attempt;
        const edits::Slot slot = anySlot();
        attempt.name += ' ' + at->task->path + " into " + slot.list + " at " + std::to_string(slot.index);
        attempt.edit = edits::moveTask(m_snapshot, at->task->path, slot);
        if (!m_whole || !attempt.edit)
            return attempt;
        Model root = meaning();
        const TaskList *target = flow().findList(slot.list);
        const bool same = target && target == at->list;
        const Node *list = at->list->node;
        if (same && list) {
            Model *items = modelAt(root, stepsTo(list));
            const std::size_t own = edits::itemIndex(*list, at->task->item);
            Model item = items->items[own];
            items->items.insert(items->items.begin() + static_cast<std::ptrdiff_t>(slot.index), item);
            const std::size_t old = own + (slot.index <= own ? 1 : 0);
            items->items.erase(items->items.begin() + static_cast<std::ptrdiff_t>(old));
        } else {
            // A mark keeps the place while paths shift.
            Model mark;
            mark.leaf = Value("the moved task");
            Model marked;
            marked.at("task") = mark;
            const Result<edits::Target> to = edits::resolveList(flow(), slot.list);
            if (!putIn(root, slot, to && to->dag ? marked : mark))
                return attempt;
            Model taken = takeOut(root, *at, true, &slot);
            if (at->task->item != at->task->node)
                if (const Model *inner = taken.find("task")) {
                    Model task = *inner;
                    taken = std::move(task);
                }
            replaceMark(root, mark.leaf, taken);
        }
        attempt.meaning = std::move(root);
        return attempt;
    }

    static bool replaceMark(Model &model, const Value &mark, const Model &with)
    {
        if (model.kind == Model::Kind::Leaf && model.leaf == mark) {
            model = Model(with);
            return true;
        }
        for (Model &item : model.items)
            if (replaceMark(item, mark, with))
                return true;
        for (auto &[key, member] : model.entries)
            if (replaceMark(member, mark, with))
                return true;
        return false;
    }

    Attempt duplicate()
    {
        Attempt attempt{"duplicate"};
        const TaskAt *at = anyTask();
        if (!at)
            return attempt;
        attempt.name += ' ' + at->task->path;
        attempt.edit = edits::duplicateTask(m_snapshot, at->task->path);
        if (!m_whole || !attempt.edit || !at->task->lists.empty() || at->task->id.empty())
            return attempt;
        const bool refersToItself = m_text.find("outputs." + at->task->id) != std::string::npos ||
                                    m_text.find("tasks." + at->task->id) != std::string::npos ||
                                    m_text.find("errorLogs") != std::string::npos ||
                                    std::any_of(at->task->dependsOn.begin(), at->task->dependsOn.end(),
                                                [&](const Dependency &d) { return d.id == at->task->id; });
        if (refersToItself)
            return attempt;
        Model root = meaning();
        Model *items = modelAt(root, stepsTo(at->list->node));
        const std::size_t own = edits::itemIndex(*at->list->node, at->task->item);
        Model copy = items->items[own];
        Model &inner = at->task->item == at->task->node ? copy : copy.at("task");
        inner.at("id") = Model(Value(edits::freeId(at->task->id, edits::taskIds(flow()))));
        items->items.insert(items->items.begin() + static_cast<std::ptrdiff_t>(own) + 1, copy);
        attempt.meaning = std::move(root);
        attempt.allowed.push_back(blockOf(*at));
        return attempt;
    }

    Attempt rename()
    {
        Attempt attempt{"rename"};
        const TaskAt *at = anyTask();
        if (!at)
            return attempt;
        const std::string fresh = m_dice.roll(2) ? "zz_renamed" : "zz-renamed";
        const std::string &old = at->task->id;
        // A ForEachItem keeps the outputs of its parts under ids of their own.
        const std::string parts = at->task->type.ends_with(".ForEachItem") ? "(_split|_items|_merge|)" : "()";
        attempt.name += ' ' + at->task->path + " to " + fresh;
        attempt.edit = edits::renameTask(m_snapshot, at->task->path, fresh);
        if (!m_whole || !attempt.edit || old.empty())
            return attempt;
        std::size_t bearers = 0;
        for (const TaskAt &other : m_tasks)
            bearers += other.task->id == old;
        if (bearers != 1)
            return attempt;
        Model root = meaning();
        const bool dashed = fresh.find('-') != std::string::npos;
        const std::regex dot("(^|[^.\\w'\"])(outputs|tasks)\\s*\\." + old + parts + "(?![\\w])");
        const std::regex brackets("(^|[^.\\w])((outputs|tasks)\\s*\\[\\s*['\"]|errorLogs\\(\\s*['\"])" + old + parts + "(?=['\"])");
        const std::regex expression("\\{\\{[^}]*\\}\\}|\\{%[^%]*%\\}");
        const std::regex open("\\{[{%]");
        root.forEachText([&](std::string &text) {
            if (!std::regex_search(text, open) || text.find(old) == std::string::npos)
                return;
            // Quotes of the brackets depend on the scalar's own: they are told apart below.
            std::string result;
            std::string rest = text;
            for (std::smatch match; std::regex_search(rest, match, expression); rest = match.suffix()) {
                std::string inner = std::regex_replace(match.str(), dot, dashed ? "$1$2['" + fresh + "$3']" : "$1$2." + fresh + "$3");
                result += match.prefix().str() + std::regex_replace(inner, brackets, "$1$2" + fresh + "$4");
            }
            text = result + rest;
        });
        modelAt(root, stepsTo(at->task->node))->at("id") = Model(Value(fresh));
        if (edits::isDagList(flow(), *at->list))
            for (Model &item : modelAt(root, stepsTo(at->list->node))->items)
                if (Model *names = item.find("dependsOn"))
                    for (Model &name : names->items)
                        if (nameOf(name) == old)
                            name = Model(Value(fresh));
        for (const TaskAt &other : m_tasks)
            if (other.task->node && other.task->type.ends_with("log.Fetch"))
                if (Model *names = modelAt(root, stepsTo(other.task->node))->find("tasksId"))
                    for (Model &name : names->items)
                        if (nameOf(name) == old)
                            name = Model(Value(fresh));
        m_sameQuotes = true;
        attempt.meaning = std::move(root);
        return attempt;
    }

    Attempt set()
    {
        static const std::vector<std::string> kValues = {
            "5", "true", "plain text", "\"quoted, {text}\"", "'it''s'", "{{ x }}", "\"{{ outputs.a.b }}\"", "[1, two, {three: 3}]",
            "- a\n- b: c\n  d: e\n- - f\n  - g\n", "k: v\nlist:\n- 1\n- 2\nmore:\n  deep: x\n", "|\n  one\n   two\n\n  three\n",
            ">-\n  folded\n  text\n", "|+\n  keep\n\n", "|2\n    four\n  two\n", "a\n  b", "\"a\n  b\"", "null", "~", "", "{}", "[]",
            "{a: 1,\n b: 2}", "# only a comment", "x # with comment", "  - indented\n  - list", "日本語 text", "- |\n  x\n- y",
            "007", "1_000", "\"\"", "a: |\n  x\n",
        };
        Attempt attempt{"set"};
        const Owner owner = anyOwner();
        if (!owner.node || !owner.node->isMapping())
            return attempt;
        std::vector<Step> steps;
        const Node *node = m_dice.roll(3) ? anyNodeBelow(*owner.node) : nullptr;
        if (node)
            steps = stepsTo(node, owner.node);
        if (!node || (m_dice.roll(3) == 0 && node->isMapping())) {
            steps.push_back({m_dice.roll(2) ? "zzKey" : "zz: odd'key", 0, false});
            if (m_dice.roll(2))
                steps.push_back({"inner", 0, false});
            if (m_dice.roll(3) == 0)
                steps.push_back({{}, 0, true});
        } else if (node->isSequence() && m_dice.roll(2)) {
            steps.push_back({{}, node->items.size(), true});
        }
        for (const Step &step : steps)
            if (!step.isIndex && step.key.find('\'') != std::string::npos && step.key != "zz: odd'key")
                return attempt;
        if (!steps.empty() && steps.back().key == "zz: odd'key")
            steps.back().key = "zz: odd key";
        for (Step &step : steps)
            if (step.key == "zz: odd'key")
                step.key = "zz: odd key";
        const std::string &yaml = m_dice.pick(kValues);
        const std::string path = propertyPath(steps);
        attempt.name += ' ' + owner.path + " . " + path + " = " + yaml;
        attempt.edit = edits::setProperty(m_snapshot, owner.path, path, yaml);
        if (!m_whole || !attempt.edit)
            return attempt;
        const Result<Fragment> fragment = Fragment::read(yaml);
        REQUIRE(fragment);
        Model root = meaning();
        Model *model = modelAt(root, stepsTo(owner.node));
        for (const Step &step : steps) {
            if (step.isIndex) {
                if (model->kind != Model::Kind::List) {
                    *model = Model();
                    model->kind = Model::Kind::List;
                }
                if (step.index == model->items.size())
                    model->items.emplace_back();
                model = &model->items[step.index];
            } else {
                if (model->kind != Model::Kind::Map) {
                    *model = Model();
                    model->kind = Model::Kind::Map;
                }
                model = &model->at(step.key);
            }
        }
        *model = fragment->root() ? Model(toValue(*fragment->root())) : Model(Value(""));
        attempt.meaning = std::move(root);
        return attempt;
    }

    Attempt unset()
    {
        Attempt attempt{"unset"};
        const Owner owner = anyOwner();
        const Node *node = owner.node && owner.node->isMapping() ? anyNodeBelow(*owner.node) : nullptr;
        if (!node)
            return attempt;
        std::vector<Step> steps = stepsTo(node, owner.node);
        for (const Step &step : steps)
            if (!step.isIndex && step.key.find('\'') != std::string::npos)
                return attempt;
        attempt.name += ' ' + owner.path + " . " + propertyPath(steps);
        attempt.edit = edits::unsetProperty(m_snapshot, owner.path, propertyPath(steps));
        if (!m_whole || !attempt.edit)
            return attempt;
        const Task *task = owner.path.empty() ? nullptr : flow().findByPath(owner.path);
        Model root = meaning();
        const std::vector<Step> top = stepsTo(owner.node);
        const Node *gone = node;
        while (true) {
            std::vector<Step> holderSteps = top;
            holderSteps.insert(holderSteps.end(), steps.begin(), steps.end() - 1);
            Model *holder = modelAt(root, holderSteps);
            if (steps.back().isIndex)
                holder->items.erase(holder->items.begin() + static_cast<std::ptrdiff_t>(steps.back().index));
            else
                holder->erase(steps.back().key);
            gone = gone->parent;
            steps.pop_back();
            if (!holder->empty() || steps.empty() || steps.back().isIndex)
                break;
            const std::string &key = steps.back().key;
            if (steps.size() == 1) {
                const Property *property = task && task->known ? task->known->find(key) : nullptr;
                if (task ? property && property->required : key == "tasks" || key == "id" || key == "namespace")
                    break;
            }
        }
        attempt.meaning = std::move(root);
        if (gone->flowStyle)
            attempt.allowed.push_back(gone->range);
        else
            attempt.allowed.push_back(linesAround(
                m_text, {gone->parent && gone->parent->isMapping() ? gone->parent->findEntry(stepsTo(gone).back().key)->key->whole.begin
                                                                   : gone->range.begin,
                         behindComments(gone->range.end)}));
        return attempt;
    }

    /// Comments below an item that stand deeper than its dash go with it.
    std::size_t behindComments(std::size_t end) const
    {
        for (std::size_t line = m_text.find('\n', end); line != std::string::npos; line = m_text.find('\n', line + 1)) {
            const std::size_t content = m_text.find_first_not_of(" \t\r", line + 1);
            if (content == std::string::npos || (m_text[content] != '#' && m_text[content] != '\n'))
                break;
            end = std::min(m_text.find('\n', content), m_text.size());
        }
        return end;
    }

    Attempt connect()
    {
        Attempt attempt{"connect"};
        std::vector<const TaskAt *> nodes;
        for (const TaskAt &at : m_tasks)
            if (edits::isDagList(flow(), *at.list))
                nodes.push_back(&at);
        if (nodes.empty())
            return attempt;
        const TaskAt &from = *nodes[m_dice.roll(nodes.size())];
        const TaskAt &to = *nodes[m_dice.roll(nodes.size())];
        const bool off = m_dice.roll(2) == 0;
        attempt.name = (off ? "disconnect " : "connect ") + from.task->id + ' ' + to.task->id;
        attempt.edit = off ? edits::disconnect(m_snapshot, from.task->path, to.task->path)
                           : edits::connect(m_snapshot, from.task->path, to.task->path);
        if (!m_whole || !attempt.edit)
            return attempt;
        Model root = meaning();
        Model *item = modelAt(root, stepsTo(to.task->item));
        Model &names = item->at("dependsOn");
        if (off) {
            std::erase_if(names.items, [&](const Model &name) { return nameOf(name) == from.task->id; });
            if (names.items.empty())
                item->erase("dependsOn");
        } else {
            if (names.kind == Model::Kind::Leaf && names.leaf.isText() && !names.leaf.text().empty())
                names.items.push_back(Model(names.leaf));
            names.kind = Model::Kind::List;
            names.items.push_back(Model(Value(from.task->id)));
        }
        attempt.meaning = std::move(root);
        attempt.allowed.push_back(linesAround(m_text, to.task->item->range));
        return attempt;
    }

    Attempt note()
    {
        Attempt attempt{"note"};
        const TaskAt *at = anyTask();
        if (!at)
            return attempt;
        const std::string text = m_dice.roll(3) ? "What it does.\n\nAnd why: {{ x }} # y" : "";
        attempt.name += ' ' + at->task->path;
        attempt.edit = edits::setNote(m_snapshot, at->task->path, text);
        attempt.meaning = m_meaning;
        const std::string path = at->task->path;
        if (m_whole && at->list->node && !at->list->node->flowStyle)
            attempt.check = [path, text](const Flow &flow) -> std::string {
                const Task *task = flow.findByPath(path);
                return task && task->note == text ? "" : "the note reads: " + (task ? task->note : "no task");
            };
        return attempt;
    }

};

} // namespace

TEST_CASE("an edit changes its own lines, means what the model means, and is undone byte for byte")
{
    tryEdits<Trial>(1, 2, 5, 5000, 100000);
}

TEST_CASE("edits of a text that is cut off anywhere don't crash, and are undone")
{
    std::size_t total = 0;
    std::uint64_t seed = 77;
    for (const test::Sample &sample : test::sampleFlows()) {
        Dice dice(++seed);
        for (int k = 0; k < (isLong() ? 40 : 2); ++k) {
            std::string text = test::variant(sample.text, static_cast<int>(dice.roll(4)));
            text.resize(dice.roll(text.size() + 1));
            test::Subject subject(text);
            for (int i = 0; i < 3; ++i) {
                Trial trial(subject, dice);
                const Attempt attempt = trial.next();
                if (!attempt.edit)
                    continue;
                ++total;
                const Result<AppliedEdit> applied = subject.apply(*attempt.edit);
                REQUIRE(applied);
                REQUIRE(subject.apply(applied->inverse));
                if (subject.text() != text)
                    FAIL(sample.name << ": " << attempt.name);
            }
        }
    }
    std::cout << "edits of cut texts: " << total << '\n';
    CHECK(total >= 100);
}
