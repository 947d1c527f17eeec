#pragma once

class QWidget;

namespace app {

class FlowPage;

/// Asks for a file (PNG, SVG or PDF by its ending) and writes the graph to it.
void exportGraph(FlowPage &page);
/// A preview of the graph on paper, with the system's print dialog.
void printGraph(FlowPage &page);

} // namespace app
