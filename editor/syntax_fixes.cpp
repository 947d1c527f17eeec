#include "editor/syntax_fixes.h"

#include "engine/flow/analysis.h"
#include "engine/flow/edits/scalars.h"

#include <algorithm>
#include <set>

namespace editor {

namespace {

using flow::Range;

constexpr std::size_t kLongText = 200'000; ///< each try reads the whole text
constexpr std::size_t kOffered = 3;

struct Score
{
    std::ptrdiff_t unreadable = 0;
    std::ptrdiff_t errors = 0;
};

Score scoreOf(const std::vector<flow::Diagnostic> &diagnostics)
{
    Score score;
    for (const flow::Diagnostic &one : diagnostics) {
        score.unreadable += one.code == "yaml-syntax";
        score.errors += one.severity == flow::Severity::Error;
    }
    return score;
}

class SlipFinder
{
public:
    SlipFinder(const flow::Snapshot &snapshot, const flow::Diagnostic &diagnostic,
               const flow::TaskCatalog &catalog)
        : m_snapshot(snapshot),
          m_text(*snapshot.text),
          m_catalog(catalog),
          m_before(scoreOf(snapshot.diagnostics))
    {
        const Range line = lineAt(std::min(diagnostic.range.begin, m_text.size()));
        invisible();
        for (const Range &each : {line, lineBefore(line)})
            if (!each.empty()) {
                colon(each);
                value(each);
                open(each);
            }
        indentation(line);
    }

    std::vector<QuickFix> take() { return std::move(m_fixes); }

private:
    /// Without the line break.
    Range lineAt(std::size_t offset) const
    {
        const std::size_t newline = offset == 0 ? std::string::npos : m_text.rfind('\n', offset - 1);
        const std::size_t begin = newline == std::string::npos ? 0 : newline + 1;
        std::size_t end = std::min(m_text.find('\n', begin), m_text.size());
        if (end > begin && m_text[end - 1] == '\r')
            --end;
        return {begin, end};
    }
    /// The one before with something on it; empty when there is none.
    Range lineBefore(Range line) const
    {
        while (line.begin > 0) {
            line = lineAt(line.begin - 1);
            if (m_text.find_first_not_of(" \t", line.begin) < line.end)
                return line;
        }
        return {};
    }
    std::size_t textBegin(Range line) const
    {
        return std::min(m_text.find_first_not_of(" -", line.begin), line.end);
    }

    /// Keeps a fix that makes more of the text readable.
    void attempt(const char *id, std::vector<std::string> args,
                 std::vector<flow::Replacement> changes)
    {
        if (m_fixes.size() >= kOffered)
            return;
        flow::Result<flow::Edit> edit =
            flow::Edit::make(m_snapshot.revision, m_text, std::move(changes));
        if (!edit || edit->empty())
            return;
        const std::string after = edit->applyTo(m_text);
        if (!m_tried.insert(after).second)
            return;
        const Score score =
            scoreOf(flow::analyse(after, m_snapshot.revision, m_catalog).diagnostics);
        if (score.unreadable < m_before.unreadable && score.errors <= m_before.errors)
            m_fixes.push_back({id, std::move(args), std::move(*edit)});
    }

    /// Control characters go, other blanks become blanks.
    void invisible()
    {
        std::vector<flow::Replacement> changes;
        for (std::size_t i = 0; i < m_text.size(); ++i) {
            const auto c = static_cast<unsigned char>(m_text[i]);
            if (c == 0xC2 && i + 1 < m_text.size() && m_text[i + 1] == '\xA0') {
                changes.push_back({{i, i + 2}, " "});
                ++i;
            } else if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) {
                changes.push_back({{i, i + 1}, ""});
            }
        }
        attempt("fix.clean", {}, std::move(changes));
    }

    void colon(Range line)
    {
        const std::size_t begin = textBegin(line);
        const std::size_t at = m_text.find(':', begin);
        const auto isKey = [&](std::size_t end) {
            return end > begin && std::all_of(m_text.begin() + static_cast<std::ptrdiff_t>(begin),
                                              m_text.begin() + static_cast<std::ptrdiff_t>(end),
                                              [](char c) {
                                                  return std::isalnum(static_cast<unsigned char>(c)) ||
                                                         c == '_';
                                              });
        };
        if (at < line.end && at + 1 < line.end && m_text[at + 1] != ' ' && isKey(at))
            attempt("fix.blank", {}, {{{at + 1, at + 1}, " "}});
        if (at >= line.end && isKey(line.end))
            attempt("fix.colon", {}, {{{line.end, line.end}, ":"}});
        if (const std::size_t blank = m_text.find(' ', begin); at >= line.end && blank < line.end &&
                                                               isKey(blank))
            attempt("fix.colon", {}, {{{blank, blank}, ":"}});
    }

    /// A value that needs quotes, or whose quotes and backslashes are wrong.
    void value(Range line)
    {
        const std::size_t key = m_text.find(": ", textBegin(line));
        const std::size_t begin =
            key < line.end ? m_text.find_first_not_of(' ', key + 1) : textBegin(line);
        if (begin >= line.end)
            return;
        const std::string text = m_text.substr(begin, line.end - begin);
        if (text.front() == '|' || text.front() == '>') {
            attempt("fix.replace", {text.substr(0, 1)}, {{{begin, line.end}, text.substr(0, 1)}});
            return;
        }
        if (text.front() == '"') {
            std::vector<flow::Replacement> changes;
            for (std::size_t i = 1; i + 1 < text.size(); ++i)
                if (text[i] == '\\') {
                    if (std::string_view("0abtnvfre\"/\\N_LPxuU \t").find(text[i + 1]) ==
                        std::string_view::npos)
                        changes.push_back({{begin + i, begin + i}, "\\"});
                    ++i;
                }
            attempt("fix.escape", {}, std::move(changes));
        }
        attempt("fix.quote", {}, {{{begin, line.end}, flow::edits::quoted(text)}});
    }

    void open(Range line)
    {
        for (const char *close : {"\"", "'", "]", "}", "}]", "\"}", "\"]"})
            attempt("fix.close", {close}, {{{line.end, line.end}, close}});
    }

    /// The columns at which the lines around begin, the nearest first.
    void indentation(Range line)
    {
        const std::size_t indent =
            std::min(m_text.find_first_not_of(' ', line.begin), line.end) - line.begin;
        std::vector<std::size_t> columns;
        const auto take = [&](std::size_t column) {
            if (column != indent && std::find(columns.begin(), columns.end(), column) == columns.end())
                columns.push_back(column);
        };
        Range other = line;
        for (int i = 0; i < 4 && other.begin > 0; ++i) {
            other = lineBefore(other);
            if (other.empty())
                break;
            take(textBegin(other) - other.begin);
            take(std::min(m_text.find_first_not_of(' ', other.begin), other.end) - other.begin);
        }
        for (const std::size_t column : columns)
            attempt("fix.align", {std::to_string(column)},
                    {{{line.begin, line.begin + indent}, std::string(column, ' ')}});
    }

    const flow::Snapshot &m_snapshot;
    const std::string &m_text;
    const flow::TaskCatalog &m_catalog;
    const Score m_before;
    std::set<std::string> m_tried;
    std::vector<QuickFix> m_fixes;
};

} // namespace

std::vector<QuickFix> syntaxFixes(const flow::Snapshot &snapshot, const flow::Diagnostic &diagnostic,
                                  const flow::TaskCatalog &catalog)
{
    if (diagnostic.code != "yaml-syntax" || snapshot.text->size() > kLongText)
        return {};
    return SlipFinder(snapshot, diagnostic, catalog).take();
}

} // namespace editor
