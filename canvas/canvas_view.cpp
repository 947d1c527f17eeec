#include "canvas/canvas_view.h"

#include "canvas/inline_editor.h"
#include "canvas/lost_list.h"
#include "canvas/minimap.h"
#include "canvas/quick_insert.h"
#include "canvas/tools.h"
#include "ui/tr.h"

#include <QAccessible>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

namespace canvas {

namespace {

constexpr int kScrollMillis = 200;
constexpr double kTopMargin = 4;

} // namespace

CanvasView::CanvasView(QWidget *parent)
    : QGraphicsView(parent), m_edits(m_scene), m_selectTool(std::make_unique<SelectTool>(*this)),
      m_panTool(std::make_unique<PanTool>(*this)), m_moveTool(std::make_unique<MoveTool>(*this)),
      m_connectTool(std::make_unique<ConnectTool>(*this)), m_insertTool(std::make_unique<InsertTool>(*this)),
      m_minimap(new Minimap(*this)), m_quickInsert(new QuickInsert(this)), m_lostList(new LostList(this)), m_inlineEditor(new InlineEditor(this))
{
    setObjectName(QStringLiteral("canvas"));
    setScene(&m_scene);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setViewportUpdateMode(QGraphicsView::SmartViewportUpdate);
    setTransformationAnchor(QGraphicsView::NoAnchor);
    setResizeAnchor(QGraphicsView::NoAnchor);
    setAlignment(Qt::AlignLeft | Qt::AlignTop);
    setOptimizationFlag(QGraphicsView::DontAdjustForAntialiasing);
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    setAcceptDrops(true);
    viewport()->setAcceptDrops(true);
    setAccessibleName(Tr::tr("Graph"));
    m_scrolling.setDuration(kScrollMillis);
    m_scrolling.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_scrolling, &QVariantAnimation::valueChanged, this, [this](const QVariant &value) {
        const QPoint at = value.toPoint();
        horizontalScrollBar()->setValue(at.x());
        verticalScrollBar()->setValue(at.y());
    });
    connect(&m_scene, &FlowScene::pictureChanged, this, &CanvasView::pictureChanged);
    connect(&m_scene, &FlowScene::marksChanged, this, [this] {
        viewport()->update();
        m_minimap->update();
    });
    connect(&m_scene, &FlowScene::colorsChanged, m_minimap, &Minimap::refresh);
    connect(&m_scene, &FlowScene::faultChanged, this, [this] { viewport()->update(); });
    connect(&m_edits, &CanvasEdits::refused, this, &CanvasView::editRefused);
    connect(&m_edits, &CanvasEdits::aboutToSubmit, this, &CanvasView::expectChange);
    connect(m_quickInsert, &QuickInsert::chosen, this, [this](const QString &type) {
        setFocus(Qt::OtherFocusReason);
        if (m_quickInsert->offer() == Offer::Groups)
            m_edits.wrap(subjects(), type);
        else
            m_edits.addType(m_quickInsert->slot(), type, &m_insertOf);
    });
    connect(m_lostList, &LostList::closed, this, [this] { setFocus(Qt::OtherFocusReason); });
    connect(m_lostList, &LostList::placeChosen, this, &CanvasView::jumpRequested);
    connect(m_quickInsert, &QuickInsert::closed, this, [this] { setFocus(Qt::OtherFocusReason); });
    connect(m_inlineEditor, &InlineEditor::closed, this, [this] { setFocus(Qt::OtherFocusReason); });
    m_announcing.setSingleShot(true);
    m_announcing.setInterval(1000);
    connect(&m_announcing, &QTimer::timeout, this, &CanvasView::announce);
    setTheme(ui::Theme::load(ui::ThemeName::Light));
    applyZoom();
}

CanvasView::~CanvasView() = default;

void CanvasView::setTheme(const ui::Theme &theme)
{
    const double scaleBefore = m_scene.style().theme().textScale();
    m_scene.setTheme(theme);
    m_quickInsert->setTheme(theme);
    m_lostList->setTheme(theme);
    setBackgroundBrush(theme.color("canvas"));
    m_grid = QPixmap();
    if (scaleBefore != theme.textScale())
        applyZoom();
    viewport()->update();
}

void CanvasView::setCatalog(std::shared_ptr<const flow::TaskCatalog> catalog)
{
    m_quickInsert->setCatalog(catalog);
    m_edits.setCatalog(std::move(catalog));
}

void CanvasView::showSnapshot(const flow::Snapshot &snapshot)
{
    chooseAnchor();
    m_scene.showSnapshot(snapshot);
}

/// What must not move on the screen: the current node if it is in view, else the topmost one that is.
void CanvasView::chooseAnchor()
{
    const QRectF seen = mapToScene(viewport()->rect()).boundingRect();
    const int current = m_scene.current();
    if (current >= 0 && m_scene.isShown(current) && seen.intersects(m_scene.rectOf(current))) {
        m_scene.setAnchor(m_scene.graph().nodes.key(current));
        return;
    }
    int topmost = -1;
    double top = 1e18;
    for (const int node : m_scene.nodesIn(seen)) {
        const QRectF rect = m_scene.rectOf(node);
        if (rect.top() >= seen.top() && rect.top() < top) {
            top = rect.top();
            topmost = node;
        }
    }
    m_scene.setAnchor(topmost < 0 ? std::string() : m_scene.graph().nodes.key(topmost));
}

void CanvasView::pictureChanged(QPointF shift)
{
    const QPoint scroll(horizontalScrollBar()->value(), verticalScrollBar()->value());
    updateSceneRect();
    horizontalScrollBar()->setValue(scroll.x() + int(std::lround(shift.x() * lod())));
    verticalScrollBar()->setValue(scroll.y() + int(std::lround(shift.y() * lod())));
    if (!m_fitted && m_scene.snapshot().flow) {
        m_fitted = true;
        const QRectF bounds = m_scene.picture().bounds;
        horizontalScrollBar()->setValue(int(std::lround(-viewport()->width() / 2.0)));
        verticalScrollBar()->setValue(int(std::lround((bounds.top() - kTopMargin) * lod())));
    }
    const Graph &graph = m_scene.graph();
    const int tasks = graph.taskCount();
    setAccessibleName(tasks == 1 ? Tr::tr("Graph of %1, 1 task").arg(graph.title)
                                 : Tr::tr("Graph of %1, %2 tasks").arg(graph.title).arg(tasks));
    if (m_aftermath.active && m_scene.snapshot().revision != m_aftermath.before && m_scene.snapshot().revision != m_aftermath.shown) {
        m_aftermath.active = false;
        Keys fresh;
        int first = -1;
        for (const int node : m_scene.freshNodes()) {
            const std::string key = graph.nodes.key(node);
            if (m_aftermath.typed.count(key) || m_scene.current() == node)
                continue;
            fresh.insert(key);
            first = first < 0 ? node : first;
        }
        if (!fresh.empty()) {
            select(fresh);
            setCurrentNode(first, true);
        } else if (m_scene.current() < 0) {
            for (const std::string &key : m_aftermath.candidates) {
                if (const int node = graph.byKey(key); node >= 0) {
                    select({key});
                    setCurrentNode(node, true);
                    break;
                }
            }
        }
    }
    if (m_tool && !m_tool->pictureChanged())
        endTool(); // what it held is gone
    if (!m_searchWords.isEmpty())
        search(m_searchWords);
    tellSeen();
    placeMinimap();
    viewport()->update();
}

void CanvasView::expectChange(const flow::Snapshot &before)
{
    const Graph &graph = m_scene.graph();
    m_aftermath = {true, before.revision, m_scene.snapshot().revision, {}, {}};
    if (before.flow != m_scene.snapshot().flow) { // typed since the picture was made
        const Graph ahead = Graph::build(before, [](const flow::Diagnostic &) { return QString(); });
        for (int node = 0; node < int(ahead.nodes.size()); ++node) {
            if (std::string key = ahead.nodes.key(node); graph.byKey(key) < 0)
                m_aftermath.typed.insert(std::move(key));
        }
    }
    // After a delete: the next task, else the one before, else the container.
    const int current = m_scene.current();
    if (current < 0)
        return;
    const NodePlace &data = graph.nodes.place(current);
    const std::vector<int> &siblings = graph.lists[std::size_t(data.list)].nodes;
    for (std::size_t i = std::size_t(data.indexInList) + 1; i < siblings.size(); ++i)
        m_aftermath.candidates.push_back(graph.nodes.key(siblings[i]));
    for (int i = data.indexInList - 1; i >= 0; --i)
        m_aftermath.candidates.push_back(graph.nodes.key(siblings[std::size_t(i)]));
    if (data.owner >= 0)
        m_aftermath.candidates.push_back(graph.nodes.key(data.owner));
}

// Runs

void CanvasView::setRun(const RunOverlay &run)
{
    const RunOverlay *before = m_scene.run();
    if (before && run.live) {
        for (const auto &[id, task] : run.tasks) {
            const auto then = before->tasks.find(id);
            if (then == before->tasks.end() || then->second.state != task.state)
                m_news.emplace_back(QString::fromStdString(id), task.state);
        }
    }
    m_scene.setRun(run);
    if (!m_news.empty() && !m_announcing.isActive()) {
        announce();
        m_announcing.start();
    }
}

void CanvasView::clearRun()
{
    m_news.clear();
    m_scene.clearRun();
}

/// Tells screen readers the worst of what happened since the last time.
void CanvasView::announce()
{
    static const QStringList worst{QStringLiteral("FAILED"), QStringLiteral("KILLED"), QStringLiteral("WARNING"),
                                   QStringLiteral("PAUSED"), QStringLiteral("BREAKPOINT"), QStringLiteral("RETRYING"),
                                   QStringLiteral("SUCCESS")};
    if (m_news.empty())
        return;
    const auto rank = [&](const auto &news) { return std::size_t(worst.indexOf(news.second)); }; // unknown: last
    const auto first = std::min_element(m_news.begin(), m_news.end(), [&](const auto &a, const auto &b) { return rank(a) < rank(b); });
    const QString words = QStringLiteral("%1 %2").arg(first->first, first->second);
    m_news.clear();
    setAccessibleDescription(words);
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
    m_announcing.start();
}

// Selection

QStringList CanvasView::selected() const
{
    QStringList paths;
    for (const int node : m_scene.selectedNodes())
        paths << QString::fromStdString(m_scene.graph().nodes.path(node));
    return paths;
}

QString CanvasView::currentPath() const
{
    const int node = m_scene.current();
    return node < 0 ? QString() : QString::fromStdString(m_scene.graph().nodes.path(node));
}

void CanvasView::setSelected(const QStringList &paths, bool show)
{
    Keys keys;
    int first = -1;
    for (const QString &path : paths) {
        const int node = m_scene.graph().byPath(path.toStdString());
        if (node < 0)
            continue;
        keys.insert(m_scene.graph().nodes[std::size_t(node)].key);
        first = first < 0 ? node : first;
    }
    m_scene.setSelection(keys);
    if (first < 0)
        return;
    m_currentList.clear();
    m_scene.setCurrent(first);
    if (show) {
        m_scene.reveal(first);
        const int now = m_scene.current();
        if (now >= 0 && m_scene.isShown(now))
            showNode(now);
    }
}

void CanvasView::select(const Keys &keys)
{
    if (keys == m_scene.selection())
        return;
    m_scene.setSelection(keys);
    emit selectionChanged(selected());
}

void CanvasView::setCurrentNode(int node, bool show)
{
    m_currentList.clear();
    if (node != m_scene.current()) {
        m_scene.setCurrent(node);
        emit currentChanged(currentPath());
    }
    if (show && node >= 0)
        showRect(m_scene.rectOf(node));
    viewport()->update();
}

void CanvasView::activate(int node)
{
    if (node < 0)
        return;
    const GraphNode &data = m_scene.graph().nodes[std::size_t(node)];
    if (data.broken) {
        const flow::Task *task = m_scene.snapshot().flow->findByPath(data.path);
        emit jumpRequested(qsizetype(task && task->fault ? task->fault->range.begin : data.range.begin));
        return;
    }
    emit taskActivated(QString::fromStdString(data.path));
}

} // namespace canvas
