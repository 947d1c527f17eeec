#pragma once

#include "engine/flow/edits/lines.h"
#include "engine/flow/tree.h"

#include <string_view>

/// Which lines belong to an item or an entry of a block collection: what travels, and what goes, with it.
namespace flow::edits {

struct Block
{
    Range lines;           ///< comments above an item, its lines, deeper comments below; ends behind a break
    std::size_t head = 0;  ///< the dash, or the key
    std::size_t column = 0; ///< of the head
    bool ownLine = true;   ///< only blanks stand before the head; false for the `b` of `- b: 1`
};

/// A comment directly above an item belongs to it unless it stands deeper than the dash: such a one
/// belongs to the item before. Of `sequence` in block style.
Block itemBlock(std::string_view text, const Node &sequence, std::size_t index);
/// Comments above a key don't belong to its block. Of `mapping` in block style.
Block entryBlock(std::string_view text, const Node &mapping, std::size_t index);

std::size_t dashOf(std::string_view text, const Node &sequence, std::size_t index);
/// Behind the last line of a value that stands in a collection at `column`: with trailing comments,
/// the blank lines a block scalar keeps, and comments below that are deeper than `column`.
std::size_t blockEnd(std::string_view text, const Node &value, std::size_t column);
/// The scalar a block ends with; the node itself when it is in flow style.
const Node &lastLeaf(const Node &node);
bool isBlockScalar(const Node &node);
bool isBlockCollection(const Node &node);
/// The `|` or `>` with its indicators: `|2-`.
Range scalarHeader(std::string_view text, const Node &scalar);
/// True when the value ends with a block scalar that keeps all blank lines after it (`|+`).
bool keepsBlankLines(std::string_view text, const Node &value);
/// The same, also when the last item or entry of a level goes away in the same edit.
bool mayKeepBlankLines(std::string_view text, const Node &value);
/// False for a key that stands alone, as `? a` and the `a` of `{a, b}` may.
bool hasColon(std::string_view text, const Entry &entry);
/// Behind the colon of an entry; behind its key when it has none.
std::size_t afterColon(std::string_view text, const Entry &entry);
/// Behind the anchor and tag of a value when it has them, else `otherwise`.
std::size_t afterProperties(std::string_view text, const Node &value, std::size_t otherwise);
std::size_t entryIndex(const Node &mapping, std::string_view key);
std::size_t itemIndex(const Node &sequence, const Node *item);

} // namespace flow::edits
