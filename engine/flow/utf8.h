#pragma once

#include <cstdint>
#include <string>
#include <string_view>

/// UTF-8 by hand: what texts of the language need below the libraries.
namespace flow::utf8 {

/// Bytes of the well-formed character at `at`; 0 when there is none.
std::size_t length(std::string_view text, std::size_t at);
/// The character at `at`, and moves `at` behind it. A byte that belongs to none is U+FFFD.
char32_t next(std::string_view text, std::size_t &at);
/// A code that is no character (a lone surrogate) is appended as U+FFFD.
void append(std::string &out, char32_t code);
/// Offset of the first byte that is not UTF-8, or the size of the text.
std::size_t firstInvalid(std::string_view text);

/// The text with U+FFFD in place of what is not UTF-8: one for each part that could have begun a character.
std::string repaired(std::string_view bytes);

/// UTF-16 units, the measure of lengths and positions in the language's texts.
std::size_t utf16Length(std::string_view text);
std::u16string toUtf16(std::string_view text);
/// Lone surrogates become `?`, as Java writes them.
std::string fromUtf16(std::u16string_view text);

} // namespace flow::utf8
