#pragma once

#include "engine/flow/edit.h"

namespace editor {

/// Folds changes that followed one another into replacements of the text they began with. Pure.
class ChangeComposer
{
public:
    /// `removed` bytes at `position` gave way to `inserted`; positions are of the text as it is by
    /// now.
    void add(std::size_t position, std::size_t removed, std::string_view inserted);
    bool empty() const { return m_pieces.empty(); }
    /// Sorted, disjoint, for the text before the first change; starts anew.
    std::vector<flow::Replacement> take() { return std::exchange(m_pieces, {}); }

private:
    std::vector<flow::Replacement> m_pieces;
};

} // namespace editor
