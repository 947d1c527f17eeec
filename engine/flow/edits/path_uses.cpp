#include "engine/flow/edits/path_uses.h"

#include "engine/flow/edits/expression_source.h"

#include <algorithm>

namespace flow::edits {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Reads the expressions of one scalar.
class Reader
{
public:
    Reader(const ExpressionSource &source, const Node &scalar, const std::function<void(const PathUse &)> &found)
        : m_source(source), m_text(source.text), m_scalar(scalar), m_found(found)
    {
    }

    void read()
    {
        m_branches = m_text.find("{% if") != m_text.npos || m_text.find("{%- if") != m_text.npos;
        for (std::size_t at = 0; (at = m_text.find('{', at)) != m_text.npos;) {
            const std::string_view open = m_text.substr(at, 2);
            if (open == "{#") {
                at = std::min(m_text.find("#}", at), m_text.size());
            } else if (open == "{{" || open == "{%") {
                const std::size_t end = expression(at, open == "{{" ? "}}" : "%}");
                at = open == "{%" ? behindRaw(at, end) : end;
            } else {
                ++at;
            }
        }
    }

private:
    std::size_t skipSpace(std::size_t at) const
    {
        while (at < m_text.size() && isSpace(m_text[at]))
            ++at;
        return at;
    }

    std::size_t nameEnd(std::size_t at) const
    {
        while (at < m_text.size() && isNamePart(m_text[at]))
            ++at;
        return at;
    }

    std::string_view wordAt(std::size_t at) const { return m_text.substr(at, nameEnd(at) - at); }

    /// `{% raw %}` and `{% verbatim %}` hold plain text up to their end.
    std::size_t behindRaw(std::size_t begin, std::size_t end) const
    {
        std::size_t at = begin + 2;
        while (at < end && (isSpace(m_text[at]) || m_text[at] == '-'))
            ++at;
        const std::string_view word = wordAt(at);
        if (word != "raw" && word != "verbatim")
            return end;
        return std::min(m_text.find("end" + std::string(word), end), m_text.size());
    }

    /// Two passes: what stands in the expression, then what is known of all of it.
    std::size_t expression(std::size_t begin, std::string_view close)
    {
        std::vector<PathUse> uses;
        std::vector<std::size_t> ends; // of each use, in the source's text
        std::vector<std::size_t> tests;
        bool ternary = m_branches;
        bool member = false; // behind a dot, or a filter's name: a word there is no variable
        std::size_t at = begin + 2;
        std::size_t depth = 0; // of map literals
        while (at < m_text.size() && (depth > 0 || m_text.substr(at, 2) != close)) {
            const char c = m_text[at];
            if (c == '"' || c == '\'') {
                const std::size_t end = quotedEnd(m_text, at);
                if (m_text.substr(at, end - at).find("#{") != m_text.npos) {
                    PathUse use;
                    use.root = "#{";
                    use.rootRange = m_source.range(at, end);
                    add(uses, ends, std::move(use), end);
                }
                at = end;
            } else if (isNameStart(c)) {
                const std::string_view word = wordAt(at);
                if (!member && (word == "is" || word == "default"))
                    tests.push_back(at);
                at = member ? at + word.size() : variable(at, word, uses, ends);
            } else if (c >= '0' && c <= '9') {
                at = nameEnd(at);
            } else if (m_text.substr(at, 2) == "??") {
                tests.push_back(at);
                at += 2;
            } else {
                ternary = ternary || c == '?';
                depth += c == '{';
                depth -= c == '}' && depth > 0;
                if (c == '|') {
                    const std::size_t filter = skipSpace(at + 1);
                    if (wordAt(filter) == "default")
                        tests.push_back(at);
                }
                member = c == '.' || c == '|' || (member && isSpace(c));
                ++at;
                continue;
            }
            member = false;
        }
        const std::size_t end = std::min(at + 2, m_text.size());
        for (std::size_t i = 0; i < uses.size(); ++i) {
            PathUse &use = uses[i];
            use.expression = m_source.range(begin, end);
            use.conditional = ternary;
            use.tested = std::any_of(tests.begin(), tests.end(), [&](std::size_t test) { return test >= ends[i]; });
            use.guarded = std::find(tests.begin(), tests.end(), skipSpace(ends[i])) != tests.end();
            std::size_t first = begin + 2;
            std::size_t last = ends[i];
            while (first < end && (isSpace(m_text[first]) || m_text[first] == '-'))
                ++first;
            while (last < end && (isSpace(m_text[last]) || m_text[last] == '-'))
                ++last;
            use.alone = close == "}}" && m_source.offsets[first] == use.rootRange.begin &&
                        m_text.substr(last, 2) == close && !use.dynamic;
            m_found(use);
        }
        return end;
    }

    void add(std::vector<PathUse> &uses, std::vector<std::size_t> &ends, PathUse use, std::size_t end)
    {
        use.scalar = &m_scalar;
        uses.push_back(std::move(use));
        ends.push_back(end);
    }

    std::size_t variable(std::size_t at, std::string_view word, std::vector<PathUse> &uses,
                         std::vector<std::size_t> &ends)
    {
        PathUse use;
        use.root = word;
        std::size_t end = at + word.size();
        use.rootRange = m_source.range(at, end);
        if (const std::size_t next = skipSpace(end); next < m_text.size() && m_text[next] == '(') {
            use.call = true;
            add(uses, ends, std::move(use), end);
            return end;
        }
        while (true) {
            const std::size_t next = skipSpace(end);
            if (next >= m_text.size())
                break;
            if (m_text[next] == '.') {
                const std::size_t name = skipSpace(next + 1);
                const std::string_view part = wordAt(name);
                const std::size_t behind = skipSpace(name + part.size());
                if (part.empty() || (behind < m_text.size() && m_text[behind] == '(')) // a method
                    break;
                end = name + part.size();
                use.parts.push_back({std::string(part), m_source.offsets[end], false});
            } else if (m_text[next] == '[') {
                const std::size_t inner = skipSpace(next + 1);
                if (inner >= m_text.size())
                    break;
                const bool isQuoted = m_text[inner] == '\'' || m_text[inner] == '"';
                const std::size_t innerEnd = isQuoted ? quotedEnd(m_text, inner) : nameEnd(inner);
                const std::size_t close = skipSpace(innerEnd);
                const bool isIndex = !isQuoted && innerEnd > inner && m_text[inner] >= '0' && m_text[inner] <= '9';
                if (close >= m_text.size() || m_text[close] != ']' || (!isQuoted && !isIndex)) {
                    use.dynamic = true;
                    break;
                }
                end = close + 1;
                const std::string_view name = isQuoted ? m_text.substr(inner + 1, innerEnd - inner - 2)
                                                       : m_text.substr(inner, innerEnd - inner);
                use.parts.push_back({std::string(name), m_source.offsets[end], isIndex});
            } else {
                break;
            }
        }
        add(uses, ends, std::move(use), end);
        return end;
    }

    const ExpressionSource &m_source;
    std::string_view m_text;
    const Node &m_scalar;
    const std::function<void(const PathUse &)> &m_found;
    bool m_branches = false;
};

} // namespace

std::string PathUse::name(std::size_t count) const
{
    std::string result = root;
    for (std::size_t i = 0; i < std::min(count, parts.size()); ++i) {
        const PathPart &part = parts[i];
        if (part.index)
            result += '[' + part.name + ']';
        else
            result += isIdentifier(part.name) ? '.' + part.name : "['" + part.name + "']";
    }
    return result;
}

void forEachPathUse(std::string_view text, const Node &node, const std::function<void(const PathUse &)> &found)
{
    if (node.isScalar()) {
        if (node.alias || text.substr(node.range.begin, node.range.size()).find('{') == std::string_view::npos)
            return;
        const ExpressionSource source = expressionSource(text, node);
        Reader(source, node, found).read();
        return;
    }
    for (const Node *item : node.items)
        forEachPathUse(text, *item, found);
    for (const Entry &entry : node.entries) {
        forEachPathUse(text, *entry.key, found);
        forEachPathUse(text, *entry.value, found);
    }
}

std::string memberText(std::string_view name, const Node &scalar)
{
    if (isIdentifier(name))
        return '.' + std::string(name);
    const char quote = scalar.style == ScalarStyle::SingleQuoted ? '"' : '\'';
    return std::string("[") + quote + std::string(name) + quote + ']';
}

} // namespace flow::edits
