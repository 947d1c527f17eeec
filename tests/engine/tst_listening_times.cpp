#include "engine/run/listening_times.h"

#include <doctest/doctest.h>

#include <map>

using flow::Object;
using flow::Value;

namespace {

flow::Moment at(const char *text)
{
    return *flow::parseInstant(text);
}

bool together(const Object &window, const char *first, const char *now, const char *zone = "UTC")
{
    return engine::inOneWindow(Value(window), at(first), at(now), *expr::TimeZone::find(zone));
}

std::optional<bool> asks(const char *kind, const std::map<std::string, std::string> &properties)
{
    return engine::dateCondition(kind, [&](const char *name) {
        const auto found = properties.find(name);
        return found == properties.end() ? std::string() : found->second;
    });
}

} // namespace

TEST_CASE("without a time window conditions are kept for the day")
{
    CHECK(together({}, "2024-03-09T00:00:01Z", "2024-03-09T23:59:59Z"));
    CHECK_FALSE(together({}, "2024-03-09T23:59:59Z", "2024-03-10T00:00:00Z"));
    CHECK(together({}, "2024-03-09T23:59:59Z", "2024-03-10T00:00:00Z", "Asia/Seoul"));
}

TEST_CASE("a duration window begins at a multiple of its length, moved by its advance")
{
    const Object ten{{"type", "DURATION_WINDOW"}, {"window", "PT10M"}};
    CHECK(together(ten, "2024-03-09T10:12:00Z", "2024-03-09T10:19:59Z"));
    CHECK_FALSE(together(ten, "2024-03-09T10:12:00Z", "2024-03-09T10:20:00Z"));
    const Object moved{{"type", "DURATION_WINDOW"}, {"window", "PT10M"}, {"windowAdvance", "PT5M"}};
    CHECK_FALSE(together(moved, "2024-03-09T10:12:00Z", "2024-03-09T10:14:00Z"));
    CHECK(together(moved, "2024-03-09T10:12:00Z", "2024-03-09T10:24:00Z"));
}

TEST_CASE("a sliding window begins with what was met first")
{
    const Object hour{{"type", "SLIDING_WINDOW"}, {"window", "PT1H"}};
    CHECK(together(hour, "2024-03-09T10:30:00Z", "2024-03-09T11:29:59Z"));
    CHECK_FALSE(together(hour, "2024-03-09T10:30:00Z", "2024-03-09T11:30:00Z"));
}

TEST_CASE("a daily window and a daily deadline are of one day")
{
    const Object office{{"type", "DAILY_TIME_WINDOW"}, {"startTime", "09:00:00"}, {"endTime", "17:00:00"}};
    CHECK(together(office, "2024-03-09T09:30:00Z", "2024-03-09T16:59:59Z"));
    CHECK_FALSE(together(office, "2024-03-09T09:30:00Z", "2024-03-09T17:00:00Z"));
    const Object noon{{"type", "DAILY_TIME_DEADLINE"}, {"deadline", "12:00:00"}};
    CHECK(together(noon, "2024-03-09T00:30:00Z", "2024-03-09T11:59:00Z"));
    CHECK_FALSE(together(noon, "2024-03-09T00:30:00Z", "2024-03-09T12:00:00Z"));
}

TEST_CASE("conditions about dates")
{
    CHECK(asks("DayWeek", {{"date", "2024-03-09T23:00:00-05:00"}, {"dayOfWeek", "SATURDAY"}}) == true);
    CHECK(asks("DayWeek", {{"date", "2024-03-09"}, {"dayOfWeek", "MONDAY"}}) == false);
    CHECK(asks("Weekend", {{"date", "2024-03-10"}}) == true);
    CHECK(asks("DayWeekInMonth", {{"date", "2024-03-09"}, {"dayOfWeek", "SATURDAY"}, {"dayInMonth", "SECOND"}}) == true);
    CHECK(asks("DayWeekInMonth", {{"date", "2024-03-30"}, {"dayOfWeek", "SATURDAY"}, {"dayInMonth", "LAST"}}) == true);
    CHECK(asks("DayWeekInMonth", {{"date", "2024-03-23"}, {"dayOfWeek", "SATURDAY"}, {"dayInMonth", "LAST"}}) == false);
    CHECK(asks("TimeBetween", {{"date", "2024-03-09T10:00:00Z"}, {"after", "09:00:00Z"}, {"before", "20:00:00+09:00"}}) == true);
    CHECK(asks("DateTimeBetween", {{"date", "2024-03-09T10:00:00Z"}, {"before", "2024-03-09T10:00:00Z"}}) == false);
    CHECK(asks("Weekend", {}) == false);
    CHECK_FALSE(asks("Expression", {}).has_value());
}
