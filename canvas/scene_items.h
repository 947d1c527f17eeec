#pragma once

#include "canvas/flow_scene.h"

#include <QGraphicsItem>
#include <QPainterPath>

namespace canvas {

/// A node, by its index in the scene's graph. Paints only; what it shows is read from the scene.
class NodeItem : public QGraphicsItem
{
public:
    explicit NodeItem(FlowScene &scene) : m_scene(scene) {}

    void sync(int node, const QRectF &rect);
    void moveTo(const QRectF &rect);
    int node() const { return m_node; }
    QRectF rect() const { return QRectF(pos(), m_size); }

    QRectF boundingRect() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    FlowScene &m_scene;
    int m_node = -1;
    QSizeF m_size;
};

/// An arrow with its label.
class EdgeItem : public QGraphicsItem
{
public:
    explicit EdgeItem(FlowScene &scene) : m_scene(scene) {}

    void sync(int edge);
    void setPoints(const QPolygonF &points);
    const QPolygonF &points() const { return m_points; }

    QRectF boundingRect() const override { return m_bounds; }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    FlowScene &m_scene;
    int m_edge = -1;
    QPolygonF m_points;
    QPainterPath m_path;
    QRectF m_bounds;
};

/// The dashed place of a list without tasks.
class PlaceItem : public QGraphicsItem
{
public:
    explicit PlaceItem(FlowScene &scene) : m_scene(scene) {}

    void sync(int list);
    int list() const { return m_list; }

    QRectF boundingRect() const override { return m_rect.adjusted(-2, -2, 2, 2); }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    FlowScene &m_scene;
    int m_list = -1;
    QRectF m_rect;
};

/// The heading of a section, or of the errors and finally of a container.
class HeadingItem : public QGraphicsItem
{
public:
    explicit HeadingItem(FlowScene &scene) : m_scene(scene) {}

    /// A section of the request.
    void syncSection(int section);
    /// A list beside the others in a container.
    void syncAside(int list);

    QRectF boundingRect() const override { return m_rect; }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    void set(const QString &icon, const QString &title, int count, const QRectF &rect);

    FlowScene &m_scene;
    QString m_icon, m_title, m_count;
    QRectF m_rect;
};

/// All of the picture as filled rectangles, for zooms at which nothing else can be told apart.
class OverviewItem : public QGraphicsItem
{
public:
    explicit OverviewItem(FlowScene &scene) : m_scene(scene)
    {
        setZValue(1e6);
        setFlag(ItemUsesExtendedStyleOption); // it asks for the exposed part
    }

    void sync();

    QRectF boundingRect() const override { return m_bounds; }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    FlowScene &m_scene;
    QRectF m_bounds;
};

/// A line with right angles, its corners rounded by 8; where branches leave their stem the first stays sharp.
QPainterPath roundedPath(const QPolygonF &points, bool branch = false);
/// Draws an arrow head whose tip is at the end of the line.
void paintArrowHead(QPainter &painter, const QPolygonF &points, const QColor &color);

} // namespace canvas
