#pragma once

#include "canvas/layout.h"

namespace canvas {

/// A Dag made square: boxes in rows on the grid, arrows with right angles that avoid the boxes.
/// Offsets from the top left of the Dag.
struct DagDrawing
{
    std::vector<QPointF> places;  ///< top left of each box
    std::vector<QPolygonF> edges; ///< in the order of the request
    std::vector<bool> waits;      ///< whether a box waits for another
    QSizeF size;
};

/// Keeps the order and rows Graphviz found, snaps them, and turns its curves into right angles: an arrow
/// runs down through the gap its curve took in each row, and sideways on its own track between rows.
DagDrawing routeDag(const DagRequest &dag, const DagPlacement &placement);

} // namespace canvas
