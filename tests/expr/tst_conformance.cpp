#include "conformance/expression_topic.h"

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <string>

using conformance::ExpressionCase;

namespace {

void check(flow::Dialect dialect, double floor)
{
    const auto cases = conformance::runExpressions(LEAT_SOURCE_DIR "/tests/conformance/expressions", dialect);
    std::map<std::string, std::pair<int, int>> topics;
    std::string failures;
    int passed = 0;
    for (const ExpressionCase &one : cases) {
        auto &[good, all] = topics[one.topic];
        ++all;
        if (one.passed) {
            ++good;
            ++passed;
        } else {
            failures += one.id + "  " + one.expression + "\n  expected " + one.expected + "\n  got      " + one.got + "\n";
        }
    }
    std::string table;
    for (const auto &[topic, counts] : topics)
        table += topic + " " + std::to_string(counts.first) + "/" + std::to_string(counts.second) + "\n";
    MESSAGE(table, failures, passed, "/", cases.size());
    REQUIRE(cases.size() >= 2462);
    CHECK(passed >= floor * static_cast<double>(cases.size()));
}

} // namespace

TEST_CASE("templates give what the real engine gives")
{
    check(flow::Dialect::Kestra1_3, 0.995);
}

TEST_CASE("the 2.0 dialect gives what its engine gives")
{
    check(flow::Dialect::Kestra2_0, 0.985);
}
