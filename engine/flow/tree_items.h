#pragma once

#include "engine/flow/tree.h"

namespace flow {

// Where the items of block lists stand in a text.

inline constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

inline std::size_t lineBegin(std::string_view text, std::size_t offset)
{
    while (offset > 0 && text[offset - 1] != '\n' && text[offset - 1] != '\r')
        --offset;
    return offset;
}

/// The begin of the line an item's dash begins; kNowhere when other things stand before it.
inline std::size_t itemBegin(std::string_view text, const Node &item)
{
    std::size_t at = item.whole.begin;
    while (at > 0 && text[at - 1] == ' ')
        --at;
    if (at == 0 || text[at - 1] != '-')
        return kNowhere;
    const std::size_t begin = lineBegin(text, --at);
    return text.substr(begin, at - begin).find_first_not_of(' ') == text.npos ? begin : kNowhere;
}

/// A block list long enough that taking over its items pays.
inline bool isPlainList(const Node &node)
{
    return node.isSequence() && !node.flowStyle && node.whole == node.range && node.items.size() >= 4;
}

} // namespace flow
