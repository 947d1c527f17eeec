#include "engine/flow/edits/expression_source.h"

#include "engine/flow/edits/blocks.h"

#include <algorithm>

namespace flow::edits {

ExpressionSource expressionSource(std::string_view all, const Node &scalar)
{
    ExpressionSource source;
    std::size_t begin = scalar.range.begin;
    std::size_t end = scalar.range.end;
    const bool isDouble = scalar.style == ScalarStyle::DoubleQuoted;
    const bool isSingle = scalar.style == ScalarStyle::SingleQuoted;
    if (isDouble || isSingle) {
        ++begin;
        end = std::max(begin, end - 1);
    } else if (isBlockScalar(scalar)) {
        begin = std::min(nextLine(all, begin), end);
    }
    source.text.reserve(end - begin);
    source.offsets.reserve(end - begin + 1);
    for (std::size_t i = begin; i < end; ++i) {
        if (isDouble && all[i] == '\\' && i + 1 < end) {
            const char next = all[i + 1];
            if (next == '"' || next == '\\' || next == '/') {
                source.add(next, i++);
                continue;
            }
            source.add(' ', i++); // another character, or a folded line: no name goes on behind it
            continue;
        }
        if (isSingle && all[i] == '\'' && i + 1 < end && all[i + 1] == '\'') {
            source.add('\'', i++);
            continue;
        }
        source.add(all[i], i);
    }
    source.offsets.push_back(end);
    return source;
}

bool isNameStart(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80) != 0;
}

bool isNamePart(char c)
{
    return isNameStart(c) || (c >= '0' && c <= '9');
}

bool isIdentifier(std::string_view name)
{
    return !name.empty() && isNameStart(name.front()) && std::all_of(name.begin(), name.end(), isNamePart);
}

std::size_t quotedEnd(std::string_view expression, std::size_t at)
{
    const char quote = expression[at++];
    while (at < expression.size() && expression[at] != quote)
        at += expression[at] == '\\' ? 2 : 1;
    return std::min(at + 1, expression.size());
}

} // namespace flow::edits
