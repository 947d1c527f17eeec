#include "engine/flow/edits.h"
#include "support/fidelity.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <iostream>

using namespace flow;

namespace {

std::string flowOf(int tasks)
{
    std::string text = "id: long\nnamespace: acme\n\ntasks:\n";
    for (int i = 0; i < tasks; ++i) {
        const std::string n = std::to_string(i);
        text += "  # says its number\n  - id: task_" + n + "\n    type: io.kestra.plugin.core.log.Log\n    message: \"number " +
                n + " {{ outputs.task_" + std::to_string(i / 2) + ".value }}\"\n\n";
    }
    return text;
}

/// The median of 41 runs, in microseconds.
double median(const std::function<void()> &run)
{
    std::vector<double> times;
    for (int i = 0; i < 41; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        run();
        times.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count());
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

} // namespace

TEST_CASE("one edit of a long text takes less than 5 ms, most of them far less")
{
    for (const int tasks : {1000, 2000}) {
        const test::Subject subject(flowOf(tasks));
        const Snapshot snapshot = subject.snapshot();
        const std::string middle = "tasks[" + std::to_string(tasks / 2) + "]";
        const std::size_t half = static_cast<std::size_t>(tasks) / 2;
        const std::vector<std::pair<const char *, std::function<Result<Edit>()>>> kinds = {
            {"add", [&] { return edits::addTask(snapshot, {"tasks", half}, "id: x\ntype: a.B"); }},
            {"remove", [&] { return edits::removeTasks(snapshot, std::vector<std::string>{middle}); }},
            {"duplicate", [&] { return edits::duplicateTask(snapshot, middle); }},
            {"move", [&] { return edits::moveTask(snapshot, middle, {"tasks", 1}); }},
            {"rename", [&] { return edits::renameTask(snapshot, middle, "renamed"); }},
            {"set", [&] { return edits::setProperty(snapshot, middle, "level", "WARN"); }},
            {"unset", [&] { return edits::unsetProperty(snapshot, middle, "message"); }},
            {"note", [&] { return edits::setNote(snapshot, middle, "other words"); }},
        };
        for (const auto &[name, make] : kinds) {
            REQUIRE(make());
            const double time = median([&] { (void)make().hasValue(); });
            std::cout << tasks << " tasks, " << name << ": " << static_cast<int>(time) << " us\n";
#ifdef NDEBUG
            CHECK(time < 5000);
#endif
        }
    }
}
