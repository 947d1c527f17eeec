#include "engine/flow/validation/typed.h"

#include "engine/flow/iso_time.h"
#include "engine/flow/validation/zone_names.h"
#include "engine/flow/yaml_scalar.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace flow {

std::string_view trimmed(std::string_view text)
{
    const auto isSpace = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
    while (!text.empty() && isSpace(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && isSpace(text.back()))
        text.remove_suffix(1);
    return text;
}

namespace {

bool isDigits(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

std::string_view withoutSign(std::string_view text)
{
    return !text.empty() && (text[0] == '-' || text[0] == '+') ? text.substr(1) : text;
}

Fit fitBoolean(ScalarKind kind, std::string_view text)
{
    switch (kind) {
    case ScalarKind::Bool:
    case ScalarKind::Int: return Fit::Fits;
    case ScalarKind::Text: break;
    default: return Fit::Misfit;
    }
    text = trimmed(text);
    if (text.empty() || text == "null")
        return Fit::Null;
    for (const std::string_view word : {"true", "True", "TRUE", "false", "False", "FALSE"})
        if (text == word)
            return Fit::Fits;
    return Fit::Misfit;
}

Fit fitInteger(ScalarKind kind, std::string_view text)
{
    if (kind == ScalarKind::Bool)
        return Fit::Misfit;
    if (kind == ScalarKind::Text) {
        text = trimmed(text);
        if (text.empty() || text == "null")
            return Fit::Null;
        if (!isDigits(withoutSign(text)))
            return Fit::Misfit;
        kind = ScalarKind::Int;
        const std::string_view digits = withoutSign(text);
        std::int64_t value = 0;
        if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc())
            return Fit::Misfit;
        return value <= INT32_MAX || (value == INT32_MAX + std::int64_t{1} && text[0] == '-') ? Fit::Fits
                                                                                            : Fit::Misfit;
    }
    const Value number = numberValue(text, kind);
    if (kind == ScalarKind::Float) {
        const double value = number.asDouble();
        return std::isfinite(value) && value > INT32_MIN - 1.0 && value < INT32_MAX + 1.0 ? Fit::Fits : Fit::Misfit;
    }
    return number.kind() == Value::Kind::Int ? Fit::Fits : Fit::Misfit;
}

Fit fitNumber(ScalarKind kind, std::string_view text)
{
    if (kind == ScalarKind::Bool)
        return Fit::Misfit;
    if (kind != ScalarKind::Text)
        return Fit::Fits;
    text = trimmed(text);
    if (text.empty() || text == "null")
        return Fit::Null;
    for (const std::string_view word : {"NaN", "INF", "Infinity", "-INF", "-Infinity", "+INF", "+Infinity"})
        if (text == word)
            return Fit::Fits;
    std::string_view body = withoutSign(text);
    double value = 0;
    const auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), value);
    const bool whole = end == body.data() + body.size() && !body.empty() && (body[0] == '.' || isDigits(body.substr(0, 1)));
    return whole && error != std::errc::invalid_argument ? Fit::Fits : Fit::Misfit;
}

Fit fitDuration(ScalarKind kind, std::string_view text)
{
    if (kind == ScalarKind::Bool)
        return Fit::Misfit;
    if (kind != ScalarKind::Text)
        return Fit::Fits;
    text = trimmed(text);
    if (text.empty())
        return Fit::Null;
    return isDigits(withoutSign(text)) || parseDuration(text) ? Fit::Fits : Fit::Misfit;
}

/// Digits as `dd:dd`; each pair below its limit.
bool isClock(std::string_view text, bool secondsNeeded)
{
    const auto pair = [&](std::size_t at, int limit) {
        if (at + 2 > text.size() || !isDigits(text.substr(at, 2)))
            return false;
        return (text[at] - '0') * 10 + (text[at + 1] - '0') < limit;
    };
    if (!pair(0, 24) || text.size() < 5 || text[2] != ':' || !pair(3, 60))
        return false;
    if (text.size() == 5)
        return !secondsNeeded;
    if (text[5] != ':' || !pair(6, 60))
        return false;
    if (text.size() == 8)
        return true;
    return text[8] == '.' && text.size() <= 18 && (text.size() == 9 || isDigits(text.substr(9)));
}

bool isDay(std::string_view text)
{
    if (text.size() != 10 || text[4] != '-' || text[7] != '-' || !isDigits(text.substr(0, 4)) ||
        !isDigits(text.substr(5, 2)) || !isDigits(text.substr(8, 2)))
        return false;
    const auto number = [&](std::size_t at, std::size_t count) {
        int value = 0;
        for (std::size_t i = at; i < at + count; ++i)
            value = value * 10 + (text[i] - '0');
        return value;
    };
    using namespace std::chrono;
    return year_month_day(year(number(0, 4)), month(static_cast<unsigned>(number(5, 2))),
                          day(static_cast<unsigned>(number(8, 2))))
        .ok();
}

bool isLocalDateTime(std::string_view text)
{
    return text.size() > 10 && isDay(text.substr(0, 10)) && text[10] == 'T' && isClock(text.substr(11), false);
}

std::string_view withoutZ(std::string_view text)
{
    return text.ends_with('Z') ? text.substr(0, text.size() - 1) : text;
}

bool isInstant(std::string_view text)
{
    if (text.size() < 20 || !isDay(text.substr(0, 10)) || text[10] != 'T')
        return false;
    const std::size_t zone = text.find_first_of("Z+-", 11);
    return zone != text.npos && isClock(text.substr(11, zone - 11), true) && parseInstant(text).has_value();
}

Fit fitMoment(TypeShape::Kind type, ScalarKind kind, std::string_view text)
{
    if (kind == ScalarKind::Bool || (kind == ScalarKind::Float && type != TypeShape::Kind::Instant))
        return Fit::Misfit;
    if (kind != ScalarKind::Text)
        return type == TypeShape::Kind::Time ? Fit::Misfit : Fit::Fits;
    text = trimmed(text);
    if (text.empty())
        return Fit::Null;
    bool fits = false;
    if (type == TypeShape::Kind::Instant)
        fits = isInstant(text) || isDigits(withoutSign(text));
    else if (type == TypeShape::Kind::Date)
        fits = isDay(text) || isLocalDateTime(withoutZ(text));
    else
        fits = isClock(text, false) || isLocalDateTime(withoutZ(text));
    return fits ? Fit::Fits : Fit::Misfit;
}

Fit fitEnum(ScalarKind kind, std::string_view text, const std::vector<std::string> &values)
{
    if (kind == ScalarKind::Int) {
        const Value number = numberValue(text, kind);
        return number.kind() == Value::Kind::Int && number.asInt() >= 0 &&
                       number.asInt() < static_cast<std::int64_t>(values.size())
                   ? Fit::Fits
                   : Fit::Misfit;
    }
    if (kind != ScalarKind::Text)
        return Fit::Misfit;
    return std::find(values.begin(), values.end(), trimmed(text)) != values.end() ? Fit::Fits : Fit::Misfit;
}

} // namespace

Fit fitScalar(const Node &scalar, const TypeShape &shape)
{
    using Kind = TypeShape::Kind;
    const ScalarKind kind = scalarKind(scalar);
    if (kind == ScalarKind::Null)
        return Fit::Null;
    switch (shape.kind) {
    case Kind::Boolean: return fitBoolean(kind, scalar.text);
    case Kind::Integer: return fitInteger(kind, scalar.text);
    case Kind::Number: return fitNumber(kind, scalar.text);
    case Kind::Duration: return fitDuration(kind, scalar.text);
    case Kind::Instant:
    case Kind::Date:
    case Kind::Time: return fitMoment(shape.kind, kind, scalar.text);
    case Kind::Enum: return fitEnum(kind, scalar.text, *shape.values);
    default: return Fit::Fits;
    }
}

std::string textOf(const Node &scalar)
{
    return scalarKind(scalar) == ScalarKind::Text ? scalar.text : toText(toValue(scalar));
}

bool isNull(const Node &node)
{
    return node.isScalar() && scalarKind(node) == ScalarKind::Null;
}

namespace {

/// `+5`, `-05:30`, `+0530`, `+05:30:15`, not beyond 18 hours.
bool isZoneOffset(std::string_view text)
{
    if (text.size() < 2 || (text[0] != '+' && text[0] != '-'))
        return false;
    std::string digits;
    for (std::size_t i = 1; i < text.size(); ++i) {
        const bool colon = text[i] == ':' && (i == 3 || i == 6);
        if (!colon && (text[i] < '0' || text[i] > '9'))
            return false;
        if (!colon)
            digits += text[i];
    }
    const bool colons = text.find(':') != text.npos;
    if (colons ? text.size() != 6 && text.size() != 9 : digits.size() != 1 && digits.size() != 2 && digits.size() != 4 && digits.size() != 6)
        return false;
    const auto pair = [&](std::size_t at) {
        if (digits.size() == 1)
            return at == 0 ? digits[0] - '0' : 0;
        return at + 2 <= digits.size() ? (digits[at] - '0') * 10 + (digits[at + 1] - '0') : 0;
    };
    const int hours = pair(0);
    const int minutes = pair(2);
    const int seconds = pair(4);
    return minutes < 60 && seconds < 60 && hours * 3600 + minutes * 60 + seconds <= 18 * 3600;
}

} // namespace

bool isTimeZone(std::string_view name)
{
    if (name == "Z" || isZoneOffset(name))
        return true;
    for (const std::string_view prefix : {"UTC", "GMT", "UT"})
        if (name.starts_with(prefix)) {
            const std::string_view rest = name.substr(prefix.size());
            if (rest.empty() || rest == "0" || isZoneOffset(rest))
                return !(rest == "0" && prefix != "GMT");
        }
    return std::binary_search(kZoneNames.begin(), kZoneNames.end(), name);
}

} // namespace flow
