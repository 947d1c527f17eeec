#pragma once

#include "engine/expr/time_zone.h"
#include "engine/flow/cron.h"

#include <cstdint>
#include <optional>

namespace engine {

/// The first date of a schedule strictly after `after` (whole seconds since 1970 UTC), as the Schedule trigger
/// computes it. Local times that a change of the clocks leaves out are skipped, of those it repeats the ones
/// of steps, lists and `*` come twice. Nothing when there is none within a hundred years. Pure.
std::optional<std::int64_t> nextCronDate(const flow::Cron &cron, const expr::TimeZone &zone, std::int64_t after);

} // namespace engine
