#include "engine/tasks/support/values.h"

#include "engine/flow/iso_time.h"
#include "engine/tasks/support/function_runner.h"

#include <fmt/format.h>

#include <cctype>
#include <charconv>

namespace tasks {

using std::chrono::nanoseconds;

std::string textOf(const flow::Value &value)
{
    if (value.isNull())
        return {};
    if (value.isList() || value.isMap())
        return flow::toJson(value);
    return flow::toText(value);
}

std::optional<std::string> optionalText(const flow::Value &value)
{
    if (value.isNull())
        return std::nullopt;
    return textOf(value);
}

std::string_view javaClassOf(const flow::Value &value)
{
    using Kind = flow::Value::Kind;
    switch (value.kind()) {
    case Kind::Bool: return "java.lang.Boolean";
    case Kind::Int: return "java.lang.Integer";
    case Kind::Long: return "java.lang.Long";
    case Kind::BigInt: return "java.math.BigInteger";
    case Kind::Float: return "java.lang.Float";
    case Kind::Double: return "java.lang.Double";
    case Kind::Decimal: return "java.math.BigDecimal";
    case Kind::List: return "java.util.ArrayList";
    case Kind::Set: return "java.util.LinkedHashSet";
    case Kind::Map: return "java.util.LinkedHashMap";
    default: return "java.lang.String";
    }
}

bool isTrue(std::string_view rendered)
{
    if (rendered == "0" || rendered == "-0" || rendered == "false")
        return false;
    return rendered.find_first_not_of(" \t\r\n\f\v") != std::string_view::npos;
}

std::string unreadableToken(std::string_view text)
{
    std::size_t length = 0;
    while (length < text.size()
           && (static_cast<unsigned char>(text[length]) >= 0x80 || std::isalnum(static_cast<unsigned char>(text[length]))
               || text[length] == '_' || text[length] == '$'))
        ++length;
    return fmt::format("com.fasterxml.jackson.core.JsonParseException: Unrecognized token '{}': was expecting (JSON "
                       "String, Number, Array, Object or token 'null', 'true' or 'false')\n at [Source: REDACTED "
                       "(`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: 1]",
                       text.substr(0, length));
}

bool booleanOf(const flow::Value &value, bool otherwise)
{
    if (value.isNull())
        return otherwise;
    if (value.kind() == flow::Value::Kind::Bool)
        return value.asBool();
    if (value.isNumber())
        return value.asDouble() != 0;
    std::string text = textOf(value);
    if (text.empty())
        return otherwise;
    if (text == "true" || text == "True" || text == "TRUE")
        return true;
    if (text == "false" || text == "False" || text == "FALSE")
        return false;
    throw TaskFailure{unreadableToken(text)};
}

std::int64_t integerOf(const flow::Value &value, std::int64_t otherwise)
{
    using Kind = flow::Value::Kind;
    if (value.isNull())
        return otherwise;
    if (value.kind() == Kind::Int || value.kind() == Kind::Long)
        return value.asInt();
    if (value.isNumber())
        return static_cast<std::int64_t>(value.asDouble());
    const std::string text = textOf(value);
    if (text.empty())
        return otherwise;
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        throw TaskFailure{unreadableToken(text)};
    return number;
}

std::optional<nanoseconds> durationOf(const flow::Value &value)
{
    if (value.isNull())
        return std::nullopt;
    if (value.isNumber())
        return std::chrono::duration_cast<nanoseconds>(std::chrono::duration<double>(value.asDouble()));
    const std::string text = textOf(value);
    if (text.empty())
        return std::nullopt;
    if (const auto parsed = flow::parseDuration(text))
        return parsed;
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error == std::errc() && end == text.data() + text.size())
        return std::chrono::duration_cast<nanoseconds>(std::chrono::duration<double>(seconds));
    throw TaskFailure{unreadableToken(text)};
}

} // namespace tasks
