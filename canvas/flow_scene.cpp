#include "canvas/flow_scene.h"

#include "canvas/layout_request.h"
#include "canvas/nested_picture.h"
#include "canvas/scene_items.h"
#include "ui/state_look.h"
#include "ui/tr.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <utility>

namespace canvas {

namespace {

constexpr int kMoveMillis = 180;
constexpr int kMaxMoving = 300;
constexpr std::size_t kMaxPlacements = 400;

/// Graphviz is worth its time up to here; larger Dags are ranked directly.
constexpr std::size_t kMaxGraphviz = 400;

/// The node of a key in another graph: of a task that got another id the one in its place. -1 when it is gone.
int sameNode(const std::string &key, const Graph &before, const Graph &now)
{
    if (const int node = now.byKey(key); node >= 0)
        return node;
    const int then = before.byKey(key);
    const int node = then < 0 ? -1 : now.byPath(before.nodes.path(then));
    return node < 0 || before.byKey(now.nodes.key(node)) >= 0 ? -1 : node;
}

} // namespace

/// One layout on the worker: values in, values out.
struct FlowScene::Job
{
    std::uint64_t number = 0;
    Graph graph;
    LayoutRequest request;
    std::unordered_map<std::string, DagPlacement> known;
    std::unordered_map<std::string, DagPlacement> made;
    std::optional<LayoutResult> result;

    void run()
    {
        result = layout(request, [this](const std::string &dot, const DagRequest &dag) -> std::optional<DagPlacement> {
            if (const auto it = known.find(dot); it != known.end())
                return it->second;
            DagPlacement placement = dag.sizes.size() > kMaxGraphviz ? rankedPlacement(dag) : runGraphviz(dot, dag);
            return made.emplace(dot, std::move(placement)).first->second;
        });
    }
};

FlowScene::FlowScene(QObject *parent)
    : QGraphicsScene(parent), m_style(std::make_unique<Style>(ui::Theme::load(ui::ThemeName::Light)))
{
    m_sentence = [](const flow::Diagnostic &diagnostic) { return QString::fromStdString(flow::describe(diagnostic)); };
    setItemIndexMethod(QGraphicsScene::NoIndex); // there are items for what is in view only
    m_overview = new OverviewItem(*this);
    m_overview->setVisible(false);
    addItem(m_overview);
    m_worker.setMaxThreadCount(1);
    m_remover.setMaxThreadCount(1);
    m_motion.setDuration(kMoveMillis);
    m_motion.setStartValue(0.0);
    m_motion.setEndValue(1.0);
    m_motion.setEasingCurve(QEasingCurve::InOutCubic);
    connect(&m_motion, &QVariantAnimation::valueChanged, this, [this](const QVariant &value) { moveItems(value.toDouble()); });
    m_turning.setInterval(kTurnInterval);
    connect(&m_turning, &QTimer::timeout, this, &FlowScene::turnIcons);
}

FlowScene::~FlowScene()
{
    m_motion.stop();
    m_worker.clear();
    m_worker.waitForDone();
    m_remover.waitForDone();
}

void FlowScene::setTheme(const ui::Theme &theme)
{
    const bool sameText = theme.textScale() == m_style->theme().textScale();
    m_style = std::make_unique<Style>(theme);
    if (!sameText)
        relayout();
    forgetFlatColors();
    update();
    emit marksChanged();
}

void FlowScene::setSentence(Graph::Sentence sentence)
{
    m_sentence = std::move(sentence);
    relayout();
}

void FlowScene::showSnapshot(const flow::Snapshot &snapshot)
{
    if (!snapshot.flow)
        return;
    const flow::Flow &read = *snapshot.flow;
    const bool nothing = read.broken && read.taskCount() == 0 && read.triggers.empty() && read.inputs.empty();
    if (nothing && !m_graph.nodes.empty()) { // keep what was there, and say why
        QString cause = Tr::tr("The text cannot be read");
        if (snapshot.flow->tree && !snapshot.flow->tree->faults().empty()) {
            const flow::SyntaxFault &fault = snapshot.flow->tree->faults().front();
            const std::size_t line = flow::LineIndex(*snapshot.text).position(fault.range.begin).line;
            cause = Tr::tr("Line %1: %2").arg(line).arg(QString::fromStdString(fault.cause));
        }
        m_fault = cause;
        emit faultChanged();
        return;
    }
    if (!m_fault.isEmpty()) {
        m_fault.clear();
        emit faultChanged();
    }
    m_next = snapshot;
    request();
}

void FlowScene::clearFlow()
{
    ++m_jobNumber;
    m_pending = false;
    m_next = {};
    m_fault.clear();
    m_selection.clear();
    m_current.clear();
    m_collapsed.clear();
    apply({}, {}, {}, false);
}

void FlowScene::relayout()
{
    if (snapshot().flow) {
        m_next = m_pending ? m_next : snapshot();
        request();
    }
}

/// What of the marks decides about the sizes in a graph.
SizeOptions FlowScene::sizesOf(const Graph &graph) const
{
    SizeOptions options;
    options.notes = m_notes;
    for (const std::string &key : m_collapsed) {
        if (const int node = sameNode(key, m_graph, graph); node >= 0)
            options.collapsed.insert(node);
    }
    for (const auto &[key, picture] : m_nested) {
        if (const int node = sameNode(key, m_graph, graph); node >= 0 && graph.nodes[node].subflow)
            options.nested.emplace(node, picture->size());
    }
    for (const auto &[key, by] : m_places) {
        if (const int node = sameNode(key, m_graph, graph); node >= 0 && graph.nodes.place(node).isTask())
            options.shifts.emplace(node, by);
    }
    if (m_values && m_run) {
        options.hasValue = [&](int node) {
            const auto it = m_run->tasks.find(graph.nodes.id(node));
            return it != m_run->tasks.end() && !it->second.value.isEmpty();
        };
    }
    return options;
}

void FlowScene::request()
{
    auto job = std::make_shared<Job>();
    job->number = ++m_jobNumber;
    job->graph = Graph::build(m_next, m_sentence);
    job->request = makeRequest(job->graph, *m_style, sizesOf(job->graph));
    job->result = layout(job->request, [this](const std::string &dot, const DagRequest &) -> std::optional<DagPlacement> {
        const auto it = m_placements.find(dot);
        return it == m_placements.end() ? std::nullopt : std::optional(it->second);
    });
    if (job->result) {
        finish(job);
        return;
    }
    m_pending = true;
    job->known = m_placements;
    m_worker.clear(); // what waited is out of date
    m_worker.start([this, job] { // the destructor waits for it
        job->run();
        QMetaObject::invokeMethod(
            this, [this, job] { finish(job); }, Qt::QueuedConnection);
    });
}

void FlowScene::finish(const std::shared_ptr<Job> &job)
{
    if (m_placements.size() > kMaxPlacements)
        m_placements.clear();
    m_placements.merge(job->made);
    if (job->number != m_jobNumber || !job->result)
        return;
    m_pending = false;
    m_next = {};
    apply(std::move(job->graph), std::move(job->request), std::move(*job->result), snapshot().flow != nullptr);
}

void FlowScene::waitForPicture()
{
    while (m_pending) {
        m_worker.waitForDone();
        QCoreApplication::sendPostedEvents(this, QEvent::MetaCall);
    }
}

void FlowScene::apply(Graph graph, LayoutRequest request, LayoutResult picture, bool animate)
{
    finishMotion();
    struct Old
    {
        Graph graph;
        LayoutRequest request;
        LayoutResult picture;
    };
    const auto before = std::make_shared<Old>(Old{std::move(m_graph), std::move(m_request), std::move(m_picture)});
    const Graph &oldGraph = before->graph;
    LayoutResult &old = before->picture;
    m_graph = std::move(graph);
    m_request = std::move(request);
    m_picture = std::move(picture);
    carryMarks(oldGraph);
    findFresh(oldGraph);
    QPointF shift;
    const int anchorBefore = oldGraph.byKey(m_anchor), anchorNow = m_graph.byKey(m_anchor);
    if (anchorBefore >= 0 && anchorNow >= 0 && !old.boxes[anchorBefore].isNull() && isShown(anchorNow)) {
        const QRectF a = old.boxes[anchorBefore], b = m_picture.boxes[anchorNow];
        shift = QPointF(b.center().x() - a.center().x(), b.top() - a.top());
    }
    for (QRectF &rect : old.boxes) {
        if (!rect.isNull())
            rect.translate(shift);
    }
    syncItems(old, oldGraph, animate && !m_reducedMotion && !m_flat);
    m_hovered = {};
    m_selectedEdge = -1;
    m_target = -1;
    emit pictureChanged(shift);
    emit selectedChanged();
    if (oldGraph.nodes.size() > kMaxMoving)
        m_remover.start([before] {}); // a large picture, and what no one else holds of its flow, is taken apart beside the window
}

/// Most nodes stand as far from the first or from the last as they did before, and have the key they had there.
void FlowScene::findFresh(const Graph &old)
{
    m_fresh.clear();
    const int count = int(m_graph.nodes.size()), before = int(old.nodes.size());
    const auto isAt = [&](int node, int then) { return then >= 0 && then < before && m_graph.nodes.keyHash(node) == old.nodes.keyHash(then); };
    for (const int node : m_graph.fileOrder) {
        if (!isAt(node, node) && !isAt(node, node + before - count) && old.byKey(m_graph.nodes.key(node)) < 0)
            m_fresh.push_back(node);
    }
}

/// Selection, focus, what is collapsed, unfolded and placed by hand follow a task that got another id.
void FlowScene::carryMarks(const Graph &old)
{
    const auto carried = [&](const std::string &key) {
        const int node = sameNode(key, old, m_graph);
        return node < 0 ? std::string() : m_graph.nodes.key(node);
    };
    for (Keys *keys : {&m_selection, &m_collapsed, &m_hits}) {
        Keys next;
        for (const std::string &key : *keys) {
            if (std::string now = carried(key); !now.empty())
                next.insert(std::move(now));
        }
        *keys = std::move(next);
    }
    m_current = carried(m_current);
    const auto carriedOrKept = [&](const auto &marks) { // of a task that is gone: it may come back by undo
        std::decay_t<decltype(marks)> next;
        for (const auto &[key, mark] : marks) {
            const std::string now = carried(key);
            next.emplace(now.empty() ? key : now, mark);
        }
        return next;
    };
    m_nested = carriedOrKept(m_nested);
    Places places = carriedOrKept(m_places);
    if (places != m_places) {
        m_places = std::move(places);
        emit placesChanged();
    }
}

/// Keeps the items of nodes that are still there, moves them, drops the others and makes what is missing.
void FlowScene::syncItems(const LayoutResult &old, const Graph &oldGraph, bool animate)
{
    fillRows();
    forgetFlatColors();
    m_apart.clear();
    m_gap = {-1, -1};
    m_moving.clear();
    m_nodeItems.assign(m_graph.nodes.size(), nullptr);
    std::unordered_map<std::string, NodeItem *> before = std::move(m_itemOf);
    m_itemOf.clear();
    const QRectF &region = m_region;
    for (const auto &[key, item] : before) {
        const int then = oldGraph.byKey(key);
        const int now = sameNode(key, oldGraph, m_graph);
        if (now < 0 || !isShown(now) || m_nodeItems[now] || m_flat
            || (!rectOf(now).intersects(region) && !(then >= 0 && old.boxes[then].intersects(region)))) {
            delete item;
            continue;
        }
        m_nodeItems[now] = item;
        m_itemOf.emplace(m_graph.nodes.key(now), item);
        const QRectF from = then >= 0 ? old.boxes[then] : QRectF();
        const QRectF rect = rectOf(now);
        const bool moves = animate && !from.isNull() && from != rect;
        item->sync(now, moves ? from : rect);
        if (moves)
            m_moving.push_back({item, from, rect});
    }
    if (animate) { // what comes into view from outside moves too
        for (const int node : nodesIn(region)) {
            const int then = oldGraph.byKey(m_graph.nodes.key(node));
            if (m_nodeItems[node] || then < 0 || old.boxes[then].isNull() || old.boxes[then] == rectOf(node))
                continue;
            m_moving.push_back({makeItem(node, old.boxes[then]), old.boxes[then], rectOf(node)});
        }
    }
    for (const auto &[edge, item] : m_edgeItems)
        delete item;
    m_edgeItems.clear();
    m_region = {};
    materialise();

    const auto resize = [this](auto &items, std::size_t count, auto make) {
        while (items.size() > count) {
            delete items.back();
            items.pop_back();
        }
        while (items.size() < count) {
            items.push_back(make());
            items.back()->setVisible(!m_flat);
            addItem(items.back());
        }
    };
    std::vector<int> asides;
    for (std::size_t i = 0; i < m_graph.lists.size(); ++i) {
        const flow::ListKind kind = m_graph.lists[i].kind;
        if (m_graph.lists[i].owner >= 0 && !m_picture.labels[i].isNull()
            && (kind == flow::ListKind::Errors || kind == flow::ListKind::Finally))
            asides.push_back(int(i));
    }
    std::vector<int> emptyLists;
    for (std::size_t i = 0; i < m_graph.lists.size(); ++i) {
        if (!m_picture.places[i].isNull())
            emptyLists.push_back(int(i));
    }
    resize(m_placeItems, emptyLists.size(), [this] { return new PlaceItem(*this); });
    for (std::size_t i = 0; i < emptyLists.size(); ++i)
        m_placeItems[i]->sync(emptyLists[i]);
    resize(m_headingItems, m_graph.sections.size() + asides.size(), [this] { return new HeadingItem(*this); });
    for (std::size_t i = 0; i < m_graph.sections.size(); ++i)
        m_headingItems[i]->syncSection(int(i));
    for (std::size_t i = 0; i < asides.size(); ++i)
        m_headingItems[m_graph.sections.size() + i]->syncAside(asides[i]);
    m_overview->sync();

    if (m_moving.size() > kMaxMoving)
        moveItems(1);
    if (!m_moving.empty()) {
        moveItems(0);
        m_motion.start();
    }
    turnIcons();
}

NodeItem *FlowScene::makeItem(int node, const QRectF &rect)
{
    auto *item = new NodeItem(*this);
    item->sync(node, rect);
    addItem(item);
    m_nodeItems[node] = item;
    m_itemOf.emplace(m_graph.nodes.key(node), item);
    return item;
}

void FlowScene::setSeen(const QRectF &seen)
{
    m_seen = seen;
    if (!m_flat && !m_region.contains(seen))
        materialise();
}

/// Makes the items of what is in view and drops those that went far out of it.
void FlowScene::materialise()
{
    if (m_flat)
        return;
    const double dx = m_seen.width() / 4 + 64, dy = m_seen.height() / 2 + 64;
    m_region = m_seen.adjusted(-dx, -dy, dx, dy);
    const QRectF keep = m_region.adjusted(-dx, -dy, dx, dy);
    for (auto it = m_itemOf.begin(); it != m_itemOf.end();) {
        NodeItem *item = it->second;
        const bool moving = std::any_of(m_moving.begin(), m_moving.end(), [&](const Place &place) { return place.item == item; });
        if (moving || item->rect().intersects(keep)) {
            ++it;
            continue;
        }
        m_nodeItems[item->node()] = nullptr;
        delete item;
        it = m_itemOf.erase(it);
    }
    for (const int node : nodesIn(m_region)) {
        if (!m_nodeItems[node])
            makeItem(node, rectOf(node));
    }
    std::erase_if(m_edgeItems, [&](const auto &entry) {
        const bool gone = !entry.second->boundingRect().intersects(keep);
        if (gone)
            delete entry.second;
        return gone;
    });
    for (const int edge : edgesIn(m_region)) {
        if (m_edgeItems.count(edge))
            continue;
        auto *item = new EdgeItem(*this);
        item->sync(edge);
        addItem(item);
        m_edgeItems.emplace(edge, item);
    }
}

void FlowScene::forgetFlatColors()
{
    m_flatColors.clear();
    emit colorsChanged();
}

QColor FlowScene::flatColor(int wanted) const
{
    if (!m_flatColors.empty())
        return m_flatColors[std::size_t(wanted)];
    std::unordered_map<std::string_view, QColor> cache; // by token: their addresses are constants
    const auto color = [&](const char *token) {
        const auto it = cache.find(token);
        return it != cache.end() ? it->second : cache.emplace(token, m_style->color(token)).first->second;
    };
    m_flatColors.resize(m_graph.nodes.size());
    for (int node = 0; node < int(m_graph.nodes.size()); ++node) {
        const NodePlace &place = m_graph.nodes.place(node);
        const char *token = "nodeLine";
        if (m_graph.nodes.isBroken(node)) {
            token = "s_failed";
        } else if (m_run && place.isTask()) {
            const TaskRun *run = runOf(node);
            token = run ? ui::stateLook(run->state).inkToken : "nodeLine";
        } else if (!place.isValue() && !m_graph.nodes.isDisabled(node)) {
            token = m_graph.nodes.look(node).inkToken();
        }
        m_flatColors[std::size_t(node)] = color(token);
    }
    return m_flatColors[std::size_t(wanted)];
}

void FlowScene::moveItems(double progress)
{
    const auto between = [&](const QRectF &a, const QRectF &b) {
        const auto mix = [&](double x, double y) { return x + (y - x) * progress; };
        return QRectF(mix(a.left(), b.left()), mix(a.top(), b.top()), mix(a.width(), b.width()), mix(a.height(), b.height()));
    };
    std::unordered_set<int> moved;
    for (const Place &place : m_moving) {
        place.item->moveTo(between(place.from, place.to));
        moved.insert(place.item->node());
    }
    if (!moved.empty())
        moveEdges(moved);
    if (progress >= 1)
        m_moving.clear();
}

/// Arrows follow the ends that moved; their corners are those of the new picture.
void FlowScene::moveEdges(const std::unordered_set<int> &moved)
{
    for (const auto &[index, item] : m_edgeItems) {
        const LayoutEdge &edge = m_picture.edges[index];
        if (!moved.count(edge.from) && !moved.count(edge.to))
            continue;
        QPolygonF points = edge.points();
        const auto shiftOf = [&](int node, bool bottom) {
            if (node < 0 || !m_nodeItems[node])
                return QPointF();
            const QRectF now = m_nodeItems[node]->rect(), then = m_picture.boxes[node];
            return QPointF(now.center().x() - then.center().x(), bottom ? now.bottom() - then.bottom() : now.top() - then.top());
        };
        const QPointF own = item->pos(); // of an arrow that moves as a whole
        const QPointF a = shiftOf(edge.from, edge.kind != EdgeKind::Branch) - own;
        const QPointF b = edge.to < 0 ? a : shiftOf(edge.to, false) - own;
        const qsizetype half = points.size() / 2;
        for (qsizetype p = 0; p < points.size(); ++p)
            points[p] += p < half ? a : b;
        if (points.size() == 2 && std::abs(points[0].x() - points[1].x()) > 0.5) {
            const double y = (points[0].y() + points[1].y()) / 2;
            points = {points[0], QPointF(points[0].x(), y), QPointF(points[1].x(), y), points[1]};
        }
        item->setPoints(points);
    }
}

void FlowScene::setGap(int list, int index)
{
    constexpr double kHalf = 12; // of the 24 that open
    if (m_gap == std::pair(list, index))
        return;
    m_gap = {list, index};
    finishMotion();
    std::unordered_set<int> touched;
    for (const auto &[node, by] : std::exchange(m_apart, {})) {
        if (m_nodeItems[node])
            m_nodeItems[node]->moveTo(rectOf(node));
        touched.insert(node);
    }
    const auto aside = [&](int root, QPointF by) {
        for (int node = root; node < m_graph.nodes.place(root).last; ++node) {
            if (!m_nodeItems[node])
                continue;
            m_nodeItems[node]->moveTo(rectOf(node).translated(by));
            m_apart[node] = by;
            touched.insert(node);
        }
    };
    if (list >= 0 && index >= 0 && m_graph.lists[list].flowing != Flowing::Dag) {
        const std::vector<int> &nodes = m_graph.lists[list].nodes;
        const bool row = m_graph.lists[list].flowing == Flowing::Parallel;
        for (int i = 0; i < int(nodes.size()); ++i) {
            const bool beside = i == index - 1 || i == index; // in a column the others have room enough
            const double by = i < index ? -kHalf : kHalf;
            if (row || beside)
                aside(nodes[i], row ? QPointF(by, 0) : QPointF(0, by));
        }
    }
    // What is inside a container moves with it as a whole, labels and empty places too.
    for (const auto &[edge, item] : m_edgeItems)
        item->setPos(asideOf(m_graph.lists[m_picture.edges[edge].list].owner));
    for (PlaceItem *item : m_placeItems)
        item->setPos(asideOf(m_graph.lists[item->list()].owner));
    moveEdges(touched);
}

QPointF FlowScene::asideOf(int node) const
{
    const auto it = m_apart.find(node);
    return it == m_apart.end() ? QPointF() : it->second;
}

void FlowScene::finishMotion()
{
    if (!m_moving.empty()) {
        m_motion.stop();
        moveItems(1);
    }
}

} // namespace canvas
