#include "app/sentences/sentence.h"

namespace app {

std::string fill(std::string_view text, const std::vector<std::string> &args, std::string_view where)
{
    std::string filled;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        if (text[i] == '%' && next >= '1' && next <= '9') {
            const auto index = static_cast<std::size_t>(next - '1');
            filled += index < args.size() ? args[index] : std::string();
            ++i;
        } else if (text[i] == '%' && next == 'w') {
            filled += where;
            ++i;
        } else {
            filled += text[i];
        }
    }
    return filled;
}

std::string plainText(const Sentence &sentence, const std::vector<std::string> &args, std::string_view where)
{
    const std::string cause = fill(sentence.cause, args, where);
    const std::string action = fill(sentence.action, args, where);
    return action.empty() ? cause : cause + " " + action;
}

} // namespace app
