#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace engine {

/// Where an execution or a task run is. The names are those of the language (`RUNNING`).
enum class State : std::uint8_t {
    Created,     ///< known, nothing has happened yet
    Submitted,   ///< handed to a worker that has not begun
    Running,     ///< at work
    Paused,      ///< waits for a resume or a time
    Restarted,   ///< resumed or restarted, about to run
    Killing,     ///< told to stop, not all has ended yet
    Success,     ///< done
    Warning,     ///< done, with something to look at
    Failed,      ///< ended by a failure
    Killed,      ///< ended because somebody asked for it
    Cancelled,   ///< ended by a rule (concurrency, SLA, Exit, Pause)
    Queued,      ///< waits for another execution of the flow to end
    Retrying,    ///< failed, waits for its next attempt
    Retried,     ///< failed, replaced by a new execution
    Skipped,     ///< its `runIf` said no
    Breakpoint,  ///< stopped by the debugger
    Resubmitted, ///< its worker was lost, another run took over
};

std::string_view nameOf(State state);                     ///< `SUCCESS`
std::optional<State> stateOf(std::string_view name);
/// True for the states nothing follows by itself.
bool isEnd(State state);
/// True for the ends that count as failures of a `leat run`: FAILED, KILLED, CANCELLED.
bool isBadEnd(State state);

} // namespace engine
