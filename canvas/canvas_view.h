#pragma once

#include "canvas/canvas_edits.h"
#include "canvas/canvas_tool.h"
#include "canvas/neighbours.h"
#include "canvas/flow_scene.h"
#include "canvas/quick_insert.h"
#include "canvas/walk.h"

#include <QGraphicsView>
#include <QStringList>

#include <functional>
#include <memory>

class QMenu;

namespace canvas {

class Minimap;
class InlineEditor;
class LostList;
class MoveTool;
class ConnectTool;
class SelectTool;
class PanTool;
class InsertTool;

/// The graph of one flow as a widget: shows snapshots, walks by keyboard, turns gestures into edits for the
/// sink. It holds no document and no undo. Paths are those of the snapshot shown last. GUI thread.
class CanvasView : public QGraphicsView
{
    Q_OBJECT

public:
    explicit CanvasView(QWidget *parent = nullptr);
    ~CanvasView() override;

    FlowScene &flowScene() { return m_scene; }
    const FlowScene &flowScene() const { return m_scene; }
    CanvasEdits &edits() { return m_edits; }

    void setTheme(const ui::Theme &theme);
    /// For quick insert and snippets.
    void setCatalog(std::shared_ptr<const flow::TaskCatalog> catalog);
    /// Where edits go; not owned. Null: the flow may be looked at only.
    void setSink(flow::EditSink *sink) { m_edits.setSink(sink); }
    /// The files beside the flow; not owned. Without it a drop of files, subflows and extraction are refused.
    void setNeighbours(Neighbours *neighbours);
    DroppedFile fileMeaning(const QString &path) const;
    /// Flows of the project become Subflow tasks at a place, in their order.
    bool addFlows(const QList<DroppedFile> &flows, const flow::edits::Slot &slot);
    /// Files become input files of a task.
    bool addInputFiles(const QList<DroppedFile> &files, int node);
    /// Shows a snapshot whose flow is of its revision. Keeps selection, focus and scroll position.
    void showSnapshot(const flow::Snapshot &snapshot);

    // Run and other marks
    void setRun(const RunOverlay &run);
    void clearRun();

    // Selection, joined with the text by paths
    QStringList selected() const;
    QString currentPath() const; ///< of the node with the keyboard focus; empty when there is none
    /// Selects nodes and makes the first the current one; `show` scrolls to it. Emits nothing.
    void setSelected(const QStringList &paths, bool show = true);

    // Zoom; 1 is 100 %
    double zoom() const { return m_zoom; }
    void setZoom(double zoom, QPointF fixed = {}); ///< `fixed`: viewport point that stays; null: the middle
    void showNode(int node, bool animate = true);  ///< scrolls it into the middle if it is not in view
    void showRect(const QRectF &rect);

    /// Marks the tasks whose id, type or note holds the words; gives how many. Empty words end the search.
    int search(const QString &words);
    void nextHit(int step = 1);
    int currentHit() const { return m_hitIndex < 0 ? -1 : m_hitNodes[std::size_t(m_hitIndex)]; } ///< -1: none

    void setMinimapShown(bool shown);
    bool minimapShown() const { return m_minimapShown; }

    /// Adds a task of a type after the current one, or at the end; a trigger to the triggers.
    void addType(const QString &type);
    /// Opens the list of types for a place in a list of tasks or entries.
    void openQuickInsert(const flow::edits::Slot &slot, QPointF scenePoint);
    void startRename(int node);
    void startNote(int node);
    bool isGestureActive() const { return m_tool != nullptr; }

    /// The place an insertion before or after the current node goes to.
    flow::edits::Slot slotAtCurrent(bool before) const;
    flow::edits::Slot slotAtEnd() const; ///< of the tasks
    void beginTool(CanvasTool &tool, const PointerEvent &pressed);
    MoveTool &moveTool() { return *m_moveTool; }
    ConnectTool &connectTool() { return *m_connectTool; }
    void setCursorFor(const Hit &hit);
    void dragOut(const std::vector<int> &nodes);
    /// What a command is about: the selected nodes, else the current one.
    std::vector<int> subjects() const;
    void setCurrentNode(int node, bool show);
    /// Selection by pointer and keys; emits `selectionChanged`.
    void select(const Keys &keys);
    void activate(int node);
    double lod() const { return transform().m11(); }
    Hit hitAt(QPoint viewPoint) const;

public slots:
    void zoomIn();
    void zoomOut();
    void zoomToFit();
    void zoomToReal();
    void copy();
    void cut();
    void paste();
    void removeSelected();
    void duplicateSelected();
    void toggleDisabled(); ///< disables the selected tasks, or enables them when all are disabled
    void wrapSelected();   ///< opens the list of flowables
    void unwrapCurrent();
    void convertCurrent(); ///< Sequential to Parallel to Dag to Sequential
    void moveUp();
    void moveDown();
    void moveOut();
    void moveIn();
    void addTrigger();
    void addInput();
    void addOutput();
    void extractSelected(); ///< asks for the id of the new flow
    void inlineCurrent();
    void foldCurrent();     ///< collapses or expands a container, unfolds or folds a subflow
    void takeBackSelected(); ///< what was placed by hand goes where it would stand
    /// An arrow from the current task of a Dag, aimed by walking; of a selected arrow its end is aimed anew.
    void startConnecting();
    void selectNextArrow(int step); ///< of the arrows of the current task
    void selectAll();
    void scrollPage(int across, int down); ///< by so many views
    void showHelp();

signals:
    /// Enter or double click: the inspector should show it.
    void taskActivated(const QString &path);
    /// By pointer or keys on the canvas, not by setSelected.
    void selectionChanged(const QStringList &paths);
    void currentChanged(const QString &path);
    /// A broken node, or a problem: byte offset in the text.
    void jumpRequested(qsizetype offset);
    void subflowActivated(const QString &path);
    void breakpointToggled(const QString &path);
    /// The badge of a node was clicked.
    void problemActivated(const QString &path);
    void editRefused(const flow::Error &error);
    /// A dropped file that no task can read from here.
    void fileRefused(const QString &name);
    void zoomChanged(double zoom);
    void minimapShownChanged(bool shown);

protected:
    bool event(QEvent *event) override;
    bool focusNextPrevChild(bool next) override;
    bool viewportEvent(QEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void scrollContentsBy(int dx, int dy) override;
    void drawBackground(QPainter *painter, const QRectF &rect) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    /// What to focus when the picture shows the edit that was just submitted.
    struct Aftermath
    {
        bool active = false;
        flow::Revision before{};            ///< of the text before the edit
        flow::Revision shown{};             ///< of the picture then
        Keys typed;                         ///< keys new in the text, not by the edit
        std::vector<std::string> candidates; ///< first that still exists gets the focus when nothing is new
    };

    PointerEvent pointerEvent(const QMouseEvent &event) const;
    void endTool();
    void applyZoom();
    void updateSceneRect();
    void pictureChanged(QPointF shift);
    void chooseAnchor();
    void placeMinimap();
    void tellSeen();
    void walkTo(Step step, bool extend);
    bool runKey(const QKeyEvent &event);
    void expectChange(const flow::Snapshot &before);
    void openList(Offer offer, const flow::edits::Slot &slot, QPointF scenePoint);
    /// The context menu of a node, or of the empty place (-1).
    void fillMenu(QMenu &menu, int node, QPointF place);
    QPointF currentPoint() const; ///< where a list of the current node opens
    bool runConnectKey(const QKeyEvent &event);
    void announce();
    void showFault(QPainter &painter) const;
    QString tipFor(const Hit &hit) const;
    std::vector<int> shownPluses() const;
    void paintPluses(QPainter &painter, const std::vector<int> &edges) const;
    void paintLinks(QPainter &painter) const;

    FlowScene m_scene;
    CanvasEdits m_edits;
    double m_zoom = 1;
    bool m_fitted = false; ///< the first picture was brought into view
    bool m_minimapShown = true;
    bool m_spaceHeld = false;
    bool m_keyboardUsed = false;
    QString m_searchWords;
    std::vector<int> m_hitNodes;
    int m_hitIndex = -1;
    std::string m_currentList; ///< path of the empty list with the focus
    Aftermath m_aftermath;
    QPixmap m_grid;
    std::unique_ptr<SelectTool> m_selectTool;
    std::unique_ptr<PanTool> m_panTool;
    std::unique_ptr<MoveTool> m_moveTool;
    std::unique_ptr<ConnectTool> m_connectTool;
    std::unique_ptr<InsertTool> m_insertTool;
    CanvasTool *m_tool = nullptr; ///< the gesture under way
    Minimap *m_minimap;
    QuickInsert *m_quickInsert;
    flow::Snapshot m_insertOf; ///< in which the place of the quick insert was chosen
    LostList *m_lostList;
    InlineEditor *m_inlineEditor;
    Neighbours *m_neighbours = nullptr;
    QVariantAnimation m_scrolling;
    QTimer m_announcing; ///< at most one announcement a second
    std::vector<std::pair<QString, QString>> m_news; ///< task and the state it came to since the last one
};

} // namespace canvas
