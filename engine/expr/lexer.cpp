#include "engine/expr/lexer.h"

#include "engine/expr/characters.h"
#include "engine/flow/utf8.h"

#include <array>

namespace expr {
namespace {

// Longer ones first: the first that fits is taken.
constexpr std::string_view kOperators[] = {"contains", "equals", "is not", "isIn", "not", "and", "???", "or", "is", "==", "!=",
                                           ">=",       "<=",     "??",     "..",   "+",   "-",   ">",   "<",  "*",  "/",  "%",
                                           "|",        "~"};

bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

/// Walks one text. Each state of the language's lexer is a function.
class Lexer
{
public:
    explicit Lexer(std::string_view text) : m_text(text) {}

    Tokens run()
    {
        while (m_at < m_text.size() && !m_tokens.error)
            data();
        if (!m_tokens.error && !m_brackets.empty())
            fail("Unclosed \"" + std::string(1, m_brackets.back().closing) + "\"");
        push(TokenType::Eof, "null", m_at, m_at);
        return std::move(m_tokens);
    }

private:
    struct Bracket
    {
        char closing;
    };

    void countLines(std::size_t begin, std::size_t end)
    {
        for (std::size_t i = begin; i < end; ++i)
            if (m_text[i] == '\n' || (m_text[i] == '\r' && (i + 1 >= m_text.size() || m_text[i + 1] != '\n')))
                ++m_line;
    }
    void advance(std::size_t to)
    {
        countLines(m_at, to);
        m_at = to;
    }
    void push(TokenType type, std::string value, std::size_t begin, std::size_t end)
    {
        m_tokens.list.push_back({type, std::move(value), m_line, begin, end});
    }
    void fail(std::string message)
    {
        Error error;
        error.kind = ErrorKind::Syntax;
        error.message = std::move(message);
        error.line = m_line;
        error.begin = std::min(m_at, m_text.size());
        error.end = m_at < m_text.size() ? m_at + std::max<std::size_t>(1, flow::utf8::length(m_text, m_at)) : m_at;
        m_tokens.error = std::move(error);
    }
    bool startsWith(std::string_view what) const { return m_text.substr(m_at).starts_with(what); }
    std::size_t skipSpace(std::size_t at) const
    {
        while (at < m_text.size() && isSpace(m_text[at]))
            ++at;
        return at;
    }

    void text(std::size_t end, bool trimEnd)
    {
        std::size_t begin = m_at, stop = end;
        if (m_trimNext)
            begin = std::min(skipSpace(begin), end);
        m_trimNext = false;
        if (trimEnd)
            while (stop > begin && isSpace(m_text[stop - 1]))
                --stop;
        if (stop > begin)
            push(TokenType::Text, std::string(m_text.substr(begin, stop - begin)), begin, stop);
        advance(end);
    }

    void data()
    {
        std::size_t start = m_at;
        while (true) {
            start = m_text.find('{', start);
            if (start == std::string_view::npos || start + 1 >= m_text.size())
                return text(m_text.size(), false);
            const char next = m_text[start + 1];
            if (next == '{' || next == '%' || next == '#')
                break;
            ++start;
        }
        const char kind = m_text[start + 1];
        std::size_t after = start + 2;
        const bool trim = after + 1 < m_text.size() && m_text[after] == '-' && isSpace(m_text[after + 1]);
        text(start, trim);
        if (kind == '#')
            return comment(after);
        const std::size_t begin = m_at;
        advance(trim ? after + 1 : after);
        if (kind == '%' && verbatim())
            return;
        push(kind == '{' ? TokenType::PrintStart : TokenType::ExecuteStart, kind == '{' ? "{{" : "{%", begin, m_at);
        code(kind == '{' ? "}}" : "%}", kind == '{' ? TokenType::PrintEnd : TokenType::ExecuteEnd);
    }

    void comment(std::size_t after)
    {
        const std::size_t end = m_text.find("#}", after);
        if (end == std::string_view::npos) {
            fail("Unclosed comment.");
            return;
        }
        m_trimNext = end > after && m_text[end - 1] == '-';
        advance(end + 2);
    }

    /// `{% verbatim %}` up to its end tag, as text. The white space behind the opening tag is dropped.
    bool verbatim()
    {
        std::size_t at = skipSpace(m_at);
        if (!m_text.substr(at).starts_with("verbatim"))
            return false;
        at = skipSpace(at + 8);
        if (at < m_text.size() && m_text[at] == '-')
            ++at;
        if (!m_text.substr(at).starts_with("%}"))
            return false;
        const std::size_t body = at + 2;
        for (std::size_t tag = m_text.find("{%", body); tag != std::string_view::npos; tag = m_text.find("{%", tag + 2)) {
            std::size_t end = tag + 2;
            const bool trimBody = end < m_text.size() && m_text[end] == '-';
            end = skipSpace(trimBody ? end + 1 : end);
            if (!m_text.substr(end).starts_with("endverbatim"))
                continue;
            end = skipSpace(end + 11);
            const bool trimAfter = end < m_text.size() && m_text[end] == '-';
            end += trimAfter ? 1 : 0;
            if (!m_text.substr(end).starts_with("%}"))
                continue;
            std::size_t begin = std::min(skipSpace(body), tag), stop = tag;
            if (trimBody)
                while (stop > begin && isSpace(m_text[stop - 1]))
                    --stop;
            if (stop > begin)
                push(TokenType::Text, std::string(m_text.substr(begin, stop - begin)), begin, stop);
            advance(end + 2);
            m_trimNext = trimAfter;
            return true;
        }
        fail("Unclosed verbatim tag.");
        return true;
    }

    void code(std::string_view closing, TokenType endType)
    {
        while (!m_tokens.error) {
            if (m_brackets.empty()) {
                std::size_t at = skipSpace(m_at);
                const bool trim = at < m_text.size() && m_text[at] == '-' && m_text.substr(at + 1).starts_with(closing);
                if (trim || m_text.substr(at).starts_with(closing)) {
                    const std::size_t end = at + (trim ? 3 : 2);
                    push(endType, std::string(closing), at, end); // on the line where the white space before it begins
                    advance(end);
                    m_trimNext = trim;
                    return;
                }
            }
            if (!expression())
                return;
        }
    }

    /// One token of an expression; false at the end of the text.
    bool expression()
    {
        advance(skipSpace(m_at));
        if (m_at >= m_text.size())
            return false;
        if (takeOperator() || takeName() || takeNumber())
            return true;
        const char c = m_text[m_at];
        if (std::string_view("()[]{}?:.,=").find(c) != std::string_view::npos)
            return punctuation(c);
        if (c == '\'' || c == '"')
            return string(c);
        const std::size_t size = std::max<std::size_t>(1, flow::utf8::length(m_text, m_at));
        fail("Unexpected character [" + std::string(m_text.substr(m_at, size)) + "]");
        return true;
    }

    bool takeOperator()
    {
        for (const std::string_view name : kOperators) {
            std::size_t end = m_at;
            if (name == "is not") {
                if (!startsWith("is"))
                    continue;
                end = skipSpace(m_at + 2);
                if (end == m_at + 2 || !m_text.substr(end).starts_with("not"))
                    continue;
                end += 3;
            } else if (startsWith(name)) {
                end += name.size();
            } else {
                continue;
            }
            if (std::isalpha(static_cast<unsigned char>(name.back())) && end < m_text.size()) {
                std::size_t next = end;
                const char32_t code = flow::utf8::next(m_text, next);
                if (isNamePart(code))
                    continue;
            }
            push(TokenType::Operator, std::string(name), m_at, end);
            advance(end);
            return true;
        }
        return false;
    }

    bool takeName()
    {
        std::size_t end = m_at;
        while (end < m_text.size()) {
            std::size_t next = end;
            const char32_t code = flow::utf8::next(m_text, next);
            if (!(end == m_at ? isNameStart(code) : isNamePart(code)))
                break;
            end = next;
        }
        if (end == m_at)
            return false;
        push(TokenType::Name, std::string(m_text.substr(m_at, end - m_at)), m_at, end);
        m_at = end;
        return true;
    }

    bool takeNumber()
    {
        const auto digits = [this](std::size_t at) {
            while (at < m_text.size() && m_text[at] >= '0' && m_text[at] <= '9')
                ++at;
            return at;
        };
        std::size_t end = digits(m_at);
        if (end == m_at)
            return false;
        if (end < m_text.size() && m_text[end] == 'L') {
            push(TokenType::Long, std::string(m_text.substr(m_at, end - m_at)), m_at, end + 1);
            m_at = end + 1;
            return true;
        }
        if (end < m_text.size() && m_text[end] == '.' && digits(end + 1) > end + 1)
            end = digits(end + 1);
        push(TokenType::Number, std::string(m_text.substr(m_at, end - m_at)), m_at, end);
        m_at = end;
        return true;
    }

    bool punctuation(char c)
    {
        const std::size_t begin = m_at;
        TokenType type = TokenType::Punctuation;
        std::string value(1, c);
        if (c == '(' || c == '[' || c == '{') {
            m_brackets.push_back({c == '(' ? ')' : c == '[' ? ']' : '}'});
        } else if (c == ')' || c == ']' || c == '}') {
            if (m_brackets.empty() || m_brackets.back().closing == '"') {
                fail("Unexpected \"" + value + "\"");
                return true;
            }
            if (m_brackets.back().closing != c) {
                fail("Unclosed \"" + std::string(1, m_brackets.back().closing) + "\"");
                return true;
            }
            m_brackets.pop_back();
        }
        ++m_at;
        push(type, std::move(value), begin, m_at);
        return true;
    }

    static std::string unescape(std::string_view raw, char quote)
    {
        std::string out;
        out.reserve(raw.size());
        for (std::size_t i = 0; i < raw.size(); ++i) {
            if (raw[i] == '\\' && i + 1 < raw.size() && raw[i + 1] == quote)
                continue;
            out += raw[i];
        }
        return out;
    }

    bool string(char quote)
    {
        std::size_t end = m_at + 1;
        bool interpolated = false;
        while (end < m_text.size() && m_text[end] != quote) {
            if (quote == '"' && m_text[end] == '#' && end + 1 < m_text.size() && m_text[end + 1] == '{') {
                interpolated = true;
                break;
            }
            end += m_text[end] == '\\' ? 2 : 1;
        }
        if (interpolated)
            return interpolation();
        if (end >= m_text.size()) {
            if (quote == '"') {
                fail("Unclosed \"\"\"");
                m_at = m_text.size();
            } else {
                fail("Unexpected character [']");
            }
            return true;
        }
        push(TokenType::String, unescape(m_text.substr(m_at + 1, end - m_at - 1), quote), m_at, end + 1);
        advance(end + 1);
        return true;
    }

    /// A double-quoted string with `#{…}` in it: pieces of text and expressions one after another.
    bool interpolation()
    {
        m_brackets.push_back({'"'});
        ++m_at;
        while (!m_tokens.error) {
            std::size_t end = m_at;
            while (end < m_text.size() && m_text[end] != '"' && !m_text.substr(end).starts_with("#{"))
                end += m_text[end] == '\\' ? 2 : 1;
            end = std::min(end, m_text.size());
            if (end > m_at) {
                push(TokenType::String, unescape(m_text.substr(m_at, end - m_at), '"'), m_at, end);
                advance(end);
            }
            if (m_at >= m_text.size()) {
                fail("Unclosed \"\"\"");
                return true;
            }
            if (m_text[m_at] == '"') {
                ++m_at;
                m_brackets.pop_back();
                return true;
            }
            push(TokenType::InterpolationStart, "null", m_at, m_at + 2);
            m_at += 2;
            const std::size_t depth = m_brackets.size();
            while (!m_tokens.error) {
                advance(skipSpace(m_at));
                if (m_brackets.size() == depth && startsWith("}")) {
                    push(TokenType::InterpolationEnd, "null", m_at, m_at + 1);
                    ++m_at;
                    break;
                }
                if (!expression()) {
                    fail("Unclosed \"\"\"");
                    return true;
                }
            }
        }
        return true;
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    int m_line = 1;
    bool m_trimNext = false;
    std::vector<Bracket> m_brackets;
    Tokens m_tokens;
};

} // namespace

Tokens tokenize(std::string_view text)
{
    return Lexer(text).run();
}

std::string_view tokenTypeName(TokenType type)
{
    static constexpr std::string_view kNames[] = {"TEXT",   "PRINT_START", "PRINT_END", "EXECUTE_START", "EXECUTE_END",
                                                  "NAME",   "LONG",        "NUMBER",    "STRING",        "STRING_INTERPOLATION_START",
                                                  "STRING_INTERPOLATION_END", "OPERATOR", "PUNCTUATION", "EOF"};
    return kNames[static_cast<std::size_t>(type)];
}

} // namespace expr
