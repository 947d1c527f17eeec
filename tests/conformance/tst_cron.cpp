#include "tests/conformance/cron_topic.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

TEST_CASE("Schedules give the dates of the real engine")
{
    const auto cases = conformance::runCron(LEAT_SOURCE_DIR "/tests/conformance/cron");
    REQUIRE_FALSE(cases.empty());
    std::size_t passed = 0;
    for (const conformance::CronCase &one : cases) {
        passed += one.passed;
        CHECK_MESSAGE(one.passed, one.id << '\n' << one.difference);
    }
    fmt::print("cron {}/{}\n", passed, cases.size());
}
