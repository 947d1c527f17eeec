#include "engine/flow/task_catalog.h"

#include <algorithm>
#include <array>
#include <limits>
#include <unordered_map>

namespace flow {

namespace {

constexpr std::string_view kCountedFlow = "Count.Flow"; // has no entry in the catalog's data

struct TextHash
{
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

template <typename T>
using ByName = std::unordered_map<std::string, T, TextHash, std::equal_to<>>;

bool flag(const Value &object, std::string_view key)
{
    const Value *value = object.find(key);
    return value && value->asBool();
}

std::string text(const Value &object, std::string_view key)
{
    const Value *value = object.find(key);
    return value ? value->text() : std::string();
}

std::vector<std::string> texts(const Value *list)
{
    std::vector<std::string> values;
    if (list)
        for (const Value &item : list->list())
            values.push_back(item.text());
    return values;
}

std::shared_ptr<const PropertyRules> readRules(const Value &json)
{
    if (json.map().empty())
        return nullptr;
    auto rules = std::make_shared<PropertyRules>();
    for (const auto &[name, args] : json.map()) {
        const auto number = [&, &arguments = args](const char *key, std::int64_t fallback) {
            const Value *value = arguments.find(key);
            return value ? value->asInt() : fallback;
        };
        if (name == "NotNull")
            rules->notNull = true;
        else if (name == "NotBlank")
            rules->notBlank = true;
        else if (name == "NotEmpty")
            rules->notEmpty = true;
        else if (name == "Null")
            rules->mustBeNull = true;
        else if (name == "TimezoneId")
            rules->timezone = true;
        else if (name == "Regex")
            rules->regex = true;
        else if (name == "element:NotNull")
            rules->elementNotNull = true;
        else if (name == "element:Regex")
            rules->elementRegex = true;
        else if (name == "element:NoSystemLabelValidation")
            rules->elementNoSystemLabel = true;
        else if (name == "Min")
            rules->min = number("value", 0);
        else if (name == "PositiveOrZero")
            rules->min = 0;
        else if (name == "Positive")
            rules->min = 1;
        else if (name == "Size")
            rules->size = std::pair(number("min", 0), number("max", std::numeric_limits<std::int64_t>::max()));
        else if (name == "Pattern") {
            rules->regexp = text(args, "regexp");
            rules->pattern.emplace(rules->regexp);
        }
    }
    return rules;
}

Property readProperty(const Value &json)
{
    Property property;
    property.name = text(json, "name");
    property.type = text(json, "type");
    property.description = text(json, "description");
    property.required = flag(json, "required");
    property.expression = flag(json, "expression");
    property.property = flag(json, "property");
    property.deprecated = flag(json, "deprecated");
    property.storageUri = flag(json, "storageUri");
    property.hidden = flag(json, "hidden");
    property.aliasOf = text(json, "aliasOf");
    if (const Value *value = json.find("default"))
        property.defaultValue = *value;
    if (const Value *value = json.find("constraints"))
        property.constraints = *value;
    property.rules = readRules(property.constraints);
    return property;
}

std::vector<Property> readProperties(const Value *list)
{
    std::vector<Property> properties;
    if (list)
        for (const Value &item : list->list())
            properties.push_back(readProperty(item));
    return properties;
}

PluginGroup groupOf(std::string_view name)
{
    if (name == "tasks")
        return PluginGroup::Task;
    if (name == "triggers")
        return PluginGroup::Trigger;
    if (name == "conditions")
        return PluginGroup::Condition;
    return name == "task-runners" ? PluginGroup::TaskRunner : PluginGroup::Other;
}

/// The data type whose properties all types of a group have.
std::string_view baseOf(PluginGroup group)
{
    switch (group) {
    case PluginGroup::Task: return "Task";
    case PluginGroup::Trigger: return "AbstractTrigger";
    case PluginGroup::Condition: return "Condition";
    case PluginGroup::TaskRunner: return "TaskRunner";
    default: return {};
    }
}

TaskType readType(std::string name, const Value &json)
{
    TaskType type;
    type.name = std::move(name);
    type.description = text(json, "description");
    type.deprecated = flag(json, "deprecated");
    type.properties = readProperties(json.find("properties"));
    type.outputs = readProperties(json.find("outputs"));
    type.aliases = texts(json.find("aliases"));
    type.kinds = texts(json.find("kinds"));
    type.rules = texts(json.find("classConstraints"));
    type.className = text(json, "class");
    if (type.className.empty())
        type.className = type.name;
    type.discriminator = text(json, "discriminator");
    if (const Value *subTypes = json.find("subTypes"))
        for (const auto &[value, target] : subTypes->map())
            type.subTypes.emplace(value, target.text());
    const auto can = [&](std::string_view kind) {
        return std::find(type.kinds.begin(), type.kinds.end(), kind) != type.kinds.end();
    };
    type.flowable = can("FlowableTask");
    type.runnable = can("RunnableTask");
    return type;
}

void appendMissing(std::vector<Property> &properties, const std::vector<Property> &more)
{
    for (const Property &property : more) {
        const bool known = std::any_of(properties.begin(), properties.end(), [&](const Property &own) {
            return own.name == property.name;
        });
        if (!known)
            properties.push_back(property);
    }
}

} // namespace

const Property *TaskType::find(std::string_view property) const
{
    for (const Property &candidate : properties)
        if (candidate.name == property)
            return &candidate;
    return nullptr;
}

struct TaskCatalog::Data
{
    Dialect dialect = Dialect::Kestra1_3;
    ByName<std::unique_ptr<TaskType>> plugins;
    ByName<std::unique_ptr<TaskType>> data;
    ByName<const TaskType *> aliases;
    ByName<std::vector<std::string>> enums;
    ByName<std::vector<Property>> common;
    ByName<std::map<std::string, std::string>> docs; ///< of types, then of properties; that of the type itself has no name
    std::array<std::vector<const TaskType *>, 6> groups;
    const TaskType *flow = nullptr;
    const TaskType *input = nullptr;

    void read(const Value &json);
    void link();
    void document(TaskType &type, std::string_view base);
    void resolve(std::vector<Property> &properties);
    TypeShape shapeOf(std::string_view type) const;
};

void TaskCatalog::Data::read(const Value &json)
{
    if (const Value *lists = json.find("common"))
        for (const auto &[name, list] : lists->map())
            common[name] = readProperties(&list);
    if (const Value *types = json.find("types"))
        for (const auto &[name, type] : types->map())
            data[name] = std::make_unique<TaskType>(readType(name, type));
    if (const Value *lists = json.find("enums"))
        for (const auto &[name, values] : lists->map())
            enums[name] = texts(&values);
    if (const Value *lists = json.find("docs"))
        for (const auto &[name, sentences] : lists->map())
            for (const auto &[property, sentence] : sentences.map())
                docs[name].emplace(property, sentence.text());
    if (const Value *list = json.find("plugins")) {
        for (const Value &plugin : list->list()) {
            auto type = std::make_unique<TaskType>(readType(text(plugin, "type"), plugin));
            type->group = groupOf(text(plugin, "group"));
            const std::string name = type->name;
            plugins[name] = std::move(type);
        }
    }
}

/// Words for what came without: of its type, else of the class it has the property from.
void TaskCatalog::Data::document(TaskType &type, std::string_view base)
{
    const auto own = docs.find(type.name), inherited = docs.find(base);
    const auto say = [](std::string &description, const auto &found, const auto &none, const std::string &property) {
        if (description.empty() && found != none)
            if (const auto sentence = found->second.find(property); sentence != found->second.end())
                description = sentence->second;
    };
    say(type.description, own, docs.end(), {});
    for (Property &property : type.properties) {
        say(property.description, own, docs.end(), property.name);
        say(property.description, inherited, docs.end(), property.name);
    }
}

/// After all texts are read: common properties, groups, aliases, words.
void TaskCatalog::Data::link()
{
    for (auto &[name, type] : plugins) {
        const std::string_view base = baseOf(type->group);
        if (const auto found = common.find(base); found != common.end())
            appendMissing(type->properties, found->second);
        else if (const auto other = data.find(base); other != data.end())
            appendMissing(type->properties, other->second->properties);
        document(*type, base);
        groups[static_cast<std::size_t>(type->group)].push_back(type.get());
        for (const std::string &alias : type->aliases)
            aliases[alias] = type.get();
    }
    for (auto &group : groups)
        std::sort(group.begin(), group.end(),
                  [](const TaskType *a, const TaskType *b) { return a->name < b->name; });
    const auto named = [&](std::string_view name) {
        const auto found = data.find(name);
        return found == data.end() ? nullptr : found->second.get();
    };
    if (const auto check = data.find("Check"); dialect == Dialect::Kestra2_0 && check != data.end()) {
        Property &old = check->second->properties.emplace_back(); // still read, though no longer listed
        old.name = "condition";
        old.type = "string";
        old.aliasOf = "when";
        old.deprecated = true;
    }
    auto counted = std::make_unique<TaskType>();
    counted->name = counted->className = kCountedFlow;
    for (const char *property : {"namespace", "flowId"}) {
        Property &text = counted->properties.emplace_back();
        text.name = property;
        text.type = "string";
    }
    data[counted->name] = std::move(counted);
    for (auto &[name, type] : plugins)
        resolve(type->properties);
    for (auto &[name, type] : data) {
        resolve(type->properties);
        document(*type, {});
    }
    flow = named("Flow");
    input = named("Input");
    if (input)
        for (const auto &[value, name] : input->subTypes)
            if (TaskType *type = named(name)) {
                type->group = PluginGroup::Input;
                groups[static_cast<std::size_t>(PluginGroup::Input)].push_back(type);
            }
}

TypeShape TaskCatalog::Data::shapeOf(std::string_view type) const
{
    using Kind = TypeShape::Kind;
    static const std::map<std::string_view, Kind> kNamed = {
        {"string", Kind::Text},        {"boolean", Kind::Boolean},      {"integer", Kind::Integer},
        {"number", Kind::Number},      {"duration", Kind::Duration},    {"instant", Kind::Instant},
        {"date", Kind::Date},          {"time", Kind::Time},            {"Task", Kind::Task},
        {"AbstractTrigger", Kind::Trigger}, {"Condition", Kind::Condition}, {"TaskRunner", Kind::TaskRunner},
        {"array<Label>", Kind::Labels},
    };
    TypeShape shape;
    if (const auto named = kNamed.find(type); named != kNamed.end()) {
        shape.kind = named->second;
        return shape;
    }
    for (const auto &[prefix, kind] : {std::pair<std::string_view, Kind>{"array<", Kind::List}, {"map<", Kind::Map}})
        if (type.starts_with(prefix)) {
            shape.kind = kind;
            shape.item = std::make_shared<TypeShape>(
                shapeOf(type.substr(prefix.size(), type.size() - prefix.size() - 1)));
            return shape;
        }
    constexpr std::string_view kEnum = "enum:";
    if (type.starts_with(kEnum)) {
        const auto found = enums.find(type.substr(kEnum.size()));
        if (found != enums.end()) {
            shape.kind = Kind::Enum;
            shape.values = &found->second;
        }
        return shape;
    }
    // `Flow` names two classes: a property of that type is what a Count task counts.
    if (const auto found = data.find(type == "Flow" ? kCountedFlow : type); found != data.end()) {
        shape.type = found->second.get();
        shape.kind = shape.type->discriminator.empty() ? Kind::Object : Kind::Choice;
    }
    return shape;
}

void TaskCatalog::Data::resolve(std::vector<Property> &properties)
{
    for (Property &property : properties)
        property.shape = shapeOf(property.type);
}

TaskCatalog::TaskCatalog() : m_data(std::make_unique<Data>()) {}
TaskCatalog::~TaskCatalog() = default;

Result<std::shared_ptr<const TaskCatalog>> TaskCatalog::load(const std::vector<std::string> &jsonTexts,
                                                             Dialect dialect)
{
    const std::shared_ptr<TaskCatalog> catalog(new TaskCatalog);
    catalog->m_data->dialect = dialect;
    for (std::size_t i = 0; i < jsonTexts.size(); ++i) {
        const JsonParse parsed = parseJson(jsonTexts[i]);
        if (!parsed.ok)
            return Error{ErrorCode::InvalidYaml,
                         {parsed.error},
                         "catalog " + std::to_string(i) + ", byte " + std::to_string(parsed.offset)};
        catalog->m_data->read(parsed.value);
    }
    catalog->m_data->link();
    if (!catalog->m_data->flow)
        return Error{ErrorCode::InvalidYaml, {"no type named Flow"}, "catalog"};
    return std::shared_ptr<const TaskCatalog>(catalog);
}

Dialect TaskCatalog::dialect() const
{
    return m_data->dialect;
}

const TaskType *TaskCatalog::find(std::string_view type) const
{
    if (const auto found = m_data->plugins.find(type); found != m_data->plugins.end())
        return found->second.get();
    const auto alias = m_data->aliases.find(type);
    return alias == m_data->aliases.end() ? nullptr : alias->second;
}

const TaskType *TaskCatalog::findData(std::string_view name) const
{
    const auto found = m_data->data.find(name);
    return found == m_data->data.end() ? nullptr : found->second.get();
}

const TaskType *TaskCatalog::findInput(std::string_view type) const
{
    if (!m_data->input)
        return nullptr;
    const auto found = m_data->input->subTypes.find(std::string(type));
    return found == m_data->input->subTypes.end() ? nullptr : findData(found->second);
}

const TaskType &TaskCatalog::flowType() const
{
    return *m_data->flow;
}

bool TaskCatalog::isAlias(std::string_view type) const
{
    return m_data->aliases.find(type) != m_data->aliases.end();
}

const std::vector<std::string> &TaskCatalog::enumValues(std::string_view name) const
{
    static const std::vector<std::string> kNone;
    const auto found = m_data->enums.find(name);
    return found == m_data->enums.end() ? kNone : found->second;
}

const std::vector<const TaskType *> &TaskCatalog::types(PluginGroup group) const
{
    return m_data->groups[static_cast<std::size_t>(group)];
}

} // namespace flow
