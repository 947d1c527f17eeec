#pragma once

#include "engine/expr/time_zone.h"
#include "engine/flow/value.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

/// Moments as the language reads, moves and prints them: the rules of java.time over ICU's zones and names.
namespace expr {

/// A wall clock's date and time, in the proleptic Gregorian calendar.
struct LocalTime
{
    std::int64_t year = 1970;
    int month = 1, day = 1, hour = 0, minute = 0, second = 0, nano = 0;

    std::int64_t epochDay() const;
    /// Seconds since 1970 on the same wall clock.
    std::int64_t seconds() const;
    static LocalTime ofSeconds(std::int64_t seconds, int nano);
    int dayOfYear() const;
    int dayOfWeek() const; ///< 1 is Monday
};

/// An instant seen in a zone.
struct ZonedTime
{
    std::int64_t second = 0; ///< since 1970 UTC
    int nano = 0;
    TimeZone zone;

    int offset() const { return zone.offsetAt(second); }
    LocalTime local() const { return LocalTime::ofSeconds(second + offset(), nano); }
};

/// Java's text of a number of the calendar: `2024-03-09T16:07:08.123`.
std::string localDateText(const LocalTime &time);
std::string localDateTimeText(const LocalTime &time); ///< seconds are left out when zero
std::string offsetText(int seconds, bool zulu = true);

/// By a DateTimeFormatter pattern or a name (`iso`, `sql_sec`, `full`, …). Throws Failure as Java throws.
std::string formatTime(const ZonedTime &time, const std::string &format, const std::string &locale);
/// A text by a pattern or name, in a zone when it has none itself. Throws Failure.
ZonedTime parseTime(const std::string &text, const std::string &format, const TimeZone &zone, const std::string &locale);
/// ISO date and time with zone or offset, without one, or a date alone. Throws Failure.
ZonedTime parseIsoTime(const std::string &text, const TimeZone &zone);
/// By ChronoUnit name. Throws Failure.
ZonedTime plus(const ZonedTime &time, std::int64_t amount, const std::string &unit);

/// A getter of a date or duration: `year`, `getYear`, `seconds`; nothing when it has none.
std::optional<flow::Value> temporalField(const flow::Value &value, const std::string &name);

/// `Europe/Paris` as ZoneId.of; throws Failure for an unknown one.
TimeZone zoneOf(const std::string &id);

} // namespace expr
