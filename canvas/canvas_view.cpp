#include "canvas/canvas_view.h"

#include "canvas/inline_editor.h"
#include "canvas/layout_request.h"
#include "canvas/minimap.h"
#include "canvas/quick_insert.h"
#include "canvas/tools.h"
#include "ui/tr.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainterPath>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace canvas {

namespace {

constexpr double kLeast = 0.05, kMost = 4;
constexpr double kSteps[] = {0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 4};
constexpr int kScrollMillis = 200;
constexpr double kTopMargin = 4;
constexpr double kGridStep = 24;

} // namespace

CanvasView::CanvasView(QWidget *parent)
    : QGraphicsView(parent), m_edits(m_scene), m_selectTool(std::make_unique<SelectTool>(*this)),
      m_panTool(std::make_unique<PanTool>(*this)), m_moveTool(std::make_unique<MoveTool>(*this)),
      m_connectTool(std::make_unique<ConnectTool>(*this)), m_insertTool(std::make_unique<InsertTool>(*this)),
      m_minimap(new Minimap(*this)), m_quickInsert(new QuickInsert(this)), m_inlineEditor(new InlineEditor(this))
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
        m_edits.addType(m_quickInsert->slot(), type);
    });
    connect(m_quickInsert, &QuickInsert::closed, this, [this] { setFocus(Qt::OtherFocusReason); });
    connect(m_inlineEditor, &InlineEditor::closed, this, [this] { setFocus(Qt::OtherFocusReason); });
    setTheme(ui::Theme::load(ui::ThemeName::Light));
    applyZoom();
}

CanvasView::~CanvasView() = default;

void CanvasView::setTheme(const ui::Theme &theme)
{
    const double scaleBefore = m_scene.style().theme().textScale();
    m_scene.setTheme(theme);
    m_quickInsert->setTheme(theme);
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
        m_scene.setAnchor(m_scene.graph().nodes[std::size_t(current)].key);
        return;
    }
    std::string key;
    double top = 1e18;
    for (const int node : m_scene.nodesIn(seen)) {
        const QRectF rect = m_scene.rectOf(node);
        if (rect.top() >= seen.top() && rect.top() < top) {
            top = rect.top();
            key = m_scene.graph().nodes[std::size_t(node)].key;
        }
    }
    m_scene.setAnchor(key);
}

void CanvasView::pictureChanged(QPointF shift)
{
    if (m_tool) // what it held may be gone
        endTool();
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
    if (m_aftermath.active && m_scene.snapshot().revision != m_aftermath.before) {
        m_aftermath.active = false;
        Keys fresh;
        int first = -1;
        for (const int node : graph.fileOrder) {
            const GraphNode &data = graph.nodes[std::size_t(node)];
            const bool inFresh = data.owner >= 0 && fresh.count(graph.nodes[std::size_t(data.owner)].key);
            if (!m_aftermath.known.count(data.key) && !inFresh && m_scene.current() != node) {
                fresh.insert(data.key);
                first = first < 0 ? node : first;
            }
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
    if (!m_searchWords.isEmpty())
        search(m_searchWords);
    tellSeen();
    placeMinimap();
    viewport()->update();
}

void CanvasView::expectChange()
{
    const Graph &graph = m_scene.graph();
    m_aftermath = {true, m_scene.snapshot().revision, {}, {}};
    for (const GraphNode &node : graph.nodes)
        m_aftermath.known.insert(node.key);
    // After a delete: the next task, else the one before, else the container.
    const int current = m_scene.current();
    if (current < 0)
        return;
    const GraphNode &data = graph.nodes[std::size_t(current)];
    const std::vector<int> &siblings = graph.lists[std::size_t(data.list)].nodes;
    for (std::size_t i = std::size_t(data.indexInList) + 1; i < siblings.size(); ++i)
        m_aftermath.candidates.push_back(graph.nodes[std::size_t(siblings[i])].key);
    for (int i = data.indexInList - 1; i >= 0; --i)
        m_aftermath.candidates.push_back(graph.nodes[std::size_t(siblings[std::size_t(i)])].key);
    if (data.owner >= 0)
        m_aftermath.candidates.push_back(graph.nodes[std::size_t(data.owner)].key);
}

// Selection

QStringList CanvasView::selected() const
{
    QStringList paths;
    for (const int node : m_scene.selectedNodes())
        paths << QString::fromStdString(m_scene.graph().nodes[std::size_t(node)].path);
    return paths;
}

QString CanvasView::currentPath() const
{
    const int node = m_scene.current();
    return node < 0 ? QString() : QString::fromStdString(m_scene.graph().nodes[std::size_t(node)].path);
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

// Zoom and scrolling

void CanvasView::applyZoom()
{
    const double scale = m_zoom * m_scene.style().theme().textScale();
    setTransform(QTransform::fromScale(scale, scale));
    m_scene.setFlat(scale < look::kBlock);
    m_grid = QPixmap();
    updateSceneRect();
}

/// Always larger than the view, so that every part can be brought to the middle and nothing is re-centred.
void CanvasView::updateSceneRect()
{
    const double w = viewport()->width() / lod(), h = viewport()->height() / lod();
    const QRectF bounds = m_scene.picture().bounds;
    setSceneRect(bounds.united(QRectF(0, 0, 1, 1)).adjusted(-w, -h, w, h));
}

void CanvasView::setZoom(double zoom, QPointF fixed)
{
    zoom = std::clamp(zoom, kLeast, kMost);
    if (std::abs(zoom - m_zoom) < 1e-6)
        return;
    m_scrolling.stop();
    const QPointF at = fixed.isNull() ? QPointF(viewport()->rect().center()) : fixed;
    const QPointF scene = mapToScene(at.toPoint()) + (at - QPointF(at.toPoint())) / lod();
    m_zoom = zoom;
    applyZoom();
    const QPointF now = transform().map(scene); // scroll values are scene coordinates times the scale
    horizontalScrollBar()->setValue(int(std::lround(now.x() - at.x())));
    verticalScrollBar()->setValue(int(std::lround(now.y() - at.y())));
    tellSeen();
    placeMinimap();
    emit zoomChanged(m_zoom);
}

void CanvasView::zoomIn()
{
    for (const double step : kSteps) {
        if (step > m_zoom + 0.005)
            return setZoom(step);
    }
}

void CanvasView::zoomOut()
{
    for (auto step = std::rbegin(kSteps); step != std::rend(kSteps); ++step) {
        if (*step < m_zoom - 0.005)
            return setZoom(*step);
    }
    setZoom(kLeast);
}

void CanvasView::zoomToFit()
{
    const QRectF bounds = m_scene.picture().bounds.adjusted(-16, -16, 16, 16);
    if (bounds.isEmpty())
        return;
    const double text = m_scene.style().theme().textScale();
    const double fit = std::min(viewport()->width() / bounds.width(), viewport()->height() / bounds.height()) / text;
    setZoom(std::min(1.0, fit));
    centerOn(bounds.center());
    placeMinimap();
}

void CanvasView::zoomToReal()
{
    const int current = m_scene.current();
    setZoom(1);
    if (current >= 0 && m_scene.isShown(current))
        showRect(m_scene.rectOf(current));
}

void CanvasView::showRect(const QRectF &rect)
{
    const QRectF seen = mapToScene(viewport()->rect().adjusted(16, 16, -16, -16)).boundingRect();
    const double dx = rect.left() < seen.left() ? rect.left() - seen.left()
                      : rect.right() > seen.right() ? std::min(rect.right() - seen.right(), rect.left() - seen.left()) : 0;
    const double dy = rect.top() < seen.top() ? rect.top() - seen.top()
                      : rect.bottom() > seen.bottom() ? std::min(rect.bottom() - seen.bottom(), rect.top() - seen.top()) : 0;
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + int(std::lround(dx * lod())));
    verticalScrollBar()->setValue(verticalScrollBar()->value() + int(std::lround(dy * lod())));
}

void CanvasView::showNode(int node, bool animate)
{
    const QRectF rect = m_scene.headOf(node);
    const QRectF seen = mapToScene(viewport()->rect()).boundingRect();
    if (seen.contains(rect))
        return;
    const QPoint from(horizontalScrollBar()->value(), verticalScrollBar()->value());
    const QPoint to(int(std::lround(rect.center().x() * lod() - viewport()->width() / 2.0)),
                    int(std::lround(rect.center().y() * lod() - viewport()->height() / 2.0)));
    const bool far = std::abs(to.y() - from.y()) > 3 * viewport()->height() || std::abs(to.x() - from.x()) > 3 * viewport()->width();
    m_scrolling.stop();
    if (!animate || far || !isVisible() || m_scene.reducedMotion()) {
        horizontalScrollBar()->setValue(to.x());
        verticalScrollBar()->setValue(to.y());
        return;
    }
    m_scrolling.setStartValue(from);
    m_scrolling.setEndValue(to);
    m_scrolling.start();
}

void CanvasView::resizeEvent(QResizeEvent *event)
{
    // The middle stays in the middle.
    const QPoint scroll(horizontalScrollBar()->value(), verticalScrollBar()->value());
    QGraphicsView::resizeEvent(event);
    updateSceneRect();
    const int dx = event->oldSize().isValid() ? (event->oldSize().width() - event->size().width()) / 2 : 0;
    horizontalScrollBar()->setValue(scroll.x() + dx);
    verticalScrollBar()->setValue(scroll.y());
    if (m_fitted && !event->oldSize().isValid())
        horizontalScrollBar()->setValue(int(std::lround(-viewport()->width() / 2.0)));
    tellSeen();
    placeMinimap();
}

void CanvasView::scrollContentsBy(int dx, int dy)
{
    QGraphicsView::scrollContentsBy(dx, dy);
    tellSeen();
    viewport()->update();
    m_minimap->update();
}

void CanvasView::tellSeen()
{
    m_scene.setSeen(mapToScene(viewport()->rect()).boundingRect());
}

void CanvasView::setMinimapShown(bool shown)
{
    m_minimapShown = shown;
    placeMinimap();
}

void CanvasView::placeMinimap()
{
    m_minimap->place(m_minimapShown);
}

// Search

int CanvasView::search(const QString &words)
{
    const bool same = words == m_searchWords;
    const int before = same && m_hitIndex >= 0 && m_hitIndex < int(m_hitNodes.size()) ? m_hitIndex : -1;
    m_searchWords = words;
    m_hitNodes.clear();
    Keys keys;
    if (!words.isEmpty()) {
        for (const int node : m_scene.graph().fileOrder) {
            const GraphNode &data = m_scene.graph().nodes[std::size_t(node)];
            if (data.title.contains(words, Qt::CaseInsensitive) || data.type.contains(words, Qt::CaseInsensitive)
                || data.note.contains(words, Qt::CaseInsensitive)) {
                m_hitNodes.push_back(node);
                keys.insert(data.key);
            }
        }
    }
    m_hitIndex = m_hitNodes.empty() ? -1 : std::clamp(before, 0, int(m_hitNodes.size()) - 1);
    m_scene.setHits(keys, m_hitIndex < 0 ? std::string() : m_scene.graph().nodes[std::size_t(m_hitNodes[std::size_t(m_hitIndex)])].key);
    if (!same && m_hitIndex >= 0)
        nextHit(0);
    return int(m_hitNodes.size());
}

void CanvasView::nextHit(int step)
{
    if (m_hitNodes.empty())
        return;
    const int count = int(m_hitNodes.size());
    m_hitIndex = (m_hitIndex + step % count + count) % count;
    const std::string key = m_scene.graph().nodes[std::size_t(m_hitNodes[std::size_t(m_hitIndex)])].key;
    Keys keys;
    for (const int node : m_hitNodes)
        keys.insert(m_scene.graph().nodes[std::size_t(node)].key);
    m_scene.setHits(keys, key);
    m_scene.reveal(m_hitNodes[std::size_t(m_hitIndex)]);
    const int node = m_scene.graph().byKey(key);
    if (node >= 0 && m_scene.isShown(node))
        showNode(node);
}

// Pointer

Hit CanvasView::hitAt(QPoint viewPoint) const
{
    return m_scene.hitAt(mapToScene(viewPoint), lod());
}

PointerEvent CanvasView::pointerEvent(const QMouseEvent &event) const
{
    const QPoint at = event.position().toPoint();
    return {mapToScene(at), at, event.globalPosition().toPoint(), event.button(), event.modifiers(), hitAt(at)};
}

void CanvasView::beginTool(CanvasTool &tool, const PointerEvent &pressed)
{
    m_tool = &tool;
    tool.press(pressed);
}

void CanvasView::endTool()
{
    CanvasTool *tool = std::exchange(m_tool, nullptr);
    if (tool)
        tool->cancel();
    viewport()->setCursor(Qt::ArrowCursor);
    viewport()->update();
}

void CanvasView::mousePressEvent(QMouseEvent *event)
{
    m_scene.setFocusShown(hasFocus() && m_keyboardUsed);
    m_scrolling.stop();
    if (m_tool) {
        if (event->button() == Qt::RightButton)
            endTool();
        return;
    }
    const PointerEvent pointer = pointerEvent(*event);
    if (event->button() == Qt::MiddleButton || (event->button() == Qt::LeftButton && m_spaceHeld))
        beginTool(*m_panTool, pointer);
    else if (event->button() == Qt::LeftButton)
        beginTool(*m_selectTool, pointer);
    else if (event->button() == Qt::RightButton && pointer.hit.onNode())
        setCurrentNode(pointer.hit.node, false);
}

void CanvasView::mouseMoveEvent(QMouseEvent *event)
{
    const PointerEvent pointer = pointerEvent(*event);
    if (m_tool) {
        m_tool->move(pointer);
        return;
    }
    m_scene.setHovered(pointer.hit);
    setCursorFor(pointer.hit);
}

void CanvasView::setCursorFor(const Hit &hit)
{
    Qt::CursorShape shape = Qt::ArrowCursor;
    switch (hit.part) {
    case Hit::Part::Chevron:
    case Hit::Part::Problem:
    case Hit::Part::Plus:
    case Hit::Part::Slot:
    case Hit::Part::Breakpoint: shape = Qt::PointingHandCursor; break;
    case Hit::Part::InPort:
    case Hit::Part::OutPort: shape = Qt::CrossCursor; break;
    default: break;
    }
    viewport()->setCursor(m_spaceHeld ? Qt::OpenHandCursor : shape);
}

void CanvasView::mouseReleaseEvent(QMouseEvent *event)
{
    if (!m_tool || event->buttons() != Qt::NoButton)
        return;
    CanvasTool *tool = std::exchange(m_tool, nullptr);
    tool->release(pointerEvent(*event));
    setCursorFor(hitAt(event->position().toPoint()));
    viewport()->update();
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const Hit hit = hitAt(event->position().toPoint());
    if (hit.part == Hit::Part::Note)
        startNote(hit.node);
    else if (hit.part == Hit::Part::Body)
        activate(hit.node);
    else
        mousePressEvent(event);
}

void CanvasView::wheelEvent(QWheelEvent *event)
{
    m_scrolling.stop();
    if (event->modifiers() & Qt::ControlModifier) {
        setZoom(m_zoom * std::pow(1.0015, event->angleDelta().y()), event->position());
        event->accept();
        return;
    }
    QPoint by = event->pixelDelta().isNull() ? event->angleDelta() / 2 : event->pixelDelta();
    if (event->modifiers() & Qt::ShiftModifier && by.x() == 0)
        by = QPoint(by.y(), 0);
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() - by.x());
    verticalScrollBar()->setValue(verticalScrollBar()->value() - by.y());
    event->accept();
}

QString CanvasView::tipFor(const Hit &hit) const
{
    const Graph &graph = m_scene.graph();
    if (hit.part == Hit::Part::Plus) {
        const LayoutEdge &edge = m_scene.picture().edges[std::size_t(hit.edge)];
        if (edge.from >= 0 && edge.to >= 0)
            return Tr::tr("Add a task between %1 and %2").arg(graph.nodes[std::size_t(edge.from)].title, graph.nodes[std::size_t(edge.to)].title);
        return Tr::tr("Add a task");
    }
    if (!hit.onNode() || hit.part == Hit::Part::Slot)
        return {};
    const GraphNode &node = graph.nodes[std::size_t(hit.node)];
    QStringList lines;
    if (hit.part == Hit::Part::Problem) {
        for (const Problem &problem : node.problems)
            lines << problem.text;
        return lines.join(QLatin1Char('\n'));
    }
    if (hit.part == Hit::Part::Defaults)
        return Tr::tr("From pluginDefaults:") + QLatin1Char('\n') + node.defaults.join(QLatin1Char('\n'));
    lines << node.title << (node.type.isEmpty() ? node.typeLine : node.type) << Tr::tr("Line %1").arg(node.line);
    if (const TaskRun *run = m_scene.runOf(hit.node)) {
        QString state = run->state;
        if (run->millis)
            state += QStringLiteral(", ") + durationText(*run->millis);
        if (run->attempts > 1)
            state += QStringLiteral(", ") + Tr::tr("%1 attempts").arg(run->attempts);
        lines << state;
        if (!run->reason.isEmpty())
            lines << run->reason;
    } else if (m_scene.run() && node.kind == NodeKind::Task) {
        const auto reason = m_scene.run()->reasons.find(node.id);
        lines << (reason == m_scene.run()->reasons.end() ? Tr::tr("not started") : reason->second);
    }
    if (node.disabled)
        lines << Tr::tr("Disabled");
    for (const Badge &badge : node.badges)
        lines << badge.text;
    return lines.join(QLatin1Char('\n'));
}

bool CanvasView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QString tip = m_tool ? QString() : tipFor(hitAt(help->pos()));
        if (tip.isEmpty())
            QToolTip::hideText();
        else
            QToolTip::showText(help->globalPos(), tip, this);
        return true;
    }
    if (event->type() == QEvent::Leave && !m_tool)
        m_scene.setHovered({});
    return QGraphicsView::viewportEvent(event);
}

// Drags from outside

void CanvasView::dragEnterEvent(QDragEnterEvent *event)
{
    if (!InsertTool::accepts(*event->mimeData()) || m_edits.isReadOnly()) {
        event->ignore();
        return;
    }
    m_tool = m_insertTool.get();
    m_insertTool->begin(*event->mimeData());
    event->acceptProposedAction();
}

void CanvasView::dragMoveEvent(QDragMoveEvent *event)
{
    if (m_tool != m_insertTool.get())
        return event->ignore();
    const QPoint at = event->position().toPoint();
    m_insertTool->move({mapToScene(at), at, viewport()->mapToGlobal(at), Qt::NoButton, event->modifiers(), {}});
    event->setAccepted(m_insertTool->target() != nullptr);
    if (event->isAccepted())
        event->acceptProposedAction();
}

void CanvasView::dragLeaveEvent(QDragLeaveEvent *)
{
    if (m_tool == m_insertTool.get())
        endTool();
}

void CanvasView::dropEvent(QDropEvent *event)
{
    if (m_tool != m_insertTool.get())
        return event->ignore();
    m_tool = nullptr;
    const QPoint at = event->position().toPoint();
    m_insertTool->move({mapToScene(at), at, viewport()->mapToGlobal(at), Qt::NoButton, event->modifiers(), {}});
    setFocus(Qt::OtherFocusReason);
    if (m_insertTool->drop(*event->mimeData()))
        event->acceptProposedAction();
    else
        event->ignore();
}

// Painting

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
    for (const GraphLink &link : m_scene.graph().links) {
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
            const GraphNode &node = m_scene.graph().nodes[std::size_t(i)];
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
