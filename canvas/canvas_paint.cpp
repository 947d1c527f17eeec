#include "canvas/canvas_view.h"

#include <QPainterPath>

#include <algorithm>
#include <cmath>

// What the view draws behind and above the items: grid, ports, `+`, data links, the gesture under way.

namespace canvas {

namespace {

constexpr double kGridStep = 24;

} // namespace

void CanvasView::drawBackground(QPainter *painter, const QRectF &rect)
{
    painter->fillRect(rect, m_scene.style().color("canvas"));
    const double scale = lod();
    if (scale < look::kLabels)
        return;
    const double ratio = devicePixelRatioF();
    const int step = std::max(8, int(std::lround(kGridStep * scale)));
    if (m_grid.isNull() || m_grid.devicePixelRatio() != ratio) {
        m_grid = QPixmap(QSize(step, step) * ratio);
        m_grid.setDevicePixelRatio(ratio);
        m_grid.fill(Qt::transparent);
        QPainter dot(&m_grid);
        dot.setRenderHint(QPainter::Antialiasing);
        dot.setPen(Qt::NoPen);
        dot.setBrush(m_scene.style().color("dot"));
        dot.drawEllipse(QPointF(step / 2.0, step / 2.0), 1, 1);
    }
    painter->save();
    painter->resetTransform();
    const QPointF origin = viewportTransform().map(QPointF());
    const auto offset = [&](double at) { return std::fmod(std::fmod(-at, step) + step, step); };
    painter->drawTiledPixmap(QRectF(viewport()->rect()), m_grid, QPointF(offset(std::round(origin.x())), offset(std::round(origin.y()))));
    painter->restore();
}

/// Edges that show their `+`: the one under the pointer, and those at the node with the keyboard focus.
std::vector<int> CanvasView::shownPluses() const
{
    std::vector<int> edges;
    if (lod() < look::kMedium || m_scene.isMoving())
        return edges;
    const Hit &hovered = m_scene.hovered();
    if (hovered.edge >= 0 && m_scene.picture().edges[std::size_t(hovered.edge)].kind != EdgeKind::Dependency)
        edges.push_back(hovered.edge);
    const int current = m_scene.current();
    if (current >= 0 && m_scene.isShown(current) && hasFocus() && m_keyboardUsed && !m_tool) {
        for (const int i : m_scene.edgesIn(m_scene.rectOf(current).adjusted(-8, -8, 8, 8))) {
            const LayoutEdge &edge = m_scene.picture().edges[std::size_t(i)];
            if (edge.kind == EdgeKind::Sequence && (edge.from == current || edge.to == current))
                edges.push_back(i);
        }
    }
    return edges;
}

void CanvasView::paintPluses(QPainter &painter, const std::vector<int> &edges) const
{
    const Style &style = m_scene.style();
    for (const int edge : edges) {
        const QPointF at = m_scene.plusOf(edge);
        painter.setPen(QPen(style.color("accent"), 1.5));
        painter.setBrush(style.color("raised"));
        painter.drawEllipse(at, 9.25, 9.25);
        painter.drawLine(at + QPointF(-4, 0), at + QPointF(4, 0));
        painter.drawLine(at + QPointF(0, -4), at + QPointF(0, 4));
    }
}

void CanvasView::paintLinks(QPainter &painter) const
{
    if (!m_scene.linksShown() || lod() < look::kMedium)
        return;
    QPen pen(m_scene.style().color("edge"), 1.5);
    pen.setDashPattern({2 / 1.5, 3 / 1.5});
    for (const GraphLink &link : m_scene.graph().links()) {
        if (!m_scene.isShown(link.from) || !m_scene.isShown(link.to))
            continue;
        const QRectF a = m_scene.headOf(link.from), b = m_scene.headOf(link.to);
        const QPointF from(a.right(), a.center().y()), to(b.right(), b.center().y());
        const double bow = 24 + std::min(96.0, std::abs(from.y() - to.y()) / 6);
        const double side = std::max(from.x(), to.x()) + bow;
        QPainterPath path(from);
        path.cubicTo(QPointF(side, from.y()), QPointF(side, to.y()), to);
        painter.setPen(pen);
        painter.setBrush(Qt::NoBrush);
        painter.drawPath(path);
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_scene.style().color("edge"));
        painter.drawPolygon(QPolygonF{to, to + QPointF(7, -4), to + QPointF(7, 4)});
    }
}

void CanvasView::drawForeground(QPainter *painter, const QRectF &rect)
{
    Q_UNUSED(rect)
    const Style &style = m_scene.style();
    painter->setRenderHint(QPainter::Antialiasing);
    paintLinks(*painter);
    const std::vector<int> shown = shownPluses();
    // Ports: always in a Dag, else of the node under the pointer or with the focus.
    if (lod() >= look::kMedium && !m_scene.isDimmed()) {
        const QRectF seen = mapToScene(viewport()->rect()).boundingRect();
        for (const int i : m_scene.nodesIn(seen)) {
            const NodePlace &node = m_scene.graph().nodes.place(i);
            if (node.kind != NodeKind::Task || m_scene.isMoving())
                continue;
            const bool marked = (m_scene.hovered().onNode() && m_scene.hovered().node == i)
                                || (hasFocus() && m_keyboardUsed && m_scene.current() == i);
            if (!node.inDag && !marked)
                continue;
            painter->setPen(QPen(style.color("edge"), 1.5));
            painter->setBrush(style.color("raised"));
            for (const QPointF port : {look::inPort(m_scene.rectOf(i)), look::outPort(m_scene.bodyOf(i))}) {
                const bool covered = std::any_of(shown.begin(), shown.end(), [&](int edge) {
                    return QLineF(m_scene.plusOf(edge), port).length() < 16; // the `+` of the edge is there
                });
                if (!covered)
                    painter->drawEllipse(port, 4.5, 4.5);
            }
        }
    }
    if (m_scene.selection().size() > 1 && !m_scene.isMoving()) {
        QRectF around;
        for (const int node : m_scene.selectedNodes()) {
            if (m_scene.isShown(node))
                around |= m_scene.bodyOf(node);
        }
        QPen pen(style.color("accent"), 1);
        pen.setCosmetic(true);
        painter->setPen(pen);
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(around.adjusted(-10, -10, 10, 10), 4, 4);
    }
    const int list = m_currentList.empty() ? -1 : m_scene.graph().listByPath(m_currentList);
    if (list >= 0 && hasFocus() && m_keyboardUsed) {
        painter->setPen(QPen(style.color("focus"), 2));
        painter->setBrush(Qt::NoBrush);
        painter->drawRoundedRect(m_scene.picture().places[std::size_t(list)].adjusted(-3, -3, 3, 3), 11, 11);
    }
    paintPluses(*painter, shown);
    if (m_tool)
        m_tool->paint(*painter, lod());
    if (m_scene.isDimmed())
        showFault(*painter);
}

/// The old picture behind a veil, and the reason above it.
void CanvasView::showFault(QPainter &painter) const
{
    const Style &style = m_scene.style();
    painter.save();
    painter.resetTransform();
    QColor veil = style.color("canvas");
    veil.setAlphaF(0.6f);
    painter.fillRect(viewport()->rect(), veil);
    const double room = viewport()->width() - 96;
    const QString words = style.elided(Style::Text::Empty, m_scene.fault(), Qt::ElideRight, room);
    const double width = style.width(Style::Text::Empty, words) + 44;
    const QRectF pill((viewport()->width() - width) / 2, 12, width, 32);
    painter.setPen(QPen(style.color("s_failed"), 1));
    painter.setBrush(style.color("raised"));
    painter.drawRoundedRect(pill, 6, 6);
    style.icon(painter, QStringLiteral("problems"), style.color("s_failed"), QRectF(pill.left() + 10, pill.top() + 8, 16, 16));
    painter.setPen(style.color("text"));
    style.draw(painter, Style::Text::Empty, QPointF(pill.left() + 33, pill.top() + 20.5), words);
    painter.restore();
}

} // namespace canvas
