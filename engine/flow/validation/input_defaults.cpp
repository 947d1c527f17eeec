#include "engine/flow/validation/input_defaults.h"

#include "engine/flow/iso_time.h"
#include "engine/flow/text_pattern.h"
#include "engine/flow/validation/typed.h"
#include "engine/flow/yaml_scalar.h"

#include <algorithm>
#include <optional>

namespace flow {

namespace {

const Node *given(const Item &input, std::string_view key)
{
    const Node *value = input.node->find(key);
    return value && value->isScalar() && !isNull(*value) && !value->text.empty() ? value : nullptr;
}

std::string invalid(const std::string &text, const std::string &type)
{
    return "`" + text + "` is not a valid " + type + " value";
}

std::optional<double> numberOf(const Node &value)
{
    const std::string text = textOf(value);
    const ScalarKind kind = plainKind(text);
    if (kind != ScalarKind::Int && kind != ScalarKind::Float)
        return std::nullopt;
    return numberValue(text, kind).asDouble();
}

std::string numberFault(const Item &input, const Node &value)
{
    const bool whole = input.type == "INT";
    const TypeShape shape{whole ? TypeShape::Kind::Integer : TypeShape::Kind::Number};
    const std::optional<double> number = numberOf(value);
    if (fitScalar(value, shape) != Fit::Fits || !number || (whole && plainKind(textOf(value)) != ScalarKind::Int))
        return invalid(textOf(value), input.type);
    const auto shown = [&](const Node &limit) {
        const Value parsed = toValue(limit);
        return toText(whole ? parsed : Value(parsed.isNumber() ? parsed.asDouble() : numberOf(limit).value_or(0)));
    };
    if (const Node *max = given(input, "max"); max && numberOf(*max) && *number > *numberOf(*max))
        return "it must be less than `" + shown(*max) + "`";
    if (const Node *min = given(input, "min"); min && numberOf(*min) && *number < *numberOf(*min))
        return "it must be more than `" + shown(*min) + "`";
    return {};
}

std::string durationFault(const Item &input, const Node &value)
{
    const auto duration = parseDuration(value.text);
    if (!duration)
        return invalid(value.text, input.type);
    const auto limit = [&](std::string_view key) {
        const Node *node = given(input, key);
        return node ? parseDuration(node->text) : std::nullopt;
    };
    if (const auto max = limit("max"); max && *duration > *max)
        return "It must be less than `" + formatDuration(*max) + "`";
    if (const auto min = limit("min"); min && *duration < *min)
        return "It must be more than `" + formatDuration(*min) + "`";
    return {};
}

/// Dates, moments and times; written alike they are in order as text.
std::string momentFault(const Item &input, const Node &value)
{
    const TypeShape shape{input.type == "DATE"       ? TypeShape::Kind::Date
                          : input.type == "DATETIME" ? TypeShape::Kind::Instant
                                                     : TypeShape::Kind::Time};
    if (scalarKind(value) != ScalarKind::Text || fitScalar(value, shape) == Fit::Misfit)
        return invalid(textOf(value), input.type);
    const Node *after = given(input, "after");
    const Node *before = given(input, "before");
    const auto shown = [&](std::string text) {
        return input.type == "TIME" && text.size() == 8 && text.ends_with(":00") ? text.substr(0, 5) : text;
    };
    if (after && after->text.size() == value.text.size() && value.text < after->text)
        return "it must be after `" + shown(after->text) + "`";
    if (before && before->text.size() == value.text.size() && value.text > before->text)
        return "it must be before `" + shown(before->text) + "`";
    return {};
}

std::string selectFault(const Item &input, const Node &value)
{
    const Node *values = input.node->find("values");
    const Node *custom = given(input, "allowCustomValue");
    if (!values || !values->isSequence() || (custom && toValue(*custom).asBool()))
        return {};
    const std::string text = textOf(value);
    std::string list;
    for (const Node *candidate : values->items) {
        const Node *option = candidate->isMapping() ? candidate->find("value") : candidate;
        if (!option || !option->isScalar())
            return {};
        const std::string name = textOf(*option);
        if (name == text)
            return {};
        list += (list.empty() ? "" : ", ") + name;
    }
    return "it must match the values `[" + list + "]`";
}

std::string textFault(const Item &input, const Node &value)
{
    const Node *validator = given(input, "validator");
    constexpr std::string_view kBeyond = "|.{}\\()?"; // what needs a whole engine of regular expressions
    if (!validator || !looksLikeRegex(validator->text) || validator->text.find_first_of(kBeyond) != std::string::npos)
        return {};
    return TextPattern(validator->text).matches(textOf(value)) ? std::string()
                                                               : "it must match the pattern `" + validator->text + "`";
}

bool isEmail(std::string_view text)
{
    const std::size_t at = text.find('@');
    return at != text.npos && at > 0 && at + 1 < text.size() && text.find('@', at + 1) == text.npos &&
           text.find(' ') == text.npos;
}

} // namespace

std::string defaultFault(const Item &input)
{
    if (!input.node || !input.node->isMapping())
        return {};
    const Node *value = given(input, "defaults");
    if (!value || value->text.find("{{") != std::string::npos || value->text.find("{%") != std::string::npos)
        return {};
    const std::string &type = input.type;
    if (type == "INT" || type == "FLOAT")
        return numberFault(input, *value);
    if (type == "DURATION")
        return durationFault(input, *value);
    if (type == "DATE" || type == "DATETIME" || type == "TIME")
        return momentFault(input, *value);
    if (type == "SELECT" || type == "ENUM")
        return selectFault(input, *value);
    if (type == "STRING")
        return textFault(input, *value);
    if (type == "EMAIL")
        return isEmail(textOf(*value)) ? std::string() : "The input must be a valid email";
    return {};
}

} // namespace flow
