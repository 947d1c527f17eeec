#pragma once

#include "editor/caret.h"

#include <optional>

/// What the keys of the text view do to whole lines, as pure functions of the text and the
/// selection. None of them touches a line outside the selection. A command that can do nothing
/// gives no value.
namespace editor::commands {

/// The sign of a comment and a blank before the first letter of the least indented line, on all lines
/// of the selection; off again when each of them has it. Blank lines stay.
std::optional<TextChange> toggleComment(std::string_view text, Caret caret,
                                        std::string_view sign = "#");
/// The lines of the selection over the one above or below them.
std::optional<TextChange> moveLines(std::string_view text, Caret caret, bool up);
std::optional<TextChange> duplicateLines(std::string_view text, Caret caret);
std::optional<TextChange> deleteLines(std::string_view text, Caret caret);
/// Two columns in, or back by as many as there are, at most two.
std::optional<TextChange> indentLines(std::string_view text, Caret caret, bool back);
/// A line break with the indentation the next line should have: under a key without value and under
/// `|` two deeper, after `- key: value` in line with the key.
TextChange newline(std::string_view text, Caret caret);
/// Spaces up to the next even column.
TextChange insertTab(std::string_view text, Caret caret);
/// Text from the clipboard: its lines are indented as the line it goes to, when it goes to the
/// beginning of one.
TextChange paste(std::string_view text, Caret caret, std::string_view clipboard);

} // namespace editor::commands
