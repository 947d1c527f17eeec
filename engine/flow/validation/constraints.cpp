#include "engine/flow/utf8.h"
#include "engine/flow/validation/schema_check.h"
#include "engine/flow/validation/typed.h"
#include "engine/flow/yaml_scalar.h"

#include <algorithm>
#include <array>

// The constraints the catalog gives for single properties: required, patterns, sizes, limits.
namespace flow {

namespace {

/// Types that word the missing list of tasks in their own way.
bool hasOwnTasksMessage(std::string_view type, Dialect dialect)
{
    if (dialect == Dialect::Kestra2_0)
        return type != "io.kestra.plugin.core.flow.Dag" && type.starts_with("io.kestra.plugin.core.flow.");
    constexpr std::array<std::string_view, 5> kTypes = {
        "io.kestra.plugin.core.flow.Sequential", "io.kestra.plugin.core.flow.AllowFailure",
        "io.kestra.plugin.core.flow.ForEach", "io.kestra.plugin.core.flow.EachSequential",
        "io.kestra.plugin.core.flow.WorkingDirectory"};
    return std::find(kTypes.begin(), kTypes.end(), type) != kTypes.end();
}

constexpr std::string_view kLabelKey =
    "Invalid label key. A valid key contains only lowercase letters numbers hyphens (-) underscores (_) or periods "
    "(.) and must begin with a lowercase letter.";

std::size_t sizeOf(const Node &value)
{
    if (value.isSequence())
        return value.items.size();
    if (value.isMapping())
        return value.entries.size();
    return utf8::utf16Length(value.text);
}

bool isBlank(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; });
}

/// Crashes the checks of the real engine: it counts on the value being there.
bool stopsTheChecks(const Bean &bean, std::string_view property, Dialect dialect)
{
    const std::string_view type = bean.type->name;
    return (bean.type->group == PluginGroup::Input && property == "id") ||
           (type == "io.kestra.plugin.core.flow.LoopUntil" && property == "tasks" && dialect == Dialect::Kestra1_3) ||
           (type == "Dag.DagTask" && property == "task") || (type == "Flow.Filter" && property == "type");
}

} // namespace

void SchemaCheck::constraints(const Bean &bean)
{
    for (const Property &property : bean.type->properties)
        if (property.rules)
            propertyRules(bean, property, bean.node->find(property.name));
}

void SchemaCheck::propertyRules(const Bean &bean, const Property &property, const Node *written)
{
    const PropertyRules &rules = *property.rules;
    const bool isPluginType = property.name == "type";
    if (isPluginType && (bean.type->group == PluginGroup::Task || bean.type->group == PluginGroup::Trigger || bean.open))
        return; // has been read already
    const Node *value = bean.given(property.name);
    if (!value)
        for (const Property &other : bean.type->properties)
            if (other.aliasOf == property.name && bean.given(other.name))
                value = written = bean.given(other.name);
    if (!value && bean.type->group == PluginGroup::Input && property.name == "id")
        value = bean.given("name");
    if (value && value->kind == NodeKind::Broken)
        return;

    const std::string notEmpty = property.name == "tasks" && hasOwnTasksMessage(bean.type->name, m_catalog.dialect())
                                     ? "The 'tasks' property cannot be empty"
                                     : "must not be empty";
    std::vector<std::string> reports;
    if (!value) {
        const bool isSwitch = property.shape.kind == TypeShape::Kind::Boolean; // an empty text is false
        if (property.defaultValue && (!written || isSwitch || isNull(*written))) // `null` counts as not written
            return;
        if (rules.notBlank)
            reports.emplace_back("must not be blank");
        if (rules.notEmpty)
            reports.push_back(notEmpty);
        if (rules.notNull)
            reports.emplace_back("must not be null");
        if (reports.empty())
            return;
        const Range range = written && !written->range.empty() ? written->range : bean.nameRange();
        // Broken text around it may hold what seems to be missing.
        for (const Entry &entry : bean.node->entries)
            if (entry.key->kind == NodeKind::Broken)
                return;
        if (stopsTheChecks(bean, property.name, m_catalog.dialect()) && (bean.checked || bean.type->name == "Dag.DagTask"))
            lateFault(bean, range, "missing-property", {property.name});
        else
            ruleFault(bean, property.name, range, "missing-property", {property.name}, std::move(reports));
        return;
    }

    std::string code;
    std::vector<std::string> args = {property.name};
    const auto broken = [&](std::string_view why, std::string report) {
        if (code.empty())
            code = why;
        reports.push_back(std::move(report));
    };
    const std::string text = value->isScalar() ? textOf(*value) : std::string();
    if (rules.notBlank && value->isScalar() && isBlank(text))
        broken("empty-value", "must not be blank");
    if (rules.notEmpty && sizeOf(*value) == 0)
        broken("empty-value", notEmpty);
    if (rules.size && (!value->isScalar() || !property.property)) {
        const auto size = static_cast<std::int64_t>(sizeOf(*value));
        if (size < rules.size->first || size > rules.size->second) {
            const bool isTaskId = bean.type->group == PluginGroup::Task && property.name == "id";
            broken("wrong-size", isTaskId ? "Task id must be at most 256 characters"
                                          : "size must be between " + std::to_string(rules.size->first) + " and " +
                                                std::to_string(rules.size->second));
            args = {property.name, std::to_string(rules.size->first), std::to_string(rules.size->second)};
        }
    }
    if (rules.pattern && value->isScalar() && !rules.pattern->matches(text)) {
        const bool isLabel = bean.type->name == "Label";
        broken("invalid-text", isLabel ? std::string(kLabelKey) : "must match \"" + rules.regexp + "\"");
        if (code == "invalid-text")
            args = {property.name, text, rules.regexp};
    }
    if (rules.min && value->isScalar()) {
        const Value number = numberValue(text, plainKind(text));
        if (number.isNumber() && number.asDouble() < static_cast<double>(*rules.min)) {
            broken("too-small", "must be greater than or equal to " + std::to_string(*rules.min));
            args = {property.name, std::to_string(*rules.min)};
        }
    }
    if (rules.mustBeNull)
        broken("must-be-absent", "must be null");
    if (rules.timezone && value->isScalar() && text.find("{{") == text.npos && !isTimeZone(text)) {
        broken("unknown-timezone", "timezone '(" + text + ")' is not a valid time-zone ID");
        args = {property.name, text};
    }
    if (rules.regex && value->isScalar() && !looksLikeRegex(text)) {
        broken("invalid-regex", "invalid pattern [" + text + "]");
        args = {property.name, text};
    }
    if (!reports.empty())
        ruleFault(bean, property.name, value->range.empty() ? bean.nameRange() : value->range, code, std::move(args),
                  std::move(reports));
    if (rules.elementNotNull || rules.elementRegex || rules.elementNoSystemLabel)
        elementRules(bean, property, *value);
}

void SchemaCheck::elementRules(const Bean &bean, const Property &property, const Node &value)
{
    const PropertyRules &rules = *property.rules;
    const auto fault = [&](std::size_t i, Range range, std::string_view code, std::string arg, std::string report) {
        ruleFault(bean, property.name + "[" + std::to_string(i) + "].<list element>", range, code,
                  {property.name, std::move(arg)}, {std::move(report)});
    };
    for (std::size_t i = 0; i < value.items.size(); ++i) {
        const Node &item = *value.items[i];
        const bool absent = isNull(item) || (property.shape.item && property.shape.item->isPlugin() && item.isScalar());
        if (rules.elementNotNull && absent)
            fault(i, item.whole, "missing-element", "", "must not be null");
        if (rules.elementRegex && item.isScalar() && !isNull(item) && !looksLikeRegex(textOf(item)))
            fault(i, item.range, "invalid-regex", item.text, "invalid pattern [" + item.text + "]");
    }
    if (!rules.elementNoSystemLabel)
        return;
    const auto label = [&](std::size_t i, const Node *key, const Node *content) {
        if (key && content && key->isScalar() && key->text.starts_with("system."))
            fault(i, key->range, "system-label", key->text,
                  "System labels can only be set by Kestra itself, offending label: " + key->text + "=" +
                      textOf(*content) + ".");
    };
    for (std::size_t i = 0; i < value.items.size(); ++i)
        if (value.items[i]->isMapping())
            label(i, value.items[i]->find("key"), value.items[i]->find("value"));
    for (std::size_t i = 0; i < value.entries.size(); ++i)
        label(i, value.entries[i].key, value.entries[i].value);
}

} // namespace flow
