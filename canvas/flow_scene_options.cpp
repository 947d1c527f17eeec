#include "canvas/flow_scene.h"

#include "canvas/nested_picture.h"
#include "canvas/scene_items.h"

#include <algorithm>

// What of a flow is shown, how much of it, and where hands put it.

namespace canvas {

void FlowScene::setNotesShown(bool shown)
{
    if (std::exchange(m_notes, shown) != shown)
        relayout();
}

void FlowScene::setValuesShown(bool shown)
{
    if (std::exchange(m_values, shown) != shown)
        relayout();
}

void FlowScene::setLinksShown(bool shown)
{
    m_links = shown;
    emit marksChanged();
}

void FlowScene::setReducedMotion(bool reduced)
{
    m_reducedMotion = reduced;
    if (reduced)
        finishMotion();
    turnIcons();
}

void FlowScene::setCollapsed(int node, bool collapsed)
{
    const GraphNode &data = m_graph.nodes[node];
    if (!data.container || collapsed == isCollapsed(node))
        return;
    if (collapsed) {
        m_collapsed.insert(data.key);
        if (const int now = current(); now >= 0 && now != node && m_graph.isInside(now, node))
            m_current = data.key;
    } else {
        m_collapsed.erase(data.key);
    }
    m_anchor = data.key;
    relayout();
}

void FlowScene::setAllCollapsed(bool collapsed)
{
    m_collapsed.clear();
    for (int node = 0; collapsed && node < int(m_graph.nodes.size()); ++node) {
        if (m_graph.nodes.place(node).container)
            m_collapsed.insert(m_graph.nodes.key(node));
    }
    relayout();
}

void FlowScene::reveal(int node)
{
    bool changed = false;
    for (int owner = m_graph.nodes.place(node).owner; owner >= 0; owner = m_graph.nodes.place(owner).owner)
        changed = m_collapsed.erase(m_graph.nodes.key(owner)) > 0 || changed;
    if (changed)
        relayout();
}

void FlowScene::setFlat(bool flat)
{
    if (std::exchange(m_flat, flat) == flat)
        return;
    finishMotion();
    for (PlaceItem *item : m_placeItems)
        item->setVisible(!flat);
    for (HeadingItem *item : m_headingItems)
        item->setVisible(!flat);
    m_overview->setVisible(flat);
    if (!flat) {
        materialise();
        return;
    }
    for (const auto &[key, item] : m_itemOf)
        delete item;
    m_itemOf.clear();
    std::fill(m_nodeItems.begin(), m_nodeItems.end(), nullptr);
    for (const auto &[edge, item] : m_edgeItems)
        delete item;
    m_edgeItems.clear();
    m_region = {};
}

const NestedPicture *FlowScene::nestedOf(int node) const
{
    const auto it = m_nested.empty() ? m_nested.end() : m_nested.find(m_graph.nodes.key(node));
    return it == m_nested.end() ? nullptr : it->second.get();
}

bool FlowScene::setUnfolded(int node, bool unfolded)
{
    const GraphNode &data = m_graph.nodes[node];
    if (!data.subflow || unfolded == isUnfolded(node))
        return data.subflow;
    if (unfolded) {
        const std::shared_ptr<const NestedPicture> picture = m_called ? NestedPicture::make(m_called(data.calledNamespace, data.calledFlow), *m_style) : nullptr;
        if (!picture)
            return false;
        m_nested.emplace(data.key, picture);
    } else {
        m_nested.erase(data.key);
    }
    m_anchor = data.key;
    relayout();
    return true;
}

void FlowScene::setPlaces(Places places)
{
    m_places = std::move(places);
    relayout();
}

void FlowScene::moveBy(const std::vector<int> &nodes, QPointF by)
{
    for (const int node : nodes) {
        const GraphNode &data = m_graph.nodes[node];
        if (!data.isTask() || data.id.empty())
            continue; // what has no id can't be found again
        QPointF &place = m_places[data.key];
        place += by;
        if (place.isNull())
            m_places.erase(data.key);
    }
    relayout();
    emit placesChanged();
}

void FlowScene::takeBack(const std::vector<int> &nodes)
{
    bool any = false;
    for (const int node : nodes)
        any = m_places.erase(m_graph.nodes.key(node)) > 0 || any;
    if (!any)
        return;
    relayout();
    emit placesChanged();
}

} // namespace canvas
