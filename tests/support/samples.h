#pragma once

#include "engine/flow/edits/blocks.h"
#include "engine/flow/edits/scalars.h"
#include "engine/flow/tree.h"
#include "support/fidelity.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

namespace test {

struct Sample
{
    std::string name;
    std::string text;
};

/// Every flow of the project: examples, conformance, fidelity; and those below $LEAT_CORPUS.
inline std::vector<Sample> sampleFlows()
{
    std::vector<std::filesystem::path> folders = {std::filesystem::path(LEAT_SOURCE_DIR) / "resources" / "examples",
                                                  std::filesystem::path(LEAT_SOURCE_DIR) / "tests"};
    if (const char *more = std::getenv("LEAT_CORPUS"))
        folders.emplace_back(more);
    std::vector<Sample> samples;
    for (const auto &folder : folders) {
        if (!std::filesystem::exists(folder))
            continue;
        for (const auto &entry : std::filesystem::recursive_directory_iterator(folder))
            if (entry.is_regular_file() && entry.path().extension() == ".yaml" &&
                entry.path().filename() != "after.yaml")
                samples.push_back({entry.path().lexically_relative(folder).string(), readFile(entry.path())});
    }
    std::sort(samples.begin(), samples.end(), [](const Sample &a, const Sample &b) { return a.name < b.name; });
    return samples;
}

/// The text with every line break as given.
inline std::string withLineBreaks(const std::string &text, const std::string &lineBreak)
{
    return flow::edits::withBreaks(text, lineBreak);
}

inline std::string withDoubledIndent(const std::string &text)
{
    std::string result;
    for (std::size_t begin = 0; begin < text.size(); begin = flow::edits::nextLine(text, begin)) {
        const std::size_t next = flow::edits::nextLine(text, begin);
        std::size_t content = begin + flow::edits::indentOf(text, begin);
        result += std::string(2 * (content - begin), ' ');
        for (; text.compare(content, 2, "- ") == 0; content += 2)
            result += "-   ";
        result += text.substr(content, next - content);
    }
    return result;
}

/// A comment above, and a blank line before, every other item of a block list that begins its line.
inline std::string withComments(const std::string &text)
{
    const auto tree = flow::Tree::parse(text);
    std::vector<std::size_t> dashes;
    const auto walk = [&](const auto &self, const flow::Node &node) -> void {
        for (std::size_t i = 0; i < node.items.size(); ++i) {
            if (!node.flowStyle) {
                const flow::edits::Block block = flow::edits::itemBlock(text, node, i);
                if (block.ownLine)
                    dashes.push_back(flow::edits::lineBegin(text, block.head));
            }
            self(self, *node.items[i]);
        }
        for (const flow::Entry &entry : node.entries)
            self(self, *entry.value);
    };
    if (tree->root() && tree->faults().empty())
        walk(walk, *tree->root());
    std::string result = text;
    std::sort(dashes.begin(), dashes.end());
    for (std::size_t i = dashes.size(); i-- > 0;) {
        const std::string indent(flow::edits::indentOf(text, dashes[i]), ' ');
        const char *const kBreak = "\n";
        result.insert(dashes[i], (i % 3 == 0 ? kBreak : "") + (i % 2 == 0 ? indent + "# note " + std::to_string(i) + kBreak : ""));
    }
    return result;
}

namespace detail {

/// Calls `visit` for every node below another one, outer ones first.
template <typename Visit>
void forEachNode(const flow::Node &node, Visit &&visit)
{
    visit(node);
    for (const flow::Node *item : node.items)
        forEachNode(*item, visit);
    for (const flow::Entry &entry : node.entries) {
        forEachNode(*entry.key, visit);
        forEachNode(*entry.value, visit);
    }
}

inline std::string withInsertions(std::string text, std::vector<std::pair<std::size_t, std::string>> insertions)
{
    std::stable_sort(insertions.begin(), insertions.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    for (auto insertion = insertions.rbegin(); insertion != insertions.rend(); ++insertion)
        text.insert(insertion->first, insertion->second);
    return text;
}

} // namespace detail

/// A comment with a tab in it behind every value that ends its line, one above every key and item.
inline std::string withCommentsEverywhere(const std::string &text)
{
    using namespace flow::edits;
    const auto tree = flow::Tree::parse(text);
    if (!tree->root() || !tree->faults().empty())
        return text;
    std::vector<std::pair<std::size_t, std::string>> insertions;
    std::size_t count = 0;
    const auto above = [&](std::size_t head) {
        const std::size_t line = lineBegin(text, head);
        if (skipBlanks(text, line) == head && ++count % 2 == 0)
            insertions.emplace_back(line, std::string(head - line, ' ') + "# note\tabove\n");
    };
    detail::forEachNode(*tree->root(), [&](const flow::Node &node) {
        if (node.flowStyle)
            return;
        for (std::size_t i = 0; i < node.items.size(); ++i)
            above(dashOf(text, node, i));
        for (const flow::Entry &entry : node.entries) {
            above(entry.key->whole.begin);
            const flow::Node &value = *entry.value;
            const std::size_t end = value.range.end;
            if (value.isScalar() && !isBlockScalar(value) && end > value.range.begin && end < text.size() &&
                (text[end] == '\n' || text[end] == '\r') && ++count % 2 == 0)
                insertions.emplace_back(end, " #\tbeside");
        }
    });
    return detail::withInsertions(text, std::move(insertions));
}

/// Keys in quotes of both kinds, anchors and tags before values.
inline std::string withQuotedKeys(const std::string &text, bool anchors)
{
    const auto tree = flow::Tree::parse(text);
    if (!tree->root() || !tree->faults().empty())
        return text;
    std::vector<std::pair<std::size_t, std::string>> insertions;
    std::size_t count = 0;
    detail::forEachNode(*tree->root(), [&](const flow::Node &node) {
        for (const flow::Entry &entry : node.flowStyle ? std::vector<flow::Entry>() : node.entries) {
            const flow::Node &key = *entry.key;
            const flow::Node &value = *entry.value;
            ++count;
            if (!anchors && key.isScalar() && key.style == flow::ScalarStyle::Plain && !key.alias && key.whole.begin == key.range.begin &&
                key.text.find_first_of("'\"\\") == std::string::npos && count % 2 == 0) {
                const std::string quote(1, count % 4 == 0 ? '"' : '\'');
                insertions.emplace_back(key.range.begin, quote);
                insertions.emplace_back(key.range.end, quote);
            }
            const bool beside = flow::edits::lineBegin(text, value.whole.begin) == flow::edits::lineBegin(text, key.range.begin);
            if (anchors && beside && !value.alias && value.whole.begin == value.range.begin && !value.range.empty() && count % 3 == 0 &&
                (value.isScalar() || value.flowStyle))
                insertions.emplace_back(value.range.begin, "&a" + std::to_string(count) + ' ');
        }
    });
    return detail::withInsertions(text, std::move(insertions));
}

/// Lists of block mappings at the column of their key.
inline std::string withZeroIndentedLists(std::string text)
{
    using namespace flow::edits;
    for (int round = 0; round < 40; ++round) {
        const auto tree = flow::Tree::parse(text);
        if (!tree->root() || !tree->faults().empty())
            return text;
        const flow::Node *found = nullptr;
        std::size_t delta = 0;
        detail::forEachNode(*tree->root(), [&](const flow::Node &node) {
            for (const flow::Entry &entry : node.flowStyle || found ? std::vector<flow::Entry>() : node.entries) {
                const flow::Node &value = *entry.value;
                if (found || !value.isSequence() || value.flowStyle || value.items.empty())
                    continue;
                const std::size_t key = column(text, entry.key->whole.begin);
                const std::size_t dash = column(text, value.range.begin);
                if (dash > key && lineBegin(text, value.whole.begin) > entry.key->whole.end) {
                    found = &value;
                    delta = dash - key;
                }
            }
        });
        if (!found)
            return text;
        const std::size_t begin = lineBegin(text, found->range.begin);
        const std::size_t end = blockEnd(text, *found, column(text, found->range.begin) - delta);
        text.replace(begin, end - begin, shifted(std::string_view(text).substr(begin, end - begin), -static_cast<std::ptrdiff_t>(delta)));
    }
    return text;
}

/// The same flow written oddly: the n-th of `kVariants` ways.
constexpr int kVariants = 14;
inline std::string variant(const std::string &text, int n)
{
    std::string result = text;
    const auto stripBreak = [&] {
        while (flow::edits::endsWithBreak(result))
            result.pop_back();
    };
    switch (n) {
    case 1: return withLineBreaks(text, "\r\n");
    case 2: stripBreak(); return result;
    case 3:
        result = withLineBreaks(text, "\r\n");
        stripBreak();
        return text.starts_with("\xEF\xBB\xBF") ? result : "\xEF\xBB\xBF" + result;
    case 4: return withDoubledIndent(text);
    case 5: return withComments(text);
    case 6:
    case 7: {
        const auto tree = flow::Tree::parse(text);
        if (tree->root() && tree->faults().empty())
            return flow::edits::flowText(text, *tree->root(), n == 7) + '\n';
        return text;
    }
    case 8: return withCommentsEverywhere(text);
    case 9: return withQuotedKeys(text, false);
    case 10: return withQuotedKeys(text, true);
    case 11: return withZeroIndentedLists(text);
    case 12: return text.starts_with("---") || text.starts_with("\xEF\xBB\xBF") ? text : "--- # the first document\n" + text + (flow::edits::endsWithBreak(text) ? "" : "\n") + "...\n---\nid: another\n";
    case 13: return withLineBreaks(withCommentsEverywhere(withZeroIndentedLists(text)), "\r\n");
    default: return text;
    }
}

/// A generator that gives the same numbers everywhere.
class Dice
{
public:
    explicit Dice(std::uint64_t seed) : m_state(seed * 2862933555777941757ULL + 3037000493ULL) {}
    std::size_t roll(std::size_t sides)
    {
        m_state ^= m_state << 13;
        m_state ^= m_state >> 7;
        m_state ^= m_state << 17;
        return sides == 0 ? 0 : static_cast<std::size_t>((m_state >> 11) % sides);
    }
    template <typename T>
    const T &pick(const std::vector<T> &values)
    {
        return values[roll(values.size())];
    }

private:
    std::uint64_t m_state;
};

} // namespace test
