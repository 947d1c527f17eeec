#include "canvas/walk.h"

#include <algorithm>
#include <cmath>

namespace canvas {

namespace {

class Walker
{
public:
    explicit Walker(const FlowScene &scene) : m_scene(scene), m_graph(scene.graph()) {}

    Stop step(Stop from, Step step) const
    {
        if (from.node < 0 && from.list < 0)
            return first(step == Step::Previous);
        switch (step) {
        case Step::Next: return inFileOrder(from, 1);
        case Step::Previous: return inFileOrder(from, -1);
        case Step::Out: return Stop{ownerOf(from), -1};
        case Step::Down: return down(from);
        case Step::Up: return up(from);
        case Step::Left: return sideways(from, -1);
        case Step::Right: return sideways(from, 1);
        }
        return {};
    }

private:
    bool isOpen(int node) const { return m_graph.nodes.place(node).container && !m_scene.isCollapsed(node); }
    int listOf(Stop stop) const { return stop.list >= 0 ? stop.list : m_graph.nodes[stop.node].list; }
    int ownerOf(Stop stop) const { return m_graph.lists[listOf(stop)].owner; }

    QRectF rectOf(Stop stop) const
    {
        return stop.list >= 0 ? m_scene.picture().places[stop.list] : m_scene.rectOf(stop.node);
    }

    Stop startOf(int list) const
    {
        const GraphList &data = m_graph.lists[list];
        return data.nodes.empty() ? Stop{-1, list} : Stop{data.nodes.front(), -1};
    }

    Stop first(bool last) const
    {
        std::vector<int> order = shown();
        if (order.empty()) {
            const int tasks = m_graph.sectionList(Section::Tasks);
            return tasks >= 0 ? Stop{-1, tasks} : Stop{};
        }
        if (last)
            return {order.back(), -1};
        const int tasks = m_graph.sectionList(Section::Tasks);
        return tasks >= 0 && !m_graph.lists[tasks].nodes.empty() ? startOf(tasks) : Stop{order.front(), -1};
    }

    std::vector<int> shown() const
    {
        std::vector<int> order;
        for (const int node : m_graph.fileOrder) {
            if (m_scene.isShown(node))
                order.push_back(node);
        }
        return order;
    }

    Stop inFileOrder(Stop from, int step) const
    {
        const std::vector<int> order = shown();
        if (order.empty())
            return {};
        const int at = from.node >= 0 ? from.node : m_graph.lists[from.list].owner;
        const auto found = std::find(order.begin(), order.end(), at);
        const int count = int(order.size());
        const int index = found == order.end() ? 0 : int(found - order.begin()) + step;
        return {order[std::size_t((index + count) % count)], -1};
    }

    /// The nearest of some stops in a direction, by the distance of middles along and beside it.
    Stop nearest(Stop from, const std::vector<Stop> &among, double dx, double dy) const
    {
        const QPointF a = rectOf(from).center();
        Stop best;
        double least = 1e18;
        for (const Stop &stop : among) {
            const QPointF d = rectOf(stop).center() - a;
            const double along = d.x() * dx + d.y() * dy, beside = std::abs(d.x() * dy) + std::abs(d.y() * dx);
            if (along <= 1 || beside > along * 4 + 200)
                continue;
            const double distance = along + 2 * beside;
            if (distance < least) {
                least = distance;
                best = stop;
            }
        }
        return best;
    }

    std::vector<Stop> members(int list) const
    {
        std::vector<Stop> stops;
        for (const int node : m_graph.lists[list].nodes)
            stops.push_back({node, -1});
        return stops;
    }

    bool isGrid(int list) const
    {
        return holdsItems(m_graph.lists[list].section) || m_graph.lists[list].flowing == Flowing::Dag;
    }

    Stop down(Stop from) const
    {
        if (from.node >= 0 && isOpen(from.node) && m_graph.nodes.place(from.node).listCount > 0)
            return startOf(m_graph.nodes.place(from.node).firstList);
        return below(from);
    }

    Stop below(Stop from) const
    {
        const int list = listOf(from);
        const GraphList &data = m_graph.lists[list];
        if (from.node >= 0) {
            if (isGrid(list)) {
                const Stop next = nearest(from, members(list), 0, 1);
                if (next.node >= 0)
                    return next;
            } else if (data.flowing == Flowing::Sequence) {
                const std::size_t index = std::size_t(m_graph.nodes[from.node].indexInList) + 1;
                if (index < data.nodes.size())
                    return {data.nodes[index], -1};
            }
        }
        if (data.owner >= 0) {
            // errors and finally of a container stand below its branches
            const auto lists = m_graph.nodes.place(data.owner).lists();
            for (const int other : lists) {
                if (other != list && !m_scene.picture().labels[other].isNull()
                    && rectOf(startOf(other)).top() > rectOf(from).bottom())
                    return startOf(other);
            }
            return below({data.owner, -1});
        }
        return otherSection(list, from, 1);
    }

    Stop up(Stop from) const
    {
        const int list = listOf(from);
        const GraphList &data = m_graph.lists[list];
        if (from.node >= 0) {
            if (isGrid(list)) {
                const Stop next = nearest(from, members(list), 0, -1);
                if (next.node >= 0)
                    return next;
            } else if (data.flowing == Flowing::Sequence && m_graph.nodes[from.node].indexInList > 0) {
                return {data.nodes[std::size_t(m_graph.nodes[from.node].indexInList) - 1], -1};
            }
        }
        return data.owner >= 0 ? Stop{data.owner, -1} : otherSection(list, from, -1);
    }

    Stop otherSection(int list, Stop from, int direction) const
    {
        const QRectF here = rectOf(from);
        Stop best;
        double least = 1e18;
        for (const int section : m_graph.sections) {
            if (section == list)
                continue;
            std::vector<Stop> stops = members(section);
            if (stops.empty())
                stops.push_back({-1, section});
            if (m_graph.lists[section].flowing == Flowing::Sequence && !holdsItems(m_graph.lists[section].section))
                stops = {direction > 0 ? stops.front() : stops.back()};
            for (const Stop &stop : stops) {
                const QRectF there = rectOf(stop);
                const double gap = direction > 0 ? there.top() - here.bottom() : here.top() - there.bottom();
                const double beside = std::abs(there.center().x() - here.center().x());
                if (gap >= 0 && gap * 4 + beside < least) {
                    least = gap * 4 + beside;
                    best = stop;
                }
            }
        }
        return best;
    }

    Stop sideways(Stop from, int direction) const
    {
        if (direction > 0 && from.node >= 0 && isOpen(from.node) && m_graph.nodes.place(from.node).listCount > 0)
            return startOf(m_graph.nodes.place(from.node).firstList);
        const int list = listOf(from);
        const GraphList &data = m_graph.lists[list];
        if (from.node >= 0) {
            if (isGrid(list)) {
                const Stop next = nearest(from, members(list), direction, 0);
                if (next.node >= 0)
                    return next;
            } else if (data.flowing == Flowing::Parallel) {
                const int index = m_graph.nodes[from.node].indexInList + direction;
                if (index >= 0 && index < int(data.nodes.size()))
                    return {data.nodes[std::size_t(index)], -1};
            }
        }
        if (data.owner < 0) {
            std::vector<Stop> others;
            for (const int section : m_graph.sections) {
                if (section == list)
                    continue;
                for (const Stop &stop : members(section)) {
                    const QRectF there = rectOf(stop), here = rectOf(from);
                    if (there.top() < here.bottom() && there.bottom() > here.top())
                        others.push_back(stop);
                }
            }
            return nearest(from, others, direction, 0);
        }
        // The branch beside, at about the same height.
        const auto lists = m_graph.nodes.place(data.owner).lists();
        const auto at = std::find(lists.begin(), lists.end(), list);
        const std::ptrdiff_t beside = at - lists.begin() + direction;
        if (beside >= 0 && beside < std::ptrdiff_t(lists.size())) {
            const int other = lists[std::size_t(beside)];
            Stop best = startOf(other);
            for (const Stop &stop : members(other)) {
                if (std::abs(rectOf(stop).top() - rectOf(from).top()) < std::abs(rectOf(best).top() - rectOf(from).top()))
                    best = stop;
            }
            return best;
        }
        return direction < 0 ? Stop{data.owner, -1} : Stop{};
    }

    const FlowScene &m_scene;
    const Graph &m_graph;
};

} // namespace

Stop walk(const FlowScene &scene, Stop from, Step step)
{
    return Walker(scene).step(from, step);
}

} // namespace canvas
