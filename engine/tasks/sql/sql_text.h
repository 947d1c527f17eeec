#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tasks {

/// The statements of a text, without the semicolons between them and without those that are only blanks and
/// comments. Knows quotes, brackets, comments, `$tag$` texts and the BEGIN … END of triggers.
std::vector<std::string> splitStatements(std::string_view sql);

} // namespace tasks
