#include "editor/yaml_scanner.h"

#include "editor/script_scanner.h"

#include <algorithm>
#include <cctype>

namespace editor {

namespace {

constexpr std::size_t npos = std::string_view::npos;

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

std::size_t skipBlanks(std::string_view line, std::size_t at)
{
    while (at < line.size() && isBlank(line[at]))
        ++at;
    return at;
}

/// Numbers, words for true, false and null, ISO durations and dates.
bool looksLikeNumber(std::string_view word)
{
    if (word.empty())
        return false;
    static const std::vector<std::string_view> words{"True", "FALSE", "False", "NULL", "Null",
                                                     "TRUE", "false", "null",  "true", "~"};
    if (std::find(words.begin(), words.end(), word) != words.end())
        return true;
    const auto digit = [](char c) { return std::isdigit(static_cast<unsigned char>(c)) != 0; };
    if (word[0] == 'P' && word.size() > 2)
        return std::all_of(word.begin() + 1, word.end(),
                           [&](char c) {
                               return digit(c) || std::string_view("YMWDTHS.-").find(c) != npos;
                           }) &&
               std::any_of(word.begin(), word.end(), digit);
    const std::size_t first = word[0] == '-' || word[0] == '+' ? 1 : 0;
    if (first == word.size() ||
        !(digit(word[first]) || (word[first] == '.' && word.size() > first + 1)))
        return false;
    return std::all_of(word.begin() + static_cast<std::ptrdiff_t>(first), word.end(), [&](char c) {
        return digit(c) || std::string_view("._eE+-:xXTZ").find(c) != npos ||
               (c >= 'a' && c <= 'f');
    });
}

ScriptLanguage languageOfKey(std::string_view key, ScriptLanguage task)
{
    if (key == "script" || key == "beforeCommands" || key == "commands" || key == "interpreter")
        return key == "script" && task != ScriptLanguage::None ? task : ScriptLanguage::Shell;
    if (key == "sql" || key == "query" || key == "statement")
        return ScriptLanguage::Sql;
    if (key == "jq" || key == "jqExpression")
        return ScriptLanguage::Jq;
    return ScriptLanguage::None;
}

/// Reads one line from left to right; holds what is shared by the steps.
class LineScanner
{
public:
    LineScanner(std::string_view line, LineState &state) : m_line(line), m_state(state) {}

    std::vector<Token> run()
    {
        if (m_state.kind == LineState::Kind::Block && !blockEnds()) {
            scanText(skipBlanks(m_line, 0), m_line.size(), TokenKind::String, m_state.language);
            return std::move(m_tokens);
        }
        if (m_state.kind == LineState::Kind::Block)
            leaveScalar();
        if (m_state.kind == LineState::Kind::DoubleQuoted ||
            m_state.kind == LineState::Kind::SingleQuoted) {
            m_at = 0;
            scanQuoted(m_state.kind == LineState::Kind::DoubleQuoted ? '"' : '\'',
                       skipBlanks(m_line, 0));
        } else {
            m_state.open = m_state.flowDepth ? m_state.open : 0;
            m_at = skipBlanks(m_line, 0);
            m_indent = m_at;
            scanStructure();
        }
        return std::move(m_tokens);
    }

private:
    void add(std::size_t begin, std::size_t end, TokenKind kind)
    {
        if (begin < end)
            m_tokens.push_back({begin, end, kind});
    }

    bool blockEnds() const
    {
        const std::size_t indent = indentOf(m_line);
        return indent != npos && indent <= m_state.indent;
    }

    void leaveScalar()
    {
        m_state.kind = LineState::Kind::Plain;
        m_state.open = 0;
    }

    /// Text with expressions in it; the rest is `kind`, or a script.
    void scanText(std::size_t begin, std::size_t end, TokenKind kind, ScriptLanguage language,
                  char quote = 0)
    {
        std::vector<Token> expressions;
        for (std::size_t at = begin; at < end;) {
            std::size_t open = at;
            if (!m_state.open) {
                while (open + 1 < end && !(m_line[open] == '{' &&
                                           std::string_view("{%#").find(m_line[open + 1]) != npos))
                    ++open;
                if (open + 1 >= end)
                    break;
                m_state.open = m_line[open + 1] == '{' ? 1 : m_line[open + 1] == '%' ? 2 : 3;
                at = open + 2;
            }
            at = expressionEnd(at, end, quote);
            expressions.push_back({open, at, TokenKind::Expression});
        }
        std::vector<Token> others;
        if (language == ScriptLanguage::None) {
            others.push_back({begin, end, kind});
        } else { // a script is read as if each expression were a word
            std::string masked(m_line);
            for (const Token &expression : expressions)
                masked.replace(expression.begin, expression.end - expression.begin,
                               expression.end - expression.begin, '_');
            scanScript(masked, begin, end, language, others);
        }
        auto expression = expressions.begin();
        for (Token other : others) {
            while (expression != expressions.end() && expression->begin < other.end) {
                add(other.begin, expression->begin, other.kind);
                m_tokens.push_back(*expression);
                other.begin = std::max(other.begin, expression->end);
                ++expression;
            }
            if (other.begin < other.end)
                add(std::max(other.begin, expression == expressions.begin()
                                              ? other.begin
                                              : std::prev(expression)->end),
                    other.end, other.kind);
        }
        m_tokens.insert(m_tokens.end(), expression, expressions.end());
    }

    /// After the closing braces, or `end` when they are on a later line. Skips strings, but not
    /// over a quote that ends the scalar.
    std::size_t expressionEnd(std::size_t at, std::size_t end, char quote)
    {
        const char close = m_state.open == 1 ? '}' : m_state.open == 2 ? '%' : '#';
        for (; at < end; ++at) {
            const char c = m_line[at];
            if ((c == '"' || c == '\'') && c != quote && m_state.open != 3) {
                const std::size_t other = m_line.find(c, at + 1);
                if (other != npos && other < end)
                    at = other;
            } else if (c == close && at + 1 < end && m_line[at + 1] == '}') {
                m_state.open = 0;
                return at + 2;
            }
        }
        return end;
    }

    /// From inside a quoted scalar; `m_at` is after it, or at the end of the line.
    void scanQuoted(char quote, std::size_t begin)
    {
        std::size_t end = begin;
        bool closed = false;
        for (std::size_t i = m_at > begin ? m_at : begin; i < m_line.size(); ++i) {
            if (quote == '"' && m_line[i] == '\\') {
                ++i;
            } else if (m_line[i] == quote) {
                if (quote == '\'' && i + 1 < m_line.size() && m_line[i + 1] == '\'') {
                    ++i;
                    continue;
                }
                end = i + 1;
                closed = true;
                break;
            }
        }
        if (!closed)
            end = m_line.size();
        scanText(begin, end, m_isType ? TokenKind::Type : TokenKind::String, ScriptLanguage::None,
                 quote);
        m_at = end;
        if (!closed) {
            m_state.kind =
                quote == '"' ? LineState::Kind::DoubleQuoted : LineState::Kind::SingleQuoted;
            return;
        }
        m_state.kind = LineState::Kind::Plain;
        m_state.open = 0;
        scanStructure();
    }

    /// Where a comment begins at or after `at`, or the end of the line.
    std::size_t commentBegin(std::size_t at) const
    {
        for (std::size_t i = at; i < m_line.size(); ++i) {
            if (m_line[i] == '#' && (i == 0 || isBlank(m_line[i - 1])))
                return i;
            if (m_line[i] == '{' && i + 1 < m_line.size() && m_line[i + 1] == '{') {
                const std::size_t close = m_line.find("}}", i);
                i = close == npos ? i : close;
            }
        }
        return m_line.size();
    }

    /// End of a plain key that begins at `at`, or npos when there is no `: ` after it.
    std::size_t keyEnd(std::size_t at) const
    {
        if (at >= m_line.size() || std::string_view("#&*!|>%@`{[").find(m_line[at]) != npos)
            return npos;
        if (m_line[at] == '"' || m_line[at] == '\'') {
            const std::size_t close = m_line.find(m_line[at], at + 1);
            if (close == npos)
                return npos;
            const std::size_t colon = skipBlanks(m_line, close + 1);
            return colon < m_line.size() && m_line[colon] == ':' ? close + 1 : npos;
        }
        for (std::size_t i = at; i < m_line.size(); ++i) {
            if (m_line[i] == ':' && (i + 1 == m_line.size() || isBlank(m_line[i + 1]) ||
                                     (m_state.flowDepth && m_line[i + 1] == ',')))
                return i;
            if (m_line[i] == '#' && i > at && isBlank(m_line[i - 1]))
                return npos;
            if (m_state.flowDepth && std::string_view(",]}").find(m_line[i]) != npos)
                return npos;
        }
        return npos;
    }

    void scanStructure()
    {
        while (m_at < m_line.size()) {
            m_at = skipBlanks(m_line, m_at);
            if (m_at >= m_line.size())
                return;
            const char c = m_line[m_at];
            if (c == '#' && (m_at == 0 || isBlank(m_line[m_at - 1]))) {
                add(m_at, m_line.size(), TokenKind::Comment);
                return;
            }
            if (m_at == 0 && (m_line.starts_with("---") || m_line.starts_with("...")) &&
                (m_line.size() == 3 || isBlank(m_line[3]))) {
                add(0, 3, TokenKind::Punct);
                m_at = 3;
                continue;
            }
            if (!m_state.flowDepth && (c == '-' || c == '?') &&
                (m_at + 1 == m_line.size() || isBlank(m_line[m_at + 1]))) {
                add(m_at, m_at + 1, TokenKind::Punct);
                ++m_at;
                m_indent = skipBlanks(m_line, m_at);
                continue;
            }
            if (c == ':' && (m_at + 1 == m_line.size() || isBlank(m_line[m_at + 1]))) {
                add(m_at, m_at + 1, TokenKind::Punct);
                ++m_at;
                continue;
            }
            if (c == '&' || c == '*' || c == '!') {
                std::size_t end = m_at;
                while (end < m_line.size() && !isBlank(m_line[end]) &&
                       !(m_state.flowDepth && std::string_view(",]}").find(m_line[end]) != npos))
                    ++end;
                add(m_at, end, TokenKind::Anchor);
                m_at = end;
                continue;
            }
            if (c == '{' && m_at + 1 < m_line.size() &&
                std::string_view("{%#").find(m_line[m_at + 1]) != npos && !m_state.flowDepth) {
                scanPlain();
                continue;
            }
            if (std::string_view("[]{},").find(c) != npos &&
                (m_state.flowDepth || c == '[' || c == '{')) {
                if ((c == '[' || c == '{') && m_state.flowDepth < 15)
                    ++m_state.flowDepth;
                else if ((c == ']' || c == '}') && m_state.flowDepth)
                    --m_state.flowDepth;
                m_isType = false;
                add(m_at, m_at + 1, TokenKind::Punct);
                ++m_at;
                continue;
            }
            if ((c == '|' || c == '>') && startsBlock())
                return;
            if (const std::size_t end = m_valueOnly && !m_state.flowDepth ? npos : keyEnd(m_at);
                end != npos) {
                m_key = m_line.substr(m_at, end - m_at);
                if (m_key.size() > 1 && (m_key[0] == '"' || m_key[0] == '\''))
                    m_key = m_key.substr(1, m_key.size() - 2);
                m_isType = m_key == "type";
                scanKey(end);
                continue;
            }
            if (c == '"' || c == '\'') {
                const std::size_t begin = m_at++;
                scanQuoted(c, begin);
                return;
            }
            scanPlain();
        }
    }

    void scanKey(std::size_t end)
    {
        const unsigned char open = m_state.open;
        scanText(m_at, end, TokenKind::Key, ScriptLanguage::None);
        m_state.open = open;
        m_at = skipBlanks(m_line, end);
        add(m_at, m_at + 1, TokenKind::Punct);
        ++m_at;
        m_valueOnly = !m_state.flowDepth;
        m_state.language = languageOfKey(m_key, m_state.task); // also of the list below it
    }

    bool startsBlock()
    {
        std::size_t end = m_at + 1;
        while (end < m_line.size() && (std::isdigit(static_cast<unsigned char>(m_line[end])) ||
                                       m_line[end] == '+' || m_line[end] == '-'))
            ++end;
        const std::size_t rest = skipBlanks(m_line, end);
        if (rest < m_line.size() && m_line[rest] != '#')
            return false;
        add(m_at, end, TokenKind::Punct);
        add(rest, m_line.size(), TokenKind::Comment);
        m_state.kind = LineState::Kind::Block;
        m_state.open = 0;
        // `- |` belongs to the dash, `key: |` to its key
        const std::size_t owner = m_key.data() ? m_indent : indentOf(m_line);
        m_state.indent = static_cast<unsigned short>(std::min<std::size_t>(owner, 1023));
        return true;
    }

    void scanPlain()
    {
        std::size_t end = commentBegin(m_at);
        if (m_state.flowDepth) {
            std::size_t stop = m_at;
            while (stop < end && std::string_view(",]}").find(m_line[stop]) == npos &&
                   !(m_line[stop] == ':' && stop + 1 < end && isBlank(m_line[stop + 1])))
                ++stop;
            end = std::max(stop, m_at + 1);
        }
        std::size_t textEnd = end;
        while (textEnd > m_at && isBlank(m_line[textEnd - 1]))
            --textEnd;
        const std::string_view word = m_line.substr(m_at, textEnd - m_at);
        TokenKind kind = TokenKind::String;
        if (m_isType) {
            kind = TokenKind::Type;
            if (const ScriptLanguage language = scriptLanguageOf(word); word.find('.') != npos)
                m_state.task = language;
        } else if (looksLikeNumber(word)) {
            kind = TokenKind::Number;
        }
        const ScriptLanguage language =
            kind == TokenKind::String ? m_state.language : ScriptLanguage::None;
        scanText(m_at, textEnd, kind, m_state.flowDepth ? ScriptLanguage::None : language);
        m_state.open = 0;
        m_at = std::max(end, m_at + 1);
        m_isType = false;
    }

    std::string_view m_line;
    LineState &m_state;
    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
    std::size_t m_indent = 0; // of the innermost key on this line
    std::string_view m_key;
    bool m_isType = false;
    bool m_valueOnly = false;
};

} // namespace

int LineState::pack() const
{
    return static_cast<int>(kind) | open << 2 | static_cast<int>(language) << 4 |
           static_cast<int>(task) << 7 | flowDepth << 10 | indent << 14;
}

LineState LineState::unpack(int packed)
{
    LineState state;
    state.kind = static_cast<Kind>(packed & 3);
    state.open = static_cast<unsigned char>(packed >> 2 & 3);
    state.language = static_cast<ScriptLanguage>(packed >> 4 & 7);
    state.task = static_cast<ScriptLanguage>(packed >> 7 & 7);
    state.flowDepth = static_cast<unsigned char>(packed >> 10 & 15);
    state.indent = static_cast<unsigned short>(packed >> 14 & 1023);
    return state;
}

std::vector<Token> scanLine(std::string_view line, LineState &state)
{
    return LineScanner(line, state).run();
}

std::size_t indentOf(std::string_view line)
{
    const std::size_t at = skipBlanks(line, 0);
    return at == line.size() ? npos : at;
}

} // namespace editor
