#include "engine/flow/diagnostic.h"

namespace flow {

std::string describe(const Diagnostic &diagnostic)
{
    const auto arg = [&](std::size_t i) {
        return i < diagnostic.args.size() ? diagnostic.args[i] : std::string();
    };
    std::string sentence;
    if (diagnostic.code == "yaml-syntax")
        sentence = "Not readable as YAML: " + arg(0) + (arg(1).empty() ? "" : " (" + arg(1) + ")");
    else
        sentence = diagnostic.code;
    if (!diagnostic.suggestion.empty())
        sentence += ". Did you mean '" + diagnostic.suggestion + "'?";
    return sentence;
}

} // namespace flow
