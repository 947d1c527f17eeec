#include "engine/flow/edits/collections.h"
#include "engine/flow/edits/flow_cells.h"
#include "engine/flow/edits/property_path.h"
#include "engine/flow/edits/scalars.h"
#include "engine/flow/yaml_scalar.h"

// Before:                       setProperty("tasks[0]", "retry.maxAttempts", "5")
//     tasks:
//       - id: load
//         type: t.Return
//         retry:
//           type: constant
//           maxAttempts: 3   # flaky
//
// After:
//     tasks:
//       - id: load
//         type: t.Return
//         retry:
//           type: constant
//           maxAttempts: 5   # flaky
namespace flow::edits {

namespace {

/// Stands for a value that is still to be written: `key:`, `key: null`.
bool isNothing(const Node &value)
{
    return value.isScalar() && !value.alias && value.anchor.empty() &&
           (value.range.empty() || scalarKind(value) == ScalarKind::Null);
}

/// The value below the steps that are missing: `{a: [value]}` for `.a[0]`.
Result<Fragment> nested(Fragment value, const std::vector<PathStep> &steps, std::size_t from,
                        const Layout &layout)
{
    for (std::size_t i = steps.size(); i-- > from;) {
        if (steps[i].isIndex && steps[i].index != 0)
            return Error{ErrorCode::NoSuchProperty, {'[' + std::to_string(steps[i].index) + ']'}, {}};
        Written written;
        std::string text;
        if (steps[i].isIndex) {
            written = value.asItem(0, layout);
            text = '-';
        } else {
            written = value.asValue(0, layout);
            text = scalarText(steps[i].key, Context::Block) + ':';
        }
        Result<Fragment> outer = Fragment::read(text + written.head + '\n' + written.lines);
        if (!outer)
            return outer;
        value = std::move(*outer);
    }
    return value;
}

NewItem listItem(const Fragment &value, const Layout &layout, bool json)
{
    const Written written = value.asItem(0, layout);
    NewItem item;
    item.lines = '-' + written.head + '\n' + written.lines;
    item.cell = value.asFlow(json);
    item.keepsBlankLines = written.keepsBlankLines;
    return item;
}

bool isTaskLike(const Node &mapping)
{
    return mapping.find("id") && mapping.find("type");
}

} // namespace

Result<Edit> setProperty(const Snapshot &snapshot, const std::string &taskPath,
                         std::string_view propertyPath, std::string_view yaml)
{
    Result<Draft> opened = Draft::open(snapshot);
    if (!opened)
        return opened.error();
    Draft &draft = *opened;
    const Node *node = draft.flow().root;
    if (!taskPath.empty()) {
        const Result<const Task *> task = readableTask(draft.flow(), taskPath);
        if (!task)
            return task.error();
        node = (*task)->node;
    }
    if (!node)
        return Error{ErrorCode::BrokenText, {}, {}};
    const Error missing{ErrorCode::NoSuchProperty, {std::string(propertyPath), taskPath}, {}};
    const Result<std::vector<PathStep>> path = readPropertyPath(propertyPath);
    if (!path)
        return missing;
    const Result<Fragment> value = Fragment::read(yaml);
    if (!value)
        return value.error();

    const std::vector<PathStep> &steps = *path;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const PathStep &step = steps[i];
        const bool last = i + 1 == steps.size();
        const Layout layout = draft.layoutAt(node);
        Place place{node, 0};
        bool exists = false;
        if (step.isIndex && node->isSequence()) {
            place.index = step.index;
            exists = step.index < node->items.size();
            if (step.index > node->items.size())
                return missing;
        } else if (!step.isIndex && node->isMapping()) {
            place.index = entryIndex(*node, step.key);
            exists = place.index < node->entries.size();
        } else {
            return missing;
        }
        if (!exists) {
            const Result<Fragment> made = nested(*value, steps, i + 1, layout);
            if (!made)
                return made.error();
            if (step.isIndex) {
                const bool json = node->flowStyle && isJsonLike(*node);
                insertItem(draft, *node, step.index, listItem(*made, layout, json));
            } else {
                const bool ofFlow = node == draft.flow().root;
                const std::size_t slot = ofFlow || isTaskLike(*node) ? entrySlot(*node, step.key, ofFlow)
                                                                     : node->entries.size();
                if (slot > 0 && !node->flowStyle && node->entries[slot - 1].key->whole.empty())
                    return Error{ErrorCode::BrokenText, {"a key without a name"}, taskPath};
                insertEntry(draft, *node, slot, step.key, *made);
            }
            return draft.finish();
        }
        const Node *next = place.value();
        if (next->kind == NodeKind::Broken)
            return Error{ErrorCode::BrokenText, {next->text}, taskPath};
        if (node->isMapping() && !node->flowStyle && !hasColon(draft.text(), node->entries[place.index]))
            return Error{ErrorCode::BrokenText, {"a key without a colon"}, taskPath};
        // `{}` and `[]` that are to hold what needs lines of its own give way to block style.
        const bool empty = !node->flowStyle && next->flowStyle && next->items.empty() && next->entries.empty();
        const bool wantsLines =
            !last && empty && value->root() && (isBlockCollection(*value->root()) || isBlockScalar(*value->root()));
        if (last || isNothing(*next) || wantsLines) {
            if (!last && !next->isScalar() && next->isSequence() != steps[i + 1].isIndex)
                return missing;
            const Result<Fragment> made = nested(*value, steps, i + 1, layout);
            if (!made)
                return made.error();
            replaceValue(draft, place, *made);
            return draft.finish();
        }
        node = next;
    }
    return missing;
}

} // namespace flow::edits
