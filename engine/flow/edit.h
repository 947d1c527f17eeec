#pragma once

#include "engine/flow/error.h"
#include "engine/flow/range.h"

#include <string>
#include <string_view>
#include <vector>

namespace flow {

/// One stretch of bytes and what takes its place.
struct Replacement
{
    Range range;
    std::string text;
    bool operator==(const Replacement &) const = default;
};

/// A wish to change a text: replacements that are sorted, disjoint and meant for one revision.
/// A value; made only by `make`, so an Edit at hand is always well formed.
class Edit
{
public:
    /// Sorts; refuses overlaps (OverlappingEdits). Two insertions at one place keep their order.
    /// Bytes a replacement leaves as they were at its ends are trimmed off, an empty one is dropped.
    static Result<Edit> make(Revision revision, std::string_view text,
                             std::vector<Replacement> replacements);

    Revision revision() const { return m_revision; }
    const std::vector<Replacement> &replacements() const { return m_replacements; }
    bool empty() const { return m_replacements.empty(); }

    /// The text after the edit. `text` must be that of the revision.
    std::string applyTo(std::string_view text) const;
    /// Where an offset of the old text is in the new one. An offset inside a replaced range goes to
    /// the end of its replacement; one at its first byte stays, one at an insertion moves behind it.
    std::size_t mapOffset(std::size_t offset) const;

private:
    friend class FlowDocument;
    Revision m_revision{};
    Revision m_leadsTo{}; // of an inverse: the old name of the text it restores; else none
    std::vector<Replacement> m_replacements;
};

} // namespace flow
