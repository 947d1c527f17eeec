#include "engine/flow/edits/property_path.h"
#include "engine/flow/edits/scalars.h"
#include "engine/flow/edits/task_text.h"
#include "engine/flow/yaml_scalar.h"

#include <algorithm>

// Before:                       addItem("inputs", 1, "id: day\ntype: DATE")
//     inputs:
//       - id: region
//         type: STRING
//
// After:
//     inputs:
//       - id: region
//         type: STRING
//       - id: day
//         type: DATE
namespace flow::edits {

namespace {

struct ItemPlace
{
    const Node *list = nullptr;
    std::size_t index = 0;
};

/// `inputs[0]`: an item of a list of the flow.
Result<ItemPlace> findItem(const Flow &flow, const std::string &path)
{
    const Error missing{ErrorCode::NoSuchProperty, {path, {}}, {}};
    const Result<std::vector<PathStep>> steps = readPropertyPath(path);
    if (!steps || steps->size() != 2 || !steps->back().isIndex || !flow.root)
        return missing;
    const Node *list = flow.root->find(steps->front().key);
    if (!list || !list->isSequence() || steps->back().index >= list->items.size())
        return missing;
    if (list->items[steps->back().index]->kind == NodeKind::Broken)
        return Error{ErrorCode::BrokenText, {list->items[steps->back().index]->text}, {}};
    return ItemPlace{list, steps->back().index};
}

std::set<std::string> idsOf(const Node &list)
{
    std::set<std::string> ids;
    for (const Node *item : list.items)
        if (const Node *id = item->isMapping() ? item->find("id") : nullptr; id && id->isScalar())
            ids.insert(textMeant(*id));
    return ids;
}

/// With an id that no other item of the list has.
Fragment withFreeId(const Fragment &item, const Node &list)
{
    const Node *id = item.root() && item.root()->isMapping() ? item.root()->find("id") : nullptr;
    if (!id || !id->isScalar() || id->range.empty())
        return item;
    const std::string wish = textMeant(*id), fresh = freeId(wish, idsOf(list));
    if (fresh == wish)
        return item;
    std::string text = item.text();
    text.replace(id->range.begin, id->range.size(),
                 scalarLike(*id, fresh, item.root()->flowStyle ? Context::Flow : Context::Block));
    const Result<Fragment> named = Fragment::read(text);
    return named ? *named : item;
}

NewItem newItem(const Draft &draft, const Fragment &item, const Node &list)
{
    const bool json = list.flowStyle && isJsonLike(list);
    return taskItem(item, draft.layoutAt(&list), false, json);
}

} // namespace

Result<Edit> addItem(const Snapshot &snapshot, const std::string &list, std::size_t index, std::string_view yaml)
{
    Result<Draft> opened = Draft::open(snapshot);
    if (!opened)
        return opened.error();
    Draft &draft = *opened;
    const Node *root = draft.flow().root;
    if (!root)
        return Error{ErrorCode::BrokenText, {}, {}};
    const Result<Fragment> item = readItemFragment(yaml);
    if (!item)
        return item.error();
    if (!item->root())
        return Error{ErrorCode::InvalidYaml, {"nothing"}, {}};
    const Node *node = root->find(list);
    if (!node || !node->isSequence() || node->items.empty()) {
        const bool replaceable = !node || node->isSequence() || (node->isScalar() && node->text.empty());
        if (index > 0 || !replaceable)
            return Error{ErrorCode::NoSuchList, {list}, {}};
        const Result<Fragment> value = Fragment::read(taskItem(*item, draft.layoutAt(root), false, false).lines);
        if (!value)
            return value.error();
        if (node)
            replaceValue(draft, {root, entryIndex(*root, list)}, *value);
        else
            insertEntry(draft, *root, entrySlot(*root, list, true), list, *value);
        return draft.finish();
    }
    if (index > node->items.size())
        return Error{ErrorCode::OutOfRange, {}, {}};
    insertItem(draft, *node, index, newItem(draft, withFreeId(*item, *node), *node));
    return draft.finish();
}

Result<Edit> removeItem(const Snapshot &snapshot, const std::string &path)
{
    Result<Draft> opened = Draft::open(snapshot);
    if (!opened)
        return opened.error();
    const Result<ItemPlace> place = findItem(opened->flow(), path);
    if (!place)
        return place.error();
    const Node &root = *opened->flow().root;
    if (place->list->items.size() > 1)
        eraseItems(*opened, *place->list, {place->index});
    else
        eraseEntries(*opened, root, {entryIndex(root, path.substr(0, path.find('[')))});
    return opened->finish();
}

Result<Edit> moveItem(const Snapshot &snapshot, const std::string &path, std::size_t index)
{
    Result<Draft> opened = Draft::open(snapshot);
    if (!opened)
        return opened.error();
    Draft &draft = *opened;
    const Result<ItemPlace> place = findItem(draft.flow(), path);
    if (!place)
        return place.error();
    const Node &list = *place->list;
    if (index > list.items.size())
        return Error{ErrorCode::OutOfRange, {}, {}};
    if (index == place->index || index == place->index + 1)
        return draft.finish();
    const Fragment lifted = liftItem(draft, *list.items[place->index]);
    if (!lifted.root() && list.flowStyle)
        return Error{ErrorCode::InvalidYaml, {"nothing"}, {}};
    NewItem item = lifted.root() ? newItem(draft, lifted, list) : NewItem(); // nothing may stand behind its dash
    if (!list.flowStyle) {
        const Block block = itemBlock(draft.text(), list, place->index);
        item.lines = shifted(liftLines(draft, block.lines), -static_cast<std::ptrdiff_t>(block.column), !block.ownLine);
        item.asWritten = true;
    }
    insertItem(draft, list, index, item);
    eraseItems(draft, list, {place->index});
    return draft.finish();
}

Result<Edit> duplicateItem(const Snapshot &snapshot, const std::string &path)
{
    Result<Draft> opened = Draft::open(snapshot);
    if (!opened)
        return opened.error();
    const Result<ItemPlace> place = findItem(opened->flow(), path);
    if (!place)
        return place.error();
    const Node &list = *place->list;
    const Fragment lifted = liftItem(*opened, *list.items[place->index]);
    if (!lifted.root())
        return Error{ErrorCode::InvalidYaml, {"nothing"}, {}};
    const Fragment copy = withFreeId(lifted, list);
    insertItem(*opened, list, place->index + 1, newItem(*opened, copy, list), true);
    return opened->finish();
}

} // namespace flow::edits
