#pragma once

#include "engine/flow/range.h"

#include <string>
#include <string_view>
#include <vector>

namespace flow {

enum class Severity {
    Error,   ///< the real engine refuses the flow
    Warning, ///< it runs, but probably not as meant
    Hint,    ///< accepted; there is a newer or better way
};

/// How far the real engine gets before it reports a fault. It shows only one of the first four; Rules
/// are collected, and Saving comes only when there is nothing else. People are shown all of them at once.
enum class Stage {
    Syntax,  ///< the text is not YAML as it reads it
    Early,   ///< before the values are bound: namespace, plugin defaults
    Binding, ///< a value doesn't fit its type, a property or type is unknown
    Late,    ///< an object that stops the checks of the rules
    Rules,   ///< constraints and rules of the whole flow
    Saving,  ///< passes all checks, and is refused when it is saved
    Advice,  ///< not a reason to refuse the flow
};

/// One fault of a flow, at the key or value it is about. The texts of the language (names of
/// properties, states) are args; app/messages makes the sentence from code and args.
struct Diagnostic
{
    Severity severity = Severity::Error;
    std::string code;              ///< stable, kebab case: `unknown-property`
    std::vector<std::string> args; ///< what the sentence of the code needs, in its order
    Range range;                   ///< never outside the text; may be empty at its end
    std::string path;              ///< as the real engine names the place: `extract.retry.interval`
    std::string suggestion;        ///< "did you mean"; empty when there is none
    Stage stage = Stage::Syntax;
    std::vector<std::string> reports; ///< of Rules: the real engine's words, without the path
    std::size_t readUntil = 0;     ///< of a syntax error: where the real engine reports it (end of what it read)
    bool operator==(const Diagnostic &) const = default;
};

/// The English sentence of a code, with %1, %2 … for the args; empty for an unknown code.
std::string_view sentenceOf(std::string_view code);
/// All codes that an analysis, and the checks of a project beside it, may give; sorted.
std::vector<std::string_view> diagnosticCodes();

/// The diagnostic in English, as the command line prints it; the desktop translates the same codes.
std::string describe(const Diagnostic &diagnostic);

} // namespace flow
