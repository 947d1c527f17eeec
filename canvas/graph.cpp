#include "canvas/graph.h"

#include "ui/tr.h"

#include <algorithm>
#include <cstring>

namespace canvas {

namespace {

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QString scalar(const flow::Node *mapping, std::string_view key)
{
    const flow::Node *value = mapping && mapping->isMapping() ? mapping->find(key) : nullptr;
    return value && value->isScalar() ? text(value->text) : QString();
}

bool has(const flow::Node *mapping, std::string_view key)
{
    return mapping && mapping->isMapping() && mapping->find(key);
}

/// `{{ outputs.score.vars.high }}` as `score.vars.high`: what fits a header.
QString bareExpression(QString expression)
{
    expression = expression.simplified();
    if (expression.startsWith(QLatin1String("{{")) && expression.endsWith(QLatin1String("}}"))
        && expression.count(QLatin1String("{{")) == 1)
        expression = expression.mid(2, expression.size() - 4).trimmed();
    if (expression.startsWith(QLatin1String("outputs.")))
        expression.remove(0, 8);
    return expression;
}

bool isOneOf(const QString &name, std::initializer_list<const char *> names)
{
    return std::any_of(names.begin(), names.end(), [&](const char *other) { return name == QLatin1String(other); });
}

std::vector<Badge> badgesOf(const flow::Node *node)
{
    std::vector<Badge> badges;
    if (!node || !node->isMapping())
        return badges;
    struct Sign
    {
        std::string_view property;
        const char *icon;
        const char *words;
    };
    static constexpr Sign signs[] = {{"retry", "retry", QT_TRANSLATE_NOOP("Tr", "Retries")},
                                     {"timeout", "timeout", QT_TRANSLATE_NOOP("Tr", "Timeout")},
                                     {"taskCache", "cache", QT_TRANSLATE_NOOP("Tr", "Cached")},
                                     {"runIf", "filter", QT_TRANSLATE_NOOP("Tr", "Condition")},
                                     {"allowFailure", "state-warning", QT_TRANSLATE_NOOP("Tr", "May fail")}};
    for (const flow::Entry &entry : node->entries) {
        for (const Sign &sign : signs) {
            const std::string &key = entry.key->text;
            if (key != sign.property || (key == "allowFailure" && entry.value->text != "true"))
                continue;
            const QString words = Tr::tr(sign.words);
            const bool bare = !entry.value->isScalar() || entry.value->text.empty() || key == "allowFailure";
            badges.push_back({QLatin1String(sign.icon), bare ? words : words + QStringLiteral(": ") + text(entry.value->text)});
        }
    }
    std::sort(badges.begin(), badges.end(), [](const Badge &a, const Badge &b) { // as listed above, not as written
        const auto rank = [](const Badge &badge) {
            return std::find_if(std::begin(signs), std::end(signs), [&](const Sign &sign) { return badge.icon == QLatin1String(sign.icon); });
        };
        return rank(a) < rank(b);
    });
    return badges;
}

/// The one property that tells most about a container.
QString detailOf(const QString &className, const flow::Node *node)
{
    for (const char *key : {"condition", "value", "values", "items", "concurrent"}) {
        if (!has(node, key))
            continue;
        if (!std::strcmp(key, "concurrent") && className != QLatin1String("Parallel"))
            continue;
        const flow::Node *value = node->find(key);
        if (value->isScalar()) {
            const QString bare = bareExpression(text(value->text));
            return !std::strcmp(key, "concurrent") ? Tr::tr("%1 at a time").arg(bare) : bare;
        }
        if (value->isSequence())
            return value->items.size() == 1 ? Tr::tr("1 item") : Tr::tr("%1 items").arg(value->items.size());
    }
    return {};
}

QString labelOf(const flow::TaskList &list)
{
    switch (list.kind) {
    case flow::ListKind::Tasks: return {};
    case flow::ListKind::Case: return QStringLiteral("case: ") + text(list.label);
    case flow::ListKind::Then: return QStringLiteral("then");
    case flow::ListKind::Else: return QStringLiteral("else");
    case flow::ListKind::Defaults: return QStringLiteral("defaults");
    case flow::ListKind::Errors: return QStringLiteral("errors");
    case flow::ListKind::Finally: return QStringLiteral("finally");
    case flow::ListKind::AfterExecution: return QStringLiteral("afterExecution");
    case flow::ListKind::OnPause: return QStringLiteral("onPause");
    }
    return {};
}

Section sectionOf(flow::ListKind kind)
{
    switch (kind) {
    case flow::ListKind::Errors: return Section::Errors;
    case flow::ListKind::Finally: return Section::Finally;
    case flow::ListKind::AfterExecution: return Section::AfterExecution;
    default: return Section::Tasks;
    }
}

Flowing flowingOf(const QString &className, flow::ListKind kind)
{
    if (kind != flow::ListKind::Tasks)
        return Flowing::Sequence;
    if (className == QLatin1String("Dag"))
        return Flowing::Dag;
    return isOneOf(className, {"Parallel", "EachParallel"}) ? Flowing::Parallel : Flowing::Sequence;
}

QString firstWords(const std::string &cause)
{
    QString words = text(cause);
    if (!words.isEmpty())
        words[0] = words.at(0).toUpper();
    return words;
}

} // namespace

/// Walks a Flow once and fills a Graph.
class GraphBuilder
{
public:
    GraphBuilder(const flow::Snapshot &snapshot, const Graph::Sentence &sentence)
        : m_snapshot(snapshot), m_flow(*snapshot.flow), m_sentence(sentence),
          m_lines(snapshot.text ? std::string_view(*snapshot.text) : std::string_view())
    {
        const std::size_t count = m_flow.taskCount() + m_flow.inputs.size() + m_flow.triggers.size() + m_flow.outputs.size();
        m_graph.nodes.reserve(count);
        readDefaults();
    }

    Graph build()
    {
        m_graph.title = text(m_flow.id);
        m_graph.readable = m_flow.root != nullptr;
        addItems(m_flow.triggers, NodeKind::Trigger, Section::Triggers, "triggers");
        addItems(m_flow.inputs, NodeKind::Input, Section::Inputs, "inputs");
        for (const flow::TaskList &list : m_flow.lists) {
            const int index = addList(list, -1, QString(), sectionOf(list.kind));
            m_graph.sections.push_back(index);
            addTasks(list, index, -1, 0);
        }
        addItems(m_flow.outputs, NodeKind::Output, Section::Outputs, "outputs");
        std::stable_sort(m_graph.sections.begin(), m_graph.sections.end(), [&](int a, int b) {
            return m_graph.lists[a].section < m_graph.lists[b].section;
        });
        nameAll();
        m_graph.fileOrder.resize(m_graph.nodes.size());
        for (std::size_t i = 0; i < m_graph.fileOrder.size(); ++i)
            m_graph.fileOrder[i] = int(i);
        std::stable_sort(m_graph.fileOrder.begin(), m_graph.fileOrder.end(), [&](int a, int b) {
            return m_graph.nodes[a].range.begin < m_graph.nodes[b].range.begin;
        });
        addProblems();
        addLinks();
        return std::move(m_graph);
    }

private:
    struct Defaults
    {
        QString type;
        QStringList lines;
    };

    /// What only the type decides: looked up once for each.
    struct TypeLooks
    {
        QString type;         ///< as written
        QString className;    ///< of the type it stands for
        QString writtenClass;
        QString shortType;
        ui::TaskLook look;
        bool callsFlow = false;
    };

    const TypeLooks &looksOf(const flow::Task &task)
    {
        const auto known = m_looks.find(task.type);
        if (known != m_looks.end())
            return known->second;
        TypeLooks looks;
        looks.type = text(task.type);
        const QString name = task.known ? text(task.known->name) : looks.type;
        looks.className = ui::className(name);
        looks.writtenClass = ui::className(looks.type);
        looks.shortType = looks.type.isEmpty() ? Tr::tr("no type") : ui::shortType(looks.type);
        looks.look = ui::taskLook(name);
        looks.callsFlow = isOneOf(looks.writtenClass, {"Subflow", "ForEachItem"}) || looks.type == QLatin1String("io.kestra.plugin.core.flow.Flow");
        return m_looks.emplace(task.type, std::move(looks)).first->second;
    }

    void readDefaults()
    {
        const flow::Node *root = m_flow.root;
        const flow::Node *list = root && root->isMapping() ? root->find("pluginDefaults") : nullptr;
        if (!list || !list->isSequence())
            return;
        for (const flow::Node *item : list->items) {
            const QString type = scalar(item, "type");
            const flow::Node *values = item->isMapping() ? item->find("values") : nullptr;
            if (type.isEmpty() || !values || !values->isMapping())
                continue;
            Defaults defaults{type, {}};
            for (const flow::Entry &entry : values->entries) {
                const QString key = text(entry.key->text);
                defaults.lines << (entry.value->isScalar() ? key + QStringLiteral(": ") + text(entry.value->text) : key);
            }
            m_defaults.push_back(std::move(defaults));
        }
    }

    /// The maps hold views of the names, so they are filled when nothing moves any more.
    void nameAll()
    {
        m_graph.m_byKey.reserve(m_graph.nodes.size());
        m_graph.m_byPath.reserve(m_graph.nodes.size());
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            GraphNode &node = m_graph.nodes[i];
            if (m_graph.m_byKey.count(node.key)) // an id twice: the path tells them apart
                node.key = "@" + node.path;
            m_graph.m_byKey.emplace(node.key, int(i));
            m_graph.m_byPath.emplace(node.path, int(i));
        }
        for (std::size_t i = 0; i < m_graph.lists.size(); ++i)
            m_graph.m_listByPath.emplace(m_graph.lists[i].path, int(i));
    }

    int addList(const flow::TaskList &list, int owner, const QString &className, Section section)
    {
        GraphList made;
        made.path = list.path;
        made.kind = list.kind;
        made.section = section;
        made.flowing = flowingOf(className, list.kind);
        made.label = owner < 0 ? QString() : labelOf(list);
        made.owner = owner;
        made.nodes.reserve(list.tasks.size());
        return keep(std::move(made));
    }

    int keep(GraphList list)
    {
        m_graph.lists.push_back(std::move(list));
        return int(m_graph.lists.size()) - 1;
    }

    int keep(GraphNode node, int list, const char *prefix)
    {
        const int index = int(m_graph.nodes.size());
        node.list = list;
        node.indexInList = int(m_graph.lists[list].nodes.size());
        node.last = index + 1;
        node.key = node.id.empty() ? "@" + node.path : prefix + node.id;
        m_graph.lists[list].nodes.push_back(index);
        m_graph.nodes.push_back(std::move(node));
        return index;
    }

    void addItems(const std::vector<flow::Item> &items, NodeKind kind, Section section, const char *path)
    {
        if (items.empty())
            return;
        GraphList made;
        made.path = path;
        made.section = section;
        const int list = keep(std::move(made));
        m_graph.sections.push_back(list);
        for (const flow::Item &item : items) {
            GraphNode node;
            node.kind = kind;
            node.path = item.path;
            node.id = item.id;
            node.title = item.id.empty() ? Tr::tr("no id") : text(item.id);
            node.type = text(item.type);
            node.note = text(item.note);
            node.range = item.range;
            node.disabled = item.disabled;
            node.line = m_lines.position(item.idRange.empty() ? item.range.begin : item.idRange.begin).line;
            if (kind == NodeKind::Trigger) {
                node.look = ui::taskLook(node.type);
                const QString cron = scalar(item.node, "cron");
                node.typeLine = cron.isEmpty() ? ui::className(node.type) : cron;
            } else {
                const bool input = kind == NodeKind::Input;
                node.look = {input ? QStringLiteral("input") : QStringLiteral("output"), ui::TaskCategory::Core};
                node.typeLine = node.type;
                node.detail = input ? scalar(item.node, "defaults") : bareExpression(scalar(item.node, "value"));
            }
            keep(std::move(node), list, kind == NodeKind::Trigger ? "trigger:" : kind == NodeKind::Input ? "input:" : "output:");
        }
    }

    void addTasks(const flow::TaskList &tasks, int list, int owner, int depth)
    {
        for (const flow::Task &task : tasks.tasks) {
            GraphNode node = read(task);
            node.owner = owner;
            node.depth = depth;
            node.inDag = m_graph.lists[list].flowing == Flowing::Dag;
            const QString className = looksOf(task).className;
            const int index = keep(std::move(node), list, "");
            for (const flow::TaskList &inner : task.lists) {
                const int made = addList(inner, index, className, m_graph.lists[list].section);
                m_graph.nodes[index].lists.push_back(made);
                addTasks(inner, made, index, depth + 1);
            }
            m_graph.nodes[index].last = int(m_graph.nodes.size());
        }
    }

    GraphNode read(const flow::Task &task)
    {
        const TypeLooks &looks = looksOf(task);
        GraphNode node;
        node.path = task.path;
        node.id = task.id;
        node.type = looks.type;
        node.note = text(task.note);
        node.range = task.range;
        node.disabled = task.disabled;
        node.container = task.flowable;
        std::size_t begin = task.idRange.begin;
        if (task.idRange.empty())
            begin = task.fault ? task.fault->range.begin : task.noteRange.empty() ? task.range.begin : task.noteRange.end;
        node.line = m_lines.position(begin).line;
        for (const flow::Dependency &dependency : task.dependsOn)
            node.dependsOn.push_back(dependency.id);
        if (task.fault) {
            node.broken = true;
            // Its readable children stay live inside it.
            node.container = std::any_of(task.lists.begin(), task.lists.end(),
                                         [](const flow::TaskList &list) { return !list.tasks.empty(); });
            node.title = task.id.empty() ? Tr::tr("line %1").arg(node.line) : text(task.id);
            node.typeLine = firstWords(task.fault->cause);
            node.look = {QStringLiteral("task-broken"), ui::TaskCategory::Core};
            return node;
        }
        node.title = task.id.empty() ? Tr::tr("no id") : text(task.id);
        node.look = looks.look;
        node.typeLine = node.container ? looks.writtenClass : looks.shortType;
        if (looks.callsFlow) {
            const QString name = scalar(task.node, "namespace"), id = scalar(task.node, "flowId");
            if (!id.isEmpty()) {
                node.subflow = true;
                node.calledNamespace = name.isEmpty() ? text(m_flow.namespaceId) : name;
                node.calledFlow = id;
                node.typeLine = name.isEmpty() ? id : name + QLatin1Char('.') + id;
            }
        }
        node.badges = badgesOf(task.node);
        if (node.container)
            node.detail = detailOf(looks.writtenClass, task.node);
        for (const Defaults &defaults : m_defaults) {
            if (node.type == defaults.type || node.type.startsWith(defaults.type + QLatin1Char('.')))
                node.defaults += defaults.lines;
        }
        return node;
    }

    void addProblems()
    {
        for (const flow::Diagnostic &diagnostic : m_snapshot.diagnostics) {
            const auto after = std::upper_bound(m_graph.fileOrder.begin(), m_graph.fileOrder.end(),
                                                diagnostic.range.begin, [&](std::size_t offset, int node) {
                                                    return offset < m_graph.nodes[node].range.begin;
                                                });
            if (after == m_graph.fileOrder.begin())
                continue;
            int node = *(after - 1); // the one that begins last before it, or a container around
            while (node >= 0 && !m_graph.nodes[node].range.contains(diagnostic.range.begin)
                   && m_graph.nodes[node].range.end != diagnostic.range.begin)
                node = m_graph.nodes[node].owner;
            if (node >= 0)
                m_graph.nodes[node].problems.push_back({diagnostic.severity, m_sentence(diagnostic), diagnostic.range});
        }
    }

    void addLinks()
    {
        for (const flow::DataLink &link : m_flow.links) {
            const int from = m_graph.byKey(link.from), to = m_graph.byKey(link.to);
            if (from >= 0 && to >= 0 && from != to)
                m_graph.links.push_back({from, to});
        }
        const auto order = [](const GraphLink &a, const GraphLink &b) {
            return std::pair(a.from, a.to) < std::pair(b.from, b.to);
        };
        std::sort(m_graph.links.begin(), m_graph.links.end(), order);
        m_graph.links.erase(std::unique(m_graph.links.begin(), m_graph.links.end(),
                                        [](const GraphLink &a, const GraphLink &b) {
                                            return a.from == b.from && a.to == b.to;
                                        }),
                            m_graph.links.end());
    }

    const flow::Snapshot &m_snapshot;
    const flow::Flow &m_flow;
    const Graph::Sentence &m_sentence;
    flow::LineIndex m_lines;
    std::vector<Defaults> m_defaults;
    std::unordered_map<std::string_view, TypeLooks> m_looks; // by the type as written in the flow
    Graph m_graph;
};

Graph Graph::build(const flow::Snapshot &snapshot, const Sentence &sentence)
{
    return GraphBuilder(snapshot, sentence).build();
}

int Graph::byKey(const std::string &key) const
{
    const auto it = m_byKey.find(key);
    return it == m_byKey.end() ? -1 : it->second;
}

int Graph::byPath(const std::string &path) const
{
    const auto it = m_byPath.find(path);
    return it == m_byPath.end() ? -1 : it->second;
}

int Graph::listByPath(const std::string &path) const
{
    const auto it = m_listByPath.find(path);
    return it == m_listByPath.end() ? -1 : it->second;
}

int Graph::sectionList(Section section) const
{
    for (const int list : sections) {
        if (lists[list].section == section)
            return list;
    }
    return -1;
}

std::vector<int> Graph::roots(const std::vector<int> &of) const
{
    std::vector<int> kept = of;
    std::sort(kept.begin(), kept.end()); // depth first: what is inside follows
    int end = 0;
    std::erase_if(kept, [&](int node) {
        const bool inside = node < end;
        end = inside ? end : nodes[std::size_t(node)].last;
        return inside;
    });
    std::sort(kept.begin(), kept.end(), [&](int a, int b) { return nodes[std::size_t(a)].range.begin < nodes[std::size_t(b)].range.begin; });
    return kept;
}

int Graph::taskCount() const
{
    return int(std::count_if(nodes.begin(), nodes.end(), [&](const GraphNode &node) {
        return lists[std::size_t(node.list)].section == Section::Tasks;
    }));
}

QString sectionTitle(Section section)
{
    switch (section) {
    case Section::Triggers: return Tr::tr("Triggers");
    case Section::Inputs: return Tr::tr("Inputs");
    case Section::Tasks: return Tr::tr("Tasks");
    case Section::Errors: return Tr::tr("Errors");
    case Section::Finally: return Tr::tr("Finally");
    case Section::AfterExecution: return Tr::tr("After execution");
    case Section::Outputs: return Tr::tr("Outputs");
    }
    return {};
}

} // namespace canvas
