#include "engine/flow/edits/changed_text.h"
#include "engine/flow/edits/flow_cells.h"
#include "engine/flow/edits/replaced_value.h"
#include "engine/flow/edits/scalars.h"
#include "engine/flow/edits/surroundings.h"
#include "engine/flow/edits/task_text.h"

#include <algorithm>
#include <map>

// Before:                                                greeting:
//     tasks:                                            inputs:
//       - id: load                                        - id: name
//         type: t.Return                                    type: STRING
//       - id: sub                                       tasks:
//         type: t.Subflow                                 - id: greet
//         namespace: acme                                   type: t.Log
//         flowId: greeting                                  message: "{{ inputs.name }}"
//         inputs:
//           name: "{{ outputs.load.value }}"
//
// After:                        inlineSubflow("tasks[1]", greeting)
//     tasks:
//       - id: load
//         type: t.Return
//       - id: greet
//         type: t.Log
//         message: "{{ outputs.load.value }}"
namespace flow::edits {

namespace {

constexpr const char *kSequential = "io.kestra.plugin.core.flow.Sequential";

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// Brings the tasks of one flow into another. Made for one edit.
class Inlining
{
public:
    Inlining(Draft &draft, const Task &task, const Draft &called)
        : m_draft(draft), m_task(task), m_called(called), m_flow(draft.flow()), m_calledFlow(called.flow())
    {
    }

    Result<> read()
    {
        for (const auto step : {&Inlining::readTask, &Inlining::readCalled, &Inlining::chooseIds, &Inlining::readInside,
                                &Inlining::readDefaults})
            if (const Result<> result = (this->*step)(); !result)
                return result;
        Result<ChangedText> changed = ChangedText::make(m_called, m_inside);
        if (!changed)
            return changed.error();
        m_changed.emplace(std::move(*changed));
        return readOutside();
    }

    Result<> write()
    {
        const std::string lines = tasksAsLines();
        if (const Result<> copied = copyVariables(); !copied)
            return copied;
        const Node &sequence = *m_list->node;
        if (m_dag && m_task.item != m_task.node) {
            const Result<Fragment> group = readTaskFragment(lines, false);
            if (!group)
                return group.error();
            replaceValue(m_draft, {m_task.item, entryIndex(*m_task.item, "task")}, *group);
            return {};
        }
        const std::size_t index = itemIndex(sequence, m_task.item);
        if (sequence.flowStyle) {
            const Result<Fragment> list = Fragment::read(lines);
            if (!list)
                return list.error();
            const std::string cells = flowText(list->text(), *list->root(), isJsonLike(sequence));
            m_draft.replace(cellsOf(sequence)[index], cells.substr(1, cells.size() - 2));
            return {};
        }
        const Block block = itemBlock(m_draft.text(), sequence, index);
        const std::size_t begin = block.ownLine ? lineBegin(m_draft.text(), block.head) : block.head;
        std::string text = withBreaks(shifted(lines, static_cast<std::ptrdiff_t>(block.column)), m_draft.lineBreak(begin));
        if (!block.ownLine)
            text.erase(0, indentOf(text, 0));
        m_draft.replace({begin, block.lines.end}, text);
        return {};
    }

private:
    Error refusal(ErrorCode code, const PathUse &use, const Task *reader) const
    {
        const std::string name = use.root == "#{" ? use.root : use.name(use.parts.size()) + (use.call ? "()" : "");
        return {code, {name, reader ? reader->id : std::string("-")}, m_task.path};
    }

    /// What the Subflow task says besides the flow it calls.
    Result<> readTask()
    {
        m_list = listOf(m_flow, m_task);
        if (!m_list || !m_list->node || m_list->kind == ListKind::AfterExecution)
            return Error{ErrorCode::NoSuchList, {m_task.path}, {}};
        m_dag = isDagList(m_flow, *m_list);
        m_inLoop = isInLoop(m_flow, m_task);
        const Task *holder = m_flow.parentOf(m_task);
        m_group = m_dag || (holder && holder->type.ends_with(".Parallel") && m_list->kind == ListKind::Tasks);
        for (const Entry &entry : m_task.node->entries) {
            const std::string key = entry.key->text;
            const std::string value = entry.value->text;
            if (isOneOf(key, {"id", "type", "namespace", "flowId", "inputs", "inheritLabels"}) ||
                (isOneOf(key, {"wait", "transmitFailed"}) && value == "true"))
                continue;
            if (!isOneOf(key, {"description", "runIf", "disabled", "allowFailure"}))
                return Error{ErrorCode::OnlyOfSubflow, {key, m_task.id}, m_task.path};
            m_kept.push_back(&entry);
            m_group = true;
        }
        const Node *inputs = m_task.node->find("inputs");
        if (inputs && !inputs->isMapping() && !inputs->text.empty())
            return Error{ErrorCode::OnlyOfSubflow, {"inputs", m_task.id}, m_task.path};
        m_passed = inputs && inputs->isMapping() ? inputs : nullptr;
        return {};
    }

    Result<> readCalled()
    {
        for (const Entry &entry : m_calledFlow.root->entries) {
            const std::string key = entry.key->text;
            const bool isOff = key == "disabled" && entry.value->text == "false";
            if (!isOff && !isOneOf(key, {"id", "namespace", "revision", "description", "inputs", "outputs", "variables", "tasks",
                                         "errors", "finally", "pluginDefaults", "taskDefaults", "labels", "triggers"}))
                return Error{ErrorCode::OnlyOfSubflow, {key, m_calledFlow.id}, {}};
        }
        Result<> result;
        m_calledFlow.forEachTask([&](const Task &task, const TaskList &, int) {
            if (task.fault || !task.node)
                result = Error{ErrorCode::BrokenText, {task.fault ? task.fault->cause : ""}, {}};
            else if (actsOnExecution(m_calledFlow, task))
                result = Error{ErrorCode::BoundToPlace, {task.id}, {}};
        });
        for (const TaskList &list : m_calledFlow.lists)
            m_group = m_group || (list.kind != ListKind::Tasks && !list.tasks.empty());
        if (m_calledFlow.lists.empty() || m_calledFlow.lists.front().tasks.empty())
            return Error{ErrorCode::NoSuchList, {"tasks"}, {}};
        return result;
    }

    Result<> chooseIds()
    {
        std::set<std::string> taken = taskIds(m_flow);
        if (!m_group)
            taken.erase(m_task.id);
        const std::set<std::string> called = taskIds(m_calledFlow);
        std::set<std::string> all = taken;
        all.insert(called.begin(), called.end());
        m_calledFlow.forEachTask([&](const Task &task, const TaskList &, int) {
            if (!taken.count(task.id) || task.id.empty() || task.idRange.empty())
                return;
            const std::string fresh = freeId(task.id, all);
            all.insert(fresh);
            Task renamed;
            renamed.id = fresh;
            renamed.type = task.type;
            const std::vector<std::string> from = outputIds(task);
            const std::vector<std::string> to = outputIds(renamed);
            for (std::size_t i = 0; i < from.size(); ++i)
                m_renamed[from[i]] = to[i];
            const Context context = task.node->flowStyle ? Context::Flow : Context::Block;
            m_inside.push_back({task.idRange, scalarLike(*task.node->find("id"), fresh, context)});
        });
        m_calledFlow.forEachTask([&](const Task &task, const TaskList &, int) {
            const Node *names = task.item && task.item != task.node ? task.item->find("dependsOn") : nullptr;
            for (const Node *name : names && names->isSequence() ? names->items : std::span<const Node *const>())
                if (const auto found = m_renamed.find(name->text); found != m_renamed.end())
                    m_inside.push_back({name->range, scalarLike(*name, found->second, Context::Flow)});
        });
        return {};
    }

    Result<> readInside()
    {
        Result<> result;
        const std::string_view text = m_called.text();
        const auto read = [&](const PathUse &use) {
            if (result)
                result = inside(use);
        };
        for (const char *key : {"tasks", "errors", "finally", "outputs"})
            if (const Node *node = m_calledFlow.root->find(key))
                forEachPathUse(text, *node, read);
        for (std::size_t i = 0; i < m_variables.size(); ++i) // grows while it is read
            forEachPathUse(text, *m_variables[i]->value, read);
        return result;
    }

    Result<> inside(const PathUse &use)
    {
        const Task *reader = m_calledFlow.taskAt(use.rootRange.begin);
        const Error elsewhere = refusal(ErrorCode::MeansElse, use, reader);
        if (use.root == "#{" || (use.call && isOneOf(use.root, {"errorLogs", "tasksWithState", "printContext"})))
            return elsewhere;
        if (use.call)
            return {};
        const std::string first = use.parts.empty() ? std::string() : use.parts.front().name;
        if (isOneOf(use.root, {"labels", "trigger", "parents", "execution"}) || (use.root == "flow" && first != "namespace"))
            return elsewhere;
        if (isOneOf(use.root, {"taskrun", "parent"})) {
            const std::vector<const Task *> holders = reader ? holdersOf(m_calledFlow, *reader) : std::vector<const Task *>();
            const bool inLoop = std::any_of(holders.begin(), holders.end(), [](const Task *holder) { return isLoopType(holder->type); });
            const bool own = use.root == "taskrun" && !isOneOf(first, {"value", "iteration", "parentId"}) && !first.empty();
            return own || inLoop ? Result<>() : Result<>(elsewhere);
        }
        if (!isOneOf(use.root, {"inputs", "vars", "outputs", "tasks"}))
            return {};
        if (use.parts.empty() || use.parts.front().index)
            return elsewhere;
        if (use.root == "inputs")
            return insideInput(use, reader);
        if (use.root == "vars")
            return insideVariable(use, elsewhere);
        const Task *task = m_calledFlow.findById(first);
        if (m_inLoop)
            return elsewhere;
        // An output that can't be given fails its flow, whether anyone reads it or not.
        if (!reader && use.root == "outputs" && !use.tested && (!task || mayNotRun(m_calledFlow, *task)))
            return refusal(ErrorCode::MayBeMissing, use, reader);
        if (const auto renamed = m_renamed.find(first); renamed != m_renamed.end())
            m_inside.push_back({{use.rootRange.end, use.parts.front().end}, memberText(renamed->second, *use.scalar)});
        return {};
    }

    Result<> insideInput(const PathUse &use, const Task *reader)
    {
        const Item *input = nullptr;
        std::size_t parts = 0;
        std::string path;
        for (std::size_t i = 0; i < use.parts.size() && !use.parts[i].index; ++i) {
            path += (i > 0 ? "." : "") + use.parts[i].name;
            for (const Item &item : m_calledFlow.inputs)
                if (item.id == path && item.node->isMapping()) {
                    input = &item;
                    parts = i + 1;
                }
        }
        const Error elsewhere = refusal(ErrorCode::MeansElse, use, reader);
        if (!input || input->node->find("dependsOn"))
            return elsewhere;
        const Node *passed = m_passed ? m_passed->find(input->id) : nullptr;
        const Node *defaults = input->node->find("defaults");
        WrittenValue value;
        Reading reading{&use, parts, input->type, {}, false};
        if (passed && passed->isScalar()) {
            value = WrittenValue::read(*passed);
            if (value.expression) {
                if (!isSteady(*value.expression))
                    return elsewhere;
                reading.knownType = knownType(m_flow, *value.expression);
            } else if (value.mixed && (value.text.find('(') != std::string::npos || value.text.find("taskrun") != std::string::npos ||
                                       value.text.find("parent") != std::string::npos)) {
                return elsewhere;
            }
        } else if (!passed && defaults && defaults->isScalar()) {
            value = WrittenValue::read(*defaults);
            if (value.expression || value.mixed)
                return elsewhere;
        } else if (!passed && !defaults) {
            const Node *required = input->node->find("required");
            if (!required || required->text != "false")
                return refusal(ErrorCode::MayBeMissing, use, reader);
            value.text = "null";
            reading.type = "JSON";
        } else {
            return Error{ErrorCode::TypeChanges, {"inputs." + input->id}, m_task.path};
        }
        const bool isChecked = std::any_of(input->node->entries.begin(), input->node->entries.end(), [](const Entry &entry) {
            return isOneOf(entry.key->text, {"validator", "min", "max", "after", "before", "allowedFileExtensions", "extension"}) ||
                   (entry.key->text == "values" && entry.value->isSequence());
        });
        if (isChecked && (value.expression || value.mixed)) // the subflow would refuse what does not fit
            return Error{ErrorCode::TypeChanges, {"inputs." + input->id}, m_task.path};
        const Result<Replacement> change = readDirectly(reading, value);
        if (!change)
            return change.error();
        m_inside.push_back(*change);
        return {};
    }

    Result<> insideVariable(const PathUse &use, const Error &elsewhere)
    {
        const Node *variables = m_calledFlow.root->find("variables");
        const std::string &name = use.parts.front().name;
        const Entry *entry = variables && variables->isMapping() ? variables->findEntry(name) : nullptr;
        if (!entry)
            return elsewhere;
        if (std::find(m_variables.begin(), m_variables.end(), entry) == m_variables.end()) {
            m_variables.push_back(entry);
            const Node *own = m_flow.root->find("variables");
            std::set<std::string> taken;
            for (const Entry &other : own && own->isMapping() ? own->entries : std::span<const Entry>())
                taken.insert(other.key->text);
            for (const auto &[old, fresh] : m_names)
                taken.insert(fresh);
            m_names[name] = freeId(name, taken);
        }
        if (m_names[name] != name)
            m_inside.push_back({{use.rootRange.end, use.parts.front().end}, memberText(m_names[name], *use.scalar)});
        return {};
    }

    /// The two flows must give the same defaults to what moves.
    Result<> readDefaults()
    {
        std::vector<std::string> types;
        for (const char *key : {"tasks", "errors", "finally"})
            if (const Node *node = m_calledFlow.root->find(key))
                collectTypes(*node, types);
        const auto values = [](const std::vector<const Node *> &items) {
            Value::List list;
            for (const Node *item : items)
                list.push_back(toValue(*item));
            return Value(std::move(list));
        };
        const std::vector<const Node *> own = defaultsFor(m_flow, types);
        const std::vector<const Node *> called = defaultsFor(m_calledFlow, types);
        if (values(own) != values(called))
            return Error{ErrorCode::DefaultsDiffer, {(own.empty() ? called : own).front()->find("type")->text}, {}};
        std::vector<std::string> around = {m_task.type};
        if (m_group)
            around.emplace_back(kSequential);
        if (!defaultsFor(m_flow, around).empty())
            return Error{ErrorCode::DefaultsDiffer, {m_task.type}, {}};
        return {};
    }

    /// References to the outputs of the Subflow task.
    Result<> readOutside()
    {
        Result<> result;
        forEachPathUse(m_draft.text(), *m_flow.root, [&](const PathUse &use) {
            if (result && !(m_task.node->whole.begin <= use.rootRange.begin && use.rootRange.begin < m_task.node->whole.end))
                result = outside(use);
        });
        return result;
    }

    Result<> outside(const PathUse &use)
    {
        const Task *reader = m_flow.taskAt(use.rootRange.begin);
        const Error elsewhere = refusal(ErrorCode::MeansElse, use, reader);
        const std::string_view literal = m_draft.text().substr(use.rootRange.begin, use.rootRange.size());
        if ((use.root == "#{" && literal.find("outputs") != std::string_view::npos) ||
            (use.call && isOneOf(use.root, {"errorLogs", "tasksWithState", "printContext"})))
            return elsewhere;
        if (use.call || !isOneOf(use.root, {"outputs", "tasks"}))
            return {};
        if (use.parts.empty())
            return elsewhere;
        if (use.parts.front().name != m_task.id)
            return {};
        if (use.root == "tasks" || m_inLoop || use.parts.size() < 3 || use.parts[1].name != "outputs")
            return elsewhere;
        const Item *output = nullptr;
        for (const Item &item : m_calledFlow.outputs)
            if (item.id == use.parts[2].name && item.node->isMapping())
                output = &item;
        const Node *written = output ? output->node->find("value") : nullptr;
        if (!written || !written->isScalar())
            return Error{ErrorCode::TypeChanges, {use.name(use.parts.size())}, {}};
        const WrittenValue before = WrittenValue::read(*written);
        if (before.expression && !isSteady(*before.expression))
            return elsewhere;
        const Reading reading{&use, 3, output->type.empty() ? "STRING" : output->type,
                              before.expression ? knownType(m_calledFlow, *before.expression) : std::string(), true};
        const Result<Replacement> change = readDirectly(reading, WrittenValue::read(m_changed->find(*written)));
        if (!change)
            return change.error();
        m_draft.replace(change->range, change->text);
        return {};
    }

    /// A list in block style at column 0: the tasks, or the group that holds them.
    std::string tasksAsLines() const
    {
        const Layout layout = m_draft.layoutAt(m_list->node);
        const auto linesOf = [&](const TaskList &list) {
            return m_changed->listLines(*list.node, 0, list.node->items.size() - 1, layout);
        };
        if (!m_group)
            return linesOf(m_calledFlow.lists.front());
        const std::string pad(layout.itemGap, ' ');
        std::string lines = '-' + std::string(layout.itemGap - 1, ' ') + "id: " + scalarText(m_task.id, Context::Block) +
                            '\n' + pad + "type: " + kSequential + '\n';
        for (const Entry *entry : m_kept) {
            const Node &mapping = *m_task.node;
            const std::size_t index = entryIndex(mapping, entry->key->text);
            if (!mapping.flowStyle && entryBlock(m_draft.text(), mapping, index).ownLine) {
                const Block block = entryBlock(m_draft.text(), mapping, index);
                lines += shifted(liftLines(m_draft, block.lines),
                                 static_cast<std::ptrdiff_t>(layout.itemGap) - static_cast<std::ptrdiff_t>(block.column));
            } else {
                lines += pad + entry->key->text + ": " + flowText(m_draft.text(), *entry->value, false) + '\n';
            }
        }
        for (const TaskList &list : m_calledFlow.lists)
            if (!list.tasks.empty() && list.node)
                lines += pad + list.label + ":\n" +
                         shifted(linesOf(list), static_cast<std::ptrdiff_t>(layout.itemGap + layout.listOffset));
        return lines;
    }

    Result<> copyVariables()
    {
        if (m_variables.empty())
            return {};
        const Node &root = *m_flow.root;
        const Node *own = root.find("variables");
        const bool hasOwn = own && own->isMapping() && !own->entries.empty();
        std::string mapping;
        for (const Entry *entry : m_variables) {
            const std::string &name = m_names[entry->key->text];
            std::string lines = m_changed->entryLines(*entry, 0);
            if (name != entry->key->text)
                lines.replace(0, lines.find(':'), scalarText(name, Context::Block));
            if (!hasOwn) {
                mapping += lines;
                continue;
            }
            const Result<Fragment> one = Fragment::read(lines);
            const Node *value = one ? one->root()->find(name) : nullptr;
            if (!value)
                return Error{ErrorCode::InvalidYaml, {name}, {}};
            Result<Fragment> written = Fragment::read(
                isBlockCollection(*value) || isBlockScalar(*value)
                    ? one->text().substr(isBlockScalar(*value) ? value->whole.begin : nextLine(one->text(), 0))
                    : one->text().substr(value->whole.begin, value->whole.size()));
            if (!written)
                return written.error();
            insertEntry(m_draft, *own, own->entries.size(), name, *written);
        }
        if (hasOwn)
            return {};
        const Result<Fragment> value = Fragment::read(mapping);
        if (!value)
            return value.error();
        if (own)
            replaceValue(m_draft, {&root, entryIndex(root, "variables")}, *value);
        else
            insertEntry(m_draft, root, entrySlot(root, "variables", true), "variables", *value);
        return {};
    }

    Draft &m_draft;
    const Task &m_task;
    const Draft &m_called;
    const Flow &m_flow;
    const Flow &m_calledFlow;
    const TaskList *m_list = nullptr;
    const Node *m_passed = nullptr;
    bool m_dag = false;
    bool m_inLoop = false;
    bool m_group = false; // the tasks need a Sequential around them
    std::vector<const Entry *> m_kept;      // of the Subflow task, for the group
    std::vector<const Entry *> m_variables; // that come along
    std::map<std::string, std::string> m_names;   // of the variables that come along
    std::map<std::string, std::string> m_renamed; // ids of tasks that were taken
    std::vector<Replacement> m_inside;
    std::optional<ChangedText> m_changed;
};

} // namespace

Result<Edit> inlineSubflow(const Snapshot &snapshot, const std::string &path, const Snapshot &called)
{
    Result<Draft> opened = Draft::open(snapshot);
    if (!opened)
        return opened.error();
    const Result<Draft> other = Draft::open(called);
    if (!other)
        return other.error();
    const Flow &flow = opened->flow();
    for (const Flow *one : {&flow, &other->flow()})
        if (!one->root || !one->tree->faults().empty())
            return Error{ErrorCode::BrokenText, {one->root ? one->tree->faults().front().cause : ""}, {}};
    const Result<const Task *> task = readableTask(flow, path);
    if (!task)
        return task.error();
    const Node *flowId = (*task)->node->find("flowId");
    const Node *space = (*task)->node->find("namespace");
    if (!isSubflowType((*task)->type) || !flowId || !space || !flowId->isScalar() || !space->isScalar() ||
        flowId->text.find('{') != std::string::npos)
        return Error{ErrorCode::NotASubflow, {(*task)->id}, path};
    std::string compact = space->text;
    std::erase(compact, ' ');
    const std::string own = compact == "{{flow.namespace}}" ? flow.namespaceId : space->text;
    if (flowId->text != other->flow().id || own != other->flow().namespaceId)
        return Error{ErrorCode::NoSuchFlow, {flowId->text}, path};
    // Its own namespace says which secrets, files and keys it sees.
    if (other->flow().namespaceId != flow.namespaceId)
        return Error{ErrorCode::OnlyOfSubflow, {"namespace", (*task)->id}, path};
    Inlining inlining(*opened, **task, *other);
    if (const Result<> read = inlining.read(); !read)
        return read.error();
    if (const Result<> written = inlining.write(); !written)
        return written.error();
    return opened->finish();
}

} // namespace flow::edits
