#pragma once

#include "canvas/canvas_tool.h"
#include "canvas/drop_target.h"

#include <QMimeData>

#include <optional>

namespace canvas {

/// What a drag from the palette carries: the name of a task type.
inline constexpr char kTaskTypeMime[] = "application/x-leat-task-type";
inline constexpr char kYamlMime[] = "text/yaml";

/// Scrolls the picture with the pointer.
class PanTool : public CanvasTool
{
public:
    using CanvasTool::CanvasTool;
    void press(const PointerEvent &event) override;
    void move(const PointerEvent &event) override;

private:
    QPoint m_last;
};

/// Clicks, and what a drag begins as: a move, an arrow, or a rubber band.
class SelectTool : public CanvasTool
{
public:
    using CanvasTool::CanvasTool;
    void press(const PointerEvent &event) override;
    void move(const PointerEvent &event) override;
    void release(const PointerEvent &event) override;
    void cancel() override;
    void paint(QPainter &painter, double lod) const override;

private:
    void click(const PointerEvent &event);

    std::optional<PointerEvent> m_pressed;
    std::unordered_set<std::string> m_before; // selection before a rubber band
    QRectF m_band;
    bool m_banding = false;
};

/// Carries tasks to another place.
class MoveTool : public CanvasTool
{
public:
    using CanvasTool::CanvasTool;
    void press(const PointerEvent &event) override;
    void move(const PointerEvent &event) override;
    void release(const PointerEvent &event) override;
    void cancel() override;
    void paint(QPainter &painter, double lod) const override;
    const DropTarget *target() const { return m_chosen < 0 ? nullptr : &m_targets[std::size_t(m_chosen)]; }

private:
    std::vector<int> m_nodes;
    std::vector<DropTarget> m_targets;
    int m_chosen = -1;
    QPointF m_grip; // pointer relative to the node
    QPointF m_at;
};

/// Draws an arrow of a Dag, or carries one end of it to another task.
class ConnectTool : public CanvasTool
{
public:
    using CanvasTool::CanvasTool;
    void press(const PointerEvent &event) override;
    void move(const PointerEvent &event) override;
    void release(const PointerEvent &event) override;
    void cancel() override;
    void paint(QPainter &painter, double lod) const override;
    const QString &refusal() const { return m_refusal; } ///< why the task under the pointer is no end

private:
    int m_fixed = -1;      // the task at the other end
    bool m_fromFixed = true; // the arrow starts at it
    int m_oldFrom = -1, m_oldTo = -1; // of an arrow that is re-routed
    int m_over = -1;
    QPointF m_at;
    QString m_refusal;
};

/// A drag that comes from outside: a type of the palette, or YAML text.
class InsertTool : public CanvasTool
{
public:
    using CanvasTool::CanvasTool;
    static bool accepts(const QMimeData &data);
    void begin(const QMimeData &data);
    void move(const PointerEvent &event) override;
    bool drop(const QMimeData &data);
    void cancel() override;
    void paint(QPainter &painter, double lod) const override;
    const DropTarget *target() const { return m_chosen < 0 ? nullptr : &m_targets[std::size_t(m_chosen)]; }

private:
    std::vector<DropTarget> m_targets;
    int m_chosen = -1;
};

} // namespace canvas
