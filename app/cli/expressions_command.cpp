#include "app/cli/expressions_command.h"

#include "app/cli/flow_files.h"
#include "app/cli/local_engine.h"
#include "engine/flow/analysis.h"
#include "engine/run/stored_evaluation.h"
#include "engine/store/data_folder.h"
#include "engine/store/project_flows.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>

namespace cli {

namespace {

struct Options
{
    std::string flow;
    std::vector<std::string> at;
    std::string execution;
    std::string task;
    std::string value;
    std::string output = "text";
    std::string data;
    std::string project;
};

/// A template; what is none is taken for what stands between `{{` and `}}`.
struct Written
{
    std::string text;
    int shift = 0; ///< columns in front of what was written

    explicit Written(const std::string &at)
        : text(at), shift(at.find("{{") == std::string::npos && at.find("{%") == std::string::npos ? 3 : 0)
    {
        if (shift > 0)
            text = "{{ " + at + " }}";
    }
};

[[noreturn]] void fail(const std::string &message, int code)
{
    fmt::print(stderr, "leat: error: {}\n", message);
    throw CLI::RuntimeError(code);
}

engine::Execution executionOf(const Options &options, const store::SqliteStore &store, const flow::TaskCatalog &catalog)
{
    const auto text = readFile(options.flow);
    if (!text)
        fail(options.flow + " can't be read", 2);
    const flow::Analysis analysis = flow::analyse(*text, flow::Revision{}, catalog);
    std::string id = options.execution;
    if (id.empty()) {
        engine::ExecutionFilter filter;
        filter.flowId = analysis.flow->id;
        filter.namespaceId = analysis.flow->namespaceId;
        filter.limit = 1;
        const auto found = store.list(filter);
        if (!found)
            failWith(found.error());
        if (found->empty())
            fail(fmt::format("there is no stored execution of {}.{}: run it first with `leat run {}`", analysis.flow->namespaceId,
                             analysis.flow->id, options.flow),
                 2);
        id = found->front().id;
    }
    auto execution = store.read(id);
    if (!execution)
        failWith(execution.error(), 2);
    if (execution->flowId != analysis.flow->id || execution->namespaceId != analysis.flow->namespaceId)
        fail(fmt::format("execution {} is one of {}.{}, not of {}.{}", id, execution->namespaceId, execution->flowId,
                         analysis.flow->namespaceId, analysis.flow->id),
             2);
    return std::move(*execution);
}

/// The newest run of the task asked for, of one loop value when that is asked for too.
engine::RunIndex runOf(const Options &options, const engine::Execution &execution)
{
    if (options.task.empty())
        return engine::kNoRun;
    for (auto run = execution.taskRuns.rbegin(); run != execution.taskRuns.rend(); ++run) {
        const bool matches = run->id == options.task || run->taskId == options.task;
        if (matches && !run->removed && (options.value.empty() || run->value == options.value))
            return run->index;
    }
    fail(fmt::format("execution {} has no run of the task {}{}", execution.id, options.task,
                     options.value.empty() ? std::string() : " for the value " + options.value),
         2);
}

flow::Object describe(const expr::Error &error, int shift)
{
    flow::Object object{{"kind", error.kindText()}, {"message", error.message}};
    if (error.line > 0) {
        object.set("line", error.line);
        object.set("column", error.line == 1 ? std::max(error.column - shift, 1) : error.column);
    }
    return object;
}

void evaluate(const Options &options)
{
    const auto catalog = loadCatalog();
    const std::filesystem::path project
        = options.project.empty() ? store::ProjectFlows::projectOf(options.flow) : std::filesystem::path(options.project);
    store::ProjectFlows flows(project);
    const std::filesystem::path folder = options.data.empty() ? store::DataFolder::standard() : std::filesystem::path(options.data);
    if (!std::filesystem::exists(folder))
        fail(fmt::format("nothing has run yet: run it first with `leat run {}`", options.flow), 2);
    auto data = store::DataFolder::open(folder, &flows, true);
    if (!data)
        failWith(data.error());
    (*data)->setProject(project);
    const engine::Execution execution = executionOf(options, (*data)->executions(), *catalog);
    const engine::RunIndex run = runOf(options, execution);
    engine::Services services = (*data)->services();
    services.catalog = catalog;
    engine::EngineOptions engineOptions;
    engineOptions.environment = store::templateEnvironment();
    engine::StoredEvaluation evaluation(execution, services, engineOptions);

    flow::Value::List results;
    bool failed = false;
    for (const std::string &at : options.at) {
        const Written written(at);
        flow::Object result{{"expression", at}};
        const auto report = [&](const expr::Error &error) {
            failed = true;
            const flow::Object described = describe(error, written.shift);
            result.set("error", described);
            if (options.output == "json")
                return;
            const flow::Value *line = described.find("line");
            const flow::Value *column = described.find("column");
            fmt::print(stderr, "{}{}error: {}\n", at.find('\n') == std::string::npos ? at + ":" : std::string(),
                       line ? fmt::format("{}:{}: ", line->asInt(), column->asInt()) : " ", error.message);
        };
        if (options.output == "json") {
            if (const auto value = evaluation.value(written.text, run))
                result.set("value", *value);
            else
                report(value.error());
            results.emplace_back(std::move(result));
        } else if (const auto text = evaluation.text(written.text, run)) {
            fmt::print("{}\n", *text);
        } else {
            report(text.error());
        }
    }
    if (options.output == "json") {
        flow::Object all{{"execution", execution.id}, {"state", nameOf(execution.state)}};
        if (run != engine::kNoRun)
            all.set("taskRun", execution.taskRuns[run].id);
        all.set("results", std::move(results));
        fmt::print("{}\n", flow::toJson(flow::Value(std::move(all)), {.indent = 2}));
    }
    if (failed)
        throw CLI::RuntimeError(1);
}

} // namespace

void addExpressionsCommand(CLI::App &app)
{
    const auto options = std::make_shared<Options>();
    CLI::App *command = app.add_subcommand("expressions", "Evaluate expressions with the variables of a stored execution");
    command->add_option("flow", options->flow, "The flow's file")->required();
    command->add_option("--at", options->at, "An expression, with or without {{ }}, or a text with several")->required()->allow_extra_args(false);
    command->add_option("--execution", options->execution, "Its id; the flow's newest otherwise");
    command->add_option("--task", options->task, "See what the newest run of this task sees: taskrun, parent, task");
    command->add_option("--value", options->value, "Of the task's runs that of this loop value");
    command->add_option("--output", options->output, "text or json")->check(CLI::IsMember({"text", "json"}));
    command->add_option("--data", options->data, "Data folder; $XDG_STATE_HOME/leat otherwise");
    command->add_option("--project", options->project, "Folder whose namespace files are read");
    command->callback([options] { evaluate(*options); });
}

} // namespace cli
