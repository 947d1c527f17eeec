#include "engine/flow/analysis.h"

#include "engine/flow/flow_reader.h"
#include "engine/flow/taken_over.h"
#include "engine/flow/validation/flow_rules.h"
#include "engine/flow/validation/schema_check.h"
#include "engine/flow/validation/yaml_rules.h"

#include <algorithm>

namespace flow {

namespace {

/// The innermost task whose lines hold the place of a fault gets it.
void markBroken(std::vector<TaskList> &lists, const SyntaxFault &fault)
{
    for (TaskList &list : lists)
        for (Task &task : list.tasks) {
            const bool holds = task.range.begin <= fault.range.begin && fault.range.begin < task.range.end;
            if (!holds)
                continue;
            markBroken(task.lists, fault);
            const bool inner = std::any_of(task.lists.begin(), task.lists.end(), [&](const TaskList &branch) {
                return std::any_of(branch.tasks.begin(), branch.tasks.end(), [&](const Task &child) {
                    return child.fault && child.range.contains(fault.range.begin);
                });
            });
            if (!inner)
                task.fault = fault;
        }
}

Diagnostic syntaxDiagnostic(const SyntaxFault &fault)
{
    Diagnostic diagnostic;
    diagnostic.code = "yaml-syntax";
    diagnostic.args = {fault.cause};
    if (!fault.context.empty())
        diagnostic.args.push_back(fault.context);
    diagnostic.range = fault.range;
    diagnostic.readUntil = fault.readUntil;
    return diagnostic;
}

/// With plugin defaults what is found in a task does not depend on the task alone.
bool hasDefaults(const Node *root)
{
    return !root || root->find("pluginDefaults") || root->find("taskDefaults");
}

Analysis analyseTree(std::shared_ptr<const Tree> tree, std::string_view text, Revision revision, const TaskCatalog &catalog,
                     const TakenOver &taken)
{
    Analysis analysis;
    analysis.revision = revision;
    const std::shared_ptr<Flow> flow = FlowReader(text, catalog, taken).read(std::move(tree));
    for (const SyntaxFault &fault : flow->tree->faults()) {
        analysis.diagnostics.push_back(syntaxDiagnostic(fault));
        markBroken(flow->lists, fault);
    }
    Report report(analysis.diagnostics);
    checkYamlRules(*flow->tree, text, taken, report);
    if (flow->root) {
        const TaskIds ids(*flow);
        flow->links = findLinks(*flow, text, ids);
        SchemaCheck schema(catalog, report);
        if (taken.flow() && !hasDefaults(taken.flow()->root) && !hasDefaults(flow->root))
            schema.passOver(taken);
        schema.check(*flow->root);
        checkFlowRules(*flow, text, ids, taken, catalog.dialect(), report);
    }
    // Two tasks may show the same fault of one plugin default.
    std::stable_sort(analysis.diagnostics.begin(), analysis.diagnostics.end(),
                     [](const Diagnostic &a, const Diagnostic &b) {
                         return std::pair(a.range.begin, a.range.end) < std::pair(b.range.begin, b.range.end);
                     });
    const auto same = [](const Diagnostic &a, const Diagnostic &b) {
        return a.range == b.range && a.code == b.code && a.args == b.args && a.reports == b.reports;
    };
    analysis.diagnostics.erase(std::unique(analysis.diagnostics.begin(), analysis.diagnostics.end(), same),
                               analysis.diagnostics.end());
    analysis.flow = flow;
    return analysis;
}

} // namespace

Analysis analyse(std::string_view text, Revision revision, const TaskCatalog &catalog)
{
    return analyseTree(Tree::parse(text), text, revision, catalog, {});
}

Analysis analyseAgain(const Analysis &before, std::string_view beforeText, std::string_view text, Revision revision,
                      const TaskCatalog &catalog)
{
    if (!before.flow)
        return analyse(text, revision, catalog);
    std::vector<KeptItem> kept;
    std::shared_ptr<const Tree> tree = Tree::parseAgain(*before.flow->tree, beforeText, text, kept);
    return analyseTree(std::move(tree), text, revision, catalog, TakenOver(*before.flow, before.diagnostics, kept));
}

} // namespace flow
