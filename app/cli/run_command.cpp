#include "app/cli/run_command.h"

#include "app/cli/local_engine.h"
#include "app/cli/run_printer.h"
#include "engine/expr/template_faults.h"
#include "engine/flow/analysis.h"
#include "engine/run/execution_report.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <csignal>
#include <cstdio>
#include <fstream>
#include <mutex>
#include <sstream>
#include <thread>
#include <unistd.h>

namespace cli {

namespace {

struct Options
{
    std::string flow;
    std::vector<std::string> inputs;
    std::vector<std::string> labels;
    std::string output = "text";
    std::string data;
    std::string project;
    bool wait = false;
    bool quiet = false;
};

std::pair<std::string, std::string> pairOf(const std::string &text, const char *what)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos || equals == 0) {
        fmt::print(stderr, "leat: error: '{}' is no {}: write name=value\n", text, what);
        throw CLI::RuntimeError(2);
    }
    return {text.substr(0, equals), text.substr(equals + 1)};
}

std::string readAll(const std::string &path)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    if (!in) {
        fmt::print(stderr, "leat: error: {} can't be read\n", path);
        throw CLI::RuntimeError(2);
    }
    return std::move(text).str();
}

/// Prints every error of the text as `file:line:col: error: message`; true when there was one.
bool reportFaults(const std::string &path, const std::string &text, const flow::TaskCatalog &catalog)
{
    const flow::Analysis analysis = flow::analyse(text, flow::Revision{}, catalog);
    const flow::LineIndex lines(text);
    bool bad = false;
    for (const flow::Diagnostic &diagnostic : analysis.diagnostics) {
        if (diagnostic.severity != flow::Severity::Error)
            continue;
        const auto position = lines.position(diagnostic.range.begin);
        fmt::print(stderr, "{}:{}:{}: error: {} [{}]\n", path, position.line, position.column, flow::describe(diagnostic), diagnostic.code);
        bad = true;
    }
    return bad;
}

/// Turns Ctrl+C into a kill of the execution; a second one ends the program.
class Interrupt
{
public:
    Interrupt()
    {
        sigemptyset(&m_signals);
        sigaddset(&m_signals, SIGINT);
        sigaddset(&m_signals, SIGTERM);
        sigaddset(&m_signals, SIGUSR2);
        pthread_sigmask(SIG_BLOCK, &m_signals, nullptr);
    }
    void watch(engine::Engine &engine, std::string id)
    {
        follow(std::move(id));
        m_thread = std::thread([this, &engine] {
            for (int count = 0;; ++count) {
                int signal = 0;
                sigwait(&m_signals, &signal);
                if (signal == SIGUSR2)
                    return;
                if (count > 0 || !engine.kill(followed()))
                    _exit(130);
            }
        });
    }
    ~Interrupt() { stop(); }
    /// Another execution is the one to kill from now on.
    void follow(std::string id)
    {
        const std::lock_guard lock(m_mutex);
        m_id = std::move(id);
    }
    /// Before the engine it watches goes.
    void stop()
    {
        if (!m_thread.joinable())
            return;
        pthread_kill(m_thread.native_handle(), SIGUSR2);
        m_thread.join();
    }

private:
    std::string followed()
    {
        const std::lock_guard lock(m_mutex);
        return m_id;
    }

    sigset_t m_signals{};
    std::thread m_thread;
    std::mutex m_mutex;
    std::string m_id;
};

std::vector<engine::LogEntry> allLogs(const engine::ExecutionStore &store, const std::string &id)
{
    std::vector<engine::LogEntry> all;
    engine::LogFilter filter;
    for (;;) {
        const auto page = store.logs(id, filter);
        if (!page || page->empty())
            return all;
        all.insert(all.end(), page->begin(), page->end());
        filter.after = all.back().number;
    }
}

/// ` at FILE:LINE:COLUMN` of the template that a failed task run's message quotes; empty when it quotes none.
std::string placeOfFailure(const engine::TaskRun &run, const std::vector<engine::LogEntry> &logs, const std::string &file, const std::string &text)
{
    const auto tree = flow::Tree::parse(text);
    for (const engine::LogEntry &line : logs) {
        if (line.level != engine::Level::Error || (line.run != engine::kNoRun && line.run != run.index))
            continue;
        if (const auto place = expr::placeOfFailure(text, *tree, run.taskId, line.message)) {
            const auto at = flow::LineIndex(text).position(*place);
            return fmt::format(" at {}:{}:{}", file, at.line, at.column);
        }
    }
    return {};
}

void printSummary(const engine::Execution &execution, const std::vector<engine::LogEntry> &logs, const std::string &file, const std::string &text)
{
    std::map<engine::State, int> counts;
    for (const engine::TaskRun &run : execution.taskRuns)
        if (!run.removed)
            ++counts[run.state];
    std::string parts;
    for (const auto &[state, count] : counts)
        parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", count, nameOf(state));
    const auto took = execution.history.back().at - execution.created;
    fmt::print("\n{}.{}  {}  in {}  ({})\n", execution.namespaceId, execution.flowId, nameOf(execution.state), humanDuration(took),
               parts.empty() ? "no task runs" : parts);
    fmt::print("execution {}\n", execution.id);
    for (const auto &[key, value] : execution.outputs.map())
        fmt::print("output {} = {}\n", key, value.isText() ? value.text() : flow::toJson(value));
    for (const engine::TaskRun &run : execution.taskRuns)
        if (run.state == engine::State::Failed && !run.removed)
            fmt::print("failed: {}{}\n", run.taskId, placeOfFailure(run, logs, file, text));
}

void run(const Options &options)
{
    const bool json = options.output == "json";
    const auto text = std::make_shared<const std::string>(readAll(options.flow));
    Interrupt signals; // before any thread: all of them block the signals
    const std::filesystem::path project = options.project.empty() ? store::ProjectFlows::projectOf(options.flow) : std::filesystem::path(options.project);
    LocalEngine local(options.data, project);
    engine::Engine &engine = local.engine();
    std::shared_ptr<engine::Listener> printer;
    if (!json && !options.quiet)
        printer = std::make_shared<RunPrinter>(isatty(STDOUT_FILENO) != 0);
    const engine::Engine::Token token = printer ? engine.observe(printer) : nullptr;
    engine::StartRequest request;
    request.flowText = text;
    request.flowPath = std::filesystem::absolute(options.flow).string();
    for (const std::string &input : options.inputs) {
        auto [name, value] = pairOf(input, "input");
        request.inputs.set(std::move(name), value.starts_with('@') && value.size() > 1 ? readAll(value.substr(1)) : value);
    }
    for (const std::string &label : options.labels) {
        auto [key, value] = pairOf(label, "label");
        request.labels.set(std::move(key), std::move(value));
    }
    engine::Result<std::string> id = engine.start(request);
    if (!id) {
        if (id.error().code == engine::ErrorCode::InvalidFlow && reportFaults(options.flow, *text, local.catalog()))
            throw CLI::RuntimeError(2);
        engine::Error error = id.error();
        error.where = options.flow;
        failWith(error, 2);
    }
    const auto stopWatching = [](Interrupt *watching) { watching->stop(); };
    signals.watch(engine, *id);
    const std::unique_ptr<Interrupt, decltype(stopWatching)> watch(&signals, stopWatching);
    std::optional<engine::Execution> done;
    while (!(done = engine.waitFor(*id, std::chrono::milliseconds(200)))) {
        if (options.wait)
            continue;
        const auto now = engine.execution(*id);
        if (now && now->state == engine::State::Paused && engine.isWaitingForPeople(*id)) {
            done = *now;
            break;
        }
    }
    // A retry that makes a new execution is the same run to whoever waits here.
    for (auto next = engine.waitForRetry(*id); next; next = engine.waitForRetry(*id)) {
        id = std::move(*next);
        signals.follow(*id);
        const engine::Result<engine::Execution> ended = engine.wait(*id);
        if (!ended)
            failWith(ended.error());
        done = *ended;
    }
    if (json)
        fmt::print("{}\n", flow::toJson(engine::report(*done, allLogs(engine.store(), *id)), {.indent = 2}));
    else
        printSummary(*done, allLogs(engine.store(), *id), options.flow, *text);
    if (done->state == engine::State::Paused && !json)
        fmt::print("It waits: go on with `leat executions resume {}`.\n", *id);
    if (engine::isBadEnd(done->state))
        throw CLI::RuntimeError(1);
}

} // namespace

void addRunCommand(CLI::App &app)
{
    const auto options = std::make_shared<Options>();
    CLI::App *command = app.add_subcommand("run", "Run a flow on this machine and wait for its end");
    command->add_option("flow", options->flow, "The flow's file")->required();
    command->add_option("-i,--input", options->inputs, "name=value; of FILE inputs the path; @FILE reads the value from a file")->allow_extra_args(false);
    command->add_option("--label", options->labels, "key=value")->allow_extra_args(false);
    command->add_flag("--wait", options->wait, "Stay while the execution is paused for a person");
    command->add_flag("-q,--quiet", options->quiet, "Print only the summary");
    command->add_option("--output", options->output, "text or json")->check(CLI::IsMember({"text", "json"}));
    command->add_option("--data", options->data, "Data folder; $XDG_STATE_HOME/leat otherwise");
    command->add_option("--project", options->project, "Folder whose flows subflows and triggers find");
    command->callback([options] { run(*options); });
}

} // namespace cli
