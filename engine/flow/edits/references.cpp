#include "engine/flow/edits/references.h"

#include "engine/flow/edits/expression_source.h"

#include <algorithm>
#include <array>

namespace flow::edits {

namespace {

bool isRoot(std::string_view word)
{
    constexpr std::array<std::string_view, 6> kRoots = {"outputs", "tasks", "inputs",
                                                        "vars",    "labels", "trigger"};
    return std::find(kRoots.begin(), kRoots.end(), word) != kRoots.end();
}

/// Reads the expressions of one scalar.
class Reader
{
public:
    Reader(const ExpressionSource &source, const Node &scalar, const std::function<void(const Reference &)> &found)
        : m_source(source), m_text(source.text), m_scalar(scalar), m_found(found)
    {
    }

    void read()
    {
        std::size_t at = 0;
        while ((at = m_text.find('{', at)) != std::string::npos) {
            const std::string_view open = std::string_view(m_text).substr(at, 2);
            if (open == "{{" || open == "{%")
                at = expression(at + 2, open == "{{" ? "}}" : "%}");
            else if (open == "{#")
                at = std::min(m_text.find("#}", at), m_text.size());
            else
                ++at;
        }
    }

private:
    std::size_t skipSpace(std::size_t at) const
    {
        while (at < m_text.size() && std::string_view(" \t\r\n").find(m_text[at]) != std::string::npos)
            ++at;
        return at;
    }

    std::size_t nameEnd(std::size_t at) const
    {
        while (at < m_text.size() && isNamePart(m_text[at]))
            ++at;
        return at;
    }

    std::size_t expression(std::size_t at, std::string_view close)
    {
        bool member = false; // behind a dot: a word there is no variable
        while (at < m_text.size()) {
            const char c = m_text[at];
            if (std::string_view(m_text).substr(at, 2) == close)
                return at + 2;
            if (c == '"' || c == '\'') {
                at = quotedEnd(m_text, at);
            } else if (isNameStart(c)) {
                const std::size_t end = nameEnd(at);
                const std::string word = m_text.substr(at, end - at);
                if (!member && isRoot(word))
                    at = access(word, end);
                else if (!member && word == "errorLogs")
                    at = argument(word, end);
                else
                    at = end;
            } else if (c >= '0' && c <= '9') {
                at = nameEnd(at);
            } else {
                member = c == '.';
                ++at;
                continue;
            }
            member = false;
        }
        return at;
    }

    /// `.name` or `['name']` behind a root. Of inputs and labels the whole dotted path is one name.
    std::size_t access(const std::string &root, std::size_t at)
    {
        Reference reference;
        reference.root = root;
        reference.style = m_scalar.style;
        reference.scalar = &m_scalar;
        std::size_t begin = at;
        std::size_t next = skipSpace(at);
        if (next < m_text.size() && m_text[next] == '.') {
            const std::size_t name = skipSpace(next + 1);
            const std::size_t end = nameEnd(name);
            if (end == name)
                return name;
            begin = next;
            report(reference, {begin, end}, {name, end}, m_text.substr(name, end - name));
            std::string path = m_text.substr(name, end - name);
            std::size_t last = end;
            // `outputs.a-b` means a minus b; where a task has that dashed id, its author meant the task.
            while (root != "inputs" && root != "labels" && last + 1 < m_text.size() && m_text[last] == '-' &&
                   isNamePart(m_text[last + 1])) {
                const std::size_t partEnd = nameEnd(last + 1);
                path += m_text.substr(last, partEnd - last);
                last = partEnd;
                report(reference, {begin, last}, {name, last}, path);
            }
            if (last != end)
                return end;
            while (root == "inputs" || root == "labels") {
                std::size_t dot = skipSpace(last);
                if (dot >= m_text.size() || m_text[dot] != '.')
                    break;
                const std::size_t part = skipSpace(dot + 1);
                const std::size_t partEnd = nameEnd(part);
                if (partEnd == part)
                    break;
                path += '.' + m_text.substr(part, partEnd - part);
                last = partEnd;
                report(reference, {begin, last}, {name, last}, path);
            }
            return last;
        }
        if (next >= m_text.size() || m_text[next] != '[')
            return at;
        const std::size_t quote = skipSpace(next + 1);
        if (quote >= m_text.size() || (m_text[quote] != '\'' && m_text[quote] != '"'))
            return next + 1;
        const std::size_t end = quotedEnd(m_text, quote);
        const std::size_t close = skipSpace(end);
        if (close >= m_text.size() || m_text[close] != ']' || end < quote + 2)
            return end;
        reference.bracket = true;
        report(reference, {next, close + 1}, {quote + 1, end - 1}, m_text.substr(quote + 1, end - quote - 2));
        return close + 1;
    }

    /// `errorLogs('name')`
    std::size_t argument(const std::string &function, std::size_t at)
    {
        const std::size_t open = skipSpace(at);
        if (open >= m_text.size() || m_text[open] != '(')
            return at;
        const std::size_t quote = skipSpace(open + 1);
        if (quote >= m_text.size() || (m_text[quote] != '\'' && m_text[quote] != '"'))
            return open + 1;
        const std::size_t end = quotedEnd(m_text, quote);
        if (end < quote + 2)
            return end;
        Reference reference;
        reference.root = function;
        reference.style = m_scalar.style;
        reference.scalar = &m_scalar;
        reference.bracket = true;
        report(reference, {quote, end}, {quote + 1, end - 1}, m_text.substr(quote + 1, end - quote - 2));
        return end;
    }

    void report(Reference reference, Range range, Range name, std::string text)
    {
        reference.name = std::move(text);
        reference.range = m_source.range(range.begin, range.end);
        reference.nameRange = m_source.range(name.begin, name.end);
        m_found(reference);
    }

    const ExpressionSource &m_source;
    const std::string &m_text;
    const Node &m_scalar;
    const std::function<void(const Reference &)> &m_found;
};

} // namespace

void forEachReference(std::string_view text, const Node &node, std::string_view needle,
                      const std::function<void(const Reference &)> &found)
{
    if (node.isScalar()) {
        const std::string_view raw = text.substr(node.range.begin, node.range.size());
        if (node.alias || raw.size() < needle.size() + 4 || raw.find(needle) == std::string_view::npos ||
            raw.find('{') == std::string_view::npos)
            return;
        const ExpressionSource source = expressionSource(text, node);
        Reader(source, node, found).read();
        return;
    }
    for (const Node *item : node.items)
        forEachReference(text, *item, needle, found);
    for (const Entry &entry : node.entries) {
        forEachReference(text, *entry.key, needle, found);
        forEachReference(text, *entry.value, needle, found);
    }
}

std::string renamed(const Reference &reference, std::string_view newName)
{
    if (reference.bracket)
        return {};
    std::string name(newName);
    if (isIdentifier(newName))
        return '.' + name;
    const bool dotted = (reference.root == "inputs" || reference.root == "labels") &&
                        name.find('.') != std::string::npos;
    if (dotted) {
        bool plain = true;
        for (std::size_t begin = 0; begin <= name.size();) {
            const std::size_t end = std::min(name.find('.', begin), name.size());
            plain = plain && isIdentifier(std::string_view(name).substr(begin, end - begin));
            begin = end + 1;
        }
        if (plain)
            return '.' + name;
    }
    const char quote = reference.style == ScalarStyle::SingleQuoted ? '"' : '\'';
    return std::string("[") + quote + name + quote + ']';
}

} // namespace flow::edits
