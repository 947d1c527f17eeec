#include "engine/flow/task_schema.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <vector>

namespace flow {

namespace {

using Json = nlohmann::json;

const Json *member(const Json &object, const char *key)
{
    if (!object.is_object())
        return nullptr;
    const auto found = object.find(key);
    return found == object.end() ? nullptr : &*found;
}

std::string text(const Json &object, const char *key)
{
    const Json *value = member(object, key);
    return value && value->is_string() ? value->get<std::string>() : std::string();
}

bool flag(const Json &object, const char *key)
{
    const Json *value = member(object, key);
    return value && value->is_boolean() && value->get<bool>();
}

/// What the schema of a property says, itself or in a part of its `allOf`: a reference stands in one part, what is said
/// of the property in the next. Of choices the first that says it.
const Json *fact(const Json &schema, const char *key)
{
    if (const Json *own = member(schema, key))
        return own;
    for (const char *parts : {"allOf", "anyOf", "oneOf"})
        if (const Json *list = member(schema, parts); list && list->is_array())
            for (const Json &part : *list)
                if (const Json *found = fact(part, key))
                    return found;
    return nullptr;
}

bool isSaid(const Json &schema, const char *key)
{
    const Json *value = fact(schema, key);
    return value && value->is_boolean() && value->get<bool>();
}

std::string words(const Json &schema, const char *key)
{
    const Json *value = fact(schema, key);
    return value && value->is_string() ? value->get<std::string>() : std::string();
}

/// Title and documentation, without the lines that repeat the default.
std::string description(const Json &schema)
{
    std::string title = words(schema, "title"), more = words(schema, "markdownDescription");
    if (more.empty())
        more = words(schema, "description");
    constexpr std::string_view kDefault = "Default value is";
    for (std::size_t at = more.find(kDefault); at != more.npos; at = more.find(kDefault, at)) {
        const std::size_t end = more.find('\n', at);
        more.erase(at, end == more.npos ? end : end - at + 1);
    }
    while (!more.empty() && (more.back() == '\n' || more.back() == ' '))
        more.pop_back();
    return title.empty() || more.empty() ? title + more : title + "\n\n" + more;
}

/// `io.kestra.core.models.tasks.retrys.Constant-2` names a class, and which of its shapes.
std::string withoutVariant(const std::string &definition)
{
    const std::size_t dash = definition.rfind('-');
    const bool numbered = dash != definition.npos && dash + 1 < definition.size() &&
                          definition.find_first_not_of("0123456789", dash + 1) == definition.npos;
    return numbered ? definition.substr(0, dash) : definition;
}

std::string lastStep(const std::string &reference)
{
    return reference.substr(reference.rfind('/') + 1);
}

/// The names of the type a definition is of, the old ones behind the new one. Empty when it is of none.
std::vector<std::string> namesOf(const Json &definition)
{
    const Json *own = member(definition, "properties");
    const Json *type = own ? member(*own, "type") : nullptr;
    std::vector<std::string> names;
    if (!type)
        return names;
    if (const std::string one = text(*type, "const"); !one.empty())
        names.push_back(one);
    else if (const Json *several = member(*type, "enum"); several && several->is_array())
        for (const Json &name : *several)
            if (name.is_string())
                names.push_back(name.get<std::string>());
    return names;
}

/// Models of the language are told apart by a `type`, too; what a server adds stands elsewhere.
bool isPluginName(const std::string &name)
{
    return name.find('.') != name.npos && !name.starts_with("io.kestra.core.models.");
}

/// Which list of a flow a type stands in: what every task has says it, else its package.
std::string groupOf(const std::string &type, const Json &definition)
{
    if (const Json *own = member(definition, "properties"); own && member(*own, "allowFailure"))
        return "tasks";
    const std::string name = type.substr(type.rfind('.') + 1);
    if (type.find(".runner.") != type.npos)
        return "task-runners";
    if (type.find(".condition.") != type.npos || type.find(".conditions.") != type.npos)
        return "conditions";
    if (type.find(".trigger.") != type.npos || name.ends_with("Trigger") || name == "Trigger")
        return "triggers";
    return "tasks";
}

/// What a property is declared as that holds plugins of a group.
std::string declaredAs(const std::string &group)
{
    return group == "tasks" ? "Task" : group == "triggers" ? "AbstractTrigger" : group == "conditions" ? "Condition" : "TaskRunner";
}

class Importer
{
public:
    Importer(const Json &schema, const TaskCatalog &known) : m_known(known)
    {
        for (const char *key : {"definitions", "$defs"})
            if (const Json *found = member(schema, key); found && found->is_object())
                m_definitions = found;
    }

    /// Of the type itself, whose properties may stand one level deeper (`properties` and `outputs` of one plugin).
    void plugin(const std::vector<std::string> &names, const Json &schema)
    {
        const std::string &name = names.front();
        if (!m_seen.insert(name).second)
            return;
        const Json *own = member(schema, "properties");
        const bool isDeep = own && member(*own, "properties") && !member(*own, "type"); // else it has a property of that name
        const Json &shape = isDeep ? *own : schema;
        if (const TaskType *known = m_known.find(name)) {
            document(*known, shape);
            return;
        }
        Json made{{"type", name}, {"group", groupOf(name, shape)}, {"properties", properties(name, shape)}, {"outputs", Json::array()}};
        made["description"] = description(shape);
        if (names.size() > 1)
            made["aliases"] = std::vector<std::string>(names.begin() + 1, names.end());
        if (flag(shape, "$deprecated"))
            made["deprecated"] = true;
        if (const Json *outputs = member(schema, "outputs"))
            made["outputs"] = properties(name, *outputs);
        m_plugins.push_back(std::move(made));
    }

    void allPlugins()
    {
        if (!m_definitions)
            return;
        for (const auto &[key, definition] : m_definitions->items())
            if (const std::vector<std::string> names = namesOf(definition); !names.empty() && isPluginName(names.front()))
                plugin(names, definition);
    }

    bool empty() const { return m_plugins.empty() && m_docs.empty(); }
    std::string catalog() const
    {
        return Json{{"plugins", m_plugins}, {"types", m_types}, {"enums", m_enums}, {"docs", m_docs}}.dump();
    }

private:
    /// Of a type that is known the words are taken where it has none.
    void document(const TaskType &known, const Json &shape)
    {
        Json docs = Json::object();
        if (known.description.empty() && !description(shape).empty())
            docs[""] = description(shape);
        const Json *own = member(shape, "properties");
        for (const Property &property : known.properties) {
            const Json *said = own ? member(*own, property.name.c_str()) : nullptr;
            if (said && property.description.empty() && !description(*said).empty())
                docs[property.name] = description(*said);
        }
        if (!docs.empty())
            m_docs[known.name] = std::move(docs);
    }

    Json properties(const std::string &owner, const Json &schema)
    {
        Json list = Json::array();
        std::set<std::string> required;
        if (const Json *names = member(schema, "required"); names && names->is_array())
            for (const Json &name : *names)
                if (name.is_string())
                    required.insert(name.get<std::string>());
        const Json *own = member(schema, "properties");
        if (!own)
            return list;
        for (const auto &[name, property] : own->items()) {
            if (!property.is_object() || (name == "type" && (member(property, "const") || isPluginName(owner))))
                continue;
            bool expression = isSaid(property, "$dynamic");
            Json made{{"name", name}, {"type", typeOf(owner + '.' + name, property, expression)}};
            Json constraints = constraintsOf(property, expression);
            if (required.contains(name) || isSaid(property, "$required")) {
                made["required"] = true;
                constraints["NotNull"] = Json::object();
            }
            if (!constraints.empty())
                made["constraints"] = std::move(constraints);
            made["expression"] = expression;
            made["property"] = expression;
            if (isSaid(property, "$deprecated") || isSaid(property, "deprecated"))
                made["deprecated"] = true;
            if (isSaid(property, "$internalStorageURI"))
                made["storageUri"] = true;
            if (const std::string about = description(property); !about.empty())
                made["description"] = about;
            if (const Json *value = fact(property, "default"))
                made["default"] = *value;
            list.push_back(std::move(made));
        }
        return list;
    }

    /// Of values that are what they say; an expression is known only when it is run.
    static Json constraintsOf(const Json &schema, bool expression)
    {
        Json made = Json::object();
        if (expression)
            return made;
        if (const std::string pattern = text(schema, "pattern"); !pattern.empty())
            made["Pattern"] = {{"regexp", pattern}};
        if (const Json *least = member(schema, "minimum"); least && least->is_number_integer())
            made["Min"] = {{"value", *least}};
        if (const Json *most = member(schema, "maxLength"); most && most->is_number_integer())
            made["Size"] = {{"min", 0}, {"max", *most}};
        return made;
    }

    /// In the words of the catalog. `path` names an enum or an object that has no name of its own.
    std::string typeOf(const std::string &path, const Json &schema, bool &expression)
    {
        for (const char *key : {"anyOf", "oneOf"})
            if (const Json *choices = member(schema, key); choices && choices->is_array() && !choices->empty())
                return choiceOf(path, *choices, expression);
        if (const Json *all = member(schema, "allOf"); all && all->is_array())
            for (const Json &part : *all)
                if (const std::string type = typeOf(path, part, expression); type != "any")
                    return type;
        if (const std::string reference = text(schema, "$ref"); !reference.empty())
            return objectType(lastStep(reference));
        if (const Json *values = member(schema, "enum"); values && values->is_array()) {
            m_enums[path] = *values;
            return "enum:" + path;
        }
        std::string type = text(schema, "type");
        if (const Json *several = member(schema, "type"); several && several->is_array()) // ["string", "null"]
            for (const Json &one : *several)
                if (type.empty() && one.is_string() && one != "null")
                    type = one.get<std::string>();
        if (type == "string")
            return textType(text(schema, "format"));
        if (type == "integer" || type == "number" || type == "boolean")
            return type;
        const auto of = [&](const char *key) {
            const Json *item = member(schema, key);
            return item && item->is_object() ? typeOf(path + "[]", *item, expression) : std::string("any");
        };
        if (type == "array")
            return "array<" + of("items") + '>';
        if (type != "object")
            return "any";
        if (!member(schema, "properties"))
            return "map<" + of("additionalProperties") + '>';
        if (!m_types.contains(path)) {
            m_types[path] = Json::object(); // it may hold itself
            m_types[path] = Json{{"properties", properties(path, schema)}};
        }
        return path;
    }

    static std::string textType(const std::string &format)
    {
        static const std::map<std::string_view, const char *> kTypes = {
            {"duration", "duration"}, {"date-time", "instant"}, {"date", "date"}, {"time", "time"}, {"partial-time", "time"}, {"uri", "uri"}};
        const auto found = kTypes.find(format);
        return found == kTypes.end() ? "string" : found->second;
    }

    std::string choiceOf(const std::string &path, const Json &choices, bool &expression)
    {
        std::vector<std::string> definitions;
        for (const Json &choice : choices)
            if (const std::string reference = words(choice, "$ref"); !reference.empty())
                definitions.push_back(lastStep(reference));
        if (definitions.size() == choices.size())
            if (const std::string type = objectsType(path, definitions); !type.empty())
                return type;
        // A text beside something else is an expression that gives it; a list beside a map are labels.
        std::vector<std::string> types;
        for (const Json &choice : choices)
            types.push_back(typeOf(path, choice, expression));
        const auto has = [&](std::string_view type) {
            return std::any_of(types.begin(), types.end(), [&](const std::string &one) { return one.starts_with(type); });
        };
        if (has("array<") && has("map<"))
            return path.ends_with("abels") ? "array<Label>" : "any";
        expression = expression || (types.size() > 1 && std::find(types.begin(), types.end(), "string") != types.end());
        const auto other = std::find_if(types.begin(), types.end(), [](const std::string &one) { return one != "string"; });
        return other == types.end() ? "string" : *other;
    }

    /// One of several objects: plugins of a group, else data told apart by their `type`. Empty when they are neither.
    std::string objectsType(const std::string &path, const std::vector<std::string> &definitions)
    {
        if (const std::string base = knownBase(definitions); !base.empty())
            return base;
        Json subTypes = Json::object();
        for (const std::string &name : definitions) {
            const Json *definition = m_definitions ? member(*m_definitions, name.c_str()) : nullptr;
            const std::vector<std::string> names = definition ? namesOf(*definition) : std::vector<std::string>();
            if (names.empty())
                return definitions.size() == 1 ? objectType(name) : std::string();
            if (isPluginName(names.front()))
                return declaredAs(groupOf(names.front(), *definition));
            for (const std::string &one : names)
                subTypes[one] = objectType(name);
        }
        if (!m_types.contains(path))
            m_types[path] = Json{{"discriminator", "type"}, {"subTypes", subTypes}, {"properties", Json::array()}};
        return path;
    }

    /// The short name of a class the catalog has as data; empty when it has none.
    std::string knownName(const std::string &name) const
    {
        std::string shortName = name.substr(name.rfind('.') + 1), className = name;
        std::replace(shortName.begin(), shortName.end(), '-', '.');
        std::replace(className.begin(), className.end(), '-', '$');
        const TaskType *data = m_known.findData(shortName);
        return data && (data->className == className || data->className == shortName) ? shortName : std::string();
    }

    /// What the catalog calls one of several objects it has: retries, inputs, ways to sign in. Empty when it has no such.
    std::string knownBase(const std::vector<std::string> &definitions) const
    {
        for (const char *base : {"AbstractRetry", "Input", "AbstractAuthConfiguration", "SLA", "AbstractMetric"}) {
            const TaskType *data = m_known.findData(base);
            const bool all = data && std::all_of(definitions.begin(), definitions.end(), [&](const std::string &definition) {
                const std::string name = knownName(withoutVariant(definition));
                return std::any_of(data->subTypes.begin(), data->subTypes.end(), [&](const auto &sub) { return sub.second == name; });
            });
            if (all)
                return base;
        }
        return {};
    }

    std::string objectType(const std::string &definitionName)
    {
        const std::string name = withoutVariant(definitionName);
        if (name.ends_with(".Task") || name == "Task")
            return "Task";
        if (const std::string known = knownName(name); !known.empty())
            return known;
        const Json *definition = m_definitions ? member(*m_definitions, definitionName.c_str()) : nullptr;
        if (!definition)
            return "any";
        if (const std::vector<std::string> names = namesOf(*definition); !names.empty() && isPluginName(names.front()))
            return declaredAs(groupOf(names.front(), *definition));
        if (m_types.contains(name))
            return name;
        if (!member(*definition, "properties")) {
            bool expression = false;
            return m_open.insert(name).second ? typeOf(name, *definition, expression) : "any";
        }
        m_types[name] = Json::object();
        m_types[name] = Json{{"description", description(*definition)}, {"properties", properties(name, *definition)}};
        return name;
    }

    const TaskCatalog &m_known;
    const Json *m_definitions = nullptr;
    std::set<std::string> m_seen, m_open;
    Json m_plugins = Json::array(), m_types = Json::object(), m_enums = Json::object(), m_docs = Json::object();
};

} // namespace

Result<std::string> catalogOfSchema(std::string_view json, const TaskCatalog &known)
{
    const Json read = Json::parse(json, nullptr, false);
    if (read.is_discarded() || !read.is_object())
        return Error{ErrorCode::InvalidYaml, {"no JSON object"}, {}};
    // One plugin is wrapped: {"markdown": …, "schema": {…}, "type": …} or {"title": the type, "properties": …}.
    const Json *wrapped = member(read, "schema");
    const Json &schema = wrapped && wrapped->is_object() ? *wrapped : read;
    Importer importer(schema, known);
    importer.allPlugins();
    std::vector<std::string> names = namesOf(schema);
    if (names.empty())
        names = {isPluginName(text(read, "type")) ? text(read, "type") : text(schema, "title")};
    if (isPluginName(names.front()) && names.front().find(' ') == std::string::npos)
        importer.plugin(names, schema);
    if (importer.empty())
        return Error{ErrorCode::NoSuchProperty, {"type"}, {}};
    return importer.catalog();
}

} // namespace flow
