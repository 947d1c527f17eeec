#include "engine/flow/task_schema.h"

#include <nlohmann/json.hpp>

#include <set>

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

std::string lastStep(const std::string &reference)
{
    return reference.substr(reference.rfind('/') + 1);
}

/// Which list of a flow a type stands in: its package says it.
std::string groupOf(const std::string &type)
{
    const std::string name = type.substr(type.rfind('.') + 1);
    if (type.find(".runner.") != type.npos)
        return "task-runners";
    if (type.find(".condition.") != type.npos || type.find(".conditions.") != type.npos)
        return "conditions";
    if (type.find(".trigger.") != type.npos || name.ends_with("Trigger") || name == "Trigger")
        return "triggers";
    return "tasks";
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
    void plugin(const std::string &name, const Json &schema)
    {
        if (m_known.find(name) || m_seen.contains(name))
            return;
        m_seen.insert(name);
        const Json *own = member(schema, "properties");
        const bool isDeep = own && member(*own, "properties") && !member(*own, "type"); // else it has a property of that name
        const Json &shape = isDeep ? *own : schema;
        Json made{{"type", name}, {"group", groupOf(name)}, {"properties", properties(name, shape)}, {"outputs", Json::array()}};
        made["description"] = description(shape);
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
        for (const auto &[key, definition] : m_definitions->items()) {
            const Json *own = member(definition, "properties");
            const Json *type = own ? member(*own, "type") : nullptr;
            const std::string name = type ? text(*type, "const") : std::string();
            if (name.find('.') != name.npos)
                plugin(name, definition);
        }
    }

    bool empty() const { return m_plugins.empty(); }
    std::string catalog() const { return Json{{"plugins", m_plugins}, {"types", m_types}, {"enums", m_enums}}.dump(); }

private:
    static std::string description(const Json &schema)
    {
        const std::string title = text(schema, "title"), more = text(schema, "description");
        return title.empty() || more.empty() ? title + more : title + "\n\n" + more;
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
            if (!property.is_object() || (name == "type" && member(property, "const")))
                continue;
            bool expression = flag(property, "$dynamic");
            Json made{{"name", name}, {"type", typeOf(owner + '.' + name, property, expression)}};
            if (required.contains(name) || flag(property, "$required")) {
                made["required"] = true;
                made["constraints"] = Json{{"NotNull", Json::object()}};
            }
            made["expression"] = expression;
            made["property"] = expression;
            if (flag(property, "$deprecated") || flag(property, "deprecated"))
                made["deprecated"] = true;
            if (flag(property, "$internalStorageURI"))
                made["storageUri"] = true;
            if (const std::string words = description(property); !words.empty())
                made["description"] = words;
            if (const Json *value = member(property, "default"))
                made["default"] = *value;
            list.push_back(std::move(made));
        }
        return list;
    }

    /// In the words of the catalog. `path` names an enum or an object that has no name of its own.
    std::string typeOf(const std::string &path, const Json &schema, bool &expression)
    {
        for (const char *key : {"anyOf", "oneOf"})
            if (const Json *choices = member(schema, key); choices && choices->is_array() && !choices->empty()) {
                // A text beside something else is an expression that gives it.
                std::string type;
                for (const Json &choice : *choices) {
                    bool inner = false;
                    const std::string one = typeOf(path, choice, inner);
                    expression = expression || inner || (one == "string" && choices->size() > 1);
                    if (type.empty() || type == "string")
                        type = one;
                }
                return type;
            }
        if (const Json *all = member(schema, "allOf"); all && all->is_array() && !all->empty())
            return typeOf(path, all->front(), expression);
        if (const std::string reference = text(schema, "$ref"); !reference.empty())
            return objectType(lastStep(reference));
        if (const Json *values = member(schema, "enum"); values && values->is_array()) {
            m_enums[path] = *values;
            return "enum:" + path;
        }
        const std::string type = text(schema, "type"), format = text(schema, "format");
        if (type == "string")
            return format == "duration" ? "duration" : format == "date-time" ? "instant" : format == "date" ? "date" : format == "time" ? "time" : "string";
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

    std::string objectType(const std::string &name)
    {
        if (name.ends_with(".Task") || name == "Task")
            return "Task";
        if (m_known.findData(name))
            return name;
        const Json *definition = m_definitions ? member(*m_definitions, name.c_str()) : nullptr;
        if (!definition)
            return "any";
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
    Json m_plugins = Json::array(), m_types = Json::object(), m_enums = Json::object();
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
    std::string name = text(read, "type").find('.') != std::string::npos ? text(read, "type") : text(schema, "title");
    if (const Json *own = member(schema, "properties"))
        if (const Json *type = member(*own, "type"); type && !text(*type, "const").empty())
            name = text(*type, "const");
    if (name.find('.') != name.npos && name.find(' ') == name.npos)
        importer.plugin(name, schema);
    if (importer.empty())
        return Error{ErrorCode::NoSuchProperty, {"type"}, {}};
    return importer.catalog();
}

} // namespace flow
