#include "canvas/tools.h"

#include "canvas/canvas_view.h"
#include "canvas/scene_items.h"
#include "ui/tr.h"

#include <QApplication>
#include <QScrollBar>
#include <QToolTip>

namespace canvas {

namespace {

constexpr int kEdgeScroll = 28; // from the border of the view a drag scrolls

void scrollAtBorder(CanvasView &view, QPoint at)
{
    const QRect inner = view.viewport()->rect().adjusted(kEdgeScroll, kEdgeScroll, -kEdgeScroll, -kEdgeScroll);
    const int dx = at.x() < inner.left() ? -kEdgeScroll / 2 : at.x() > inner.right() ? kEdgeScroll / 2 : 0;
    const int dy = at.y() < inner.top() ? -kEdgeScroll / 2 : at.y() > inner.bottom() ? kEdgeScroll / 2 : 0;
    if (dx)
        view.horizontalScrollBar()->setValue(view.horizontalScrollBar()->value() + dx);
    if (dy)
        view.verticalScrollBar()->setValue(view.verticalScrollBar()->value() + dy);
}

void showGap(FlowScene &scene, const DropTarget *target)
{
    const bool between = target && !target->gap.isNull();
    scene.setGap(between ? target->list : -1, between ? int(target->slot.index) : -1);
}

} // namespace

// PanTool

void PanTool::press(const PointerEvent &event)
{
    m_last = event.view;
    m_view.viewport()->setCursor(Qt::ClosedHandCursor);
}

void PanTool::move(const PointerEvent &event)
{
    const QPoint by = event.view - m_last;
    m_last = event.view;
    m_view.horizontalScrollBar()->setValue(m_view.horizontalScrollBar()->value() - by.x());
    m_view.verticalScrollBar()->setValue(m_view.verticalScrollBar()->value() - by.y());
}

// SelectTool

void SelectTool::press(const PointerEvent &event)
{
    m_pressed = event;
    m_banding = false;
    m_band = {};
    FlowScene &scene = m_view.flowScene();
    m_before = event.modifiers & Qt::ShiftModifier ? scene.selection() : Keys();
    scene.setSelectedEdge(event.hit.part == Hit::Part::Edge ? event.hit.edge : -1);
    if (event.hit.part != Hit::Part::Body && event.hit.part != Hit::Part::Note)
        return;
    const std::string &key = scene.graph().nodes[event.hit.node].key;
    m_view.setCurrentNode(event.hit.node, false);
    if (!(event.modifiers & Qt::ShiftModifier) && !scene.selection().count(key))
        m_view.select({key});
}

void SelectTool::move(const PointerEvent &event)
{
    if (!m_pressed)
        return;
    FlowScene &scene = m_view.flowScene();
    if (!m_banding) {
        if ((event.view - m_pressed->view).manhattanLength() < QApplication::startDragDistance())
            return;
        const PointerEvent pressed = *m_pressed;
        const Hit &hit = pressed.hit;
        const bool ends = hit.edge >= 0 && scene.picture().edges[hit.edge].kind == EdgeKind::Dependency;
        if (hit.part == Hit::Part::InPort || hit.part == Hit::Part::OutPort || (hit.part == Hit::Part::Edge && ends)) {
            m_pressed.reset();
            m_view.beginTool(m_view.connectTool(), pressed);
            return;
        }
        if (hit.part == Hit::Part::Body || hit.part == Hit::Part::Note) {
            if (scene.graph().nodes[hit.node].kind != NodeKind::Task)
                return;
            m_pressed.reset();
            m_view.beginTool(m_view.moveTool(), pressed);
            return;
        }
        if (hit.part != Hit::Part::Nothing && hit.part != Hit::Part::Band && hit.part != Hit::Part::Edge)
            return;
        m_banding = true;
    }
    scrollAtBorder(m_view, event.view);
    m_band = QRectF(m_pressed->scene, event.scene).normalized();
    Keys keys = m_before;
    for (std::size_t i = 0; i < scene.graph().nodes.size(); ++i) {
        if (!scene.isShown(int(i)))
            continue;
        const GraphNode &node = scene.graph().nodes[i];
        const bool open = node.container && !scene.isCollapsed(int(i));
        const QRectF body = scene.bodyOf(int(i)); // of a container all of it must be inside
        if (open ? m_band.contains(body) : m_band.intersects(body))
            keys.insert(node.key);
    }
    m_view.select(keys);
    m_view.viewport()->update();
}

void SelectTool::click(const PointerEvent &event)
{
    FlowScene &scene = m_view.flowScene();
    const Hit &hit = event.hit;
    switch (hit.part) {
    case Hit::Part::Body:
    case Hit::Part::Note: {
        Keys keys{scene.graph().nodes[hit.node].key};
        if (event.modifiers & Qt::ShiftModifier) {
            keys = m_before;
            if (!keys.insert(scene.graph().nodes[hit.node].key).second)
                keys.erase(scene.graph().nodes[hit.node].key);
        }
        m_view.select(keys);
        return;
    }
    case Hit::Part::Chevron:
        scene.setCollapsed(hit.node, !scene.isCollapsed(hit.node));
        return;
    case Hit::Part::Problem:
        m_view.setCurrentNode(hit.node, false);
        m_view.select({scene.graph().nodes[hit.node].key});
        emit m_view.problemActivated(QString::fromStdString(scene.graph().nodes[hit.node].path));
        return;
    case Hit::Part::Breakpoint:
        emit m_view.breakpointToggled(QString::fromStdString(scene.graph().nodes[hit.node].path));
        return;
    case Hit::Part::Plus: {
        const LayoutEdge &edge = scene.picture().edges[hit.edge];
        m_view.openQuickInsert({scene.graph().lists[edge.list].path, std::size_t(edge.index)}, scene.plusOf(hit.edge));
        return;
    }
    case Hit::Part::Slot:
        m_view.openQuickInsert({scene.graph().lists[hit.list].path, 0}, scene.picture().places[hit.list].center());
        return;
    case Hit::Part::InPort:
    case Hit::Part::OutPort:
    case Hit::Part::Defaults:
        m_view.setCurrentNode(hit.node, false);
        m_view.select({scene.graph().nodes[hit.node].key});
        return;
    case Hit::Part::Edge:
        return;
    case Hit::Part::Nothing:
    case Hit::Part::Band:
        m_view.select(m_before);
        return;
    }
}

void SelectTool::release(const PointerEvent &event)
{
    if (m_pressed && !m_banding)
        click(*m_pressed);
    m_pressed.reset();
    m_banding = false;
    Q_UNUSED(event)
}

void SelectTool::cancel()
{
    if (m_banding)
        m_view.select(m_before);
    m_pressed.reset();
    m_banding = false;
}

void SelectTool::paint(QPainter &painter, double lod) const
{
    if (!m_banding)
        return;
    const QColor accent = m_view.flowScene().style().color("accent");
    QColor fill = accent;
    fill.setAlphaF(0.1f);
    QPen pen(accent, 1);
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.setBrush(fill);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.drawRect(m_band);
    Q_UNUSED(lod)
}

// MoveTool

void MoveTool::press(const PointerEvent &event)
{
    FlowScene &scene = m_view.flowScene();
    const std::vector<int> selected = scene.selectedNodes();
    const bool many = scene.selection().count(scene.graph().nodes[event.hit.node].key) > 0;
    m_nodes = m_view.edits().roots(many ? selected : std::vector<int>{event.hit.node});
    m_targets = dropTargets(scene, m_nodes);
    m_chosen = -1;
    m_grip = event.scene - scene.rectOf(event.hit.node).topLeft();
    m_at = event.scene;
    Keys keys;
    for (const int node : m_nodes)
        keys.insert(scene.graph().nodes[node].key);
    scene.setDragged(keys);
    m_view.viewport()->setCursor(Qt::ClosedHandCursor);
}

void MoveTool::move(const PointerEvent &event)
{
    scrollAtBorder(m_view, event.view);
    m_at = event.scene;
    m_chosen = nearestTarget(m_targets, event.scene, m_view.lod());
    showGap(m_view.flowScene(), target());
    m_view.viewport()->update();
}

void MoveTool::release(const PointerEvent &event)
{
    m_chosen = nearestTarget(m_targets, event.scene, m_view.lod());
    const std::optional<DropTarget> chosen = m_chosen < 0 ? std::nullopt : std::optional(m_targets[std::size_t(m_chosen)]);
    const std::vector<int> nodes = m_nodes;
    cancel();
    if (chosen)
        m_view.edits().move(nodes, chosen->slot);
}

void MoveTool::cancel()
{
    m_view.flowScene().setDragged({});
    showGap(m_view.flowScene(), nullptr);
    m_nodes.clear();
    m_targets.clear();
    m_chosen = -1;
}

void MoveTool::paint(QPainter &painter, double lod) const
{
    const FlowScene &scene = m_view.flowScene();
    const Style &style = scene.style();
    paintTargets(painter, scene, m_targets, m_chosen, lod);
    if (m_nodes.empty())
        return;
    const GraphNode &node = scene.graph().nodes[m_nodes.front()];
    const QRectF copy(m_at - m_grip, QSizeF(scene.rectOf(m_nodes.front()).width(), metrics::kBody));
    const QColor accent = style.color("accent");
    painter.save();
    painter.setOpacity(0.8);
    QPen pen(accent, 1.5);
    pen.setDashPattern({3, 2});
    painter.setPen(pen);
    painter.setBrush(style.color("accentSoft"));
    painter.drawRoundedRect(copy, 8, 8);
    style.icon(painter, node.look.icon, accent, look::tile(copy).adjusted(5, 5, -5, -5));
    painter.setPen(accent);
    const QString title = m_nodes.size() == 1 ? node.title : Tr::tr("%1 tasks").arg(m_nodes.size());
    style.draw(painter, Style::Text::Title, copy.topLeft() + QPointF(50, 23), style.elidedId(title, copy.width() - 60));
    if (m_nodes.size() == 1) {
        style.draw(painter, Style::Text::Type, copy.topLeft() + QPointF(50, 39),
                   style.elided(Style::Text::Type, node.typeLine, Qt::ElideRight, copy.width() - 60));
    }
    painter.restore();
    if (m_chosen >= 0)
        paintTarget(painter, style, m_targets[std::size_t(m_chosen)], true);
}

// ConnectTool

void ConnectTool::press(const PointerEvent &event)
{
    const FlowScene &scene = m_view.flowScene();
    m_oldFrom = m_oldTo = m_over = -1;
    m_refusal.clear();
    m_at = event.scene;
    if (event.hit.part == Hit::Part::Edge) {
        const LayoutEdge &edge = scene.picture().edges[event.hit.edge];
        const bool atEnd = QLineF(event.scene, edge.points.last()).length() <= QLineF(event.scene, edge.points.first()).length();
        m_oldFrom = edge.from;
        m_oldTo = edge.to;
        m_fromFixed = atEnd;
        m_fixed = atEnd ? edge.from : edge.to;
    } else {
        m_fromFixed = event.hit.part == Hit::Part::OutPort;
        m_fixed = event.hit.node;
    }
    m_view.viewport()->setCursor(Qt::CrossCursor);
}

void ConnectTool::move(const PointerEvent &event)
{
    FlowScene &scene = m_view.flowScene();
    scrollAtBorder(m_view, event.view);
    m_at = event.scene;
    m_over = -1;
    m_refusal.clear();
    if (event.hit.onNode() && event.hit.node != m_fixed && scene.graph().nodes[event.hit.node].kind == NodeKind::Task) {
        m_over = event.hit.node;
        // Inside a nested container it is the task of this Dag that counts.
        const int list = scene.graph().nodes[m_fixed].list;
        for (int node = m_over; node >= 0; node = scene.graph().nodes[node].owner) {
            if (scene.graph().nodes[node].list == list)
                m_over = node;
        }
        if (m_over != m_fixed) {
            const int from = m_fromFixed ? m_fixed : m_over, to = m_fromFixed ? m_over : m_fixed;
            if (from != m_oldFrom || to != m_oldTo)
                m_refusal = m_view.edits().whyNotConnect(from, to);
        } else {
            m_over = -1;
        }
    }
    scene.setTarget(m_over, m_over >= 0 && m_refusal.isEmpty());
    if (m_refusal.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(event.global + QPoint(12, 12), m_refusal, &m_view);
    m_view.viewport()->setCursor(m_refusal.isEmpty() ? Qt::CrossCursor : Qt::ForbiddenCursor);
    m_view.viewport()->update();
}

void ConnectTool::release(const PointerEvent &event)
{
    move(event);
    const int fixed = m_fixed, over = m_over, oldFrom = m_oldFrom, oldTo = m_oldTo;
    const bool allowed = m_over >= 0 && m_refusal.isEmpty(), fromFixed = m_fromFixed;
    cancel();
    if (!allowed)
        return;
    const int from = fromFixed ? fixed : over, to = fromFixed ? over : fixed;
    if (oldFrom >= 0)
        m_view.edits().reconnectTasks(oldFrom, oldTo, from, to);
    else
        m_view.edits().connectTasks(from, to);
}

void ConnectTool::cancel()
{
    m_view.flowScene().setTarget(-1, false);
    QToolTip::hideText();
    m_fixed = m_over = m_oldFrom = m_oldTo = -1;
    m_refusal.clear();
}

void ConnectTool::paint(QPainter &painter, double lod) const
{
    if (m_fixed < 0)
        return;
    const FlowScene &scene = m_view.flowScene();
    const QPointF port = m_fromFixed ? look::outPort(scene.bodyOf(m_fixed)) : look::inPort(scene.rectOf(m_fixed));
    const QColor color = scene.style().color(m_refusal.isEmpty() ? "accent" : "s_failed");
    const QPointF a = m_fromFixed ? port : m_at, b = m_fromFixed ? m_at : port;
    QPolygonF line{a, b};
    if (std::abs(a.x() - b.x()) > 1)
        line = {a, QPointF(a.x(), (a.y() + b.y()) / 2), QPointF(b.x(), (a.y() + b.y()) / 2), b};
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(roundedPath(line));
    paintArrowHead(painter, line, color);
    Q_UNUSED(lod)
}

// InsertTool

bool InsertTool::accepts(const QMimeData &data)
{
    return data.hasFormat(QLatin1String(kTaskTypeMime)) || data.hasFormat(QLatin1String(kYamlMime));
}

void InsertTool::begin(const QMimeData &)
{
    m_targets = dropTargets(m_view.flowScene(), {});
    m_chosen = -1;
}

void InsertTool::move(const PointerEvent &event)
{
    scrollAtBorder(m_view, event.view);
    m_chosen = nearestTarget(m_targets, event.scene, m_view.lod());
    showGap(m_view.flowScene(), target());
    m_view.viewport()->update();
}

bool InsertTool::drop(const QMimeData &data)
{
    const std::optional<DropTarget> chosen = m_chosen < 0 ? std::nullopt : std::optional(m_targets[std::size_t(m_chosen)]);
    cancel();
    if (!chosen)
        return false;
    if (data.hasFormat(QLatin1String(kTaskTypeMime)))
        return m_view.edits().addType(chosen->slot, QString::fromUtf8(data.data(QLatin1String(kTaskTypeMime))));
    return m_view.edits().addYaml(chosen->slot, QString::fromUtf8(data.data(QLatin1String(kYamlMime))));
}

void InsertTool::cancel()
{
    showGap(m_view.flowScene(), nullptr);
    m_targets.clear();
    m_chosen = -1;
    m_view.viewport()->update();
}

void InsertTool::paint(QPainter &painter, double lod) const
{
    paintTargets(painter, m_view.flowScene(), m_targets, m_chosen, lod);
    if (m_chosen >= 0)
        paintTarget(painter, m_view.flowScene().style(), m_targets[std::size_t(m_chosen)], true);
}

} // namespace canvas
