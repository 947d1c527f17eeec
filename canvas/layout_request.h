#pragma once

#include "canvas/graph.h"
#include "canvas/layout.h"
#include "canvas/style.h"

#include <functional>

namespace canvas {

/// What decides about sizes besides the flow itself.
struct SizeOptions
{
    bool notes = true;                        ///< notes are shown
    std::function<bool(int node)> collapsed;  ///< whether a container is
    std::function<bool(int node)> hasValue;   ///< whether a node has a value row
    std::function<QSizeF(int node)> nested;   ///< room for the graph of a subflow; empty when it is folded
    std::function<QPointF(int node)> shift;   ///< of a node that was placed by hand
};

/// Text at the right of a container's header: its condition or how many it holds.
QString containerSummary(const Graph &graph, int node);

/// Measures every node. Linear; GUI thread (fonts).
LayoutRequest makeRequest(const Graph &graph, const Style &style, const SizeOptions &options);

} // namespace canvas
