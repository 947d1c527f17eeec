#pragma once

#include <QString>

#include <optional>
#include <string>
#include <unordered_map>

namespace canvas {

/// What a run did with one task. The app fills it from engine events; the canvas only draws it.
struct TaskRun
{
    QString state;                 ///< word of the language; `INTERRUPTED` for a run that died with its process
    std::optional<qint64> millis;  ///< how long it took or has been running; nothing while it waits
    int attempts = 1;
    int runs = 1;                  ///< iterations it stands for; their worst state is `state`
    QString reason;                ///< "skipped: runIf is false"; said in the tool tip
    QString value;                 ///< its most telling output, for the value row; may be empty
    bool stale = false;            ///< the text changed since
};

/// One run over the picture. A task without an entry was not reached.
struct RunOverlay
{
    std::unordered_map<std::string, TaskRun> tasks; ///< by task id, triggers and inputs apart
    std::unordered_map<std::string, QString> reasons; ///< why a task was not reached, by id
    bool live = false; ///< it still runs: icons turn, durations are of now
};

/// A breakpoint as it is drawn at the left edge of a node.
enum class BreakpointLook { None, On, Conditional, Off };

/// What a comparison says about a task.
enum class ChangeLook { None, Added, Removed, Changed, Moved };

} // namespace canvas
