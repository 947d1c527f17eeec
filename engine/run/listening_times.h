#pragma once

#include "engine/expr/time_zone.h"
#include "engine/flow/iso_time.h"
#include "engine/flow/value.h"

#include <functional>
#include <optional>
#include <string>
#include <string_view>

/// What a Flow trigger asks of the clock: conditions about dates and the windows of its preconditions. Pure.
namespace engine {

/// Whether what was met at `first` still counts at `now`: both lie in one window of a
/// `timeWindow`; without a type that is a `window` of so long, a day unless it says otherwise.
bool inOneWindow(const flow::Value &timeWindow, flow::Moment first, flow::Moment now, const expr::TimeZone &zone);

/// A condition about a date, by the last part of its type; nothing when it is about something else. `property`
/// gives a rendered property, empty when it is missing. A date or time that can't be read holds nothing.
std::optional<bool> dateCondition(std::string_view kind, const std::function<std::string(const char *)> &property);

} // namespace engine
