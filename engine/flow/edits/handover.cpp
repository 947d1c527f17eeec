#include "engine/flow/edits/handover.h"

#include "engine/flow/edits/scalars.h"
#include "engine/flow/edits/surroundings.h"
#include "engine/flow/edits/task_text.h"
#include "engine/flow/yaml_scalar.h"

#include <algorithm>
#include <array>

namespace flow::edits {

namespace {

constexpr const char *kAny = "JSON"; // takes every value, through toJson

bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// As part of an id: letters, digits, `_` and `-`.
std::string idText(std::string text)
{
    const auto fits = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    std::replace_if(text.begin(), text.end(), [&](char c) { return !fits(c); }, '_');
    return text.empty() || text.front() == '_' ? 'x' + text : text;
}

std::string idOf(const PathUse &use, std::size_t parts, bool withRoot)
{
    std::string id = withRoot ? use.root : "";
    for (std::size_t i = 0; i < parts; ++i)
        id += (id.empty() ? "" : "_") + use.parts[i].name;
    return idText(id);
}

std::string freeName(const std::string &wish, const std::vector<Handed> &handed)
{
    std::set<std::string> taken;
    for (const Handed &other : handed)
        taken.insert(other.id);
    return freeId(wish, taken);
}

/// How many parts of an output are one value: `load.rows`, but `script.vars.total`.
std::size_t partsOfOutput(const PathUse &use, bool byValue)
{
    if (byValue || use.parts.size() < 2 || use.parts[1].index)
        return 1;
    const bool isHolder = isOneOf(use.parts[1].name, {"vars", "values", "outputs", "outputFiles"});
    return isHolder && use.parts.size() > 2 && !use.parts[2].index ? 3 : 2;
}

/// The type of input or output that keeps the value of a task's output.
std::string outputType(const Task *task, const PathUse &use, std::size_t parts)
{
    if (!task || !task->known || parts != 2)
        return kAny;
    for (const Property &output : task->known->outputs)
        if (output.name == use.parts[1].name && isOneOf(output.type, {"string", "uri"}))
            return "STRING";
    return kAny;
}

bool holdsTemplate(const Node &node)
{
    if (node.isScalar())
        return node.text.find("{{") != std::string::npos || node.text.find("{%") != std::string::npos;
    return std::any_of(node.items.begin(), node.items.end(), [](const Node *item) { return holdsTemplate(*item); }) ||
           std::any_of(node.entries.begin(), node.entries.end(), [](const Entry &entry) {
               return holdsTemplate(*entry.key) || holdsTemplate(*entry.value);
           });
}

bool changesVariables(const Flow &flow)
{
    bool found = false;
    flow.forEachTask([&](const Task &task, const TaskList &, int) {
        found = found || task.type.ends_with(".SetVariables") || task.type.ends_with(".UnsetVariables");
    });
    return found;
}

/// Functions that read all of the execution they are called in.
bool readsExecution(const PathUse &use)
{
    return use.call && isOneOf(use.root, {"errorLogs", "tasksWithState", "printContext"});
}

/// Whether tasks after a failure read it.
bool isLate(const Flow &flow, const Task *reader)
{
    for (; reader; reader = flow.parentOf(*reader))
        if (const TaskList *list = listOf(flow, *reader))
            if (list->kind == ListKind::Errors || list->kind == ListKind::Finally || list->kind == ListKind::AfterExecution)
                return true;
    return false;
}

} // namespace

std::string Handed::value() const
{
    if (optional)
        return "{{ (" + expression + " ?? null) | toJson }}";
    return "{{ " + expression + (type == kAny ? " | toJson }}" : " }}");
}

Handover::Handover(const Draft &draft, std::vector<const Task *> tasks, std::string subflowId)
    : m_draft(draft), m_tasks(std::move(tasks)), m_subflowId(std::move(subflowId))
{
    const Flow &flow = draft.flow();
    m_inLoop = isInLoop(flow, *m_tasks.front());
    flow.forEachTask([&](const Task &task, const TaskList &, int) {
        if (task.id.empty() || !task.node)
            return;
        const bool within = isInside(task.node->whole.begin);
        for (const std::string &id : outputIds(task)) {
            const auto [first, isNew] = m_byId.emplace(id, &task);
            if (!isNew && within != isInside(first->second->node->whole.begin))
                m_ambiguous = id;
            if (within)
                m_innerIds.insert(id);
        }
    });
}

bool Handover::isInside(std::size_t offset) const
{
    return std::any_of(m_tasks.begin(), m_tasks.end(), [&](const Task *task) {
        return task->node->whole.begin <= offset && offset < task->node->whole.end;
    });
}

const Task *Handover::taskCalled(const std::string &id) const
{
    const auto found = m_byId.find(id);
    return found == m_byId.end() ? nullptr : found->second;
}

Error Handover::refusal(ErrorCode code, const PathUse &use) const
{
    const Task *reader = readerOf(use);
    const std::string name = use.root == "#{" ? use.root : use.name(use.parts.size()) + (use.call ? "()" : "");
    return {code, {name, reader ? reader->id : std::string("-")}, reader ? reader->path : std::string()};
}

Result<> Handover::read(const std::vector<const Node *> &defaults)
{
    const Flow &flow = m_draft.flow();
    const std::string_view text = m_draft.text();
    Result<> result;
    if (!m_ambiguous.empty()) // whom a reference means can't be told
        return Error{ErrorCode::IdTaken, {m_ambiguous}, {}};
    flow.forEachTask([&](const Task &task, const TaskList &, int) {
        if (result && task.node && isInside(task.node->whole.begin) && actsOnExecution(flow, task))
            result = Error{ErrorCode::BoundToPlace, {task.id}, task.path};
    });
    const auto readInside = [&](const PathUse &use) {
        if (result)
            result = inside(use);
    };
    for (const Task *task : m_tasks)
        forEachPathUse(text, *task->node, readInside);
    for (const Node *item : defaults)
        if (const Node *values = item->find("values"))
            forEachPathUse(text, *values, readInside);
    for (std::size_t i = 0; i < m_variables.size(); ++i) // grows while it is read
        forEachPathUse(text, *m_variables[i]->value, readInside);
    forEachPathUse(text, *flow.root, [&](const PathUse &use) {
        if (result && !isInside(use.rootRange.begin))
            result = outside(use);
    });
    return result ? outsideNames() : result;
}

Result<> Handover::inside(const PathUse &use)
{
    const Task *subflow = readerOf(use);
    const Node *declared = subflow && isSubflowType(subflow->type) ? subflow->node->find("outputs") : nullptr;
    if (declared && declared->range.contains(use.rootRange.begin)) // read in the flow it calls
        return {};
    if (use.root == "#{" || readsExecution(use) || (use.root == "currentEachOutput" && use.call && m_inLoop))
        return refusal(ErrorCode::MeansElse, use);
    if (use.call)
        return {};
    if (isOneOf(use.root, {"taskrun", "parent", "parents"}))
        return insideLoop(use);
    const bool ofFlow = isOneOf(use.root, {"labels", "trigger", "flow", "execution"});
    if (!ofFlow && !isOneOf(use.root, {"inputs", "vars", "outputs", "tasks"}))
        return {};
    if (use.parts.empty() || use.parts.front().index)
        return refusal(ErrorCode::MeansElse, use);
    const std::string &first = use.parts.front().name;
    if (use.root == "inputs")
        return insideInput(use);
    if (use.root == "vars")
        return insideVariable(use);
    if (use.root == "outputs")
        return insideOutput(use);
    if ((use.root == "tasks" && m_innerIds.count(first)) || (use.root == "flow" && first == "namespace"))
        return {};
    if (use.root == "execution" && isOneOf(first, {"state", "outputs"}))
        return refusal(ErrorCode::MeansElse, use);
    std::size_t parts = 1;
    while (ofFlow && parts < use.parts.size() && !use.parts[parts].index)
        ++parts;
    std::string type = kAny;
    if (use.root == "labels" || ((use.root == "flow" || use.root == "execution") && first == "id"))
        type = "STRING";
    else if (use.root == "execution" && first == "startDate" && parts == 1)
        type = "DATETIME";
    const std::vector<Item> &labels = m_draft.flow().labels;
    const bool isWritten = use.root == "labels" && std::any_of(labels.begin(), labels.end(), [&](const Item &label) {
        return label.id == use.name(parts).substr(7);
    });
    return handIn(use, parts, idOf(use, parts, true), type, use.root != "flow" && use.root != "execution" && !isWritten);
}

Result<> Handover::insideInput(const PathUse &use)
{
    const Item *input = nullptr;
    std::size_t parts = 0;
    std::string path;
    for (std::size_t i = 0; i < use.parts.size() && !use.parts[i].index; ++i) {
        path += (i > 0 ? "." : "") + use.parts[i].name;
        for (const Item &item : m_draft.flow().inputs)
            if (item.id == path && item.node->isMapping()) {
                input = &item;
                parts = i + 1;
            }
    }
    if (!input)
        return handIn(use, 1, idOf(use, 1, false), kAny, true);
    std::string type = input->type;
    const Node *itemType = input->node->find("itemType");
    if (isOneOf(type, {"SELECT", "ENUM", "URI", "EMAIL"}))
        type = "STRING";
    else if (isOneOf(type, {"JSON", "YAML", "FLOAT", "MULTISELECT"}) ||
             (type == "ARRAY" && itemType && isOneOf(itemType->text, {"STRING", "INT", "BOOLEAN", "FLOAT", "JSON"})))
        type = kAny;
    else if (!isOneOf(type, {"STRING", "INT", "BOOLEAN", "BOOL", "DATE", "DATETIME", "TIME", "FILE", "SECRET"}))
        return Error{ErrorCode::TypeChanges, {"inputs." + input->id}, {}};
    const Node *required = input->node->find("required");
    const bool mayMiss = (required && required->text == "false" && !input->node->find("defaults")) ||
                         input->node->find("dependsOn");
    // A date or a file that may be missing would arrive as text.
    if (mayMiss && !isOneOf(type, {"STRING", "INT", "BOOLEAN", "BOOL", kAny}))
        return Error{ErrorCode::TypeChanges, {"inputs." + input->id}, {}};
    const Result<> handed = handIn(use, parts, idOf(use, parts, false), type, false);
    if (handed && mayMiss)
        for (Handed &other : m_inputs)
            if (other.expression == use.name(parts))
                other.optional = true, other.type = kAny;
    return handed;
}

Result<> Handover::insideVariable(const PathUse &use)
{
    const Node *variables = m_draft.flow().root->find("variables");
    const Entry *entry = variables && variables->isMapping() ? variables->findEntry(use.parts.front().name) : nullptr;
    const std::string wish = idOf(use, 1, false);
    if (!entry)
        return handIn(use, 1, wish, kAny, true);
    const bool changing = changesVariables(m_draft.flow());
    const Node &value = *entry->value;
    if (holdsTemplate(value)) {
        if (changing)
            return refusal(ErrorCode::MeansElse, use);
        if (std::find(m_variables.begin(), m_variables.end(), entry) == m_variables.end())
            m_variables.push_back(entry);
        return {};
    }
    std::string type = kAny;
    if (value.isScalar() && !changing) {
        const ScalarKind kind = scalarKind(value);
        const bool isSmall = kind == ScalarKind::Int && value.text.size() < 10;
        type = kind == ScalarKind::Text ? "STRING" : kind == ScalarKind::Bool ? "BOOLEAN" : isSmall ? "INT" : kAny;
    }
    return handIn(use, 1, wish, type, false);
}

Result<> Handover::insideOutput(const PathUse &use)
{
    const std::string &id = use.parts.front().name;
    if (m_innerIds.count(id))
        return m_inLoop ? Result<>(refusal(ErrorCode::MeansElse, use)) : Result<>();
    const Flow &flow = m_draft.flow();
    const Task *task = taskCalled(id);
    if (!task && !use.tested && !use.guarded) // perhaps it is never read, as a default stands above it
        return refusal(ErrorCode::MayBeMissing, use);
    const bool byValue = task && (isInLoop(flow, *task) || isLoopType(task->type));
    if (byValue && m_inLoop) // which of the values is seen depends on where it is read
        return refusal(ErrorCode::MeansElse, use);
    const std::size_t parts = partsOfOutput(use, byValue);
    return handIn(use, parts, idOf(use, parts, false), outputType(task, use, parts), !task || mayNotRun(flow, *task));
}

Result<> Handover::insideLoop(const PathUse &use)
{
    const Task *reader = readerOf(use);
    const bool isTop = std::find(m_tasks.begin(), m_tasks.end(), reader) != m_tasks.end();
    bool innerLoop = false;
    if (reader && !isTop)
        for (const Task *holder : holdersOf(m_draft.flow(), *reader)) {
            innerLoop = innerLoop || isLoopType(holder->type);
            if (std::find(m_tasks.begin(), m_tasks.end(), holder) != m_tasks.end())
                break;
        }
    const std::string part = use.parts.empty() ? std::string() : use.parts.front().name;
    if (use.root == "taskrun") {
        if (use.parts.empty())
            return refusal(ErrorCode::MeansElse, use);
        if (!isOneOf(part, {"value", "iteration", "parentId"}) || innerLoop || !m_inLoop)
            return {};
        if (isTop && part != "parentId")
            return handIn(use, 1, part, kAny, false);
        return refusal(ErrorCode::MeansElse, use);
    }
    const bool keeps = use.root == "parent" && !isTop && reader && (innerLoop || !m_inLoop || part == "outputs");
    return keeps ? Result<>() : Result<>(refusal(ErrorCode::MeansElse, use));
}

Result<> Handover::handIn(const PathUse &use, std::size_t parts, const std::string &wish, std::string type, bool mayMiss)
{
    const Task *reader = readerOf(use);
    const bool inDoubt = use.conditional || !reader || mayNotRun(m_draft.flow(), *reader, m_tasks);
    if (mayMiss && !use.tested && inDoubt)
        return refusal(ErrorCode::MayBeMissing, use);
    const bool optional = use.tested;
    const std::string expression = use.name(parts);
    auto handed = std::find_if(m_inputs.begin(), m_inputs.end(),
                               [&](const Handed &other) { return other.expression == expression; });
    if (handed == m_inputs.end()) {
        m_inputs.push_back({freeName(wish, m_inputs), std::move(type), expression, false});
        handed = m_inputs.end() - 1;
    }
    if (optional && isOneOf(handed->type, {"DATE", "DATETIME", "TIME", "FILE", "SECRET"}) && use.root == "inputs") {
        // Such an input is always given: it is no more missing there than here.
    } else if (optional) {
        handed->optional = true;
        handed->type = kAny;
    }
    if (expression != "inputs" + memberText(handed->id, *use.scalar))
        m_inside.push_back({{use.rootRange.begin, use.parts[parts - 1].end}, "inputs" + memberText(handed->id, *use.scalar)});
    return {};
}

Result<> Handover::outside(const PathUse &use)
{
    const Flow &flow = m_draft.flow();
    const std::string_view literal = m_draft.text().substr(use.rootRange.begin, use.rootRange.size());
    if (readsExecution(use) || (use.root == "#{" && literal.find("outputs") != std::string_view::npos))
        return refusal(ErrorCode::MeansElse, use);
    if (use.call || !isOneOf(use.root, {"outputs", "tasks"}))
        return {};
    if (use.parts.empty())
        return refusal(ErrorCode::MeansElse, use);
    const std::string &id = use.parts.front().name;
    if (!m_innerIds.count(id))
        return {};
    if (use.root == "tasks" || m_inLoop)
        return refusal(ErrorCode::MeansElse, use);
    const Task &inner = *taskCalled(id);
    const bool byValue = isInLoop(flow, inner) || isLoopType(inner.type);
    const std::size_t parts = partsOfOutput(use, byValue);
    const bool mayMiss = mayNotRun(flow, inner, m_tasks) || isLate(flow, readerOf(use));
    if (mayMiss && !use.guarded)
        return refusal(ErrorCode::MayBeMissing, use);
    const std::string expression = use.name(parts);
    auto handed = std::find_if(m_outputs.begin(), m_outputs.end(),
                               [&](const Handed &other) { return other.expression == expression; });
    if (handed == m_outputs.end()) {
        m_outputs.push_back(
            {freeName(idOf(use, parts, false), m_outputs), outputType(&inner, use, parts), expression, false});
        handed = m_outputs.end() - 1;
    }
    if (use.tested) {
        handed->optional = true;
        handed->type = kAny;
    }
    m_outside.push_back({{use.rootRange.end, use.parts[parts - 1].end},
                         memberText(m_subflowId, *use.scalar) + ".outputs" + memberText(handed->id, *use.scalar)});
    return {};
}

/// Names of the tasks outside of expressions.
Result<> Handover::outsideNames()
{
    const Flow &flow = m_draft.flow();
    Result<> result;
    const TaskList *list = listOf(flow, *m_tasks.front());
    for (const Task &other : list->tasks)
        for (const Dependency &dependency : other.dependsOn)
            if (dependency.id == m_tasks.front()->id && dependency.id != m_subflowId) {
                const Node *names = other.item->find("dependsOn");
                for (const Node *name : names->items)
                    if (name->range == dependency.range)
                        m_outside.push_back({name->range, scalarLike(*name, m_subflowId, Context::Flow)});
            }
    flow.forEachTask([&](const Task &task, const TaskList &, int) {
        const Node *names = task.node && task.type.ends_with(".log.Fetch") ? task.node->find("tasksId") : nullptr;
        for (const Node *name : names && names->isSequence() ? names->items : std::span<const Node *const>())
            if (name->isScalar() && m_innerIds.count(name->text))
                result = Error{ErrorCode::MeansElse, {name->text, task.id}, task.path};
    });
    return result;
}

} // namespace flow::edits
