#pragma once

namespace canvas {

/// Lets screen readers walk the canvas as a tree: sections, nodes, branches, links. Call once in `main`, and
/// in tests that read names; views made before are covered too.
void installCanvasAccessibility();

} // namespace canvas
