#include "engine/expr/regex.h"

#include "engine/expr/failure.h"

#include <array>
#include <utility>

namespace expr::regex {
namespace {

/// Java's names of character classes that PCRE2 lacks or means otherwise.
constexpr std::pair<std::string_view, std::string_view> kClasses[] = {
    {"Lower", "a-z"},       {"Upper", "A-Z"},          {"ASCII", "\\x00-\\x7F"},
    {"Alpha", "a-zA-Z"},    {"Digit", "0-9"},          {"Alnum", "a-zA-Z0-9"},
    {"Punct", "!-\\/:-@\\[-`{-~"}, {"Graph", "!-~"},   {"Print", " -~"},
    {"Blank", " \\t"},      {"Cntrl", "\\x00-\\x1F\\x7F"}, {"XDigit", "0-9a-fA-F"},
    {"Space", " \\t\\n\\x0B\\f\\r"}};

constexpr std::pair<std::string_view, std::string_view> kProperties[] = {
    {"javaLowerCase", "Ll"}, {"javaUpperCase", "Lu"}, {"javaLetter", "L"},     {"javaDigit", "Nd"},
    {"IsAlphabetic", "L"},   {"IsLetter", "L"},       {"IsLowercase", "Ll"},   {"IsUppercase", "Lu"},
    {"IsDigit", "Nd"},       {"IsPunctuation", "P"},  {"javaWhitespace", "Xsp"}, {"IsWhite_Space", "Xsp"},
    {"javaLetterOrDigit", "Xan"}};

class Translator
{
public:
    explicit Translator(std::string_view pattern) : m_in(pattern) {}

    std::string run()
    {
        std::string out;
        while (m_at < m_in.size())
            item(out);
        return m_prefix + out;
    }

private:
    char peek(std::size_t ahead = 0) const { return m_at + ahead < m_in.size() ? m_in[m_at + ahead] : '\0'; }

    void item(std::string &out)
    {
        const char c = peek();
        if (c == '\\')
            return escape(out, false);
        if (c == '[')
            return characterClass(out);
        if (c == '(' && peek(1) == '?')
            return group(out);
        if (c == '{' && !isRepetition())
            throwJava("java.util.regex.PatternSyntaxException", "Illegal repetition\n" + std::string(m_in));
        out += c;
        ++m_at;
    }

    /// `{2}`, `{2,}` or `{2,3}` behind something to repeat.
    bool isRepetition() const
    {
        std::size_t at = m_at + 1;
        const auto digits = [this, &at] {
            const std::size_t begin = at;
            while (at < m_in.size() && std::isdigit(static_cast<unsigned char>(m_in[at])))
                ++at;
            return at > begin;
        };
        if (m_at == 0 || !digits())
            return false;
        if (at < m_in.size() && m_in[at] == ',') {
            ++at;
            digits();
        }
        return at < m_in.size() && m_in[at] == '}';
    }

    /// `(?U)` is a matter of the whole pattern for PCRE2; other flags Java alone has are dropped.
    void group(std::string &out)
    {
        std::size_t end = m_at + 2;
        while (end < m_in.size() && (std::isalpha(static_cast<unsigned char>(m_in[end])) || m_in[end] == '-'))
            ++end;
        const bool flags = end > m_at + 2 && end < m_in.size() && (m_in[end] == ')' || m_in[end] == ':');
        if (!flags) {
            out += "(?";
            m_at += 2;
            return;
        }
        std::string kept;
        for (std::size_t i = m_at + 2; i < end; ++i) {
            if (m_in[i] == 'U')
                m_prefix = "(*UCP)";
            else if (m_in[i] != 'u' && m_in[i] != 'd')
                kept += m_in[i];
        }
        if (kept == "-")
            kept.clear();
        if (!(kept.empty() && m_in[end] == ')'))
            out += "(?" + kept + m_in[end];
        m_at = end + 1;
    }

    void property(std::string &out, bool inClass)
    {
        const bool negated = peek(1) == 'P';
        const std::size_t end = m_in.find('}', m_at);
        if (peek(2) != '{' || end == std::string_view::npos) {
            out += m_in.substr(m_at, 2);
            m_at += 2;
            return;
        }
        std::string_view name = m_in.substr(m_at + 3, end - m_at - 3);
        m_at = end + 1;
        for (const auto &[java, members] : kClasses) {
            if (name != java)
                continue;
            if (inClass && !negated)
                out += members;
            else if (!inClass)
                out += (negated ? "[^" : "[") + std::string(members) + "]";
            else
                m_extra += "|[^" + std::string(members) + "]";
            return;
        }
        for (const auto &[java, ours] : kProperties)
            if (name == java)
                name = ours;
        if (name.starts_with("Is"))
            name.remove_prefix(2);
        out += negated ? "\\P{" : "\\p{";
        out += name;
        out += '}';
    }

    void escape(std::string &out, bool inClass)
    {
        const char c = peek(1);
        if (c == 'p' || c == 'P')
            return property(out, inClass);
        if (c == 'Q') {
            std::size_t end = m_in.find("\\E", m_at + 2);
            const std::string_view quoted = m_in.substr(m_at + 2, (end == std::string_view::npos ? m_in.size() : end) - m_at - 2);
            for (const char letter : quoted) {
                if (static_cast<unsigned char>(letter) < 0x80 && !std::isalnum(static_cast<unsigned char>(letter)))
                    out += '\\';
                out += letter;
            }
            m_at = end == std::string_view::npos ? m_in.size() : end + 2;
            return;
        }
        if (c == 'u' && m_at + 6 <= m_in.size()) {
            out += "\\x{" + std::string(m_in.substr(m_at + 2, 4)) + "}";
            m_at += 6;
            return;
        }
        out += m_in.substr(m_at, 2);
        m_at += 2;
    }

    /// A class with unions `[a[bc]]` and intersections `[a-z&&[^b]]`, which PCRE2 has not.
    void characterClass(std::string &out)
    {
        const std::size_t start = m_at;
        std::string plain;
        if (simpleClass(plain)) {
            out += plain;
            return;
        }
        m_at = start;
        out += set();
    }

    bool simpleClass(std::string &out)
    {
        ++m_at;
        out = "[";
        if (peek() == '^') {
            out += '^';
            ++m_at;
        }
        bool first = true;
        while (m_at < m_in.size()) {
            const char c = peek();
            if (c == ']' && !first) {
                ++m_at;
                out += ']';
                return m_extra.empty();
            }
            if (c == '[' || (c == '&' && peek(1) == '&'))
                return false;
            first = false;
            if (c == '\\') {
                escape(out, true);
            } else {
                out += c;
                ++m_at;
            }
        }
        return true; // unclosed: PCRE2 says so
    }

    std::string set()
    {
        m_extra.clear();
        ++m_at;
        bool negated = false;
        if (peek() == '^') {
            negated = true;
            ++m_at;
        }
        std::vector<std::string> sides{""};
        std::string plain;
        const auto flush = [&] {
            if (!plain.empty())
                sides.back() += (sides.back().empty() ? "[" : "|[") + plain + "]";
            plain.clear();
            if (!m_extra.empty())
                sides.back() += sides.back().empty() ? m_extra.substr(1) : m_extra;
            m_extra.clear();
        };
        bool closed = false;
        while (m_at < m_in.size()) {
            const char c = peek();
            if (c == ']') {
                ++m_at;
                closed = true;
                break;
            }
            if (c == '[') {
                flush();
                if (++m_depth > 50)
                    return "["; // too deep: refused as unclosed
                const std::string inner = set();
                --m_depth;
                sides.back() += (sides.back().empty() ? "" : "|") + inner;
            } else if (c == '&' && peek(1) == '&') {
                flush();
                sides.emplace_back();
                m_at += 2;
            } else if (c == '\\') {
                escape(plain, true);
            } else {
                plain += c;
                ++m_at;
            }
        }
        if (!closed)
            return "[";
        flush();
        std::string all;
        for (std::size_t i = 0; i < sides.size(); ++i) {
            if (sides[i].empty())
                continue;
            all += i + 1 < sides.size() ? "(?=" + sides[i] + ")" : "(?:" + sides[i] + ")";
        }
        if (!sides.empty() && sides.back().empty())
            all += "(?s:.)";
        return negated ? "(?:(?!" + all + ")(?s:.))" : "(?:" + all + ")";
    }

    std::string_view m_in;
    std::size_t m_at = 0;
    int m_depth = 0;
    std::string m_prefix;
    std::string m_extra; // alternatives that a class can't hold
};

} // namespace

std::string translate(std::string_view pattern)
{
    return Translator(pattern).run();
}

} // namespace expr::regex
