#include "editor/schema.h"

namespace editor {

namespace {

using flow::PluginGroup;
using flow::TaskCatalog;
using flow::TaskType;

std::string valueOf(const MappingLevel &level, std::string_view key)
{
    const Field *field = level.find(key);
    return field ? field->value : std::string();
}

/// The type of a mapping declared as `name`, which may name its own type more exactly.
const TaskType *resolve(const std::string &name, const MappingLevel &level,
                        const TaskCatalog &catalog)
{
    if (pluginGroupOf(name)) {
        const TaskType *type = catalog.find(valueOf(level, "type"));
        return type ? type : catalog.findData(name);
    }
    const TaskType *type = catalog.findData(name);
    if (!type || type->discriminator.empty())
        return type;
    const auto sub = type->subTypes.find(valueOf(level, type->discriminator));
    if (sub == type->subTypes.end())
        return type;
    const TaskType *exact = catalog.findData(sub->second);
    return exact ? exact : type;
}

} // namespace

std::string shownType(std::string_view type)
{
    std::string shown(type);
    if (const std::size_t mark = shown.find("enum:"); mark != std::string::npos)
        shown.erase(mark, 5);
    return shown;
}

std::string elementOf(std::string_view type)
{
    const std::size_t open = type.find('<');
    if (open == std::string_view::npos || type.back() != '>')
        return {};
    return std::string(type.substr(open + 1, type.size() - open - 2));
}

std::optional<PluginGroup> pluginGroupOf(std::string_view dataType)
{
    if (dataType == "Task")
        return PluginGroup::Task;
    if (dataType == "AbstractTrigger")
        return PluginGroup::Trigger;
    if (dataType == "Condition" || dataType == "ScheduleCondition")
        return PluginGroup::Condition;
    if (dataType == "TaskRunner")
        return PluginGroup::TaskRunner;
    return std::nullopt;
}

std::string shortTypeName(std::string_view type)
{
    constexpr std::string_view prefix = "io.kestra.plugin.";
    if (type.starts_with(prefix))
        type.remove_prefix(prefix.size());
    const std::size_t last = type.rfind('.');
    if (last == std::string_view::npos)
        return std::string(type);
    const std::size_t before = type.rfind('.', last - 1);
    return std::string(before == std::string_view::npos ? type : type.substr(before + 1));
}

std::string_view lastPart(std::string_view type)
{
    const std::size_t last = type.rfind('.');
    return last == std::string_view::npos ? type : type.substr(last + 1);
}

SchemaPlace schemaAt(const TextContext &context, const TaskCatalog &catalog)
{
    SchemaPlace place;
    if (context.levels.empty())
        return place;
    const TaskType *type = &catalog.flowType();
    std::string base = "Flow";
    const TaskType *outer = nullptr;
    bool defaults = false;
    for (std::size_t i = 1; i < context.levels.size(); ++i) {
        const MappingLevel &level = context.levels[i];
        const flow::Property *property = type && !defaults ? type->find(level.via) : nullptr;
        std::string declared = property ? property->type : std::string();
        // A map's keys are a level of their own: `cases:` then `EU:`; its value type is the
        // element.
        if (base.starts_with("map<"))
            declared = elementOf(base);
        const bool values = base == "PluginDefault" && level.via == "values";
        for (int list = 0; list < level.listDepth; ++list)
            declared = declared.starts_with("array<") || declared.starts_with("set<")
                           ? elementOf(declared)
                           : std::string();
        const TaskType *named =
            values ? catalog.find(valueOf(context.levels[i - 1], "type")) : nullptr;
        const bool item = context.place == TextContext::Place::Item && context.dash &&
                          i + 1 == context.levels.size();
        outer = type;
        base = values ? std::string("values") : declared;
        defaults = values;
        type = values ? named : declared.empty() ? nullptr : resolve(declared, level, catalog);
        if (item) {
            place.property = property;
            place.valueType = declared;
        }
    }
    place.type = type;
    place.outer = outer;
    place.base = base;
    place.defaultValues = defaults;
    place.plugins = pluginGroupOf(base);
    if (context.place == TextContext::Place::Item && context.dash)
        return place;
    if (!context.key.empty()) {
        if (base.starts_with("map<")) {
            place.valueType = elementOf(base);
        } else if (type) {
            place.property = type->find(context.key);
            place.valueType = place.property ? place.property->type : std::string();
        }
        if (context.place == TextContext::Place::Item)
            place.valueType = elementOf(place.valueType);
    }
    return place;
}

} // namespace editor
