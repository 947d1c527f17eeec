#pragma once

#include "engine/flow/range.h"

#include <string>
#include <string_view>

/// Lines of a text by byte offsets, for the edits. Breaks are LF, CRLF and CR; a byte order mark is
/// no part of the first line; columns are bytes.
namespace flow::edits {

std::size_t lineBegin(std::string_view text, std::size_t offset);
/// Before the break of the line the offset is in.
std::size_t lineEnd(std::string_view text, std::size_t offset);
/// Behind that break; the text's size on the last line.
std::size_t nextLine(std::string_view text, std::size_t offset);
std::size_t column(std::string_view text, std::size_t offset);
/// First byte at or after the offset that is no space or tab.
std::size_t skipBlanks(std::string_view text, std::size_t offset);
/// Of the line that begins at the offset.
bool isBlankLine(std::string_view text, std::size_t begin);
bool isCommentLine(std::string_view text, std::size_t begin);
/// Spaces a line begins with.
std::size_t indentOf(std::string_view text, std::size_t begin);
bool endsWithBreak(std::string_view text);
/// The line break in use where the offset is: the one before it, else the first of the text, else LF.
std::string_view breakAt(std::string_view text, std::size_t offset);
/// Begin of the run of blank lines that ends at a line's begin; and the end of the one that starts there.
std::size_t blankLinesBefore(std::string_view text, std::size_t begin);
std::size_t blankLinesAfter(std::string_view text, std::size_t begin);

/// The lines moved by `delta` columns. Empty lines stay empty; a line that has not enough spaces to
/// lose keeps what follows them. With `skipFirst` the first line stays.
std::string shifted(std::string_view lines, std::ptrdiff_t delta, bool skipFirst = false);
/// The text with every line break replaced by `lineBreak`.
std::string withBreaks(std::string_view text, std::string_view lineBreak);

} // namespace flow::edits
