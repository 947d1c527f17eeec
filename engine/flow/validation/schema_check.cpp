#include "engine/flow/validation/schema_check.h"

#include "engine/flow/validation/typed.h"
#include "engine/flow/yaml_scalar.h"

#include <algorithm>
#include <array>

namespace flow {

namespace {

constexpr int kMaxDepth = 400;

using Kind = TypeShape::Kind;

bool isTaskLike(const Bean &bean)
{
    return bean.type->group == PluginGroup::Task || bean.type->name == "Task";
}

std::string expectation(const TypeShape &shape)
{
    switch (shape.kind) {
    case Kind::Text: return "text";
    case Kind::Boolean: return "true or false";
    case Kind::Integer: return "a whole number";
    case Kind::Number: return "a number";
    case Kind::Duration: return "a duration such as PT5M";
    case Kind::Instant: return "a moment such as 2024-01-31T09:00:00Z";
    case Kind::Date: return "a date such as 2024-01-31";
    case Kind::Time: return "a time such as 09:00:00";
    case Kind::List: return "a list";
    case Kind::Labels: return "a list or a map of labels";
    case Kind::Enum: {
        std::string values;
        for (const std::string &value : *shape.values)
            values += (values.empty() ? "one of " : ", ") + value;
        return values;
    }
    default: return "a map";
    }
}

std::string found(const Node &node)
{
    constexpr std::size_t kShown = 40;
    if (node.isSequence())
        return "a list";
    if (node.isMapping())
        return "a map";
    if (node.text.empty())
        return "nothing";
    return "'" + (node.text.size() > kShown ? std::string(node.text.substr(0, kShown)) + "…" : node.text) + "'";
}

bool holdsTemplate(const Node &node)
{
    return node.text.find("{{") != std::string::npos || node.text.find("{%") != std::string::npos;
}

/// A class name that may exist in a plugin Leat has no catalog of.
bool isForeignClass(std::string_view name)
{
    if (name.starts_with("io.kestra.plugin.core.") || name.starts_with("io.kestra.core.") || name.starts_with("java."))
        return false;
    static const TextPattern kClassName("[a-z][A-Za-z0-9_]*(\\.[A-Za-z_$][A-Za-z0-9_$]*)+");
    const std::size_t dot = name.rfind('.');
    return dot != name.npos && dot + 1 < name.size() && name[dot + 1] >= 'A' && name[dot + 1] <= 'Z' &&
           kClassName.matches(name);
}

/// Objects below which the real engine checks no constraints.
bool isCascaded(const Bean &bean, std::string_view property, Dialect dialect)
{
    constexpr std::array<std::string_view, 21> kCascaded = {
        "tasks", "then", "else", "defaults", "errors", "finally", "afterExecution", "onPause", "onResume",
        "listeners", "triggers", "inputs", "outputs", "labels", "concurrency", "retry", "taskCache", "sla",
        "checks", "conditions", "preconditions"};
    constexpr std::array<std::string_view, 3> kOfTriggers = {"where", "filters", "timeWindow"};
    if (bean.type->name.ends_with(".Dag") && property == "tasks")
        return dialect == Dialect::Kestra2_0;
    if (bean.type->name == "Dag.DagTask" && property == "task")
        return dialect == Dialect::Kestra2_0;
    if (property == "conditions")
        return bean.type->group == PluginGroup::Trigger;
    if (property == "labels")
        return bean.type->name == "Flow";
    return std::find(kCascaded.begin(), kCascaded.end(), property) != kCascaded.end() ||
           std::find(kOfTriggers.begin(), kOfTriggers.end(), property) != kOfTriggers.end();
}

PluginGroup groupOf(Kind kind)
{
    switch (kind) {
    case Kind::Task: return PluginGroup::Task;
    case Kind::Trigger: return PluginGroup::Trigger;
    case Kind::Condition: return PluginGroup::Condition;
    default: return PluginGroup::TaskRunner;
    }
}

std::string_view baseOf(Kind kind)
{
    switch (kind) {
    case Kind::Task: return "Task";
    case Kind::Trigger: return "AbstractTrigger";
    case Kind::Condition: return "Condition";
    default: return "TaskRunner";
    }
}

} // namespace

const Node *Bean::given(std::string_view property) const
{
    const Node *value = node->find(property);
    const Property *known = value ? type->find(property) : nullptr;
    if (!value || isNull(*value))
        return nullptr;
    if (known && !known->property && value->isScalar() && value->text.empty()) {
        const Kind kind = known->shape.kind;
        if (kind == Kind::Boolean || kind == Kind::Integer || kind == Kind::Number || kind == Kind::Duration)
            return nullptr;
    }
    return value;
}

Range Bean::nameRange() const
{
    for (const std::string_view key : {"id", "type", "key"})
        if (const Node *name = node->find(key); name && name->isScalar() && !name->range.empty())
            return name->range;
    return node->entries.empty() ? node->range : node->entries.front().key->range;
}

std::string rulePath(const Bean &bean, std::string_view property, Dialect dialect)
{
    const bool bracketed = dialect == Dialect::Kestra2_0; // `tasks[load]` instead of `load`
    const bool isInput = bean.type->group == PluginGroup::Input;
    const Node *id = bean.node->find("id");
    const bool named = (isTaskLike(bean) || isInput) && id && id->isScalar() && !isNull(*id);
    const std::string_view listName = isInput ? "inputs" : "tasks";
    std::vector<const Place *> steps;
    for (const Place *place = bean.place; place; place = place->parent)
        steps.push_back(place);
    std::string path;
    bool first = true; // an id may be an empty text, and is a part of the path all the same
    const auto append = [&](std::string_view name) {
        if (!first)
            path += '.';
        first = false;
        if (name == "else" || name == "finally" || name == "assert")
            path += '_';
        path += name;
    };
    for (std::size_t i = steps.size(); i-- > 0;) {
        const Place &step = *steps[i];
        if (step.step == Place::Step::Index)
            path += '[' + std::to_string(step.index) + ']';
        else if (named && step.name == listName && i > 0 && steps[i - 1]->step == Place::Step::Index) {
            append(bracketed ? std::string(listName) + "[" + id->text + "]" : std::string(trimmed(id->text)));
            --i;
        } else if (step.step != Place::Step::Root)
            append(step.name);
    }
    if (!property.empty()) {
        // A list of tasks within the property itself is renamed as well: `tasks[0].<list element>`.
        const std::size_t bracket = property.find("].<");
        if (named && property.starts_with(std::string(listName) + "[") && bracket != property.npos) {
            append(bracketed ? std::string(listName) + "[" + id->text + "]" : std::string(trimmed(id->text)));
            path += property.substr(bracket + 1);
        } else if (property.starts_with("else") || property.starts_with("finally") || property == "assert") {
            path += (first ? "_" : "._") + std::string(property);
        } else {
            path += (first ? "" : ".") + std::string(property);
        }
    }
    return path;
}

Diagnostic &SchemaCheck::ruleFault(const Bean &bean, std::string_view property, Range range, std::string_view code,
                            std::vector<std::string> args, std::vector<std::string> reports)
{
    if (!bean.checked) { // accepted when saved, wrong when it runs
        Diagnostic &diagnostic = m_report.add(Severity::Warning, Stage::Advice, code, range,
                                              rulePath(bean, property, m_catalog.dialect()), std::move(args));
        diagnostic.reports = std::move(reports);
        return diagnostic;
    }
    Diagnostic &diagnostic =
        m_report.add(Severity::Error, Stage::Rules, code, range, rulePath(bean, property, m_catalog.dialect()), std::move(args));
    diagnostic.reports = std::move(reports);
    return diagnostic;
}

void SchemaCheck::lateFault(const Bean &bean, Range range, std::string_view code, std::vector<std::string> args)
{
    m_report.error(Stage::Late, code, range, *bean.place, std::move(args));
}

void SchemaCheck::check(const Node &root)
{
    const Place place;
    if (const Node *name = root.find("namespace");
        m_catalog.dialect() == Dialect::Kestra1_3 && name && !isNull(*name) && !(name->isScalar() && scalarKind(*name) == ScalarKind::Text) &&
        name->kind != NodeKind::Broken)
        m_report.error(Stage::Early, "type-mismatch", name->range, place.property("namespace"),
                       {"namespace", "text", found(*name)});
    readDefaults(root);
    object({&m_catalog.flowType(), &root, &place});
}

void SchemaCheck::mismatch(const Node &node, std::string_view name, const Place &place, std::string expected)
{
    if (node.kind != NodeKind::Broken)
        m_report.error(Stage::Binding, "type-mismatch", node.range.empty() ? node.whole : node.range, place,
                       {std::string(name), std::move(expected), found(node)});
}

void SchemaCheck::value(const Node &node, const TypeShape &shape, std::string_view name, const Place &place,
                        bool checked)
{
    if (node.kind == NodeKind::Broken || m_depth > kMaxDepth)
        return;
    ++m_depth;
    switch (shape.kind) {
    case Kind::Any: break;
    case Kind::List: list(node, shape, name, place, checked); break;
    case Kind::Map: map(node, shape, name, place, checked); break;
    case Kind::Labels: labels(node, place, checked); break;
    case Kind::Object:
        if (shape.type->name == "ValueOption" && node.isScalar()) {
            break; // a text is its own label
        } else if (shape.type->name == "ValueOption" && node.isMapping() && !node.find("value")) {
            m_report.error(Stage::Binding, "missing-property", node.range, place, {"value"});
        } else if (node.isMapping()) {
            if (shape.type->name == "ScheduleCondition") // an interface: nothing can be made from it
                m_report.error(Stage::Binding, "not-supported", node.range, place, {std::string(name)});
            else
                object({shape.type, &node, &place, checked});
        } else if (!isNull(node)) {
            mismatch(node, name, place, "a map");
        }
        break;
    case Kind::Choice:
        if (!isNull(node))
            choice(node, *shape.type, place, checked);
        break;
    case Kind::Task:
    case Kind::Trigger:
    case Kind::Condition:
    case Kind::TaskRunner:
        if (!isNull(node))
            plugin(node, shape.kind, place, checked);
        break;
    default: scalar(node, shape, name, place);
    }
    --m_depth;
}

void SchemaCheck::scalar(const Node &node, const TypeShape &shape, std::string_view name, const Place &place)
{
    if (!node.isScalar()) {
        mismatch(node, name, place, expectation(shape));
        return;
    }
    if (fitScalar(node, shape) != Fit::Misfit)
        return;
    if (shape.kind != Kind::Enum) {
        mismatch(node, name, place, expectation(shape));
        return;
    }
    Diagnostic &diagnostic =
        m_report.error(Stage::Binding, "unknown-value", node.range, place,
                       {std::string(name), node.text, expectation(shape)});
    diagnostic.suggestion = nearest(node.text, *shape.values);
}

/// A property whose whole value may be an expression is saved whatever it is. A literal that can't
/// work is advice.
void SchemaCheck::mayBeExpression(const Node &node, const Property &property, const Place &place)
{
    const Kind kind = property.shape.kind;
    if (!node.isScalar() || kind == Kind::Any || kind == Kind::Text || kind > Kind::Enum || holdsTemplate(node) ||
        fitScalar(node, property.shape) != Fit::Misfit)
        return;
    Diagnostic &diagnostic = m_report.warning(kind == Kind::Enum ? "unknown-value" : "type-mismatch", node.range, place);
    diagnostic.args = kind == Kind::Enum
                          ? std::vector<std::string>{property.name, node.text, expectation(property.shape)}
                          : std::vector<std::string>{property.name, expectation(property.shape), found(node)};
    if (kind == Kind::Enum)
        diagnostic.suggestion = nearest(node.text, *property.shape.values);
}

void SchemaCheck::list(const Node &node, const TypeShape &shape, std::string_view name, const Place &place,
                       bool checked)
{
    if (!node.isSequence()) {
        if (!isNull(node))
            mismatch(node, name, place, expectation(shape));
        return;
    }
    for (std::size_t i = 0; i < node.items.size(); ++i)
        if (!m_taken || !m_taken->isClean(*node.items[i]))
            value(*node.items[i], *shape.item, name, place.item(i), checked);
}

void SchemaCheck::map(const Node &node, const TypeShape &shape, std::string_view name, const Place &place,
                      bool checked)
{
    if (!node.isMapping()) {
        if (!isNull(node))
            mismatch(node, name, place, expectation(shape));
        return;
    }
    if (shape.item->kind == Kind::Any)
        return;
    for (const Entry &entry : node.entries)
        if (entry.key->isScalar())
            value(*entry.value, *shape.item, name, place.key(entry.key->text), checked);
}

/// A data type that is picked by its `type`: inputs, retries, SLAs.
void SchemaCheck::choice(const Node &node, const TaskType &type, const Place &place, bool checked)
{
    const Node *name = node.isMapping() ? node.find(type.discriminator) : nullptr;
    if (node.isSequence() || (name && !name->isScalar())) {
        mismatch(name ? *name : node, type.discriminator, place, "text");
        return;
    }
    if (!name || !name->isScalar() || isNull(*name)) {
        const Range range = name ? name->range : node.isMapping() && !node.entries.empty() ? node.entries.front().key->range
                                                                                          : node.whole;
        m_report.error(Stage::Binding, "missing-type", range, place, {"null"});
        return;
    }
    const auto sub = type.subTypes.find(textOf(*name));
    const TaskType *picked = sub == type.subTypes.end() ? nullptr : m_catalog.findData(sub->second);
    if (!picked) {
        std::vector<std::string_view> names;
        for (const auto &[value, target] : type.subTypes)
            names.push_back(value);
        m_report.error(Stage::Binding, "unknown-type", name->range, place, {name->text}).suggestion =
            nearest(name->text, names);
        return;
    }
    object({picked, &node, &place, checked});
    constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kOld = {{{"BOOLEAN", "BOOL"}, {"ENUM", "SELECT"}}};
    for (const auto &[old, current] : kOld)
        if (type.name == "Input" && name->text == old && type.subTypes.count(std::string(current)))
            m_report.hint("deprecated-type", name->range, place, {std::string(old)}).suggestion = current;
}

void SchemaCheck::plugin(const Node &node, Kind kind, const Place &place, bool checked)
{
    if (!node.isMapping()) {
        // It becomes nothing, and only tasks and triggers of the flow itself are read once more when saved.
        const bool topLevel = place.parent && place.parent->parent && !place.parent->parent->parent &&
                              (place.parent->name == "tasks" || place.parent->name == "triggers");
        if (topLevel)
            m_report.error(Stage::Saving, "missing-type", node.whole, place, {"<null>"});
        else
            m_report.warning("missing-type", node.whole, place, {"<null>"});
        return;
    }
    const Node *typeNode = node.find("type");
    const bool isText = typeNode && typeNode->isScalar() && scalarKind(*typeNode) == ScalarKind::Text;
    if (!isText) {
        if (typeNode && typeNode->kind == NodeKind::Broken)
            return;
        const Range range = typeNode && !typeNode->range.empty() ? typeNode->range
                            : node.entries.empty()               ? node.whole
                                                                 : node.entries.front().key->range;
        m_report.error(Stage::Binding, "missing-type", range, place, {"<null>"});
        return;
    }
    const TaskType *type = m_catalog.find(typeNode->text);
    if (!type) {
        unknownType(node, *typeNode, kind, place, checked);
        return;
    }
    if (type->group != groupOf(kind)) {
        const std::vector<std::string> args = {typeNode->text};
        if (kind == Kind::Condition) // any plugin is taken for a condition when saved
            m_report.warning("wrong-kind", typeNode->range, place, args);
        else
            m_report.error(kind == Kind::TaskRunner ? Stage::Binding : Stage::Late, "wrong-kind", typeNode->range,
                           place, args);
    }
    const Node *merged = withDefaults(node, typeNode->text);
    object({type, merged, &place, checked});
    if (m_catalog.isAlias(typeNode->text))
        m_report.hint("renamed-type", typeNode->range, place, {typeNode->text, type->name}).suggestion = type->name;
    else if (type->deprecated)
        m_report.hint("deprecated-type", typeNode->range, place, {type->name});
}

void SchemaCheck::unknownType(const Node &node, const Node &typeNode, Kind kind, const Place &place, bool checked)
{
    if (isForeignClass(typeNode.text)) {
        m_report.warning("foreign-type", typeNode.range, place, {typeNode.text});
        if (const TaskType *base = m_catalog.findData(baseOf(kind))) {
            const Node *merged = withDefaults(node, typeNode.text);
            object({base, merged, &place, checked, true});
        }
        return;
    }
    // First a type of the same last part, which is what people remember of a name.
    const std::vector<const TaskType *> &types = m_catalog.types(groupOf(kind));
    const auto lastPart = [](std::string_view name) { return name.substr(name.rfind('.') + 1); };
    std::vector<std::string_view> names;
    std::string suggestion;
    for (const TaskType *type : types) {
        names.push_back(type->name);
        if (suggestion.empty() && editDistance(lastPart(type->name), lastPart(typeNode.text), 1) == 0)
            suggestion = type->name;
    }
    if (suggestion.empty())
        suggestion = nearest(typeNode.text, names);
    m_report.error(Stage::Binding, "unknown-type", typeNode.range, place, {typeNode.text}).suggestion = suggestion;
}

void SchemaCheck::labels(const Node &node, const Place &place, bool checked)
{
    const TaskType *type = m_catalog.findData("Label");
    const auto refuse = [&](const Node &value, std::string_view key) {
        m_report.error(Stage::Binding, "invalid-label", value.range.empty() ? value.whole : value.range, place,
                       {std::string(key)});
    };
    const auto isValue = [](const Node *value) { return value && value->isScalar() && !isNull(*value); };
    if (node.isMapping()) {
        for (std::size_t i = 0; i < node.entries.size(); ++i) {
            const Entry &entry = node.entries[i];
            const bool nullValue = isNull(*entry.value) || !entry.value->isScalar();
            if (entry.value->kind == NodeKind::Broken || !entry.key->isScalar())
                continue;
            if (nullValue) {
                refuse(*entry.value, entry.key->text);
                continue;
            }
            // A map is read as a list of keys and values.
            Node label;
            label.kind = NodeKind::Mapping;
            label.range = {entry.key->whole.begin, entry.value->whole.end};
            label.whole = label.range;
            Node key;
            key.text = "key";
            key.range = entry.key->range;
            Node value;
            value.text = "value";
            value.range = entry.value->range;
            const Entry entries[] = {{&key, entry.key}, {&value, entry.value}};
            label.entries = entries;
            const Place at = place.item(i);
            if (type)
                constraints({type, &label, &at, checked});
        }
        return;
    }
    if (!node.isSequence()) {
        if (!isNull(node) && node.kind != NodeKind::Broken)
            refuse(node, "");
        return;
    }
    for (std::size_t i = 0; i < node.items.size(); ++i) {
        const Node &item = *node.items[i];
        if (item.kind == NodeKind::Broken)
            continue;
        const Node *value = item.isMapping() ? item.find("value") : nullptr;
        const Node *key = item.isMapping() ? item.find("key") : nullptr;
        if (!item.isMapping() || !isValue(value) || (key && !key->isScalar())) {
            refuse(value ? *value : item, key ? key->text : "");
            continue;
        }
        const Place at = place.item(i);
        if (type)
            constraints({type, &item, &at, checked});
    }
}

void SchemaCheck::object(const Bean &bean)
{
    for (const Entry &entry : bean.node->entries) {
        if (!entry.key->isScalar() || bean.node->find(entry.key->text) != entry.value)
            continue;
        const Property *property = bean.type->find(entry.key->text);
        if (!property) {
            if (!bean.open)
                unknownProperty(bean, *entry.key);
            continue;
        }
        const Place place = bean.place->property(entry.key->text);
        if (property->property)
            mayBeExpression(*entry.value, *property, place);
        else
            value(*entry.value, property->shape, property->name, place,
                  bean.checked && isCascaded(bean, property->name, m_catalog.dialect()));
        if (property->deprecated)
            m_report.hint("deprecated-property", entry.key->range, place, {property->name, property->aliasOf})
                .suggestion = property->aliasOf;
    }
    constraints(bean);
    checkObjectRules(*this, bean);
}

void SchemaCheck::unknownProperty(const Bean &bean, const Node &key)
{
    if (bean.type == &m_catalog.flowType() && key.text == "source")
        return; // the text itself, as the real engine exports it
    const Place place = bean.place->property(key.text);
    std::vector<std::string_view> names;
    for (const Property &property : bean.type->properties)
        if (!property.hidden)
            names.push_back(property.name);
    const Node *value = bean.node->find(key.text);
    const bool dropped = value && isNull(*value); // entries without a value are left out before binding
    m_report.add(dropped ? Severity::Warning : Severity::Error, dropped ? Stage::Advice : Stage::Binding,
                 "unknown-property", key.range, place.text(), {key.text, bean.type->name})
        .suggestion = nearest(key.text, names);
}

} // namespace flow
