#include "engine/run/listening_times.h"

#include "engine/expr/date_time.h"
#include "engine/expr/failure.h"
#include "engine/run/text.h"

#include <array>

namespace engine {

using flow::Moment;
using flow::Value;
using Nanos = std::chrono::nanoseconds;

namespace {

constexpr Nanos kDay = std::chrono::hours(24);

Nanos durationAt(const Value &window, std::string_view name, Nanos otherwise)
{
    const Value *written = window.find(name);
    return written ? flow::parseDuration(textOf(written)).value_or(otherwise) : otherwise;
}

Moment momentOf(const std::string &text)
{
    const expr::ZonedTime time = expr::parseIsoTime(text, {});
    return Moment(std::chrono::seconds(time.second) + Nanos(time.nano));
}

/// A time of day, with or without an offset, as nanoseconds from midnight UTC.
Nanos timeOfDay(const std::string &text)
{
    const std::size_t at = text.find('T');
    return momentOf("1970-01-01T" + (at == std::string::npos ? text : text.substr(at + 1))).time_since_epoch();
}

/// The day as it is written, whatever its zone.
expr::LocalTime dayOf(const std::string &text)
{
    return expr::parseIsoTime(text.substr(0, 10), {}).local();
}

int dayNumber(const std::string &name)
{
    constexpr std::array<std::string_view, 7> kDays = {"MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"};
    for (std::size_t i = 0; i < kDays.size(); ++i)
        if (kDays[i] == name)
            return static_cast<int>(i) + 1;
    return 0;
}

/// The days of the month are counted in weeks: the first such day, the second, … or the last.
bool isPlaceInMonth(const expr::LocalTime &day, const std::string &place)
{
    constexpr std::array<std::string_view, 4> kPlaces = {"FIRST", "SECOND", "THIRD", "FOURTH"};
    if (place == "LAST")
        return expr::LocalTime::ofSeconds(day.seconds() + 7 * 86400, 0).month != day.month;
    const auto week = static_cast<std::size_t>((day.day - 1) / 7);
    return week < kPlaces.size() && kPlaces[week] == place;
}

template <typename Read>
bool isBetween(const std::function<std::string(const char *)> &property, Read read)
{
    const std::string after = property("after"), before = property("before");
    if (after.empty() && before.empty())
        return false;
    const auto at = read(property("date"));
    return (after.empty() || at > read(after)) && (before.empty() || at < read(before));
}

bool holds(std::string_view kind, const std::function<std::string(const char *)> &property)
{
    if (kind == "DateTimeBetween")
        return isBetween(property, momentOf);
    if (kind == "TimeBetween")
        return isBetween(property, timeOfDay);
    const expr::LocalTime day = dayOf(property("date"));
    if (kind == "Weekend")
        return day.dayOfWeek() >= 6;
    const bool rightDay = day.dayOfWeek() == dayNumber(property("dayOfWeek"));
    return rightDay && (kind == "DayWeek" || isPlaceInMonth(day, property("dayInMonth")));
}

} // namespace

bool inOneWindow(const Value &timeWindow, Moment first, Moment now, const expr::TimeZone &zone)
{
    const std::string type = textOf(timeWindow.find("type"));
    const auto second = std::chrono::floor<std::chrono::seconds>(first);
    const std::int64_t offset = zone.offsetAt(second.time_since_epoch().count());
    const Moment wall = Moment(second) + std::chrono::seconds(offset); // a wall clock's time, as if it were UTC
    const auto midnight = std::chrono::floor<std::chrono::days>(wall);
    const auto atTime = [&](std::string_view name) {
        try {
            return Moment(midnight) + timeOfDay(textOf(timeWindow.find(name)));
        } catch (const expr::Failure &) {
            return Moment(midnight);
        }
    };
    Moment begin = wall, end = wall;
    if (type == "DAILY_TIME_WINDOW") {
        begin = atTime("startTime");
        end = atTime("endTime");
    } else if (type == "DAILY_TIME_DEADLINE") {
        begin = midnight;
        end = atTime("deadline");
    } else if (type == "SLIDING_WINDOW") {
        end = begin + durationAt(timeWindow, "window", kDay);
    } else {
        const Nanos length = durationAt(timeWindow, "window", kDay);
        const auto hour = std::chrono::floor<std::chrono::hours>(wall);
        if (length >= kDay)
            begin = midnight;
        else if (length >= std::chrono::hours(1))
            begin = hour;
        else if (length >= std::chrono::minutes(1))
            begin = hour + (wall - hour) / length * length;
        begin += durationAt(timeWindow, "windowAdvance", Nanos(0));
        end = begin + length;
    }
    const Moment seen = now + std::chrono::seconds(offset);
    return seen >= begin && seen < end;
}

std::optional<bool> dateCondition(std::string_view kind, const std::function<std::string(const char *)> &property)
{
    if (kind != "DateTimeBetween" && kind != "TimeBetween" && kind != "Weekend" && kind != "DayWeek" && kind != "DayWeekInMonth")
        return std::nullopt;
    try {
        return holds(kind, property);
    } catch (const expr::Failure &) {
        return false;
    }
}

} // namespace engine
