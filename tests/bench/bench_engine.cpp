#include "tests/bench/bench_engine.h"

#include "engine/expr/renderer.h"
#include "tests/conformance/flow_host.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <functional>
#include <map>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace bench {

namespace {

using Clock = std::chrono::steady_clock;

double milliseconds(const std::function<void()> &work)
{
    const auto begin = Clock::now();
    work();
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

double medianOf(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

double median(int times, const std::function<double()> &measure)
{
    std::vector<double> values;
    for (int i = 0; i < times; ++i)
        values.push_back(measure());
    return medianOf(std::move(values));
}

std::string flowOf(const std::string &tasks)
{
    return "id: bench\nnamespace: acme.bench\ntasks:\n" + tasks;
}

std::string returns(int count)
{
    std::string tasks;
    for (int i = 0; i < count; ++i)
        tasks += fmt::format("  - {{id: t{}, type: io.kestra.plugin.core.debug.Return, format: \"value {}\"}}\n", i, i);
    return tasks;
}

std::string loop(int count)
{
    std::string values;
    for (int i = 0; i < count; ++i)
        values += fmt::format("{}{}", i == 0 ? "" : ", ", i);
    return fmt::format("  - id: each\n    type: io.kestra.plugin.core.flow.ForEach\n    values: [{}]\n    tasks:\n"
                       "      - {{id: t, type: io.kestra.plugin.core.debug.Return, format: \"{{{{ taskrun.value }}}}\"}}\n", values);
}

std::string shells(int count)
{
    std::string tasks;
    for (int i = 0; i < count; ++i)
        tasks += fmt::format("  - {{id: s{}, type: io.kestra.plugin.scripts.shell.Commands, taskRunner: {{type: "
                             "io.kestra.plugin.core.runner.Process}}, commands: [\"true\"]}}\n", i);
    return tasks;
}

/// A loop whose second task reads what the first gave for the same value.
std::string readingLoop(int count)
{
    return fmt::format("  - id: each\n    type: io.kestra.plugin.core.flow.ForEach\n    values: \"{{{{ range(1, {}) }}}}\"\n    tasks:\n"
                       "      - {{id: a, type: io.kestra.plugin.core.debug.Return, format: \"{{{{ taskrun.value }}}}\"}}\n"
                       "      - {{id: b, type: io.kestra.plugin.core.debug.Return, format: \"{{{{ outputs.a[taskrun.value].value }}}}\"}}\n", count);
}

std::string parallel(int count)
{
    std::string tasks = "  - id: p\n    type: io.kestra.plugin.core.flow.Parallel\n    tasks:\n";
    for (int i = 0; i < count; ++i)
        tasks += fmt::format("      - {{id: t{}, type: io.kestra.plugin.core.debug.Return, format: x}}\n", i);
    return tasks;
}

std::string ifs(int count)
{
    std::string tasks;
    for (int i = 0; i < count; ++i)
        tasks += fmt::format("  - {{id: i{0}, type: io.kestra.plugin.core.flow.If, condition: \"{{{{ {0} >= 0 }}}}\", "
                             "then: [{{id: r{0}, type: io.kestra.plugin.core.debug.Return, format: x}}]}}\n", i);
    return tasks;
}

std::string fanOut(int count)
{
    std::string tasks = "  - id: p\n    type: io.kestra.plugin.core.flow.Parallel\n    tasks:\n";
    for (int i = 0; i < count; ++i)
        tasks += fmt::format("      - {{id: s{}, type: io.kestra.plugin.core.flow.Subflow, namespace: acme.bench, flowId: child}}\n", i);
    return tasks;
}

constexpr const char *kTemplate = "{{ outputs.t.value | upper }} {{ a + 1 }} {{ outputs.none ?? 'none' }}";

/// Renders a second of one template over a small scope.
double rendersPerSecond()
{
    const flow::Object variables{{"a", 3}, {"outputs", flow::Object{{"t", flow::Object{{"value", "x"}}}}}};
    const expr::ObjectScope scope(variables);
    expr::TemplateCache cache;
    expr::Environment environment;
    environment.cache = &cache;
    constexpr int kCount = 20000;
    const double took = milliseconds([&] {
        for (int i = 0; i < kCount; ++i)
            if (!expr::render(*cache.get(kTemplate), scope, environment))
                throw std::runtime_error("a template was not rendered");
    });
    return kCount / took * 1000;
}

double spawnLoop(int count)
{
    return milliseconds([count] {
        for (int i = 0; i < count; ++i) {
            const char *arguments[] = {"/bin/sh", "-c", "set -e\ntrue", nullptr};
            pid_t child = 0;
            if (posix_spawn(&child, "/bin/sh", nullptr, nullptr, const_cast<char **>(arguments), environ) == 0)
                waitpid(child, nullptr, 0);
        }
    });
}

double peakMegabytes()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::string childFlow()
{
    std::string text = flowOf(returns(1));
    return text.replace(text.find("bench"), 5, "child");
}

} // namespace

std::vector<BenchFlow> benchFlows()
{
    return {{"1 task", flowOf(returns(1)), 21, 5},
            {"2 tasks", flowOf(returns(2)), 21, 5},
            {"100 Return in sequence", flowOf(returns(100)), 7, 20},
            {"ForEach over 100", flowOf(loop(100)), 9, 0},
            {"ForEach over 10,000", flowOf(loop(10000)), 1, 2000},
            {"Parallel of 100", flowOf(parallel(100)), 7, 0},
            {"5 If", flowOf(ifs(5)), 7, 0},
            {"100 subflows at once", flowOf(fanOut(100)), 5, 0},
            {"20 shell tasks", flowOf(shells(20)), 0, 0},
            {"200 shell tasks", flowOf(shells(200)), 0, 0}};
}

void writeFlows(const std::filesystem::path &folder)
{
    std::filesystem::create_directories(folder);
    std::ofstream(folder / "child.yaml") << childFlow();
    for (const BenchFlow &flow : benchFlows())
        std::ofstream(folder / (flow.name + ".yaml")) << flow.text;
}

std::vector<Row> engineRows(bool longRuns)
{
    std::vector<Row> rows;
    conformance::FlowTexts flows;
    flows.add(childFlow(), "child.yaml");
    conformance::FlowHost host(flows);
    const auto run = [&](const std::string &text) {
        return milliseconds([&] {
            engine::StartRequest request;
            request.flowText = std::make_shared<const std::string>(text);
            const auto id = host.engine().start(request);
            if (!id || host.engine().wait(*id)->state != engine::State::Success)
                throw std::runtime_error("a benchmark flow did not succeed");
        });
    };
    run(flowOf(returns(2)));
    std::map<std::string, double> took;
    for (const BenchFlow &flow : benchFlows()) {
        if (flow.times == 0)
            continue;
        took[flow.name] = median(flow.times, [&] { return run(flow.text); });
        rows.push_back({flow.name, took[flow.name], "ms", flow.target});
    }
    for (const int count : {20, 200}) { // by turns: both see the same machine
        std::vector<double> bare, ours;
        for (int i = 0; i < 1000 / count + 4; ++i) {
            bare.push_back(spawnLoop(count));
            ours.push_back(run(flowOf(shells(count))));
        }
        const double loop = medianOf(std::move(bare)), tasks = medianOf(std::move(ours));
        rows.push_back({fmt::format("{} shell tasks", count), tasks, "ms", 0});
        rows.push_back({fmt::format("bare spawn loop of {}", count), loop, "ms", 0});
        rows.push_back({fmt::format("{} shell tasks: share of the loop's speed", count), loop / tasks, "×", 0.7, true});
    }
    const double small = took["ForEach over 100"] / 100;
    rows.push_back({"ForEach over 100, a task run", small * 1000, "µs", 0});
    const double reading = median(5, [&] { return run(flowOf(readingLoop(100))); }) / 200;
    rows.push_back({"loop of 10,000 that reads its outputs", run(flowOf(readingLoop(10000))), "ms", 2000});
    rows.push_back({"renders a second", rendersPerSecond(), "/s", 0});
    if (longRuns) {
        const double large = run(flowOf(loop(100000))) / 100000;
        rows.push_back({"ForEach over 100,000, a task run", large * 1000, "µs", 0});
        rows.push_back({"growth from 100 to 100,000 task runs", large / small, "×", 1.5});
        const double readingLarge = run(flowOf(readingLoop(100000))) / 200000;
        rows.push_back({"growth of a reading loop from 100 to 100,000", readingLarge / reading, "×", 1.5});
        rows.push_back({"peak memory with 100,000 task runs", peakMegabytes(), "MB", 400});
    }
    return rows;
}

} // namespace bench
