#pragma once

#include "engine/flow/iso_time.h"
#include "engine/run/execution.h"

#include <string>

namespace engine {

using Nanoseconds = std::chrono::nanoseconds;

using flow::formatDuration;
using flow::parseDuration;

/// `2026-01-02T03:04:05.123456Z`, UTC, always six digits.
std::string formatInstant(Time time);
/// `00:00:00.700`: how the real engine writes a duration in its logs.
std::string formatClock(Nanoseconds duration);

} // namespace engine
