#pragma once

#include "engine/flow/edit.h"

namespace editor {

/// Selection of the text view in bytes; `position` is where the caret blinks.
struct Caret
{
    std::size_t anchor = 0;
    std::size_t position = 0;

    flow::Range range() const
    {
        return anchor < position ? flow::Range{anchor, position} : flow::Range{position, anchor};
    }
    bool operator==(const Caret &) const = default;
};

/// What a command of the text view wants: replacements and where the carets are afterwards, in the
/// new text.
struct TextChange
{
    std::vector<flow::Replacement> replacements;
    Caret after;
    bool operator==(const TextChange &) const = default;
};

} // namespace editor
