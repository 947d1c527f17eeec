#include "support/run_leat.h"
#include "support/temporary_folder.h"

#include <doctest/doctest.h>

namespace {

const std::string kFlow = R"(id: daily
namespace: acme
inputs:
  - {id: n, type: INT, defaults: 3}
variables: {who: "{{ inputs.n }} folks"}
tasks:
  - {id: load, type: io.kestra.plugin.core.debug.Return, format: "rows {{ inputs.n }}"}
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: [a, b]
    tasks:
      - {id: one, type: io.kestra.plugin.core.debug.Return, format: "v {{ taskrun.value }}"}
)";

/// A folder with the flow, run once.
struct Ran
{
    Ran()
    {
        testing::writeFile(folder.path() / "daily.yaml", kFlow);
        REQUIRE(test::leat(folder.path(), {"run", "daily.yaml", "-q", "--data", "data"}).exitCode == 0);
    }
    auto at(std::vector<std::string> arguments) const
    {
        std::vector<std::string> all = {"expressions", "daily.yaml", "--data", "data"};
        all.insert(all.end(), arguments.begin(), arguments.end());
        return test::leat(folder.path(), all);
    }
    testing::TemporaryFolder folder;
};

} // namespace

TEST_CASE("Expressions and templates see the newest execution of the flow")
{
    const Ran ran;
    REQUIRE(test::leat(ran.folder.path(), {"run", "daily.yaml", "-q", "--data", "data", "-i", "n=5"}).exitCode == 0);
    const auto result = ran.at({"--at", "inputs.n + 1", "--at", "{{ flow.id }}: {{ outputs.load.value | upper }}", "--at", "tasks.each.state",
                                "--at", "render(vars.who)", "--at", "outputs.one"});
    CHECK(result.err == "");
    CHECK(result.exitCode == 0);
    CHECK(result.out == "6\ndaily: ROWS 5\nSUCCESS\n5 folks\n{\"a\":{\"value\":\"v a\"},\"b\":{\"value\":\"v b\"}}\n");
}

TEST_CASE("A task's own variables need its run, of one loop value when asked for")
{
    const Ran ran;
    CHECK(ran.at({"--at", "taskrun.value", "--task", "one"}).out == "b\n");
    CHECK(ran.at({"--at", "taskrun.value", "--task", "one", "--value", "a"}).out == "a\n");
    CHECK(ran.at({"--at", "taskrun.value"}).exitCode == 1);
    const auto none = ran.at({"--at", "1", "--task", "two"});
    CHECK(none.exitCode == 2);
    CHECK(none.err.find("has no run of the task two") != std::string::npos);
}

TEST_CASE("An expression that fails says where and why")
{
    const Ran ran;
    const auto missing = ran.at({"--at", "outputs.laod.value"});
    CHECK(missing.exitCode == 1);
    CHECK(missing.err == "outputs.laod.value:1:1: error: Unable to find `laod` used in the expression `{{ outputs.laod.value }}` at line 1\n");
    CHECK(ran.at({"--at", "1 +"}).err.starts_with("1 +:1:5: error: "));
}

TEST_CASE("JSON keeps the kinds of values and holds errors")
{
    const Ran ran;
    const auto result = ran.at({"--at", "inputs", "--at", "nope", "--output", "json"});
    CHECK(result.exitCode == 1);
    CHECK(result.err == "");
    CHECK(result.out.find("\"value\": {\n        \"n\": 3\n      }") != std::string::npos);
    CHECK(result.out.find("\"kind\": \"missing-attribute\"") != std::string::npos);
}

TEST_CASE("Without an execution there is nothing to see")
{
    const Ran ran;
    testing::writeFile(ran.folder.path() / "other.yaml", "id: other\nnamespace: acme\ntasks:\n  - {id: a, type: io.kestra.plugin.core.debug.Return}\n");
    const auto none = test::leat(ran.folder.path(), {"expressions", "other.yaml", "--data", "data", "--at", "1"});
    CHECK(none.exitCode == 2);
    CHECK(none.err == "leat: error: there is no stored execution of acme.other: run it first with `leat run other.yaml`\n");
    CHECK(test::leat(ran.folder.path(), {"expressions", "daily.yaml", "--data", "nodata", "--at", "1"}).err
          == "leat: error: nothing has run yet: run it first with `leat run daily.yaml`\n");
    CHECK(ran.at({"--at", "1", "--execution", "nope"}).exitCode == 2);
}
