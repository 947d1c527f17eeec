#include "engine/engine_bench.h"

#include <doctest/doctest.h>

#include <csignal>
#include <sys/resource.h>

using engine::ErrorCode;
using engine::State;
using engine::TaskResult;
using testing::EngineBench;

namespace {

constexpr const char *kSleep = "type: io.kestra.plugin.core.flow.Sleep, duration: PT1S";

std::string nap(const std::string &id, const std::string &more = {})
{
    return fmt::format("{{id: {}, {}{}}}", id, kSleep, more.empty() ? "" : ", " + more);
}

std::string returns(const std::string &id, const std::string &format)
{
    return fmt::format("{{id: {}, type: io.kestra.plugin.core.debug.Return, format: \"{}\"}}", id, format);
}

/// While it lives no file of this process can be written: what a full disk looks like from here.
class FullDisk
{
public:
    FullDisk() : m_signal(std::signal(SIGXFSZ, SIG_IGN))
    {
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit none{0, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &none);
    }
    ~FullDisk()
    {
        setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_signal);
    }

private:
    rlimit m_before{};
    void (*m_signal)(int);
};

} // namespace

TEST_CASE("while the disk is full a start is refused at once, what runs waits, and it goes on when there is room")
{
    EngineBench bench(1);
    bench.flows.add("f", "concurrency: {limit: 2}\ntasks:\n  - " + nap("a") + "\n  - " + nap("b") + "\n");
    const std::string id = bench.start("f");
    bench.runner->waitForStarts(1);
    engine::StartRequest another;
    another.flowText = bench.flows.find("acme", "f")->text;
    {
        const FullDisk full;
        const auto refused = bench.engine().start(another);
        REQUIRE(!refused);
        CHECK(refused.error().code == ErrorCode::StoreFailed);
        bench.runner->end("a");
        CHECK(bench.engine().start(another).error().code == ErrorCode::StoreFailed);
        CHECK(bench.runner->started() == "a");
    }
    bench.runner->waitForStarts(2);
    bench.runner->end("b");
    CHECK(bench.ended(id) == "SUCCESS a SUCCESS, b SUCCESS");
    CHECK(bench.executionsOf("f").size() == 1);

    const std::string later = bench.start("f");
    bench.runner->waitForStarts(3);
    bench.runner->end("a");
    bench.runner->waitForStarts(4);
    bench.runner->end("b");
    CHECK(bench.ended(later) == "SUCCESS a SUCCESS, b SUCCESS");
}

TEST_CASE("never more tasks are at work than there are workers")
{
    EngineBench bench(2);
    std::string tasks;
    for (int i = 0; i < 5; ++i)
        tasks += "      - " + nap(fmt::format("t{}", i)) + "\n";
    bench.flows.add("f", "tasks:\n  - id: p\n    type: io.kestra.plugin.core.flow.Parallel\n    tasks:\n" + tasks);
    const std::string id = bench.start("f");
    for (std::size_t i = 0; i < 5; ++i) {
        bench.runner->waitForStarts(std::min<std::size_t>(i + 2, 5));
        bench.runner->end(fmt::format("t{}", i));
    }
    CHECK(bench.ended(id) == "SUCCESS p SUCCESS, t0 SUCCESS, t1 SUCCESS, t2 SUCCESS, t3 SUCCESS, t4 SUCCESS");
    CHECK(bench.runner->most() == 2);
}

TEST_CASE("a kill reaches what runs, what waits for a worker, for its retry, for a person and for its turn")
{
    EngineBench bench(1);
    bench.flows.add("runs", "tasks:\n  - id: p\n    type: io.kestra.plugin.core.flow.Parallel\n    tasks:\n      - " + nap("a") + "\n      - " + nap("b") + "\n");
    bench.flows.add("pauses", "tasks:\n  - {id: p, type: io.kestra.plugin.core.flow.Pause}\n");
    bench.flows.add("retries", "tasks:\n  - {id: f, type: io.kestra.plugin.core.execution.Fail, retry: {type: constant, interval: PT1H, maxAttempts: 5}}\n");
    bench.flows.add("queues", "concurrency: {limit: 1, behavior: QUEUE}\ntasks:\n  - {id: p, type: io.kestra.plugin.core.flow.Pause}\n");

    const std::string runs = bench.start("runs");
    bench.runner->waitForStarts(1);
    REQUIRE(bench.engine().kill(runs));
    CHECK(bench.ended(runs) == "KILLED p KILLED, a KILLED, b KILLED");
    CHECK(bench.runner->started() == "a");
    CHECK(bench.engine().kill(runs).error().code == ErrorCode::WrongState);

    const std::string pauses = bench.start("pauses");
    bench.engine().waitIdle();
    REQUIRE(bench.engine().kill(pauses));
    CHECK(bench.ended(pauses) == "KILLED p KILLED");

    const std::string retries = bench.start("retries");
    bench.engine().waitIdle();
    REQUIRE(bench.engine().kill(retries));
    CHECK(bench.engine().wait(retries)->state == State::Killed);

    const std::string first = bench.start("queues");
    const std::string second = bench.start("queues");
    CHECK(bench.engine().execution(second)->state == State::Queued);
    REQUIRE(bench.engine().kill(second));
    CHECK(bench.ended(second) == "KILLED");
    REQUIRE(bench.engine().resume(first));
    CHECK(bench.ended(first) == "SUCCESS p SUCCESS");
}

TEST_CASE("a failed attempt is tried again as often as its retry says")
{
    EngineBench bench;
    bench.flows.add("f", "tasks:\n  - " + nap("a", "retry: {type: constant, interval: PT0.001S, maxAttempts: 3}") + "\n");
    const std::string id = bench.start("f");
    bench.runner->end("a", TaskResult::failed("no"));
    bench.runner->waitForStarts(2);
    bench.runner->end("a", TaskResult::failed("no"));
    bench.runner->waitForStarts(3);
    bench.runner->end("a");
    CHECK(bench.ended(id) == "SUCCESS a SUCCESS");
    CHECK(EngineBench::attempts(bench.engine().wait(id)->taskRuns[0]) == "FAILED FAILED SUCCESS");
    const std::string again = bench.start("f");
    for (std::size_t i = 4; i <= 6; ++i) {
        bench.runner->waitForStarts(i);
        bench.runner->end("a", TaskResult::failed("no"));
    }
    CHECK(bench.ended(again) == "FAILED a FAILED");
}

TEST_CASE("a task that takes longer than its timeout is ended there and fails")
{
    EngineBench bench;
    bench.flows.add("f", "tasks:\n  - " + nap("a", "timeout: PT0.01S") + "\n");
    const std::string id = bench.start("f");
    CHECK(bench.ended(id) == "FAILED a FAILED");
    CHECK(bench.logs(id).find("Timeout after 00:00:00.010") != std::string::npos);
}

TEST_CASE("beyond its concurrency a flow queues, is cancelled or fails")
{
    EngineBench bench;
    for (const char *behavior : {"QUEUE", "CANCEL", "FAIL"})
        bench.flows.add(behavior, fmt::format("concurrency: {{limit: 1, behavior: {}}}\ntasks:\n  - {}\n", behavior, nap("a")));
    for (const auto &[behavior, expected] : std::vector<std::pair<std::string, std::string>>{{"CANCEL", "CANCELLED"}, {"FAIL", "FAILED"}}) {
        const std::string first = bench.start(behavior);
        CHECK(bench.run(behavior) == expected);
        bench.runner->end("a");
        CHECK(bench.ended(first) == "SUCCESS a SUCCESS");
    }
    const std::string first = bench.start("QUEUE");
    const std::string second = bench.start("QUEUE");
    CHECK(bench.engine().execution(second)->reason == "queued: 1 of 1 executions of the flow are running");
    bench.runner->end("a");
    CHECK(bench.ended(first) == "SUCCESS a SUCCESS");
    bench.runner->end("a");
    CHECK(bench.ended(second) == "SUCCESS a SUCCESS");
}

TEST_CASE("an execution that is ended before it begins runs nothing but its afterExecution")
{
    EngineBench bench;
    const std::string after = "afterExecution:\n  - " + returns("z", "{{ execution.state }}") + "\n";
    bench.flows.add("limited", fmt::format("concurrency: {{limit: 1, behavior: FAIL}}\ntasks:\n  - {}\n{}", nap("a"), after));
    const std::string first = bench.start("limited");
    CHECK(bench.run("limited") == "FAILED z SUCCESS");
    bench.runner->end("a");
    CHECK(bench.ended(first) == "SUCCESS a SUCCESS, z SUCCESS");
    bench.flows.add("checked", fmt::format("checks: [{{condition: \"{{{{ false }}}}\", message: no, behavior: FAIL_EXECUTION}}]\ntasks:\n  - {}\n{}", nap("a"), after));
    CHECK(bench.run("checked") == "FAILED z SUCCESS");
}

TEST_CASE("after an interruption finished task runs stay, those at work are begun anew")
{
    EngineBench bench;
    bench.flows.add("f", "tasks:\n  - " + returns("a", "x") + "\n  - " + nap("b") + "\n  - " + returns("c", "{{ outputs.a.value }}") + "\n");
    const std::string id = bench.start("f");
    bench.runner->waitForStarts(1);
    bench.crash();
    CHECK(bench.engine().execution(id)->state == State::Running);
    CHECK(*bench.engine().resumeAll() == std::vector{id});
    bench.runner->end("b");
    CHECK(bench.ended(id) == "SUCCESS a SUCCESS, b SUCCESS, c SUCCESS");
    const auto execution = bench.engine().wait(id);
    CHECK(EngineBench::attempts(execution->taskRuns[0]) == "SUCCESS");
    CHECK(EngineBench::attempts(execution->taskRuns[1]) == "RESUBMITTED SUCCESS");
    CHECK(flow::toJson(execution->taskRuns[2].outputs) == R"({"value":"x"})");
}

TEST_CASE("the executions of a ForEachItem are waited for across an interruption, none is started twice")
{
    EngineBench bench;
    bench.flows.add("item", "inputs: [{id: n, type: STRING}]\ntasks:\n  - " + nap("work") + "\noutputs: [{id: n, type: STRING, value: \"{{ inputs.n }}\"}]\n");
    bench.flows.add("all", "tasks:\n  - {id: list, type: io.kestra.plugin.core.storage.Write, content: \"x\\ny\\n\"}\n"
                           "  - {id: each, type: io.kestra.plugin.core.flow.ForEachItem, items: \"{{ outputs.list.uri }}\", namespace: acme, flowId: item, "
                           "inputs: {n: \"{{ read(taskrun.items) | trim }}\"}}\n");
    const std::string id = bench.start("all");
    bench.runner->waitForStarts(2);
    bench.runner->end("work");
    bench.crash();
    REQUIRE(bench.engine().resumeAll());
    for (const engine::Execution &item : bench.executionsOf("item"))
        if (!isEnd(item.state))
            bench.runner->end("work");
    CHECK(bench.engine().wait(id)->state == State::Success);
    CHECK(bench.executionsOf("item").size() == 2);
    const auto execution = bench.engine().wait(id);
    for (const engine::TaskRun &run : execution->taskRuns)
        if (run.taskId == "each_items")
            CHECK(run.outputs.find("iterations")->find("SUCCESS")->asInt() == 2);
}

TEST_CASE("an Exit ends what is at work beside it; after it nothing begins but afterExecution")
{
    EngineBench bench;
    bench.flows.add("f", "tasks:\n  - id: p\n    type: io.kestra.plugin.core.flow.Parallel\n    tasks:\n      - " + nap("slow") +
                             "\n      - id: s\n        type: io.kestra.plugin.core.flow.Sequential\n        tasks:\n          - " + nap("gate") +
                             "\n          - {id: out, type: io.kestra.plugin.core.execution.Exit, state: SUCCESS}\n  - " + returns("next", "x") +
                             "\nafterExecution:\n  - " + returns("after", "{{ execution.state }}") + "\n");
    const std::string id = bench.start("f");
    bench.runner->waitForStarts(2);
    bench.runner->end("gate");
    CHECK(bench.ended(id) == "SUCCESS p SUCCESS, slow KILLED, s SUCCESS, gate SUCCESS, out SUCCESS, after SUCCESS");
}

TEST_CASE("the finally of a LoopUntil runs once, after the last round")
{
    EngineBench bench;
    bench.flows.add("f", "tasks:\n  - id: loop\n    type: io.kestra.plugin.core.flow.LoopUntil\n    condition: \"{{ outputs.t.value == '2' }}\"\n"
                         "    checkFrequency: {interval: PT0.001S}\n    tasks:\n      - " + returns("t", "{{ taskrun.iteration }}") +
                             "\n    finally:\n      - " + returns("last", "{{ outputs.t.value }}") + "\n");
    const auto execution = bench.engine().wait(bench.start("f"));
    CHECK(execution->state == State::Success);
    int last = 0;
    for (const engine::TaskRun &run : execution->taskRuns)
        last += run.taskId == "last" && run.state == State::Success && flow::toJson(run.outputs) == R"({"value":"2"})";
    CHECK(last == 1);
}

TEST_CASE("a retry as a new execution is made across an interruption, once")
{
    EngineBench bench;
    bench.flows.add("f", "tasks:\n  - " + nap("a", "retry: {type: constant, interval: PT0.2S, maxAttempts: 2, behavior: CREATE_NEW_EXECUTION}") + "\n");
    const std::string id = bench.start("f");
    bench.runner->end("a", TaskResult::failed("no"));
    CHECK(bench.engine().wait(id)->state == State::Retried);
    bench.crash();
    CHECK(*bench.engine().resumeAll() == std::vector{id});
    const auto next = bench.engine().waitForRetry(id);
    REQUIRE(next);
    bench.runner->end("a", TaskResult::failed("no"));
    CHECK(bench.engine().wait(*next)->state == State::Failed); // two attempts, counted over the interruption
    bench.crash();
    CHECK(bench.engine().resumeAll()->empty());
    CHECK(bench.executionsOf("f").size() == 2);
}

TEST_CASE("what a flow trigger has seen is remembered across an interruption")
{
    EngineBench bench;
    bench.flows.add("one", "tasks:\n  - " + returns("a", "x") + "\n");
    bench.flows.add("two", "tasks:\n  - " + returns("a", "x") + "\n");
    bench.flows.add("hears", "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Flow\n    preconditions:\n      id: p\n      flows:\n"
                             "        - {namespace: acme, flowId: one}\n        - {namespace: acme, flowId: two}\ntasks:\n  - " + returns("a", "heard") + "\n");
    bench.run("one");
    bench.engine().waitIdle();
    CHECK(bench.executionsOf("hears").empty());
    bench.crash();
    bench.run("two");
    bench.engine().waitIdle();
    CHECK(bench.executionsOf("hears").size() == 1);
    bench.crash();
    bench.run("two");
    bench.engine().waitIdle();
    CHECK(bench.executionsOf("hears").size() == 1); // it begins anew once it has fired
}

TEST_CASE("a service level is watched across an interruption and broken once")
{
    EngineBench bench;
    bench.flows.add("f", "sla: [{id: slow, type: MAX_DURATION, duration: PT0.05S, behavior: NONE, labels: {late: yes}}]\ntasks:\n  - " + nap("a") + "\n");
    const std::string id = bench.start("f");
    bench.runner->waitForStarts(1);
    bench.crash();
    REQUIRE(bench.engine().resumeAll());
    while (!bench.engine().execution(id)->labels.find("late"))
        bench.runner->waitForStarts(1);
    bench.crash();
    REQUIRE(bench.engine().resumeAll());
    bench.runner->end("a");
    CHECK(bench.ended(id) == "SUCCESS a SUCCESS");
    const std::string logs = bench.logs(id);
    CHECK(logs.find("SLA 'slow' violated") != std::string::npos);
    CHECK(logs.find("SLA 'slow' violated") == logs.rfind("SLA 'slow' violated"));
}

TEST_CASE("an assertion is looked at with each change, before what comes next begins")
{
    EngineBench bench;
    bench.flows.add("fails", "variables: {v: a}\nsla: [{id: later, type: EXECUTION_ASSERTION, assert: \"{{ vars.v == 'a' }}\", behavior: FAIL, labels: {sla: miss}}]\n"
                             "tasks:\n  - " + returns("one", "x") + "\n  - {id: set, type: io.kestra.plugin.core.execution.SetVariables, variables: {v: b}}\n  - " + returns("never", "x") + "\n");
    CHECK(bench.run("fails") == "FAILED one SUCCESS, set SUCCESS");
    CHECK(bench.executionsOf("fails")[0].labels.find("sla")->text() == "miss");
    bench.flows.add("goes-on", "sla:\n  - {id: first, type: EXECUTION_ASSERTION, assert: \"{{ (outputs.a.value ?? 'none') != 'bad' }}\", behavior: NONE}\n"
                               "  - {id: second, type: EXECUTION_ASSERTION, assert: \"{{ (outputs.a.value ?? 'none') != 'bad' }}\", behavior: CANCEL}\n"
                               "tasks:\n  - " + returns("a", "bad") + "\n  - " + returns("b", "x") + "\n");
    CHECK(bench.run("goes-on") == "SUCCESS a SUCCESS, b SUCCESS"); // only the first that is violated counts
}

TEST_CASE("a secret input is text to templates, and in no file and no log line as such")
{
    EngineBench bench;
    bench.flows.add("child", "inputs: [{id: pw, type: SECRET}]\ntasks:\n  - {id: log, type: io.kestra.plugin.core.log.Log, message: \"child {{ inputs.pw }}\"}\n"
                             "outputs: [{id: pw, type: SECRET, value: \"{{ inputs.pw }}\"}]\n");
    bench.flows.add("f", "inputs: [{id: pw, type: SECRET}, {id: deep.pw, type: SECRET, defaults: \"{{ inputs.pw }}-deep\"}]\ntasks:\n"
                         "  - {id: log, type: io.kestra.plugin.core.log.Log, message: \"<{{ inputs.pw }}> {{ inputs.deep.pw }}\"}\n  - "
                         + returns("length", "{{ inputs.pw | length }}")
                         + "\n  - {id: sub, type: io.kestra.plugin.core.flow.Subflow, namespace: acme, flowId: child, inputs: {pw: \"{{ inputs.pw }}\"}}\n  - "
                         + returns("same", "{{ outputs.sub.outputs.pw == inputs.pw }}")
                         + "\n  - {id: fail, type: io.kestra.plugin.core.execution.Fail, errorMessage: \"bad {{ inputs.pw }}\"}\n");
    const std::string secret = "open-sesame-4711";
    const std::string id = bench.start("f", {{"pw", secret}});
    const auto execution = bench.engine().wait(id);
    CHECK(execution->state == State::Failed);
    CHECK(flow::toJson(execution->taskRuns[1].outputs) == R"({"value":"16"})");
    CHECK(flow::toJson(execution->taskRuns[3].outputs) == R"({"value":"true"})");
    const std::string logs = bench.logs(id);
    CHECK(logs.find("<******> ******") != std::string::npos);
    CHECK(logs.find("bad ******") != std::string::npos);
    CHECK(bench.bytes().find(secret) == std::string::npos);
    bench.crash();
    CHECK(bench.bytes().find(secret) == std::string::npos);
}

TEST_CASE("outputs inside loops are found by value, and what is missing is named")
{
    EngineBench bench;
    const std::string inner = "    tasks:\n      - " + returns("v", "{{ taskrun.value }}!") + "\n      - "
                              + returns("w", "{{ outputs.v[taskrun.value].value }}{{ outputs.v.z.value ?? '-' }}{{ outputs.none.x ?? '+' }}") + "\n";
    bench.flows.add("f", "tasks:\n  - id: each\n    type: io.kestra.plugin.core.flow.ForEach\n    values: [a, b]\n" + inner + "  - "
                         + returns("all", "{{ outputs.w.a.value }} {{ outputs.w.b.value }} {{ outputs.v | keys }} {{ outputs.v['b']['value'] }}") + "\n  - "
                         + returns("miss", "{{ outputs.v.c.value }}") + "\n");
    const std::string id = bench.start("f");
    const auto execution = bench.engine().wait(id);
    CHECK(execution->state == State::Failed);
    CHECK(flow::toJson(execution->taskRuns[5].outputs) == R"({"value":"a!-+ b!-+ [\"a\",\"b\"] b!"})");
    CHECK(bench.logs(id).find("Unable to find `c` used in the expression `{{ outputs.v.c.value }}` at line 1") != std::string::npos);
}
