#pragma once

#include <QString>

namespace ui {

/// The six quiet tints of task tiles; `core` is everything that fits nowhere else.
enum class TaskCategory {
    Flow,   ///< flow control, subflow
    Script, ///< scripts, containers, dbt, Spark
    Data,   ///< SQL, storage, KV, files
    Net,    ///< http, triggers, cloud services
    Notify, ///< chat, mail
    Core,   ///< log, queue, the rest
};

/// How a task, trigger or input type is drawn: one icon on one tint. A value; the same everywhere
/// (canvas, palette, inspector, outline).
struct TaskLook
{
    QString icon; ///< name in resources/icons
    TaskCategory category = TaskCategory::Core;

    const char *inkToken() const;    ///< colour of the icon: `f_flow`
    const char *groundToken() const; ///< its tile: `f_flowBg`
};

/// By the full class name (`io.kestra.plugin.core.flow.Parallel`); of a type nobody knows its package
/// decides, then `task-unknown`. An empty type is `task-unknown` too.
TaskLook taskLook(const QString &type);
/// A type as people read it: its last package and class (`python.Script`).
QString shortType(const QString &type);
/// Only the class (`Script`), where room is short and in headers of containers.
QString className(const QString &type);
/// `Flow control`, `Scripts`, … translated.
QString categoryName(TaskCategory category);

} // namespace ui
