#include "engine/flow/iso_time.h"
#include "engine/flow/number_text.h"
#include "engine/flow/utf8.h"
#include "engine/flow/value.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace flow {
namespace {

constexpr int kMaxDepth = 1000;

/// Base64 with padding, as JSON carries bytes.
void appendBase64(std::string &out, std::string_view bytes)
{
    static constexpr char kDigits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t j = 0; j < 3; ++j)
            group = group << 8 | (i + j < bytes.size() ? static_cast<unsigned char>(bytes[i + j]) : 0u);
        for (std::size_t j = 0; j < 4; ++j)
            out += i + j <= bytes.size() ? kDigits[group >> (18 - 6 * j) & 63] : '=';
    }
}

/// Seconds are always written, a fraction has no zeros at its end.
std::string withSeconds(std::string text)
{
    const std::size_t time = text.find('T') == std::string::npos ? 0 : text.find('T') + 1;
    if (text.size() - time == 5)
        return text + ":00";
    if (text.find('.', time) != std::string::npos)
        text.erase(text.find_last_not_of('0') + 1);
    return text;
}

std::string momentText(const Value &value, const JsonStyle &style)
{
    std::string text = value.text();
    if (value.kind() != Value::Kind::Instant) {
        const auto moment = parseInstant(text);
        if (!moment)
            return text;
        text = formatInstant(*moment);
        text.pop_back();
        text = withSeconds(std::move(text)) + "Z";
    }
    if (style.instantMicros && text.ends_with('Z')) {
        text.pop_back();
        std::size_t point = text.find('.');
        if (point == std::string::npos) {
            point = text.size();
            text += '.';
        }
        text.resize(point + 7, '0');
        text += 'Z';
    }
    return text;
}

class Writer
{
public:
    Writer(std::string &out, const JsonStyle &style) : m_out(out), m_style(style) {}

    void write(const Value &value)
    {
        using Kind = Value::Kind;
        switch (value.kind()) {
        case Kind::Null:
        case Kind::Bool:
        case Kind::Int:
        case Kind::Long:
        case Kind::BigInt:
        case Kind::Decimal: appendText(m_out, value); return;
        case Kind::Float:
        case Kind::Double:
            if (!std::isfinite(value.asDouble()))
                m_out += '"' + toText(value) + '"';
            else
                appendText(m_out, value);
            return;
        case Kind::Bytes:
            m_out += '"';
            appendBase64(m_out, value.text());
            m_out += '"';
            return;
        case Kind::List:
        case Kind::Set: writeList(value.list()); return;
        case Kind::Map: writeMap(value.map()); return;
        case Kind::Instant:
        case Kind::ZonedDateTime:
        case Kind::OffsetDateTime: appendJsonString(m_out, momentText(value, m_style)); return;
        case Kind::LocalDateTime:
        case Kind::LocalTime: appendJsonString(m_out, withSeconds(value.text())); return;
        case Kind::Duration: writeDuration(value); return;
        default: appendJsonString(m_out, value.text()); return;
        }
    }

private:
    void newLine()
    {
        if (m_style.indent >= 0) {
            m_out += '\n';
            m_out.append(static_cast<std::size_t>(m_style.indent * m_level), ' ');
        }
    }

    void writeList(const Value::List &list)
    {
        m_out += '[';
        ++m_level;
        bool first = true;
        for (const Value &item : list) {
            if (!first)
                m_out += ',';
            first = false;
            newLine();
            write(item);
        }
        --m_level;
        if (!first)
            newLine();
        m_out += ']';
    }

    void writeMember(const Object::Member &member, bool &first)
    {
        if (m_style.dropNullMembers && member.second.isNull())
            return;
        if (!first)
            m_out += ',';
        first = false;
        newLine();
        appendJsonString(m_out, member.first);
        m_out += m_style.indent >= 0 ? ": " : ":";
        write(member.second);
    }

    void writeMap(const Object &map)
    {
        m_out += '{';
        ++m_level;
        bool first = true;
        if (m_style.sortKeys) {
            std::vector<const Object::Member *> members;
            members.reserve(map.size());
            for (const auto &member : map)
                members.push_back(&member);
            std::sort(members.begin(), members.end(), [](auto *a, auto *b) { return a->first < b->first; });
            for (const auto *member : members)
                writeMember(*member, first);
        } else {
            for (const auto &member : map)
                writeMember(member, first);
        }
        --m_level;
        if (!first)
            newLine();
        m_out += '}';
    }

    void writeDuration(const Value &value)
    {
        const auto duration = parseDuration(value.text());
        if (!duration)
            return appendJsonString(m_out, value.text());
        const std::int64_t nanos = duration->count();
        char buffer[48];
        std::snprintf(buffer, sizeof buffer, "%s%lld.%09lld", nanos < 0 ? "-" : "",
                      static_cast<long long>(std::abs(nanos / 1'000'000'000)),
                      static_cast<long long>(std::abs(nanos % 1'000'000'000)));
        m_out += buffer;
    }

    std::string &m_out;
    const JsonStyle &m_style;
    int m_level = 0;
};

class Parser
{
public:
    explicit Parser(std::string_view text) : m_text(text) {}

    JsonParse parse(bool whole)
    {
        JsonParse result;
        space();
        result.ok = value(result.value, 0);
        if (result.ok && whole) {
            space();
            if (m_at != m_text.size())
                result.ok = fail("unexpected text after the value");
        }
        if (!result.ok)
            result.value = {};
        result.error = m_error;
        result.offset = m_at;
        return result;
    }

private:
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool fail(std::string what)
    {
        m_error = std::move(what);
        return false;
    }
    bool unexpected()
    {
        if (m_at >= m_text.size())
            return fail("unexpected end of the text");
        return fail("unexpected character '" + std::string(m_text.substr(m_at, utf8::length(m_text, m_at))) + "'");
    }
    void space()
    {
        while (m_at < m_text.size() && (m_text[m_at] == ' ' || m_text[m_at] == '\n' || m_text[m_at] == '\t' || m_text[m_at] == '\r'))
            ++m_at;
    }

    bool value(Value &out, int depth)
    {
        if (depth > kMaxDepth)
            return fail("nested more than 1000 deep");
        switch (peek()) {
        case '{': return map(out, depth);
        case '[': return list(out, depth);
        case '"': {
            std::string text;
            if (!string(text))
                return false;
            out = Value(std::move(text));
            return true;
        }
        case 't': return word("true", Value(true), out);
        case 'f': return word("false", Value(false), out);
        case 'n': return word("null", Value(), out);
        default: return number(out);
        }
    }

    bool word(std::string_view text, Value value, Value &out)
    {
        if (!m_text.substr(m_at).starts_with(text))
            return unexpected();
        const std::size_t end = m_at + text.size();
        if (end < m_text.size() && (std::isalnum(static_cast<unsigned char>(m_text[end])) || m_text[end] == '_'))
            return unexpected();
        m_at = end;
        out = std::move(value);
        return true;
    }

    bool number(Value &out)
    {
        const std::size_t begin = m_at;
        std::size_t at = m_at;
        const auto digits = [this, &at] {
            const std::size_t from = at;
            while (at < m_text.size() && m_text[at] >= '0' && m_text[at] <= '9')
                ++at;
            return at - from;
        };
        if (at < m_text.size() && m_text[at] == '-')
            ++at;
        const std::size_t first = at;
        const std::size_t whole = digits();
        if (whole == 0 || (whole > 1 && m_text[first] == '0'))
            return unexpected();
        bool real = false;
        if (at < m_text.size() && m_text[at] == '.') {
            ++at;
            real = true;
            if (digits() == 0) {
                m_at = at;
                return unexpected();
            }
        }
        if (at < m_text.size() && (m_text[at] == 'e' || m_text[at] == 'E')) {
            ++at;
            real = true;
            if (at < m_text.size() && (m_text[at] == '+' || m_text[at] == '-'))
                ++at;
            if (digits() == 0) {
                m_at = at;
                return unexpected();
            }
        }
        m_at = at;
        const std::string_view text = m_text.substr(begin, at - begin);
        if (!real) {
            out = Value::wholeNumber(text);
            return true;
        }
        double number = 0;
        if (std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc::result_out_of_range)
            number = std::strtod(std::string(text).c_str(), nullptr);
        out = Value(number);
        return true;
    }

    bool hex(std::uint32_t &code)
    {
        code = 0;
        if (m_at + 4 > m_text.size())
            return fail("unfinished \\u escape");
        const char *begin = m_text.data() + m_at;
        const auto result = std::from_chars(begin, begin + 4, code, 16);
        if (result.ec != std::errc() || result.ptr != begin + 4)
            return fail("\\u escape without four hexadecimal digits");
        m_at += 4;
        return true;
    }

    bool escape(std::string &out)
    {
        const char c = peek();
        ++m_at;
        switch (c) {
        case '"':
        case '\\':
        case '/': out += c; return true;
        case 'b': out += '\b'; return true;
        case 'f': out += '\f'; return true;
        case 'n': out += '\n'; return true;
        case 'r': out += '\r'; return true;
        case 't': out += '\t'; return true;
        case 'u': {
            std::uint32_t code = 0, low = 0;
            if (!hex(code))
                return false;
            if (code >= 0xD800 && code < 0xDC00 && m_text.substr(m_at).starts_with("\\u")) {
                const std::size_t back = m_at;
                m_at += 2;
                if (!hex(low))
                    return false;
                if (low >= 0xDC00 && low < 0xE000)
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                else
                    m_at = back;
            }
            utf8::append(out, code);
            return true;
        }
        default: --m_at; return unexpected();
        }
    }

    bool string(std::string &out)
    {
        ++m_at;
        while (true) {
            const std::size_t begin = m_at;
            while (m_at < m_text.size() && m_text[m_at] != '"' && m_text[m_at] != '\\' &&
                   static_cast<unsigned char>(m_text[m_at]) >= 0x20)
                ++m_at;
            const std::string_view plain = m_text.substr(begin, m_at - begin);
            if (const std::size_t bad = utf8::firstInvalid(plain); bad != plain.size()) {
                m_at = begin + bad;
                return fail("text that is not UTF-8");
            }
            out += plain;
            if (m_at >= m_text.size())
                return fail("string without an end");
            const char c = m_text[m_at];
            if (c == '"') {
                ++m_at;
                return true;
            }
            if (c != '\\')
                return fail("control character in a string");
            ++m_at;
            if (!escape(out))
                return false;
        }
    }

    bool list(Value &out, int depth)
    {
        ++m_at;
        Value::List items;
        space();
        if (peek() == ']') {
            ++m_at;
            out = Value(std::move(items));
            return true;
        }
        while (true) {
            space();
            Value item;
            if (!value(item, depth + 1))
                return false;
            items.push_back(std::move(item));
            space();
            if (peek() == ']')
                break;
            if (peek() != ',')
                return unexpected();
            ++m_at;
        }
        ++m_at;
        out = Value(std::move(items));
        return true;
    }

    bool map(Value &out, int depth)
    {
        ++m_at;
        Object members;
        space();
        if (peek() == '}') {
            ++m_at;
            out = Value(std::move(members));
            return true;
        }
        while (true) {
            space();
            if (peek() != '"')
                return unexpected();
            std::string key;
            if (!string(key))
                return false;
            space();
            if (peek() != ':')
                return unexpected();
            ++m_at;
            space();
            Value member;
            if (!value(member, depth + 1))
                return false;
            members.set(std::move(key), std::move(member));
            space();
            if (peek() == '}')
                break;
            if (peek() != ',')
                return unexpected();
            ++m_at;
        }
        ++m_at;
        out = Value(std::move(members));
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    std::string m_error;
};

} // namespace

void appendJsonString(std::string &out, std::string_view text)
{
    static constexpr char kHex[] = "0123456789ABCDEF";
    out += '"';
    std::size_t done = 0;
    for (std::size_t i = 0; i < text.size();) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c < 0x80 && c != '"' && c != '\\') {
            ++i;
            continue;
        }
        if (c >= 0x80) {
            if (const std::size_t length = utf8::length(text, i)) {
                i += length;
                continue;
            }
        }
        out.append(text, done, i - done);
        done = ++i;
        switch (c) {
        case '"': out += "\\\""; break;
        case '\\': out += "\\\\"; break;
        case '\b': out += "\\b"; break;
        case '\f': out += "\\f"; break;
        case '\n': out += "\\n"; break;
        case '\r': out += "\\r"; break;
        case '\t': out += "\\t"; break;
        default:
            if (c < 0x20) {
                out += "\\u00";
                out += kHex[c >> 4];
                out += kHex[c & 15];
            } else {
                out += "\xEF\xBF\xBD";
            }
        }
    }
    out.append(text, done, text.size() - done);
    out += '"';
}

void appendJson(std::string &out, const Value &value, const JsonStyle &style)
{
    Writer(out, style).write(value);
}

std::string toJson(const Value &value, const JsonStyle &style)
{
    std::string out;
    appendJson(out, value, style);
    return out;
}

JsonParse parseJson(std::string_view text)
{
    return Parser(text).parse(true);
}

JsonParse parseJsonPrefix(std::string_view text)
{
    return Parser(text).parse(false);
}

} // namespace flow
