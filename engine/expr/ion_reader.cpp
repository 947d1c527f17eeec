#include "engine/expr/ion.h"

#include "engine/flow/iso_time.h"
#include "engine/flow/utf8.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
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

constexpr std::string_view kCorrupt = "Corrupt content to decode; underlying `IonReader` problem: ";
constexpr std::string_view kCorruptNumber = "Corrupt Number value to decode; underlying `IonReader` problem: ";
constexpr std::string_view kParsing = "(com.amazon.ion.impl.IonReaderTextRawX$IonReaderTextParsingException) Syntax error";
constexpr std::string_view kToken = "(com.amazon.ion.impl.IonReaderTextRawTokensX$IonReaderTextTokenException) ";
constexpr std::string_view kNoPlace = "\n at [Source: UNKNOWN; byte offset: #UNKNOWN]";
constexpr std::string_view kOperators = "!#%&*+-./;<=>?@^`|~";

/// What is being read: the names of the real reader's states.
constexpr std::string_view kDatagram = "STATE_BEFORE_ANNOTATION_DATAGRAM";
constexpr std::string_view kContained = "STATE_BEFORE_ANNOTATION_CONTAINED";
constexpr std::string_view kSexp = "STATE_BEFORE_ANNOTATION_SEXP";
constexpr std::string_view kAnnotated = "STATE_BEFORE_VALUE_CONTENT";
constexpr std::string_view kFieldName = "STATE_BEFORE_FIELD_NAME";
constexpr std::string_view kAfterValue = "STATE_AFTER_VALUE_CONTENTS";

/// Faults have the words of the real reader.
class Reader
{
public:
    Reader(std::string_view text, std::size_t from) : m_text(text), m_at(from) {}

    IonParse read()
    {
        IonParse result;
        try {
            space();
            if (atEnd()) {
                result.empty = true;
            } else {
                result.value = value(0, kDatagram);
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

    /// ` at line 1 offset 5`: the place behind what was read.
    std::string place() const
    {
        const std::string_view read = m_text.substr(0, m_at);
        const std::size_t newline = read.rfind('\n');
        const std::string_view line = newline == std::string_view::npos ? read : read.substr(newline + 1);
        return fmt::format(" at line {} offset {}", 1 + std::count(read.begin(), read.end(), '\n'), flow::utf8::utf16Length(line) + 1);
    }
    [[noreturn]] void corrupt(std::string_view text) const { fail(fmt::format("{}{}{}", kCorrupt, text, kNoPlace)); }

    /// The name of the token at the place; punctuation is read, other tokens are not.
    std::string_view token()
    {
        static constexpr std::pair<char, std::string_view> kPunctuation[] = {
            {',', "TOKEN_COMMA"},        {'(', "TOKEN_OPEN_PAREN"},  {')', "TOKEN_CLOSE_PAREN"},  {'{', "TOKEN_OPEN_BRACE"},
            {'}', "TOKEN_CLOSE_BRACE"},  {'[', "TOKEN_OPEN_SQUARE"}, {']', "TOKEN_CLOSE_SQUARE"}, {':', "TOKEN_COLON"},
            {'"', "TOKEN_STRING_DOUBLE_QUOTE"},                      {'\'', "TOKEN_SYMBOL_QUOTED"},
        };
        if (atEnd())
            return "TOKEN_EOF";
        const char c = peek();
        if (isDigit(c) || (c == '-' && isDigit(peek(1))))
            return "TOKEN_UNKNOWN_NUMERIC";
        if (isNameStart(c))
            return "TOKEN_SYMBOL_IDENTIFIER";
        if (kOperators.find(c) != std::string_view::npos)
            return "TOKEN_SYMBOL_OPERATOR";
        for (const auto &[letter, name] : kPunctuation) {
            if (letter == c) {
                ++m_at;
                return name;
            }
        }
        badCharacter();
    }
    [[noreturn]] void unexpected(std::string_view state)
    {
        const std::string_view found = token();
        corrupt(fmt::format("{}{}: invalid syntax [state:{} on token:{}]", kParsing, place(), state, found));
    }
    [[noreturn]] void badCharacter()
    {
        if (atEnd())
            corrupt(fmt::format("{}bad character [-1, \"\\xffffffff\"] encountered where a token was supposed to start {}", kToken, place()));
        const char32_t code = flow::utf8::next(m_text, m_at);
        const std::string shown = code == '\\' ? "\\\\" : code < 0x80 && code >= 0x20 ? std::string(1, static_cast<char>(code))
                                                                         : fmt::format("\\x{:x}", static_cast<std::uint32_t>(code));
        corrupt(fmt::format("{}bad character [{}, \"{}\"] encountered where a token was supposed to start {}", kToken,
                            static_cast<std::uint32_t>(code), shown, place()));
    }
    [[noreturn]] void endInText() const
    {
        corrupt("(com.amazon.ion.UnexpectedEofException) unexpected EOF encountered " + place());
    }

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
                if (end == std::string_view::npos) {
                    m_at = m_text.size();
                    badCharacter();
                }
                m_at = end + 2;
            } else {
                return;
            }
        }
    }

    Value value(int depth, std::string_view state)
    {
        if (depth > kDeepest)
            fail("nested too deep");
        space();
        if (atEnd())
            unexpected(state);
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
        if (state == kSexp && kOperators.find(c) != std::string_view::npos) {
            const std::size_t begin = m_at;
            while (!atEnd() && kOperators.find(peek()) != std::string_view::npos)
                ++m_at;
            return Value(m_text.substr(begin, m_at - begin));
        }
        unexpected(state);
    }

    Value symbol(int depth)
    {
        const bool quoted = peek() == '\'';
        std::string name = quoted ? string('\'') : plainName();
        const std::size_t end = m_at;
        space();
        if (starts("::")) {
            m_at += 2;
            space();
            const bool isSymbol = isNameStart(peek());
            Value inner = annotated(name, value(depth + 1, kAnnotated));
            // A symbol keeps an annotation that is not ours.
            return isSymbol && inner.isText() ? Value(name + "::" + inner.text()) : inner;
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
                const std::string type = plainName();
                static constexpr std::string_view kTypes[] = {"null", "bool", "int",    "float",  "decimal", "timestamp", "symbol",
                                                              "string", "blob", "clob", "struct", "list",    "sexp"};
                if (std::find(std::begin(kTypes), std::end(kTypes), type) == std::end(kTypes)) {
                    --m_at;
                    corrupt(fmt::format("{}invalid type name on a typed null value{}", kToken, place()));
                }
            }
            return {};
        }
        if (name.size() > 2 && name[0] == '$' && name.find_first_not_of("0123456789", 1) == std::string::npos)
            corrupt("(com.amazon.ion.UnknownSymbolException) Unknown symbol text for " + name);
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
            unexpected(kFieldName);
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
            std::string name = peek() == '"'     ? string('"')
                               : starts("'''")   ? longString()
                               : peek() == '\'' ? string('\'')
                               : isNameStart(peek()) ? plainName()
                                                     : (unexpected(kFieldName), std::string());
            space();
            if (peek() != ':' || peek(1) == ':') {
                const std::string_view found = token();
                corrupt(fmt::format("{}{}: field name must be followed by a colon, not a {}", kParsing, place(), found));
            }
            ++m_at;
            members.set(std::move(name), value(depth + 1, kContained));
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
            items.push_back(value(depth + 1, close == ')' ? kSexp : kContained));
            if (close == ']')
                separator(close);
        }
    }

    void separator(char close)
    {
        space();
        if (peek() == ',')
            ++m_at;
        else if (const char c = peek(); c != close) {
            if (c == '}' || c == ']' || c == ')') {
                ++m_at;
                corrupt(fmt::format("(com.amazon.ion.IonException) {} closed by {}{}", close == '}' ? "struct" : "list", c, place()));
            }
            unexpected(kAfterValue);
        }
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
                fail(fmt::format("invalid character {} encountered in base64 value at {}", c, place()));
            bits = (bits << 6) | static_cast<unsigned>(digit);
            count += 6;
            if (count >= 8) {
                count -= 8;
                bytes += static_cast<char>((bits >> count) & 0xFF);
            }
        }
        if (!starts("}}"))
            fail("unexpected EOF encountered " + place());
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
                    endInText();
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
            if (atEnd())
                endInText();
            if (peek() == '\n')
                badCharacter();
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
        constexpr std::string_view kBehind = "{}[]()\"',/";
        const std::string_view written = m_text.substr(begin, m_at - begin);
        const std::string_view unsignedPart = written.substr(written.starts_with('-') ? 1 : 0);
        const bool isRadix = unsignedPart.size() > 1 && unsignedPart[0] == '0' && std::string_view("xXbB").find(unsignedPart[1]) != std::string_view::npos;
        const bool letters = !isRadix && written.find_first_not_of("0123456789_.-+:eEdDTZ") != std::string_view::npos;
        const unsigned char behind = static_cast<unsigned char>(peek());
        if (letters || (!atEnd() && behind > ' ' && kBehind.find(static_cast<char>(behind)) == std::string_view::npos)) {
            m_at = m_text.find_first_not_of("0123456789_.-+:", begin);
            ++m_at;
            corrupt(fmt::format("{}Numeric value followed by invalid character: {}{}", kToken, m_text.substr(begin, m_at - begin), place()));
        }
        std::string text(m_text.substr(begin, m_at - begin));
        if (text.size() > 4 && isDigit(text[0]) && (text[4] == '-' || text[4] == 'T'))
            return timestamp(text);
        std::erase(text, '_');
        const std::size_t first = text[0] == '-' ? 1 : 0;
        if (isRadix)
            return radixNumber(text, first);
        if (text.find_first_not_of("0123456789", first) == std::string::npos)
            return Value::wholeNumber(text);
        if (text.find_first_of("eE") != std::string::npos) {
            double number = 0;
            const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
            if (end != text.data() + text.size() || error == std::errc::invalid_argument)
                fail(fmt::format("{}{} at {}: For input string: \"{}\"{}", kCorruptNumber, kParsing, place(), text, kNoPlace));
            return Value(error == std::errc::result_out_of_range ? std::strtod(text.c_str(), nullptr) : number);
        }
        const std::size_t exponent = text.find_first_of("dD");
        if (exponent != std::string::npos)
            text[exponent] = 'E';
        if (text.find_first_not_of("0123456789.E+-") != std::string::npos)
            fail(fmt::format("{}{} at {}: For input string: \"{}\"{}", kCorruptNumber, kParsing, place(), text, kNoPlace));
        if (text.ends_with('.'))
            text.pop_back();
        return Value::ofText(Value::Kind::Decimal, std::move(text));
    }

    Value radixNumber(const std::string &text, std::size_t first)
    {
        const int base = text[first + 1] == 'x' || text[first + 1] == 'X' ? 16 : 2;
        std::int64_t number = 0;
        const std::string digits = text.substr(0, first) + text.substr(first + 2);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, base);
        if (error != std::errc() || end != digits.data() + digits.size())
            fail(fmt::format("{}{}{}: Invalid {} int value.{}", kCorruptNumber, kParsing, place(), base == 16 ? "hexadecimal" : "binary", kNoPlace));
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
        if (const std::size_t point = text.find('.'); point != std::string::npos && text.size() > point + 4)
            text.resize(point + 4); // read as a java.util.Date
        if (zone == "-00:00" || zone == "+00:00")
            zone = "Z";
        const auto moment = flow::parseInstant(text + zone);
        if (!moment)
            fail(fmt::format("Syntax error at {}: {}", place(), calendarFault(text)));
        if (zone != "Z")
            return Value::ofText(Value::Kind::ZonedDateTime, text + zone);
        if (moment->time_since_epoch() % std::chrono::hours(24) == std::chrono::nanoseconds::zero())
            return Value::ofText(Value::Kind::LocalDate, text.substr(0, clock));
        return flow::instantValue(*moment);
    }

    /// Which part of `2024-13-01T…` is out of its range.
    static std::string calendarFault(const std::string &text)
    {
        const int year = std::atoi(text.c_str());
        const int month = std::atoi(text.substr(5, 2).c_str());
        const int day = std::atoi(text.substr(8, 2).c_str());
        if (month < 1 || month > 12)
            return fmt::format("Month {} must be between 1 and 12 inclusive", month);
        const std::chrono::year_month_day_last last(std::chrono::year(year), std::chrono::month_day_last(std::chrono::month(static_cast<unsigned>(month))));
        const int most = static_cast<int>(static_cast<unsigned>(last.day()));
        if (day < 1 || day > most)
            return fmt::format("Day {} for year {} and month {} must be between 1 and {} inclusive", day, year, month, most);
        return "Invalid timestamp: " + text;
    }

    std::string_view m_text;
    std::size_t m_at;
};

} // namespace

IonParse parseIon(std::string_view text, std::size_t from)
{
    return Reader(text, from).read();
}

} // namespace expr
