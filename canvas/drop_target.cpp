#include "canvas/drop_target.h"

#include <algorithm>
#include <cmath>

namespace canvas {

namespace {

constexpr double kReach = 40;

class TargetFinder
{
public:
    TargetFinder(const FlowScene &scene, const std::vector<int> &dragged) : m_scene(scene), m_graph(scene.graph()), m_dragged(dragged) {}

    std::vector<DropTarget> run()
    {
        for (std::size_t i = 0; i < m_graph.lists.size(); ++i) {
            const GraphList &list = m_graph.lists[i];
            if (holdsItems(list.section)) { // an entry moves within its own list only
                if (draggedFrom(int(i)))
                    addItems(int(i));
                continue;
            }
            if (!isOpen(list) || (!m_dragged.empty() && !m_graph.nodes[std::size_t(m_dragged.front())].isTask()))
                continue;
            if (list.owner >= 0 && inDragged(list.owner))
                continue;
            addList(int(i));
        }
        return std::move(m_targets);
    }

private:
    bool isOpen(const GraphList &list) const
    {
        return list.owner < 0 || (m_scene.isShown(list.owner) && !m_scene.isCollapsed(list.owner));
    }

    bool inDragged(int node) const
    {
        return std::any_of(m_dragged.begin(), m_dragged.end(), [&](int root) { return m_graph.isInside(node, root); });
    }

    bool draggedFrom(int list) const
    {
        return m_dragged.size() == 1 && m_graph.nodes[std::size_t(m_dragged.front())].list == list;
    }

    void addItems(int index)
    {
        const std::vector<int> &nodes = m_graph.lists[std::size_t(index)].nodes;
        for (std::size_t i = 0; i <= nodes.size(); ++i) {
            const QRectF beside = m_scene.rectOf(i < nodes.size() ? nodes[i] : nodes.back());
            const double x = i < nodes.size() ? beside.left() - metrics::kItemGap / 2 : beside.right() + metrics::kItemGap / 2;
            add(index, i, QPointF(x, beside.center().y()), QLineF(x, beside.top(), x, beside.bottom()));
        }
    }

    /// Whether dropping before the member at `index` leaves everything as it is.
    bool pointless(const GraphList &list, std::size_t index) const
    {
        if (m_dragged.size() != 1)
            return false;
        const bool before = index < list.nodes.size() && list.nodes[index] == m_dragged.front();
        const bool after = index > 0 && list.nodes[index - 1] == m_dragged.front();
        return before || after;
    }

    void add(int listIndex, std::size_t index, QPointF point, QLineF gap)
    {
        const GraphList &list = m_graph.lists[listIndex];
        if (!pointless(list, index))
            m_targets.push_back({{list.path, index}, listIndex, point, {}, gap});
    }

    void addList(int index)
    {
        const GraphList &list = m_graph.lists[index];
        if (list.nodes.empty()) {
            const QRectF place = m_scene.picture().places[index];
            if (!place.isNull())
                m_targets.push_back({{list.path, 0}, index, place.center(), place, {}});
            return;
        }
        if (list.flowing == Flowing::Dag) {
            const bool stays = m_dragged.size() == 1 && m_graph.nodes[m_dragged.front()].list == index;
            const QRectF body = m_scene.bodyOf(list.owner);
            const QRectF band = body.adjusted(0, metrics::kHeader, 0, 0);
            if (!stays)
                m_targets.push_back({{list.path, list.nodes.size()}, index, QPointF(band.center().x(), band.bottom()), band, {}});
            return;
        }
        const auto rect = [&](std::size_t i) { return m_scene.rectOf(list.nodes[i]); };
        const std::size_t count = list.nodes.size();
        if (list.flowing == Flowing::Parallel) {
            for (std::size_t i = 0; i <= count; ++i) {
                const double x = i == 0       ? rect(0).left() - metrics::kBranchGap / 2
                                 : i == count ? rect(count - 1).right() + metrics::kBranchGap / 2
                                              : (rect(i - 1).right() + rect(i).left()) / 2;
                const QRectF beside = i < count ? rect(i) : rect(count - 1);
                add(index, i, QPointF(x, beside.center().y()), QLineF(x, beside.top(), x, beside.bottom()));
            }
            return;
        }
        for (std::size_t i = 0; i <= count; ++i) {
            const double y = i == 0       ? rect(0).top() - 4
                             : i == count ? rect(count - 1).bottom() + 6
                                          : (rect(i - 1).bottom() + rect(i).top()) / 2;
            const QRectF beside = i < count ? rect(i) : rect(count - 1);
            add(index, i, QPointF(beside.center().x(), y), QLineF(beside.left(), y, beside.right(), y));
        }
    }

    const FlowScene &m_scene;
    const Graph &m_graph;
    const std::vector<int> &m_dragged;
    std::vector<DropTarget> m_targets;
};

} // namespace

std::vector<DropTarget> dropTargets(const FlowScene &scene, const std::vector<int> &dragged)
{
    return TargetFinder(scene, dragged).run();
}

int nearestTarget(const std::vector<DropTarget> &targets, QPointF point, double lod)
{
    int best = -1;
    double least = kReach / std::max(lod, 0.05);
    double area = 1e18;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        const DropTarget &target = targets[i];
        double distance = QLineF(point, target.point).length();
        if (!target.gap.isNull()) { // anywhere along the gap is near
            const QRectF line = QRectF(target.gap.p1(), target.gap.p2()).normalized();
            const double dx = std::max({line.left() - point.x(), 0.0, point.x() - line.right()});
            const double dy = std::max({line.top() - point.y(), 0.0, point.y() - line.bottom()});
            distance = std::hypot(dx, dy);
        }
        if (distance < least) {
            least = distance;
            best = int(i);
        }
    }
    if (best >= 0)
        return best;
    for (std::size_t i = 0; i < targets.size(); ++i) { // the smallest place around the point
        const QRectF &place = targets[i].place;
        if (place.contains(point) && place.width() * place.height() < area) {
            area = place.width() * place.height();
            best = int(i);
        }
    }
    return best;
}

void paintTargets(QPainter &painter, const FlowScene &scene, const std::vector<DropTarget> &targets, int chosen, double lod)
{
    if (lod < look::kMedium)
        return;
    for (std::size_t i = 0; i < targets.size(); ++i) {
        if (int(i) == chosen)
            continue;
        const QPointF aside = scene.asideOf(scene.graph().lists[targets[i].list].owner);
        painter.translate(aside);
        paintTarget(painter, scene.style(), targets[i], false);
        painter.translate(-aside);
    }
}

void paintTarget(QPainter &painter, const Style &style, const DropTarget &target, bool chosen)
{
    const QColor accent = style.color("accent");
    painter.setRenderHint(QPainter::Antialiasing);
    if (!target.place.isNull()) {
        QPen pen(accent, chosen ? 2 : 1);
        pen.setDashPattern({4, 3});
        painter.setPen(pen);
        painter.setBrush(chosen ? QBrush(style.color("accentSoft")) : QBrush(Qt::NoBrush));
        if (chosen && target.gap.isNull() && target.place.height() > 80)
            painter.setBrush(Qt::NoBrush); // the band of a Dag keeps its nodes visible
        painter.drawRoundedRect(target.place.adjusted(1, 1, -1, -1), 8, 8);
        if (!chosen)
            return;
    }
    if (chosen && !target.gap.isNull()) {
        painter.setPen(QPen(accent, 2));
        painter.drawLine(target.gap);
    }
    const double radius = chosen ? 12 : 10;
    painter.setPen(QPen(accent, 1.5));
    painter.setBrush(chosen ? accent : style.color("raised"));
    painter.drawEllipse(target.point, radius, radius);
    painter.setPen(QPen(chosen ? style.color("onAccent") : accent, 1.5));
    painter.drawLine(target.point + QPointF(-4, 0), target.point + QPointF(4, 0));
    painter.drawLine(target.point + QPointF(0, -4), target.point + QPointF(0, 4));
}

} // namespace canvas
