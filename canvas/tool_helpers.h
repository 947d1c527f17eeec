#pragma once

#include "canvas/canvas_view.h"
#include "canvas/drop_target.h"

namespace canvas {

/// A drag near the border of the view scrolls it.
void scrollAtBorder(CanvasView &view, QPoint at);
/// Opens room where a dragged task would come; null closes it.
void showGap(FlowScene &scene, const DropTarget *target);

} // namespace canvas
