#pragma once

#include "canvas/canvas_tool.h"
#include "canvas/dropped_file.h"
#include "canvas/drop_target.h"

#include <QList>
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
    bool pictureChanged() override;
    void cancel() override;
    void paint(QPainter &painter, double lod) const override;

private:
    void click(const PointerEvent &event);

    std::optional<PointerEvent> m_pressed;
    std::string m_key; // of the node under the press
    std::unordered_set<std::string> m_before; // selection before a rubber band
    QRectF m_band;
    bool m_banding = false;
};

/// Carries tasks to another place in the flow; with Alt only to another place of the picture.
class MoveTool : public CanvasTool
{
public:
    using CanvasTool::CanvasTool;
    void press(const PointerEvent &event) override;
    void move(const PointerEvent &event) override;
    void release(const PointerEvent &event) override;
    bool pictureChanged() override;
    void cancel() override;
    void paint(QPainter &painter, double lod) const override;
    const DropTarget *target() const { return m_chosen < 0 ? nullptr : &m_targets[std::size_t(m_chosen)]; }

private:
    void choose();

    std::vector<std::string> m_keys;
    std::vector<int> m_nodes; // of the keys, in this picture
    std::vector<DropTarget> m_targets;
    int m_chosen = -1;
    QPointF m_grip; // pointer relative to the node
    QPointF m_from, m_at;
    bool m_byHand = false; // Alt: to any place, not into a list
};

/// Draws an arrow of a Dag, or carries one end of it to another task; by the pointer, or by the keys that
/// walk the canvas.
class ConnectTool : public CanvasTool
{
public:
    using CanvasTool::CanvasTool;
    void press(const PointerEvent &event) override;
    void move(const PointerEvent &event) override;
    void release(const PointerEvent &event) override;
    bool pictureChanged() override;
    void cancel() override;
    void paint(QPainter &painter, double lod) const override;
    const QString &refusal() const { return m_refusal; } ///< why the task under the pointer is no end

    /// By keys: an arrow from a task, or the other end of one that is there (`oldFrom`, `oldTo`; -1 for a new one).
    void begin(int fixed, bool fromFixed, int oldFrom = -1, int oldTo = -1);
    bool byKeys() const { return m_byKeys; }
    /// The task it would end at now.
    void aim(int node);
    /// Ends it where it is aimed at; nothing happens when that is refused.
    void finish();

private:
    int nodeOf(const std::string &key) const;
    int inDagOf(int node) const; ///< the task of the fixed one's Dag that holds the node; -1 when there is none

    std::string m_fixed;             // the task at the other end
    bool m_fromFixed = true;         // the arrow starts at it
    bool m_byKeys = false;
    std::string m_oldFrom, m_oldTo;  // of an arrow that is re-routed
    std::string m_over;
    QPointF m_at;
    QString m_refusal;
};

/// A drag that comes from outside: a type of the palette, YAML or other text, files of the project.
class InsertTool : public CanvasTool
{
public:
    using CanvasTool::CanvasTool;
    static bool accepts(const QMimeData &data);
    void begin(const QMimeData &data);
    void move(const PointerEvent &event) override;
    bool drop(const QMimeData &data);
    bool pictureChanged() override;
    void cancel() override;
    void paint(QPainter &painter, double lod) const override;
    const DropTarget *target() const { return m_chosen < 0 ? nullptr : &m_targets[std::size_t(m_chosen)]; }
    /// Whether a drop here means something.
    bool isOverTarget() const;

private:
    enum class What {
        Task,    ///< goes to a place in a list
        Group,   ///< a flowable: the same, or around what is selected
        Trigger, ///< goes into `triggers` wherever it is dropped
        Yaml,    ///< tasks go to a place, entries into their lists
        Flow,    ///< a Subflow task
        File,    ///< an input file of the task it is dropped on
    };
    void choose();

    What m_what = What::Task;
    QList<DroppedFile> m_files;
    std::vector<DropTarget> m_targets;
    int m_chosen = -1;
    int m_onto = -1; // the task a file would be given to; of a group: the selected one under the pointer
    QPointF m_at;
    Hit m_hit;
};

} // namespace canvas
