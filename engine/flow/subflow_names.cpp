#include "engine/flow/subflow_names.h"

namespace flow {
namespace {

/// Calls `found` with each Subflow or ForEachItem task that names its flow in plain text.
template <typename Found>
void eachSubflow(const Node &node, const TaskCatalog &catalog, const Found &found)
{
    for (const Node *item : node.items)
        eachSubflow(*item, catalog, found);
    for (const Entry &entry : node.entries)
        eachSubflow(*entry.value, catalog, found);
    const Node *name = node.isMapping() ? node.find("type") : nullptr;
    const TaskType *type = name && name->isScalar() ? catalog.find(name->text) : nullptr;
    if (!type || (type->name != "io.kestra.plugin.core.flow.Subflow" && type->name != "io.kestra.plugin.core.flow.ForEachItem"))
        return;
    const Node *space = node.find("namespace");
    const Node *flow = node.find("flowId");
    const auto plain = [](const Node *text) { return text && text->isScalar() && !text->text.empty() && text->text.find('{') == std::string::npos; };
    if (plain(space) && plain(flow))
        found(*space, *flow);
}

} // namespace

std::vector<Diagnostic> unknownSubflows(const Tree &tree, const TaskCatalog &catalog,
                                        const std::function<bool(std::string_view, std::string_view)> &exists)
{
    std::vector<Diagnostic> found;
    if (!tree.root())
        return found;
    eachSubflow(*tree.root(), catalog, [&](const Node &space, const Node &id) {
        if (exists(space.text, id.text))
            return;
        Diagnostic missing;
        missing.severity = Severity::Warning;
        missing.code = "unknown-subflow";
        missing.args = {space.text, id.text};
        missing.range = id.range;
        missing.stage = Stage::Advice;
        found.push_back(std::move(missing));
    });
    return found;
}

} // namespace flow
