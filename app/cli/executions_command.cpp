#include "app/cli/executions_command.h"

#include "app/cli/local_engine.h"
#include "app/cli/run_printer.h"
#include "engine/run/duration.h"
#include "engine/run/execution_report.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>
#include <unistd.h>

namespace cli {

namespace {

struct Options
{
    std::string id;
    std::string data;
    std::string project;
    std::string output = "text";
    std::string flow;
    std::string namespaceId;
    std::vector<std::string> states;
    std::vector<std::string> inputs;
    std::string level = "DEBUG";
    std::size_t limit = 20;
    bool json() const { return output == "json"; }
};

std::filesystem::path folderOf(const Options &options)
{
    return options.data.empty() ? store::DataFolder::standard() : std::filesystem::path(options.data);
}

std::unique_ptr<store::SqliteStore> openToRead(const Options &options)
{
    auto opened = store::SqliteStore::open(folderOf(options), true);
    if (!opened)
        failWith(opened.error());
    return std::move(*opened);
}

engine::Level levelOf(const std::string &name)
{
    for (const engine::Level level : {engine::Level::Trace, engine::Level::Debug, engine::Level::Info, engine::Level::Warn, engine::Level::Error})
        if (nameOf(level) == name)
            return level;
    return engine::Level::Trace;
}

std::vector<engine::LogEntry> logsOf(const engine::ExecutionStore &store, const std::string &id, engine::Level least)
{
    std::vector<engine::LogEntry> all;
    engine::LogFilter filter;
    filter.least = least;
    for (;;) {
        const auto page = store.logs(id, filter);
        if (!page)
            failWith(page.error());
        if (page->empty())
            return all;
        all.insert(all.end(), page->begin(), page->end());
        filter.after = all.back().number;
    }
}

void list(const Options &options)
{
    const auto store = openToRead(options);
    engine::ExecutionFilter filter;
    filter.flowId = options.flow;
    filter.namespaceId = options.namespaceId;
    filter.limit = options.limit;
    for (const std::string &state : options.states)
        if (const auto known = engine::stateOf(state))
            filter.states.push_back(*known);
    const auto found = store->list(filter);
    if (!found)
        failWith(found.error());
    if (options.json()) {
        flow::Value::List items;
        for (const engine::ExecutionSummary &one : *found) {
            flow::Object item;
            item.set("id", one.id);
            item.set("namespace", one.namespaceId);
            item.set("flowId", one.flowId);
            item.set("state", nameOf(one.state));
            item.set("startDate", engine::formatInstant(one.created));
            item.set("changed", engine::formatInstant(one.changed));
            item.set("labels", one.labels);
            items.push_back(flow::Value(std::move(item)));
        }
        fmt::print("{}\n", flow::toJson(flow::Value(std::move(items)), {.indent = 2}));
        return;
    }
    for (const engine::ExecutionSummary &one : *found)
        fmt::print("{}  {:<10} {}  {:>9}  {}.{}\n", one.id, nameOf(one.state), engine::formatInstant(one.created).substr(0, 19),
                   humanDuration(one.changed - one.created), one.namespaceId, one.flowId);
}

void show(const Options &options)
{
    const auto store = openToRead(options);
    const auto execution = store->read(options.id);
    if (!execution)
        failWith(execution.error());
    if (options.json()) {
        fmt::print("{}\n", flow::toJson(engine::report(*execution, logsOf(*store, options.id, engine::Level::Trace)), {.indent = 2}));
        return;
    }
    fmt::print("{}.{}  {}  {}\n", execution->namespaceId, execution->flowId, nameOf(execution->state), engine::formatInstant(execution->created));
    if (!execution->reason.empty())
        fmt::print("  {}\n", execution->reason);
    for (const engine::RunIndex index : treeOrder(*execution)) {
        const engine::TaskRun &run = execution->taskRuns[index];
        int depth = 1;
        for (engine::RunIndex i = run.parent; i != engine::kNoRun; i = execution->taskRuns[i].parent)
            ++depth;
        fmt::print("{:{}}{:<9} {}{}{}\n", "", 2 * depth, nameOf(run.state), run.taskId, run.value ? fmt::format("[{}]", *run.value) : std::string(),
                   run.reason.empty() ? std::string() : "  (" + run.reason + ")");
    }
}

void logs(const Options &options)
{
    const auto store = openToRead(options);
    const auto execution = store->read(options.id);
    if (!execution)
        failWith(execution.error());
    for (const engine::LogEntry &entry : logsOf(*store, options.id, levelOf(options.level)))
        fmt::print("{}  {:<5} {}{}\n", engine::formatInstant(entry.at), nameOf(entry.level),
                   entry.run == engine::kNoRun ? std::string() : execution->taskRuns[entry.run].taskId + ": ", entry.message);
}

/// Waits until none of them goes on by itself; the worst exit code.
int settle(LocalEngine &local, const std::vector<std::string> &ids)
{
    int code = 0;
    for (std::string id : ids) {
        while (const auto next = local.engine().waitForRetry(id))
            id = *next;
        while (!local.engine().waitFor(id, std::chrono::milliseconds(100)))
            if (local.engine().isWaitingForPeople(id))
                break;
        const auto execution = local.engine().execution(id);
        if (!execution)
            continue;
        fmt::print("{}  {:<9} {}.{}\n", id, nameOf(execution->state), execution->namespaceId, execution->flowId);
        if (engine::isBadEnd(execution->state))
            code = 1;
    }
    return code;
}

void resumeAll(const Options &options)
{
    LocalEngine local(options.data, options.project);
    const auto ids = local.engine().resumeAll();
    if (!ids)
        failWith(ids.error());
    if (const int code = settle(local, *ids))
        throw CLI::RuntimeError(code);
}

void act(const Options &options, bool kill)
{
    flow::Object inputs;
    for (const std::string &input : options.inputs) {
        const std::size_t equals = input.find('=');
        if (equals == std::string::npos) {
            fmt::print(stderr, "leat: error: '{}' is no input: write name=value\n", input);
            throw CLI::RuntimeError(2);
        }
        inputs.set(input.substr(0, equals), input.substr(equals + 1));
    }
    LocalEngine local(options.data, options.project);
    const auto ids = local.engine().resumeAll({options.id});
    if (!ids)
        failWith(ids.error());
    const engine::Result<> done = kill ? local.engine().kill(options.id) : local.engine().resume(options.id, inputs);
    if (!done)
        failWith(done.error());
    if (const int code = settle(local, {options.id}); code != 0 && !kill)
        throw CLI::RuntimeError(code);
}

} // namespace

void addExecutionsCommand(CLI::App &app)
{
    const auto options = std::make_shared<Options>();
    CLI::App *command = app.add_subcommand("executions", "What ran: list, show, logs, resume, kill");
    command->require_subcommand(1);
    const auto verb = [&](const char *name, const char *what, bool id, std::function<void()> run) {
        CLI::App *sub = command->add_subcommand(name, what);
        if (id)
            sub->add_option("id", options->id, "The execution's id")->required();
        sub->add_option("--data", options->data, "Data folder; $XDG_STATE_HOME/leat otherwise");
        sub->callback(std::move(run));
        return sub;
    };
    CLI::App *lister = verb("list", "The newest executions", false, [options] { list(*options); });
    lister->add_option("--flow", options->flow, "Only of this flow id");
    lister->add_option("--namespace", options->namespaceId, "Only of this namespace");
    lister->add_option("--state", options->states, "Only in these states");
    lister->add_option("-n,--limit", options->limit, "At most so many");
    lister->add_option("--output", options->output, "text or json")->check(CLI::IsMember({"text", "json"}));
    verb("show", "One execution with its task runs", true, [options] { show(*options); })
        ->add_option("--output", options->output, "text or json")->check(CLI::IsMember({"text", "json"}));
    verb("logs", "The log of an execution", true, [options] { logs(*options); })
        ->add_option("--level", options->level, "Least level")->check(CLI::IsMember({"TRACE", "DEBUG", "INFO", "WARN", "ERROR"}));
    CLI::App *resumer = verb("resume", "Go on after a pause, or after an interruption", true, [options] { act(*options, false); });
    resumer->add_option("-i,--input", options->inputs, "name=value of the pause's onResume")->allow_extra_args(false);
    resumer->add_option("--project", options->project, "Folder whose flows subflows and triggers find");
    verb("kill", "End an execution that was left unfinished", true, [options] { act(*options, true); });
    verb("resume-all", "Take up everything that was left unfinished, and wait for it", false, [options] { resumeAll(*options); })
        ->add_option("--project", options->project, "Folder whose flows subflows and triggers find");
}

} // namespace cli
