#pragma once

#include "canvas/flow_scene.h"
#include "engine/flow/edits.h"

namespace canvas {

/// A place a task can be dropped at, and where to show it.
struct DropTarget
{
    flow::edits::Slot slot;
    int list = -1;
    QPointF point;  ///< middle of the `+`
    QRectF place;   ///< the dashed place of an empty list, or the band of a Dag; null for the others
    QLineF gap;     ///< the line the task would come to lie on
};

/// All places of the picture, without those inside a dragged node and those that would change nothing.
std::vector<DropTarget> dropTargets(const FlowScene &scene, const std::vector<int> &dragged);
/// The nearest within 40 px of the screen, or the one around the point. -1 when there is none.
int nearestTarget(const std::vector<DropTarget> &targets, QPointF point, double lod);
/// The targets as they are shown during a drag; `chosen` may be -1.
void paintTargets(QPainter &painter, const FlowScene &scene, const std::vector<DropTarget> &targets, int chosen, double lod);
/// One target, as the one that is chosen or not.
void paintTarget(QPainter &painter, const Style &style, const DropTarget &target, bool chosen);

} // namespace canvas
