#include "canvas/flow_scene.h"

#include "canvas/scene_items.h"
#include "ui/state_look.h"

#include <algorithm>
#include <cmath>

// What a run, the selection and the search add to the nodes of the scene.

namespace canvas {

const TaskRun *FlowScene::runOf(int node) const
{
    if (!m_run || node < 0 || !m_graph.nodes.place(node).isTask() || m_graph.nodes.id(node).empty())
        return nullptr;
    const auto it = m_run->tasks.find(m_graph.nodes.id(node));
    return it == m_run->tasks.end() ? nullptr : &it->second;
}

void FlowScene::setRun(const RunOverlay &run)
{
    const auto values = [](const RunOverlay &overlay) {
        std::unordered_set<std::string> ids;
        for (const auto &[id, task] : overlay.tasks) {
            if (!task.value.isEmpty())
                ids.insert(id);
        }
        return ids;
    };
    const bool resized = m_values && (m_run ? values(*m_run) : std::unordered_set<std::string>()) != values(run);
    if (m_run && !m_reducedMotion) {
        for (const auto &[id, task] : run.tasks) {
            const auto before = m_run->tasks.find(id);
            if ((before == m_run->tasks.end() || before->second.state != task.state) && ui::stateLook(task.state).strong)
                m_flashes[id] = 1;
        }
    }
    const bool same = m_run.has_value();
    const std::optional<RunOverlay> before = std::exchange(m_run, run);
    if (resized) {
        relayout();
    } else if (!same) {
        update();
    } else {
        for (std::size_t i = 0; i < m_graph.nodes.size(); ++i) {
            const std::string &id = m_graph.nodes.id(int(i));
            const auto a = before->tasks.find(id);
            const auto b = m_run->tasks.find(id);
            const bool had = a != before->tasks.end(), has = b != m_run->tasks.end();
            if (had != has || (has && (a->second.state != b->second.state || a->second.millis != b->second.millis))) {
                for (int node = int(i); node >= 0; node = m_graph.nodes.place(node).owner)
                    updateNode(node);
            }
        }
        for (const auto &[edge, item] : m_edgeItems)
            item->update();
    }
    forgetFlatColors();
    turnIcons();
    emit marksChanged();
}

void FlowScene::clearRun()
{
    if (!m_run)
        return;
    m_run.reset();
    m_flashes.clear();
    forgetFlatColors();
    turnIcons();
    relayout();
    update();
    emit marksChanged();
}

void FlowScene::turnIcons()
{
    bool moving = false;
    if (m_run && !m_reducedMotion) {
        m_turn = std::fmod(m_turn + 360.0 * kTurnInterval / kTurnMillis, 360);
        for (auto it = m_flashes.begin(); it != m_flashes.end();) {
            it->second -= kTurnInterval / 240.0;
            it = it->second <= 0 ? m_flashes.erase(it) : std::next(it);
        }
        for (const auto &[key, item] : m_itemOf) {
            const int i = item->node();
            const TaskRun *run = runOf(i);
            if (!run || !(ui::stateLook(run->state).moving || ui::stateLook(run->state).strong))
                continue;
            const bool turns = ui::stateLook(run->state).moving;
            moving = moving || turns || m_flashes.count(m_graph.nodes[i].id);
            if (turns || m_flashes.count(m_graph.nodes[i].id))
                updateNode(int(i));
        }
    }
    if (moving != m_turning.isActive())
        moving ? m_turning.start() : m_turning.stop();
}

void FlowScene::setBreakpoints(const std::unordered_map<std::string, BreakpointLook> &byId)
{
    m_breakpoints = byId;
    update();
}

void FlowScene::setMocks(const std::unordered_set<std::string> &ids)
{
    m_mocks = ids;
    update();
}

void FlowScene::setUnknownTypes(const std::unordered_set<std::string> &types)
{
    m_unknownTypes = types;
    update();
}

void FlowScene::setChanges(const std::unordered_map<std::string, ChangeLook> &byId)
{
    m_changes = byId;
    update();
}

void FlowScene::updateNode(int node)
{
    if (node >= 0 && std::size_t(node) < m_nodeItems.size() && m_nodeItems[node])
        m_nodeItems[node]->update();
}

void FlowScene::updateKeys(const Keys &keys)
{
    for (const std::string &key : keys)
        updateNode(m_graph.byKey(key));
}

void FlowScene::setSelection(const Keys &keys)
{
    if (keys == m_selection)
        return;
    updateKeys(m_selection);
    m_selection = keys;
    updateKeys(m_selection);
    emit selectedChanged();
    emit marksChanged();
}

std::vector<int> FlowScene::selectedNodes() const
{
    std::vector<int> nodes;
    for (const std::string &key : m_selection) {
        if (const int node = m_graph.byKey(key); node >= 0)
            nodes.push_back(node);
    }
    std::sort(nodes.begin(), nodes.end(), [&](int a, int b) { return m_graph.nodes.range(a).begin < m_graph.nodes.range(b).begin; });
    return nodes;
}

void FlowScene::setCurrent(int node)
{
    const std::string key = node < 0 ? std::string() : m_graph.nodes.key(node);
    if (key == m_current)
        return;
    updateNode(current());
    m_current = key;
    updateNode(node);
    emit marksChanged();
}

void FlowScene::setFocusShown(bool shown)
{
    if (std::exchange(m_focusShown, shown) != shown) {
        updateNode(current());
        emit marksChanged();
    }
}

void FlowScene::setHovered(const Hit &hit)
{
    if (hit == m_hovered)
        return;
    const Hit before = std::exchange(m_hovered, hit);
    updateNode(before.node);
    updateNode(hit.node);
    for (const int edge : {before.edge, hit.edge}) {
        if (const auto item = m_edgeItems.find(edge); item != m_edgeItems.end())
            item->second->update();
    }
    if (before.part == Hit::Part::Slot || hit.part == Hit::Part::Slot) {
        for (PlaceItem *item : m_placeItems)
            item->update();
    }
    emit marksChanged();
}

void FlowScene::setHits(const Keys &keys, const std::string &currentHit)
{
    updateKeys(m_hits);
    m_hits = keys;
    m_currentHit = currentHit;
    updateKeys(m_hits);
}

void FlowScene::setDragged(const Keys &keys)
{
    const auto updateAll = [this] {
        for (const std::string &key : m_dragged) {
            const int root = m_graph.byKey(key);
            for (int node = root; node >= 0 && node < m_graph.nodes.place(root).last; ++node)
                updateNode(node);
        }
    };
    updateAll();
    m_dragged = keys;
    updateAll();
}

void FlowScene::setTarget(int node, bool valid)
{
    const int before = std::exchange(m_target, valid ? node : -1);
    updateNode(before);
    updateNode(m_target);
}

void FlowScene::setSelectedEdge(int edge)
{
    const int before = std::exchange(m_selectedEdge, edge);
    for (const int each : {before, edge}) {
        if (const auto item = m_edgeItems.find(each); item != m_edgeItems.end())
            item->second->update();
    }
    emit marksChanged();
}

QString FlowScene::worstInside(int container) const
{
    static const QStringList order{QStringLiteral("FAILED"), QStringLiteral("INTERRUPTED"), QStringLiteral("KILLED"),
                                   QStringLiteral("KILLING"), QStringLiteral("BREAKPOINT"), QStringLiteral("PAUSED"),
                                   QStringLiteral("RETRYING"), QStringLiteral("RUNNING"), QStringLiteral("WARNING"),
                                   QStringLiteral("QUEUED"), QStringLiteral("CREATED"), QStringLiteral("SUCCESS")};
    QString worst;
    qsizetype rank = order.size();
    for (int node = container + 1; node < m_graph.nodes.place(container).last; ++node) {
        const TaskRun *run = runOf(node);
        const qsizetype at = run ? order.indexOf(run->state) : -1;
        if (at >= 0 && at < rank) {
            rank = at;
            worst = run->state;
        }
    }
    return worst;
}

NodeMarks FlowScene::marksOf(int index) const
{
    const GraphNode &node = m_graph.nodes[index];
    NodeMarks marks;
    marks.selected = m_selection.count(node.key) > 0;
    marks.current = m_focusShown && node.key == m_current;
    marks.hovered = m_hovered.onNode() && m_hovered.node == index;
    marks.hit = m_hits.count(node.key) > 0;
    marks.currentHit = marks.hit && node.key == m_currentHit;
    marks.target = m_target == index;
    marks.note = noteOf(index);
    for (int at = index; at >= 0 && !marks.dragged && !m_dragged.empty(); at = m_graph.nodes.place(at).owner)
        marks.dragged = m_dragged.count(m_graph.nodes.key(at)) > 0;
    marks.collapsed = node.container && isCollapsed(index);
    marks.turn = m_turn;
    if (node.kind != NodeKind::Task)
        return marks;
    marks.overlay = m_run.has_value();
    marks.run = runOf(index);
    marks.values = !node.container && m_values && marks.run && !marks.run->value.isEmpty();
    marks.placed = isPlaced(index);
    marks.unfolded = isUnfolded(index);
    if (!node.id.empty()) {
        const auto breakpoint = m_breakpoints.find(node.id);
        marks.breakpoint = breakpoint == m_breakpoints.end() ? BreakpointLook::None : breakpoint->second;
        const auto change = m_changes.find(node.id);
        marks.change = change == m_changes.end() ? ChangeLook::None : change->second;
        const auto flash = m_flashes.find(node.id);
        marks.flash = flash == m_flashes.end() ? 0 : flash->second;
        marks.mocked = m_mocks.count(node.id) > 0;
    }
    marks.unknown = !m_unknownTypes.empty() && m_unknownTypes.count(node.type.toStdString()) > 0;
    if (marks.collapsed && !marks.run)
        marks.worst = worstInside(index);
    return marks;
}

} // namespace canvas
