#include "canvas/canvas_view.h"
#include "ui/tr.h"

#include <QContextMenuEvent>
#include <QMenu>

namespace canvas {

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
    fillMenu(menu, node, node >= 0 ? m_scene.headOf(node).center() : mapToScene(event->pos()));
    menu.exec(at);
}

void CanvasView::fillMenu(QMenu &menu, int node, QPointF place)
{
    const Graph &graph = m_scene.graph();
    const ui::Theme &theme = m_scene.style().theme();
    const auto put = [&](QMenu &into, const char *icon, const QString &words, const QKeySequence &keys, auto run, bool enabled = true) {
        QAction *action = into.addAction(theme.icon(QLatin1String(icon)), words);
        action->setShortcut(keys);
        action->setEnabled(enabled);
        connect(action, &QAction::triggered, this, run);
    };
    const auto add = [&](const char *icon, const QString &words, const QKeySequence &keys, auto run, bool enabled = true) {
        put(menu, icon, words, keys, run, enabled);
    };
    const GraphNode *data = node >= 0 ? &graph.nodes[std::size_t(node)] : nullptr;
    const bool task = data && data->isTask();
    const bool edit = !m_edits.isReadOnly();
    if (data)
        add("info", Tr::tr("Open in the inspector"), Qt::Key_Return, [this, node] { activate(node); });
    if (task) {
        add("add", Tr::tr("Add a task after"), Qt::Key_A, [this, place] { openQuickInsert(slotAtCurrent(false), place); }, edit);
        add("add", Tr::tr("Add a task before"), QKeySequence(Qt::SHIFT | Qt::Key_A), [this, place] { openQuickInsert(slotAtCurrent(true), place); }, edit);
    }
    QMenu *more = menu.addMenu(theme.icon(QStringLiteral("add")), Tr::tr("Add to the flow"));
    more->setEnabled(edit);
    put(*more, "task-script", Tr::tr("A task at the end"), {}, [this, place] { openList(Offer::Tasks, slotAtEnd(), place); });
    put(*more, "trigger-schedule", Tr::tr("A trigger"), Qt::Key_T, [this] { addTrigger(); });
    put(*more, "input", Tr::tr("An input"), Qt::Key_I, [this] { addInput(); });
    put(*more, "output", Tr::tr("An output"), Qt::Key_O, [this] { addOutput(); });
    for (const Section section : {Section::Errors, Section::Finally, Section::AfterExecution}) { // those that are not drawn
        static const char *const lists[] = {"errors", "finally", "afterExecution"};
        if (graph.sectionList(section) >= 0)
            continue;
        const std::string list = lists[int(section) - int(Section::Errors)];
        put(*more, "problems", Tr::tr("A task in %1").arg(sectionTitle(section)), {}, [this, list, place] { openList(Offer::Tasks, {list, 0}, place); });
    }
    if (data) {
        add("edit", Tr::tr("Rename"), Qt::Key_F2, [this, node] { startRename(node); }, edit);
        add("note", Tr::tr("Edit the note"), Qt::Key_N, [this, node] { startNote(node); }, edit);
        menu.addSeparator();
        add("copy", Tr::tr("Copy as YAML"), QKeySequence::Copy, [this] { copy(); });
        add("minus", Tr::tr("Cut"), QKeySequence::Cut, [this] { cut(); }, edit);
    }
    add("file", Tr::tr("Paste"), QKeySequence::Paste, [this] { paste(); }, edit);
    if (data) {
        add("duplicate", Tr::tr("Duplicate"), Qt::Key_D, [this] { duplicateSelected(); }, edit);
        add("delete", Tr::tr("Delete"), QKeySequence::Delete, [this] { removeSelected(); }, edit);
        if (!data->isValue())
            add("eye", data->disabled ? Tr::tr("Enable") : Tr::tr("Disable"), Qt::Key_X, [this] { toggleDisabled(); }, edit);
        menu.addSeparator();
        QMenu *moves = menu.addMenu(theme.icon(QStringLiteral("grip")), Tr::tr("Move"));
        moves->setEnabled(edit);
        put(*moves, "chevron-left", Tr::tr("Move up the list"), QKeySequence(Qt::ALT | Qt::Key_Up), [this] { moveUp(); }, data->indexInList > 0);
        put(*moves, "chevron-right", Tr::tr("Move down the list"), QKeySequence(Qt::ALT | Qt::Key_Down), [this] { moveDown(); },
            data->indexInList + 1 < int(graph.lists[std::size_t(data->list)].nodes.size()));
        if (task) {
            put(*moves, "chevron-left", Tr::tr("Move out of the container"), QKeySequence(Qt::ALT | Qt::Key_Left), [this] { moveOut(); }, data->owner >= 0);
            put(*moves, "chevron-right", Tr::tr("Move into the container beside"), QKeySequence(Qt::ALT | Qt::Key_Right), [this] { moveIn(); });
        }
    }
    if (task) {
        add("wrap", Tr::tr("Wrap in…"), Qt::Key_W, [this] { wrapSelected(); }, edit);
        if (data->container)
            add("wrap", Tr::tr("Unwrap"), QKeySequence(Qt::SHIFT | Qt::Key_W), [this] { unwrapCurrent(); }, edit);
        for (const char *name : {"Sequential", "Parallel", "Dag"}) {
            const QString now = ui::className(data->type), to = QLatin1String(name);
            if (now != to && (now == QLatin1String("Sequential") || now == QLatin1String("Parallel") || now == QLatin1String("Dag")))
                add("flow-sequential", Tr::tr("Convert to %1").arg(to), {}, [this, node, to] { m_edits.convert(node, QStringLiteral("io.kestra.plugin.core.flow.") + to); }, edit);
        }
        add("flow-subflow", Tr::tr("Extract to a subflow…"), Qt::Key_S, [this] { extractSelected(); }, edit);
        if (data->subflow) {
            add("flow-sequential", Tr::tr("Inline the subflow"), QKeySequence(Qt::SHIFT | Qt::Key_S), [this] { inlineCurrent(); }, edit);
            add("expand", m_scene.isUnfolded(node) ? Tr::tr("Fold the subflow") : Tr::tr("Unfold the subflow"), Qt::Key_E, [this] { foldCurrent(); });
        }
        if (m_scene.isPlaced(node))
            add("close", Tr::tr("Put back in place"), Qt::Key_P, [this] { takeBackSelected(); });
        if (data->inDag)
            add("link", Tr::tr("Draw an arrow from here"), Qt::Key_R, [this] { startConnecting(); }, edit);
        menu.addSeparator();
        add("debug", Tr::tr("Toggle breakpoint"), Qt::Key_F9, [this] { emit breakpointToggled(currentPath()); });
        if (data->container)
            add("collapse", m_scene.isCollapsed(node) ? Tr::tr("Expand") : Tr::tr("Collapse"), Qt::Key_E,
                [this, node] { m_scene.setCollapsed(node, !m_scene.isCollapsed(node)); });
        if (data->subflow)
            add("flow-subflow", Tr::tr("Open the subflow"), Qt::Key_F12, [this] { emit subflowActivated(currentPath()); });
    }
    menu.addSeparator();
    add("fit", Tr::tr("Fit the flow"), Qt::Key_F, [this] { zoomToFit(); });
    add("keyboard", Tr::tr("Keys of the canvas"), Qt::Key_Question, [this] { showHelp(); });
}

} // namespace canvas
