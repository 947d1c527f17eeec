#include "canvas/canvas_view.h"
#include "canvas/tools.h"
#include "ui/tr.h"
#include "ui/words.h"

#include <QDragEnterEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QScrollBar>
#include <QToolTip>

#include <cmath>

// The pointer of the canvas: which tool gets it, tool tips, drags from outside.

namespace canvas {

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
    lines << node.title << (node.type.isEmpty() ? node.typeLine : node.type) << Tr::tr("Line %1").arg(graph.nodes.line(hit.node));
    if (const TaskRun *run = m_scene.runOf(hit.node)) {
        QString state = run->state;
        if (run->millis)
            state += QStringLiteral(", ") + ui::durationText(*run->millis);
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
    m_insertTool->move({mapToScene(at), at, viewport()->mapToGlobal(at), Qt::NoButton, event->modifiers(), hitAt(at)});
    event->setAccepted(m_insertTool->isOverTarget());
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
    m_insertTool->move({mapToScene(at), at, viewport()->mapToGlobal(at), Qt::NoButton, event->modifiers(), hitAt(at)});
    setFocus(Qt::OtherFocusReason);
    if (m_insertTool->drop(*event->mimeData()))
        event->acceptProposedAction();
    else
        event->ignore();
}

} // namespace canvas
