#pragma once

#include "engine/flow/diagnostic.h"
#include "engine/flow/flow.h"

#include <unordered_map>
#include <vector>

namespace flow {

/// What of one analysis goes into the next: for an item of a list the same item before, and whether it may be passed
/// over. Lives for one analysis; holds no node.
class TakenOver
{
public:
    struct Part
    {
        const Node *before = nullptr;
        bool unchanged = false; ///< nothing inside it was read anew
        bool clean = false;     ///< unchanged, and nothing was found in it
    };

    /// Nothing.
    TakenOver() = default;
    /// `diagnostics` are those of `before`, sorted by range.
    TakenOver(const Flow &before, const std::vector<Diagnostic> &diagnostics, const std::vector<KeptItem> &kept);

    /// Null for what was read anew.
    const Part *find(const Node &item) const
    {
        const auto part = m_parts.find(&item);
        return part == m_parts.end() ? nullptr : &part->second;
    }
    bool isClean(const Node &item) const
    {
        const Part *part = m_parts.empty() ? nullptr : find(item);
        return part && part->clean;
    }
    const Flow *flow() const { return m_parts.empty() ? nullptr : m_before; }

private:
    const Flow *m_before = nullptr;
    std::unordered_map<const Node *, Part> m_parts;
};

} // namespace flow
