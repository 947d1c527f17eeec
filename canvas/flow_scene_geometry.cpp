#include "canvas/flow_scene.h"

#include "canvas/scene_items.h"

#include <algorithm>
#include <cmath>

// Where things are: stripes of the picture, hit testing.

namespace canvas {

namespace {

constexpr double kRowHeight = 256;

} // namespace

void FlowScene::fillRows()
{
    m_nodeRows.clear();
    m_edgeRows.clear();
    if (m_picture.bounds.isNull())
        return;
    m_rowsTop = m_picture.bounds.top();
    const std::size_t count = std::size_t(m_picture.bounds.height() / kRowHeight) + 1;
    m_nodeRows.resize(count);
    m_edgeRows.resize(count);
    const auto put = [&](std::vector<std::vector<int>> &rows, const QRectF &rect, int index) {
        const int first = std::max(0, int((rect.top() - m_rowsTop) / kRowHeight));
        const int last = std::min(int(count) - 1, int((rect.bottom() - m_rowsTop) / kRowHeight));
        for (int row = first; row <= last; ++row)
            rows[std::size_t(row)].push_back(index);
    };
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
        if (isShown(int(i)))
            put(m_nodeRows, m_picture.boxes[i], int(i));
    }
    for (std::size_t i = 0; i < m_picture.edges.size(); ++i)
        put(m_edgeRows, m_picture.edges[i].points.boundingRect(), int(i));
}

namespace {

std::vector<int> inRows(const std::vector<std::vector<int>> &rows, double top, const QRectF &rect)
{
    std::vector<int> found;
    if (rows.empty() || rect.isEmpty())
        return found;
    const double first = std::max(0.0, std::floor((rect.top() - top) / kRowHeight));
    const double last = std::min(double(rows.size()) - 1, std::floor((rect.bottom() - top) / kRowHeight));
    for (double row = first; row <= last; ++row)
        found.insert(found.end(), rows[std::size_t(row)].begin(), rows[std::size_t(row)].end());
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

} // namespace

std::vector<int> FlowScene::nodesIn(const QRectF &rect) const
{
    std::vector<int> found = inRows(m_nodeRows, m_rowsTop, rect);
    std::erase_if(found, [&](int node) { return !m_picture.boxes[node].intersects(rect); });
    return found;
}

std::vector<int> FlowScene::edgesIn(const QRectF &rect) const
{
    std::vector<int> found = inRows(m_edgeRows, m_rowsTop, rect);
    std::erase_if(found, [&](int edge) {
        return !m_picture.edges[edge].points.boundingRect().adjusted(-8, -8, 8, 8).intersects(rect);
    });
    return found;
}

QRectF FlowScene::bodyOf(int node) const
{
    return m_picture.boxes[node].adjusted(0, noteOf(node), 0, 0);
}

QRectF FlowScene::headOf(int node) const
{
    QRectF body = bodyOf(node);
    if (m_graph.nodes[node].container)
        body.setHeight(metrics::kHeader);
    return body;
}

QPointF FlowScene::plusOf(int edge) const
{
    const LayoutEdge &data = m_picture.edges[edge];
    const QPolygonF &points = data.points;
    if (data.kind == EdgeKind::Sequence)
        return (points.first() + points.last()) / 2;
    const QPointF end = points.last(), before = points[points.size() - 2];
    return QPointF(end.x(), std::max(before.y(), end.y() - 20) / 2 + end.y() / 2);
}

Hit FlowScene::hitAt(QPointF point, double lod) const
{
    using Part = Hit::Part;
    const auto near = [&](const QRectF &rect, double grow) { return rect.adjusted(-grow, -grow, grow, grow).contains(point); };
    Hit hit;
    const bool fine = lod >= look::kMedium;
    const std::vector<int> around = nodesIn(QRectF(point, QSizeF()).adjusted(-kNodeMargin, -kNodeMargin, kNodeMargin, kNodeMargin));
    for (auto at = around.rbegin(); at != around.rend(); ++at) { // children lie over their containers
        const int i = *at;
        const GraphNode &node = m_graph.nodes[i];
        const QRectF body = bodyOf(i), head = headOf(i);
        hit.node = i;
        const bool ports = node.inDag || (m_hovered.node == i && m_hovered.onNode());
        if (fine && !node.problems.empty() && near(look::problemBadge(body), 2))
            hit.part = Part::Problem;
        else if (fine && ports && node.kind == NodeKind::Task && near(QRectF(look::inPort(rectOf(i)), QSizeF()), 9))
            hit.part = Part::InPort;
        else if (fine && ports && node.kind == NodeKind::Task && near(QRectF(look::outPort(body), QSizeF()), 9))
            hit.part = Part::OutPort;
        else if (fine && node.container && near(look::chevron(body), 5))
            hit.part = Part::Chevron;
        else if (fine && m_breakpoints.count(node.id) && node.kind == NodeKind::Task && near(look::breakpoint(body), 0))
            hit.part = Part::Breakpoint;
        else if (fine && !node.defaults.isEmpty() && !node.container && look::defaultsMark(body).contains(point))
            hit.part = Part::Defaults;
        else if (head.contains(point))
            hit.part = Part::Body;
        else if (noteOf(i) > 0 && rectOf(i).contains(point) && point.y() < body.top())
            hit.part = Part::Note;
        else if (node.container && body.contains(point))
            hit.part = Part::Band;
        else
            continue;
        break;
    }
    if (hit.part == Part::Nothing)
        hit.node = -1;
    if (hit.part != Part::Nothing && hit.part != Part::Band)
        return hit;
    for (std::size_t i = 0; i < m_picture.places.size(); ++i) {
        if (m_picture.places[i].contains(point))
            return {Part::Slot, m_graph.lists[i].owner, -1, int(i)};
    }
    if (!fine)
        return hit;
    for (const int i : edgesIn(QRectF(point, QSizeF()).adjusted(-14, -14, 14, 14))) {
        const QPolygonF &points = m_picture.edges[i].points;
        const int list = m_picture.edges[i].list;
        if (m_picture.edges[i].kind != EdgeKind::Dependency && near(QRectF(plusOf(i), QSizeF()), 14))
            return {Part::Plus, hit.node, i, list};
        for (qsizetype p = 1; p < points.size(); ++p) {
            if (near(QRectF(points[p - 1], points[p]).normalized(), 6))
                return {Part::Edge, hit.node, i, list};
        }
    }
    return hit;
}

} // namespace canvas
