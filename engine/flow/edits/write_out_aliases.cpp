#include "engine/flow/edits/scalars.h"
#include "engine/flow/edits/task_text.h"

#include <algorithm>
#include <map>

// Before:                       writeOutAlias(offset of `*text`)
//     - id: a
//       type: t.Log
//       message: &text "said once"
//     - id: b
//       type: t.Log
//       message: *text
//
// After:
//     - id: b
//       type: t.Log
//       message: "said once"
namespace flow::edits {

namespace {

constexpr int kMaxDepth = 20;             // aliases inside of what aliases stand for
constexpr std::size_t kMaxSize = 1 << 20; // of one value that is written out

using Anchors = std::map<std::string, const Node *>;

/// What each alias stands for: the last anchor of its name before it.
class AliasFinder
{
public:
    explicit AliasFinder(const Node &root) { walk(root, nullptr); }

    struct Alias
    {
        const Node *node;
        const Node *target;
    };
    std::vector<Alias> aliases;

private:
    void walk(const Node &node, const Node *)
    {
        if (node.alias) {
            const auto target = m_anchors.find(node.text);
            if (target != m_anchors.end())
                aliases.push_back({&node, target->second});
            return;
        }
        for (const Node *item : node.items)
            walk(*item, &node);
        for (const Entry &entry : node.entries) {
            walk(*entry.key, &node);
            walk(*entry.value, &node);
        }
        // An alias inside of its own anchor would never end.
        if (!node.anchor.empty())
            m_anchors[node.anchor] = &node;
    }

    Anchors m_anchors;
};

class Writer
{
public:
    Writer(Draft &draft, const std::vector<AliasFinder::Alias> &aliases) : m_draft(draft), m_aliases(aliases) {}

    Result<> writeOut(const AliasFinder::Alias &alias)
    {
        const Node *parent = alias.node->parent;
        const Node *merged = parent && parent->isSequence() ? parent->parent : parent;
        if (merged && merged->isMapping() && merged->find("<<") &&
            (merged->find("<<") == alias.node || merged->find("<<") == parent))
            return merge(*merged);
        Place place{parent, 0};
        if (!parent)
            return Error{ErrorCode::NoSuchProperty, {alias.node->text}, {}};
        if (parent->isSequence())
            place.index = itemIndex(*parent, alias.node);
        else
            while (place.index < parent->entries.size() && parent->entries[place.index].value != alias.node)
                ++place.index;
        if (place.index >= parent->items.size() + parent->entries.size())
            return Error{ErrorCode::NoSuchProperty, {alias.node->text}, {}}; // an alias as a key
        const Result<Fragment> value = valueOf(*alias.target, 0);
        if (!value)
            return value.error();
        replaceValue(m_draft, place, *value);
        return {};
    }

private:
    const Node *targetOf(const Node &alias) const
    {
        for (const AliasFinder::Alias &known : m_aliases)
            if (known.node == &alias)
                return known.target;
        return nullptr;
    }

    /// The value as a text of its own, aliases in it written out too.
    Result<Fragment> valueOf(const Node &target, int depth)
    {
        const std::string_view text = m_draft.text();
        std::size_t end = target.range.end;
        if (isBlockCollection(target) || isBlockScalar(target))
            end = blockEnd(text, target, isBlockCollection(target) && column(text, target.range.begin) > 0
                                             ? column(text, target.range.begin) - 1
                                             : column(text, target.range.begin));
        const std::size_t indent = column(text, target.range.begin);
        std::string lines = liftLines(m_draft, {target.range.begin, std::max(end, target.range.end)});
        if (isBlockCollection(target))
            lines = shifted(lines, -static_cast<std::ptrdiff_t>(indent), true);
        else if (isBlockScalar(target)) // its indentation indicator counts from the column of its key
            lines = shifted(lines, -static_cast<std::ptrdiff_t>(holderColumn(target)), true);
        if (depth > kMaxDepth || lines.size() > kMaxSize)
            return Error{ErrorCode::InvalidYaml, {"aliases stand for too much"}, {}};
        Result<Fragment> read = Fragment::read(lines);
        if (!read || !read->root())
            return read;
        // The aliases of the copy are in the order of those of the original.
        std::vector<const Node *> inner;
        std::vector<const Node *> original;
        collect(*read->root(), inner);
        collect(target, original);
        if (inner.empty() || inner.size() != original.size())
            return read;
        auto copy = std::make_shared<Flow>();
        copy->root = read->root();
        Snapshot snapshot;
        snapshot.text = std::make_shared<const std::string>(read->text());
        snapshot.flow = copy;
        Draft draft(snapshot);
        for (std::size_t i = 0; i < inner.size(); ++i) {
            const Node *parent = inner[i]->parent;
            const Node *meant = targetOf(*original[i]);
            if (!parent || !meant)
                continue;
            Place place{parent, 0};
            if (parent->isSequence())
                place.index = itemIndex(*parent, inner[i]);
            else
                while (place.index < parent->entries.size() && parent->entries[place.index].value != inner[i])
                    ++place.index;
            if (place.index >= parent->items.size() + parent->entries.size())
                continue;
            const Result<Fragment> value = valueOf(*meant, depth + 1);
            if (!value)
                return value;
            replaceValue(draft, place, *value);
        }
        const Result<Edit> edit = draft.finish();
        return edit ? Fragment::read(edit->applyTo(read->text())) : Result<Fragment>(edit.error());
    }

    std::size_t holderColumn(const Node &value) const
    {
        const Node *parent = value.parent;
        return parent ? column(m_draft.text(), parent->range.begin) : 0;
    }

    static void collect(const Node &node, std::vector<const Node *> &aliases)
    {
        if (node.alias)
            aliases.push_back(&node);
        for (const Node *item : node.items)
            collect(*item, aliases);
        for (const Entry &entry : node.entries) {
            collect(*entry.key, aliases);
            collect(*entry.value, aliases);
        }
    }

    /// `<<: *base`: the entries of base that the mapping does not have itself.
    Result<> merge(const Node &mapping)
    {
        const std::size_t index = entryIndex(mapping, "<<");
        const Node &value = *mapping.entries[index].value;
        std::vector<const Node *> sources;
        const Node *const alone = &value;
        for (const Node *alias : value.isSequence() ? value.items : std::span(&alone, 1))
            if (const Node *target = targetOf(*alias))
                sources.push_back(target);
        std::vector<const Entry *> entries;
        for (const Node *source : sources) {
            if (!source->isMapping())
                return Error{ErrorCode::NoSuchProperty, {"<<"}, {}};
            for (const Entry &entry : source->entries) {
                const std::string key = entry.key->text;
                const bool has = mapping.find(key) ||
                                 std::any_of(entries.begin(), entries.end(),
                                             [&](const Entry *other) { return other->key->text == key; });
                if (!has)
                    entries.push_back(&entry);
            }
        }
        if (entries.empty() && mapping.entries.size() == 1)
            return Error{ErrorCode::WouldLose, {"<<"}, {}};
        if (mapping.entries.size() == 1 && !mapping.flowStyle && !entryBlock(m_draft.text(), mapping, 0).ownLine) {
            // `- <<: *base` alone: the item is what base is.
            const Result<Fragment> whole = valueOf(*sources.front(), 0);
            if (!whole)
                return whole.error();
            replaceValue(m_draft, {mapping.parent, itemIndex(*mapping.parent, &mapping)}, *whole);
            return {};
        }
        for (const Entry *entry : entries) {
            const Node *meant = entry->value->alias ? targetOf(*entry->value) : nullptr;
            const Result<Fragment> written = valueOf(meant ? *meant : *entry->value, 0);
            if (!written)
                return written.error();
            insertEntry(m_draft, mapping, index, entry->key->text, *written);
        }
        eraseEntries(m_draft, mapping, {index});
        return {};
    }

    Draft &m_draft;
    const std::vector<AliasFinder::Alias> &m_aliases;
};

} // namespace

Result<Edit> writeOutAlias(const Snapshot &snapshot, std::size_t offset)
{
    Result<Draft> draft = Draft::open(snapshot);
    if (!draft)
        return draft.error();
    if (!draft->flow().root)
        return Error{ErrorCode::BrokenText, {}, {}};
    const AliasFinder found(*draft->flow().root);
    for (const AliasFinder::Alias &alias : found.aliases) {
        if (offset < alias.node->range.begin || offset > alias.node->range.end)
            continue;
        if (const Result<> written = Writer(*draft, found.aliases).writeOut(alias); !written)
            return written.error();
        return draft->finish();
    }
    return Error{ErrorCode::NoSuchProperty, {"*"}, {}};
}

Result<Edit> writeOutAllAliases(const Snapshot &snapshot)
{
    Result<Draft> draft = Draft::open(snapshot);
    if (!draft)
        return draft.error();
    if (!draft->flow().root)
        return Error{ErrorCode::BrokenText, {}, {}};
    const AliasFinder found(*draft->flow().root);
    std::vector<const Node *> merged;
    for (const AliasFinder::Alias &alias : found.aliases) {
        // The aliases of one merge key are written out together.
        const Node *parent = alias.node->parent;
        const Node *mapping = parent && parent->isSequence() ? parent->parent : parent;
        const Node *merge = mapping && mapping->isMapping() ? mapping->find("<<") : nullptr;
        if (merge && (merge == alias.node || merge == parent)) {
            if (std::find(merged.begin(), merged.end(), mapping) != merged.end())
                continue;
            merged.push_back(mapping);
        }
        if (const Result<> written = Writer(*draft, found.aliases).writeOut(alias); !written)
            return written.error();
    }
    return draft->finish();
}

} // namespace flow::edits
