#pragma once

#include <QMetaType>

namespace canvas {

/// What is under a point of the picture.
struct Hit
{
    enum class Part {
        Nothing,
        Body,       ///< of a node, or the header of a container
        Band,       ///< inside of an open container, beside its children
        Chevron,
        Note,
        Problem,    ///< the badge at the corner
        Defaults,   ///< the mark of pluginDefaults
        Breakpoint, ///< the left edge of a node
        InPort,
        OutPort,
        Plus,       ///< the middle of an edge
        Edge,
        Slot,       ///< the place of an empty list
    };
    Part part = Part::Nothing;
    int node = -1;
    int edge = -1;
    int list = -1;

    bool operator==(const Hit &) const = default;
    bool onNode() const { return node >= 0 && part != Part::Band; }
};

} // namespace canvas
