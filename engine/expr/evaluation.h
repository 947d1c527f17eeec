#pragma once

#include "engine/expr/ast.h"
#include "engine/flow/value.h"

#include <string>
#include <string_view>

/// What the parts of the evaluator share.
namespace expr {

inline constexpr std::string_view kPebbleException = "io.pebbletemplates.pebble.error.PebbleException";

/// `CLASS: MESSAGE (TEXT:LINE)`.
std::string placed(std::string_view className, std::string_view message, const std::string &text, int line);
/// True for a map of data; an entry of one and `loop` are none.
bool isMap(const flow::Value &value);
/// A filter that gives back the list it was given, changed.
bool changesItsInput(const Expression &node);

} // namespace expr
