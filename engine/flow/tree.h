#pragma once

#include "engine/flow/arena.h"
#include "engine/flow/range.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace flow {

enum class NodeKind : std::uint8_t {
    Scalar,   ///< text; also an alias (`*name`), which the language reads as text
    Sequence, ///< list
    Mapping,  ///< keys and values
    Broken,   ///< bytes that can't be read as YAML; `cause` says why
};

enum class ScalarStyle : std::uint8_t { Plain, SingleQuoted, DoubleQuoted, Literal, Folded };

struct Node;

/// Text that a tree keeps as long as it lives; a string wherever one is wanted.
class NodeText : public std::string_view
{
public:
    using std::string_view::string_view;
    NodeText(std::string_view text) : std::string_view(text) {}
    operator std::string() const { return std::string(data(), size()); }
    friend std::string operator+(std::string a, NodeText b) { return a += b; }
    friend std::string operator+(NodeText a, std::string_view b) { return std::string(a) += b; }
};

/// A key and its value. `value` is never null: a key without a value has an empty Plain scalar.
struct Entry
{
    const Node *key = nullptr;
    const Node *value = nullptr;
};

/// One node of the lossless tree: what libyaml read and which bytes it stands in. Owned, with all it points to, by its Tree.
struct Node
{
    NodeKind kind = NodeKind::Scalar;
    ScalarStyle style = ScalarStyle::Plain;
    bool flowStyle = false;  ///< `[a, b]` or `{a: b}`
    bool alias = false;      ///< written `*name`
    Range range;             ///< the value itself: without anchor, tag, trailing blanks, comments or newlines
    Range whole;             ///< range plus `&anchor` and `!tag` before it
    NodeText text;           ///< decoded scalar; for an alias its name without `*`, as the language reads it; for Broken the cause
    NodeText anchor;         ///< without `&`; empty when there is none
    NodeText tag;            ///< as written; empty when there is none
    const Node *parent = nullptr;
    std::span<const Node *const> items; ///< of a Sequence
    std::span<const Entry> entries;     ///< of a Mapping, in file order, duplicates kept

    /// The value of the last entry with this key (the last one wins), or null.
    const Node *find(std::string_view key) const;
    const Entry *findEntry(std::string_view key) const;
    bool isScalar() const { return kind == NodeKind::Scalar; }
    bool isMapping() const { return kind == NodeKind::Mapping; }
    bool isSequence() const { return kind == NodeKind::Sequence; }
};

/// Why a stretch of text could not be read.
struct SyntaxFault
{
    Range range;
    std::string cause;      ///< libyaml's words, English
    std::string context;    ///< "while parsing a block mapping"; may be empty
    std::size_t readUntil = 0; ///< end of the last thing read before it: where the real engine reports it
};

/// An item of a list that stands in two trees.
struct KeptItem
{
    const Node *before = nullptr;
    const Node *now = nullptr;
    bool unchanged = true; ///< false when an item of a list inside it was read anew
};

/// The text of one flow as a tree that knows its bytes. Immutable after `parse`; never throws. Broken
/// text is split by indentation and the pieces are read alone, so whole tasks stay; what stays
/// unreadable is a Broken node in the list it stands in.
class Tree
{
public:
    static std::shared_ptr<const Tree> parse(std::string_view text);
    /// The same tree, made faster from that of another text where both are alike; `kept` is what was
    /// taken over, and stays empty when nothing was.
    static std::shared_ptr<const Tree> parseAgain(const Tree &before, std::string_view beforeText, std::string_view text,
                                                  std::vector<KeptItem> &kept);

    const Node *root() const { return m_root; }          ///< null for an empty document
    const std::vector<SyntaxFault> &faults() const { return m_faults; }

private:
    friend class TreeBuilder;
    Arena m_arena;
    const Node *m_root = nullptr;
    std::vector<SyntaxFault> m_faults;
    /// What reading the whole text comes to, when it is a fault inside one list of the flow.
    struct ListFault
    {
        SyntaxFault fault;
        std::size_t key = 0; ///< where the key of the list stands
        Range seen;          ///< from an item of it to the last byte the scanner may have looked at
    };
    std::optional<ListFault> m_listFault;
    /// A piece of a text that was split and could not be read. Without cause: a place that is a fault in the whole text
    /// but need not be one in the pieces around it.
    struct Piece
    {
        SyntaxFault fault;
        std::size_t lines = 0; ///< where the lines of the item or entry of the flow begin that it is in
    };
    std::vector<Piece> m_pieces;
    std::vector<std::size_t> unreadable() const; ///< where the faults and pieces stand, sorted
};

/// 1-based line and column (in code points) of byte offsets. One pass to build, binary search to ask.
class LineIndex
{
public:
    struct Position
    {
        std::size_t line = 1;
        std::size_t column = 1;
    };
    explicit LineIndex(std::string_view text);
    Position position(std::size_t offset) const;
    std::size_t lineBegin(std::size_t line) const; ///< offset of the first byte of a 1-based line
    std::size_t lineCount() const { return m_begins.size(); }

private:
    std::string_view m_text; // must outlive the index
    std::vector<std::size_t> m_begins;
};

} // namespace flow
