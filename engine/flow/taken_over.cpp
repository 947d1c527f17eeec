#include "engine/flow/taken_over.h"

namespace flow {

TakenOver::TakenOver(const Flow &before, const std::vector<Diagnostic> &diagnostics, const std::vector<KeptItem> &kept)
    : m_before(&before)
{
    m_parts.reserve(kept.size());
    auto found = diagnostics.begin(); // they are sorted by their begin, as the items are
    for (const KeptItem &item : kept) {
        bool clean = false;
        if (item.unchanged) {
            // The line before it may hold its dash, and what is said of an empty value stands behind it.
            while (found != diagnostics.end() && found->range.end + 2 < item.before->whole.begin)
                ++found;
            clean = found == diagnostics.end() || found->range.begin > item.before->whole.end + 2;
        }
        m_parts.emplace(item.now, Part{item.before, item.unchanged, clean});
    }
}

} // namespace flow
