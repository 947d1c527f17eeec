#include "canvas/tools.h"

#include "canvas/scene_items.h"
#include "canvas/tool_helpers.h"
#include "ui/tr.h"

#include <QToolTip>

namespace canvas {

int ConnectTool::nodeOf(const std::string &key) const
{
    return key.empty() ? -1 : m_view.flowScene().graph().byKey(key);
}

void ConnectTool::begin(int fixed, bool fromFixed, int oldFrom, int oldTo)
{
    const FlowScene &scene = m_view.flowScene();
    const auto key = [&](int node) { return node < 0 ? std::string() : scene.graph().nodes[std::size_t(node)].key; };
    m_fixed = key(fixed);
    m_fromFixed = fromFixed;
    m_oldFrom = key(oldFrom);
    m_oldTo = key(oldTo);
    m_over.clear();
    m_refusal.clear();
    m_byKeys = true;
    m_at = m_fromFixed ? look::outPort(scene.bodyOf(fixed)) + QPointF(0, 24) : look::inPort(scene.rectOf(fixed)) - QPointF(0, 24);
}

void ConnectTool::press(const PointerEvent &event)
{
    const FlowScene &scene = m_view.flowScene();
    if (event.hit.part == Hit::Part::Edge) {
        const LayoutEdge &edge = scene.picture().edges[std::size_t(event.hit.edge)];
        const bool atEnd = QLineF(event.scene, edge.end).length() <= QLineF(event.scene, edge.begin).length();
        begin(atEnd ? edge.from : edge.to, atEnd, edge.from, edge.to);
    } else {
        begin(event.hit.node, event.hit.part == Hit::Part::OutPort);
    }
    m_byKeys = false;
    m_at = event.scene;
    m_view.viewport()->setCursor(Qt::CrossCursor);
}

/// Inside a nested container it is the task of this Dag that counts.
int ConnectTool::inDagOf(int node) const
{
    const Graph &graph = m_view.flowScene().graph();
    const int fixed = nodeOf(m_fixed);
    const int list = fixed < 0 ? -1 : graph.nodes[std::size_t(fixed)].list;
    for (int at = node; at >= 0; at = graph.nodes[std::size_t(at)].owner) {
        if (graph.nodes[std::size_t(at)].list == list)
            return at;
    }
    return -1;
}

void ConnectTool::aim(int node)
{
    FlowScene &scene = m_view.flowScene();
    const int fixed = nodeOf(m_fixed);
    m_over.clear();
    m_refusal.clear();
    int over = -1;
    if (fixed >= 0 && node >= 0 && node != fixed && scene.graph().nodes[std::size_t(node)].isTask()) {
        over = inDagOf(node) >= 0 ? inDagOf(node) : node;
        if (over != fixed) {
            m_over = scene.graph().nodes[std::size_t(over)].key;
            const std::string &from = m_fromFixed ? m_fixed : m_over, &to = m_fromFixed ? m_over : m_fixed;
            if (from != m_oldFrom || to != m_oldTo)
                m_refusal = m_view.edits().whyNotConnect(nodeOf(from), nodeOf(to));
        } else {
            over = -1;
        }
    }
    scene.setTarget(over, over >= 0 && m_refusal.isEmpty());
    if (m_byKeys && over >= 0)
        m_at = m_fromFixed ? look::inPort(scene.rectOf(over)) : look::outPort(scene.bodyOf(over));
    m_view.viewport()->update();
}

void ConnectTool::move(const PointerEvent &event)
{
    if (m_byKeys)
        return;
    scrollAtBorder(m_view, event.view);
    m_at = event.scene;
    aim(event.hit.onNode() ? event.hit.node : -1);
    if (m_refusal.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(event.global + QPoint(12, 12), m_refusal, &m_view);
    m_view.viewport()->setCursor(m_refusal.isEmpty() ? Qt::CrossCursor : Qt::ForbiddenCursor);
}

bool ConnectTool::pictureChanged()
{
    const bool whole = nodeOf(m_fixed) >= 0 && (m_oldFrom.empty() || (nodeOf(m_oldFrom) >= 0 && nodeOf(m_oldTo) >= 0));
    if (whole)
        aim(nodeOf(m_over));
    return whole;
}

void ConnectTool::finish()
{
    const int from = nodeOf(m_fromFixed ? m_fixed : m_over), to = nodeOf(m_fromFixed ? m_over : m_fixed);
    const int oldFrom = nodeOf(m_oldFrom), oldTo = nodeOf(m_oldTo);
    const bool allowed = from >= 0 && to >= 0 && m_refusal.isEmpty();
    cancel();
    if (!allowed)
        return;
    if (oldFrom >= 0)
        m_view.edits().reconnectTasks(oldFrom, oldTo, from, to);
    else
        m_view.edits().connectTasks(from, to);
}

void ConnectTool::release(const PointerEvent &event)
{
    if (m_byKeys)
        aim(event.hit.onNode() ? event.hit.node : -1);
    move(event);
    finish();
}

void ConnectTool::cancel()
{
    m_view.flowScene().setTarget(-1, false);
    QToolTip::hideText();
    m_fixed.clear();
    m_over.clear();
    m_oldFrom.clear();
    m_oldTo.clear();
    m_refusal.clear();
    m_byKeys = false;
}

void ConnectTool::paint(QPainter &painter, double lod) const
{
    const int fixed = nodeOf(m_fixed);
    if (fixed < 0)
        return;
    const FlowScene &scene = m_view.flowScene();
    const Style &style = scene.style();
    const QPointF port = m_fromFixed ? look::outPort(scene.bodyOf(fixed)) : look::inPort(scene.rectOf(fixed));
    const QColor color = style.color(m_refusal.isEmpty() ? "accent" : "s_failed");
    const QPointF a = m_fromFixed ? port : m_at, b = m_fromFixed ? m_at : port;
    QPolygonF line{a, b};
    if (std::abs(a.x() - b.x()) > 1)
        line = {a, QPointF(a.x(), (a.y() + b.y()) / 2), QPointF(b.x(), (a.y() + b.y()) / 2), b};
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(color, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(roundedPath(line));
    paintArrowHead(painter, line, color);
    if (!m_byKeys || m_refusal.isEmpty())
        return;
    // What a tool tip says to the pointer stands beside the end.
    const double width = style.width(Style::Text::Empty, m_refusal) + 20;
    painter.save();
    painter.translate(m_at);
    painter.scale(1 / lod, 1 / lod);
    const QRectF pill(12, 8, width, 26);
    painter.setPen(Qt::NoPen);
    painter.setBrush(style.color("tip"));
    painter.drawRoundedRect(pill, 4, 4);
    painter.setPen(style.color("tipText"));
    style.draw(painter, Style::Text::Empty, pill.topLeft() + QPointF(10, 17), m_refusal);
    painter.restore();
}

} // namespace canvas
