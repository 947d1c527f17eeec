#pragma once

#include "engine/flow/edits/blocks.h"
#include "engine/flow/edits/draft.h"
#include "engine/flow/edits/fragment.h"

#include <string>
#include <vector>

/// Changes of lists and mappings in either style, one replacement or few. What is inserted follows
/// the layout of its neighbours: indentation, blank lines between items, commas.
namespace flow::edits {

/// What is to stand as one item of a list. `lines` is for a list in block style: whole lines with the
/// dash at column 0, comments above included; `cell` and `comments` are for one in flow style.
struct NewItem
{
    std::string lines;
    std::string cell;
    std::string comments;
    bool keepsBlankLines = false; ///< its lines end with `|+`
    bool asWritten = false;       ///< lines cut out of the same text: line breaks stay as they are
};

/// `behindPrevious`: above comments of their own that stand between the item before and the index.
void insertItem(Draft &draft, const Node &sequence, std::size_t index, const NewItem &item,
                bool behindPrevious = false);
/// `indexes` sorted. A list that loses all its items is left as `[]`.
void eraseItems(Draft &draft, const Node &sequence, const std::vector<std::size_t> &indexes);

/// Where a new entry goes: behind the entry it usually follows in a flow or a task.
std::size_t entrySlot(const Node &mapping, std::string_view key, bool ofFlow);
/// `key` as decoded text. `value` null: the key alone.
void insertEntry(Draft &draft, const Node &mapping, std::size_t index, std::string_view key,
                 const Fragment &value);
/// The same with a value that is written already (block style) or on one line (flow style).
void insertWritten(Draft &draft, const Node &mapping, std::size_t index, std::string_view key,
                   const Written &value, const std::string &flowValue);
/// With the comments beside, not those above. A mapping that loses all its entries is left as `{}`.
void eraseEntries(Draft &draft, const Node &mapping, const std::vector<std::size_t> &indexes);

/// Where a value stands: behind the colon of an entry or behind a dash.
struct Place
{
    const Node *holder = nullptr; ///< the mapping or list
    std::size_t index = 0;        ///< of the entry or item
    const Node *value() const;
};
/// Keeps the anchor of the old value and the comment beside it.
void replaceValue(Draft &draft, const Place &place, const Fragment &value);
void replaceWritten(Draft &draft, const Place &place, const Written &written, const std::string &comment);

/// Blank lines that separate the items around an index, or the items of the lists above.
std::size_t blankLinesBetween(const Draft &draft, const Node &sequence, std::size_t index);

} // namespace flow::edits
