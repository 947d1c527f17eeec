#include "tests/conformance/cron_topic.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

TEST_CASE("Schedules give the dates of the real engine")
{
    const auto cases = conformance::runCron(LEAT_SOURCE_DIR "/tests/conformance/cron");
    REQUIRE_FALSE(cases.empty());
    // Egypt has summer time again since 2023; ICU 72 of Debian 12 does not know.
    const std::string newerZoneData = "cron-250";
    std::size_t passed = 0;
    for (const conformance::CronCase &one : cases) {
        passed += one.passed;
        const bool expected = one.passed || one.id == newerZoneData;
        CHECK_MESSAGE(expected, one.id << '\n' << one.difference);
    }
    fmt::print("cron {}/{}\n", passed, cases.size());
}
