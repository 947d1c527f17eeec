#include "app/cli/graph_command.h"

#include "app/cli/flow_files.h"
#include "engine/flow/analysis.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <cstdio>

namespace cli {

namespace {

using flow::Object;
using flow::Task;
using flow::TaskList;
using flow::Value;

struct Options
{
    std::string file;
    std::string format = "dot";
};

std::string_view kindName(flow::ListKind kind)
{
    switch (kind) {
    case flow::ListKind::Tasks: return "tasks";
    case flow::ListKind::Then: return "then";
    case flow::ListKind::Else: return "else";
    case flow::ListKind::Case: return "case";
    case flow::ListKind::Defaults: return "defaults";
    case flow::ListKind::Errors: return "errors";
    case flow::ListKind::Finally: return "finally";
    case flow::ListKind::AfterExecution: return "afterExecution";
    case flow::ListKind::OnPause: return "onPause";
    }
    return "tasks";
}

std::string_view shortType(std::string_view type)
{
    return type.substr(type.rfind('.') + 1);
}

/// Do the tasks of a list wait for each other?
bool isSequence(const Task *owner, const TaskList &list)
{
    if (!owner || list.kind != flow::ListKind::Tasks)
        return true;
    const std::string_view type = shortType(owner->known ? owner->known->name : owner->type);
    return type != "Parallel" && type != "Dag" && type != "EachParallel";
}

/// Writes Graphviz text: a task is a node, a list of tasks a cluster.
class DotWriter
{
public:
    std::string write(const flow::Flow &flow)
    {
        m_dot = fmt::format("digraph {} {{\n  rankdir=TB;\n  node [shape=box];\n", quoted(flow.id));
        for (const TaskList &list : flow.lists)
            cluster(list, nullptr, 1);
        m_dot += "}\n";
        return m_dot;
    }

private:
    static std::string quoted(std::string_view text)
    {
        std::string result = "\"";
        for (const char c : text) {
            if (c == '"' || c == '\\')
                result += '\\';
            if (c == '\n')
                result += "\\n";
            else
                result += c;
        }
        return result + "\"";
    }

    void line(int depth, std::string_view text) { m_dot += std::string(static_cast<std::size_t>(depth) * 2, ' ') + std::string(text) + "\n"; }

    void cluster(const TaskList &list, const Task *owner, int depth)
    {
        line(depth, fmt::format("subgraph {} {{", quoted("cluster_" + list.path)));
        line(depth + 1, fmt::format("label={};", quoted(list.label)));
        for (const Task &task : list.tasks)
            node(task, depth + 1);
        if (isSequence(owner, list))
            for (std::size_t i = 1; i < list.tasks.size(); ++i)
                edge(list.tasks[i - 1], list.tasks[i], depth + 1);
        for (const Task &task : list.tasks)
            for (const flow::Dependency &dependency : task.dependsOn)
                for (const Task &other : list.tasks)
                    if (other.id == dependency.id)
                        edge(other, task, depth + 1);
        line(depth, "}");
    }

    void node(const Task &task, int depth)
    {
        std::string style = task.disabled ? ", style=dashed" : "";
        if (task.fault)
            style += ", color=red";
        const std::string label = task.fault && task.id.empty() ? "?" : task.id + "\n" + std::string(shortType(task.type));
        line(depth, fmt::format("{} [label={}{}];", quoted(task.path), quoted(label), style));
        for (const TaskList &list : task.lists) {
            cluster(list, &task, depth);
            const bool all = !isSequence(&task, list);
            for (const Task &first : list.tasks) {
                if (!all || first.dependsOn.empty())
                    line(depth, fmt::format("{} -> {} [label={}];", quoted(task.path), quoted(first.path), quoted(list.label)));
                if (!all)
                    break;
            }
        }
    }

    void edge(const Task &from, const Task &to, int depth)
    {
        line(depth, fmt::format("{} -> {};", quoted(from.path), quoted(to.path)));
    }

    std::string m_dot;
};

Value toJson(const TaskList &list);

Value toJson(const Task &task)
{
    Object object{{"id", task.id}, {"type", task.type}, {"path", task.path}};
    if (task.disabled)
        object.set("disabled", true);
    if (task.fault)
        object.set("fault", task.fault->cause);
    if (!task.note.empty())
        object.set("note", task.note);
    if (!task.dependsOn.empty()) {
        Value::List names;
        for (const flow::Dependency &dependency : task.dependsOn)
            names.emplace_back(dependency.id);
        object.set("dependsOn", std::move(names));
    }
    if (!task.lists.empty()) {
        Value::List lists;
        for (const TaskList &list : task.lists)
            lists.push_back(toJson(list));
        object.set("lists", std::move(lists));
    }
    return object;
}

Value toJson(const TaskList &list)
{
    Value::List tasks;
    for (const Task &task : list.tasks)
        tasks.push_back(toJson(task));
    return Object{{"kind", std::string(kindName(list.kind))},
                  {"label", list.label},
                  {"path", list.path},
                  {"tasks", std::move(tasks)}};
}

std::string toJson(const flow::Flow &flow)
{
    const auto items = [](const std::vector<flow::Item> &all) {
        Value::List values;
        for (const flow::Item &item : all)
            values.push_back(Object{{"id", item.id}, {"type", item.type}, {"path", item.path}});
        return values;
    };
    Value::List lists;
    for (const TaskList &list : flow.lists)
        lists.push_back(toJson(list));
    Value::List links;
    for (const flow::DataLink &link : flow.links)
        links.push_back(Object{{"from", link.from}, {"to", link.to}});
    return flow::toJson(Object{{"id", flow.id},
                               {"namespace", flow.namespaceId},
                               {"inputs", items(flow.inputs)},
                               {"triggers", items(flow.triggers)},
                               {"outputs", items(flow.outputs)},
                               {"lists", std::move(lists)},
                               {"links", std::move(links)}},
                        {2}) +
           "\n";
}

void run(const Options &options)
{
    const auto text = readFile(options.file);
    if (!text) {
        fmt::print(stderr, "leat: error: {} can't be read\n", options.file);
        throw CLI::RuntimeError(2);
    }
    const flow::Analysis analysis = flow::analyse(*text, flow::Revision{1}, *loadCatalog());
    if (!analysis.flow->root) {
        fmt::print(stderr, "leat: error: {} holds no flow that can be read\n", options.file);
        throw CLI::RuntimeError(1);
    }
    const std::string graph =
        options.format == "json" ? toJson(*analysis.flow) : DotWriter().write(*analysis.flow);
    std::fwrite(graph.data(), 1, graph.size(), stdout);
}

} // namespace

void addGraphCommand(CLI::App &app)
{
    auto options = std::make_shared<Options>();
    CLI::App *command = app.add_subcommand("graph", "Print the structure of a flow");
    command->add_option("flow", options->file, "Flow file")->required()->type_name("FLOW");
    command->add_option("-f,--format", options->format, "dot or json")->check(CLI::IsMember({"dot", "json"}));
    command->callback([options] { run(*options); });
}

} // namespace cli
