// leat-conformance DIR: runs a folder of recorded cases and says how many come out as the real engine has them.
#include "tests/conformance/cron_topic.h"
#include "tests/conformance/expression_topic.h"
#include "tests/conformance/flow_host.h"
#include "tests/conformance/flow_topic.h"
#include "tests/conformance/tasks_topic.h"
#include "tests/conformance/validation_topic.h"
#include "tests/support/catalog.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>

namespace {

namespace fs = std::filesystem;
using flow::Object;
using flow::Value;

/// One case, whatever its kind.
struct Outcome
{
    std::string topic;
    std::string name;
    bool passed = false;
    bool strict = true;      ///< also at the second, stricter level (histories)
    Value got;
    std::string difference;
};

std::string kindOf(const fs::path &folder)
{
    if (fs::exists(folder / "manifest.json"))
        return "flows";
    if (fs::exists(folder / "cases.json"))
        return "cron";
    for (const fs::directory_entry &entry : fs::directory_iterator(folder))
        if (entry.path().filename().string().ends_with(".results.json"))
            return "expressions";
    for (const fs::directory_entry &entry : fs::recursive_directory_iterator(folder))
        if (entry.path().filename().string().ends_with(".expected.json")) {
            const Value expected = flow::parseJson(conformance::readFile(entry.path())).value;
            return expected.find("valid") ? "validation" : "tasks";
        }
    return {};
}

std::vector<Outcome> runKind(const std::string &kind, const fs::path &folder, const std::string &topic, flow::Dialect dialect)
{
    std::vector<Outcome> outcomes;
    if (kind == "flows") {
        for (conformance::FlowCase &one : conformance::runFlows(folder, topic))
            outcomes.push_back({one.topic, one.name, one.equal, one.history, std::move(one.got), std::move(one.difference)});
    } else if (kind == "validation") {
        for (conformance::ValidationCase &one : conformance::runValidation(folder, test::coreCatalog(), topic))
            outcomes.push_back({one.topic, one.name, one.verdict && one.place, one.text, std::move(one.got), std::move(one.difference)});
    } else if (kind == "cron") {
        for (conformance::CronCase &one : conformance::runCron(folder))
            outcomes.push_back({"cron", one.id, one.passed, true, std::move(one.got), std::move(one.difference)});
    } else if (kind == "expressions") {
        for (const conformance::ExpressionCase &one : conformance::runExpressions(folder, dialect, topic))
            outcomes.push_back({one.topic, one.id, one.passed, true, flow::parseJson(one.gotJson).value,
                                one.passed ? std::string() : fmt::format("    {}\n    - {}\n    + {}\n", one.expression, one.expected, one.got)});
    } else if (kind == "tasks") {
        const fs::path beside = folder.parent_path() / "fixtures";
        const fs::path fixtures = fs::exists(beside) ? beside : fs::path(LEAT_FIXTURES);
        for (conformance::TaskCase &one : conformance::runTasks(folder, fixtures, topic))
            outcomes.push_back({one.topic, one.name, one.passed, one.strict, std::move(one.got), std::move(one.difference)});
    }
    return outcomes;
}

} // namespace

int main(int argc, char **argv)
{
    CLI::App app("Runs recorded cases of the real engine", "leat-conformance");
    std::string folder, topic, results, dialect = "1.3";
    bool json = false, quiet = false;
    app.add_option("folder", folder, "flows/, tasks/, validation/, expressions/ or cron/ of a corpus")->required()->check(CLI::ExistingDirectory);
    app.add_option("--topic", topic, "Only this topic, or topic/case");
    app.add_option("--results", results, "Write what Leat gave: OUT/<topic>/<case>.json");
    app.add_option("--dialect", dialect, "1.3 or 2.0")->check(CLI::IsMember({"1.3", "2.0"}));
    app.add_flag("--json", json, "Print the counts as JSON");
    app.add_flag("--quiet", quiet, "No differences");
    CLI11_PARSE(app, argc, argv);
    const std::string kind = kindOf(folder);
    if (kind.empty()) {
        fmt::print(stderr, "leat-conformance: {} holds no cases\n", folder);
        return 2;
    }
    const std::vector<Outcome> outcomes = runKind(kind, folder, topic, dialect == "2.0" ? flow::Dialect::Kestra2_0 : flow::Dialect::Kestra1_3);
    std::map<std::string, std::array<int, 3>> counts; // passed, strictly, total
    for (const Outcome &one : outcomes) {
        auto &row = counts[one.topic];
        row[0] += one.passed;
        row[1] += one.passed && one.strict;
        ++row[2];
        if (!results.empty())
            conformance::writeFile(fs::path(results) / one.topic / (one.name + ".json"), flow::toJson(one.got, {.indent = 1}) + "\n");
        if (!one.difference.empty() && !quiet && !json)
            fmt::print("{} {}/{}\n{}", one.passed ? "~" : "✗", one.topic, one.name, one.difference);
    }
    std::array<int, 3> all{};
    Object rows;
    for (const auto &[name, row] : counts) {
        for (std::size_t i = 0; i < 3; ++i)
            all[i] += row[i];
        Object entry;
        entry.set("passed", row[0]);
        entry.set("strict", row[1]);
        entry.set("total", row[2]);
        rows.set(name, Value(std::move(entry)));
        if (!json)
            fmt::print("{:<28} {}/{}  ({} strictly)\n", name, row[0], row[2], row[1]);
    }
    if (json) {
        Object result;
        result.set("kind", kind);
        result.set("passed", all[0]);
        result.set("strict", all[1]);
        result.set("total", all[2]);
        result.set("topics", Value(std::move(rows)));
        fmt::print("{}\n", flow::toJson(Value(std::move(result)), {.indent = 1}));
    } else {
        fmt::print("{} strictly\n{}/{}\n", all[1], all[0], all[2]);
    }
    return all[0] == all[2] ? 0 : 1;
}
