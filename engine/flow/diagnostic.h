#pragma once

#include "engine/flow/range.h"

#include <string>
#include <vector>

namespace flow {

enum class Severity {
    Error,   ///< the real engine refuses the flow
    Warning, ///< it runs, but probably not as meant
    Hint,    ///< accepted; there is a newer or better way
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
    std::size_t readUntil = 0;     ///< of a syntax error: where the real engine reports it (end of what it read)
    bool operator==(const Diagnostic &) const = default;
};

/// The diagnostic in English, as the command line prints it; the desktop translates the same codes.
std::string describe(const Diagnostic &diagnostic);

} // namespace flow
