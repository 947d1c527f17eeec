#include "engine/run/inputs.h"

#include "engine/expr/failure.h"
#include "engine/expr/number_format.h"
#include "engine/expr/regex.h"
#include "engine/flow/tree.h"
#include "engine/run/duration.h"
#include "engine/run/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace engine {

using flow::Object;
using flow::Value;
using Kind = flow::Value::Kind;

namespace {

bool isTrue(const Value *value, bool missing)
{
    if (!value || value->isNull())
        return missing;
    const std::string text = textOf(value);
    return text == "true" || text == "True" || text == "TRUE" || text == "1";
}

bool falsy(const std::string &text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos)
        return true;
    const std::string trimmed = text.substr(begin, text.find_last_not_of(" \t\r\n") - begin + 1);
    return trimmed == "false" || trimmed == "0" || trimmed == "-0";
}

Value parsedJson(const std::string &text)
{
    flow::JsonParse parsed = flow::parseJson(text);
    if (!parsed.ok)
        throw RenderError{"errors:\n```\n" + parsed.error + "\n```"};
    return parsed.value;
}

Value parsedYaml(const std::string &text)
{
    const auto tree = flow::Tree::parse(text);
    if (!tree->faults().empty())
        throw RenderError{"errors:\n```\n" + tree->faults().front().cause + "\n```"};
    return tree->root() ? flow::toValue(*tree->root()) : Value();
}

bool digitsAt(const std::string &text, std::initializer_list<std::size_t> positions)
{
    return std::all_of(positions.begin(), positions.end(), [&](std::size_t i) { return i < text.size() && std::isdigit(static_cast<unsigned char>(text[i])); });
}

Value dateOf(const std::string &text)
{
    const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-' && digitsAt(text, {0, 1, 2, 3, 5, 6, 8, 9});
    const int year = shaped ? std::stoi(text.substr(0, 4)) : 0;
    const unsigned month = shaped ? static_cast<unsigned>(std::stoi(text.substr(5, 2))) : 0;
    const unsigned day = shaped ? static_cast<unsigned>(std::stoi(text.substr(8, 2))) : 0;
    if (!shaped || !std::chrono::year_month_day(std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)).ok())
        throw RenderError{fmt::format("errors:\n```\nText '{}' could not be parsed at index 0\n```", text)};
    return text;
}

Value timeOf(const std::string &text)
{
    static const auto kTime = expr::regex::compile(R"(([01]\d|2[0-3]):([0-5]\d)(:([0-5]\d)(\.\d{1,9})?)?)");
    if (!kTime->matches(text))
        throw RenderError{fmt::format("errors:\n```\nText '{}' could not be parsed\n```", text)};
    return text.size() > 5 ? text : text + ":00";
}

Value instantOf(const std::string &text)
{
    static const auto kShape = expr::regex::compile(R"([+-]?\d{4,10}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{0,9})?([Zz]|[+-]\d\d(:\d\d(:\d\d)?)?))");
    const auto moment = flow::parseInstant(text);
    if (!moment || !kShape->matches(text))
        throw RenderError{fmt::format("errors:\n```\nText '{}' could not be parsed at index {}\n```", text, text.size())};
    return formatInstant(std::chrono::time_point_cast<Time::duration>(*moment));
}

Value intOf(const Value &value)
{
    if (value.kind() == Kind::Int)
        return value;
    const std::string text = textOf(&value);
    try {
        return expr::parseInteger(text);
    } catch (const expr::Failure &) {
        throw RenderError{fmt::format("For input string: \"{}\"", text)};
    }
}

Value floatOf(const Value &value)
{
    if (value.isNumber())
        return Value::ofFloat(static_cast<float>(value.asDouble()));
    const std::string text = textOf(&value);
    try {
        return expr::parseFloat(text);
    } catch (const expr::Failure &) {
        throw RenderError{fmt::format("For input string: \"{}\"", text)};
    }
}

Value::List listOf(const Value &value)
{
    if (value.isList())
        return value.list();
    const Value parsed = parsedJson(textOf(&value));
    if (!parsed.isList())
        throw RenderError{"a list is wanted"};
    return parsed.list();
}

struct Definition
{
    std::string id;
    const Value *value = nullptr;
    std::vector<std::string> needs;
    bool inForm = false;
    bool done = false;
    bool visiting = false;
};

/// Reads the inputs one after the other, each after those it depends on.
class Reader
{
public:
    Reader(const Object &given, const InputContext &context) : m_given(given), m_context(context) {}

    void add(const Value &definition, const std::string &prefix)
    {
        const Value *name = definition.find("id");
        const std::string id = prefix + textOf(name ? name : definition.find("name"));
        if (textOf(definition.find("type")) == "FORM") {
            if (const Value *inner = definition.find("inputs"))
                for (const Value &item : inner->list())
                    add(item, id + ".");
            return;
        }
        Definition one;
        one.id = id;
        one.value = &definition;
        one.inForm = !prefix.empty();
        if (const Value *depends = definition.find("dependsOn"))
            if (const Value *inputs = depends->find("inputs"))
                for (const Value &item : inputs->list())
                    one.needs.push_back(textOf(&item));
        m_definitions.push_back(std::move(one));
    }

    /// The input being read, or read last.
    const std::string &current() const { return m_current; }

    Value read()
    {
        for (Definition &definition : m_definitions)
            resolve(definition);
        Object ordered;
        for (const Definition &definition : m_definitions)
            if (const Value *value = m_values.find(definition.id))
                ordered.set(definition.id, *value);
        return Value(std::move(ordered));
    }

private:
    void resolve(Definition &definition)
    {
        if (definition.done || definition.visiting)
            return;
        definition.visiting = true;
        bool met = true;
        for (const std::string &need : definition.needs)
            for (Definition &other : m_definitions)
                if (other.id == need) {
                    resolve(other);
                    const Value *value = m_values.find(need);
                    met = met && value && !value->isNull();
                }
        definition.visiting = false;
        definition.done = true;
        m_current = definition.id;
        const Value &written = *definition.value;
        if (!met) {
            skipped(definition);
            return;
        }
        if (const Value *depends = written.find("dependsOn")) {
            const Value *condition = depends->find("condition");
            if (condition && !condition->isNull() && !holds(*condition, definition)) {
                skipped(definition);
                return;
            }
        }
        Value value = given(definition);
        if (value.isNull())
            value = defaultOf(definition);
        if (value.isNull() && isTrue(written.find("required"), true))
            throw RenderError{"Missing required input:" + definition.id};
        if (!value.isNull())
            value = checked(definition, value);
        m_values.set(definition.id, value);
        m_visible.set(definition.id, value);
    }

    /// Not asked for: it has no value, but its default is still seen by others.
    void skipped(const Definition &definition)
    {
        try {
            const Value value = defaultOf(definition);
            if (!value.isNull())
                m_visible.set(definition.id, value);
        } catch (const RenderError &) {
            m_visible.set(definition.id, Value());
        }
    }

    /// A condition that can't be rendered does not hold.
    bool holds(const Value &condition, const Definition &definition) const
    {
        try {
            const Value rendered = condition.isText() ? m_context.render(condition, visibleTo(definition), false) : condition;
            return !falsy(textOf(rendered));
        } catch (const RenderError &) {
            return false;
        }
    }

    /// An input sees the values of those it depends on; the others are there, without a value.
    Object visibleTo(const Definition &definition) const
    {
        Object seen;
        for (const Definition &other : m_definitions) {
            const bool needed = std::find(definition.needs.begin(), definition.needs.end(), other.id) != definition.needs.end();
            const Value *value = needed ? m_visible.find(other.id) : nullptr;
            seen.set(other.id, value ? *value : Value());
        }
        return seen;
    }

    Value given(const Definition &definition) const
    {
        const Value *value = m_given.find(definition.id);
        if (!value && !definition.inForm) { // `db.host` may come as a map
            const Value *at = nullptr;
            std::string_view rest = definition.id;
            for (const Object *object = &m_given; object && !rest.empty();) {
                const std::size_t dot = rest.find('.');
                at = object->find(rest.substr(0, dot));
                object = at && at->isMap() ? &at->map() : nullptr;
                rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
                if (!at || (!object && !rest.empty())) {
                    at = nullptr;
                    break;
                }
            }
            value = at;
        }
        if (!value)
            return {};
        const std::string type = textOf(definition.value->find("type"));
        const bool text = type == "STRING" || type == "SECRET" || type == "EMAIL";
        if (value->isText() && value->text().empty() && !text)
            return {};
        return *value;
    }

    Value defaultOf(const Definition &definition)
    {
        const Value *written = definition.value->find("defaults");
        if (written && !written->isNull()) {
            const Value rendered = m_context.render(*written, visibleTo(definition), true);
            const bool text = textOf(definition.value->find("type")) == "STRING";
            return text && (rendered.isList() || rendered.isMap()) ? Value(flow::toJson(rendered)) : rendered;
        }
        if (isTrue(definition.value->find("autoSelectFirst"), false)) {
            const std::vector<std::string> values = choices(definition);
            if (!values.empty()) {
                const bool many = textOf(definition.value->find("type")) == "MULTISELECT";
                return many ? Value(Value::List{Value(values.front())}) : Value(values.front());
            }
        }
        return {};
    }

    std::vector<std::string> choices(const Definition &input)
    {
        const Value &definition = *input.value;
        std::vector<std::string> values;
        const Value *list = definition.find("values");
        if (!list || list->isNull())
            list = definition.find("options");
        Value rendered;
        if (const Value *expression = definition.find("expression"); expression && !expression->isNull()) {
            rendered = m_context.render(*expression, visibleTo(input), true);
            if (rendered.isText())
                rendered = parsedJson(rendered.text());
            list = &rendered;
        }
        if (list)
            for (const Value &item : list->list())
                values.push_back(textOf(&item));
        return values;
    }

    [[noreturn]] void refuse(const std::string &id, const std::string &cause) const
    {
        throw RenderError{fmt::format("Invalid value for input `{}`. Cause: {}", id, cause)};
    }

    Value checked(const Definition &definition, const Value &raw)
    {
        const Value &written = *definition.value;
        const std::string type = textOf(written.find("type"));
        if (type == "FILE")
            return file(definition, raw);
        Value value;
        try {
            value = typedValue(type, textOf(written.find("itemType")), raw);
        } catch (const RenderError &error) {
            if (error.message.starts_with("errors:"))
                throw;
            refuse(definition.id, error.message);
        }
        if (const Value *validator = written.find("validator"); validator && validator->isText()) {
            try {
                if (!expr::regex::compile(validator->text())->matches(textOf(&value)))
                    refuse(definition.id, fmt::format("it must match the pattern `{}`", validator->text()));
            } catch (const expr::Failure &) {
                refuse(definition.id, fmt::format("the pattern `{}` can't be read", validator->text()));
            }
        }
        limits(definition, type, value, raw);
        if (type == "SELECT" || type == "ENUM" || type == "MULTISELECT")
            allowed(definition, type, value);
        if (type == "EMAIL") {
            static const auto kEmail = expr::regex::compile(R"(^$|^[a-zA-Z0-9_!#$%&'*+/=?`{|}~^.-]+@[a-zA-Z0-9.-]+$)");
            if (!kEmail->matches(value.text()))
                refuse(definition.id, "The input must be a valid email");
        }
        if (type == "URI") {
            static const auto kUri = expr::regex::compile(R"([a-zA-Z][a-zA-Z0-9+.-]*:.*)");
            if (!kUri->matches(value.text()))
                refuse(definition.id, "Invalid URI format.");
        }
        if (type == "SECRET")
            return m_context.protect(value.text());
        return value;
    }

    void allowed(const Definition &definition, const std::string &type, const Value &value)
    {
        const Value &written = *definition.value;
        const std::vector<std::string> values = choices(definition);
        if (isTrue(written.find("allowCustomValue"), false))
            return;
        const auto known = [&](const Value &one) { return std::find(values.begin(), values.end(), textOf(&one)) != values.end(); };
        bool fine = true;
        if (type == "MULTISELECT") {
            for (const Value &one : value.list()) {
                if (!one.isText())
                    throw RenderError{"class java.lang.Integer cannot be cast to class java.lang.String"};
                fine = fine && known(one);
            }
        } else {
            fine = known(value);
        }
        if (!fine)
            refuse(definition.id, fmt::format("it must match the values `[{}]`", fmt::join(values, ", ")));
    }

    void limits(const Definition &definition, const std::string &type, const Value &value, const Value &raw)
    {
        const Value &written = *definition.value;
        const bool number = type == "INT" || type == "FLOAT";
        const bool ordered = type == "DATE" || type == "DATETIME" || type == "TIME";
        if (number || type == "DURATION") {
            const auto limit = [&](const char *key) -> std::optional<double> {
                const Value *bound = written.find(key);
                if (!bound || bound->isNull())
                    return std::nullopt;
                if (number)
                    return bound->isNumber() ? bound->asDouble() : std::strtod(bound->text().c_str(), nullptr);
                const auto duration = parseDuration(bound->text());
                return duration ? std::optional(static_cast<double>(duration->count()) / 1e9) : std::nullopt;
            };
            const char *it = number ? "it" : "It";
            if (const auto least = limit("min"); least && value.asDouble() < *least)
                refuse(definition.id, fmt::format("{} must be more than `{}`", it, textOf(written.find("min"))));
            if (const auto most = limit("max"); most && value.asDouble() > *most)
                refuse(definition.id, fmt::format("{} must be less than `{}`", it, textOf(written.find("max"))));
        }
        if (ordered) {
            for (const auto &[key, sign] : {std::pair("after", -1), std::pair("before", 1)}) {
                const Value *bound = written.find(key);
                if (!bound || bound->isNull())
                    continue;
                const int order = value.text().compare(typedValue(type, {}, *bound).text());
                if (order * sign > 0)
                    refuse(definition.id, fmt::format("it must be {} `{}`", key, textOf(bound)));
            }
        }
        (void)raw;
    }

    Value file(const Definition &definition, const Value &raw)
    {
        const std::string text = textOf(&raw);
        if (text.starts_with("kestra://") || text.starts_with("nsfile://"))
            return text;
        if (const Value *extensions = definition.value->find("allowedFileExtensions"); extensions && extensions->isList()) {
            const bool fits = std::any_of(extensions->list().begin(), extensions->list().end(),
                                          [&](const Value &one) { return text.ends_with(textOf(&one)); });
            if (!fits)
                refuse(definition.id, "the file must have one of these extensions: " + flow::toJson(*extensions));
        }
        std::string whyNot;
        if (const auto uri = m_context.keepFile(definition.id, text, whyNot))
            return *uri;
        refuse(definition.id, whyNot);
    }

    const Object &m_given;
    const InputContext &m_context;
    std::vector<Definition> m_definitions;
    Object m_values;
    Object m_visible;
    std::string m_current;
};

} // namespace

Value typedValue(const std::string &type, const std::string &itemType, const Value &value)
{
    if (value.isNull())
        return value;
    const std::string text = textOf(&value);
    if (type == "INT")
        return intOf(value);
    if (type == "FLOAT")
        return floatOf(value);
    if (type == "BOOL" || type == "BOOLEAN") {
        std::string lower = text;
        std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return lower == "true";
    }
    if (type == "DATE")
        return dateOf(text);
    if (type == "TIME")
        return timeOf(text);
    if (type == "DATETIME")
        return instantOf(text);
    if (type == "DURATION") {
        if (value.isNumber())
            return value.asDouble();
        const auto duration = parseDuration(text);
        if (!duration)
            throw RenderError{fmt::format("errors:\n```\nText cannot be parsed to a Duration: {}\n```", text)};
        return static_cast<double>(duration->count()) / 1e9;
    }
    if (type == "JSON")
        return value.isText() ? storedValue(parsedJson(value.text())) : storedValue(value);
    if (type == "YAML")
        return value.isText() ? storedValue(parsedYaml(value.text())) : storedValue(value);
    if (type == "ARRAY" || type == "MULTISELECT") {
        Value::List items;
        for (const Value &item : listOf(value))
            items.push_back(typedValue(itemType.empty() ? "STRING" : itemType, {}, item));
        return Value(std::move(items));
    }
    return value.isList() || value.isMap() ? flow::toText(value) : text;
}

Value storedValue(const Value &value)
{
    switch (value.kind()) {
    case Kind::List:
    case Kind::Set: {
        Value::List items;
        items.reserve(value.list().size());
        for (const Value &item : value.list())
            items.push_back(storedValue(item));
        return Value(std::move(items));
    }
    case Kind::Map: {
        Object members;
        for (const auto &[key, member] : value.map())
            if (!member.isNull())
                members.set(key, storedValue(member));
        return Value(std::move(members));
    }
    case Kind::Null:
    case Kind::Bool:
    case Kind::Int:
    case Kind::Long:
    case Kind::Double:
    case Kind::Text:
        return value;
    case Kind::Instant: {
        const auto moment = flow::parseInstant(value.text());
        return moment ? Value(formatInstant(std::chrono::time_point_cast<Time::duration>(*moment))) : Value(value.text());
    }
    default: {
        flow::JsonParse parsed = flow::parseJson(flow::toJson(value));
        return parsed.ok ? parsed.value : Value(value.text());
    }
    }
}

Result<Value> readInputs(const Value *definitions, const Object &given, const InputContext &context)
{
    if (!definitions || !definitions->isList() || definitions->list().empty())
        return Value(Object());
    Reader reader(given, context);
    for (const Value &definition : definitions->list())
        reader.add(definition, {});
    try {
        return reader.read();
    } catch (const RenderError &error) {
        return Error{ErrorCode::InputInvalid, {error.message, reader.current()}, {}};
    }
}

} // namespace engine
