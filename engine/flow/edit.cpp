#include "engine/flow/edit.h"

#include <algorithm>

namespace flow {

namespace {

/// An offset where a text may be cut: not inside a code point, not between CR and LF.
bool isBoundary(std::string_view text, std::size_t offset)
{
    if (offset == 0 || offset >= text.size())
        return true;
    if ((static_cast<unsigned char>(text[offset]) & 0xC0) == 0x80)
        return false;
    return !(text[offset - 1] == '\r' && text[offset] == '\n');
}

/// Cuts off what the replacement leaves as it was at both ends.
void trim(std::string_view text, Replacement &replacement)
{
    const std::string_view old = text.substr(replacement.range.begin, replacement.range.size());
    const std::string_view fresh = replacement.text;
    const std::size_t most = std::min(old.size(), fresh.size());
    std::size_t front = 0;
    while (front < most && old[front] == fresh[front])
        ++front;
    while (front > 0 && !(isBoundary(old, front) && isBoundary(fresh, front)))
        --front;
    std::size_t back = 0;
    while (back < most - front && old[old.size() - 1 - back] == fresh[fresh.size() - 1 - back])
        ++back;
    while (back > 0 && !(isBoundary(old, old.size() - back) && isBoundary(fresh, fresh.size() - back)))
        --back;
    replacement.range.begin += front;
    replacement.range.end -= back;
    replacement.text = std::string(fresh.substr(front, fresh.size() - front - back));
}

} // namespace

Result<Edit> Edit::make(Revision revision, std::string_view text,
                        std::vector<Replacement> replacements)
{
    std::stable_sort(replacements.begin(), replacements.end(),
                     [](const Replacement &a, const Replacement &b) {
                         return a.range.begin != b.range.begin ? a.range.begin < b.range.begin
                                                               : a.range.empty() && !b.range.empty();
                     });
    std::size_t end = 0;
    for (const Replacement &replacement : replacements) {
        const Range range = replacement.range;
        if (range.begin > range.end || range.end > text.size())
            return Error{ErrorCode::OutOfRange, {}, {}};
        if (range.begin < end)
            return Error{ErrorCode::OverlappingEdits, {}, {}};
        end = range.end;
    }
    Edit edit;
    edit.m_revision = revision;
    for (Replacement &replacement : replacements) {
        trim(text, replacement);
        if (!replacement.range.empty() || !replacement.text.empty())
            edit.m_replacements.push_back(std::move(replacement));
    }
    return edit;
}

std::string Edit::applyTo(std::string_view text) const
{
    std::size_t size = text.size();
    for (const Replacement &replacement : m_replacements)
        size += replacement.text.size() - replacement.range.size();
    std::string result;
    result.reserve(size);
    std::size_t from = 0;
    for (const Replacement &replacement : m_replacements) {
        result.append(text.substr(from, replacement.range.begin - from));
        result.append(replacement.text);
        from = replacement.range.end;
    }
    result.append(text.substr(from));
    return result;
}

std::size_t Edit::mapOffset(std::size_t offset) const
{
    std::size_t grown = 0; // modulo arithmetic: may stand for a negative number
    for (const Replacement &replacement : m_replacements) {
        const Range range = replacement.range;
        if (offset < range.begin || (offset == range.begin && !range.empty()))
            break;
        if (offset < range.end)
            return range.begin + grown + replacement.text.size();
        grown += replacement.text.size() - range.size();
    }
    return offset + grown;
}

} // namespace flow
