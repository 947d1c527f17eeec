#include "engine/expr/time_zone.h"
#include "engine/flow/iso_time.h"

#include <doctest/doctest.h>

using expr::TimeZone;

namespace {

std::int64_t seconds(const char *instant)
{
    return std::chrono::floor<std::chrono::seconds>(*flow::parseInstant(instant)).time_since_epoch().count();
}

std::string text(std::int64_t instant)
{
    return flow::formatInstant(flow::Moment(std::chrono::seconds(instant)));
}

} // namespace

TEST_CASE("zones are named as in the zone data, or by an offset")
{
    for (const char *id : {"UTC", "Z", "GMT", "Europe/Paris", "Asia/Seoul", "+02:00", "-3", "+0530", "UTC+3", "GMT-03:30",
                           "America/New_York", "Etc/GMT+5", "US/Eastern"})
        CHECK_MESSAGE(TimeZone::find(id), id);
    for (const char *id : {"", "Nowhere/City", "EST", "PST", "europe/paris", "+19:00", "+1:00", "UTC+", "GMT+25", "+02:60", "x"})
        CHECK_MESSAGE(!TimeZone::find(id), id);
    CHECK(TimeZone::find("+2")->id() == "+02:00");
    CHECK(TimeZone::find("UTC+3")->id() == "UTC+03:00");
    CHECK(TimeZone::find("UTC+3")->offsetAt(0) == 3 * 3600);
}

TEST_CASE("offsets change with the season")
{
    const TimeZone paris = *TimeZone::find("Europe/Paris");
    CHECK(paris.offsetAt(seconds("2024-01-15T00:00:00Z")) == 3600);
    CHECK(paris.offsetAt(seconds("2024-07-15T00:00:00Z")) == 7200);
    CHECK(text(*paris.nextTransition(seconds("2024-01-15T00:00:00Z"))) == "2024-03-31T01:00:00Z");
    CHECK_FALSE(TimeZone().nextTransition(0));
}

TEST_CASE("a local time may be there once, twice or not at all")
{
    const TimeZone paris = *TimeZone::find("Europe/Paris");
    const auto once = paris.resolve(seconds("2024-03-09T12:00:00Z"));
    CHECK(once.count == 1);
    CHECK(text(once.first) == "2024-03-09T11:00:00Z");
    const auto gap = paris.resolve(seconds("2024-03-31T02:30:00Z"));
    CHECK(gap.count == 0);
    CHECK(text(gap.first) == "2024-03-31T01:30:00Z"); // 03:30 on the wall
    CHECK(text(gap.transition) == "2024-03-31T01:00:00Z");
    const auto overlap = paris.resolve(seconds("2024-10-27T02:30:00Z"));
    CHECK(overlap.count == 2);
    CHECK(text(overlap.first) == "2024-10-27T00:30:00Z");
    CHECK(text(overlap.second) == "2024-10-27T01:30:00Z");
    CHECK(text(overlap.transition) == "2024-10-27T01:00:00Z");
}
