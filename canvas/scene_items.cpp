#include "canvas/scene_items.h"

#include "canvas/layout_request.h"
#include "canvas/nested_picture.h"
#include "ui/state_look.h"
#include "ui/tr.h"

#include <QStyleOptionGraphicsItem>

#include <algorithm>
#include <cmath>

namespace canvas {

using T = Style::Text;

namespace {

constexpr double kCorner = 8;

double lodOf(QPainter *painter)
{
    return QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter->worldTransform());
}

int depthOf(const FlowScene &scene, int node)
{
    return scene.graph().nodes.place(node).depth;
}

/// Whether the last run went along this edge, and whether it went elsewhere.
enum class Taken { NoRun, Yes, No };

Taken takenOf(const FlowScene &scene, const LayoutEdge &edge)
{
    if (!scene.run() || edge.kind != EdgeKind::Branch || scene.graph().lists[edge.list].label.isEmpty())
        return Taken::NoRun; // only where there is a choice
    if (edge.to < 0)
        return Taken::No;
    const TaskRun *from = scene.runOf(edge.from), *to = scene.runOf(edge.to);
    if (!from || !to)
        return Taken::No;
    return to->state == QLatin1String("SKIPPED") || to->state == QLatin1String("CREATED") ? Taken::No : Taken::Yes;
}

} // namespace

// Nodes

void NodeItem::sync(int node, const QRectF &rect)
{
    m_node = node;
    setZValue(10 * depthOf(m_scene, node));
    moveTo(rect);
    update();
}

void NodeItem::moveTo(const QRectF &rect)
{
    if (rect.size() != m_size) {
        prepareGeometryChange();
        m_size = rect.size();
    }
    setPos(rect.topLeft());
}

QRectF NodeItem::boundingRect() const
{
    return QRectF(QPointF(), m_size).adjusted(-kNodeMargin, -kNodeMargin, kNodeMargin, kNodeMargin);
}

void NodeItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const GraphNode &node = m_scene.graph().nodes[m_node];
    const QRectF rect(QPointF(), m_size);
    const double lod = lodOf(painter);
    if (node.container)
        paintContainer(*painter, m_scene.style(), node, m_scene.marksOf(m_node), rect,
                       containerSummary(m_scene.graph(), m_node), lod);
    else
        paintNode(*painter, m_scene.style(), node, m_scene.marksOf(m_node), rect, lod);
    const NestedPicture *nested = m_scene.nestedOf(m_node);
    if (nested && !node.container && lod >= look::kBlock) {
        const NodeMarks marks = m_scene.marksOf(m_node);
        const double top = rect.top() + marks.note + metrics::kBody + (marks.values ? look::kValueRow : 0);
        painter->save();
        painter->setClipRect(rect.adjusted(0, 0, 0, -1), Qt::IntersectClip); // while it grows
        nested->paint(*painter, m_scene.style(), QPointF(rect.center().x() - nested->size().width() / 2, top), lod);
        painter->restore();
    }
}

// Edges

QPainterPath roundedPath(const QPolygonF &points, bool branch)
{
    QPainterPath path;
    if (points.isEmpty())
        return path;
    path.moveTo(points.first());
    for (qsizetype i = 1; i + 1 < points.size(); ++i) {
        const QPointF a = points[i - 1], b = points[i], c = points[i + 1];
        const QLineF in(b, a), out(b, c);
        const double radius = std::min({kCorner, in.length() / (i == 1 ? 1 : 2), out.length() / (i + 2 == points.size() ? 1 : 2)});
        if (radius < 0.5 || (branch && i == 1)) {
            path.lineTo(b);
            continue;
        }
        path.lineTo(in.pointAt(radius / in.length()));
        path.quadTo(b, out.pointAt(radius / out.length()));
    }
    path.lineTo(points.last());
    return path;
}

void paintArrowHead(QPainter &painter, const QPolygonF &points, const QColor &color)
{
    const QPointF tip = points.last(), before = points[points.size() - 2];
    const QLineF line(tip, before);
    if (line.length() < 0.5)
        return;
    const QPointF back(line.dx() / line.length(), line.dy() / line.length());
    const QPointF side(-back.y(), back.x());
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(QPolygonF{tip, tip + back * 7 + side * 4, tip + back * 7 - side * 4});
}

void EdgeItem::sync(int edge)
{
    m_edge = edge;
    const LayoutEdge &data = m_scene.picture().edges[edge];
    setZValue(data.to >= 0 ? 10 * depthOf(m_scene, data.to) - 1 : 10 * depthOf(m_scene, data.from) + 1);
    setPoints(data.points());
}

void EdgeItem::setPoints(const QPolygonF &points)
{
    prepareGeometryChange();
    m_points = points;
    m_path = roundedPath(points, m_scene.picture().edges[m_edge].kind == EdgeKind::Branch);
    m_bounds = points.boundingRect().adjusted(-6, -2, 6, 2);
    const LayoutEdge &data = m_scene.picture().edges[m_edge];
    if (data.kind == EdgeKind::Branch)
        m_bounds |= m_scene.picture().labels[data.list].adjusted(-1, -1, 1, 1);
    update();
}

void EdgeItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const double lod = lodOf(painter);
    const Style &style = m_scene.style();
    const LayoutEdge &data = m_scene.picture().edges[m_edge];
    painter->setRenderHint(QPainter::Antialiasing, lod >= look::kMedium);
    painter->setBrush(Qt::NoBrush);
    if (lod < look::kMedium) {
        QPen pen(style.color("edge"), 1);
        pen.setCosmetic(true);
        painter->setPen(pen);
        painter->drawPolyline(m_points);
        return;
    }
    const bool strong = m_scene.hovered().edge == m_edge || m_scene.selectedEdge() == m_edge;
    const Taken taken = takenOf(m_scene, data);
    QPen pen(style.color("edge"), 1.5);
    if (strong)
        pen = QPen(style.color("accent"), 2);
    else if (taken == Taken::Yes)
        pen = QPen(style.color("s_success"), 2);
    else if (taken == Taken::No)
        pen.setDashPattern({5 / 1.5, 3 / 1.5});
    pen.setCapStyle(Qt::FlatCap);
    const QColor color = pen.color();
    painter->setPen(pen);
    const bool arrow = data.to >= 0 && m_points.size() > 1;
    if (arrow) { // the line ends inside the head, so that its tip stays sharp
        QPolygonF tip;
        QPolygonF line = m_points;
        if (m_scene.graph().nodes.place(data.to).inDag)
            line.last().ry() -= 4; // the port is there
        tip = line;
        const QLineF last(line[line.size() - 1], line[line.size() - 2]);
        if (last.length() > 6)
            line.last() = last.pointAt(5 / last.length());
        painter->drawPath(roundedPath(line, data.kind == EdgeKind::Branch));
        paintArrowHead(*painter, tip, color);
    } else {
        painter->drawPath(m_path);
    }
    const QRectF pill = m_scene.picture().labels[data.list];
    const GraphList &list = m_scene.graph().lists[data.list];
    if (data.kind != EdgeKind::Branch || pill.isNull() || list.label.isEmpty() || lod < look::kLabels)
        return;
    if (list.flowing != Flowing::Sequence && data.index + 1 < int(list.nodes.size()))
        return; // its last line draws it
    painter->setPen(QPen(style.color(strong ? "accent" : "nodeLine"), 1));
    painter->setBrush(style.color("raised"));
    painter->drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), 8.5, 8.5);
    painter->setPen(style.color("text2"));
    style.draw(*painter, T::Mono, QPointF(pill.left() + (pill.width() - style.width(T::Mono, list.label)) / 2, pill.top() + 13),
               list.label);
}

// Empty lists

void PlaceItem::sync(int list)
{
    prepareGeometryChange();
    m_list = list;
    m_rect = m_scene.picture().places[list];
    const int owner = m_scene.graph().lists[list].owner;
    setZValue(owner < 0 ? 0 : 10 * depthOf(m_scene, owner) + 5);
    update();
}

void PlaceItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const double lod = lodOf(painter);
    const Style &style = m_scene.style();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool hovered = m_scene.hovered().part == Hit::Part::Slot && m_scene.hovered().list == m_list;
    QPen pen(style.color(hovered ? "accent" : "lineStrong"), 1);
    pen.setDashPattern({4, 3});
    pen.setCosmetic(lod < look::kFull);
    painter->setPen(pen);
    painter->setBrush(hovered ? QBrush(style.color("accentSoft")) : QBrush(Qt::NoBrush));
    painter->drawRoundedRect(m_rect.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    if (lod < look::kLabels)
        return;
    painter->setPen(style.color("text2"));
    const QString words = style.elided(T::Empty, Tr::tr("Drop a task, or press A"), Qt::ElideRight, m_rect.width() - 16);
    style.draw(*painter, T::Empty,
               QPointF(m_rect.center().x() - style.width(T::Empty, words) / 2, m_rect.center().y() + 4), words);
}

// Headings

void HeadingItem::set(const QString &icon, const QString &title, int count, const QRectF &rect)
{
    prepareGeometryChange();
    m_icon = icon;
    m_title = title;
    m_count = QString::number(count);
    m_rect = rect;
    update();
}

void HeadingItem::syncSection(int section)
{
    static const QString icons[] = {QStringLiteral("trigger-schedule"), QStringLiteral("input"), QStringLiteral("canvas"),
                                    QStringLiteral("problems"), QStringLiteral("task-storage"), QStringLiteral("flow-return"),
                                    QStringLiteral("output")};
    const Graph &graph = m_scene.graph();
    const GraphList &list = graph.lists[graph.sections[section]];
    int count = 0;
    for (const int node : list.nodes)
        count += graph.nodes.place(node).last - node;
    set(icons[int(list.section)], sectionTitle(list.section), count, m_scene.picture().headings[section]);
}

void HeadingItem::syncAside(int list)
{
    const GraphList &data = m_scene.graph().lists[list];
    const QRectF label = m_scene.picture().labels[list];
    double right = label.right();
    for (const int node : data.nodes)
        right = std::max(right, m_scene.picture().boxes[node].right());
    if (data.nodes.empty())
        right = std::max(right, m_scene.picture().places[list].right());
    setZValue(10 * depthOf(m_scene, data.owner) + 5);
    set(data.kind == flow::ListKind::Errors ? QStringLiteral("problems") : QStringLiteral("task-storage"), data.label,
        int(data.nodes.size()), QRectF(label.left(), label.top(), right - label.left(), label.height()));
}

void HeadingItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    const double lod = lodOf(painter);
    const Style &style = m_scene.style();
    painter->setPen(style.color("text2"));
    const double middle = m_rect.center().y();
    if (lod < look::kMedium) { // the heading keeps 12 px on the screen
        style.drawOnScreen(*painter, QPointF(m_rect.left(), middle), m_title, 12, lod, m_rect.width());
        return;
    }
    style.icon(*painter, m_icon, style.color("text2"), QRectF(m_rect.left(), middle - 7, 14, 14));
    double x = m_rect.left() + 21;
    style.draw(*painter, T::Heading, QPointF(x, middle + 4.5), m_title);
    x += style.width(T::Heading, m_title) + 10;
    style.draw(*painter, T::Mono, QPointF(x, middle + 4.5), m_count);
    x += style.width(T::Mono, m_count) + 10;
    if (x < m_rect.right()) {
        painter->setPen(QPen(style.color("line"), 1));
        painter->drawLine(QPointF(x, middle + 0.5), QPointF(m_rect.right(), middle + 0.5));
    }
}

// The flat picture

void OverviewItem::sync()
{
    prepareGeometryChange();
    m_bounds = m_scene.picture().bounds.adjusted(-4, -4, 4, 4);
    update();
}

void OverviewItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *)
{
    const double lod = lodOf(painter);
    const Graph &graph = m_scene.graph();
    const LayoutResult &picture = m_scene.picture();
    const QRectF exposed = option->exposedRect;
    const double least = 2 / lod;
    painter->setRenderHint(QPainter::Antialiasing, false);
    QPen frame(m_scene.style().color("nodeLine"), 1);
    frame.setCosmetic(true);
    for (const int i : m_scene.nodesIn(exposed)) {
        QRectF rect = picture.boxes[i];
        if (graph.nodes.place(i).container && !m_scene.isCollapsed(i)) {
            painter->setPen(frame);
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(rect);
            continue;
        }
        rect.setWidth(std::max(rect.width(), least));
        rect.setHeight(std::max(rect.height(), least));
        painter->fillRect(rect, m_scene.flatColor(i));
    }
    painter->setPen(m_scene.style().color("text2"));
    for (std::size_t i = 0; i < picture.headings.size(); ++i) {
        const QRectF &heading = picture.headings[i];
        m_scene.style().drawOnScreen(*painter, QPointF(heading.left(), heading.bottom() - 6 / lod),
                                     sectionTitle(graph.lists[graph.sections[i]].section), 12, lod, 400 / lod);
    }
}

} // namespace canvas
