#pragma once

#include "engine/flow/text_changes.h"
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
    bool rebuild(const Tree &before, std::string_view beforeText, const std::vector<TextChange> &changes, std::vector<KeptItem> &kept);
    /// For a text that can't be rebuilt, before `build`: where it has to be split, items of the lists of the
    /// other tree that stand unchanged are copied instead of read.
    void mayReuse(const Tree &before, std::string_view beforeText, std::vector<TextChange> changes);
    /// After `build`: the items copied that stand in the same list of the same flow as they did.
    std::vector<KeptItem> reused() const;

private:
    /// What one slice gave: `root` is null when it is empty or (with `fault`) broken.
    struct Slice
    {
        Node *root = nullptr;
        std::optional<SyntaxFault> fault;
        std::size_t readTo = 0; ///< with libyaml's fault: where its scanner stood; else 0
        std::size_t deepest = 0; ///< levels of nesting
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

    /// A list or mapping that is being made.
    struct Collection
    {
        Node *node = nullptr;
        std::vector<const Node *> items;
        std::vector<Entry> entries;
    };

    Slice parseSlice(Range slice);
    Node *add(NodeKind kind, Range range);
    NodeText keep(std::string_view text) { return m_tree.m_arena.keep(text); }
    void finish(const Collection &collection);
    std::string shown(const Node &scalar, std::string_view read) const;
    void replaceUnreadableBytes();
    bool hideLeadingTab(const SyntaxFault &fault);
    bool hideSurrogates(const SyntaxFault &fault);
    std::size_t skipProperties(std::size_t offset, std::size_t end) const;
    void trim(Node &node) const;

    /// What is read anew: items [first, last) of one list of the old tree.
    struct Stretch
    {
        const Node *list = nullptr;
        std::size_t first = 0;
        std::size_t last = 0;
        Range old;               ///< their lines
        std::size_t column = 0;  ///< of their dashes
        TextChange change;       ///< what differs in them
        bool toNextItem = false; ///< its last item is one that did not change
        const Node *read = nullptr; ///< the new list of these items

        std::size_t shift() const { return change.newEnd - change.oldEnd; } ///< of what follows; modulo
        bool isIn(const Node &node) const { return node.whole.contains(list->range.begin); }
    };

    // tree_reuse.cpp
    Node *copy(const Node &node, std::size_t by);
    bool readStretch(Stretch &stretch, std::size_t shift);
    Node *copyAround(const Node &node, const std::vector<Stretch> &stretches, Range which, std::vector<KeptItem> &kept);

    // tree_recovery_again.cpp
    /// A list of the flow with a fault in it, of which the other tree has most items.
    struct KeptList
    {
        const Entry *old = nullptr;
        std::span<const Node *const> items; ///< those of the other tree; the last one only ends the others
        std::size_t key = 0;                ///< where its key stands now
        Range lines;                        ///< of the items now, without the last one
        std::vector<Stretch> stretches;     ///< of them; what is in these is split anew
    };
    std::optional<SyntaxFault> knownFault();
    bool readToFault(const Stretch &stretch, std::size_t shift);
    bool findKeptList();
    bool isSplitInside(Range slice, std::size_t column) const;
    bool wouldSplit(const KeptList &kept, std::size_t column) const;
    void takeKeptItems(Collection &sequence);
    void findOldItems();
    Node *copyOf(Range lines);
    std::size_t shiftAt(std::size_t oldOffset) const;

    // tree_recovery.cpp
    Node *recover(const SyntaxFault &first, Range slice);
    Lines split(Range slice, Range leftOut = {}) const;
    static void adopt(Collection &sequence, const Node &item);
    static void adopt(Collection &mapping, const Node &key, const Node &value);
    Node *recoverBlock(Lines lines, int depth, bool isKeptList = false);
    void recoverItem(Collection &sequence, Lines lines, int depth);
    void recoverEntry(Collection &mapping, const Lines &lines, int depth);
    Node *broken(const SyntaxFault &fault, const Lines &lines);
    void noteFault(std::size_t place) { m_tree.m_pieces.push_back({SyntaxFault{{place, place}, {}, {}, place}, m_pieceLines}); }
    void notePassedOver(const Node &read, const Lines &lines);
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
    static bool findStretch(const Node &root, std::string_view text, const TextChange &change, bool inside, Stretch &stretch);
    static bool stretchOf(const Node &list, std::size_t limit, bool isLast, std::string_view text, const TextChange &change, Stretch &stretch);

    Tree &m_tree;
    std::string_view m_text;
    std::string m_clean; // same length as the text; used when bytes of it must be hidden from libyaml
    std::vector<std::size_t> m_hiddenTabs;
    std::vector<std::size_t> m_hiddenSurrogates; // the quotes of the scalars that have them
    std::vector<std::size_t> m_hiddenMarks;
    const Node *m_oldRoot = nullptr;
    const Tree *m_old = nullptr;
    std::string_view m_oldText;
    std::vector<TextChange> m_changes;
    std::optional<KeptList> m_keptList;
    std::vector<OldItem> m_oldItems; // in the order of their lines
    std::vector<KeptItem> m_reused;
    std::size_t m_pieceLines = 0; // where those of the item or entry of the flow begin that is read
};

} // namespace flow
