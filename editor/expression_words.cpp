#include "editor/completer.h"

#include "engine/expr/registry.h"

#include <algorithm>

namespace editor {

namespace {

template <typename Entries>
std::vector<ExpressionWord> wordsOf(const Entries &entries, flow::Dialect dialect)
{
    std::vector<ExpressionWord> words;
    for (const auto &entry : entries)
        if (expr::existsIn(entry.since, dialect))
            words.push_back({std::string(entry.name), std::string(entry.parameters),
                             std::string(entry.summary)});
    std::sort(words.begin(), words.end(),
              [](const ExpressionWord &a, const ExpressionWord &b) { return a.name < b.name; });
    return words;
}

} // namespace

ExpressionWords expressionWords(flow::Dialect dialect)
{
    return {wordsOf(expr::filters(), dialect), wordsOf(expr::functions(), dialect),
            wordsOf(expr::tests(), dialect)};
}

} // namespace editor
