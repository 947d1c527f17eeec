#pragma once

#include <memory>
#include <string>
#include <vector>

namespace expr {

/// A DateTimeFormatter pattern, read: what to print or parse, one after another.
struct PatternItem
{
    char letter = 0;  ///< 0: a literal text; `[` and `]`: an optional section
    int count = 0;
    int pad = 0;      ///< width it is padded to by `p`
    std::string text; ///< of a literal
};
using Pattern = std::vector<PatternItem>;

/// The pattern behind a name of a format (`iso_sec`, `iso_local_date`, `full`, …), or the text itself.
std::string patternNamed(const std::string &format, const std::string &locale);
/// Throws Failure (IllegalArgumentException) where Java refuses a pattern. Kept for the next use.
std::shared_ptr<const Pattern> readPattern(const std::string &text);

} // namespace expr
