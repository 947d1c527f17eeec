#pragma once

#include "engine/flow/range.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace editor {

/// A key of a mapping and what stands behind its colon on the same line, without quotes.
struct Field
{
    std::string key;
    std::string value;
    flow::Range keyRange;
    flow::Range valueRange; ///< of the value on the key's line; empty when there is none
};

/// One mapping around a place, as indentation tells it.
struct MappingLevel
{
    std::string via;   ///< key of the mapping around it that leads here; empty for the outermost
    int listDepth = 0; ///< lists between that key and here: 1 for an item of `tasks`
    std::size_t column = 0;
    std::vector<Field> fields; ///< written on other lines than the place's, above it first

    const Field *find(std::string_view key) const;
};

/// What a place in a flow's text is, told by indentation alone: holds for text that can't be read
/// yet.
struct TextContext
{
    enum class Place {
        None,  ///< comment, or nothing that could be said
        Key,   ///< a key of `levels.back()`
        Value, ///< the value of `key`, on its line
        Item,  ///< after the dash, or in the brackets, of the list that is the value of `key`
        Text,  ///< inside the block scalar that is the value of `key`
    };
    Place place = Place::None;
    std::vector<MappingLevel> levels; ///< outermost first; empty when the structure can't be told
    std::string key;                  ///< of Value, Item, Text
    flow::Range word;                 ///< what a completion replaces: the key, the value, the item
    bool hasColon = false;            ///< Key: a colon follows already
    bool dash = false;                ///< Item: after a dash; it may become a mapping
    char quote = 0;                   ///< Value, Item: quoted by this
    std::vector<std::string> items;   ///< Item: the others of the list
    std::size_t indent = 0;           ///< columns of the line's key, or of the caret
    bool braces = false;              ///< inside a mapping in braces: no lines of its own
};

TextContext contextAt(std::string_view text, std::size_t offset);

/// The inside of `{{ … }}` or `{% … %}` around a place: from after the opening to the closing, or
/// to the place when it is still open.
struct ExpressionSpan
{
    flow::Range range;
    char kind = '{'; ///< `{` or `%`
};
std::optional<ExpressionSpan> expressionAt(std::string_view text, std::size_t offset);

} // namespace editor
