#include "engine/flow/validation/flow_rules.h"

#include "engine/flow/expression_scan.h"
#include "engine/flow/task_catalog.h"
#include "engine/flow/validation/input_defaults.h"
#include "engine/flow/validation/typed.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <set>
#include <unordered_map>
#include <unordered_set>

namespace flow {

namespace {

constexpr std::string_view kInvalidFlow = "Invalid Flow"; // the path the real engine gives them all
constexpr std::array<std::string_view, 10> kReservedIds = {
    "pause", "resume", "force-run", "change-status", "kill", "executions", "search", "source", "disable", "enable"};

class FlowRules
{
public:
    FlowRules(const Flow &flow, std::string_view text, const TaskIds &ids, const TakenOver &taken, Dialect dialect, Report &report)
        : m_flow(flow), m_text(text), m_ids(ids), m_dialect(dialect), m_report(report)
    {
        const Flow *before = taken.flow();
        if (before && before->id == flow.id && before->namespaceId == flow.namespaceId)
            m_taken = &taken;
    }

    void check()
    {
        if (m_dialect == Dialect::Kestra1_3)
            reservedId();
        else
            quotas();
        duplicateTasks();
        duplicates(m_flow.triggers, "duplicate-trigger", "Duplicate trigger id with name [");
        duplicates(m_flow.inputs, "duplicate-input", "Duplicate input with name [");
        duplicates(m_flow.outputs, "duplicate-output", "Duplicate output with name [");
        inputPaths();
        inputDefaults();
        inputDependencies();
        systemLabels();
        for (const TaskList &list : m_flow.lists)
            singleTasks(list);
        dashedReferences();
    }

private:
    void fault(std::string_view code, Range range, std::vector<std::string> args, std::string report)
    {
        Diagnostic &diagnostic =
            m_report.add(Severity::Error, Stage::Rules, code, range, std::string(kInvalidFlow), std::move(args));
        diagnostic.reports = {std::move(report)};
    }

    void reservedId()
    {
        if (std::find(kReservedIds.begin(), kReservedIds.end(), m_flow.id) == kReservedIds.end())
            return;
        std::string list;
        for (const std::string_view id : kReservedIds)
            list += (list.empty() ? "" : ", ") + std::string(id);
        fault("reserved-id", m_flow.idRange, {m_flow.id},
              "Flow id is a reserved keyword: " + m_flow.id + ". List of reserved keywords: " + list);
    }

    void quotas()
    {
        const Entry *entry = m_flow.root->findEntry("quotas");
        if (entry && !isNull(*entry->value))
            fault("quotas-not-supported", entry->key->range, {}, "Quotas are only available in Enterprise Edition.");
    }

    void duplicateTasks()
    {
        const std::vector<const Task *> &repeated = m_ids.repeated();
        if (repeated.empty())
            return;
        std::set<std::string_view> twice;
        for (const Task *task : repeated)
            twice.insert(task->id);
        std::string names;
        m_flow.forEachTask([&](const Task &task, const TaskList &, int) {
            if (twice.erase(task.id))
                names += (names.empty() ? "" : ", ") + task.id;
        });
        for (const Task *task : repeated)
            fault("duplicate-task", task->idRange, {task->id}, "Duplicate task id with name [" + names + "]");
    }

    void duplicates(const std::vector<Item> &items, std::string_view code, std::string_view report)
    {
        std::set<std::string_view> seen;
        std::vector<const Item *> repeated;
        std::string names;
        for (const Item &item : items)
            if (!item.idRange.empty() && !seen.insert(item.id).second) {
                repeated.push_back(&item);
                names += (names.empty() ? "" : ", ") + item.id;
            }
        for (const Item *item : repeated)
            fault(code, item->idRange, {item->id}, std::string(report) + names + "]");
    }

    /// Inputs inside a FORM and dotted ids make one tree of names.
    void inputPaths()
    {
        struct Path
        {
            std::string name;
            Range range;
        };
        std::vector<Path> paths;
        std::set<std::string> topLevel;
        bool hasForm = false;
        for (const Item &item : m_flow.inputs) {
            if (item.id.empty())
                continue;
            const Node *inner = item.type == "FORM" && item.node->isMapping() ? item.node->find("inputs") : nullptr;
            if (!inner || !inner->isSequence()) {
                if (topLevel.insert(item.id).second)
                    paths.push_back({item.id, item.idRange});
                continue;
            }
            hasForm = true;
            for (const Node *child : inner->items) {
                const Node *id = child->isMapping() ? child->find("id") : nullptr;
                if (id && id->isScalar())
                    paths.push_back({item.id + "." + id->text, id->range});
            }
        }
        std::map<std::string_view, const Path *> byName;
        std::string repeatedNames;
        std::vector<const Path *> repeated;
        for (const Path &path : paths)
            if (!byName.emplace(path.name, &path).second) {
                repeated.push_back(&path);
                repeatedNames += (repeatedNames.empty() ? "" : ", ") + path.name;
            }
        if (hasForm)
            for (const Path *path : repeated)
                fault("duplicate-input", path->range, {path->name}, "Duplicate input path [" + repeatedNames + "]");
        for (const Path &path : paths)
            for (std::size_t dot = path.name.find('.'); dot != path.name.npos; dot = path.name.find('.', dot + 1)) {
                const std::string parent = path.name.substr(0, dot);
                if (const auto found = byName.find(parent); found != byName.end())
                    fault("nested-input", path.range, {path.name, parent},
                          "Input path '" + parent + "' conflicts with '" + path.name +
                              "'; one cannot be nested under the other.");
            }
    }

    /// Refused when saved in 2.0; in 1.3 only when the flow is started.
    void inputDefaults()
    {
        for (const Item &item : m_flow.inputs) {
            const std::string why = defaultFault(item);
            if (why.empty())
                continue;
            const Range range = item.node->find("defaults")->range;
            if (m_dialect == Dialect::Kestra2_0)
                fault("invalid-default", range, {item.id, why}, "Invalid default for input '" + item.id + "': " + why);
            else
                m_report.add(Severity::Warning, Stage::Advice, "invalid-default", range, item.path + ".defaults",
                             {item.id, why});
        }
    }

    void inputDependencies()
    {
        std::map<std::string, std::vector<const Node *>> dependsOn;
        for (const Item &item : m_flow.inputs) {
            std::vector<const Node *> &names = dependsOn[item.id];
            const Node *rule = item.node->isMapping() ? item.node->find("dependsOn") : nullptr;
            const Node *inputs = rule && rule->isMapping() ? rule->find("inputs") : nullptr;
            if (inputs)
                for (const Node *name : inputs->items)
                    if (name->isScalar())
                        names.push_back(name);
        }
        std::vector<std::string_view> ids;
        for (const auto &[id, names] : dependsOn)
            ids.push_back(id);
        for (const Item &item : m_flow.inputs) {
            std::vector<std::string> reached; // in the order in which they are found
            std::set<std::string> seen;
            std::vector<std::string> open = {item.id};
            while (!open.empty()) {
                const std::string id = open.back();
                open.pop_back();
                const auto found = dependsOn.find(id);
                if (found == dependsOn.end())
                    continue;
                for (const Node *name : found->second)
                    if (seen.insert(name->text).second) {
                        reached.push_back(name->text);
                        open.push_back(name->text);
                    }
            }
            for (const Node *name : dependsOn[item.id])
                if (!dependsOn.count(name->text)) {
                    fault("unknown-input", name->range, {name->text, item.id},
                          "Input with id '" + item.id + "' depends on a non-existent input '" + name->text + "'.");
                }
            if (!isCyclic(item.id, dependsOn))
                continue;
            std::vector<std::string> members(seen.begin(), seen.end());
            std::string list;
            for (const std::string &name : members)
                list += (list.empty() ? "" : ", ") + name;
            fault("cyclic-input", dependsOn[item.id].front()->range, {item.id, list},
                  "Cycle dependency detected for input with id '" + item.id + "': [" + list + "]");
        }
    }

    /// Is a cycle reached from here?
    static bool isCyclic(const std::string &start, const std::map<std::string, std::vector<const Node *>> &dependsOn)
    {
        std::map<std::string, int> state; // 1: on the path, 2: done
        std::vector<std::pair<std::string, std::size_t>> work = {{start, 0}};
        while (!work.empty()) {
            auto &[id, edge] = work.back();
            state[id] = 1;
            const auto found = dependsOn.find(id);
            if (found == dependsOn.end() || edge >= found->second.size()) {
                state[id] = 2;
                work.pop_back();
                continue;
            }
            const std::string next = found->second[edge++]->text;
            const int known = state[next];
            if (known == 1)
                return true;
            if (known == 0)
                work.emplace_back(next, 0);
        }
        return false;
    }

    /// The rules of each task by itself, at all levels.
    void singleTasks(const TaskList &list)
    {
        for (const Task &task : list.tasks) {
            if (m_taken && task.item && m_taken->isClean(*task.item))
                continue;
            recursion(task);
            assets(task);
            for (const TaskList &inner : task.lists)
                singleTasks(inner);
        }
    }

    void recursion(const Task &task)
    {
        const bool calls = task.known && (task.known->name == "io.kestra.plugin.core.flow.Subflow" ||
                                          task.known->name == "io.kestra.plugin.core.flow.ForEachItem");
        const Node *space = calls && task.node ? task.node->find("namespace") : nullptr;
        const Node *id = calls && task.node ? task.node->find("flowId") : nullptr;
        if (!space || !id || m_flow.id.empty() || space->text != m_flow.namespaceId || id->text != m_flow.id)
            return;
        fault("recursive-subflow", id->range, {m_flow.namespaceId, m_flow.id},
              "Recursive call to flow [" + m_flow.namespaceId + "." + m_flow.id + "]");
    }

    void systemLabels()
    {
        for (const Item &label : m_flow.labels) {
            if (!label.id.starts_with("system.") || label.id == "system.readOnly")
                continue;
            const Node *value = label.node && label.node->isMapping() ? label.node->find("value") : label.node;
            fault("system-label", label.idRange, {"labels", label.id},
                  "System labels can only be set by Kestra itself, offending label: " + label.id + "=" +
                      (value && value->isScalar() ? textOf(*value) : std::string()));
        }
    }

    void assets(const Task &task)
    {
        const Entry *entry = task.node ? task.node->findEntry("assets") : nullptr;
        if (entry && !isNull(*entry->value))
            fault("assets-not-supported", entry->key->range, {task.id},
                  "Task '" + task.id + "' can't have any `assets` because assets are only available in Enterprise Edition.");
    }

    void dashedReferences()
    {
        std::unordered_set<std::string_view> inputs;
        std::unordered_set<std::string_view> tasks;
        for (const Item &input : m_flow.inputs)
            if (input.id.find('-') != std::string::npos)
                inputs.insert(input.id);
        if (inputs.empty() && !m_ids.anyDashed())
            return;
        m_flow.forEachTask([&](const Task &task, const TaskList &, int) {
            if (task.id.find('-') != std::string::npos)
                tasks.insert(task.id);
        });
        std::vector<Reference> references;
        const auto look = [&](const Node &node, std::string_view kind, const std::string &owner) {
            references.clear();
            scanReferences(m_text, node.whole, references);
            for (const Reference &reference : references) {
                const bool isInput = reference.root == Reference::Root::Inputs;
                if (!reference.dotted || !(isInput ? inputs : tasks).contains(reference.dashed))
                    continue;
                const std::string name = isInput ? "input" : "output";
                fault("dashed-reference",
                      {reference.range.begin, reference.range.begin + reference.dashed.size()},
                      {name + "s", std::string(reference.dashed)},
                      "Invalid " + name + " reference: use " + name + "s[key-name] instead of " + name +
                          "s.key-name — keys with dashes require bracket notation, offending " + std::string(kind) +
                          ": [" + owner + "]");
            }
        };
        for (const TaskList &list : m_flow.lists)
            for (const Task &task : list.tasks)
                if (task.item && !task.fault)
                    look(*task.item, "tasks", task.id);
        for (const Item &output : m_flow.outputs)
            look(*output.node, "outputs", output.id);
    }

    const Flow &m_flow;
    std::string_view m_text;
    const TaskIds &m_ids;
    const TakenOver *m_taken = nullptr; // when the name of the flow is what it was
    Dialect m_dialect;
    Report &m_report;
};

} // namespace

TaskIds::TaskIds(const Flow &flow)
{
    flow.forEachTask([&](const Task &task, const TaskList &, int) {
        if (task.idRange.empty())
            return;
        m_anyDashed = m_anyDashed || task.id.find('-') != std::string::npos;
        const std::size_t hash = hashOf(task.id);
        Slot &slot = m_slots[place(task.id, hash)];
        if (slot.id) {
            m_repeated.push_back(&task);
            return;
        }
        slot = {&task.id, hash};
        if (++m_count * 2 > m_slots.size())
            grow();
    });
}

std::size_t TaskIds::place(std::string_view id, std::size_t hash) const
{
    std::size_t at = hash & (m_slots.size() - 1);
    while (m_slots[at].id && (m_slots[at].hash != hash || *m_slots[at].id != id))
        at = (at + 1) & (m_slots.size() - 1);
    return at;
}

void TaskIds::grow()
{
    std::vector<Slot> old(m_slots.size() * 4);
    old.swap(m_slots);
    for (const Slot &slot : old)
        if (slot.id)
            m_slots[place(*slot.id, slot.hash)] = slot;
}

void checkFlowRules(const Flow &flow, std::string_view text, const TaskIds &ids, const TakenOver &taken, Dialect dialect, Report &report)
{
    FlowRules(flow, text, ids, taken, dialect, report).check();
}

std::vector<DataLink> findLinks(const Flow &flow, std::string_view text, const TaskIds &ids)
{
    std::vector<DataLink> links;
    links.reserve(flow.mentions.size());
    const auto add = [&](std::string_view name, std::string_view dashed, const std::string &reader) {
        if (!ids.contains(name)) {
            if (!ids.contains(dashed))
                return;
            name = dashed;
        }
        const auto begin = static_cast<std::size_t>(name.data() - text.data());
        links.push_back({std::string(name), reader, {begin, begin + name.size()}});
    };
    flow.forEachTask([&](const Task &task, const TaskList &, int) {
        for (std::uint32_t i = 0; i < task.mentionCount; ++i) {
            const OutputMention &mention = flow.mentions[task.firstMention + i];
            add(text.substr(mention.begin, mention.size), text.substr(mention.begin, mention.dashed), task.id);
        }
    });
    std::vector<Reference> references;
    for (const Item &output : flow.outputs)
        scanReferences(text, output.node->whole, references);
    for (const Reference &reference : references)
        if (reference.root == Reference::Root::Outputs)
            add(reference.name, reference.dashed, "");
    return links;
}

} // namespace flow
