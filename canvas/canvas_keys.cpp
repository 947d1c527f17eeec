#include "canvas/canvas_view.h"
#include "canvas/inline_editor.h"
#include "canvas/key_help.h"
#include "canvas/quick_insert.h"
#include "canvas/tools.h"
#include "ui/tr.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMimeData>

#include <algorithm>

// The keyboard of the canvas: walking, keys, clipboard, fields over nodes.

namespace canvas {

namespace {

/// The letter on a key by its place, so that it works with any layout; 0 when the platform tells none.
int physicalLetter(const QKeyEvent &event)
{
    static const bool codesAreXkb = QGuiApplication::platformName() == QLatin1String("xcb")
                                    || QGuiApplication::platformName().startsWith(QLatin1String("wayland"));
    if (codesAreXkb) {
        switch (event.nativeScanCode()) { // evdev codes + 8
        case 26: return Qt::Key_E;
        case 38: return Qt::Key_A;
        case 40: return Qt::Key_D;
        case 41: return Qt::Key_F;
        case 43: return Qt::Key_H;
        case 44: return Qt::Key_J;
        case 45: return Qt::Key_K;
        case 46: return Qt::Key_L;
        case 53: return Qt::Key_X;
        case 57: return Qt::Key_N;
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
        if ((plain && !function) || key->matches(QKeySequence::Copy) || key->matches(QKeySequence::Cut)
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
    if (m_tool) { // a gesture is under way: only Esc means something
        if (event->key() == Qt::Key_Escape)
            endTool();
        return;
    }
    m_keyboardUsed = true;
    m_scene.setFocusShown(true);
    if (!runKey(*event))
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

flow::edits::Slot CanvasView::slotAtCurrent(bool before) const
{
    const Graph &graph = m_scene.graph();
    const int current = m_scene.current();
    if (current < 0 && !m_currentList.empty())
        return {m_currentList, 0};
    if (current >= 0 && graph.nodes[std::size_t(current)].kind == NodeKind::Task) {
        const GraphNode &node = graph.nodes[std::size_t(current)];
        return {graph.lists[std::size_t(node.list)].path, std::size_t(node.indexInList) + (before ? 0 : 1)};
    }
    const int tasks = graph.sectionList(Section::Tasks);
    const std::size_t count = tasks < 0 ? 0 : graph.lists[std::size_t(tasks)].nodes.size();
    return {tasks < 0 ? "tasks" : graph.lists[std::size_t(tasks)].path, before ? 0 : count};
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
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return false;
    const auto currentPoint = [&] {
        if (current >= 0)
            return QPointF(m_scene.headOf(current).center().x(), m_scene.headOf(current).bottom());
        const int list = m_currentList.empty() ? -1 : graph.listByPath(m_currentList);
        return list >= 0 ? m_scene.picture().places[std::size_t(list)].center() : mapToScene(viewport()->rect().center());
    };
    switch (physicalLetter(event)) {
    case Qt::Key_H: return walkTo(Step::Left, shift), true;
    case Qt::Key_J: return walkTo(Step::Down, shift), true;
    case Qt::Key_K: return walkTo(Step::Up, shift), true;
    case Qt::Key_L: return walkTo(Step::Right, shift), true;
    case Qt::Key_A: return openQuickInsert(slotAtCurrent(shift), currentPoint()), true;
    case Qt::Key_D: return duplicateSelected(), true;
    case Qt::Key_F: return zoomToFit(), true;
    case Qt::Key_X: return toggleDisabled(), true;
    case Qt::Key_N:
        if (current >= 0 && graph.nodes[std::size_t(current)].kind == NodeKind::Task)
            startNote(current);
        return true;
    case Qt::Key_E: // folds and unfolds the container
        if (current >= 0 && graph.nodes[std::size_t(current)].container)
            m_scene.setCollapsed(current, !m_scene.isCollapsed(current));
        return true;
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

// Clipboard and edits of the selection

namespace {

std::vector<int> subjects(const FlowScene &scene)
{
    std::vector<int> nodes = scene.selectedNodes();
    if (nodes.empty() && scene.current() >= 0)
        nodes.push_back(scene.current());
    return nodes;
}

} // namespace

void CanvasView::copy()
{
    const std::vector<int> nodes = subjects(m_scene);
    if (nodes.empty())
        return;
    const QString yaml = m_edits.yamlOf(nodes);
    auto *data = new QMimeData;
    data->setText(yaml);
    data->setData(QLatin1String(kYamlMime), yaml.toUtf8());
    QApplication::clipboard()->setMimeData(data);
}

void CanvasView::cut()
{
    copy();
    removeSelected();
}

void CanvasView::paste()
{
    const QMimeData *data = QApplication::clipboard()->mimeData();
    if (!data)
        return;
    const QString yaml = data->hasFormat(QLatin1String(kYamlMime)) ? QString::fromUtf8(data->data(QLatin1String(kYamlMime)))
                                                                   : data->text();
    if (!yaml.trimmed().isEmpty())
        m_edits.addYaml(slotAtCurrent(false), yaml);
}

void CanvasView::removeSelected()
{
    if (const int edge = m_scene.selectedEdge(); edge >= 0) {
        const LayoutEdge data = m_scene.picture().edges[std::size_t(edge)];
        if (data.kind == EdgeKind::Dependency)
            m_edits.disconnectTasks(data.from, data.to);
        return;
    }
    m_edits.remove(subjects(m_scene));
}

void CanvasView::duplicateSelected()
{
    m_edits.duplicate(subjects(m_scene));
}

void CanvasView::toggleDisabled()
{
    const std::vector<int> nodes = subjects(m_scene);
    const bool all = std::all_of(nodes.begin(), nodes.end(), [&](int node) { return m_scene.graph().nodes[std::size_t(node)].disabled; });
    if (!nodes.empty())
        m_edits.setDisabled(nodes, !all);
}

void CanvasView::selectAll()
{
    Keys keys;
    for (std::size_t i = 0; i < m_scene.graph().nodes.size(); ++i) {
        if (m_scene.graph().nodes[i].kind == NodeKind::Task && m_scene.isShown(int(i)))
            keys.insert(m_scene.graph().nodes[i].key);
    }
    select(keys);
}

void CanvasView::addType(const QString &type)
{
    m_edits.addType(slotAtCurrent(false), type);
}

void CanvasView::openQuickInsert(const flow::edits::Slot &slot, QPointF at)
{
    if (m_edits.isReadOnly()) {
        emit editRefused({flow::ErrorCode::ReadOnly, {}, {}});
        return;
    }
    m_quickInsert->open(slot, mapFromScene(at));
}

void CanvasView::startRename(int node)
{
    const GraphNode &data = m_scene.graph().nodes[std::size_t(node)];
    if (data.kind != NodeKind::Task || data.broken)
        return;
    const QRectF head = m_scene.headOf(node);
    const double left = data.container ? 50 : 44;
    const QRectF field(head.left() + left, head.top() + (data.container ? 3 : 5), std::max(96.0, head.width() - left - 12), 26);
    QRect where = mapFromScene(field).boundingRect();
    where.setHeight(std::max(26, where.height()));
    where.setWidth(std::max(96, where.width()));
    const std::string key = data.key;
    m_inlineEditor->open(where, QString::fromStdString(data.id), Tr::tr("Id of %1").arg(data.title), false,
                         m_scene.style().theme().font(13, QFont::DemiBold), [this, key](const QString &id) {
                             if (const int now = m_scene.graph().byKey(key); now >= 0)
                                 m_edits.rename(now, id);
                         });
}

void CanvasView::startNote(int node)
{
    const GraphNode &data = m_scene.graph().nodes[std::size_t(node)];
    if (data.kind != NodeKind::Task)
        return;
    const QRectF rect = m_scene.rectOf(node);
    const double height = std::max(look::kNote + look::kNoteLine * 2, m_scene.noteOf(node) + look::kNoteLine);
    QRect where = mapFromScene(QRectF(rect.left(), m_scene.bodyOf(node).top() - height, std::max(160.0, rect.width()), height))
                      .boundingRect();
    where.setHeight(std::max(56, where.height()));
    const std::string key = data.key;
    m_inlineEditor->open(where, data.note, Tr::tr("Note of %1").arg(data.title), true, m_scene.style().theme().font(12),
                         [this, key](const QString &note) {
                             if (const int now = m_scene.graph().byKey(key); now >= 0)
                                 m_edits.setNote(now, note);
                         });
}

void CanvasView::showHelp()
{
    auto *help = new KeyHelp(this, m_scene.style().theme());
    help->open();
    connect(help, &QObject::destroyed, this, [this] { setFocus(Qt::OtherFocusReason); });
}

void CanvasView::contextMenuEvent(QContextMenuEvent *event)
{
    const Graph &graph = m_scene.graph();
    int node = m_scene.current();
    QPoint at = event->globalPos();
    if (event->reason() == QContextMenuEvent::Mouse) {
        const Hit hit = hitAt(event->pos());
        node = hit.onNode() ? hit.node : -1;
    } else if (node >= 0) {
        at = viewport()->mapToGlobal(mapFromScene(m_scene.headOf(node).center()));
    }
    if (node >= 0 && !m_scene.selection().count(graph.nodes[std::size_t(node)].key))
        select({graph.nodes[std::size_t(node)].key});
    QMenu menu(this);
    const ui::Theme &theme = m_scene.style().theme();
    const auto add = [&](const char *icon, const QString &words, const QKeySequence &keys, auto run, bool enabled = true) {
        QAction *action = menu.addAction(theme.icon(QLatin1String(icon)), words);
        action->setShortcut(keys);
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, run);
    };
    const bool task = node >= 0 && graph.nodes[std::size_t(node)].kind == NodeKind::Task;
    const bool edit = !m_edits.isReadOnly();
    const QPointF place = node >= 0 ? m_scene.headOf(node).center() : mapToScene(event->pos());
    if (node >= 0)
        add("info", Tr::tr("Open in the inspector"), Qt::Key_Return, [this, node] { activate(node); });
    add("add", Tr::tr("Add a task after"), Qt::Key_A, [this, place] { openQuickInsert(slotAtCurrent(false), place); }, edit);
    if (task) {
        add("add", Tr::tr("Add a task before"), QKeySequence(Qt::SHIFT | Qt::Key_A), [this, place] { openQuickInsert(slotAtCurrent(true), place); }, edit);
        add("edit", Tr::tr("Rename"), Qt::Key_F2, [this, node] { startRename(node); }, edit);
        add("note", Tr::tr("Edit the note"), Qt::Key_N, [this, node] { startNote(node); }, edit);
        menu.addSeparator();
        add("copy", Tr::tr("Copy as YAML"), QKeySequence::Copy, [this] { copy(); });
        add("minus", Tr::tr("Cut"), QKeySequence::Cut, [this] { cut(); }, edit);
    }
    add("file", Tr::tr("Paste"), QKeySequence::Paste, [this] { paste(); }, edit);
    if (task) {
        add("duplicate", Tr::tr("Duplicate"), Qt::Key_D, [this] { duplicateSelected(); }, edit);
        add("delete", Tr::tr("Delete"), QKeySequence::Delete, [this] { removeSelected(); }, edit);
        add("eye", graph.nodes[std::size_t(node)].disabled ? Tr::tr("Enable") : Tr::tr("Disable"), Qt::Key_X, [this] { toggleDisabled(); }, edit);
        menu.addSeparator();
        add("debug", Tr::tr("Toggle breakpoint"), Qt::Key_F9, [this] { emit breakpointToggled(currentPath()); });
        if (graph.nodes[std::size_t(node)].container)
            add("collapse", m_scene.isCollapsed(node) ? Tr::tr("Expand") : Tr::tr("Collapse"), Qt::Key_E,
                [this, node] { m_scene.setCollapsed(node, !m_scene.isCollapsed(node)); });
        if (graph.nodes[std::size_t(node)].subflow)
            add("flow-subflow", Tr::tr("Open the subflow"), Qt::Key_F12, [this] { emit subflowActivated(currentPath()); });
    }
    menu.addSeparator();
    add("fit", Tr::tr("Fit the flow"), Qt::Key_F, [this] { zoomToFit(); });
    add("keyboard", Tr::tr("Keys of the canvas"), Qt::Key_Question, [this] { showHelp(); });
    menu.exec(at);
}

} // namespace canvas
