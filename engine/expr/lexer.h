#pragma once

#include "engine/expr/error.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace expr {

enum class TokenType {
    Text,               ///< outside of any delimiter
    PrintStart,         ///< `{{`
    PrintEnd,           ///< `}}`
    ExecuteStart,       ///< `{%`
    ExecuteEnd,         ///< `%}`
    Name,
    Long,               ///< `7L`
    Number,
    String,             ///< without its quotes, `\'` or `\"` unescaped
    InterpolationStart, ///< `#{` in a double-quoted string
    InterpolationEnd,   ///< its `}`
    Operator,
    Punctuation,
    Eof,
};

struct Token
{
    TokenType type = TokenType::Eof;
    std::string value;
    int line = 1;
    std::size_t begin = 0, end = 0; ///< bytes of the text
};

struct Tokens
{
    std::vector<Token> list; ///< always ends with Eof
    std::optional<Error> error; ///< message without prefix and place; the list goes up to it
};

/// Splits a template into tokens. Never throws.
Tokens tokenize(std::string_view text);

/// `PRINT_END`, as messages name it.
std::string_view tokenTypeName(TokenType type);

} // namespace expr
