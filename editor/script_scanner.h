#pragma once

#include "editor/yaml_scanner.h"

namespace editor {

/// Colours [begin, end) of a line of an embedded script: keywords, strings, comments and numbers.
void scanScript(std::string_view line, std::size_t begin, std::size_t end, ScriptLanguage language,
                std::vector<Token> &tokens);

/// The language a task type's `script` and `commands` are written in, by the last part of its
/// package.
ScriptLanguage scriptLanguageOf(std::string_view taskType);

/// What begins a comment to the end of the line: `#`, `--` or `//`.
std::string_view commentSign(ScriptLanguage language);

} // namespace editor
