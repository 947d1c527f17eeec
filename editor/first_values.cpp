#include "editor/first_values.h"

#include "editor/schema.h"
#include "engine/flow/edits/scalars.h"

#include <fmt/core.h>

#include <algorithm>
#include <cctype>

namespace editor {

std::string freeId(const flow::Flow *flow, std::string base)
{
    std::transform(base.begin(), base.end(), base.begin(), [](unsigned char c) {
        return std::isalnum(c) ? static_cast<char>(std::tolower(c)) : '_';
    });
    if (base.empty())
        base = "task";
    std::string id = base;
    for (int n = 2; flow && flow->findById(id); ++n)
        id = fmt::format("{}_{}", base, n);
    return id;
}

std::string firstValue(const flow::Property *property, const flow::TaskCatalog &catalog,
                       const flow::Flow *flow)
{
    if (!property)
        return "\"\"";
    const std::string &type = property->type;
    if (property->defaultValue && !property->defaultValue->isNull())
        return flow::toJson(*property->defaultValue);
    if (type.starts_with("enum:")) {
        const std::vector<std::string> &values = catalog.enumValues(type.substr(5));
        return values.empty()
                   ? "\"\""
                   : flow::edits::scalarText(values.front(), flow::edits::Context::Block);
    }
    if (type == "boolean")
        return "false";
    if (type == "integer" || type == "number")
        return "1";
    if (type == "duration")
        return "PT1M";
    if (type == "array<Task>")
        return fmt::format("- id: {}\n  type: io.kestra.plugin.core.log.Log\n  message: hello",
                           freeId(flow, "log"));
    if (elementOf(type).find("DagTask") != std::string::npos)
        return fmt::format(
            "- task:\n    id: {}\n    type: io.kestra.plugin.core.log.Log\n    message: hello",
            freeId(flow, "log"));
    if (elementOf(type) == "Condition")
        return "- type: io.kestra.plugin.core.condition.Expression\n  expression: \"{{ true }}\"";
    if (type.starts_with("array<"))
        return elementOf(type) == "string" ? "- \"\"" : "[]";
    if (type.starts_with("map<"))
        return "{}";
    if (property->name == "cron")
        return "\"0 9 * * *\"";
    if (property->name == "namespace" && flow && !flow->namespaceId.empty())
        return flow::edits::scalarText(flow->namespaceId, flow::edits::Context::Block);
    const bool needsText = property->rules && (property->rules->notBlank || property->rules->notEmpty);
    return needsText ? property->name : "\"\"";
}

} // namespace editor
