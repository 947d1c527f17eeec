#include "engine/tasks/kv/kv_values.h"

#include "engine/flow/iso_time.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/json_error.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

namespace tasks {

namespace {

/// Where a text stops being `yyyy-MM-ddTHH:mm…`: what Java's parser calls the index of the error.
std::size_t instantFault(std::string_view text)
{
    constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:dd";
    std::size_t at = 0;
    while (at < text.size() && at < kShape.size()
           && (kShape[at] == 'd' ? std::isdigit(static_cast<unsigned char>(text[at])) != 0 : text[at] == kShape[at]))
        ++at;
    // A number that is cut short is reported where it begins.
    while (at > 0 && at < kShape.size() && kShape[at] == 'd' && kShape[at - 1] == 'd')
        --at;
    return at;
}

} // namespace

void checkKey(std::string_view key)
{
    if (key.empty())
        throw TaskFailure{"Key cannot be null or empty"};
    const auto alphanumeric = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    const bool valid = alphanumeric(key.front()) && std::all_of(key.begin(), key.end(), [&](char c) {
        return alphanumeric(c) || c == '.' || c == '_' || c == '-';
    });
    if (!valid)
        throw TaskFailure{"Key must start with an alphanumeric character (uppercase or lowercase) and can contain "
                          "alphanumeric characters (uppercase or lowercase), dots (.), underscores (_), and hyphens (-) "
                          "only."};
}

std::string namespaceProperty(engine::TaskContext &context)
{
    const std::string name = optionalText(context.property("namespace")).value_or(context.flowNamespace());
    const std::string own = context.flowNamespace();
    if (name != own && !own.starts_with(name + '.') && !context.namespaces().namespaceExists(name))
        throw TaskFailure{fmt::format("Cannot access the KV store. The namespace '{}' does not exist.", name)};
    return name;
}

flow::Value typedKvValue(const std::string &text, std::string_view type)
{
    if (type == "NUMBER") {
        const flow::JsonParse parsed = flow::parseJson(text);
        if (!parsed.ok || !parsed.value.isNumber())
            throw TaskFailure{jsonError(text)};
        return parsed.value;
    }
    if (type == "BOOLEAN") {
        std::string lower = text;
        std::transform(lower.begin(), lower.end(), lower.begin(),
                       [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
        return lower == "true";
    }
    if (type == "DATETIME" || type == "DATE") {
        const auto moment = flow::parseInstant(text);
        if (!moment)
            throw TaskFailure{fmt::format("Text '{}' could not be parsed at index {}", text, instantFault(text))};
        const auto midnight = std::chrono::floor<std::chrono::days>(*moment);
        if (*moment == midnight) // kept as an Ion timestamp, which is then a date
            return flow::Value::ofText(flow::Value::Kind::LocalDate, flow::toText(flow::instantValue(*moment)).substr(0, 10));
        return flow::instantValue(*moment);
    }
    if (type == "DURATION") {
        const auto duration = flow::parseDuration(text);
        if (!duration)
            throw TaskFailure{"Text cannot be parsed to a Duration"};
        return flow::durationValue(*duration);
    }
    if (type == "JSON") {
        flow::JsonParse parsed = flow::parseJson(text);
        if (!parsed.ok)
            throw TaskFailure{jsonError(text)};
        return std::move(parsed.value);
    }
    return text;
}

engine::NamespaceStore::KvEntry entryOf(const flow::Value &value)
{
    using Kind = flow::Value::Kind;
    engine::NamespaceStore::KvEntry entry;
    entry.value = value;
    switch (value.kind()) {
    case Kind::Bool: entry.type = "BOOLEAN"; break;
    case Kind::List:
    case Kind::Set:
    case Kind::Map: entry.type = "JSON"; break;
    case Kind::Instant:
    case Kind::ZonedDateTime:
    case Kind::OffsetDateTime: entry.type = "DATETIME"; break;
    case Kind::LocalDate: entry.type = "DATE"; break;
    case Kind::Duration: entry.type = "DURATION"; break;
    default:
        entry.type = value.isNumber() ? "NUMBER" : "STRING";
        if (value.isText()) {
            if (const auto duration = flow::parseDuration(value.text())) {
                entry.value = flow::durationValue(*duration);
                entry.type = "DURATION";
            }
        }
    }
    return entry;
}

} // namespace tasks
