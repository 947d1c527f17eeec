#pragma once

#include "engine/flow/value.h"

#include <string>
#include <string_view>

namespace flow {

struct Node;

/// What the real engine takes a scalar for before it looks at where it stands.
enum class ScalarKind {
    Text,
    Bool,
    Int,       ///< a whole number of any size
    Float,
    Null,
    Malformed, ///< `.inf`, `.nan`: looks like a number and is refused
};

/// Reads a scalar by its style, tag and text. Only plain and tagged scalars are anything but Text.
ScalarKind scalarKind(const Node &scalar);

/// The same for the text of a plain scalar without a tag.
ScalarKind plainKind(std::string_view text);

/// The text a scalar is where text is wanted: `yes` is `true`, `007` is `7`, null is empty.
std::string textMeant(const Node &scalar);

/// The number a text spells as Int (`014`, `0xFF`, `1_000`) or Float (`.5`, `1e3`); Null when it spells none.
Value numberValue(std::string_view text, ScalarKind kind);

} // namespace flow
