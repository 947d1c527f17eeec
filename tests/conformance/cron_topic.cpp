#include "tests/conformance/cron_topic.h"

#include "engine/flow/iso_time.h"
#include "engine/run/cron_schedule.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace conformance {

namespace {

constexpr int kDates = 5;

std::string printed(const expr::TimeZone &zone, std::int64_t instant)
{
    const int offset = zone.offsetAt(instant);
    const std::chrono::nanoseconds local = std::chrono::seconds(instant + offset);
    std::string text = flow::formatInstant(flow::Moment(local));
    if (offset == 0)
        return text;
    text.pop_back();
    return fmt::format("{}{}{:02}:{:02}", text, offset < 0 ? '-' : '+', std::abs(offset) / 3600,
                       std::abs(offset) / 60 % 60);
}

flow::Object dates(const flow::Value &row)
{
    const auto text = [&](std::string_view name) {
        const flow::Value *member = row.find(name);
        return member ? member->text() : std::string();
    };
    const flow::Value *seconds = row.find("withSeconds");
    const flow::CronParse cron = flow::parseCron(text("cron"), seconds && seconds->asBool());
    if (!cron.cron)
        return {{"error", fmt::format("invalid cron expression '{}': {}", text("cron"), cron.error)},
                {"errorKind", "invalid-cron"}};
    expr::TimeZone zone;
    if (row.find("timezone")) {
        const auto found = expr::TimeZone::find(text("timezone"));
        if (!found)
            return {{"error", fmt::format("timezone '({})' is not a valid time-zone ID", text("timezone"))},
                    {"errorKind", "invalid-timezone"}};
        zone = *found;
    }
    const flow::Moment from = flow::parseInstant(text("from")).value_or(flow::Moment());
    std::int64_t at = std::chrono::floor<std::chrono::seconds>(from).time_since_epoch().count();
    flow::Value::List next;
    for (int count = 0; count < kDates; ++count) {
        const auto date = engine::nextCronDate(*cron.cron, zone, at);
        if (!date)
            break;
        at = *date;
        next.emplace_back(printed(zone, at));
    }
    return {{"next", std::move(next)}};
}

} // namespace

std::vector<CronCase> runCron(const std::filesystem::path &folder)
{
    std::ifstream in(folder / "cases.json", std::ios::binary);
    const flow::JsonParse rows = flow::parseJson(std::string(std::istreambuf_iterator<char>(in), {}));
    std::vector<CronCase> cases;
    for (const flow::Value &row : rows.value.list()) {
        CronCase one;
        one.id = row.find("id")->text();
        flow::Object got = dates(row);
        one.passed = true;
        for (const char *name : {"next", "error", "errorKind"}) {
            const flow::Value *expected = row.find(name);
            const flow::Value *actual = got.find(name);
            const std::string wanted = expected ? flow::toJson(*expected) : "none";
            const std::string given = actual ? flow::toJson(*actual) : "none";
            if (wanted == given)
                continue;
            one.passed = false;
            one.difference += fmt::format("  {} of `{}`\n    expected {}\n    got      {}\n", name,
                                          row.find("cron")->text(), wanted, given);
        }
        for (const auto &[name, value] : row.map()) {
            if (name != "next" && name != "error" && name != "errorKind" && !got.contains(name))
                got.set(name, value);
        }
        one.got = std::move(got);
        cases.push_back(std::move(one));
    }
    return cases;
}

} // namespace conformance
