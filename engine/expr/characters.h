#pragma once

namespace expr {

/// Any Unicode letter, or `_`.
bool isNameStart(char32_t code);
/// A letter, `_` or a decimal digit of any script.
bool isNamePart(char32_t code);

} // namespace expr
