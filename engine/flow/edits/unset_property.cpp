#include "engine/flow/edits/collections.h"
#include "engine/flow/edits/flow_cells.h"
#include "engine/flow/edits/property_path.h"

// Before:                       unsetProperty("tasks[0]", "retry.maxAttempts")
//     tasks:
//       - id: load
//         type: t.Return
//         retry:
//           type: constant
//           maxAttempts: 3
//
// After:
//     tasks:
//       - id: load
//         type: t.Return
//         retry:
//           type: constant
namespace flow::edits {

Result<Edit> unsetProperty(const Snapshot &snapshot, const std::string &taskPath,
                           std::string_view propertyPath)
{
    Result<Draft> opened = Draft::open(snapshot);
    if (!opened)
        return opened.error();
    Draft &draft = *opened;
    const Node *top = draft.flow().root;
    const Task *task = nullptr;
    if (!taskPath.empty()) {
        const Result<const Task *> found = readableTask(draft.flow(), taskPath);
        if (!found)
            return found.error();
        task = *found;
        top = task->node;
    }
    if (!top)
        return Error{ErrorCode::BrokenText, {}, {}};
    const Error missing{ErrorCode::NoSuchProperty, {std::string(propertyPath), taskPath}, {}};
    const Result<std::vector<PathStep>> steps = readPropertyPath(propertyPath);
    if (!steps)
        return missing;

    std::vector<Place> places;
    const Node *node = top;
    for (const PathStep &step : *steps) {
        Place place{node, 0};
        if (step.isIndex && node->isSequence() && step.index < node->items.size())
            place.index = step.index;
        else if (!step.isIndex && node->isMapping() && node->find(step.key))
            place.index = entryIndex(*node, step.key);
        else
            return missing;
        places.push_back(place);
        node = place.value();
    }

    // What would be left empty goes too, up to what the language wants and to the items of lists.
    std::size_t level = places.size() - 1;
    const auto isOnly = [](const Place &place) {
        return place.holder->items.size() + place.holder->entries.size() == 1;
    };
    const auto mustStay = [&](const Place &place) {
        if (place.holder->isSequence())
            return true;
        const std::string key = place.holder->entries[place.index].key->text;
        if (place.holder != top)
            return false;
        if (!task)
            return key == "tasks" || key == "id" || key == "namespace";
        const Property *property = task->known ? task->known->find(key) : nullptr;
        return property && property->required;
    };
    while (level > 0 && isOnly(places[level])) {
        if (mustStay(places[level - 1])) {
            const Node &emptied = *places[level].holder;
            if (emptied.flowStyle)
                eraseCells(draft, emptied, {0});
            else
                replaceWritten(draft, places[level - 1], {emptied.isSequence() ? " []" : " {}", {}, false}, {});
            return draft.finish();
        }
        --level;
    }
    const Place &place = places[level];
    if (place.holder->isSequence())
        eraseItems(draft, *place.holder, {place.index});
    else
        eraseEntries(draft, *place.holder, {place.index});
    return draft.finish();
}

} // namespace flow::edits
