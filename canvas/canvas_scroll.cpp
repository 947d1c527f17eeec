#include "canvas/canvas_view.h"

#include "canvas/minimap.h"

#include <QResizeEvent>
#include <QScrollBar>

#include <algorithm>
#include <cmath>

// What of the picture is seen: zoom, scrolling, search.

namespace canvas {

namespace {

constexpr double kLeast = 0.05, kMost = 4;
constexpr double kSteps[] = {0.1, 0.25, 0.5, 0.75, 1, 1.5, 2, 4};

} // namespace

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

void CanvasView::scrollPage(int across, int down)
{
    m_scrolling.stop();
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + across * horizontalScrollBar()->pageStep() * 4 / 5);
    verticalScrollBar()->setValue(verticalScrollBar()->value() + down * verticalScrollBar()->pageStep() * 4 / 5);
}

void CanvasView::tellSeen()
{
    m_scene.setSeen(mapToScene(viewport()->rect()).boundingRect());
}

void CanvasView::setMinimapShown(bool shown)
{
    if (std::exchange(m_minimapShown, shown) == shown)
        return;
    placeMinimap();
    emit minimapShownChanged(shown);
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

} // namespace canvas
