#include "engine/tasks/support/properties.h"

#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/json_error.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

#include <algorithm>

namespace tasks {

const std::string &wantText(const flow::Value &value)
{
    if (value.isText())
        return value.text();
    throw TaskFailure{fmt::format("class {0} cannot be cast to class java.lang.String ({0} and java.lang.String are "
                                  "in module java.base of loader 'bootstrap')",
                                  javaClassOf(value))};
}

std::vector<std::string> textList(engine::TaskContext &context, std::string_view property, const flow::Object &extra)
{
    std::vector<std::string> texts;
    const flow::Value *written = context.properties().find(property);
    if (!written || written->isNull())
        return texts;
    if (written->isList()) {
        for (const flow::Value &item : written->list()) {
            if (!item.isNull())
                texts.push_back(textOf(context.renderWith(wantText(item), extra)));
        }
        return texts;
    }
    flow::Value rendered = context.renderWith(*written, extra, true);
    if (rendered.isText()) {
        flow::JsonParse parsed = flow::parseJson(rendered.text());
        if (!parsed.ok || !parsed.value.isList())
            throw TaskFailure{jsonFailure(rendered.text())};
        rendered = std::move(parsed.value);
    }
    for (const flow::Value &item : rendered.list()) {
        if (!item.isNull())
            texts.push_back(textOf(item));
    }
    return texts;
}

std::string requiredText(engine::TaskContext &context, std::string_view property)
{
    const flow::Value value = context.property(property);
    if (value.isNull())
        throw TaskFailure{"No value present"};
    return textOf(value);
}

std::string wordProperty(engine::TaskContext &context, std::string_view property,
                         std::initializer_list<std::string_view> words, std::string_view otherwise)
{
    const flow::Value value = context.property(property);
    if (value.isNull())
        return std::string(otherwise);
    std::string text = textOf(value);
    if (std::find(words.begin(), words.end(), text) == words.end())
        throw TaskFailure{jsonFailure(text)};
    return text;
}

flow::Value withoutNulls(const flow::Value &value)
{
    if (value.isMap()) {
        flow::Object members;
        for (const auto &[key, member] : value.map()) {
            if (!member.isNull())
                members.set(key, withoutNulls(member));
        }
        return members;
    }
    if (value.isList()) {
        flow::Value::List items;
        items.reserve(value.list().size());
        for (const flow::Value &item : value.list())
            items.push_back(withoutNulls(item));
        return items;
    }
    return value;
}

} // namespace tasks
