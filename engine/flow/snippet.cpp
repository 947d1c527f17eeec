#include "engine/flow/snippet.h"

#include <algorithm>
#include <cctype>

namespace flow {

namespace {

bool startsWith(std::string_view text, std::string_view head)
{
    return text.substr(0, head.size()) == head;
}

bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}

/// `SlackIncomingWebhook` as `slack_incoming_webhook`; the class of `python.Script` is told by its package.
std::string idOf(std::string_view type)
{
    const std::size_t dot = type.rfind('.');
    std::string_view name = dot == std::string_view::npos ? type : type.substr(dot + 1);
    if (const std::size_t inner = name.rfind('$'); inner != std::string_view::npos)
        name.remove_prefix(inner + 1);
    static constexpr std::string_view kVague[] = {"Script", "Commands", "Query", "Queries", "Get", "Set", "Put", "Delete",
                                                  "Trigger", "Upload", "Download", "List", "Request"};
    std::string id;
    if (dot != std::string_view::npos && std::find(std::begin(kVague), std::end(kVague), name) != std::end(kVague)) {
        const std::size_t before = type.rfind('.', dot - 1);
        id = std::string(type.substr(before == std::string_view::npos ? 0 : before + 1, dot - (before == std::string_view::npos ? 0 : before + 1)));
        id += '_';
    }
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool edge = i > 0 && isUpper(c) && (!isUpper(name[i - 1]) || (i + 1 < name.size() && std::islower(static_cast<unsigned char>(name[i + 1]))));
        if (edge)
            id += '_';
        id += isUpper(c) ? char(c - 'A' + 'a') : c;
    }
    for (char &c : id) {
        if (!std::isalnum(static_cast<unsigned char>(c)) && c != '_' && c != '-')
            c = '_';
    }
    return id.empty() || !std::isalnum(static_cast<unsigned char>(id.front())) ? "task" + id : id;
}

bool holdsTasks(const Property &property)
{
    return property.type.find("Task>") != std::string::npos || property.type == "Task"
           || property.type.find("DagTask") != std::string::npos;
}

/// A value of the kind a property takes, as it stands after the colon.
std::string placeholder(const Property &property)
{
    const std::string &type = property.type;
    if (property.name == "condition")
        return "\"{{ true }}\"";
    if (property.name == "values")
        return "[]";
    if (type == "boolean")
        return "false";
    if (type == "integer" || type == "number" || type == "long" || type == "int")
        return "1";
    if (type == "duration")
        return "PT1M";
    if (startsWith(type, "array") || startsWith(type, "list") || startsWith(type, "set"))
        return "[]";
    if (startsWith(type, "map") || type == "object")
        return "{}";
    return "\"\"";
}

} // namespace

std::string taskSnippet(std::string_view type)
{
    return "- id: " + idOf(type) + "\n  type: " + std::string(type) + "\n";
}

std::string taskSnippet(const TaskType &type)
{
    std::string yaml = taskSnippet(std::string_view(type.name));
    for (const Property &property : type.properties) {
        if (!property.required || property.defaultValue || property.name == "id" || property.name == "type" || holdsTasks(property))
            continue;
        yaml += "  " + property.name + ": " + placeholder(property) + "\n";
    }
    return yaml;
}

} // namespace flow
