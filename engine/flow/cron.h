#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace flow {

/// One field of a cron expression: the values it allows and how they were written.
struct CronField
{
    std::uint64_t values = 0; ///< bit n set: value n matches. Weekdays 0..6, 0 is Sunday
    bool every = false;       ///< written `*`
    bool fixed = false;       ///< written as one single value: `5`, `MON`
    bool has(unsigned value) const { return value < 64 && ((values >> value) & 1U); }
    bool operator==(const CronField &) const = default;
};

/// A cron expression as the Schedule trigger understands it: five fields, or six with seconds first.
/// A value; computing dates with it is not its job.
struct Cron
{
    CronField seconds; ///< only second 0 when the expression has no seconds
    CronField minutes;
    CronField hours;
    CronField days;
    CronField months;
    CronField weekdays;
    bool withSeconds = false;
};

/// What reading one gave: a cron, or the reason in the words of the real engine.
struct CronParse
{
    std::optional<Cron> cron;
    std::string error; ///< `Value 60 not in range [0, 59]`; empty when there is a cron
};

CronParse parseCron(std::string_view expression, bool withSeconds = false);

} // namespace flow
