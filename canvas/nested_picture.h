#pragma once

#include "canvas/layout_request.h"

#include <QPainter>

#include <memory>

namespace canvas {

/// The graph of a called flow, drawn inside of the node that calls it. Only looked at: it has no items, no
/// selection. Immutable; made on the GUI thread (fonts).
class NestedPicture
{
public:
    /// Null when nothing of the flow can be read.
    static std::shared_ptr<const NestedPicture> make(const flow::Snapshot &snapshot, const Style &style);

    QSizeF size() const { return m_picture.bounds.size(); }
    int taskCount() const { return m_graph.taskCount(); }
    /// With its top left corner at `at`.
    void paint(QPainter &painter, const Style &style, QPointF at, double lod) const;

private:
    Graph m_graph;
    LayoutRequest m_request;
    LayoutResult m_picture;
};

} // namespace canvas
