#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace editor {

/// What a stretch of a flow's text is, for colouring.
enum class TokenKind : unsigned char {
    Default,
    Comment,
    Key,
    String,
    Type,       ///< value of a `type` key
    Number,     ///< numbers, booleans, null, durations, dates
    Punct,      ///< `:` `-` `[` `{` `,` `|` `---` and quotes' place holders
    Anchor,     ///< `&a` `*a` `!tag`
    Expression, ///< `{{ … }}`, `{% … %}`, `{# … #}` with their braces
    Keyword,    ///< of the language of an embedded script
    ScriptString,
    ScriptComment,
    ScriptNumber,
};

/// Bytes [begin, end) of a line.
struct Token
{
    std::size_t begin = 0;
    std::size_t end = 0;
    TokenKind kind = TokenKind::Default;
    bool operator==(const Token &) const = default;
};

enum class ScriptLanguage : unsigned char { None, Shell, Python, JavaScript, Sql, Jq };

/// What one line leaves to the next. Fits an int: that is how the text view keeps it.
struct LineState
{
    enum class Kind : unsigned char { Plain, Block, DoubleQuoted, SingleQuoted };
    Kind kind = Kind::Plain;
    unsigned char open = 0; ///< 1 inside `{{`, 2 inside `{%`, 3 inside `{#`
    ScriptLanguage language = ScriptLanguage::None;
    ScriptLanguage task =
        ScriptLanguage::None;    ///< of `script:` and `commands:`, by the last task type seen
    unsigned char flowDepth = 0; ///< of `[` and `{`
    unsigned short indent = 0;   ///< Block: columns of the line that holds the key

    int pack() const;
    static LineState unpack(int packed);
    bool operator==(const LineState &) const = default;
};

/// Colours one line, without its line ending; `state` goes in as the line before left it. Tokens
/// are in order and leave gaps for blanks. Never fails: broken text is coloured as far as it makes
/// sense.
std::vector<Token> scanLine(std::string_view line, LineState &state);

/// Columns of blanks a line begins with; npos for a blank line. A tab counts as one.
std::size_t indentOf(std::string_view line);

} // namespace editor
