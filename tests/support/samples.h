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

/// The same flow written oddly: the n-th of `kVariants` ways.
constexpr int kVariants = 8;
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
