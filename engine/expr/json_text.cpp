#include "engine/expr/conversions.h"
#include "engine/expr/evaluator.h"
#include "engine/flow/utf8.h"

namespace expr {
namespace {

using flow::Value;

constexpr std::string_view kSource = "[Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: ";

/// Says what is wrong with a JSON text, in the words of the real engine's reader.
class JsonProblem
{
public:
    explicit JsonProblem(const std::string &text) : m_text(text) {}

    /// Empty when nothing is wrong with the first value.
    std::string find()
    {
        space();
        if (m_at >= m_text.size())
            return "No content to map due to end-of-input\n at " + std::string(kSource) + std::to_string(line(m_at)) + "]";
        value();
        if (m_problem.empty() && m_wasNumber && m_at < m_text.size() && !isSpace(m_text[m_at]))
            unexpected("Expected space separating root-level values");
        return m_problem;
    }

private:
    static bool isSpace(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
    char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool atEnd() const { return m_at >= m_text.size(); }
    void space()
    {
        while (m_at < m_text.size() && isSpace(m_text[m_at]))
            ++m_at;
    }
    int line(std::size_t offset) const
    {
        int lines = 1;
        for (std::size_t i = 0; i < offset && i < m_text.size(); ++i)
            lines += m_text[i] == '\n';
        return lines;
    }
    int column(std::size_t offset) const
    {
        const std::size_t begin = offset == 0 ? 0 : m_text.find_last_of('\n', offset - 1) + 1;
        return static_cast<int>(flow::utf8::utf16Length(std::string_view(m_text).substr(begin, offset - begin))) + 1;
    }
    std::string place(std::size_t offset) const
    {
        return std::string(kSource) + std::to_string(line(offset)) + ", column: " + std::to_string(column(offset)) + "]";
    }
    bool fail(const std::string &message, std::size_t offset)
    {
        m_problem = message + "\n at " + place(offset);
        return false;
    }
    bool unexpected(const std::string &wanted)
    {
        std::size_t at = m_at;
        const char32_t code = flow::utf8::next(m_text, at);
        const std::string letter = m_text.substr(m_at, at - m_at);
        return fail("Unexpected character ('" + letter + "' (code " + std::to_string(code) +
                        (code > 255 ? " / 0x" + hex(code) : "") + ")): " + wanted,
                    m_at);
    }
    static std::string hex(char32_t code)
    {
        char buffer[16];
        std::snprintf(buffer, sizeof buffer, "%x", static_cast<unsigned>(code));
        return buffer;
    }
    bool endOf(const char *kind, std::size_t open)
    {
        return fail(std::string("Unexpected end-of-input: expected close marker for ") + kind + " (start marker at " + place(open) + ")",
                    m_text.size());
    }

    bool value()
    {
        m_wasNumber = false;
        if (++m_depth > 1000)
            return fail("Document nesting depth (1001) exceeds the maximum allowed (1000, from `StreamReadConstraints.getMaxNestingDepth()`)", m_at);
        bool fine = false;
        const char c = peek();
        if (c == '{')
            fine = object();
        else if (c == '[')
            fine = array();
        else if (c == '"')
            fine = string();
        else if (c == '-' || (c >= '0' && c <= '9'))
            fine = number();
        else if (std::isalpha(static_cast<unsigned char>(c)))
            fine = word();
        else
            fine = unexpected("expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')");
        --m_depth;
        return fine;
    }

    bool object()
    {
        const std::size_t open = m_at++;
        bool first = true;
        while (true) {
            space();
            if (atEnd())
                return first ? endOf("Object", open) : fail("Unexpected end-of-input within/between Object entries", m_text.size());
            if (peek() == '}' && first) {
                ++m_at;
                return true;
            }
            if (peek() != '"')
                return unexpected("was expecting double-quote to start field name");
            if (!string())
                return false;
            space();
            if (atEnd())
                return fail("Unexpected end-of-input within/between Object entries", m_text.size());
            if (peek() != ':')
                return unexpected("was expecting a colon to separate field name and value");
            ++m_at;
            space();
            if (atEnd())
                return fail("Unexpected end-of-input within/between Object entries", m_text.size());
            if (!value())
                return false;
            m_wasNumber = false;
            space();
            if (atEnd())
                return endOf("Object", open);
            if (peek() == '}') {
                ++m_at;
                return true;
            }
            if (peek() != ',')
                return unexpected("was expecting comma to separate Object entries");
            ++m_at;
            first = false;
        }
    }

    bool array()
    {
        const std::size_t open = m_at++;
        space();
        if (peek() == ']') {
            ++m_at;
            return true;
        }
        while (true) {
            space();
            if (atEnd())
                return endOf("Array", open);
            if (!value())
                return false;
            m_wasNumber = false;
            space();
            if (atEnd())
                return endOf("Array", open);
            if (peek() == ']') {
                ++m_at;
                return true;
            }
            if (peek() != ',')
                return unexpected("was expecting comma to separate Array entries");
            ++m_at;
        }
    }

    bool string()
    {
        ++m_at;
        while (!atEnd() && peek() != '"') {
            const auto c = static_cast<unsigned char>(peek());
            if (c < 0x20)
                return fail("Illegal unquoted character ((CTRL-CHAR, code " + std::to_string(c) +
                                ")): has to be escaped using backslash to be included in string value",
                            m_at + 1);
            if (c != '\\') {
                ++m_at;
                continue;
            }
            ++m_at;
            const char escaped = peek();
            if (escaped == 'u') {
                for (int i = 0; i < 4; ++i) {
                    ++m_at;
                    if (atEnd())
                        return fail("Unexpected end-of-input in character escape sequence", m_text.size());
                    if (!std::isxdigit(static_cast<unsigned char>(peek())))
                        return unexpected("expected a hex-digit for character escape sequence");
                }
            } else if (std::string_view("\"\\/bfnrt").find(escaped) == std::string_view::npos || atEnd()) {
                if (atEnd())
                    return fail("Unexpected end-of-input in character escape sequence", m_text.size());
                return fail("Unrecognized character escape '" + std::string(1, escaped) + "' (code " +
                                std::to_string(static_cast<int>(escaped)) + ")",
                            m_at + 1);
            }
            ++m_at;
        }
        if (atEnd())
            return fail("Unexpected end-of-input: was expecting closing quote for a string value", m_text.size());
        ++m_at;
        return true;
    }

    bool number()
    {
        const std::size_t begin = m_at;
        if (peek() == '-')
            ++m_at;
        if (atEnd())
            return fail("Unexpected end-of-input: expected digit (0-9) to follow minus sign, for valid numeric value", m_text.size());
        if (!std::isdigit(static_cast<unsigned char>(peek())))
            return unexpected("expected digit (0-9) to follow minus sign, for valid numeric value");
        const std::size_t digits = m_at;
        while (std::isdigit(static_cast<unsigned char>(peek())))
            ++m_at;
        if (m_text[digits] == '0' && m_at > digits + 1)
            return fail("Invalid numeric value: Leading zeroes not allowed", begin + (m_text[begin] == '-' ? 2 : 1));
        const auto fraction = [this](const char *what) {
            if (std::isdigit(static_cast<unsigned char>(peek()))) {
                while (std::isdigit(static_cast<unsigned char>(peek())))
                    ++m_at;
                return true;
            }
            if (atEnd())
                return fail("Unexpected end-of-input in VALUE_NUMBER_FLOAT", m_text.size());
            return unexpected(std::string(what));
        };
        if (peek() == '.') {
            ++m_at;
            if (!fraction("Decimal point not followed by a digit"))
                return false;
        }
        if (peek() == 'e' || peek() == 'E') {
            ++m_at;
            if (peek() == '+' || peek() == '-')
                ++m_at;
            if (!fraction("Exponent indicator not followed by a digit"))
                return false;
        }
        m_wasNumber = true;
        return true;
    }

    bool word()
    {
        std::size_t end = m_at;
        while (end < m_text.size() && (std::isalnum(static_cast<unsigned char>(m_text[end])) || m_text[end] == '_' || m_text[end] == '$' ||
                                       static_cast<unsigned char>(m_text[end]) >= 0x80))
            ++end;
        const std::string token = m_text.substr(m_at, end - m_at);
        if (token == "true" || token == "false" || token == "null") {
            m_at = end;
            return true;
        }
        if (token == "NaN" || token == "Infinity")
            return fail("Non-standard token '" + token + "': enable `JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS` to allow", end);
        return fail("Unrecognized token '" + token + "': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')", m_at);
    }

    const std::string &m_text;
    std::size_t m_at = 0;
    int m_depth = 0;
    bool m_wasNumber = false;
    std::string m_problem;
};

} // namespace

Value readJson(const Call &call, const std::string &text)
{
    flow::JsonParse parsed = flow::parseJsonPrefix(text);
    const bool suspect = !parsed.ok || (parsed.value.isNumber() && parsed.offset < text.size());
    if (suspect) {
        std::string problem = JsonProblem(text).find();
        if (problem.empty() && !parsed.ok)
            problem = parsed.error;
        if (!problem.empty())
            call.fail("Invalid json: " + problem);
    }
    return std::move(parsed.value);
}

} // namespace expr
