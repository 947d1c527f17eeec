#include "app/cli/run_printer.h"

#include "app/sentences/engine_sentences.h"
#include "engine/flow/iso_time.h"
#include "engine/run/execution_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <utility>
#include <vector>

namespace cli {

using engine::State;

namespace {

const char *colourOf(State state)
{
    switch (state) {
    case State::Success:
        return "32";
    case State::Warning:
    case State::Retrying:
    case State::Paused:
        return "33";
    case State::Failed:
    case State::Killed:
    case State::Cancelled:
        return "31";
    default:
        return "36";
    }
}

/// The changed runs in the order their states came about: those of one instant child before parent.
std::vector<const engine::TaskRunChange *> childrenFirst(const engine::Execution &execution,
                                                         const std::vector<engine::TaskRunChange> &changes)
{
    std::map<engine::RunIndex, engine::RunIndex> lastInside;
    for (const engine::TaskRunChange &one : changes)
        for (engine::RunIndex outer = one.run; outer != engine::kNoRun; outer = execution.taskRuns[outer].parent)
            lastInside[outer] = std::max(lastInside[outer], one.run);
    std::vector<const engine::TaskRunChange *> runs;
    for (const engine::TaskRunChange &one : changes)
        runs.push_back(&one);
    std::ranges::sort(runs, {}, [&](const engine::TaskRunChange *one) {
        return std::pair(lastInside.at(one->run), -static_cast<std::int64_t>(one->run));
    });
    return runs;
}

std::string clockOf(engine::Time time)
{
    const std::string text = flow::formatInstant(std::chrono::time_point_cast<std::chrono::milliseconds>(time));
    const std::size_t begin = text.find('T') + 1;
    std::string clock = text.substr(begin, text.size() - begin - 1);
    if (clock.size() == 8)
        clock += ".000";
    return clock;
}

} // namespace

std::string humanDuration(std::chrono::nanoseconds duration)
{
    const double seconds = std::chrono::duration<double>(duration).count();
    if (seconds < 1)
        return fmt::format("{:.0f} ms", seconds * 1000);
    if (seconds < 60)
        return fmt::format("{:.2f} s", seconds);
    return fmt::format("{} min {} s", static_cast<int>(seconds) / 60, static_cast<int>(seconds) % 60);
}

std::string RunPrinter::paint(std::string_view text, State state) const
{
    return m_colours ? fmt::format("\033[{}m{}\033[0m", colourOf(state), text) : std::string(text);
}

void RunPrinter::changed(const engine::ExecutionChange &change)
{
    engine::Execution &execution = m_executions[change.id];
    apply(execution, change);
    std::multimap<engine::Time, std::string> lines;
    const bool child = !execution.parentId.empty();
    const std::string prefix = child ? execution.flowId + " › " : std::string();
    const auto nameOfRun = [&](engine::RunIndex index) {
        const engine::TaskRun &run = execution.taskRuns[index];
        return prefix + run.taskId + (run.value ? fmt::format("[{}]", *run.value) : std::string());
    };
    for (const engine::LogEntry &entry : change.logs) {
        if (entry.level < engine::Level::Info)
            continue;
        const State tone = entry.level == engine::Level::Error ? State::Failed : entry.level == engine::Level::Warn ? State::Warning : State::Running;
        lines.emplace(entry.at, fmt::format("{}  {}  {}{}", clockOf(entry.at), paint(fmt::format("{:<8}", nameOf(entry.level)), tone),
                                            entry.run == engine::kNoRun ? prefix : nameOfRun(entry.run) + ": ", entry.message));
    }
    for (const engine::TaskRunChange *one : childrenFirst(execution, change.runs)) {
        const engine::TaskRun &run = execution.taskRuns[one->run];
        for (const engine::StateAt &state : one->states) {
            if (state.state == State::Created || state.state == State::Submitted || state.state == State::Running)
                continue;
            std::string line = fmt::format("{}  {}  {}", clockOf(state.at), paint(fmt::format("{:<8}", nameOf(state.state)), state.state),
                                           nameOfRun(one->run));
            if (isEnd(state.state) && !run.attempts.empty())
                line += fmt::format("  {}", humanDuration(state.at - run.attempts.back().started));
            if (!run.reason.empty() && (state.state == State::Skipped || state.state == State::Retrying))
                line += fmt::format("  ({})", run.reason);
            lines.emplace(state.at, std::move(line));
        }
    }
    for (const engine::StateAt &state : change.states)
        if (state.state == State::Paused || state.state == State::Queued || state.state == State::Killing)
            lines.emplace(state.at, fmt::format("{}  {}  {}", clockOf(state.at), paint(fmt::format("{:<8}", nameOf(state.state)), state.state), execution.flowId));
    for (const auto &[at, line] : lines)
        fmt::print("{}\n", line);
    std::fflush(stdout);
    if (change.ended)
        m_executions.erase(change.id);
}

void RunPrinter::faulted(const engine::Error &error)
{
    fmt::print(stderr, "leat: error: {}\n", app::plainText(app::sentenceOf(error.code), error.args, error.where));
}

void RunPrinter::recovered()
{
    fmt::print(stderr, "leat: the data folder can be written again\n");
}

} // namespace cli
