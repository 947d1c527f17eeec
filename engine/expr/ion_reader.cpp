#include "engine/expr/ion.h"

#include "engine/flow/iso_time.h"
#include "engine/flow/utf8.h"

#include <charconv>
#include <cstdlib>
#include <limits>
#include <optional>

namespace expr {

namespace {

using flow::Value;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}

bool isName(char c)
{
    return isNameStart(c) || isDigit(c);
}

class Reader
{
public:
    explicit Reader(std::string_view text) : m_text(text) {}

    IonParse read()
    {
        IonParse result;
        try {
            space();
            if (atEnd()) {
                result.empty = true;
            } else {
                result.value = value(0);
            }
            result.ok = true;
        } catch (const Fault &fault) {
            result.error = fault.message;
        }
        result.offset = m_at;
        return result;
    }

private:
    struct Fault
    {
        std::string message;
    };
    static constexpr int kDeepest = 1000;

    [[noreturn]] void fail(std::string message) const { throw Fault{std::move(message)}; }
    bool atEnd() const { return m_at >= m_text.size(); }
    char peek(std::size_t ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }
    bool starts(std::string_view text) const { return m_text.substr(m_at).starts_with(text); }

    void space()
    {
        while (!atEnd()) {
            const char c = peek();
            if (c == ' ' || (c >= '\t' && c <= '\r')) {
                ++m_at;
            } else if (starts("//")) {
                m_at = std::min(m_text.find('\n', m_at), m_text.size());
            } else if (starts("/*")) {
                const std::size_t end = m_text.find("*/", m_at + 2);
                if (end == std::string_view::npos)
                    fail("a comment is not closed");
                m_at = end + 2;
            } else {
                return;
            }
        }
    }

    Value value(int depth)
    {
        if (depth > kDeepest)
            fail("nested too deep");
        space();
        if (atEnd())
            fail("a value is missing at the end");
        const char c = peek();
        if (c == '{')
            return starts("{{") ? lob() : structure(depth);
        if (c == '[')
            return sequence(depth, ']');
        if (c == '(')
            return sequence(depth, ')');
        if (c == '"')
            return Value(string('"'));
        if (starts("'''"))
            return Value(longString());
        if (isDigit(c) || (c == '-' && isDigit(peek(1))))
            return number();
        if (starts("-inf") || starts("+inf")) {
            m_at += 4;
            return Value(c == '-' ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity());
        }
        if (c == '\'' || isNameStart(c))
            return symbol(depth);
        fail(std::string("unexpected character '") + c + "'");
    }

    Value symbol(int depth)
    {
        const bool quoted = peek() == '\'';
        std::string name = quoted ? string('\'') : plainName();
        const std::size_t end = m_at;
        space();
        if (starts("::")) {
            m_at += 2;
            return annotated(name, value(depth + 1));
        }
        m_at = end;
        if (quoted)
            return Value(std::move(name));
        if (name == "true")
            return Value(true);
        if (name == "false")
            return Value(false);
        if (name == "nan")
            return Value(std::numeric_limits<double>::quiet_NaN());
        if (name == "null") {
            if (peek() == '.') {
                ++m_at;
                plainName();
            }
            return {};
        }
        return Value(std::move(name));
    }

    static Value annotated(const std::string &name, Value value)
    {
        static constexpr std::pair<std::string_view, Value::Kind> kKinds[] = {
            {"Instant", Value::Kind::Instant},
            {"OffsetDateTime", Value::Kind::OffsetDateTime},
            {"ZonedDateTime", Value::Kind::ZonedDateTime},
            {"LocalDateTime", Value::Kind::LocalDateTime},
            {"LocalDate", Value::Kind::LocalDate},
            {"LocalTime", Value::Kind::LocalTime},
        };
        for (const auto &[known, kind] : kKinds) {
            if (known == name && value.isText())
                return Value::ofText(kind, value.text());
        }
        return value;
    }

    std::string plainName()
    {
        const std::size_t begin = m_at;
        while (isName(peek()))
            ++m_at;
        if (begin == m_at)
            fail("a name is missing");
        return std::string(m_text.substr(begin, m_at - begin));
    }

    Value structure(int depth)
    {
        ++m_at;
        flow::Object members;
        while (true) {
            space();
            if (peek() == '}') {
                ++m_at;
                return members;
            }
            if (atEnd())
                fail("a struct is not closed");
            std::string name = peek() == '"'     ? string('"')
                               : starts("'''")   ? longString()
                               : peek() == '\'' ? string('\'')
                                                 : plainName();
            space();
            if (peek() != ':' || peek(1) == ':')
                fail("a colon is missing after a name");
            ++m_at;
            members.set(std::move(name), value(depth + 1));
            separator('}');
        }
    }

    Value sequence(int depth, char close)
    {
        ++m_at;
        Value::List items;
        while (true) {
            space();
            if (peek() == close) {
                ++m_at;
                return items;
            }
            if (atEnd())
                fail("a list is not closed");
            items.push_back(value(depth + 1));
            if (close == ']')
                separator(close);
        }
    }

    void separator(char close)
    {
        space();
        if (peek() == ',')
            ++m_at;
        else if (peek() != close)
            fail(atEnd() ? "the text ends inside a value" : "a comma is missing");
    }

    Value lob()
    {
        m_at += 2;
        space();
        if (peek() == '"' || starts("'''")) {
            std::string text = peek() == '"' ? string('"') : longString();
            space();
            if (!starts("}}"))
                fail("a clob is not closed");
            m_at += 2;
            return Value::ofText(Value::Kind::Bytes, std::move(text));
        }
        std::string bytes;
        unsigned bits = 0;
        int count = 0;
        while (!atEnd() && peek() != '}') {
            const char c = m_text[m_at++];
            constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
            if (c == '=' || c == ' ' || (c >= '\t' && c <= '\r'))
                continue;
            const std::size_t digit = kLetters.find(c);
            if (digit == std::string_view::npos)
                fail("a blob is not Base64");
            bits = (bits << 6) | static_cast<unsigned>(digit);
            count += 6;
            if (count >= 8) {
                count -= 8;
                bytes += static_cast<char>((bits >> count) & 0xFF);
            }
        }
        if (!starts("}}"))
            fail("a blob is not closed");
        m_at += 2;
        return Value::ofText(Value::Kind::Bytes, std::move(bytes));
    }

    std::string longString()
    {
        std::string text;
        while (starts("'''")) {
            m_at += 3;
            while (!starts("'''")) {
                if (atEnd())
                    fail("a text is not closed");
                character(text);
            }
            m_at += 3;
            const std::size_t end = m_at;
            space();
            if (!starts("'''"))
                m_at = end;
        }
        return text;
    }

    std::string string(char quote)
    {
        ++m_at;
        std::string text;
        while (peek() != quote) {
            if (atEnd() || peek() == '\n')
                fail("a text is not closed");
            character(text);
        }
        ++m_at;
        return text;
    }

    void character(std::string &text)
    {
        const char c = m_text[m_at++];
        if (c != '\\') {
            text += c;
            return;
        }
        const char escape = peek();
        ++m_at;
        switch (escape) {
        case '0': text += '\0'; return;
        case 'a': text += '\a'; return;
        case 'b': text += '\b'; return;
        case 't': text += '\t'; return;
        case 'n': text += '\n'; return;
        case 'f': text += '\f'; return;
        case 'r': text += '\r'; return;
        case 'v': text += '\v'; return;
        case '\n': return;
        case 'x': flow::utf8::append(text, hex(2)); return;
        case 'U': flow::utf8::append(text, hex(8)); return;
        case 'u': {
            char32_t code = hex(4);
            if (code >= 0xD800 && code < 0xDC00 && starts("\\u")) {
                m_at += 2;
                const char32_t low = hex(4);
                code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
            }
            flow::utf8::append(text, code);
            return;
        }
        case '"':
        case '\'':
        case '\\':
        case '?':
        case '/':
            text += escape;
            return;
        default:
            fail("an escape is unknown");
        }
    }

    char32_t hex(std::size_t digits)
    {
        std::uint32_t code = 0;
        const std::string_view part = m_text.substr(std::min(m_at, m_text.size()), digits);
        const auto [end, error] = std::from_chars(part.data(), part.data() + part.size(), code, 16);
        if (error != std::errc() || part.size() != digits || end != part.data() + digits || code > 0x10FFFF)
            fail("an escape is malformed");
        m_at += digits;
        return code;
    }

    Value number()
    {
        const std::size_t begin = m_at;
        while (!atEnd() && (isName(peek()) || peek() == '.' || peek() == '-' || peek() == '+' || peek() == ':'))
            ++m_at;
        std::string text(m_text.substr(begin, m_at - begin));
        if (text.size() > 4 && isDigit(text[0]) && (text[4] == '-' || text[4] == 'T'))
            return timestamp(text);
        std::erase(text, '_');
        const std::size_t first = text[0] == '-' ? 1 : 0;
        if (text.size() > first + 2 && text[first] == '0' && std::string_view("xXbB").find(text[first + 1]) != std::string_view::npos)
            return radixNumber(text, first);
        if (text.find_first_not_of("0123456789", first) == std::string::npos)
            return Value::wholeNumber(text);
        if (text.find_first_of("eE") != std::string::npos) {
            double number = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
            if (end != text.data() + text.size() || error == std::errc::invalid_argument)
                fail("a number is malformed: " + text);
            return Value(error == std::errc::result_out_of_range ? std::strtod(text.c_str(), nullptr) : number);
        }
        const std::size_t exponent = text.find_first_of("dD");
        if (exponent != std::string::npos)
            text[exponent] = 'E';
        if (text.find_first_not_of("0123456789.E+-") != std::string::npos)
            fail("a number is malformed: " + text);
        return Value::ofText(Value::Kind::Decimal, std::move(text));
    }

    Value radixNumber(const std::string &text, std::size_t first)
    {
        const int base = text[first + 1] == 'x' || text[first + 1] == 'X' ? 16 : 2;
        std::int64_t number = 0;
        const std::string digits = text.substr(0, first) + text.substr(first + 2);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
        if (error != std::errc() || end != digits.data() + digits.size())
            fail("a number is malformed: " + text);
        return Value::wholeNumber(std::to_string(number));
    }

    /// `2024T`, `2024-03T`, `2024-03-09`, `2024-03-09T16:07Z`, `2024-03-09T16:07:08.5+02:00`.
    Value timestamp(std::string text)
    {
        const std::string written = text;
        std::size_t clock = text.find('T');
        if (clock == 4)
            text = text.substr(0, 4) + "-01-01T";
        else if (clock == 7)
            text = text.substr(0, 7) + "-01T";
        else if (clock == std::string::npos)
            text += 'T';
        clock = text.find('T');
        std::string zone = "Z";
        if (clock + 1 == text.size()) {
            text += "00:00:00";
        } else {
            const std::size_t at = text.find_first_of("Z+-", clock);
            if (at == std::string::npos)
                fail("a time has no offset: " + written);
            zone = text.substr(at);
            text.erase(at);
            if (text.size() == clock + 6)
                text += ":00";
        }
        if (zone == "-00:00" || zone == "+00:00")
            zone = "Z";
        const auto moment = flow::parseInstant(text + zone);
        if (!moment)
            fail("a time is malformed: " + written);
        if (zone != "Z")
            return Value::ofText(Value::Kind::ZonedDateTime, text + zone);
        if (moment->time_since_epoch() % std::chrono::hours(24) == std::chrono::nanoseconds::zero())
            return Value::ofText(Value::Kind::LocalDate, text.substr(0, clock));
        return flow::instantValue(*moment);
    }

    std::string_view m_text;
    std::size_t m_at = 0;
};

} // namespace

IonParse parseIon(std::string_view text)
{
    return Reader(text).read();
}

} // namespace expr
