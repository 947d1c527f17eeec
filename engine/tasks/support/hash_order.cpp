#include "engine/tasks/support/hash_order.h"

#include "engine/flow/utf8.h"

#include <algorithm>
#include <bit>

namespace tasks {

namespace {

std::uint32_t spreadHash(std::string_view text)
{
    std::uint32_t hash = 0;
    for (const char16_t unit : flow::utf8::toUtf16(text))
        hash = hash * 31 + unit;
    return hash ^ (hash >> 16);
}

} // namespace

flow::Object inHashOrder(const flow::Object &members)
{
    const std::size_t buckets = std::bit_ceil((members.size() * 4 + 2) / 3);
    std::vector<std::pair<std::size_t, const flow::Object::Member *>> places;
    for (const flow::Object::Member &member : members)
        places.emplace_back(spreadHash(member.first) & (buckets - 1), &member);
    std::stable_sort(places.begin(), places.end(), [](const auto &a, const auto &b) { return a.first < b.first; });
    flow::Object ordered;
    ordered.reserve(members.size());
    for (const auto &[place, member] : places)
        ordered.set(member->first, member->second);
    return ordered;
}

} // namespace tasks
