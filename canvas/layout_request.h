#pragma once

#include "canvas/graph.h"
#include "canvas/layout.h"
#include "canvas/style.h"

#include <functional>
#include <unordered_map>
#include <unordered_set>

namespace canvas {

/// What decides about sizes besides the flow itself.
struct SizeOptions
{
    bool notes = true;                        ///< notes are shown
    std::unordered_set<int> collapsed;        ///< containers
    std::function<bool(int node)> hasValue;   ///< whether a node has a value row; none has when it is empty
    std::unordered_map<int, QSizeF> nested;   ///< room for the graphs of subflows that are unfolded
    std::unordered_map<int, QPointF> shifts;  ///< of tasks that were placed by hand
};

/// Text at the right of a container's header: its condition or how many it holds.
QString containerSummary(const Graph &graph, int node);

/// Measures every node. Linear; GUI thread (fonts).
LayoutRequest makeRequest(const Graph &graph, const Style &style, const SizeOptions &options);

} // namespace canvas
