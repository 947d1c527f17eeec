#pragma once

#include "canvas/hit.h"

#include <QPointF>
#include <QRectF>
#include <Qt>

class QPainter;

namespace canvas {

class CanvasView;

/// What the pointer says, in both coordinate systems.
struct PointerEvent
{
    QPointF scene;
    QPoint view;
    QPoint global;
    Qt::MouseButton button = Qt::NoButton;
    Qt::KeyboardModifiers modifiers;
    Hit hit;
};

/// One gesture. The view owns its tools and gives the pointer to the one that is active; a tool ends in
/// one submitted edit, in a change of marks, or in nothing.
class CanvasTool
{
public:
    explicit CanvasTool(CanvasView &view) : m_view(view) {}
    virtual ~CanvasTool() = default;

    virtual void press(const PointerEvent &) {}
    virtual void move(const PointerEvent &) {}
    /// The end of the gesture: the view goes back to selecting afterwards.
    virtual void release(const PointerEvent &) {}
    /// The picture shows another text: what the gesture holds is looked up in it. False ends the gesture.
    virtual bool pictureChanged() { return true; }
    /// Leaves everything as it was before.
    virtual void cancel() {}
    /// Over the picture, in scene coordinates.
    virtual void paint(QPainter &, double /*lod*/) const {}

protected:
    CanvasView &m_view;
};

} // namespace canvas
