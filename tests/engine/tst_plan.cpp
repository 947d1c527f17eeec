#include "engine/plan_driver.h"

#include <doctest/doctest.h>

using engine::Resolution;
using engine::State;
using testing::PlanDriver;
using testing::task;

namespace {

std::string flowable(const std::string &id, const std::string &type, const std::string &lines)
{
    return fmt::format("  - id: {}\n    type: io.kestra.plugin.core.flow.{}\n{}", id, type, lines);
}

std::string tasks(std::initializer_list<std::string> items, const std::string &indent = "    ")
{
    std::string text = indent + "tasks:\n";
    for (const std::string &item : items)
        text += indent + "  - " + item + "\n";
    return text;
}

} // namespace

TEST_CASE("a sequence starts one task after the other")
{
    PlanDriver run(tasks({task("a"), task("b"), task("c")}, ""));
    CHECK(run.atWork() == "a");
    run.end("a");
    CHECK(run.atWork() == "b");
    run.endAll();
    CHECK(run.log == "a b c");
    CHECK(run.history() == "CREATED RUNNING SUCCESS");
    CHECK(run.plan.ended());
}

TEST_CASE("a failure skips the rest and runs errors, then finally, in order")
{
    PlanDriver run(tasks({task("a"), task("b")}, "") + "errors:\n  - " + task("e1") + "\n  - " + task("e2") + "\nfinally:\n  - " + task("f") +
                   "\nafterExecution:\n  - " + task("z") + "\n");
    run.end("a", State::Failed);
    CHECK(run.atWork() == "e1");
    run.end("e1", State::Failed); // does not stop the next one
    run.endAll();
    CHECK(run.log == "a e1 e2 f z");
    CHECK(run.history() == "CREATED RUNNING FAILED");
    CHECK(run.plan.ended());
}

//       b ─┐
//   a ─┤   ├─ d
//       c ─┘
TEST_CASE("a Dag starts a node when all it depends on has ended")
{
    PlanDriver run("tasks:\n" + flowable("dag", "Dag",
                                         "    tasks:\n      - task: " + task("d") + "\n        dependsOn: [b, c]\n      - task: " + task("b") +
                                             "\n        dependsOn: [a]\n      - task: " + task("c") + "\n        dependsOn: [a]\n      - task: " + task("a") + "\n"));
    CHECK(run.atWork() == "a");
    run.end("a");
    CHECK(run.atWork() == "b c");
    run.end("c");
    CHECK(run.atWork() == "b");
    run.end("b");
    CHECK(run.atWork() == "d");
    run.endAll();
    CHECK(run.history() == "CREATED RUNNING SUCCESS");
}

TEST_CASE("a Dag node that depends on a disabled one is reached: the disabled one ends as skipped")
{
    PlanDriver run("tasks:\n" + flowable("dag", "Dag",
                                         "    tasks:\n      - task: " + task("idle", "disabled: true") + "\n      - task: " + task("b") + "\n        dependsOn: [idle]\n"));
    CHECK(run.atWork() == "b");
    run.endAll();
    CHECK(run.states() == "dag SUCCESS, idle SKIPPED, b SUCCESS");
    CHECK(run.plan.runs()[1].reason == "the task is disabled");
}

TEST_CASE("Parallel keeps to its limit; 0 means none")
{
    const auto at = [](const std::string &limit) {
        return PlanDriver("tasks:\n" + flowable("fan", "Parallel", "    concurrent: " + limit + "\n" + tasks({task("a"), task("b"), task("c")}))).atWork();
    };
    CHECK(at("2") == "a b");
    CHECK(at("0") == "a b c");
    CHECK(at("1") == "a");
}

TEST_CASE("when one branch fails, single tasks end and groups start nothing more")
{
    PlanDriver run("tasks:\n" + flowable("fan", "Parallel",
                                         tasks({task("quick"), "id: slow\n        type: io.kestra.plugin.core.flow.Sequential\n        tasks: [" + task("s1") + ", " + task("s2") + "]"})));
    CHECK(run.atWork() == "quick s1");
    run.end("quick", State::Failed);
    run.end("s1");
    CHECK(run.states() == "fan FAILED, quick FAILED, slow FAILED, s1 SUCCESS");
    CHECK(run.history() == "CREATED RUNNING FAILED");
}

TEST_CASE("ForEach runs the tasks of a value in order, so many values at once")
{
    PlanDriver::resolve = [](const engine::TaskNode &) {
        Resolution resolution;
        resolution.values = {"x", "y", "z"};
        return resolution;
    };
    PlanDriver run("tasks:\n" + flowable("each", "ForEach", "    concurrencyLimit: 2\n    values: [x, y, z]\n" + tasks({task("a"), task("b")})));
    CHECK(run.atWork() == "a[x] a[y]");
    run.end("a[y]");
    CHECK(run.atWork() == "a[x] b[y]");
    run.end("a[x]");
    run.end("b[y]");
    CHECK(run.atWork() == "b[x] a[z]");
    run.endAll();
    CHECK(run.log == "a[x] a[y] b[y] b[x] a[z] b[z]");
    PlanDriver::resolve = [](const engine::TaskNode &) { return Resolution{}; };
}

TEST_CASE("a retry waits for its time, in the same task run")
{
    PlanDriver run(tasks({task("a", "retry: {type: exponential, interval: PT1S, maxInterval: PT3S, maxAttempts: 4}")}, ""));
    run.end("a", State::Failed);
    CHECK(run.atWork() == "");
    CHECK(run.plan.runs()[0].reason.starts_with("retry 1 of 3 at "));
    run.advance(999);
    CHECK(run.atWork() == "");
    run.advance(1);
    run.end("a", State::Failed);
    run.advance(1999);
    CHECK(run.atWork() == "");
    run.advance(1);
    run.end("a", State::Failed);
    run.advance(2999);
    CHECK(run.atWork() == "");
    run.advance(1); // 4 s, but at most 3
    run.end("a");
    CHECK(run.states() == "a SUCCESS");
    CHECK(run.history() == "CREATED RUNNING FAILED RETRYING RUNNING FAILED RETRYING RUNNING FAILED RETRYING RUNNING SUCCESS");
}

TEST_CASE("allowFailure makes a warning of a failure, allowWarning a success of a warning")
{
    const auto ends = [](const std::string &more) {
        PlanDriver run(tasks({task("a", more)}, ""));
        run.end("a", State::Failed);
        return run.states() + " / " + run.history();
    };
    CHECK(ends("allowFailure: true") == "a WARNING / CREATED RUNNING WARNING");
    CHECK(ends("allowFailure: true, allowWarning: true") == "a SUCCESS / CREATED RUNNING SUCCESS");
    CHECK(ends("allowWarning: true") == "a FAILED / CREATED RUNNING FAILED");
}

TEST_CASE("a kill stops what runs and skips errors and finally")
{
    PlanDriver run("tasks:\n" + flowable("fan", "Parallel", tasks({task("a"), task("b")})) + "errors:\n  - " + task("e") + "\nfinally:\n  - " + task("f") + "\n");
    run.kill();
    CHECK(run.log == "a b b! a!");
    CHECK(run.history() == "CREATED RUNNING KILLING");
    run.endAll(State::Killed);
    CHECK(run.states() == "fan KILLED, a KILLED, b KILLED");
    CHECK(run.history() == "CREATED RUNNING KILLING KILLED");
}

TEST_CASE("a pause by hand lets what runs end and starts nothing")
{
    PlanDriver run(tasks({task("a"), task("b")}, ""));
    run.plan.pause(run.now());
    run.end("a");
    CHECK(run.atWork() == "");
    CHECK(run.history() == "CREATED RUNNING PAUSED");
    CHECK(run.plan.resume({}, run.now()));
    run.advance(0);
    CHECK(run.atWork() == "b");
}

TEST_CASE("a run that was skipped says which condition said no")
{
    PlanDriver::resolve = [](const engine::TaskNode &node) {
        Resolution resolution;
        if (node.id == "a") {
            resolution.verdict = Resolution::Verdict::Skip;
            resolution.message = "runIf: " + *node.runIf;
        }
        return resolution;
    };
    PlanDriver run(tasks({task("a", "runIf: 'no'"), task("b")}, ""));
    CHECK(run.states() == "a SKIPPED, b RUNNING");
    CHECK(run.plan.runs()[0].reason == "runIf: no");
    PlanDriver::resolve = [](const engine::TaskNode &) { return Resolution{}; };
}
