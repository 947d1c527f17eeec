#include "engine/flow/edits/property_path.h"

namespace flow::edits {

Result<std::vector<PathStep>> readPropertyPath(std::string_view path)
{
    const Error unreadable{ErrorCode::NoSuchProperty, {std::string(path)}, {}};
    std::vector<PathStep> steps;
    std::size_t at = 0;
    while (at < path.size()) {
        if (path[at] == '[') {
            const bool isKey = at + 1 < path.size() && (path[at + 1] == '\'' || path[at + 1] == '"');
            const std::size_t close =
                isKey ? path.find(std::string{path[at + 1], ']'}, at + 2) : path.find(']', at);
            if (close == std::string_view::npos)
                return unreadable;
            if (isKey) {
                steps.push_back({std::string(path.substr(at + 2, close - at - 2)), 0, false});
                at = close + 2;
            } else {
                const std::string_view digits = path.substr(at + 1, close - at - 1);
                if (digits.empty() || digits.size() > 9 ||
                    digits.find_first_not_of("0123456789") != std::string_view::npos)
                    return unreadable;
                steps.push_back({{}, static_cast<std::size_t>(std::stoul(std::string(digits))), true});
                at = close + 1;
            }
            continue;
        }
        if (path[at] == '.') {
            if (steps.empty())
                return unreadable;
            ++at;
        } else if (!steps.empty()) {
            return unreadable;
        }
        const std::size_t end = std::min(path.find_first_of(".[", at), path.size());
        if (end == at)
            return unreadable;
        steps.push_back({std::string(path.substr(at, end - at)), 0, false});
        at = end;
    }
    if (steps.empty() || steps.front().isIndex)
        return unreadable;
    return steps;
}

const Node *findProperty(const Node *from, std::string_view path)
{
    const Result<std::vector<PathStep>> steps = readPropertyPath(path);
    if (!steps)
        return nullptr;
    for (const PathStep &step : *steps) {
        if (from && step.isIndex && from->isSequence())
            from = step.index < from->items.size() ? from->items[step.index] : nullptr;
        else
            from = from && !step.isIndex && from->isMapping() ? from->find(step.key) : nullptr;
    }
    return from;
}

} // namespace flow::edits
