#pragma once

#include "canvas/graph.h"

#include <QPolygonF>
#include <QRectF>

#include <functional>
#include <optional>
#include <ranges>
#include <string>
#include <unordered_map>
#include <vector>

namespace canvas {

/// What one node needs of room. Sizes in scene units (pixels at 100 %), multiples of 4.
struct LayoutBox
{
    double width = 168;
    double body = 52;    ///< height without its note; of an open container ignored
    double note = 0;     ///< height of the tab on top
    bool open = false;   ///< a container that shows its lists
    int firstList = 0;   ///< its lists, in file order
    int listCount = 0;

    auto lists() const { return std::views::iota(firstList, firstList + listCount); }
};

/// One list as layout sees it: who stands in it, in file order.
struct LayoutList
{
    Flowing flowing = Flowing::Sequence;
    flow::ListKind kind = flow::ListKind::Tasks;
    int owner = -1;
    double label = 0; ///< width of its label; 0 when it has none
    std::vector<int> boxes;
    std::vector<std::pair<int, int>> waits; ///< of a Dag: places in `boxes`; the second waits for the first
};

struct LayoutSection
{
    Section section = Section::Tasks;
    int list = -1;
};

/// A whole picture to place: pure values, indexes as in the Graph it was made from.
struct LayoutRequest
{
    std::vector<LayoutBox> boxes;
    std::vector<LayoutList> lists;
    std::vector<LayoutSection> sections;
    std::unordered_map<int, QPointF> shifts; ///< of boxes placed by hand: from where they would stand; what is inside moves along
};

enum class EdgeKind {
    Sequence,   ///< from a task to the next
    Branch,     ///< from the header of a container to the first task of a list
    Dependency, ///< an entry of `dependsOn`
};

/// One arrow. `list` and `index` name the place a task dropped on it goes to.
struct LayoutEdge
{
    EdgeKind kind = EdgeKind::Sequence;
    int from = -1; ///< box; of a Branch the container
    int to = -1;   ///< box; -1 when it ends at the slot of an empty list
    int list = -1;
    int index = 0;
    QPointF begin, end;
    double bend = 0;  ///< y of its way across, when one end is not below the other
    QPolygonF route;  ///< all corners, of one that passes beside others

    QPolygonF points() const; ///< corners, right angles only
    QRectF bounds() const;
};

/// Where everything is. Vectors run parallel to those of the request; what is hidden in a collapsed
/// container has a null rectangle. x = 0 is the middle of the tasks, y = 0 the top of their section, so
/// a change below or beside moves nothing above.
struct LayoutResult
{
    std::vector<QRectF> boxes;    ///< with the note on top
    std::vector<QRectF> places;   ///< by list: the dashed place of a list that is empty
    std::vector<QRectF> labels;   ///< by list: the pill at its branch
    std::vector<QRectF> headings; ///< by section of the request
    std::vector<LayoutEdge> edges;
    QRectF bounds;
};

/// Measures of ui.md §7 that layout and painting share.
namespace metrics {
constexpr double kGrid = 4;
constexpr double kBody = 52;
constexpr double kItemBody = 44;
constexpr double kHeader = 32;
constexpr double kPadding = 12;
constexpr double kBranchGap = 12;
constexpr double kRowGap = 20;
constexpr double kFirstRow = 26;
constexpr double kFirstLabelledRow = 38;
constexpr double kBar = 12;
constexpr double kLabelledBar = 8;
constexpr double kLabelCentre = 21;
constexpr double kLabelHeight = 18;
constexpr double kHeading = 20;
constexpr double kHeadingBelow = 4;
constexpr double kTasksBelow = 8;
constexpr double kSectionGap = 12;
constexpr double kMinNode = 168;
constexpr double kMaxNode = 256;
constexpr double kMinItem = 130;
constexpr double kMinSection = 180;
constexpr double kMinColumn = 208;
constexpr double kPage = 552; ///< width of the headings
constexpr double kItemGap = 8;
constexpr double kHalfGap = 16;
} // namespace metrics

/// Where Graphviz put the boxes of one Dag: centres in points, y downwards, and for each edge of the
/// DOT text the corners of its curve, in the order of the text.
struct DagPlacement
{
    std::vector<QPointF> centres;
    std::vector<QPolygonF> routes;
};

/// Boxes and edges of one Dag, by place in its list.
struct DagRequest
{
    std::vector<QSizeF> sizes;
    std::vector<std::pair<int, int>> edges; ///< from, to
};

/// The Dag as DOT text: nodes `n0`… in file order. Says nothing of ids, so that a rename keeps the picture.
std::string toDot(const DagRequest &dag);
/// Runs Graphviz on a text of `toDot`. Slow; one call at a time in the process (it waits for its turn), so
/// call it on the layout worker only.
DagPlacement runGraphviz(const std::string &dot, const DagRequest &dag);
/// Ranks by longest path, file order in each: for Dags too large for Graphviz, and the answer when it fails.
DagPlacement rankedPlacement(const DagRequest &dag);

/// Gives the placement of a DOT text, or nothing when it is not at hand: then `layout` gives nothing.
using DagPlacer = std::function<std::optional<DagPlacement>(const std::string &dot, const DagRequest &dag)>;

/// Places everything. Pure and linear but for what `placer` does.
std::optional<LayoutResult> layout(const LayoutRequest &request, const DagPlacer &placer);

} // namespace canvas
