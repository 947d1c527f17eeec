// The tasks that change their execution: Labels, SetVariables, UnsetVariables.
#include "engine/expr/java_values.h"
#include "engine/run/engine_impl.h"
#include "engine/run/text.h"

#include <fmt/format.h>

namespace engine {

using flow::Object;
using flow::Value;

namespace {

Value merged(const Value &under, const Value &over)
{
    if (!under.isMap() || !over.isMap())
        return over;
    Object result = under.map();
    for (const auto &[key, value] : over.map()) {
        const Value *old = result.find(key);
        result.set(key, old ? merged(*old, value) : value);
    }
    return expr::java::toHashMap(result, static_cast<std::size_t>(static_cast<double>(under.size()) / 0.75 + 1));
}

/// A map of labels, or a list of `key`, `value`. A label that is null is left out, one that is no text is refused.
Object labelsOf(const Value &written)
{
    Object labels;
    const auto add = [&labels](const std::string &key, const Value &value) {
        if (!value.isText())
            throw RenderError{fmt::format("The value of label '{}' must be a text", key)};
        labels.set(key, value);
    };
    for (const auto &[key, value] : written.map()) {
        if (value.isNull() || key.empty())
            continue;
        if (value.isText() && value.text().empty())
            throw RenderError{fmt::format("Label values cannot be empty, offending label: {}", key)};
        add(key, value);
    }
    for (const Value &item : written.list()) {
        const Value *key = item.find("key");
        const Value *value = item.find("value");
        if (!key || !value || key->isNull() || value->isNull())
            throw RenderError{"Trying to set labels with empty key or value"};
        add(textOf(*key), *value);
    }
    return labels;
}

bool erase(Object &from, std::string_view path)
{
    const std::size_t dot = path.find('.');
    if (dot == std::string_view::npos)
        return from.erase(path);
    const Value *inner = from.find(path.substr(0, dot));
    if (!inner || !inner->isMap())
        return false;
    Object changed = inner->map();
    const bool found = erase(changed, path.substr(dot + 1));
    if (found)
        from.set(std::string(path.substr(0, dot)), Value(std::move(changed)));
    return found;
}

} // namespace

Value changedValues(const std::shared_ptr<Job> &job, const TaskNode &node, AttemptContext &context)
{
    const Value &properties = node.properties;
    if (node.type.ends_with(".Labels")) {
        const Value *written = properties.find("labels");
        Value rendered = written ? context.render(*written) : Value();
        if (rendered.isText()) {
            const flow::JsonParse parsed = flow::parseJson(rendered.text());
            if (!parsed.ok || !parsed.value.isMap())
                throw RenderError{parsed.ok ? "The labels must be a map: " + rendered.text() : parsed.error};
            Object texts;
            for (const auto &[key, value] : parsed.value.map())
                texts.set(key, value.isNull() ? value : Value(textOf(value)));
            rendered = Value(std::move(texts));
        }
        Object labels = job->labels.isMap() ? job->labels.map() : Object();
        for (const auto &[key, value] : labelsOf(rendered)) {
            if (key.starts_with("system."))
                throw RenderError{fmt::format("System labels can only be set by Kestra itself, offending label: {}={}", key, value.text())};
            if (key.empty() || value.text().empty())
                throw RenderError{"Trying to set labels with empty key or value"};
            labels.set(key, value);
        }
        std::map<std::string, Value> ordered;
        for (const auto &[key, value] : labels)
            ordered[key] = value;
        Object result;
        for (auto &[key, value] : ordered)
            result.set(key, value);
        return Value(std::move(result));
    }
    const Value before = job->variables.isMap() ? job->variables : Value(Object());
    const Value *written = properties.find("variables");
    Value rendered = written ? context.render(*written) : Value();
    if (rendered.isText()) {
        const flow::JsonParse parsed = flow::parseJson(rendered.text());
        if (!parsed.ok)
            throw RenderError{parsed.error};
        rendered = parsed.value;
    }
    if (node.type.ends_with(".SetVariables")) {
        const Value *overwrite = properties.find("overwrite");
        if (overwrite && textOf(context.render(*overwrite)) == "false")
            for (const auto &[key, value] : rendered.map())
                if (before.find(key))
                    throw RenderError{fmt::format("Variable '{}' already exists and 'overwrite' is set to 'false'.", key)};
        return merged(before, rendered);
    }
    const Value *ignore = properties.find("ignoreMissing");
    const bool lenient = context.lenientUnset() || (ignore && textOf(context.render(*ignore)) == "true");
    Object variables = before.map();
    for (const Value &name : rendered.list())
        if (!erase(variables, textOf(name)) && !lenient)
            throw RenderError{fmt::format("Variable '{}' doesn't exist.", textOf(name))};
    return Value(std::move(variables));
}

} // namespace engine
