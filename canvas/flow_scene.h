#pragma once

#include "canvas/graph.h"
#include "canvas/hit.h"
#include "canvas/layout_request.h"
#include "canvas/node_painter.h"
#include "canvas/run_overlay.h"
#include "canvas/style.h"

#include <QGraphicsScene>
#include <QThreadPool>
#include <QTimer>
#include <QVariantAnimation>

#include <map>
#include <memory>
#include <unordered_map>
#include <unordered_set>

namespace canvas {

class EdgeItem;
class HeadingItem;
class NodeItem;
class OverviewItem;
class NestedPicture;
class PlaceItem;

using Keys = std::unordered_set<std::string>;

/// The picture of one flow: items kept in step with what a snapshot means, the marks of selection, search
/// and run, and where everything is. Owns the items and the layout worker; GUI thread. It never holds a
/// document: it shows the snapshots it is given, and nodes are known across them by id, else by path.
class FlowScene : public QGraphicsScene
{
    Q_OBJECT

public:
    explicit FlowScene(QObject *parent = nullptr);
    ~FlowScene() override;

    void setTheme(const ui::Theme &theme);
    /// How a problem is worded; `flow::describe` by default.
    void setSentence(Graph::Sentence sentence);
    /// Shows what the snapshot's flow means. With a new Dag the picture follows when the worker is done.
    /// When nothing of the text can be read the old picture stays, dimmed.
    void showSnapshot(const flow::Snapshot &snapshot);
    void clearFlow();

    /// The snapshot the picture is of; its flow is null before the first.
    const flow::Snapshot &snapshot() const { return m_graph.nodes.snapshot(); }
    const Graph &graph() const { return m_graph; }
    const LayoutResult &picture() const { return m_picture; }
    const Style &style() const { return *m_style; }
    bool isLayoutPending() const { return m_pending; }
    /// Blocks until the worker is done and its picture is shown. For exports and measures.
    void waitForPicture();
    bool isDimmed() const { return !m_fault.isEmpty(); }
    QString fault() const { return m_fault; } ///< why nothing can be read; empty when it can

    // Options of the view
    void setNotesShown(bool shown);
    void setValuesShown(bool shown);
    void setLinksShown(bool shown);
    void setReducedMotion(bool reduced);
    bool reducedMotion() const { return m_reducedMotion; }
    bool notesShown() const { return m_notes; }
    bool valuesShown() const { return m_values; }
    bool linksShown() const { return m_links; }
    void setCollapsed(int node, bool collapsed);
    bool isCollapsed(int node) const { return isAmong(m_collapsed, node); }
    void setAllCollapsed(bool collapsed);
    /// What a subflow task calls; asked when it is unfolded.
    void setCalledFlow(std::function<flow::Snapshot(const QString &, const QString &)> called) { m_called = std::move(called); }
    /// Shows the graph of the called flow inside of a subflow task. False when there is none to show.
    bool setUnfolded(int node, bool unfolded);
    bool isUnfolded(int node) const { return isAmong(m_nested, node); }
    const NestedPicture *nestedOf(int node) const;

    /// Places by hand, by key: how far a task stands from where it would.
    using Places = std::map<std::string, QPointF>;
    void setPlaces(Places places);
    const Places &places() const { return m_places; }
    void moveBy(const std::vector<int> &nodes, QPointF by);
    void takeBack(const std::vector<int> &nodes); ///< to where they would stand
    bool isPlaced(int node) const { return isAmong(m_places, node); }

    /// Opens what a node is hidden in.
    void reveal(int node);

    // Marks
    void setRun(const RunOverlay &run);
    void clearRun();
    const RunOverlay *run() const { return m_run ? &*m_run : nullptr; }
    const TaskRun *runOf(int node) const;
    void setBreakpoints(const std::unordered_map<std::string, BreakpointLook> &byId);
    void setMocks(const std::unordered_set<std::string> &ids);
    void setUnknownTypes(const std::unordered_set<std::string> &types);
    void setChanges(const std::unordered_map<std::string, ChangeLook> &byId);
    void setSelection(const Keys &keys);
    const Keys &selection() const { return m_selection; }
    std::vector<int> selectedNodes() const; ///< in file order
    void setCurrent(int node); ///< -1: none
    int current() const { return m_graph.byKey(m_current); }
    void setFocusShown(bool shown);
    void setHovered(const Hit &hit);
    const Hit &hovered() const { return m_hovered; }
    void setHits(const Keys &keys, const std::string &current);
    void setDragged(const Keys &keys);
    /// Opens room before the member at `index` of a list, where a dragged task would come; -1 closes it.
    void setGap(int list, int index);
    /// How far a node is moved aside at the moment.
    QPointF asideOf(int node) const;
    void setTarget(int node, bool valid);
    void setSelectedEdge(int edge);
    int selectedEdge() const { return m_selectedEdge; }

    // Geometry
    bool isShown(int node) const { return node >= 0 && !m_picture.boxes[node].isNull(); }
    QRectF rectOf(int node) const { return m_picture.boxes[node]; } ///< with its note
    QRectF bodyOf(int node) const;                                 ///< without; of a container all of it
    QRectF headOf(int node) const;                                 ///< body, or header of a container
    double noteOf(int node) const { return m_request.boxes[node].note; }
    Hit hitAt(QPointF point, double lod) const;
    QPointF plusOf(int edge) const;
    NodeMarks marksOf(int node) const;
    double turn() const { return m_turn; }
    /// Nodes and edges that touch a rectangle. What it costs depends on what is there, not on the flow.
    std::vector<int> nodesIn(const QRectF &rect) const;
    std::vector<int> edgesIn(const QRectF &rect) const;
    /// Items exist for this part of the scene only (a little more around it). The view tells what it shows.
    void setSeen(const QRectF &seen);
    QRectF seen() const { return m_seen; }
    QColor flatColor(int node) const;
    /// One flat picture instead of items. The view decides by the zoom.
    void setFlat(bool flat);
    bool isFlat() const { return m_flat; }
    /// A node whose place on the screen is kept through the next change of the picture.
    void setAnchor(const std::string &key) { m_anchor = key; }
    /// Nodes that were not in the picture before, in file order; without those inside others of them.
    std::vector<int> freshNodes() const { return m_graph.roots(m_fresh); }
    bool isMoving() const { return m_motion.state() == QAbstractAnimation::Running; }
    void finishMotion();

signals:
    /// The picture is of `snapshot()` now; `shift` is how far the anchor moved.
    void pictureChanged(QPointF shift);
    void faultChanged();
    void placesChanged(); ///< by hand, or because a task got another id
    void colorsChanged(); ///< theme or run
    void marksChanged();
    void selectedChanged();

private:
    static constexpr int kTurnMillis = 1400;   ///< one turn of a running icon
    static constexpr int kTurnInterval = 50;
    struct Job;
    struct Place
    {
        NodeItem *item = nullptr;
        QRectF from, to;
    };

    /// What touches each stripe of the picture, one after the other.
    struct Rows
    {
        std::vector<std::size_t> begins; ///< in `members`; one more than there are stripes
        std::vector<int> members;
    };

    template <typename Set>
    bool isAmong(const Set &keys, int node) const
    {
        return !keys.empty() && keys.count(m_graph.nodes.key(node)) > 0;
    }
    void request();
    SizeOptions sizesOf(const Graph &graph) const;
    void finish(const std::shared_ptr<Job> &job);
    void apply(Graph graph, LayoutRequest request, LayoutResult picture, bool animate);
    void syncItems(const LayoutResult &old, const Graph &oldGraph, bool animate);
    void fillRows();
    void materialise();
    std::vector<int> inRows(const Rows &rows, const QRectF &rect) const;
    void forgetFlatColors();
    NodeItem *makeItem(int node, const QRectF &rect);
    void moveItems(double progress);
    void moveEdges(const std::unordered_set<int> &moved);
    void carryMarks(const Graph &old);
    void findFresh(const Graph &old);
    void relayout();
    void turnIcons();
    void updateNode(int node);
    void updateKeys(const Keys &keys);
    QString worstInside(int node) const;

    std::unique_ptr<Style> m_style;
    Graph::Sentence m_sentence;
    flow::Snapshot m_next; // of the layout under way
    Graph m_graph;
    LayoutRequest m_request;
    LayoutResult m_picture;
    QString m_fault;
    std::string m_anchor;

    bool m_notes = true;
    bool m_values = true;
    bool m_links = false;
    bool m_reducedMotion = false;
    bool m_focusShown = false;
    bool m_flat = false;
    bool m_pending = false;

    std::optional<RunOverlay> m_run;
    std::unordered_map<std::string, BreakpointLook> m_breakpoints;
    std::unordered_set<std::string> m_mocks;
    std::unordered_set<std::string> m_unknownTypes;
    std::unordered_map<std::string, ChangeLook> m_changes;
    Keys m_selection, m_hits, m_dragged, m_collapsed;
    std::string m_current, m_currentHit;
    Hit m_hovered;
    int m_target = -1;
    int m_selectedEdge = -1;

    // Items of what is in view; by node, null for the others.
    std::vector<NodeItem *> m_nodeItems;
    std::unordered_map<std::string, NodeItem *> m_itemOf; // by key
    std::unordered_map<int, EdgeItem *> m_edgeItems;
    std::vector<PlaceItem *> m_placeItems;
    std::vector<HeadingItem *> m_headingItems;
    QRectF m_seen, m_region; // region: for which there are items
    double m_rowsTop = 0;
    Rows m_nodeRows, m_edgeRows;
    mutable std::vector<QColor> m_flatColors; // empty until one is asked for
    OverviewItem *m_overview = nullptr;

    std::unordered_map<int, QPointF> m_apart; // nodes moved aside for what is being dragged
    std::pair<int, int> m_gap{-1, -1};
    std::vector<Place> m_moving;
    QVariantAnimation m_motion;
    QTimer m_turning;
    double m_turn = 0;
    std::unordered_map<std::string, double> m_flashes;

    std::vector<int> m_fresh;
    std::function<flow::Snapshot(const QString &, const QString &)> m_called;
    std::unordered_map<std::string, std::shared_ptr<const NestedPicture>> m_nested; // by key
    Places m_places;
    std::unordered_map<std::string, DagPlacement> m_placements; // by DOT text
    std::uint64_t m_jobNumber = 0;
    QThreadPool m_worker; // one thread
    QThreadPool m_remover; // takes large pictures apart, so that the worker is free
};

} // namespace canvas
