#pragma once

#include "engine/flow/edits/draft.h"

#include <string>
#include <vector>

namespace flow::edits {

/// A text with changes made inside its scalars, and its tree: what has to be lifted out of a flow in
/// another wording. Its nodes are those of the original, in the same places.
class ChangedText
{
public:
    /// BrokenText when the changed text can't be read any more.
    static Result<ChangedText> make(const Draft &draft, std::vector<Replacement> changes);

    const Draft &draft() const { return m_draft; }
    const Node &find(const Node &original) const;
    /// Neighbours of one list of tasks as a list in block style at column 0. `unwrap`: items of a Dag
    /// without their `task`.
    std::string listLines(const Node &sequence, std::size_t first, std::size_t last, const Layout &layout,
                          bool unwrap = false) const;
    /// An entry as lines whose key stands at `column`.
    std::string entryLines(const Entry &entry, std::size_t column) const;

private:
    explicit ChangedText(const Snapshot &snapshot) : m_draft(snapshot) {}

    Draft m_draft;
};

} // namespace flow::edits
