#include "engine/tasks/support/values.h"

#include "engine/tasks/support/function_runner.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <charconv>

namespace tasks {

namespace {

using std::chrono::nanoseconds;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Reads `[-+]?digits`, advances past it.
std::optional<std::int64_t> signedNumber(std::string_view &text)
{
    std::size_t at = 0;
    const bool negative = !text.empty() && text[0] == '-';
    if (!text.empty() && (text[0] == '-' || text[0] == '+'))
        at = 1;
    std::int64_t number = 0;
    const char *begin = text.data() + at;
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), number);
    if (error != std::errc() || end == begin || *begin == '-')
        return std::nullopt;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return negative ? -number : number;
}

nanoseconds fractionOf(std::string_view digits)
{
    std::int64_t value = 0;
    for (std::size_t i = 0; i < 9; ++i)
        value = value * 10 + (i < digits.size() ? digits[i] - '0' : 0);
    return nanoseconds(value);
}

} // namespace

std::string textOf(const flow::Value &value)
{
    using Kind = flow::Value::Kind;
    switch (value.kind()) {
    case Kind::Null:
        return {};
    case Kind::Text:
    case Kind::SafeText:
    case Kind::Uri:
    case Kind::BigInt:
    case Kind::Decimal:
    case Kind::Bytes:
        return value.text();
    case Kind::Bool:
        return value.asBool() ? "true" : "false";
    default: {
        std::string json = flow::toJson(value);
        if (json.size() >= 2 && json.front() == '"' && json.back() == '"')
            return json.substr(1, json.size() - 2);
        return json;
    }
    }
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
    if (const auto parsed = parseDuration(text))
        return parsed;
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error == std::errc() && end == text.data() + text.size())
        return std::chrono::duration_cast<nanoseconds>(std::chrono::duration<double>(seconds));
    throw TaskFailure{unreadableToken(text)};
}

std::optional<nanoseconds> parseDuration(std::string_view text)
{
    bool negative = false;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        negative = text[0] == '-';
        text.remove_prefix(1);
    }
    if (text.size() < 2 || lower(text[0]) != 'p')
        return std::nullopt;
    text.remove_prefix(1);

    nanoseconds total{0};
    bool inTime = false;
    bool any = false;
    std::string_view allowed = "d";
    while (!text.empty()) {
        if (!inTime && lower(text[0]) == 't') {
            inTime = true;
            allowed = "hms";
            text.remove_prefix(1);
            if (text.empty())
                return std::nullopt;
            continue;
        }
        const bool minus = text[0] == '-';
        const auto number = signedNumber(text);
        if (!number || text.empty())
            return std::nullopt;
        nanoseconds fraction{0};
        const bool fractional = text[0] == '.' || text[0] == ',';
        if (fractional) {
            const std::size_t end = std::min(text.find_first_not_of("0123456789", 1), text.size());
            if (end == text.size() || end > 10 || lower(text[end]) != 's')
                return std::nullopt;
            fraction = fractionOf(text.substr(1, end - 1));
            text.remove_prefix(end);
        }
        const char unit = lower(text[0]);
        const std::size_t place = allowed.find(unit);
        if (place == std::string_view::npos)
            return std::nullopt;
        allowed.remove_prefix(place + 1);
        text.remove_prefix(1);
        any = true;
        switch (unit) {
        case 'd': total += std::chrono::hours(24 * *number); break;
        case 'h': total += std::chrono::hours(*number); break;
        case 'm': total += std::chrono::minutes(*number); break;
        default: total += std::chrono::seconds(*number) + (minus ? -fraction : fraction); break;
        }
    }
    if (!any)
        return std::nullopt;
    return negative ? -total : total;
}

std::string printDuration(nanoseconds duration)
{
    if (duration.count() == 0)
        return "PT0S";
    const std::int64_t all = duration.count();
    const std::int64_t wholeSeconds = all / 1'000'000'000;
    const std::int64_t nanos = all % 1'000'000'000;
    const std::int64_t hours = wholeSeconds / 3600;
    const std::int64_t minutes = wholeSeconds % 3600 / 60;
    const std::int64_t seconds = wholeSeconds % 60;
    std::string out = "PT";
    if (hours)
        out += fmt::format("{}H", hours);
    if (minutes)
        out += fmt::format("{}M", minutes);
    if (seconds == 0 && nanos == 0)
        return out;
    if (all < 0 && seconds == 0)
        out += '-';
    out += fmt::format("{}", seconds);
    if (nanos) {
        std::string digits = fmt::format("{:09}", nanos < 0 ? -nanos : nanos);
        digits.erase(digits.find_last_not_of('0') + 1);
        out += '.' + digits;
    }
    return out + 'S';
}

std::size_t utf16Length(std::string_view utf8)
{
    std::size_t units = 0;
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        units += (byte & 0xC0) != 0x80;
        units += byte >= 0xF0;
    }
    return units;
}

} // namespace tasks
