#include "engine/expr/ion.h"

#include "engine/flow/iso_time.h"
#include "engine/flow/number_text.h"
#include "engine/flow/utf8.h"

#include <fmt/format.h>

#include <cctype>
#include <cmath>

namespace expr {

namespace {

using flow::Value;

void appendEscaped(std::string &out, std::string_view text, char quote)
{
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t begin = at;
        const char32_t code = flow::utf8::next(text, at);
        switch (code) {
        case 0: out += "\\0"; break;
        case '\a': out += "\\a"; break;
        case '\b': out += "\\b"; break;
        case '\t': out += "\\t"; break;
        case '\n': out += "\\n"; break;
        case '\v': out += "\\v"; break;
        case '\f': out += "\\f"; break;
        case '\r': out += "\\r"; break;
        case '\\': out += "\\\\"; break;
        default:
            if (code == static_cast<char32_t>(quote))
                (out += '\\') += quote;
            else if (code < 0x20 || (code >= 0x7F && code < 0xA0))
                out += fmt::format("\\x{:02x}", static_cast<unsigned>(code));
            else if (code == 0xFFFD)
                flow::utf8::append(out, code);
            else
                out.append(text.substr(begin, at - begin));
        }
    }
}

void appendQuoted(std::string &out, std::string_view text)
{
    out += '"';
    appendEscaped(out, text, '"');
    out += '"';
}

void appendName(std::string &out, std::string_view name)
{
    const auto isNameLetter = [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '$';
    };
    bool plain = !name.empty() && !std::isdigit(static_cast<unsigned char>(name.front()));
    for (const char c : name)
        plain = plain && isNameLetter(c);
    for (const std::string_view word : {"null", "true", "false", "nan"})
        plain = plain && name != word;
    if (plain && name.front() == '$' && name.find_first_not_of("0123456789", 1) == std::string_view::npos)
        plain = name.size() == 1; // `$10` is a symbol's number
    if (plain) {
        out += name;
        return;
    }
    out += '\'';
    appendEscaped(out, name, '\'');
    out += '\'';
}

void appendDouble(std::string &out, double value)
{
    if (std::isnan(value)) {
        out += "nan";
    } else if (std::isinf(value)) {
        out += value < 0 ? "-inf" : "+inf";
    } else {
        std::string text = flow::formatDouble(value);
        if (const std::size_t exponent = text.find('E'); exponent != std::string::npos)
            text[exponent] = 'e';
        else
            text += "e0";
        out += text;
    }
}

void appendDecimal(std::string &out, std::string text)
{
    if (const std::size_t exponent = text.find('E'); exponent != std::string::npos) {
        text[exponent] = 'd';
        if (text[exponent + 1] == '+')
            text.erase(exponent + 1, 1);
    } else if (text.find('.') == std::string::npos) {
        text += '.';
    }
    out += text;
}

void appendBase64(std::string &out, std::string_view bytes)
{
    constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t group = 0;
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
        for (std::size_t i = 0; i < 3; ++i)
            group = (group << 8) | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            out += i <= count ? kLetters[(group >> (18 - 6 * i)) & 63] : '=';
    }
}

/// Milliseconds, always three digits of them.
std::string instantText(const std::string &iso)
{
    const auto moment = flow::parseInstant(iso);
    if (!moment)
        return iso;
    const auto millis = std::chrono::floor<std::chrono::milliseconds>(*moment);
    const auto seconds = std::chrono::floor<std::chrono::seconds>(millis);
    std::string text = flow::formatInstant(flow::Moment(seconds.time_since_epoch()));
    text.pop_back();
    return fmt::format("{}.{:03}Z", text, (millis - seconds).count());
}

void append(std::string &out, const Value &value)
{
    using Kind = Value::Kind;
    const auto annotated = [&](std::string_view name) {
        out += name;
        out += "::";
        appendQuoted(out, flow::toText(value));
    };
    const auto annotatedLocal = [&](std::string_view name) { // seconds are always written
        out += name;
        out += "::";
        out += flow::toJson(value);
    };
    switch (value.kind()) {
    case Kind::Null: out += "null"; break;
    case Kind::Bool: out += value.asBool() ? "true" : "false"; break;
    case Kind::Int:
    case Kind::Long: out += std::to_string(value.asInt()); break;
    case Kind::BigInt: out += value.text(); break;
    case Kind::Float:
    case Kind::Double: appendDouble(out, value.asDouble()); break;
    case Kind::Decimal: appendDecimal(out, value.text()); break;
    case Kind::Bytes:
        out += "{{";
        appendBase64(out, value.text());
        out += "}}";
        break;
    case Kind::Instant: out += instantText(value.text()); break;
    case Kind::LocalDate: out += flow::toText(value); break;
    case Kind::ZonedDateTime: annotated("ZonedDateTime"); break;
    case Kind::OffsetDateTime: annotated("OffsetDateTime"); break;
    case Kind::LocalDateTime: annotatedLocal("LocalDateTime"); break;
    case Kind::LocalTime: annotatedLocal("LocalTime"); break;
    case Kind::Duration: {
        const auto nanos = flow::parseDuration(value.text()).value_or(std::chrono::nanoseconds{0}).count();
        out += fmt::format("{}{}.{:09}", nanos < 0 ? "-" : "", std::abs(nanos / 1'000'000'000),
                           std::abs(nanos % 1'000'000'000));
        break;
    }
    case Kind::List:
    case Kind::Set: {
        out += '[';
        bool first = true;
        for (const Value &item : value.list()) {
            if (!first)
                out += ',';
            first = false;
            append(out, item);
        }
        out += ']';
        break;
    }
    case Kind::Map: {
        out += '{';
        bool first = true;
        for (const auto &[name, member] : value.map()) {
            if (!first)
                out += ',';
            first = false;
            appendName(out, name);
            out += ':';
            append(out, member);
        }
        out += '}';
        break;
    }
    default: appendQuoted(out, flow::toText(value)); break;
    }
}

} // namespace

std::string toIon(const Value &value)
{
    std::string out;
    append(out, value);
    return out;
}

} // namespace expr
