#include "canvas/canvas_view.h"
#include "canvas/tools.h"

#include <QGuiApplication>
#include <QKeyEvent>

#include <algorithm>

// The keyboard of the canvas.

namespace canvas {

namespace {

/// The letter on a key by its place, so that it works with any layout; 0 when the platform tells none.
int physicalLetter(const QKeyEvent &event)
{
    static const bool codesAreXkb = QGuiApplication::platformName() == QLatin1String("xcb")
                                    || QGuiApplication::platformName().startsWith(QLatin1String("wayland"));
    if (codesAreXkb) {
        switch (event.nativeScanCode()) { // evdev codes + 8
        case 25: return Qt::Key_W;
        case 26: return Qt::Key_E;
        case 27: return Qt::Key_R;
        case 28: return Qt::Key_T;
        case 31: return Qt::Key_I;
        case 32: return Qt::Key_O;
        case 34: return Qt::Key_BracketLeft;
        case 35: return Qt::Key_BracketRight;
        case 33: return Qt::Key_P;
        case 38: return Qt::Key_A;
        case 39: return Qt::Key_S;
        case 40: return Qt::Key_D;
        case 41: return Qt::Key_F;
        case 43: return Qt::Key_H;
        case 44: return Qt::Key_J;
        case 45: return Qt::Key_K;
        case 46: return Qt::Key_L;
        case 53: return Qt::Key_X;
        case 54: return Qt::Key_C;
        case 57: return Qt::Key_N;
        case 58: return Qt::Key_M;
        case 61: return Qt::Key_Slash;
        default: break;
        }
    }
    return event.key();
}

} // namespace

bool CanvasView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) { // single keys are the canvas's own while it has the focus
        auto *key = static_cast<QKeyEvent *>(event);
        const bool plain = !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
        const bool function = key->key() >= Qt::Key_F1 && key->key() <= Qt::Key_F35 && key->key() != Qt::Key_F2;
        const bool moves = (key->modifiers() & ~Qt::ShiftModifier) == Qt::AltModifier && key->key() >= Qt::Key_Left && key->key() <= Qt::Key_Down;
        if ((plain && !function) || moves || key->matches(QKeySequence::Copy) || key->matches(QKeySequence::Cut)
            || key->matches(QKeySequence::Paste) || key->matches(QKeySequence::SelectAll)) {
            event->accept();
            return true;
        }
    }
    return QGraphicsView::event(event);
}

/// Tab walks the nodes and stays on the canvas.
bool CanvasView::focusNextPrevChild(bool)
{
    return false;
}

void CanvasView::focusInEvent(QFocusEvent *event)
{
    QGraphicsView::focusInEvent(event);
    m_keyboardUsed = event->reason() != Qt::MouseFocusReason;
    m_scene.setFocusShown(m_keyboardUsed);
    viewport()->update();
}

void CanvasView::focusOutEvent(QFocusEvent *event)
{
    QGraphicsView::focusOutEvent(event);
    m_spaceHeld = false;
    m_scene.setFocusShown(false);
    viewport()->update();
}

void CanvasView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_spaceHeld = true;
        viewport()->setCursor(Qt::OpenHandCursor);
        return;
    }
    if (m_tool && event->key() == Qt::Key_Escape)
        return endTool();
    if (m_tool && !(m_tool == m_connectTool.get() && m_connectTool->byKeys()))
        return; // a gesture of the pointer is under way
    m_keyboardUsed = true;
    m_scene.setFocusShown(true);
    if (m_tool ? !runConnectKey(*event) : !runKey(*event))
        QWidget::keyPressEvent(event);
    viewport()->update();
}

void CanvasView::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_spaceHeld = false;
        viewport()->setCursor(Qt::ArrowCursor);
    }
    QGraphicsView::keyReleaseEvent(event);
}

void CanvasView::walkTo(Step step, bool extend)
{
    Stop from{m_scene.current(), -1};
    if (from.node < 0 && !m_currentList.empty())
        from.list = m_scene.graph().listByPath(m_currentList);
    const Stop to = walk(m_scene, from, step);
    if (to.node >= 0) {
        Keys keys = extend ? m_scene.selection() : Keys();
        if (extend && from.node >= 0)
            keys.insert(m_scene.graph().nodes[std::size_t(from.node)].key);
        keys.insert(m_scene.graph().nodes[std::size_t(to.node)].key);
        setCurrentNode(to.node, false);
        select(keys);
        showRect(m_scene.headOf(to.node));
    } else if (to.list >= 0) {
        setCurrentNode(-1, false);
        select({});
        m_currentList = m_scene.graph().lists[std::size_t(to.list)].path;
        showRect(m_scene.picture().places[std::size_t(to.list)]);
    }
}

/// Of the current node, else of the empty list with the focus, else the middle of the view.
QPointF CanvasView::currentPoint() const
{
    const int current = m_scene.current();
    if (current >= 0)
        return QPointF(m_scene.headOf(current).center().x(), m_scene.headOf(current).bottom());
    const int list = m_currentList.empty() ? -1 : m_scene.graph().listByPath(m_currentList);
    return list >= 0 ? m_scene.picture().places[std::size_t(list)].center() : mapToScene(viewport()->rect().center());
}

flow::edits::Slot CanvasView::slotAtEnd() const
{
    const Graph &graph = m_scene.graph();
    const int tasks = graph.sectionList(Section::Tasks);
    return tasks < 0 ? flow::edits::Slot{"tasks", 0} : flow::edits::Slot{graph.lists[std::size_t(tasks)].path, graph.lists[std::size_t(tasks)].nodes.size()};
}

flow::edits::Slot CanvasView::slotAtCurrent(bool before) const
{
    const Graph &graph = m_scene.graph();
    const int current = m_scene.current();
    if (current < 0 && !m_currentList.empty())
        return {m_currentList, 0};
    if (current >= 0) {
        const GraphNode &node = graph.nodes[std::size_t(current)];
        return {graph.lists[std::size_t(node.list)].path, std::size_t(node.indexInList) + (before ? 0 : 1)};
    }
    const flow::edits::Slot end = slotAtEnd();
    return {end.list, before ? 0 : end.index};
}

/// While an arrow is aimed: walking aims it, Enter draws it.
bool CanvasView::runConnectKey(const QKeyEvent &event)
{
    const auto go = [this](Step step) {
        walkTo(step, false);
        m_connectTool->aim(m_scene.current());
        return true;
    };
    switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_H: return go(Step::Left);
    case Qt::Key_Right:
    case Qt::Key_L: return go(Step::Right);
    case Qt::Key_Up:
    case Qt::Key_K: return go(Step::Up);
    case Qt::Key_Down:
    case Qt::Key_J: return go(Step::Down);
    case Qt::Key_Tab: return go(Step::Next);
    case Qt::Key_Backtab: return go(Step::Previous);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_connectTool->refusal().isEmpty()) {
            m_tool = nullptr;
            m_connectTool->finish();
        }
        return true;
    default: return true;
    }
}

bool CanvasView::runKey(const QKeyEvent &event)
{
    const Graph &graph = m_scene.graph();
    const int current = m_scene.current();
    const bool shift = event.modifiers() & Qt::ShiftModifier;
    if (event.matches(QKeySequence::Copy))
        return copy(), true;
    if (event.matches(QKeySequence::Cut))
        return cut(), true;
    if (event.matches(QKeySequence::Paste))
        return paste(), true;
    if (event.matches(QKeySequence::SelectAll))
        return selectAll(), true;
    if (event.modifiers() == (Qt::AltModifier | Qt::ShiftModifier)) { // by hand, a third of a grid step
        const double dx = event.key() == Qt::Key_Left ? -8 : event.key() == Qt::Key_Right ? 8 : 0;
        const double dy = event.key() == Qt::Key_Up ? -8 : event.key() == Qt::Key_Down ? 8 : 0;
        if (dx != 0 || dy != 0)
            m_scene.moveBy(m_edits.roots(subjects()), QPointF(dx, dy));
        return dx != 0 || dy != 0;
    }
    if (event.modifiers() == Qt::AltModifier) {
        switch (event.key()) {
        case Qt::Key_Up: return moveUp(), true;
        case Qt::Key_Down: return moveDown(), true;
        case Qt::Key_Left: return moveOut(), true;
        case Qt::Key_Right: return moveIn(), true;
        default: return false;
        }
    }
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return false;
    switch (physicalLetter(event)) {
    case Qt::Key_H: return walkTo(Step::Left, shift), true;
    case Qt::Key_J: return walkTo(Step::Down, shift), true;
    case Qt::Key_K: return walkTo(Step::Up, shift), true;
    case Qt::Key_L: return walkTo(Step::Right, shift), true;
    case Qt::Key_A: return openQuickInsert(slotAtCurrent(shift), currentPoint()), true;
    case Qt::Key_D: return duplicateSelected(), true;
    case Qt::Key_F: return zoomToFit(), true;
    case Qt::Key_X: return toggleDisabled(), true;
    case Qt::Key_W: return shift ? unwrapCurrent() : wrapSelected(), true;
    case Qt::Key_C: return convertCurrent(), true;
    case Qt::Key_R: return startConnecting(), true;
    case Qt::Key_BracketLeft: return selectNextArrow(-1), true;
    case Qt::Key_BracketRight: return selectNextArrow(1), true;
    case Qt::Key_T: return addTrigger(), true;
    case Qt::Key_I: return addInput(), true;
    case Qt::Key_O: return addOutput(), true;
    case Qt::Key_N:
        if (current >= 0)
            startNote(current);
        return true;
    case Qt::Key_M: return setMinimapShown(!m_minimapShown), true;
    case Qt::Key_E: return foldCurrent(), true;
    case Qt::Key_S: return shift ? inlineCurrent() : extractSelected(), true;
    case Qt::Key_P: return takeBackSelected(), true;
    case Qt::Key_Slash:
        if (!shift && event.key() != Qt::Key_Question)
            return openQuickInsert(slotAtCurrent(false), currentPoint()), true;
        return showHelp(), true;
    default: break;
    }
    switch (event.key()) {
    case Qt::Key_Left: return walkTo(Step::Left, shift), true;
    case Qt::Key_Right: return walkTo(Step::Right, shift), true;
    case Qt::Key_Up: return walkTo(Step::Up, shift), true;
    case Qt::Key_Down: return walkTo(Step::Down, shift), true;
    case Qt::Key_Tab: return walkTo(Step::Next, false), true;
    case Qt::Key_Backtab: return walkTo(Step::Previous, false), true;
    case Qt::Key_PageUp: return scrollPage(shift ? -1 : 0, shift ? 0 : -1), true;
    case Qt::Key_PageDown: return scrollPage(shift ? 1 : 0, shift ? 0 : 1), true;
    case Qt::Key_Home:
    case Qt::Key_End: {
        setCurrentNode(-1, false);
        return walkTo(event.key() == Qt::Key_Home ? Step::Next : Step::Previous, false), true;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (current >= 0)
            activate(current);
        else if (m_scene.isDimmed())
            emit jumpRequested(0);
        else
            openQuickInsert(slotAtCurrent(false), currentPoint());
        return true;
    case Qt::Key_Escape: {
        if (m_scene.selectedEdge() >= 0)
            return m_scene.setSelectedEdge(-1), true;
        if (m_scene.selection().size() > 1 && current >= 0)
            return select({graph.nodes[std::size_t(current)].key}), true;
        const int list = m_currentList.empty() ? -1 : graph.listByPath(m_currentList);
        const int owner = current >= 0 ? graph.nodes[std::size_t(current)].owner : list >= 0 ? graph.lists[std::size_t(list)].owner : -1;
        setCurrentNode(owner, true);
        select(owner >= 0 ? Keys{graph.nodes[std::size_t(owner)].key} : Keys());
        return true;
    }
    case Qt::Key_Delete:
    case Qt::Key_Backspace: return removeSelected(), true;
    case Qt::Key_F2:
        if (current >= 0)
            startRename(current);
        return true;
    case Qt::Key_Question: return showHelp(), true;
    case Qt::Key_0: return zoomToReal(), true;
    case Qt::Key_Plus:
    case Qt::Key_Equal: return zoomIn(), true;
    case Qt::Key_Minus: return zoomOut(), true;
    case Qt::Key_F12:
        if (current >= 0 && graph.nodes[std::size_t(current)].subflow)
            emit subflowActivated(currentPath());
        return true;
    case Qt::Key_F9:
        if (current >= 0)
            emit breakpointToggled(currentPath());
        return true;
    default: return false;
    }
}

} // namespace canvas
