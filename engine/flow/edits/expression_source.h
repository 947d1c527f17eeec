#pragma once

#include "engine/flow/range.h"
#include "engine/flow/tree.h"

#include <string>
#include <string_view>
#include <vector>

namespace flow::edits {

/// The text of a scalar as the expression reader sees it, and where each byte of it is written.
struct ExpressionSource
{
    std::string text;
    std::vector<std::size_t> offsets; // of each byte; one more for the end

    void add(char c, std::size_t offset)
    {
        text += c;
        offsets.push_back(offset);
    }
    Range range(std::size_t begin, std::size_t end) const { return {offsets[begin], offsets[end]}; }
};

/// Escapes of quoted scalars are undone; what only folds lines is left as it is.
ExpressionSource expressionSource(std::string_view all, const Node &scalar);

/// Words of expressions: letters, digits, `_` and all that is not ASCII.
bool isNameStart(char c);
bool isNamePart(char c);
bool isIdentifier(std::string_view name);
/// Behind the string literal that begins at `at`, with its closing quote.
std::size_t quotedEnd(std::string_view expression, std::size_t at);

} // namespace flow::edits
