#pragma once

#include "canvas/graph.h"
#include "canvas/run_overlay.h"
#include "canvas/style.h"

namespace canvas {

/// What the moment adds to a node: pointer, focus, search, run. Plain values.
struct NodeMarks
{
    bool selected = false;
    bool current = false;  ///< has the keyboard focus, and the view shows it
    bool hovered = false;
    bool hit = false;      ///< found by the search
    bool currentHit = false;
    bool dragged = false;  ///< its copy is being dragged
    bool target = false;   ///< a valid end of the arrow being drawn
    bool collapsed = false;
    bool mocked = false;
    bool unknown = false;  ///< its type does not run here
    bool overlay = false;  ///< a run is shown
    bool values = false;   ///< it has a value row
    bool placed = false;   ///< by hand
    bool unfolded = false; ///< a subflow that shows its own graph
    const TaskRun *run = nullptr; ///< null in a run it did not reach
    QString worst;         ///< of a collapsed container: worst state inside
    BreakpointLook breakpoint = BreakpointLook::None;
    ChangeLook change = ChangeLook::None;
    double note = 0;       ///< height of the note on top, 0 when it is not shown
    double turn = 0;       ///< angle of a turning icon
    double flash = 0;      ///< 1 to 0 after a change of state
};

/// Heights and levels that painting, layout and hit testing share.
namespace look {
constexpr double kNoteLine = 15;
constexpr double kNote = 22;
constexpr int kNoteLines = 3;
constexpr double kValueRow = 24;
constexpr double kFull = 0.75;    ///< zoom from which everything is drawn
constexpr double kMedium = 0.40;  ///< border, tile, title, state
constexpr double kLabels = 0.50;
constexpr double kBlock = 0.15;   ///< below: one flat picture
QRectF tile(const QRectF &body);
QRectF chevron(const QRectF &body);
QRectF stateIcon(const QRectF &body, bool container);
QRectF problemBadge(const QRectF &body);
QRectF defaultsMark(const QRectF &body);
QRectF breakpoint(const QRectF &body);
QPointF inPort(const QRectF &body);
QPointF outPort(const QRectF &body);
} // namespace look

double noteHeight(std::string_view note);

/// Paints a node without children, at any level of detail. `rect` includes the note.
void paintNode(QPainter &painter, const Style &style, const GraphNode &node, const NodeMarks &marks, const QRectF &rect,
               double lod);
/// Paints an open or collapsed container: its band and header. `right` is the count at the right.
void paintContainer(QPainter &painter, const Style &style, const GraphNode &node, const NodeMarks &marks,
                    const QRectF &rect, const QString &right, double lod);
/// How far marks reach outside the rectangle of a node.
constexpr double kNodeMargin = 12;

} // namespace canvas
