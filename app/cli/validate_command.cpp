#include "app/cli/validate_command.h"

#include "app/cli/flow_files.h"
#include "engine/expr/template_faults.h"
#include "engine/flow/analysis.h"
#include "engine/flow/subflow_names.h"
#include "engine/store/project_flows.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>

namespace cli {

namespace {

using flow::Diagnostic;
using flow::Object;
using flow::Severity;
using flow::Value;

struct Options
{
    std::vector<std::string> paths;
    std::string output = "text";
    std::string dialect = "1.3";
    bool strict = false;
};

struct Checked
{
    std::string file;
    std::string text;
    flow::Analysis analysis;
};

std::string_view severityName(Severity severity)
{
    switch (severity) {
    case Severity::Error: return "error";
    case Severity::Warning: return "warning";
    case Severity::Hint: return "hint";
    }
    return "error";
}

Value number(std::size_t value)
{
    return Value(static_cast<std::int64_t>(value));
}

std::string toText(const std::vector<Checked> &flows)
{
    std::string lines;
    for (const Checked &checked : flows) {
        const flow::LineIndex index(checked.text);
        for (const Diagnostic &diagnostic : checked.analysis.diagnostics) {
            const auto position = index.position(diagnostic.range.begin);
            lines += fmt::format("{}:{}:{}: {}: {} [{}]\n", checked.file, position.line, position.column,
                                 severityName(diagnostic.severity), flow::describe(diagnostic), diagnostic.code);
        }
    }
    return lines;
}

Value toJson(const Diagnostic &diagnostic, const flow::LineIndex &index)
{
    const auto begin = index.position(diagnostic.range.begin);
    const auto end = index.position(diagnostic.range.end);
    Object object{{"severity", std::string(severityName(diagnostic.severity))},
                  {"code", diagnostic.code},
                  {"message", flow::describe(diagnostic)},
                  {"line", number(begin.line)},
                  {"column", number(begin.column)},
                  {"endLine", number(end.line)},
                  {"endColumn", number(end.column)}};
    if (!diagnostic.path.empty())
        object.set("path", diagnostic.path);
    if (!diagnostic.suggestion.empty())
        object.set("suggestion", diagnostic.suggestion);
    return object;
}

std::string counted(std::size_t count, const char *what)
{
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

bool hasErrors(const Checked &checked)
{
    for (const Diagnostic &diagnostic : checked.analysis.diagnostics)
        if (diagnostic.severity == Severity::Error)
            return true;
    return false;
}

std::string toJson(const std::vector<Checked> &flows)
{
    Value::List files;
    for (const Checked &checked : flows) {
        const flow::LineIndex index(checked.text);
        Value::List diagnostics;
        for (const Diagnostic &diagnostic : checked.analysis.diagnostics)
            diagnostics.push_back(toJson(diagnostic, index));
        Object file{{"file", checked.file}, {"valid", !hasErrors(checked)}, {"diagnostics", std::move(diagnostics)}};
        if (!checked.analysis.flow->id.empty()) {
            file.set("id", checked.analysis.flow->id);
            file.set("namespace", checked.analysis.flow->namespaceId);
        }
        files.push_back(std::move(file));
    }
    return flow::toJson(Object{{"files", std::move(files)}}, {2}) + "\n";
}

std::string toSarif(const std::vector<Checked> &flows)
{
    Value::List results;
    for (const Checked &checked : flows) {
        const flow::LineIndex index(checked.text);
        for (const Diagnostic &diagnostic : checked.analysis.diagnostics) {
            const auto begin = index.position(diagnostic.range.begin);
            const auto end = index.position(diagnostic.range.end);
            const Object region{{"startLine", number(begin.line)},
                                {"startColumn", number(begin.column)},
                                {"endLine", number(end.line)},
                                {"endColumn", number(end.column)}};
            const Object location{
                {"physicalLocation", Object{{"artifactLocation", Object{{"uri", checked.file}}}, {"region", region}}}};
            const std::string level = diagnostic.severity == Severity::Hint ? "note" : std::string(severityName(diagnostic.severity));
            results.push_back(Object{{"ruleId", diagnostic.code},
                                     {"level", level},
                                     {"message", Object{{"text", flow::describe(diagnostic)}}},
                                     {"locations", Value::List{location}}});
        }
    }
    Value::List rules;
    for (const std::string_view code : flow::diagnosticCodes())
        rules.push_back(Object{{"id", std::string(code)},
                               {"shortDescription", Object{{"text", std::string(flow::sentenceOf(code))}}}});
    const Object driver{{"name", "leat"}, {"rules", std::move(rules)}};
    const Object run{{"tool", Object{{"driver", driver}}},
                     {"columnKind", "unicodeCodePoints"},
                     {"results", std::move(results)}};
    return flow::toJson(Object{{"$schema", "https://json.schemastore.org/sarif-2.1.0.json"},
                               {"version", "2.1.0"},
                               {"runs", Value::List{run}}},
                        {2}) +
           "\n";
}

/// What one flow can't tell of itself: templates that would fail, subflows that neither the project nor `all` has.
void checkAround(Checked &checked, const std::vector<Checked> &all, const flow::TaskCatalog &catalog, flow::Dialect dialect,
                 std::map<std::filesystem::path, store::ProjectFlows> &projects)
{
    const auto tree = flow::Tree::parse(checked.text);
    if (!tree->root() || !tree->faults().empty())
        return;
    std::vector<Diagnostic> more = expr::templateFaults(checked.text, *tree, dialect);
    const std::vector<Diagnostic> missing = flow::unknownSubflows(*tree, catalog, [&](std::string_view space, std::string_view id) {
        const bool given = std::any_of(all.begin(), all.end(), [&](const Checked &other) {
            return other.analysis.flow->id == id && other.analysis.flow->namespaceId == space;
        });
        const std::filesystem::path project = store::ProjectFlows::projectOf(checked.file);
        return given || projects.try_emplace(project, project).first->second.find(space, id);
    });
    more.insert(more.end(), missing.begin(), missing.end());
    auto &diagnostics = checked.analysis.diagnostics;
    diagnostics.insert(diagnostics.end(), more.begin(), more.end());
    std::stable_sort(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic &a, const Diagnostic &b) { return a.range.begin < b.range.begin; });
}

void run(const Options &options)
{
    const auto dialect = options.dialect == "2.0" ? flow::Dialect::Kestra2_0 : flow::Dialect::Kestra1_3;
    const std::filesystem::path first = options.paths.front();
    const auto catalog = loadCatalog(dialect, store::ProjectFlows::projectOf(std::filesystem::is_directory(first) ? first / "flow.yaml" : first));
    std::vector<Checked> flows;
    bool unreadable = false;
    for (const std::string &path : options.paths)
        for (const std::filesystem::path &file : findFlows(path)) {
            auto text = readFile(file);
            if (!text) {
                fmt::print(stderr, "leat: error: {} can't be read\n", file.string());
                unreadable = true;
                continue;
            }
            flow::Analysis analysis = flow::analyse(*text, flow::Revision{1}, *catalog);
            flows.push_back({file.string(), std::move(*text), std::move(analysis)});
        }
    std::map<std::filesystem::path, store::ProjectFlows> projects;
    for (Checked &checked : flows)
        checkAround(checked, flows, *catalog, dialect, projects);
    const std::string report = options.output == "json"    ? toJson(flows)
                               : options.output == "sarif" ? toSarif(flows)
                                                           : toText(flows);
    std::fwrite(report.data(), 1, report.size(), stdout);

    std::size_t errors = 0;
    std::size_t warnings = 0;
    for (const Checked &checked : flows)
        for (const Diagnostic &diagnostic : checked.analysis.diagnostics) {
            errors += diagnostic.severity == Severity::Error;
            warnings += diagnostic.severity == Severity::Warning;
        }
    if (options.output == "text")
        fmt::print(stderr, "{} checked: {}, {}\n", counted(flows.size(), "flow"), counted(errors, "error"), counted(warnings, "warning"));
    if (unreadable)
        throw CLI::RuntimeError(2);
    if (errors > 0 || (options.strict && warnings > 0))
        throw CLI::RuntimeError(1);
}

} // namespace

void addValidateCommand(CLI::App &app)
{
    auto options = std::make_shared<Options>();
    CLI::App *command = app.add_subcommand("validate", "Check flows: syntax, types, ids, references");
    command->add_option("paths", options->paths, "Flow files or folders")->required()->type_name("PATH");
    command->add_option("-o,--output", options->output, "text, json or sarif")
        ->check(CLI::IsMember({"text", "json", "sarif"}));
    command->add_option("--dialect", options->dialect, "1.3 or 2.0")->check(CLI::IsMember({"1.3", "2.0"}));
    command->add_flag("--strict", options->strict, "Fail on warnings too");
    command->callback([options] { run(*options); });
}

} // namespace cli
