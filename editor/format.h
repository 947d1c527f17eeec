#pragma once

#include "engine/flow/edit.h"

#include <optional>

namespace editor {

/// The changes that bring a flow's text into the common form: two columns a level, list items two
/// deeper than their key, one blank after a dash, no blanks at line ends, at most one blank line in
/// a row, a line break at the end. Nothing else is touched: quoting, order, comments and the inside
/// of block texts stay. Empty when it has that form; no value when the text can't be read, or when
/// another meaning would come out.
std::optional<std::vector<flow::Replacement>> formatChanges(const std::string &text);

} // namespace editor
