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
    m_nodeRows = {};
    m_edgeRows = {};
    if (m_picture.bounds.isNull())
        return;
    m_rowsTop = m_picture.bounds.top();
    const int count = int(m_picture.bounds.height() / kRowHeight) + 1;
    const auto fill = [&](Rows &rows, std::size_t size, const auto &heightOf) {
        std::vector<std::pair<int, int>> reach(size, {0, -1}); // first and last row of each
        rows.begins.assign(std::size_t(count) + 1, 0);
        for (std::size_t i = 0; i < size; ++i) {
            const std::pair<double, double> height = heightOf(i);
            if (height.second < height.first)
                continue;
            reach[i] = {std::max(0, int((height.first - m_rowsTop) / kRowHeight)), std::min(count - 1, int((height.second - m_rowsTop) / kRowHeight))};
            for (int row = reach[i].first; row <= reach[i].second; ++row)
                ++rows.begins[std::size_t(row) + 1];
        }
        for (std::size_t row = 1; row < rows.begins.size(); ++row)
            rows.begins[row] += rows.begins[row - 1];
        rows.members.resize(rows.begins.back());
        std::vector<std::size_t> next = rows.begins;
        for (std::size_t i = 0; i < size; ++i) {
            for (int row = reach[i].first; row <= reach[i].second; ++row)
                rows.members[next[std::size_t(row)]++] = int(i);
        }
    };
    fill(m_nodeRows, m_graph.nodes.size(), [&](std::size_t node) {
        const QRectF &rect = m_picture.boxes[node];
        return isShown(int(node)) ? std::pair(rect.top(), rect.bottom()) : std::pair(0.0, -1.0);
    });
    fill(m_edgeRows, m_picture.edges.size(), [&](std::size_t edge) {
        const QRectF rect = m_picture.edges[edge].bounds();
        return std::pair(rect.top(), rect.bottom());
    });
}

std::vector<int> FlowScene::inRows(const Rows &rows, const QRectF &rect) const
{
    std::vector<int> found;
    if (rows.begins.empty() || rect.isEmpty())
        return found;
    const double first = std::max(0.0, std::floor((rect.top() - m_rowsTop) / kRowHeight));
    const double last = std::min(double(rows.begins.size()) - 2, std::floor((rect.bottom() - m_rowsTop) / kRowHeight));
    if (last < first)
        return found;
    found.assign(rows.members.begin() + std::ptrdiff_t(rows.begins[std::size_t(first)]), rows.members.begin() + std::ptrdiff_t(rows.begins[std::size_t(last) + 1]));
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::vector<int> FlowScene::nodesIn(const QRectF &rect) const
{
    std::vector<int> found = inRows(m_nodeRows, rect);
    std::erase_if(found, [&](int node) { return !m_picture.boxes[node].intersects(rect); });
    return found;
}

std::vector<int> FlowScene::edgesIn(const QRectF &rect) const
{
    std::vector<int> found = inRows(m_edgeRows, rect);
    std::erase_if(found, [&](int edge) {
        return !m_picture.edges[edge].bounds().adjusted(-8, -8, 8, 8).intersects(rect);
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
    if (m_graph.nodes.place(node).container)
        body.setHeight(metrics::kHeader);
    return body;
}

QPointF FlowScene::plusOf(int edge) const
{
    const LayoutEdge &data = m_picture.edges[edge];
    const QPolygonF points = data.points();
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
        const QPolygonF points = m_picture.edges[i].points();
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
