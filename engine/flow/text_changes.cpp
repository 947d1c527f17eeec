#include "engine/flow/text_changes.h"

#include <algorithm>

namespace flow {

namespace {

constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);

std::size_t lineBegin(std::string_view text, std::size_t offset)
{
    while (offset > 0 && text[offset - 1] != '\n' && text[offset - 1] != '\r')
        --offset;
    return offset;
}

/// Does the same stand at the two places for long enough to go on from there?
bool meets(std::string_view before, std::size_t a, std::string_view now, std::size_t b)
{
    constexpr std::size_t kEnough = 160;
    return before.substr(a, kEnough) == now.substr(b, kEnough);
}

/// The begins of so many lines, from the line that begins at an offset on.
std::vector<std::size_t> lineBegins(std::string_view text, std::size_t from, std::size_t end, std::size_t count)
{
    std::vector<std::size_t> begins{from};
    while (begins.size() < count) {
        const std::size_t next = text.find('\n', begins.back());
        if (next == text.npos || next + 1 > end)
            break;
        begins.push_back(next + 1);
    }
    return begins;
}

constexpr std::size_t kBlock = 512; // bytes that are compared at once

/// How many bytes at the begin of two texts are the same.
std::size_t sameBegin(std::string_view a, std::string_view b)
{
    const std::size_t shorter = std::min(a.size(), b.size());
    std::size_t same = 0;
    while (same + kBlock <= shorter && a.substr(same, kBlock) == b.substr(same, kBlock))
        same += kBlock;
    while (same < shorter && a[same] == b[same])
        ++same;
    return same;
}

std::size_t sameEnd(std::string_view a, std::string_view b)
{
    const std::size_t shorter = std::min(a.size(), b.size());
    const auto block = [](std::string_view text, std::size_t behind) { return text.substr(text.size() - behind - kBlock, kBlock); };
    std::size_t same = 0;
    while (same + kBlock <= shorter && block(a, same) == block(b, same))
        same += kBlock;
    while (same < shorter && a[a.size() - 1 - same] == b[b.size() - 1 - same])
        ++same;
    return same;
}

TextChange changeOf(std::string_view before, std::string_view now)
{
    const std::size_t begin = sameBegin(before, now);
    const std::size_t same = sameEnd(before.substr(begin), now.substr(begin));
    return {begin, before.size() - same, now.size() - same};
}

} // namespace

std::vector<TextChange> textChanges(std::string_view before, std::string_view now)
{
    constexpr std::size_t kMost = 24;
    constexpr std::size_t kFar = 600;   // lines that come or go at one place
    constexpr std::size_t kNear = 6;    // lines that stand for others
    constexpr std::size_t kSmall = 2000; // not worth looking into
    const TextChange whole = changeOf(before, now);
    std::vector<TextChange> changes;
    TextChange rest = whole;
    while (changes.size() < kMost && rest.oldEnd - std::min(rest.oldEnd, rest.begin) > kSmall) {
        // In the offsets of the new text everything up to here moved by this much; modulo.
        const std::size_t by = changes.empty() ? 0 : changes.back().newEnd - changes.back().oldEnd;
        const std::size_t line = std::max(lineBegin(before, rest.begin), changes.empty() ? 0 : changes.back().oldEnd);
        const std::vector<std::size_t> old = lineBegins(before, line, whole.oldEnd, kFar);
        const std::vector<std::size_t> fresh = lineBegins(now, line + by, whole.newEnd, kFar);
        TextChange part{line, kNowhere, kNowhere};
        const auto tryAt = [&](std::size_t a, std::size_t b) {
            if (part.oldEnd != kNowhere || a >= old.size() || b >= fresh.size() || !meets(before, old[a], now, fresh[b]))
                return;
            part.oldEnd = old[a];
            part.newEnd = fresh[b];
        };
        for (std::size_t sum = 1; sum <= 2 * kNear; ++sum)
            for (std::size_t a = 0; a <= sum; ++a)
                tryAt(a, sum - a);
        for (std::size_t far = 2 * kNear + 1; far < kFar && part.oldEnd == kNowhere; ++far) {
            tryAt(far, 0);
            tryAt(0, far);
        }
        if (part.oldEnd == kNowhere)
            break;
        changes.push_back(part);
        const std::size_t same = sameBegin(before.substr(part.oldEnd), now.substr(part.newEnd));
        rest.begin = part.oldEnd + same;
        if (rest.begin == before.size() && part.newEnd + same == now.size())
            return changes; // nothing differs any more
        if (rest.begin >= whole.oldEnd)
            break;
    }
    // What is the same at the end may begin before what is the same up to here ends.
    const std::size_t by = changes.empty() ? 0 : changes.back().newEnd - changes.back().oldEnd;
    const std::size_t more = std::max(rest.begin - std::min(rest.begin, whole.oldEnd), rest.begin + by - std::min(rest.begin + by, whole.newEnd));
    changes.push_back({rest.begin, whole.oldEnd + more, whole.newEnd + more});
    return changes;
}

} // namespace flow
