#include "canvas/canvas_accessible.h"

#include "canvas/canvas_view.h"
#include "ui/tr.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QPointer>

namespace canvas {

namespace {


/// A node of the picture as a tree item, an empty list as a button, an arrow into a node as a list item.
/// Known by its key, so that it lives through changes of the text; invalid once the key is gone.
class PartAccessible : public QAccessibleInterface, public QAccessibleActionInterface
{
public:
    enum class Kind { Node, Slot, Link };

    PartAccessible(CanvasView &view, Kind kind, std::string key, std::string from)
        : m_view(&view), m_kind(kind), m_key(std::move(key)), m_from(std::move(from)) {}

    bool isValid() const override { return m_view && (m_kind == Kind::Slot ? list() >= 0 : node() >= 0); }
    QObject *object() const override { return nullptr; }
    QWindow *window() const override { return m_view ? m_view->window()->windowHandle() : nullptr; }
    QAccessibleInterface *parent() const override;
    int childCount() const override { return int(parts().size()); }
    QAccessibleInterface *child(int index) const override;
    QAccessibleInterface *childAt(int x, int y) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (child(i)->rect().contains(x, y))
                return child(i);
        }
        return nullptr;
    }
    int indexOfChild(const QAccessibleInterface *other) const override
    {
        for (int i = 0; i < childCount(); ++i) {
            if (child(i) == other)
                return i;
        }
        return -1;
    }
    QString text(QAccessible::Text what) const override;
    void setText(QAccessible::Text, const QString &) override {}
    QRect rect() const override;
    QAccessible::Role role() const override
    {
        return m_kind == Kind::Node ? QAccessible::TreeItem : m_kind == Kind::Slot ? QAccessible::Button : QAccessible::ListItem;
    }
    QAccessible::State state() const override;
    void *interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ActionInterface ? static_cast<QAccessibleActionInterface *>(this) : nullptr;
    }

    QStringList actionNames() const override
    {
        QStringList names{pressAction()};
        if (m_kind == Kind::Node)
            names << setFocusAction();
        if (m_kind == Kind::Node && node() >= 0 && scene().graph().nodes[std::size_t(node())].container)
            names << toggleAction();
        return names;
    }
    void doAction(const QString &name) override
    {
        if (!isValid())
            return;
        if (m_kind == Kind::Slot) {
            m_view->openQuickInsert({m_key, 0}, scene().picture().places[std::size_t(list())].center());
        } else if (name == setFocusAction()) {
            m_view->setFocus(Qt::OtherFocusReason);
            m_view->setCurrentNode(node(), true);
        } else if (name == toggleAction()) {
            m_view->flowScene().setCollapsed(node(), !scene().isCollapsed(node()));
        } else if (m_kind == Kind::Node) {
            m_view->activate(node());
        }
    }
    QStringList keyBindingsForAction(const QString &) const override { return {}; }

private:
    friend class CanvasAccessible;

    const FlowScene &scene() const { return m_view->flowScene(); }
    int node() const { return scene().graph().byKey(m_key); }
    int list() const { return scene().graph().listByPath(m_key); }
    std::vector<QAccessibleInterface *> parts() const;
    QString nodeName() const;

    QPointer<CanvasView> m_view;
    Kind m_kind;
    std::string m_key;  // of a node or link its key, of a slot the path of its list
    std::string m_from; // of a link: where it comes from
};

/// The view: a tree whose children are the nodes of the sections.
class CanvasAccessible : public QAccessibleWidget
{
public:
    explicit CanvasAccessible(CanvasView *view) : QAccessibleWidget(view, QAccessible::Tree), m_view(view)
    {
        QObject::connect(view, &CanvasView::currentChanged, view, [this] { announceCurrent(); });
    }
    ~CanvasAccessible() override
    {
        for (const auto &[key, id] : m_ids)
            QAccessible::deleteAccessibleInterface(id);
    }

    int childCount() const override { return int(roots().size()); }
    QAccessibleInterface *child(int index) const override
    {
        const std::vector<QAccessibleInterface *> all = roots();
        return index >= 0 && index < int(all.size()) ? all[std::size_t(index)] : nullptr;
    }
    int indexOfChild(const QAccessibleInterface *other) const override
    {
        const std::vector<QAccessibleInterface *> all = roots();
        const auto it = std::find(all.begin(), all.end(), other);
        return it == all.end() ? -1 : int(it - all.begin());
    }
    QAccessibleInterface *childAt(int x, int y) const override
    {
        const Hit hit = m_view->hitAt(m_view->viewport()->mapFromGlobal(QPoint(x, y)));
        if (hit.part == Hit::Part::Slot)
            return part(PartAccessible::Kind::Slot, m_view->flowScene().graph().lists[std::size_t(hit.list)].path, {});
        return hit.node >= 0 ? nodePart(hit.node) : nullptr;
    }
    QAccessibleInterface *focusChild() const override
    {
        const int current = m_view->flowScene().current();
        return m_view->hasFocus() && current >= 0 ? nodePart(current) : nullptr;
    }
    QString text(QAccessible::Text what) const override
    {
        return what == QAccessible::Name ? m_view->accessibleName() : QAccessibleWidget::text(what);
    }

    QAccessibleInterface *nodePart(int node) const
    {
        return part(PartAccessible::Kind::Node, m_view->flowScene().graph().nodes[std::size_t(node)].key, {});
    }

    QAccessibleInterface *part(PartAccessible::Kind kind, const std::string &key, const std::string &from) const
    {
        const std::string id = std::to_string(int(kind)) + key + '\n' + from;
        const auto it = m_ids.find(id);
        if (it != m_ids.end())
            return QAccessible::accessibleInterface(it->second);
        auto *made = new PartAccessible(*m_view, kind, key, from);
        m_ids.emplace(id, QAccessible::registerAccessibleInterface(made));
        return made;
    }

private:
    std::vector<QAccessibleInterface *> roots() const
    {
        std::vector<QAccessibleInterface *> all;
        const FlowScene &scene = m_view->flowScene();
        for (const int section : scene.graph().sections) {
            const GraphList &list = scene.graph().lists[std::size_t(section)];
            for (const int node : list.nodes)
                all.push_back(nodePart(node));
            if (list.nodes.empty())
                all.push_back(part(PartAccessible::Kind::Slot, list.path, {}));
        }
        return all;
    }

    void announceCurrent() const
    {
        if (!m_view->hasFocus() || m_view->flowScene().current() < 0)
            return;
        QAccessibleEvent event(nodePart(m_view->flowScene().current()), QAccessible::Focus);
        QAccessible::updateAccessibility(&event);
    }

    CanvasView *m_view;
    mutable std::unordered_map<std::string, QAccessible::Id> m_ids;
};

CanvasAccessible *tree(CanvasView *view)
{
    return static_cast<CanvasAccessible *>(QAccessible::queryAccessibleInterface(view));
}

QAccessibleInterface *PartAccessible::parent() const
{
    if (!isValid())
        return nullptr;
    CanvasAccessible *root = tree(m_view);
    if (m_kind == Kind::Link)
        return root->nodePart(node());
    const int owner = m_kind == Kind::Slot ? scene().graph().lists[std::size_t(list())].owner
                                           : scene().graph().nodes[std::size_t(node())].owner;
    return owner >= 0 ? root->nodePart(owner) : root;
}

std::vector<QAccessibleInterface *> PartAccessible::parts() const
{
    std::vector<QAccessibleInterface *> all;
    if (m_kind != Kind::Node || !isValid())
        return all;
    CanvasAccessible *root = tree(m_view);
    const Graph &graph = scene().graph();
    const int self = node();
    if (!scene().isCollapsed(self)) {
        for (const int list : graph.nodes.place(self).lists()) {
            for (const int child : graph.lists[std::size_t(list)].nodes)
                all.push_back(root->nodePart(child));
            if (graph.lists[std::size_t(list)].nodes.empty())
                all.push_back(root->part(Kind::Slot, graph.lists[std::size_t(list)].path, {}));
        }
    }
    for (const LayoutEdge &edge : scene().picture().edges) {
        if (edge.to == self && edge.from >= 0 && edge.kind != EdgeKind::Branch)
            all.push_back(root->part(Kind::Link, m_key, graph.nodes[std::size_t(edge.from)].key));
    }
    return all;
}

QAccessibleInterface *PartAccessible::child(int index) const
{
    const std::vector<QAccessibleInterface *> all = parts();
    return index >= 0 && index < int(all.size()) ? all[std::size_t(index)] : nullptr;
}

QString PartAccessible::nodeName() const
{
    const Graph &graph = scene().graph();
    const GraphNode &data = graph.nodes[std::size_t(node())];
    const GraphList &list = graph.lists[std::size_t(data.list)];
    QStringList parts{data.title};
    QString name;
    const TaskRun *run = scene().runOf(node());
    if (data.container) {
        int count = 0;
        bool branches = false;
        for (const int inner : data.lists()) {
            count += int(graph.lists[std::size_t(inner)].nodes.size());
            branches = branches || graph.lists[std::size_t(inner)].flowing == Flowing::Parallel;
        }
        parts << data.typeLine;
        if (branches)
            parts << (count == 1 ? Tr::tr("1 branch") : Tr::tr("%1 branches").arg(count));
        else
            parts << (count == 1 ? Tr::tr("1 task") : Tr::tr("%1 tasks").arg(count));
        if (run)
            parts << run->state;
        name = parts.join(QStringLiteral(", "));
    } else {
        const QString place = list.owner < 0 ? sectionTitle(list.section)
                              : list.label.isEmpty() ? graph.nodes[std::size_t(list.owner)].title
                                                     : list.label;
        parts << data.typeLine << Tr::tr("%1 of %2 in %3").arg(data.indexInList + 1).arg(list.nodes.size()).arg(place);
        name = parts.join(QStringLiteral(", ")) + QLatin1Char('.');
        if (run) {
            name += QLatin1Char(' ') + run->state;
            if (run->millis)
                name += QStringLiteral(", ") + Tr::tr("%1 seconds").arg(double(*run->millis) / 1000, 0, 'f', 2);
            name += QLatin1Char('.');
        }
    }
    if (!data.problems.empty()) {
        name += name.endsWith(QLatin1Char('.')) ? QStringLiteral(" ") : QStringLiteral(". ");
        name += data.problems.size() == 1 ? Tr::tr("1 problem.") : Tr::tr("%1 problems.").arg(data.problems.size());
    }
    if (scene().marksOf(node()).breakpoint != BreakpointLook::None)
        name += (name.endsWith(QLatin1Char('.')) ? QStringLiteral(" ") : QStringLiteral(". ")) + Tr::tr("Breakpoint.");
    if (data.disabled)
        name += (name.endsWith(QLatin1Char('.')) ? QStringLiteral(" ") : QStringLiteral(". ")) + Tr::tr("Disabled.");
    return name;
}

QString PartAccessible::text(QAccessible::Text what) const
{
    if (!isValid())
        return {};
    const Graph &graph = scene().graph();
    if (m_kind == Kind::Slot) {
        const GraphList &data = graph.lists[std::size_t(list())];
        if (what != QAccessible::Name)
            return {};
        const QString owner = data.owner < 0 ? sectionTitle(data.section) : graph.nodes[std::size_t(data.owner)].title;
        return data.label.isEmpty() ? Tr::tr("Add a task in %1").arg(owner) : Tr::tr("Add a task in %1, %2").arg(owner, data.label);
    }
    const GraphNode &data = graph.nodes[std::size_t(node())];
    if (m_kind == Kind::Link) {
        const int from = graph.byKey(m_from);
        return what == QAccessible::Name && from >= 0 ? Tr::tr("from %1 to %2").arg(graph.nodes[std::size_t(from)].title, data.title)
                                                      : QString();
    }
    if (what == QAccessible::Name)
        return nodeName();
    if (what == QAccessible::Description) {
        QStringList parts;
        if (!data.note.isEmpty())
            parts << Tr::tr("Note: %1").arg(data.note);
        if (const TaskRun *run = scene().runOf(node())) {
            if (!run->value.isEmpty())
                parts << Tr::tr("Last output: %1").arg(run->value);
            if (!run->reason.isEmpty())
                parts << run->reason;
        }
        for (const Problem &problem : data.problems)
            parts << problem.text;
        for (const Badge &badge : data.badges)
            parts << badge.text;
        return parts.join(QStringLiteral(". "));
    }
    return {};
}

QRect PartAccessible::rect() const
{
    if (!isValid())
        return {};
    QRectF where;
    if (m_kind == Kind::Slot)
        where = scene().picture().places[std::size_t(list())];
    else if (scene().isShown(node()))
        where = scene().rectOf(node());
    const QRect view = m_view->mapFromScene(where).boundingRect();
    return QRect(m_view->viewport()->mapToGlobal(view.topLeft()), view.size());
}

QAccessible::State PartAccessible::state() const
{
    QAccessible::State state;
    if (!isValid()) {
        state.invalid = true;
        return state;
    }
    state.focusable = m_kind == Kind::Node;
    if (m_kind != Kind::Node)
        return state;
    const GraphNode &data = scene().graph().nodes[std::size_t(node())];
    state.selectable = true;
    state.multiSelectable = true;
    state.selected = scene().selection().count(data.key) > 0;
    state.focused = m_view->hasFocus() && scene().current() == node();
    state.disabled = false;
    if (data.container) {
        state.expandable = true;
        state.expanded = !scene().isCollapsed(node());
        state.collapsed = scene().isCollapsed(node());
    }
    state.invisible = !scene().isShown(node());
    const QRect view(m_view->viewport()->mapToGlobal(QPoint()), m_view->viewport()->size());
    state.offscreen = !view.intersects(rect());
    return state;
}

QAccessibleInterface *make(const QString &, QObject *object)
{
    auto *view = qobject_cast<CanvasView *>(object);
    return view ? new CanvasAccessible(view) : nullptr;
}

} // namespace

void installCanvasAccessibility()
{
    QAccessible::installFactory(make);
}

} // namespace canvas
