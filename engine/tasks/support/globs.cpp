#include "engine/tasks/support/globs.h"

#include "engine/expr/failure.h"
#include "engine/tasks/support/function_runner.h"

#include <fmt/format.h>

#include <algorithm>

namespace tasks {

namespace {

void appendLiteral(std::string &out, char c)
{
    if (std::string_view("\\^$.|?*+()[]{}").find(c) != std::string_view::npos)
        out += '\\';
    out += c;
}

[[noreturn]] void refuse(std::string_view why, std::string_view pattern, std::size_t at)
{
    throw TaskFailure{fmt::format("{} near index {}\n{}", why, at, pattern)};
}

/// Copies `[…]` from `at`, which is its `[`; returns the offset of its `]`.
std::size_t appendClass(std::string &out, std::string_view pattern, std::size_t at)
{
    const std::size_t begin = at;
    out += "(?!/)[";
    ++at;
    if (at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^')) {
        out += pattern[at] == '!' ? "^" : "\\^";
        ++at;
    }
    for (; at < pattern.size() && pattern[at] != ']'; ++at) {
        if (pattern[at] == '/')
            refuse("Explicit 'name separator' in class", pattern, at);
        if (pattern[at] == '\\' || pattern[at] == '[' || pattern[at] == '^')
            out += '\\';
        out += pattern[at];
    }
    if (at >= pattern.size())
        refuse("Missing ']'", pattern, begin);
    out += ']';
    return at;
}

std::string expressionOf(std::string_view pattern)
{
    std::string out;
    bool inGroup = false;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
        const char c = pattern[at];
        switch (c) {
        case '\\':
            if (++at == pattern.size())
                refuse("No character to escape", pattern, at - 1);
            appendLiteral(out, pattern[at]);
            break;
        case '[':
            at = appendClass(out, pattern, at);
            break;
        case '{':
            if (inGroup)
                refuse("Cannot nest groups", pattern, at);
            out += "(?:(?:";
            inGroup = true;
            break;
        case '}':
            if (inGroup)
                out += "))";
            else
                appendLiteral(out, c);
            inGroup = false;
            break;
        case ',':
            if (inGroup)
                out += ")|(?:";
            else
                out += c;
            break;
        case '*':
            if (at + 1 < pattern.size() && pattern[at + 1] == '*') {
                out += "[\\s\\S]*";
                ++at;
            } else {
                out += "[^/]*";
            }
            break;
        case '?':
            out += "[^/]";
            break;
        default:
            appendLiteral(out, c);
        }
    }
    if (inGroup)
        refuse("Missing '}'", pattern, pattern.size() - 1);
    return out;
}

std::string literal(std::string_view text)
{
    std::string out;
    for (const char c : text)
        appendLiteral(out, c);
    return out;
}

} // namespace

Glob::Glob(std::string_view pattern, std::string_view base)
{
    std::string expression;
    if (pattern.starts_with("regex:"))
        expression = pattern.substr(6);
    else if (pattern.starts_with("glob:"))
        expression = expressionOf(pattern.substr(5));
    else
        expression = literal(base) + expressionOf(pattern);
    if (const std::string wrong = expr::regex::problem(expression); !wrong.empty())
        throw TaskFailure{fmt::format("{} in pattern '{}'", wrong, pattern)};
    m_expression = expr::regex::compile(expression);
}

bool Glob::matches(std::string_view path) const
{
    try {
        return m_expression->matches(std::string(path));
    } catch (const expr::Failure &failure) {
        throw TaskFailure{failure.error.message};
    }
}

std::vector<std::string> anywhere(std::vector<std::string> patterns)
{
    for (std::string &pattern : patterns) {
        if (!pattern.starts_with('/') && !pattern.starts_with('*') && !pattern.starts_with("glob:")
            && !pattern.starts_with("regex:"))
            pattern.insert(0, "**/");
    }
    return patterns;
}

Globs::Globs(const std::vector<std::string> &patterns, std::string_view base)
{
    m_globs.reserve(patterns.size());
    for (const std::string &pattern : patterns)
        m_globs.emplace_back(pattern, base);
}

bool Globs::matchAny(std::string_view path) const
{
    return std::any_of(m_globs.begin(), m_globs.end(), [&](const Glob &glob) { return glob.matches(path); });
}

} // namespace tasks
