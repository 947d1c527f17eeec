#pragma once

#include "engine/run/execution.h"

#include <optional>
#include <string>
#include <string_view>

namespace engine {

using Nanoseconds = std::chrono::nanoseconds;

/// An ISO-8601 duration (`PT0.5S`, `P1DT2H`); a day is 24 hours. Nothing when it is none.
std::optional<Nanoseconds> parseDuration(std::string_view text);
/// `PT1H2M3.5S`, as the real engine prints durations.
std::string formatDuration(Nanoseconds duration);
/// `2026-01-02T03:04:05.123456Z`, UTC.
std::string formatInstant(Time time);
/// `00:00:00.700`: how the real engine writes a duration in its logs.
std::string formatClock(Nanoseconds duration);

} // namespace engine
