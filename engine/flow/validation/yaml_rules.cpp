#include "engine/flow/validation/yaml_rules.h"

#include "engine/flow/yaml_scalar.h"

#include <algorithm>
#include <unordered_set>

namespace flow {

namespace {

constexpr std::size_t kMaxNumberLength = 1000;

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool isBreak(char c)
{
    return c == '\n' || c == '\r';
}

class YamlRules
{
public:
    YamlRules(const Tree &tree, std::string_view text, const TakenOver &taken, Report &report)
        : m_tree(tree), m_text(text), m_taken(taken), m_report(report),
          m_hasTabs(text.find('\t') != text.npos)
    {
    }

    void check()
    {
        const Node *root = m_tree.root();
        if (!root) {
            if (m_tree.faults().empty())
                fault("empty-text", {m_text.size(), m_text.size()}, m_text.size());
            return;
        }
        if (!root->isMapping() && root->kind != NodeKind::Broken && m_tree.faults().empty())
            fault("not-a-flow", root->range, notAFlowPlace(*root));
        walk(*root);
        if (m_hasTabs)
            tabs();
    }

private:
    void fault(std::string_view code, Range range, std::size_t readUntil, std::vector<std::string> args = {})
    {
        Diagnostic &diagnostic = m_report.add(Severity::Error, Stage::Syntax, code, range, "", std::move(args));
        diagnostic.readUntil = readUntil;
    }

    std::size_t notAFlowPlace(const Node &root) const
    {
        if (root.isScalar() && scalarKind(root) == ScalarKind::Null)
            return kNoPlace;
        return root.isScalar() && root.text.empty() ? m_text.size() : root.whole.begin;
    }

    void walk(const Node &root)
    {
        std::vector<const Node *> open = {&root};
        while (!open.empty()) {
            const Node &node = *open.back();
            open.pop_back();
            if (!m_hasTabs && node.isMapping() && m_taken.isClean(node)) {
                passOver(node);
                continue;
            }
            switch (node.kind) {
            case NodeKind::Broken: break;
            case NodeKind::Scalar: scalar(node); break;
            case NodeKind::Sequence:
                mark({node.range.begin, node.range.begin + node.flowStyle});
                for (auto item = node.items.rbegin(); item != node.items.rend(); ++item)
                    open.push_back(*item);
                break;
            case NodeKind::Mapping:
                if (node.flowStyle)
                    mark({node.range.begin, node.range.begin + 1});
                mapping(node);
                for (auto entry = node.entries.rbegin(); entry != node.entries.rend(); ++entry) {
                    open.push_back(entry->value);
                    if (entry->key->isScalar())
                        open.push_back(entry->key);
                }
                break;
            }
        }
    }

    /// What is known to be without fault: only where its reading ended.
    void passOver(const Node &node)
    {
        const Node *last = &node;
        while (!last->items.empty() || !last->entries.empty()) {
            if (last->flowStyle)
                m_readUntil = last->range.begin + 1;
            last = last->items.empty() ? last->entries.back().value : last->items.back();
        }
        if (last->isScalar())
            m_readUntil = scalarRange(*last).end;
        else if (last->kind != NodeKind::Broken)
            m_readUntil = last->range.begin + last->flowStyle;
    }

    Range scalarRange(const Node &node) const
    {
        const bool isBlock = node.style == ScalarStyle::Literal || node.style == ScalarStyle::Folded;
        return {node.whole.begin, isBlock ? std::min(m_text.find('\n', node.whole.end), m_text.size() - 1) + 1 : node.whole.end};
    }

    void mark(Range range)
    {
        m_readUntil = range.end;
        if (m_hasTabs)
            m_marks.push_back(range);
    }

    void scalar(const Node &node)
    {
        if (node.style == ScalarStyle::DoubleQuoted)
            escapes(node);
        mark(scalarRange(node));
        if (m_hasTabs && node.style == ScalarStyle::Plain)
            m_plain.push_back(&node);
        else if (m_hasTabs)
            m_quoted.push_back(node.whole);
        if (node.alias) {
            m_report.add(Severity::Warning, Stage::Advice, "alias-not-expanded", node.range, "", {node.text});
            return;
        }
        if (node.style != ScalarStyle::Plain && node.tag.empty())
            return;
        const ScalarKind kind = scalarKind(node);
        if (kind == ScalarKind::Malformed)
            fault("malformed-number", node.range, node.whole.end, {node.text});
        else if ((kind == ScalarKind::Int || kind == ScalarKind::Float) && node.text.size() > kMaxNumberLength &&
                 !node.text.starts_with("0x"))
            fault("long-number", node.range, kNoPlace, {std::to_string(kMaxNumberLength)});
    }

    /// Escapes that this YAML library knows and the real engine's does not.
    void escapes(const Node &node)
    {
        for (std::size_t at = node.range.begin; at + 1 < node.range.end; ++at) {
            if (m_text[at] != '\\')
                continue;
            if (m_text[at + 1] == '/' || m_text[at + 1] == '\t')
                fault("unknown-escape", {at, at + 2}, m_readUntil,
                      {std::string(m_text.substr(at, 2))});
            ++at;
        }
    }

    void mapping(const Node &node)
    {
        constexpr std::size_t kFew = 12;
        std::unordered_set<std::string_view> seen;
        for (std::size_t i = 0; i < node.entries.size(); ++i) {
            const Node &key = *node.entries[i].key;
            if (key.kind == NodeKind::Broken)
                continue;
            if (!key.isScalar() || key.alias) {
                // `{{ x }}` without quotes reads as a map whose key is a map.
                const bool expression = key.isMapping() && key.flowStyle && node.flowStyle &&
                                        m_text.substr(node.range.begin, 2) == "{{";
                fault(expression ? "unquoted-expression" : "complex-key", expression ? node.range : key.range, kNoPlace);
                continue;
            }
            bool repeated = false;
            if (node.entries.size() > kFew) {
                repeated = !seen.insert(key.text).second;
            } else {
                for (std::size_t j = 0; j < i && !repeated; ++j)
                    repeated = node.entries[j].key->isScalar() && node.entries[j].key->text == key.text;
            }
            if (repeated)
                m_report.add(Severity::Error, Stage::Saving, "duplicate-key", key.range, "", {key.text});
        }
    }

    /// The real engine's reader takes a tab for space only inside scalars and comments, in empty lines
    /// and behind a plain scalar.
    void tabs()
    {
        std::sort(m_marks.begin(), m_marks.end(), [](Range a, Range b) { return a.begin < b.begin; });
        const auto byBegin = [](std::size_t offset, Range range) { return offset < range.begin; };
        std::sort(m_quoted.begin(), m_quoted.end(), [](Range a, Range b) { return a.begin < b.begin; });
        std::sort(m_plain.begin(), m_plain.end(), [](const Node *a, const Node *b) { return a->range.begin < b->range.begin; });
        for (std::size_t tab = m_text.find('\t'); tab != m_text.npos; tab = m_text.find('\t', tab + 1)) {
            const auto quoted = std::upper_bound(m_quoted.begin(), m_quoted.end(), tab, byBegin);
            if (quoted != m_quoted.begin() && std::prev(quoted)->contains(tab))
                continue;
            const auto plain = std::upper_bound(m_plain.begin(), m_plain.end(), tab, [](std::size_t offset, const Node *node) {
                return offset < node->range.begin;
            });
            const Node *before = plain == m_plain.begin() ? nullptr : *std::prev(plain);
            if (isAllowed(tab, before))
                continue;
            std::size_t readUntil = 0;
            for (const Range mark : m_marks) {
                if (mark.begin > tab)
                    break;
                if (mark.end <= tab)
                    readUntil = std::max(readUntil, mark.end);
            }
            fault("tab", {tab, tab + 1}, readUntil);
            return;
        }
    }

    bool isAllowed(std::size_t tab, const Node *plainBefore) const
    {
        std::size_t line = tab;
        while (line > 0 && !isBreak(m_text[line - 1]))
            --line;
        const std::size_t end = std::min(m_text.find_first_of("\r\n", tab), m_text.size());
        const std::string_view before = m_text.substr(line, tab - line);
        const bool leading = std::all_of(before.begin(), before.end(), isBlank);
        const std::size_t next = std::min(m_text.find_first_not_of(" \t", tab), end);
        if (leading && next == end)
            return true; // an empty line
        const bool multiline = plainBefore && plainBefore->range.contains(tab);
        if (multiline)
            return !leading;
        if (plainBefore && plainBefore->range.begin >= line && !plainBefore->range.empty()) {
            const std::string_view gap = m_text.substr(plainBefore->range.end, tab - plainBefore->range.end);
            if (std::all_of(gap.begin(), gap.end(), isBlank))
                return true;
        }
        // In a comment?
        for (std::size_t at = line; at < tab; ++at)
            if (m_text[at] == '#' && (at == line || isBlank(m_text[at - 1])) && !isInScalar(at))
                return true;
        return isBlockScalarLine(tab);
    }

    bool isInScalar(std::size_t offset) const
    {
        const auto after = [](std::size_t at, Range range) { return at < range.begin; };
        const auto quoted = std::upper_bound(m_quoted.begin(), m_quoted.end(), offset, after);
        return quoted != m_quoted.begin() && std::prev(quoted)->contains(offset);
    }

    /// Blank ends of block scalars lie behind the range of their value.
    bool isBlockScalarLine(std::size_t tab) const
    {
        const auto after = [](std::size_t at, Range range) { return at < range.begin; };
        const auto quoted = std::upper_bound(m_quoted.begin(), m_quoted.end(), tab, after);
        if (quoted == m_quoted.begin())
            return false;
        const Range range = *std::prev(quoted);
        const char first = m_text[range.begin];
        const std::string_view gap = m_text.substr(range.end, tab - range.end);
        return (first == '|' || first == '>') &&
               std::all_of(gap.begin(), gap.end(), [](char c) { return isBlank(c); });
    }

    const Tree &m_tree;
    std::string_view m_text;
    const TakenOver &m_taken;
    Report &m_report;
    bool m_hasTabs;
    std::size_t m_readUntil = 0;         // end of the last thing seen
    std::vector<Range> m_marks;          // where reading stood after each thing; like the next two only with tabs
    std::vector<Range> m_quoted;         // quoted and block scalars
    std::vector<const Node *> m_plain;
};

} // namespace

void checkYamlRules(const Tree &tree, std::string_view text, const TakenOver &taken, Report &report)
{
    YamlRules(tree, text, taken, report).check();
}

} // namespace flow
