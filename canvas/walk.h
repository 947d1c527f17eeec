#pragma once

#include "canvas/flow_scene.h"

namespace canvas {

/// A step of the keyboard over the picture.
enum class Step { Up, Down, Left, Right, Next, Previous, Out };

/// Where a step leads: a node, or the place of an empty list. Both -1: it leads nowhere.
struct Stop
{
    int node = -1;
    int list = -1;
};

/// The stop after `from`; with nothing to come from, the first node. Pure.
Stop walk(const FlowScene &scene, Stop from, Step step);

} // namespace canvas
