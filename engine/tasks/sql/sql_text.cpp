#include "engine/tasks/sql/sql_text.h"

#include <algorithm>
#include <cctype>

namespace tasks {

namespace {

class Splitter
{
public:
    explicit Splitter(std::string_view sql) : m_sql(sql) {}

    std::vector<std::string> split()
    {
        while (m_at < m_sql.size()) {
            const char c = m_sql[m_at];
            if (c == '-' && next() == '-') {
                m_at = std::min(m_sql.find('\n', m_at), m_sql.size());
            } else if (c == '/' && next() == '*') {
                skipTo("*/", 2);
            } else if (c == '\'' || c == '"' || c == '`') {
                m_hasCode = true;
                skipTo(std::string_view(&m_sql[m_at], 1), 1);
            } else if (c == '[') {
                m_hasCode = true;
                skipTo("]", 1);
            } else if (c == '$' && !dollarTag().empty()) {
                m_hasCode = true;
                const std::string_view tag = dollarTag();
                skipTo(tag, tag.size());
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
    char next() const { return m_at + 1 < m_sql.size() ? m_sql[m_at + 1] : '\0'; }

    void skipTo(std::string_view end, std::size_t from)
    {
        const std::size_t found = m_sql.find(end, m_at + from);
        m_at = found == std::string_view::npos ? m_sql.size() : found + end.size();
    }

    std::string_view dollarTag() const
    {
        std::size_t end = m_at + 1;
        while (end < m_sql.size() && (std::isalnum(static_cast<unsigned char>(m_sql[end])) || m_sql[end] == '_'))
            ++end;
        const bool isTag = end < m_sql.size() && m_sql[end] == '$'
                           && !std::isdigit(static_cast<unsigned char>(m_sql[m_at + 1]));
        return isTag ? m_sql.substr(m_at, end + 1 - m_at) : std::string_view();
    }

    void word()
    {
        const std::size_t begin = m_at;
        while (m_at < m_sql.size() && (std::isalnum(static_cast<unsigned char>(m_sql[m_at])) || m_sql[m_at] == '_'))
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

} // namespace tasks
