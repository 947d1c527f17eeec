#include "canvas/graph.h"

#include "ui/tr.h"

#include <algorithm>
#include <charconv>

namespace canvas {

namespace {

QString labelOf(const flow::TaskList &list)
{
    switch (list.kind) {
    case flow::ListKind::Tasks: return {};
    case flow::ListKind::Case: return QStringLiteral("case: ") + QString::fromStdString(list.label);
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
    return className == QLatin1String("Parallel") || className == QLatin1String("EachParallel") ? Flowing::Parallel : Flowing::Sequence;
}

} // namespace

/// Walks a Flow once and notes where its tasks and items stand.
class GraphBuilder
{
public:
    GraphBuilder(const flow::Snapshot &snapshot, const Graph::Sentence &sentence) : m_flow(*snapshot.flow)
    {
        m_graph.nodes = GraphNodes(snapshot, sentence);
        entries().reserve(m_flow.taskCount() + m_flow.inputs.size() + m_flow.triggers.size() + m_flow.outputs.size());
    }

    Graph build()
    {
        m_graph.title = QString::fromStdString(m_flow.id);
        m_graph.readable = m_flow.root != nullptr;
        addItems(m_flow.triggers, NodeKind::Trigger, Section::Triggers, "triggers");
        addItems(m_flow.inputs, NodeKind::Input, Section::Inputs, "inputs");
        for (const flow::TaskList &list : m_flow.lists) {
            const int index = addList(list, -1, QString(), sectionOf(list.kind));
            m_graph.sections.push_back(index);
            m_begin = 0;
            addTasks(list, index, -1, 0);
        }
        addItems(m_flow.outputs, NodeKind::Output, Section::Outputs, "outputs");
        std::stable_sort(m_graph.sections.begin(), m_graph.sections.end(), [&](int a, int b) {
            return m_graph.lists[a].section < m_graph.lists[b].section;
        });
        m_graph.nodes.nameAll();
        sortByPlace();
        placeProblems();
        return std::move(m_graph);
    }

private:
    std::vector<GraphNodes::Entry> &entries() { return m_graph.nodes.m_entries; }

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

    int keep(GraphNodes::Entry entry, int list)
    {
        const int index = int(entries().size());
        std::vector<int> &nodes = m_graph.lists[std::size_t(list)].nodes;
        entry.place.list = list;
        entry.place.indexInList = int(nodes.size());
        entry.place.last = index + 1;
        nodes.push_back(index);
        entries().push_back(entry);
        const std::size_t begin = m_graph.nodes.range(index).begin;
        m_inOrder = m_inOrder && begin >= m_begin;
        m_begin = begin;
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
        m_begin = 0;
        for (const flow::Item &item : items) {
            GraphNodes::Entry entry;
            entry.place.kind = kind;
            entry.item = &item;
            keep(entry, list);
        }
    }

    void addTasks(const flow::TaskList &tasks, int list, int owner, int depth)
    {
        const Section section = m_graph.lists[std::size_t(list)].section;
        const bool inDag = m_graph.lists[std::size_t(list)].flowing == Flowing::Dag;
        for (const flow::Task &task : tasks.tasks) {
            GraphNodes::Entry entry;
            entry.task = &task;
            entry.place.owner = owner;
            entry.place.depth = depth;
            entry.place.inDag = inDag;
            entry.place.container = task.flowable;
            if (task.fault) // its readable children stay live inside it
                entry.place.container = std::any_of(task.lists.begin(), task.lists.end(), [](const flow::TaskList &inner) { return !inner.tasks.empty(); });
            entry.place.firstList = int(m_graph.lists.size());
            entry.place.listCount = int(task.lists.size());
            const int first = entry.place.firstList, index = keep(entry, list);
            if (task.lists.empty())
                continue;
            for (const flow::TaskList &inner : task.lists)
                addList(inner, index, m_graph.nodes.looksOf(task).className, section);
            for (std::size_t i = 0; i < task.lists.size(); ++i)
                addTasks(task.lists[i], first + int(i), index, depth + 1);
            entries()[std::size_t(index)].place.last = int(entries().size());
        }
    }

    /// Sections may stand in any order; what is inside of them is in that of the text, unless it is broken.
    void sortByPlace()
    {
        std::vector<std::pair<int, int>> runs; // of nodes: one for each section
        for (const int list : m_graph.sections) {
            const std::vector<int> &nodes = m_graph.lists[std::size_t(list)].nodes;
            if (!nodes.empty())
                runs.emplace_back(nodes.front(), m_graph.nodes.place(nodes.back()).last);
        }
        const auto before = [&](int a, int b) { return m_graph.nodes.range(a).begin < m_graph.nodes.range(b).begin; };
        std::sort(runs.begin(), runs.end(), [&](const auto &a, const auto &b) { return before(a.first, b.first); });
        std::vector<int> &order = m_graph.fileOrder;
        order.reserve(m_graph.nodes.size());
        for (const auto &[first, last] : runs) {
            for (int node = first; node < last; ++node)
                order.push_back(node);
        }
        if (!m_inOrder)
            std::stable_sort(order.begin(), order.end(), before);
    }

    /// A problem is shown on the innermost node around its place.
    void placeProblems()
    {
        const std::vector<flow::Diagnostic> &diagnostics = m_graph.nodes.m_snapshot.diagnostics;
        for (std::size_t i = 0; i < diagnostics.size(); ++i) {
            const std::size_t at = diagnostics[i].range.begin;
            const auto after = std::upper_bound(m_graph.fileOrder.begin(), m_graph.fileOrder.end(), at, [&](std::size_t offset, int node) {
                return offset < m_graph.nodes.range(node).begin;
            });
            if (after == m_graph.fileOrder.begin())
                continue;
            int node = *(after - 1); // the one that begins last before it, or a container around
            while (node >= 0 && !m_graph.nodes.range(node).contains(at) && m_graph.nodes.range(node).end != at)
                node = m_graph.nodes.place(node).owner;
            if (node >= 0)
                m_graph.nodes.m_problems.emplace_back(node, int(i));
        }
        std::sort(m_graph.nodes.m_problems.begin(), m_graph.nodes.m_problems.end());
    }

    const flow::Flow &m_flow;
    Graph m_graph;
    std::size_t m_begin = 0; // of the last node of this section
    bool m_inOrder = true;
};

Graph Graph::build(const flow::Snapshot &snapshot, const Sentence &sentence)
{
    return GraphBuilder(snapshot, sentence).build();
}

/// The node or list that a path names, below some lists.
template <typename Lists>
int Graph::find(const Lists &among, std::string_view path, bool list) const
{
    for (const int index : among) {
        const GraphList &candidate = lists[std::size_t(index)];
        if (!path.starts_with(candidate.path))
            continue;
        const std::string_view rest = path.substr(candidate.path.size());
        if (rest.empty() && list)
            return index;
        std::size_t place = 0;
        if (!rest.starts_with('[') || std::from_chars(rest.data() + 1, rest.data() + rest.size(), place).ec != std::errc())
            continue;
        if (place >= candidate.nodes.size())
            continue;
        const int node = candidate.nodes[place];
        if (path == nodes.path(node) && !list)
            return node;
        if (const int inside = find(nodes.place(node).lists(), path, list); inside >= 0)
            return inside;
    }
    return -1;
}

int Graph::byPath(std::string_view path) const
{
    return find(sections, path, false);
}

int Graph::listByPath(std::string_view path) const
{
    return find(sections, path, true);
}

int Graph::sectionList(Section section) const
{
    for (const int list : sections) {
        if (lists[std::size_t(list)].section == section)
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
        end = inside ? end : nodes.place(node).last;
        return inside;
    });
    std::sort(kept.begin(), kept.end(), [&](int a, int b) { return nodes.range(a).begin < nodes.range(b).begin; });
    return kept;
}

int Graph::taskCount() const
{
    const int list = sectionList(Section::Tasks);
    if (list < 0 || lists[std::size_t(list)].nodes.empty())
        return 0;
    return nodes.place(lists[std::size_t(list)].nodes.back()).last - lists[std::size_t(list)].nodes.front();
}

const std::vector<GraphLink> &Graph::links() const
{
    if (m_links)
        return *m_links;
    m_links.emplace();
    if (!nodes.snapshot().flow)
        return *m_links;
    for (const flow::DataLink &link : nodes.snapshot().flow->links) {
        const int from = byKey(link.from), to = byKey(link.to);
        if (from >= 0 && to >= 0 && from != to)
            m_links->push_back({from, to});
    }
    const auto both = [](const GraphLink &link) { return std::pair(link.from, link.to); };
    std::sort(m_links->begin(), m_links->end(), [&](const GraphLink &a, const GraphLink &b) { return both(a) < both(b); });
    m_links->erase(std::unique(m_links->begin(), m_links->end(), [&](const GraphLink &a, const GraphLink &b) { return both(a) == both(b); }),
                   m_links->end());
    return *m_links;
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
