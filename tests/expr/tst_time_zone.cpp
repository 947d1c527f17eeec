#include "engine/expr/time_zone.h"
#include "engine/expr/zone_file.h"
#include "engine/flow/iso_time.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <fstream>
#include <iterator>

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

TEST_CASE("Changes newer than ICU's data come from the system's")
{
    if (!expr::ZoneFile::read("Africa/Cairo")) {
        std::puts("SKIP : this machine has no time zone data (package tzdata)");
        return;
    }
    const auto cairo = expr::TimeZone::find("Africa/Cairo");
    REQUIRE(cairo);
    const std::int64_t change = 1'682'632'800; // 2023-04-28T00:00 there: clocks go on to 01:00
    CHECK(cairo->offsetAt(change - 1) == 7200);
    CHECK(cairo->offsetAt(change) == 10800);
    CHECK(cairo->nextTransition(change - 1) == change);
    CHECK(cairo->nextTransition(1'600'000'000) == change); // from the years of ICU into the newer ones
    CHECK(cairo->resolve(change + 7200).count == 0);
    CHECK(cairo->resolve(change + 7199).first == change - 1);
    CHECK(cairo->resolve(change + 10800).first == change);
}

TEST_CASE("Where nothing changed the system's data says what ICU's says, for decades")
{
    for (const char *id : {"Europe/Paris", "America/New_York", "Australia/Sydney", "Asia/Seoul", "America/Sao_Paulo", "Pacific/Chatham", "Africa/Casablanca"}) {
        CAPTURE(id);
        const auto file = expr::ZoneFile::read(id);
        if (!file)
            continue; // no such data on this machine
        const auto zone = expr::TimeZone::find(id);
        const int before = zone->offsetAt(expr::ZoneFile::kFrom - 1);
        CHECK(file->offsetAt(expr::ZoneFile::kFrom - 1) == before);
        const auto first = zone->nextTransition(expr::ZoneFile::kFrom);
        CHECK(first == file->nextTransition(expr::ZoneFile::kFrom));
    }
    const std::int64_t change = seconds("2090-03-26T01:00:00Z"); // far behind the file's own table
    const auto paris = expr::TimeZone::find("Europe/Paris");
    CHECK(paris->offsetAt(change - 1) == 3600);
    CHECK(paris->offsetAt(change) == 7200);
    CHECK(paris->resolve(change + 3600).count == 0);
    CHECK(paris->resolve(change + 7200).count == 1);
}

TEST_CASE("A damaged zone file is none")
{
    std::ifstream in("/usr/share/zoneinfo/Europe/Paris", std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    if (bytes.empty())
        return;
    CHECK(expr::ZoneFile::parse(bytes));
    for (std::size_t size = 0; size < bytes.size(); size += 7)
        CHECK_FALSE(expr::ZoneFile::parse(bytes.substr(0, size)));
}
