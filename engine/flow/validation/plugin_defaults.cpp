#include "engine/flow/validation/schema_check.h"
#include "engine/flow/validation/typed.h"
#include "engine/flow/yaml_scalar.h"

#include <algorithm>

// Plugin defaults are merged into the tasks and triggers of their type before anything is checked.
namespace flow {

void SchemaCheck::readDefaults(const Node &root)
{
    for (const std::string_view key : {"pluginDefaults", "taskDefaults"}) {
        const Node *list = root.find(key);
        if (!list || isNull(*list) || list->kind == NodeKind::Broken)
            continue;
        const Place rootPlace;
        const Place place = rootPlace.property(key);
        if (!list->isSequence()) {
            m_report.error(Stage::Early, "type-mismatch", list->range, place,
                           {std::string(key), "a list", list->isMapping() ? "a map" : "'" + list->text + "'"});
            continue;
        }
        const TaskType *self = m_catalog.findData("PluginDefault");
        for (std::size_t i = 0; i < list->items.size(); ++i) {
            const Node &item = *list->items[i];
            const Place at = place.item(i);
            if (!item.isMapping()) {
                if (!isNull(item) && item.kind != NodeKind::Broken)
                    m_report.add(Severity::Error, Stage::Early, "type-mismatch", item.range,
                                 "[" + std::to_string(i) + "]", {std::string(key), "a map", item.isSequence() ? "a list" : "'" + item.text + "'"});
                continue;
            }
            if (self)
                for (const Entry &entry : item.entries)
                    if (entry.key->isScalar() && !self->find(entry.key->text))
                        m_report.add(Severity::Error, Stage::Early, "unknown-property", entry.key->range,
                                     "[" + std::to_string(i) + "]." + entry.key->text,
                                     {entry.key->text, self->name});
            const Node *name = item.find("type");
            const Node *values = item.find("values");
            const Range range = item.entries.empty() ? item.range : item.entries.front().key->range;
            if (!name || !name->isScalar() || isNull(*name)) {
                m_report.error(Stage::Early, "missing-type", range, at, {"null"});
                continue;
            }
            if (!values || isNull(*values)) {
                m_report.error(Stage::Early, "missing-property", name->range, at, {"values"});
                continue;
            }
            if (!values->isMapping() && values->kind != NodeKind::Broken) {
                m_report.add(Severity::Error, Stage::Early, "type-mismatch", values->range,
                             "[" + std::to_string(i) + "].values", {"values", "a map", values->isSequence() ? "a list" : "'" + values->text + "'"});
                continue;
            }
            const TaskType *type = m_catalog.find(name->text);
            Default rule;
            rule.type = type ? type->name : name->text;
            rule.written = name->text;
            rule.values = values;
            const Node *forced = item.find("forced");
            rule.forced = forced && toValue(*forced).asBool();
            if (const Node *ref = item.find("ref"); ref && ref->isScalar())
                rule.ref = ref->text;
            if (type && values->isMapping()) {
                std::vector<Entry> usable(values->entries.begin(), values->entries.end());
                for (const Entry &entry : values->entries)
                    if (entry.key->isScalar() && !type->find(entry.key->text)) {
                        std::erase_if(usable, [&](const Entry &other) { return other.key == entry.key; });
                        std::vector<std::string_view> names;
                        for (const Property &property : type->properties)
                            names.push_back(property.name);
                        Diagnostic &diagnostic = m_report.error(Stage::Rules, "unknown-property", entry.key->range,
                                                                at, {entry.key->text, type->name});
                        diagnostic.suggestion = nearest(entry.key->text, names);
                        diagnostic.reports = {"Invalid Plugin Default: No property '" + entry.key->text +
                                              "' exists in plugin '" + type->name + "'"};
                    }
                rule.values = withEntries(*values, usable);
            }
            m_defaults.push_back(std::move(rule));
        }
    }
}

const Node *SchemaCheck::withDefaults(const Node &node, std::string_view type)
{
    const Node *wanted = node.find("pluginDefaultsRef");
    const std::string ref = wanted && wanted->isScalar() ? wanted->text : std::string();
    const Node *merged = &node;
    bool referenced = ref.empty();
    const TaskType *known = m_catalog.find(type);
    for (const Default &rule : m_defaults) {
        const bool exact = known ? rule.type == known->name : rule.type == type;
        if (!exact && !type.starts_with(rule.written))
            continue;
        referenced = referenced || rule.ref == ref;
        if (rule.ref == ref && rule.values->isMapping())
            merged = merge(*merged, exact ? *rule.values : *fitting(*rule.values, type), rule.forced);
    }
    if (!referenced) {
        Diagnostic &diagnostic = m_report.add(Severity::Error, Stage::Rules, "unknown-defaults-ref", wanted->range,
                                              "pluginDefaultsRef", {ref});
        diagnostic.reports = {"No plugin-defaults exists for pluginDefaultsRef: '" + ref + "'"};
    }
    return merged;
}

/// The values that a plugin has properties for: what defaults of a whole group of types say of others is left out.
const Node *SchemaCheck::fitting(const Node &values, std::string_view type)
{
    const TaskType *known = m_catalog.find(type);
    if (!known)
        return &values;
    std::vector<Entry> usable(values.entries.begin(), values.entries.end());
    std::erase_if(usable, [&](const Entry &entry) { return entry.key->isScalar() && !known->find(entry.key->text); });
    return withEntries(values, usable);
}

/// The entries of both; maps inside are merged too. What both have is taken from `other` when forced.
const Node *SchemaCheck::merge(const Node &own, const Node &other, bool forced)
{
    std::vector<Entry> merged(own.entries.begin(), own.entries.end());
    for (const Entry &entry : other.entries) {
        if (!entry.key->isScalar())
            continue;
        const auto present = std::find_if(merged.begin(), merged.end(), [&](const Entry &candidate) {
            return candidate.key->isScalar() && candidate.key->text == entry.key->text;
        });
        if (present == merged.end()) {
            merged.push_back(entry);
        } else if (present->value->isMapping() && entry.value->isMapping()) {
            present->value = merge(*present->value, *entry.value, forced);
        } else if (forced) {
            present->value = entry.value;
        }
    }
    return withEntries(own, merged);
}

const Node *SchemaCheck::withEntries(const Node &mapping, const std::vector<Entry> &entries)
{
    Node *made = m_merged.make(mapping);
    made->entries = m_merged.keep(std::span(entries));
    return made;
}

} // namespace flow
