// leat-bench: measures, prints each figure beside its target, met or not.
#include "engine/flow/value.h"
#include "tests/bench/bench_canvas.h"
#include "tests/bench/bench_editor.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <QApplication>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>

namespace {

/// From the start of the process to the result of a one-task flow on the terminal.
bench::Row startUp()
{
    namespace fs = std::filesystem;
    std::string pattern = (fs::temp_directory_path() / "leat-bench-XXXXXX").string();
    const fs::path folder = mkdtemp(pattern.data()) ? fs::path(pattern) : fs::temp_directory_path();
    std::ofstream(folder / "one.yaml") << "id: one\nnamespace: acme.bench\ntasks:\n  - {id: a, type: io.kestra.plugin.core.log.Log, message: hi}\n";
    const std::string command = fmt::format("'{}/bin/leat' run '{}' --data '{}' >/dev/null 2>&1", LEAT_BINARY_DIR, (folder / "one.yaml").string(), (folder / "data").string());
    double least = 1e12;
    for (int i = 0; i < 7; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        if (std::system(command.c_str()) != 0)
            break;
        least = std::min(least, std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
    }
    std::error_code ignored;
    fs::remove_all(folder, ignored);
    return {"leat run of one task, start to exit", least, "ms", 60};
}

/// How many times slower another engine is, by the names of the rows: {name: ms, or renders a second}.
class Others
{
public:
    explicit Others(const std::string &file)
    {
        if (file.empty())
            return;
        std::ifstream in(file, std::ios::binary);
        const std::string text{std::istreambuf_iterator<char>(in), {}};
        const flow::JsonParse parsed = flow::parseJson(text);
        if (!parsed.ok || !parsed.value.isMap())
            throw std::runtime_error(file + " is no JSON object of figures by name");
        m_figures = parsed.value.map();
    }
    std::optional<double> times(const bench::Row &row) const
    {
        const flow::Value *other = m_figures.find(row.name);
        if (!other || !other->isNumber() || row.value == 0)
            return std::nullopt;
        return row.unit == "/s" ? row.value / other->asDouble() : other->asDouble() / row.value;
    }

private:
    flow::Object m_figures;
};

} // namespace

int main(int argc, char **argv)
{
    CLI::App app("Measures Leat", "leat-bench");
    bool json = false, quick = false;
    std::string only, against, flows;
    app.add_flag("--json", json, "Print JSON");
    app.add_flag("--quick", quick, "Leave the long runs out");
    app.add_option("--only", only, "Measure one part: start, engine, flow, canvas or editor");
    app.add_option("--against", against, "JSON of another engine's figures by row name: prints how many times slower it is");
    app.add_option("--flows", flows, "Write the flows that are measured into this folder, and do nothing else");
    CLI11_PARSE(app, argc, argv);
    if (!flows.empty()) {
        bench::writeFlows(flows);
        return 0;
    }
    const Others others(against);
    setenv("QT_QPA_PLATFORM", "offscreen", 0);
    qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &, const QString &message) {
        if (type >= QtCriticalMsg) // the offscreen platform tells of all it can't do
            fmt::print(stderr, "{}\n", message.toStdString());
    });
    std::vector<bench::Row> rows;
    const auto add = [&](const char *part, auto measure) {
        if (!only.empty() && only != part)
            return;
        for (bench::Row &row : measure())
            rows.push_back(std::move(row));
    };
    add("start", [] { return std::vector<bench::Row>{startUp()}; });
    add("engine", [&] { return bench::engineRows(!quick); });
    add("flow", [] { return bench::flowRows(); });
    add("canvas", [&] {
        QApplication gui(argc, argv);
        return bench::canvasRows();
    });
    add("editor", [&] {
        QApplication gui(argc, argv);
        return bench::editorRows();
    });
    flow::Value::List items;
    for (const bench::Row &row : rows) {
        if (json) {
            flow::Object item;
            item.set("name", row.name);
            item.set("value", row.value);
            item.set("unit", row.unit);
            if (const auto times = others.times(row))
                item.set("timesFaster", *times);
            if (row.target != 0) {
                item.set(row.atLeast ? "atLeast" : "atMost", row.target);
                item.set("met", row.met());
            }
            items.push_back(flow::Value(std::move(item)));
            continue;
        }
        const std::string target = row.target == 0 ? std::string() : fmt::format("{} {} {}  {}", row.atLeast ? "≥" : "≤", row.target, row.unit, row.met() ? "met" : "NOT MET");
        const auto times = others.times(row);
        fmt::print("{:<44} {:>10.2f} {:<3} {}{}\n", row.name, row.value, row.unit, target,
                   times ? fmt::format("{}{:.0f} × the other engine's speed", target.empty() ? "" : "  ", *times) : "");
    }
    if (json)
        fmt::print("{}\n", flow::toJson(flow::Value(std::move(items)), {.indent = 1}));
    return 0;
}
