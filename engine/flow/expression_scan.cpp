#include "engine/flow/expression_scan.h"

#include <algorithm>

namespace flow {

namespace {

bool isWord(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

std::size_t wordEnd(std::string_view text, std::size_t at, bool dashes)
{
    while (at < text.size() && (isWord(text[at]) || (dashes && text[at] == '-')))
        ++at;
    return at;
}

/// Reads what follows `inputs` or `outputs` at `at`; false when it names nothing.
bool readName(std::string_view text, std::size_t at, Reference &reference)
{
    if (at < text.size() && text[at] == '.') {
        const std::size_t begin = at + 1;
        const std::size_t end = wordEnd(text, begin, false);
        reference.dotted = true;
        reference.name = text.substr(begin, end - begin);
        reference.dashed = text.substr(begin, wordEnd(text, begin, true) - begin);
        reference.range = {begin, end};
        return end > begin;
    }
    if (at >= text.size() || text[at] != '[')
        return false;
    std::size_t begin = at + 1;
    while (begin < text.size() && (text[begin] == ' ' || text[begin] == '\\'))
        ++begin;
    if (begin >= text.size() || (text[begin] != '"' && text[begin] != '\''))
        return false;
    const char quote = text[begin++];
    if (begin < text.size() && text[begin] == quote) // '' inside a single-quoted scalar
        ++begin;
    const std::size_t end = wordEnd(text, begin, true);
    if (end == begin || end >= text.size())
        return false;
    reference.dotted = false;
    reference.name = reference.dashed = text.substr(begin, end - begin);
    reference.range = {begin, end};
    return true;
}

} // namespace

void scanReferences(std::string_view text, Range stretch, std::vector<Reference> &references)
{
    const std::string_view view = text.substr(0, stretch.end);
    for (std::size_t open = stretch.begin; (open = view.find('{', open)) != view.npos;) {
        const char kind = open + 1 < view.size() ? view[open + 1] : '\0';
        if (kind != '{' && kind != '%') {
            ++open;
            continue;
        }
        const std::size_t close = std::min(view.find(kind == '{' ? "}}" : "%}", open + 2), view.size());
        for (std::size_t at = open + 2; at < close;) {
            if (!isWord(view[at])) {
                ++at;
                continue;
            }
            const std::size_t end = wordEnd(view, at, false);
            const std::string_view word = view.substr(at, end - at);
            const bool isMember = view[at - 1] == '.';
            Reference reference;
            reference.root = word == "inputs" ? Reference::Root::Inputs : Reference::Root::Outputs;
            if (!isMember && (word == "inputs" || word == "outputs") &&
                readName(view.substr(0, close), end, reference))
                references.push_back(reference);
            at = end;
        }
        open = close;
    }
}

} // namespace flow
