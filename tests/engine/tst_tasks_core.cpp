#include "engine/tasks/task_families.h"
#include "support/fake_task_context.h"

#include <doctest/doctest.h>

using engine::TaskEnd;
using testing::FakeTaskContext;
using Lines = std::vector<std::string>;

namespace {

const engine::TaskRunners &runners()
{
    static const engine::TaskRunners all = tasks::builtInRunners();
    return all;
}

engine::TaskResult run(std::string_view shortType, FakeTaskContext &context)
{
    return testing::runTask(runners(), "io.kestra.plugin.core." + std::string(shortType), context);
}

std::string outputs(const engine::TaskResult &result)
{
    return flow::toJson(result.outputs);
}

} // namespace

TEST_CASE("Log says a text, or each item of a list, at its level")
{
    FakeTaskContext one(R"({"message": "hello {{ who }}"})");
    one.variables.set("who", "Ada");
    CHECK(run("log.Log", one).end == TaskEnd::Success);
    CHECK(one.logs == Lines{"INFO hello Ada"});

    FakeTaskContext list(R"({"message": ["a", "", "{{ n }}"], "level": "WARN"})");
    list.variables.set("n", 2);
    CHECK(run("log.Log", list).end == TaskEnd::Success);
    CHECK(list.logs == Lines{"WARN a", "WARN ", "WARN 2"});
}

TEST_CASE("Log refuses what is not text, after the items before it")
{
    FakeTaskContext list(R"({"message": ["fine", 3, "never"]})");
    const engine::TaskResult result = run("log.Log", list);
    CHECK(result.end == TaskEnd::Failed);
    CHECK(result.message
          == "class java.lang.Integer cannot be cast to class java.lang.String (java.lang.Integer and "
             "java.lang.String are in module java.base of loader 'bootstrap')");
    CHECK(list.logs == Lines{"INFO fine"});

    FakeTaskContext map(R"({"message": {"a": 1}})");
    CHECK(run("log.Log", map).message == "Invalid message type 'class java.util.LinkedHashMap'");
}

TEST_CASE("Log's level is checked before anything is said, and its case counts")
{
    FakeTaskContext context(R"({"message": "x", "level": "info"})");
    const engine::TaskResult result = run("log.Log", context);
    CHECK(result.end == TaskEnd::Failed);
    CHECK(result.message.starts_with("com.fasterxml.jackson.core.JsonParseException: Unrecognized token 'info': was"));
    CHECK(context.logs.empty());
}

TEST_CASE("A message that cannot render fails with the engine's words")
{
    FakeTaskContext context(R"({"message": ["fine", "{{ outputs.x.y }}"]})");
    context.variables.set("outputs", flow::Object());
    const engine::TaskResult result = run("log.Log", context);
    CHECK(result.message == "Unable to find `x` used in the expression `{{ outputs.x.y }}` at line 1");
    CHECK(context.logs == Lines{"INFO fine"});
}

TEST_CASE("Return gives text and its length; without a format nothing")
{
    FakeTaskContext context(R"({"format": "né🚀{{ n }}"})");
    context.variables.set("n", 7);
    const engine::TaskResult result = run("debug.Return", context);
    CHECK(outputs(result) == R"({"value":"né🚀7"})");
    CHECK(context.logs == Lines{"DEBUG né🚀7"});
    REQUIRE(context.metrics.size() == 2);
    CHECK(context.metrics[0] == "counter length 5");
    CHECK(context.metrics[1].starts_with("timer duration "));

    FakeTaskContext none("{}");
    CHECK(run("debug.Return", none).outputs.isNull());
    CHECK(none.logs.empty());
    CHECK(none.metrics[0] == "counter length 0");
}

TEST_CASE("Echo logs its format at its level and has no outputs")
{
    FakeTaskContext context(R"({"format": "echoed", "level": "WARN"})");
    CHECK(run("debug.Echo", context).outputs.isNull());
    CHECK(context.logs == Lines{"WARN echoed"});
}

TEST_CASE("OutputValues gives its values as they render")
{
    FakeTaskContext context(R"({"values": {"n": 3, "l": [1, "x"], "deep": {"b": true}}})");
    CHECK(outputs(run("output.OutputValues", context)) == R"({"values":{"deep":{"b":true},"l":[1,"x"],"n":3}})");
}

TEST_CASE("Sleep waits as long as it says, and a negative time not at all")
{
    FakeTaskContext context(R"({"duration": "PT1M2.5S"})");
    const auto before = context.time;
    CHECK(run("flow.Sleep", context).end == TaskEnd::Success);
    CHECK(context.logs == Lines{"INFO Waiting for PT1M2.5S"});
    REQUIRE(context.waits.size() == 1);
    CHECK(context.waits[0] == std::chrono::milliseconds(62'500));
    CHECK(context.time > before);

    FakeTaskContext negative(R"({"duration": "-PT1S"})");
    CHECK(run("flow.Sleep", negative).end == TaskEnd::Success);
    CHECK(negative.logs == Lines{"INFO Waiting for PT-1S"});
    CHECK(negative.waits.empty());
}

TEST_CASE("Sleep ends as killed when cancelled, and fails for words that are no duration")
{
    FakeTaskContext context(R"({"duration": "PT1H"})");
    context.cancel();
    CHECK(run("flow.Sleep", context).end == TaskEnd::Killed);

    FakeTaskContext bad(R"({"duration": "soon"})");
    CHECK(run("flow.Sleep", bad).message.find("Unrecognized token 'soon'") != std::string::npos);
}

TEST_CASE("Fail without a condition fails; with one the rendered text decides")
{
    FakeTaskContext plain("{}");
    CHECK(run("execution.Fail", plain).message == "Task failure");
    CHECK(plain.logs.empty());

    FakeTaskContext worded(R"({"errorMessage": "stopped by {{ flow.id }}"})");
    flow::Object flowVariable;
    flowVariable.set("id", "demo");
    worded.variables.set("flow", flowVariable);
    CHECK(run("execution.Fail", worded).message == "stopped by demo");

    for (const char *condition : {"", " ", "0", "-0", "false"}) {
        FakeTaskContext context(fmt::format(R"({{"condition": "{}"}})", condition));
        CHECK(run("execution.Fail", context).end == TaskEnd::Success);
    }
    for (const char *condition : {"true", "no", "0.0", "null", "[]"}) {
        FakeTaskContext context(fmt::format(R"({{"condition": "{}", "errorMessage": "now"}})", condition));
        CHECK(run("execution.Fail", context).message == "Fail on a condition");
        CHECK(context.logs == Lines{"ERROR now"});
    }
}

TEST_CASE("Assert names every condition that does not hold")
{
    FakeTaskContext context(R"({"conditions": ["{{ yes }}", "0", "{{ nope }}"], "errorMessage": "off"})");
    context.variables.set("yes", true);
    const engine::TaskResult result = run("execution.Assert", context);
    CHECK(result.message == "2 assertions failed!\noff");
    CHECK(context.logs
          == Lines{"ERROR Assertion `0` failed!",
                   "ERROR Assertion `{{ nope }}` failed, failed to render `Unable to find `nope` used in the "
                   "expression `{{ nope }}` at line 1`"});
    CHECK(context.metrics == Lines{"counter failed 2", "counter success 1"});

    FakeTaskContext one(R"({"conditions": ["0"]})");
    CHECK(run("execution.Assert", one).message == "1 assertion failed!");
    FakeTaskContext none(R"({"conditions": ["1"]})");
    CHECK(run("execution.Assert", none).end == TaskEnd::Success);
}

TEST_CASE("Publish records its metrics, all or none")
{
    FakeTaskContext context(R"({"metrics": [
        {"type": "counter", "name": "rows", "value": 3, "tags": {"a": "1"}},
        {"type": "gauge", "name": "load", "value": "{{ load }}"},
        {"type": "timer", "name": "took", "value": "PT2.5S"}]})");
    context.variables.set("load", 0.75);
    CHECK(run("metric.Publish", context).end == TaskEnd::Success);
    CHECK(context.metrics == Lines{"counter rows 3 a=1", "gauge load 0.75", "timer took 2.5"});

    FakeTaskContext bad(R"({"metrics": [{"type": "counter", "name": "a", "value": 1},
                                        {"type": "histogram", "name": "b", "value": 1}]})");
    CHECK(run("metric.Publish", bad).message.find("Could not resolve type id 'histogram'") != std::string::npos);
    CHECK(bad.metrics.empty());
}
