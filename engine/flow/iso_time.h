#pragma once

#include "engine/flow/value.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace flow {

using Moment = std::chrono::sys_time<std::chrono::nanoseconds>;

/// `2024-03-09T16:07:08.123Z`, with 0, 3, 6 or 9 digits of fraction as needed (Java's Instant.toString).
std::string formatInstant(Moment moment);
/// ISO-8601 date and time with `Z`, an offset, or an offset and a `[Region]` that is not looked at.
std::optional<Moment> parseInstant(std::string_view text);
Value instantValue(Moment moment);

/// `PT1H30M`, `PT0S`, `PT-0.5S` (Java's Duration.toString).
std::string formatDuration(std::chrono::nanoseconds duration);
/// ISO-8601 duration of days and smaller units: `P1DT2H`, `PT0.5S`, `-PT3M`; letters of any case.
/// Nothing for what Java's Duration.parse refuses, and beyond 292 years.
std::optional<std::chrono::nanoseconds> parseDuration(std::string_view text);
Value durationValue(std::chrono::nanoseconds duration);

} // namespace flow
