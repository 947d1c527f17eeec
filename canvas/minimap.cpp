#include "canvas/minimap.h"

#include "canvas/canvas_view.h"
#include "ui/tr.h"

#include <limits>

#include <QMouseEvent>
#include <QPainter>

namespace canvas {

namespace {
constexpr int kWidth = 120, kMaxHeight = 160, kMinHeight = 48, kMargin = 12, kInset = 8;
}

Minimap::Minimap(CanvasView &view) : QWidget(view.viewport()), m_view(view)
{
    setAccessibleName(Tr::tr("Minimap"));
    setCursor(Qt::ArrowCursor);
    hide();
}

void Minimap::place(bool wanted)
{
    const FlowScene &scene = m_view.flowScene();
    const QRectF bounds = scene.picture().bounds;
    const QRectF seen = m_view.mapToScene(m_view.viewport()->rect()).boundingRect();
    if (!wanted || bounds.isEmpty() || seen.contains(bounds) || m_view.viewport()->width() < 3 * kWidth) {
        hide();
        return;
    }
    const int height = std::clamp(int(kWidth * bounds.height() / std::max(1.0, bounds.width())), kMinHeight, kMaxHeight);
    const QRect view = m_view.viewport()->rect().adjusted(kMargin, kMargin, -kMargin, -kMargin);
    const QRect corners[] = {QRect(view.right() - kWidth + 1, view.bottom() - height + 1, kWidth, height),
                             QRect(view.right() - kWidth + 1, view.top(), kWidth, height),
                             QRect(view.left(), view.bottom() - height + 1, kWidth, height),
                             QRect(view.left(), view.top(), kWidth, height)};
    QRect best = corners[0];
    int least = std::numeric_limits<int>::max();
    for (const QRect &corner : corners) {
        const QRectF area = m_view.mapToScene(corner).boundingRect();
        int covered = 0;
        for (const int node : scene.nodesIn(area)) {
            if (scene.graph().nodes.place(node).container && !scene.isCollapsed(node))
                continue;
            // Never over the node with the focus.
            covered += node == scene.current() ? 1'000'000 : 1;
        }
        if (covered < least) {
            least = covered;
            best = corner;
        }
    }
    setGeometry(best);
    show();
    raise();
    update();
}

QTransform Minimap::toMap() const
{
    const QRectF bounds = m_view.flowScene().picture().bounds;
    const QRectF inner = QRectF(rect()).adjusted(kInset, kInset, -kInset, -kInset);
    const double scale = std::min(inner.width() / std::max(1.0, bounds.width()), inner.height() / std::max(1.0, bounds.height()));
    return QTransform().translate(inner.center().x(), inner.center().y()).scale(scale, scale)
        .translate(-bounds.center().x(), -bounds.center().y());
}

void Minimap::refresh()
{
    m_nodes = QPixmap();
    update();
}

void Minimap::drawNodes()
{
    constexpr std::size_t kFine = 1000; // above, corners are not worth their time
    const FlowScene &scene = m_view.flowScene();
    const Style &style = scene.style();
    m_nodes = QPixmap(size() * devicePixelRatioF());
    m_nodes.setDevicePixelRatio(devicePixelRatioF());
    m_nodes.fill(Qt::transparent);
    QPainter painter(&m_nodes);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(style.color("lineStrong"), 1));
    painter.setBrush(style.color("panel"));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    const QTransform map = toMap();
    const Graph &graph = scene.graph();
    const bool fine = graph.nodes.size() <= kFine;
    painter.setRenderHint(QPainter::Antialiasing, fine);
    painter.setPen(Qt::NoPen);
    const QColor band = style.color("accentSoft");
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
        if (!scene.isShown(int(i)))
            continue;
        const bool open = graph.nodes.place(int(i)).container && !scene.isCollapsed(int(i));
        QRectF where = map.mapRect(open ? scene.bodyOf(int(i)) : scene.rectOf(int(i)));
        where.setSize(where.size().expandedTo(QSizeF(1.5, 1.5)));
        if (open || !fine) {
            painter.fillRect(where, open ? band : scene.flatColor(int(i)));
        } else {
            painter.setBrush(scene.flatColor(int(i)));
            painter.drawRoundedRect(where, 1, 1);
        }
    }
}

void Minimap::paintEvent(QPaintEvent *)
{
    if (m_nodes.isNull() || m_nodes.size() != size() * devicePixelRatioF())
        drawNodes();
    QPainter painter(this);
    painter.drawPixmap(0, 0, m_nodes);
    const QRectF seen = toMap().mapRect(m_view.mapToScene(m_view.viewport()->rect()).boundingRect());
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(m_view.flowScene().style().color("accent"), 1.5));
    painter.drawRoundedRect(seen.intersected(QRectF(rect()).adjusted(3, 3, -3, -3)), 2, 2);
}

void Minimap::centreOn(QPointF point)
{
    m_view.centerOn(toMap().inverted().map(point));
}

void Minimap::mousePressEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        centreOn(event->position());
}

void Minimap::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        centreOn(event->position());
}

} // namespace canvas
