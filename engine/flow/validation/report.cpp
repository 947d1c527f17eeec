#include "engine/flow/validation/report.h"

#include <algorithm>
#include <cctype>

namespace flow {

std::string Place::text() const
{
    std::string path = parent ? parent->text() : std::string();
    switch (step) {
    case Step::Root: break;
    case Step::Property:
    case Step::Key:
        if (!path.empty())
            path += '.';
        path += name;
        break;
    case Step::Index:
        path += '[';
        path += std::to_string(index);
        path += ']';
        break;
    }
    return path;
}

Diagnostic &Report::add(Severity severity, Stage stage, std::string_view code, Range range, std::string path,
                        std::vector<std::string> args)
{
    Diagnostic &diagnostic = m_diagnostics.emplace_back();
    diagnostic.severity = severity;
    diagnostic.stage = stage;
    diagnostic.code = code;
    diagnostic.range = range;
    diagnostic.path = std::move(path);
    diagnostic.args = std::move(args);
    return diagnostic;
}

/// Insertions, deletions, changes and swaps of neighbours; a change of case alone counts nothing.
std::size_t editDistance(std::string_view a, std::string_view b, std::size_t limit)
{
    const std::size_t gap = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
    if (gap >= limit)
        return limit;
    const auto same = [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    };
    std::vector<std::size_t> before(b.size() + 1);
    std::vector<std::size_t> last(b.size() + 1);
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1)});
            if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1]))
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
        std::swap(before, last);
        std::swap(last, row);
    }
    return last[b.size()];
}

} // namespace flow
