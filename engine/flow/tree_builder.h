#pragma once

#include "engine/flow/tree.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace flow {

/// Fills one Tree from one text and is thrown away: reads slices with libyaml, and when a slice can't
/// be read splits it by indentation and reads the pieces. Knows nothing of what the keys mean.
class TreeBuilder
{
public:
    TreeBuilder(Tree &tree, std::string_view text);

    void build();
    /// The same for a text that differs little from the one of another tree, whose nodes are copied where
    /// nothing changed; `kept` gets those items. False when it has to be built from the beginning.
    bool rebuild(const Tree &before, std::string_view beforeText, std::vector<KeptItem> &kept);
    /// For a text that can't be rebuilt, before `build`: where it has to be split, items of the lists of the
    /// other tree that stand unchanged are copied instead of read.
    void mayReuse(const Tree &before, std::string_view beforeText);
    /// After `build`: the items copied that stand in the same list of the same flow as they did.
    std::vector<KeptItem> reused() const;

private:
    /// What one slice gave: `root` is null when it is empty or (with `fault`) broken.
    struct Slice
    {
        Node *root = nullptr;
        std::optional<SyntaxFault> fault;
        std::size_t readTo = 0; ///< with libyaml's fault: where its scanner stood; else 0
    };

    /// One line of a text that is being split. `begin` moves behind a `-` once that is taken as read.
    struct Line
    {
        std::size_t begin = 0;   ///< first byte
        std::size_t content = 0; ///< first byte that is no blank
        std::size_t end = 0;     ///< before the line break
        std::size_t next = 0;    ///< behind the line break
        bool filler = false;     ///< empty or a comment
        bool tabbed = false;     ///< indented with a tab: it belongs to the line above, wherever that stands
        std::size_t indent() const { return tabbed ? static_cast<std::size_t>(-1) : content - begin; }
    };
    using Lines = std::vector<Line>;

    Slice parseSlice(Range slice);
    Node *add(NodeKind kind, Range range);
    void replaceUnreadableBytes();
    bool hideLeadingTab(const SyntaxFault &fault);
    bool hideSurrogates(const SyntaxFault &fault);
    std::size_t skipProperties(std::size_t offset, std::size_t end) const;
    void trim(Node &node) const;

    // tree_reuse.cpp
    Node *copy(const Node &node, std::size_t by);
    Node *copyOf(Range lines);
    bool readToFault(Slice &whole);

    // tree_recovery.cpp
    Node *recover(const SyntaxFault &first, Range slice);
    Lines split(Range slice) const;
    Node *recoverBlock(Lines lines, int depth);
    void recoverItem(Node &sequence, Lines lines, int depth);
    void recoverEntry(Node &mapping, const Lines &lines, int depth);
    Node *broken(const SyntaxFault &fault, const Lines &lines);
    bool isStray(const Lines &lines, Lines::const_iterator line) const;
    bool opensItem(const Line &line) const;
    std::size_t keyEnd(const Line &line) const;
    bool hasValue(const Line &line, std::size_t colon) const;

    /// An item of the other tree, and the whole lines it stands in.
    struct OldItem
    {
        Range lines;
        const Node *node = nullptr;
    };
    /// The bytes that differ, in the offsets of either text.
    struct Window
    {
        std::size_t begin = 0;
        std::size_t oldEnd = 0;
        std::size_t newEnd = 0;
    };
    static Window windowOf(std::string_view before, std::string_view now);

    Tree &m_tree;
    std::string_view m_text;
    std::string m_clean; // same length as the text; used when bytes of it must be hidden from libyaml
    std::vector<std::size_t> m_hiddenTabs;
    std::vector<std::size_t> m_hiddenSurrogates; // the quotes of the scalars that have them
    std::vector<std::size_t> m_hiddenMarks;
    const Node *m_oldRoot = nullptr;
    Range m_knownFault;            // what was read to come to the fault
    std::size_t m_listKey = 0;     // where the key stands of the list the change is in
    std::size_t m_listColumn = 0;  // of its dashes; 0 when it is not known, or when the old text has faults
    std::size_t m_itemBefore = 0;  // where the line of an item begins that stands before the changed one
    Window m_window;
    std::vector<OldItem> m_oldItems; // in the order of their lines
    std::vector<KeptItem> m_reused;
};

} // namespace flow
