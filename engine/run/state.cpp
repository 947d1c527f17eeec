#include "engine/run/state.h"

#include <array>
#include <cstddef>

namespace engine {

namespace {

constexpr std::array<std::string_view, 17> kNames = {
    "CREATED",   "SUBMITTED", "RUNNING", "PAUSED",    "RESTARTED", "KILLING",
    "SUCCESS",   "WARNING",   "FAILED",  "KILLED",    "CANCELLED", "QUEUED",
    "RETRYING",  "RETRIED",   "SKIPPED", "BREAKPOINT", "RESUBMITTED"};

} // namespace

std::string_view nameOf(State state)
{
    return kNames[static_cast<std::size_t>(state)];
}

std::optional<State> stateOf(std::string_view name)
{
    for (std::size_t i = 0; i < kNames.size(); ++i)
        if (kNames[i] == name)
            return static_cast<State>(i);
    return std::nullopt;
}

bool isEnd(State state)
{
    switch (state) {
    case State::Success:
    case State::Warning:
    case State::Failed:
    case State::Killed:
    case State::Cancelled:
    case State::Retried:
    case State::Skipped:
    case State::Resubmitted:
        return true;
    default:
        return false;
    }
}

bool isBadEnd(State state)
{
    return state == State::Failed || state == State::Killed || state == State::Cancelled;
}

} // namespace engine
