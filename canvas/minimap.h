#pragma once

#include <QPixmap>
#include <QWidget>

namespace canvas {

class CanvasView;

/// The whole picture in a corner of the view, with the part in view as a frame that can be dragged.
/// Shown when the flow does not fit; sits in the corner that covers the fewest nodes.
class Minimap : public QWidget
{
    Q_OBJECT

public:
    explicit Minimap(CanvasView &view);
    /// Chooses size, corner and whether to show.
    void place(bool wanted);
    /// The nodes or their colours are others now.
    void refresh();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    QTransform toMap() const; // from the scene
    void centreOn(QPointF point);

    void drawNodes();

    CanvasView &m_view;
    QPixmap m_nodes; // drawn once a picture
};

} // namespace canvas
