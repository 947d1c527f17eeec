#include "engine/tasks/sql/sql_text.h"

#include <algorithm>
#include <cctype>

namespace tasks {

namespace {

bool isWordLetter(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || c == '_';
}

/// The `$tag$` that begins at `at`; empty when it is none.
std::string_view dollarTag(std::string_view sql, std::size_t at)
{
    std::size_t end = at + 1;
    while (end < sql.size() && isWordLetter(sql[end]))
        ++end;
    const bool isTag = end < sql.size() && sql[end] == '$' && !std::isdigit(static_cast<unsigned char>(sql[at + 1]));
    return isTag ? sql.substr(at, end + 1 - at) : std::string_view();
}

class Splitter
{
public:
    explicit Splitter(std::string_view sql) : m_sql(sql) {}

    std::vector<std::string> split()
    {
        while (m_at < m_sql.size()) {
            const char c = m_sql[m_at];
            if (const std::size_t behind = skipQuoted(m_sql, m_at); behind != m_at) {
                m_hasCode = m_hasCode || (c != '-' && c != '/');
                m_at = behind;
            } else if (std::isalpha(static_cast<unsigned char>(c)) || c == '_') {
                word();
            } else if (c == ';' && m_depth == 0) {
                finish();
                m_begin = ++m_at;
            } else {
                m_hasCode = m_hasCode || !std::isspace(static_cast<unsigned char>(c));
                ++m_at;
            }
        }
        finish();
        return std::move(m_statements);
    }

private:
    void word()
    {
        const std::size_t begin = m_at;
        while (m_at < m_sql.size() && isWordLetter(m_sql[m_at]))
            ++m_at;
        std::string name(m_sql.substr(begin, m_at - begin));
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        if (!m_hasCode)
            m_first = name;
        m_hasCode = true;
        m_trigger = m_trigger || (m_first == "CREATE" && name == "TRIGGER");
        if (m_trigger && (name == "BEGIN" || (m_depth > 0 && name == "CASE")))
            ++m_depth;
        else if (m_depth > 0 && name == "END")
            --m_depth;
    }

    void finish()
    {
        if (m_hasCode) {
            std::string_view statement = m_sql.substr(m_begin, m_at - m_begin);
            constexpr std::string_view kBlanks = " \t\r\n";
            statement.remove_prefix(statement.find_first_not_of(kBlanks));
            statement.remove_suffix(statement.size() - statement.find_last_not_of(kBlanks) - 1);
            m_statements.emplace_back(statement);
        }
        m_hasCode = false;
        m_trigger = false;
        m_depth = 0;
        m_first.clear();
    }

    std::string_view m_sql;
    std::vector<std::string> m_statements;
    std::string m_first;
    std::size_t m_at = 0;
    std::size_t m_begin = 0;
    int m_depth = 0;
    bool m_hasCode = false;
    bool m_trigger = false;
};

} // namespace

std::vector<std::string> splitStatements(std::string_view sql)
{
    return Splitter(sql).split();
}

std::size_t skipQuoted(std::string_view sql, std::size_t at)
{
    const auto behind = [&](std::string_view end, std::size_t from) {
        const std::size_t found = sql.find(end, from);
        return found == std::string_view::npos ? sql.size() : found + end.size();
    };
    const char c = sql[at];
    const char next = at + 1 < sql.size() ? sql[at + 1] : '\0';
    if (c == '-' && next == '-')
        return std::min(sql.find('\n', at), sql.size());
    if (c == '/' && next == '*')
        return behind("*/", at + 2);
    if (c == '\'' || c == '"' || c == '`')
        return behind(sql.substr(at, 1), at + 1);
    if (c == '[')
        return behind("]", at + 1);
    if (const std::string_view tag = c == '$' ? dollarTag(sql, at) : std::string_view(); !tag.empty())
        return behind(tag, at + tag.size());
    return at;
}

PlacedStatement placeNamed(std::string_view sql)
{
    PlacedStatement placed;
    for (std::size_t at = 0; at < sql.size();) {
        if (const std::size_t behind = sql[at] == '[' ? at : skipQuoted(sql, at); behind != at) {
            placed.text += sql.substr(at, behind - at);
            at = behind;
        } else if (sql.substr(at, 2) == "::" || sql.substr(at, 2) == "??") {
            placed.text += sql[at] == '?' ? "?" : "::";
            at += 2;
        } else if (sql[at] == ':' && at + 1 < sql.size() && isWordLetter(sql[at + 1])
                   && !std::isdigit(static_cast<unsigned char>(sql[at + 1]))) {
            std::size_t end = at + 1;
            while (end < sql.size() && isWordLetter(sql[end]))
                ++end;
            placed.names.emplace_back(sql.substr(at + 1, end - at - 1));
            placed.text += '$' + std::to_string(placed.names.size());
            at = end;
        } else {
            placed.text += sql[at++];
        }
    }
    return placed;
}

PlacedStatement placeQuestionMarks(std::string_view sql)
{
    PlacedStatement placed;
    for (std::size_t at = 0; at < sql.size();) {
        if (const std::size_t behind = sql[at] == '[' ? at : skipQuoted(sql, at); behind != at) {
            placed.text += sql.substr(at, behind - at);
            at = behind;
        } else if (sql.substr(at, 2) == "??") {
            placed.text += '?';
            at += 2;
        } else if (sql[at] == '?') {
            placed.names.emplace_back();
            placed.text += '$' + std::to_string(placed.names.size());
            ++at;
        } else {
            placed.text += sql[at++];
        }
    }
    return placed;
}

} // namespace tasks
