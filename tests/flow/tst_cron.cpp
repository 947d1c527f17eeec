#include "engine/flow/cron.h"

#include <doctest/doctest.h>

using namespace flow;

namespace {

std::string fault(std::string_view text, bool withSeconds = false)
{
    return parseCron(text, withSeconds).error;
}

} // namespace

TEST_CASE("fields become sets of values")
{
    const Cron cron = *parseCron("*/20 9-17/4 1,15 jan MON-FRI").cron;
    CHECK(cron.minutes.values == (1ULL | 1ULL << 20 | 1ULL << 40));
    CHECK(cron.hours.values == (1ULL << 9 | 1ULL << 13 | 1ULL << 17));
    CHECK(cron.days.values == (1ULL << 1 | 1ULL << 15));
    CHECK(cron.months.values == 1ULL << 1);
    CHECK(cron.weekdays.values == 0b111110);
    CHECK(cron.seconds.values == 1);
    CHECK_FALSE(cron.minutes.every);
    CHECK(cron.months.fixed);
    CHECK(parseCron("* * * * *").cron->minutes.every);
    CHECK(parseCron("* * * * 6-7").cron->weekdays.values == 0b1000001);
    CHECK(parseCron("@daily", true).cron->hours.values == 1);
    CHECK(parseCron("5 * * * * *", true).cron->seconds.values == 1ULL << 5);
    CHECK(parseCron("5/20 * * * *").cron->minutes.values == (1ULL << 5 | 1ULL << 25 | 1ULL << 45));
}

TEST_CASE("faults are told in the words of the real engine")
{
    CHECK(fault("") == "Empty expression!");
    CHECK(fault("* * * *") == "Cron expression contains 4 parts but we expect one of [5]");
    CHECK(fault("* * * * *", true) == "Cron expression contains 5 parts but we expect one of [6]");
    CHECK(fault("@reboot") == "Nickname @reboot not supported!");
    CHECK(fault("@Daily") == "Cron expression contains 1 parts but we expect one of [5]");
    CHECK(fault("60 * * * *") == "Failed to parse cron expression. Value 60 not in range [0, 59]");
    CHECK(fault("0 */24 * * *") == "Failed to parse cron expression. Period 24 not in range [0, 23]");
    CHECK(fault("0 22-2 * * *") == "Failed to parse cron expression. Invalid range! [22,2]");
    CHECK(fault("1, * * * *") == "Invalid field value! Trailing commas not permitted! '1,'");
    CHECK(fault("0 0 ? * 1") == "Failed to parse cron expression. Invalid expression: ?");
    CHECK(fault("0 0 15W * *") ==
          "Failed to parse cron expression. Invalid chars in expression! Expression: 15W Invalid chars: W");
    CHECK(fault("*/x * * * *") == "Failed to parse cron expression. For input string: \"X\"");
}
