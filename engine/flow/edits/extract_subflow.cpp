#include "engine/flow/edits/changed_text.h"
#include "engine/flow/edits/flow_cells.h"
#include "engine/flow/edits/handover.h"
#include "engine/flow/edits/scalars.h"
#include "engine/flow/edits/surroundings.h"
#include "engine/flow/edits/task_text.h"

#include <algorithm>

// Before:                       extractSubflow({"tasks[1]"}, "greeting")
//     tasks:
//       - id: load
//         type: t.Return
//       - id: greet
//         type: t.Log
//         message: "{{ outputs.load.value }}"
//
// After:                                                greeting:
//     tasks:                                            inputs:
//       - id: load                                        - id: load_value
//         type: t.Return                                    type: STRING
//       - id: greeting
//         type: t.Subflow                               tasks:
//         namespace: acme                                 - id: greet
//         flowId: greeting                                  type: t.Log
//         inputs:                                           message: "{{ inputs.load_value }}"
//           load_value: "{{ outputs.load.value }}"
namespace flow::edits {

namespace {

constexpr const char *kSubflow = "io.kestra.plugin.core.flow.Subflow";

bool isValidFlowId(std::string_view id)
{
    std::string dotless(id);
    std::erase(dotless, '.');
    return id.size() <= 100 && isValidId(dotless) && id.front() != '.';
}

struct Chosen
{
    const TaskList *list = nullptr;
    std::vector<const Task *> tasks; ///< in file order
    std::size_t first = 0;           ///< index of the first in its list
    bool dag = false;
    bool parallel = false;           ///< they run beside each other
};

Result<Chosen> choose(const Flow &flow, std::span<const std::string> paths)
{
    Chosen chosen;
    for (const std::string &path : paths) {
        const Result<const Task *> task = readableTask(flow, path);
        if (!task)
            return task.error();
        const TaskList *own = listOf(flow, **task);
        if (!own || !own->node || (chosen.list && own != chosen.list))
            return Error{ErrorCode::NotTogether, {(*task)->id.empty() ? path : (*task)->id}, {}};
        chosen.list = own;
        chosen.tasks.push_back(*task);
    }
    std::sort(chosen.tasks.begin(), chosen.tasks.end());
    chosen.tasks.erase(std::unique(chosen.tasks.begin(), chosen.tasks.end()), chosen.tasks.end());
    if (chosen.tasks.empty())
        return Error{ErrorCode::NoSuchTask, {""}, {}};
    const Task &first = *chosen.tasks.front();
    chosen.first = itemIndex(*chosen.list->node, first.item);
    if (chosen.tasks.back() - chosen.tasks.front() + 1 != static_cast<std::ptrdiff_t>(chosen.tasks.size()))
        return Error{ErrorCode::NotTogether, {chosen.tasks.back()->id}, {}};
    chosen.dag = isDagList(flow, *chosen.list);
    if (chosen.dag && chosen.tasks.size() > 1) // their arrows would have to become one
        return Error{ErrorCode::NotTogether, {chosen.tasks.back()->id}, {}};
    if (chosen.list->kind == ListKind::AfterExecution)
        return Error{ErrorCode::BoundToPlace, {first.id}, {}};
    const std::vector<const Task *> holders = holdersOf(flow, first);
    for (const Task *holder : holders)
        if (holder->type.ends_with(".WorkingDirectory") || holder->type == "io.kestra.core.tasks.flows.Worker")
            return Error{ErrorCode::BoundToPlace, {first.id}, {}};
    chosen.parallel = chosen.tasks.size() > 1 && chosen.list->kind == ListKind::Tasks && !holders.empty() &&
                      holders.front()->type.ends_with(".Parallel");
    if (chosen.parallel && holders.front()->node->find("concurrent"))
        return Error{ErrorCode::OnlyOfSubflow, {"concurrent", holders.front()->id}, {}};
    return chosen;
}

std::string indented(const std::string &lines, std::size_t by)
{
    return shifted(lines, static_cast<std::ptrdiff_t>(by));
}

std::string parallelLines(const Chosen &chosen, const std::string &tasks, const Layout &layout)
{
    std::set<std::string> taken;
    for (const Task *task : chosen.tasks) {
        std::vector<const Node *> inner;
        collectTasks(*task->node, inner);
        for (const Node *node : inner)
            if (const Node *id = node->find("id"))
                taken.insert(id->text);
    }
    const std::string pad(layout.itemGap, ' ');
    return '-' + std::string(layout.itemGap - 1, ' ') + "id: " + freeId("together", taken) + '\n' + pad +
           "type: io.kestra.plugin.core.flow.Parallel\n" + pad + "tasks:\n" +
           indented(tasks, layout.itemGap + layout.listOffset);
}

/// `key: value` of a list of inputs or outputs.
std::string itemLines(const std::vector<std::pair<std::string, std::string>> &members, const Layout &layout)
{
    std::string lines;
    for (const auto &[key, value] : members)
        lines += (lines.empty() ? '-' + std::string(layout.itemGap - 1, ' ') : std::string(layout.itemGap, ' ')) + key +
                 ": " + value + '\n';
    return indented(lines, layout.listOffset);
}

std::string inputLines(const Handover &handover, const Layout &layout)
{
    std::string lines;
    for (const Handed &input : handover.inputs()) {
        std::vector<std::pair<std::string, std::string>> members = {
            {"id", scalarText(input.id, Context::Block)}, {"type", input.type}};
        if (input.optional)
            members.emplace_back("required", "false");
        lines += itemLines(members, layout);
    }
    return lines;
}

std::string outputLines(const Handover &handover, const Layout &layout)
{
    std::string lines;
    for (const Handed &output : handover.outputs()) {
        std::vector<std::pair<std::string, std::string>> members = {
            {"id", scalarText(output.id, Context::Block)}, {"type", output.type}, {"value", quoted(output.value())}};
        if (output.optional)
            members.emplace_back("required", "false");
        lines += itemLines(members, layout);
    }
    return lines;
}

std::string variableLines(const ChangedText &changed, const Handover &handover, const Layout &layout)
{
    std::string lines;
    for (const Entry *entry : handover.variables())
        lines += changed.entryLines(*entry, layout.step);
    return lines;
}

std::string defaultLines(const ChangedText &changed, const std::vector<const Node *> &defaults, const Layout &layout)
{
    std::string lines;
    for (const Node *item : defaults)
        lines += indented(taskItem(liftItem(changed.draft(), changed.find(*item)), layout, false, false).lines,
                          layout.listOffset);
    return lines;
}

std::string newFlow(const Flow &flow, std::string_view id, const std::vector<std::pair<std::string, std::string>> &sections)
{
    std::string text = "id: " + scalarText(id, Context::Block) + "\nnamespace: " +
                       scalarText(flow.namespaceId, Context::Block) + '\n';
    for (const auto &[key, lines] : sections)
        if (!lines.empty())
            text += '\n' + key + ":\n" + lines;
    return text;
}

std::string subflowTask(const Flow &flow, const std::string &id, std::string_view flowId, const Handover &handover,
                        bool inheritLabels)
{
    std::string text = "id: " + scalarText(id, Context::Block) + "\ntype: " + kSubflow + "\nnamespace: " +
                       scalarText(flow.namespaceId, Context::Block) + "\nflowId: " + scalarText(flowId, Context::Block) + '\n';
    if (inheritLabels)
        text += "inheritLabels: true\n";
    if (!handover.inputs().empty())
        text += "inputs:\n";
    for (const Handed &input : handover.inputs())
        text += "  " + scalarText(input.id, Context::Block) + ": " + quoted(input.value()) + '\n';
    return text;
}

/// Puts the Subflow task in the place of the chosen ones.
void replaceTasks(Draft &draft, const Chosen &chosen, const Fragment &task)
{
    const std::string_view text = draft.text();
    const Node &sequence = *chosen.list->node;
    const Layout layout = draft.layoutAt(&sequence);
    const std::size_t last = chosen.first + chosen.tasks.size() - 1;
    if (chosen.dag && chosen.tasks.front()->item != chosen.tasks.front()->node) {
        const Node &item = *chosen.tasks.front()->item;
        replaceValue(draft, {&item, entryIndex(item, "task")}, task);
        return;
    }
    const NewItem item = taskItem(task, layout, false, sequence.flowStyle && isJsonLike(sequence));
    if (sequence.flowStyle) {
        const std::vector<Range> cells = cellsOf(sequence);
        draft.replace({cells[chosen.first].begin, cells[last].end}, item.cell);
        return;
    }
    const Block begin = itemBlock(text, sequence, chosen.first);
    const Block end = itemBlock(text, sequence, last);
    std::string lines = withBreaks(indented(item.lines, begin.column), draft.lineBreak(begin.head));
    if (!begin.ownLine)
        lines.erase(0, indentOf(lines, 0));
    draft.replace({begin.lines.begin, end.lines.end}, lines);
}

} // namespace

Result<ProjectEdit> extractSubflow(const Snapshot &snapshot, std::span<const std::string> paths,
                                   std::string_view flowId)
{
    Result<Draft> opened = Draft::open(snapshot);
    if (!opened)
        return opened.error();
    Draft &draft = *opened;
    const Flow &flow = draft.flow();
    if (!flow.root || !flow.tree->faults().empty()) // what can't be read may name the tasks
        return Error{ErrorCode::BrokenText, {flow.root ? flow.tree->faults().front().cause : ""}, {}};
    if (!isValidFlowId(flowId))
        return Error{ErrorCode::InvalidId, {std::string(flowId)}, {}};
    if (flowId == flow.id)
        return Error{ErrorCode::IdTaken, {std::string(flowId)}, {}};
    if (flow.namespaceId.empty())
        return Error{ErrorCode::NoSuchProperty, {"namespace", {}}, {}};
    const Result<Chosen> chosen = choose(flow, paths);
    if (!chosen)
        return chosen.error();

    std::set<std::string> ids = taskIds(flow);
    std::vector<std::string> types;
    std::vector<const Node *> nodes;
    bool inheritLabels = false;
    for (const Task *task : chosen->tasks) {
        nodes.push_back(task->node);
        collectTypes(*task->node, types);
    }
    flow.forEachTask([&](const Task &task, const TaskList &, int) {
        const Node *inherits = task.node ? task.node->find("inheritLabels") : nullptr;
        const bool inside = std::any_of(nodes.begin(), nodes.end(), [&](const Node *node) {
            return task.node && node->whole.begin <= task.node->whole.begin && task.node->whole.end <= node->whole.end;
        });
        if (!inside)
            return;
        ids.erase(task.id);
        inheritLabels = inheritLabels || (inherits && inherits->text != "false");
    });
    std::string wish(flowId);
    std::replace(wish.begin(), wish.end(), '.', '_');
    const std::string taskId = freeId(wish, ids);
    if (!defaultsFor(flow, {kSubflow}).empty())
        return Error{ErrorCode::DefaultsDiffer, {kSubflow}, {}};

    const std::vector<const Node *> defaults = defaultsFor(flow, types);
    Handover handover(draft, chosen->tasks, taskId);
    if (const Result<> read = handover.read(defaults); !read)
        return read.error();
    const Result<ChangedText> changed = ChangedText::make(draft, handover.insideChanges());
    if (!changed)
        return changed.error();

    const Layout layout = draft.layoutAt(flow.root);
    const std::size_t last = chosen->first + chosen->tasks.size() - 1;
    std::string tasks = changed->listLines(*chosen->list->node, chosen->first, last, layout, chosen->dag);
    if (chosen->parallel)
        tasks = parallelLines(*chosen, tasks, layout);
    ProjectEdit edit;
    const std::string text = newFlow(flow, flowId,
                                     {{"inputs", inputLines(handover, layout)},
                                      {"variables", variableLines(*changed, handover, layout)},
                                      {"tasks", indented(tasks, layout.listOffset)},
                                      {"outputs", outputLines(handover, layout)},
                                      {"pluginDefaults", defaultLines(*changed, defaults, layout)}});
    edit.created.push_back({std::string(flowId), withBreaks(text, draft.lineBreak(0))});

    const Result<Fragment> task = Fragment::read(subflowTask(flow, taskId, flowId, handover, inheritLabels));
    if (!task)
        return task.error();
    replaceTasks(draft, *chosen, *task);
    for (Replacement &change : handover.outsideChanges())
        draft.replace(change.range, std::move(change.text));
    Result<Edit> own = draft.finish();
    if (!own)
        return own.error();
    edit.changes.push_back({0, std::move(*own)});
    return edit;
}

} // namespace flow::edits
