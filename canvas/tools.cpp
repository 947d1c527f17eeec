#include "canvas/tools.h"

#include "canvas/tool_helpers.h"

#include <QApplication>
#include <QScrollBar>

namespace canvas {

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
    m_key = event.hit.node >= 0 ? scene.graph().nodes[std::size_t(event.hit.node)].key : std::string();
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
        const bool open = scene.graph().nodes.place(int(i)).container && !scene.isCollapsed(int(i));
        const QRectF body = scene.bodyOf(int(i)); // of a container all of it must be inside
        if (open ? m_band.contains(body) : m_band.intersects(body))
            keys.insert(scene.graph().nodes.key(int(i)));
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

/// The press stays on the node it was on; what else was pressed is no longer under the pointer.
bool SelectTool::pictureChanged()
{
    if (!m_pressed || m_banding)
        return m_pressed.has_value();
    const int node = m_key.empty() ? -1 : m_view.flowScene().graph().byKey(m_key);
    const bool onNode = m_pressed->hit.onNode() && m_pressed->hit.edge < 0 && m_pressed->hit.part != Hit::Part::Slot;
    if (!onNode || node < 0 || !m_view.flowScene().isShown(node))
        return false;
    m_pressed->hit.node = node;
    return true;
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

} // namespace canvas
