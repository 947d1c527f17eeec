#include "engine/expr/template_faults.h"

#include "engine/expr/language.h"
#include "engine/flow/scalar_place.h"

#include <algorithm>
#include <charconv>
#include <string>

namespace expr {
namespace {

using flow::Node;

/// Texts of these keys are shown or kept, never rendered where they stand.
bool isRendered(std::string_view key)
{
    return key != "description" && key != "variables" && key != "displayName";
}

template <typename Visit>
void eachTemplate(const Node &node, const Visit &visit)
{
    if (node.isScalar()) {
        if (!node.alias && (node.text.find("{{") != std::string::npos || node.text.find("{%") != std::string::npos))
            visit(node);
        return;
    }
    for (const Node *item : node.items)
        eachTemplate(*item, visit);
    for (const flow::Entry &entry : node.entries)
        if (isRendered(entry.key->text))
            eachTemplate(*entry.value, visit);
}

std::size_t lineStart(std::string_view text, int line)
{
    std::size_t at = 0;
    for (int i = 1; i < line; ++i) {
        const std::size_t next = text.find('\n', at);
        if (next == std::string_view::npos)
            break;
        at = next + 1;
    }
    return at;
}

int numberAt(std::string_view text)
{
    int number = 1;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

const Node *taskNode(const Node &node, std::string_view id)
{
    const Node *own = node.isMapping() ? node.find("id") : nullptr;
    if (own && own->text == id && node.find("type"))
        return &node;
    for (const Node *item : node.items)
        if (const Node *found = taskNode(*item, id))
            return found;
    for (const flow::Entry &entry : node.entries)
        if (const Node *found = taskNode(*entry.value, id))
            return found;
    return nullptr;
}

} // namespace

std::vector<flow::Diagnostic> templateFaults(std::string_view text, const flow::Tree &tree, flow::Dialect dialect)
{
    std::vector<flow::Diagnostic> found;
    if (!tree.root())
        return found;
    eachTemplate(*tree.root(), [&](const Node &scalar) {
        for (const Problem &problem : check(scalar.text, dialect)) {
            flow::Diagnostic fault;
            fault.severity = flow::Severity::Warning;
            fault.code = "template-fault";
            fault.args = {problem.message};
            fault.stage = flow::Stage::Advice;
            fault.range = {flow::placeInScalar(text, scalar, problem.begin), flow::placeInScalar(text, scalar, problem.end)};
            found.push_back(std::move(fault));
        }
    });
    std::stable_sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.range.begin < b.range.begin; });
    return found;
}

std::optional<std::size_t> placeOfMessage(std::string_view text, const Node &within, std::string_view message)
{
    std::optional<std::size_t> place;
    std::size_t longest = 0;
    eachTemplate(within, [&](const Node &scalar) {
        const std::string_view source = scalar.text;
        std::size_t at = message.find("`" + std::string(source) + "` at line ");
        std::size_t number = at + source.size() + 11;
        if (at == std::string_view::npos) {
            at = message.rfind("(" + std::string(source) + ":");
            number = at + source.size() + 2;
        }
        if (at == std::string_view::npos || source.size() <= longest)
            return;
        longest = source.size();
        std::size_t offset = lineStart(source, numberAt(message.substr(std::min(number, message.size()))));
        constexpr std::string_view kMissing = "Unable to find `";
        if (const std::size_t name = message.find(kMissing); name != std::string_view::npos) {
            const std::size_t begin = name + kMissing.size();
            const std::string_view wanted = message.substr(begin, message.find('`', begin) - begin);
            if (const std::size_t where = source.find(wanted, offset); where != std::string_view::npos)
                offset = where;
        } else if (const std::size_t open = source.find("{{", offset); open != std::string_view::npos) {
            offset = open;
        }
        place = flow::placeInScalar(text, scalar, offset);
    });
    return place;
}

std::optional<std::size_t> placeOfFailure(std::string_view text, const flow::Tree &tree, std::string_view taskId,
                                          std::string_view message)
{
    const Node *task = tree.root() ? taskNode(*tree.root(), taskId) : nullptr;
    return task ? placeOfMessage(text, *task, message) : std::nullopt;
}

} // namespace expr
