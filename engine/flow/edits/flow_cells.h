#pragma once

#include "engine/flow/edits/draft.h"

#include <string>
#include <vector>

/// Changes inside `[a, b]` and `{a: 1, b: 2}`: single-line or one cell a line, with or without a
/// comma at the end, with comments between.
namespace flow::edits {

/// The items or entries of a collection in flow style, as ranges.
std::vector<Range> cellsOf(const Node &collection);
/// Before the cell at `index`, or at the end. The text is one cell without commas; its own line
/// breaks and `comments` (lines) are indented to the place.
void insertCell(Draft &draft, const Node &collection, std::size_t index, const std::string &text,
                const std::string &comments = {});
/// `indexes` sorted. Takes the commas and the comments above and beside the cells along.
void eraseCells(Draft &draft, const Node &collection, const std::vector<std::size_t> &indexes);
/// Comment lines right above a cell that begins its line; empty at the cell when there are none.
Range commentsAbove(std::string_view text, std::size_t cell);

} // namespace flow::edits
