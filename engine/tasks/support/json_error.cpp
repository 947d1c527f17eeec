#include "engine/tasks/support/json_error.h"

#include "engine/flow/utf8.h"

#include <fmt/format.h>

#include <cctype>
#include <optional>
#include <vector>

namespace tasks {

namespace {

constexpr std::string_view kSource = "[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled)";
constexpr std::string_view kValues = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/// Reads JSON only to find its first fault.
class Scanner
{
public:
    explicit Scanner(std::string_view text) : m_text(text) {}

    std::size_t depth() const { return m_open.size(); }
    std::string fault()
    {
        space();
        if (atEnd())
            return fmt::format("No content to map due to end-of-input\n at {}; line: {}]", kSource, m_line);
        if (auto found = value())
            return *found;
        const std::size_t end = m_at;
        space();
        if (!atEnd() && end == m_at)
            return here(unexpected("Expected space separating root-level values"));
        return here("Trailing content");
    }

private:
    using Fault = std::optional<std::string>;

    bool atEnd() const { return m_at >= m_text.size(); }
    char current() const { return m_text[m_at]; }
    void space()
    {
        while (!atEnd() && (current() == ' ' || current() == '\t' || current() == '\r' || current() == '\n')) {
            if (current() == '\n') {
                ++m_line;
                m_lineBegin = m_at + 1;
            }
            ++m_at;
        }
    }
    std::string here(std::string_view message) const
    {
        return fmt::format("{}\n at {}; line: {}, column: {}]", message, kSource, m_line, m_at - m_lineBegin + 1);
    }
    std::string unexpected(std::string_view what) const
    {
        std::size_t at = m_at;
        const char32_t code = flow::utf8::next(m_text, at);
        return fmt::format("Unexpected character ('{}' (code {})): {}", m_text.substr(m_at, at - m_at),
                           static_cast<std::uint32_t>(code), what);
    }
    std::string inNumber(std::string_view what) const
    {
        std::string message = unexpected(what);
        return message.insert(message.find("): ") + 1, " in numeric value");
    }
    std::string endOfInput(std::string_view within) const
    {
        return here(fmt::format("Unexpected end-of-input{}", within));
    }
    void open()
    {
        m_open.push_back(m_at - m_lineBegin + 1);
        ++m_at;
    }
    Fault close()
    {
        m_open.pop_back();
        ++m_at;
        return {};
    }
    std::string wrongMarker(char expected, std::string_view kind) const
    {
        return fmt::format("Unexpected close marker '{}': expected '{}' (for {} starting at {}; line: {}, column: {}])",
                           current(), expected, kind, kSource, m_line, m_open.back());
    }
    std::string unclosed(std::string_view kind) const
    {
        return fmt::format("Unexpected end-of-input: expected close marker for {} (start marker at {}; line: {}, column: "
                           "{}])\n at {}; line: {}, column: {}]",
                           kind, kSource, m_line, m_open.back(), kSource, m_line, m_at - m_lineBegin);
    }
    Fault value()
    {
        const char c = current();
        if (c == '{')
            return object();
        if (c == '[')
            return array();
        if (c == '"')
            return string();
        if (c == '-' || (c >= '0' && c <= '9'))
            return number();
        for (const std::string_view word : {"null", "true", "false"}) {
            if (m_text.substr(m_at).starts_with(word) && !isName(m_at + word.size())) {
                m_at += word.size();
                return {};
            }
        }
        if (isName(m_at)) {
            std::size_t end = m_at;
            while (isName(end))
                ++end;
            return here(fmt::format("Unrecognized token '{}': was expecting {}", m_text.substr(m_at, end - m_at),
                                    kValues));
        }
        if (c == '}' || c == ']')
            return here(unexpected("expected a value"));
        if (c == '+' && m_at + 1 < m_text.size()) {
            const std::string message = inNumber("JSON spec does not allow numbers to have plus signs: enable "
                                                 "`JsonReadFeature.ALLOW_LEADING_PLUS_SIGN_FOR_NUMBERS` to allow");
            ++m_at;
            return here(message);
        }
        return here(unexpected(fmt::format("expected a valid value {}", kValues)));
    }
    bool isName(std::size_t at) const
    {
        if (at >= m_text.size())
            return false;
        const auto c = static_cast<unsigned char>(m_text[at]);
        return std::isalnum(c) || c == '_' || c == '$' || c >= 0x80;
    }
    Fault object()
    {
        open();
        space();
        if (!atEnd() && current() == '}')
            return close();
        while (true) {
            space();
            if (atEnd())
                return endOfInput(" within/between Object entries");
            if (current() != '"')
                return here(unexpected("was expecting double-quote to start field name"));
            if (auto found = string())
                return found;
            space();
            if (atEnd())
                return endOfInput(" within/between Object entries");
            if (current() != ':')
                return here(unexpected("was expecting a colon to separate field name and value"));
            ++m_at;
            space();
            if (atEnd())
                return endOfInput(" within/between Object entries");
            if (auto found = value())
                return found;
            space();
            if (atEnd())
                return unclosed("Object");
            if (current() == '}')
                return close();
            if (current() == ']')
                return here(wrongMarker('}', "Object"));
            if (current() != ',')
                return here(unexpected("was expecting comma to separate Object entries"));
            ++m_at;
        }
    }
    Fault array()
    {
        open();
        space();
        if (!atEnd() && current() == ']')
            return close();
        while (true) {
            space();
            if (atEnd())
                return unclosed("Array");
            if (auto found = value())
                return found;
            space();
            if (atEnd())
                return unclosed("Array");
            if (current() == ']')
                return close();
            if (current() == '}')
                return here(wrongMarker(']', "Array"));
            if (current() != ',')
                return here(unexpected("was expecting comma to separate Array entries"));
            ++m_at;
        }
    }
    Fault string()
    {
        ++m_at;
        while (!atEnd() && current() != '"') {
            if (current() == '\\') {
                ++m_at;
                if (atEnd())
                    break;
                if (std::string_view("\"\\/bfnrtu").find(current()) == std::string_view::npos)
                    return here(fmt::format("Unrecognized character escape '{}' (code {})", current(),
                                            static_cast<int>(current())));
            } else if (static_cast<unsigned char>(current()) < 0x20) {
                return here(fmt::format("Illegal unquoted character ((CTRL-CHAR, code {})): has to be escaped using "
                                        "backslash to be included in string value",
                                        static_cast<int>(current())));
            }
            ++m_at;
        }
        if (atEnd())
            return endOfInput(": was expecting closing quote for a string value");
        ++m_at;
        return {};
    }
    Fault number()
    {
        if (current() == '-')
            ++m_at;
        if (atEnd() || !std::isdigit(static_cast<unsigned char>(current())))
            return atEnd() ? endOfInput(" in VALUE_NUMBER_INT")
                           : here(inNumber("expected digit (0-9) to follow minus sign, for valid numeric value"));
        if (current() == '0' && m_at + 1 < m_text.size() && std::isdigit(static_cast<unsigned char>(m_text[m_at + 1]))) {
            ++m_at;
            return here("Invalid numeric value: Leading zeroes not allowed");
        }
        const auto digits = [&] {
            while (!atEnd() && std::isdigit(static_cast<unsigned char>(current())))
                ++m_at;
        };
        digits();
        if (!atEnd() && current() == '.') {
            ++m_at;
            if (atEnd())
                return endOfInput(" in VALUE_NUMBER_FLOAT");
            if (!std::isdigit(static_cast<unsigned char>(current()))) {
                const std::string message = inNumber("Decimal point not followed by a digit");
                --m_at;
                return here(message);
            }
            digits();
        }
        if (!atEnd() && (current() == 'e' || current() == 'E')) {
            ++m_at;
            if (!atEnd() && (current() == '+' || current() == '-'))
                ++m_at;
            digits();
        }
        return {};
    }

    std::string_view m_text;
    std::vector<std::size_t> m_open; // columns of the objects and arrays around
    std::size_t m_at = 0;
    std::size_t m_line = 1;
    std::size_t m_lineBegin = 0;
};

} // namespace

JsonFault jsonFault(std::string_view text)
{
    Scanner scanner(text);
    std::string message = scanner.fault();
    return {std::move(message), scanner.depth()};
}

std::string jsonError(std::string_view text)
{
    return jsonFault(text).message;
}

std::string jsonFailure(std::string_view text)
{
    const std::string error = jsonError(text);
    return (error.starts_with("No content") ? "com.fasterxml.jackson.databind.exc.MismatchedInputException: "
                                            : "com.fasterxml.jackson.core.JsonParseException: ")
           + error;
}

} // namespace tasks
