#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tasks {

/// The statements of a text, without the semicolons between them and without those that are only blanks and
/// comments. Knows quotes, brackets, comments, `$tag$` texts and the BEGIN … END of triggers.
std::vector<std::string> splitStatements(std::string_view sql);

/// Behind the comment or quoted text that begins at `at`; `at` itself when none begins there.
std::size_t skipQuoted(std::string_view sql, std::size_t at);

/// A statement as PostgreSQL wants it: places are `$1`, `$2`, ….
struct PlacedStatement
{
    std::string text;
    std::vector<std::string> names; ///< of the places, in order; empty texts for `?`
};
/// `:name` becomes a place (`::type` and `[1:2]` do not), `??` is written for `?`.
PlacedStatement placeNamed(std::string_view sql);
/// `?` becomes a place, `??` is written for `?`.
PlacedStatement placeQuestionMarks(std::string_view sql);

} // namespace tasks
