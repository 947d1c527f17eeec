#pragma once

#include "engine/expr/ast.h"
#include "engine/expr/error.h"
#include "engine/expr/lexer.h"
#include "engine/flow/dialect.h"

#include <optional>

namespace expr {

struct Parsed
{
    Program program;
    std::optional<Error> error; ///< message without prefix and place
};

/// Reads tokens into a program, up to the first error. Never throws.
Parsed parse(const Tokens &tokens, flow::Dialect dialect);

} // namespace expr
