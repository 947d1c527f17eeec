#include "engine/flow/edit_script.h"

#include "engine/flow/edits/property_path.h"
#include "engine/flow/edits/task_text.h"

#include <algorithm>
#include <array>

namespace flow {

namespace {

enum class Placing { None, At, Needed, As };

struct Option
{
    std::string_view name;
    std::size_t operands;
    Placing placing;
};

constexpr std::array<Option, 31> kOptions = {{
    {"--add", 1, Placing::Needed},
    {"--remove", 1, Placing::None},
    {"--duplicate", 1, Placing::None},
    {"--move", 1, Placing::Needed},
    {"--rename", 1, Placing::None},
    {"--set", 1, Placing::None},
    {"--unset", 1, Placing::None},
    {"--connect", 2, Placing::None},
    {"--disconnect", 2, Placing::None},
    {"--note", 1, Placing::None},
    {"--wrap", 1, Placing::None},
    {"--unwrap", 1, Placing::None},
    {"--disable", 1, Placing::None},
    {"--enable", 1, Placing::None},
    {"--order", 1, Placing::None},
    {"--convert", 1, Placing::None},
    {"--flow-style", 1, Placing::None},
    {"--block-style", 1, Placing::None},
    {"--write-out", 1, Placing::None},
    {"--add-item", 1, Placing::At},
    {"--remove-item", 1, Placing::None},
    {"--duplicate-item", 1, Placing::None},
    {"--move-item", 1, Placing::At},
    {"--rename-input", 1, Placing::None},
    {"--rename-variable", 1, Placing::None},
    {"--rename-output", 1, Placing::None},
    {"--rename-trigger", 1, Placing::None},
    {"--rename-label", 1, Placing::None},
    {"--rename-flow", 1, Placing::None},
    {"--extract", 1, Placing::As},
    {"--inline", 1, Placing::None},
}};

bool isPlace(std::string_view word)
{
    return word == "--after" || word == "--before" || word == "--into";
}

struct Assignment
{
    std::string left;
    std::string right;
};

Result<Assignment> splitAssignment(const std::string &text)
{
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos)
        return Error{ErrorCode::InvalidYaml, {"'=' is missing in " + text}, {}};
    return Assignment{text.substr(0, equals), text.substr(equals + 1)};
}

struct PropertyOf
{
    std::string task; ///< path; empty for the flow
    std::string property;
};

/// `load.retry.interval`, `tasks[0].then[1].message`, `.variables.day`
Result<PropertyOf> splitProperty(const Flow &flow, const std::string &text)
{
    if (text.starts_with('.'))
        return PropertyOf{{}, text.substr(1)};
    for (std::size_t dot = text.rfind('.'); dot != std::string::npos && dot > 0; dot = text.rfind('.', dot - 1))
        if (const Task *task = flow.findByPath(std::string_view(text).substr(0, dot)))
            return PropertyOf{task->path, text.substr(dot + 1)};
    const std::size_t dot = text.find('.');
    const std::string id = text.substr(0, dot);
    const Task *task = edits::findTask(flow, id);
    if (!task)
        return Error{ErrorCode::NoSuchTask, {id}, {}};
    return PropertyOf{task->path, dot == std::string::npos ? std::string() : text.substr(dot + 1)};
}

Result<std::string> pathOf(const Flow &flow, const std::string &pathOrId)
{
    const Task *task = edits::findTask(flow, pathOrId);
    if (!task)
        return Error{ErrorCode::NoSuchTask, {pathOrId}, {}};
    return task->path;
}

/// The list that `--into` names.
Result<std::string> listPath(const Flow &flow, const std::string &name)
{
    if (edits::resolveList(flow, name))
        return name;
    if (const Task *task = edits::findTask(flow, name)) {
        if (!task->lists.empty())
            return task->lists.front().path;
        return Error{ErrorCode::NoSuchList, {name}, {}};
    }
    if (const std::size_t dot = name.find('.'); dot != std::string::npos)
        if (const Task *task = flow.findById(std::string_view(name).substr(0, dot)))
            return task->path + name.substr(dot);
    return Error{ErrorCode::NoSuchList, {name}, {}};
}

Result<edits::Slot> slotOf(const Flow &flow, const EditStep &step)
{
    if (step.place == "--into") {
        const Result<std::string> list = listPath(flow, step.placeOf);
        if (!list)
            return list.error();
        const Result<edits::Target> target = edits::resolveList(flow, *list);
        if (!target)
            return target.error();
        const std::size_t size = target->list ? target->list->items.size() : 0;
        return edits::Slot{*list, step.at.value_or(size), false};
    }
    const Task *task = edits::findTask(flow, step.placeOf);
    if (!task)
        return Error{ErrorCode::NoSuchTask, {step.placeOf}, {}};
    const TaskList *list = edits::listOf(flow, *task);
    if (!list)
        return Error{ErrorCode::NoSuchList, {step.placeOf}, {}};
    const auto index = static_cast<std::size_t>(task - list->tasks.data());
    const bool after = step.place == "--after";
    return edits::Slot{list->path, index + (after ? 1 : 0), after};
}

std::vector<std::string> splitAtCommas(const std::string &text)
{
    std::vector<std::string> parts;
    for (std::size_t begin = 0; begin <= text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

Result<std::vector<std::string>> pathsOf(const Flow &flow, const std::string &names)
{
    std::vector<std::string> paths;
    for (const std::string &name : splitAtCommas(names)) {
        const Result<std::string> path = pathOf(flow, name);
        if (!path)
            return path.error();
        paths.push_back(*path);
    }
    return paths;
}

bool isOfItems(std::string_view option)
{
    return option.ends_with("-item") || option.starts_with("--rename-");
}

/// `inputs.day` as `inputs[0]`.
std::string itemPath(const Flow &flow, const std::string &name)
{
    const std::size_t dot = name.find('.');
    const Node *list = flow.root && dot != std::string::npos ? flow.root->find(name.substr(0, dot)) : nullptr;
    if (!list || !list->isSequence())
        return name;
    for (std::size_t i = 0; i < list->items.size(); ++i)
        for (const char *key : {"id", "key"})
            if (const Node *id = list->items[i]->find(key); id && id->text == name.substr(dot + 1))
                return name.substr(0, dot) + '[' + std::to_string(i) + ']';
    return name;
}

/// Whether a name is one of an entry: `inputs.day`, `triggers[0]`.
bool isItem(const Flow &flow, const std::string &name)
{
    const std::string path = itemPath(flow, name);
    for (const std::vector<Item> *items : {&flow.triggers, &flow.inputs, &flow.outputs})
        for (const Item &item : *items)
            if (item.path == path)
                return true;
    return false;
}

Result<Edit> makeItemEdit(const Snapshot &snapshot, const EditStep &step)
{
    const Flow &flow = *snapshot.flow;
    const std::string &first = step.values.front();
    if (step.option == "--remove-item")
        return edits::removeItem(snapshot, itemPath(flow, first));
    if (step.option == "--duplicate-item")
        return edits::duplicateItem(snapshot, itemPath(flow, first));
    if (step.option == "--move-item")
        return edits::moveItem(snapshot, itemPath(flow, first), *step.at);
    const Result<Assignment> split = splitAssignment(first);
    if (!split)
        return split.error();
    if (step.option == "--add-item") {
        const Node *list = flow.root ? flow.root->find(split->left) : nullptr;
        return edits::addItem(snapshot, split->left, step.at.value_or(list ? list->items.size() : 0), split->right);
    }
    const edits::Named what = step.option == "--rename-input"      ? edits::Named::Input
                              : step.option == "--rename-variable" ? edits::Named::Variable
                              : step.option == "--rename-output"   ? edits::Named::Output
                              : step.option == "--rename-trigger"  ? edits::Named::Trigger
                                                                   : edits::Named::Label;
    return edits::renameNamed(snapshot, what, split->left, split->right);
}

bool isStructural(std::string_view option)
{
    return option == "--wrap" || option == "--order" || option == "--convert" || option == "--flow-style" ||
           option == "--block-style" || option == "--write-out";
}

Result<Edit> makeStructuralEdit(const Snapshot &snapshot, const EditStep &step)
{
    const Flow &flow = *snapshot.flow;
    const std::string &first = step.values.front();
    if (step.option == "--write-out" && first == "all")
        return edits::writeOutAllAliases(snapshot);
    if (step.option == "--flow-style" || step.option == "--block-style" || step.option == "--write-out") {
        const Result<PropertyOf> property = splitProperty(flow, first);
        if (!property)
            return property.error();
        if (step.option != "--write-out")
            return edits::setStyle(snapshot, property->task, property->property,
                                   step.option == "--flow-style" ? edits::Style::Flow : edits::Style::Block);
        const Task *task = property->task.empty() ? nullptr : flow.findByPath(property->task);
        const Node *node = edits::findProperty(task ? task->node : flow.root, property->property);
        if (!node)
            return Error{ErrorCode::NoSuchProperty, {property->property, property->task}, {}};
        return edits::writeOutAlias(snapshot, node->range.begin);
    }
    const Result<Assignment> split = splitAssignment(first);
    if (!split)
        return split.error();
    if (step.option == "--convert") {
        const Result<std::string> path = pathOf(flow, split->left);
        return path ? edits::convertGroup(snapshot, *path, split->right) : Result<Edit>(path.error());
    }
    const bool wrap = step.option == "--wrap";
    const Result<std::vector<std::string>> paths = pathsOf(flow, wrap ? split->left : split->right);
    if (!paths)
        return paths.error();
    if (wrap)
        return edits::wrapTasks(snapshot, *paths, split->right);
    const Result<std::string> list = listPath(flow, split->left);
    if (!list)
        return list.error();
    const TaskList *tasks = flow.findList(*list);
    std::vector<std::size_t> order;
    for (const std::string &path : *paths)
        for (std::size_t i = 0; tasks && i < tasks->tasks.size(); ++i)
            if (tasks->tasks[i].path == path)
                order.push_back(i);
    return edits::reorderTasks(snapshot, *list, order);
}

Result<edits::ProjectEdit> makeInlineEdit(std::span<const Snapshot> files, const std::string &path)
{
    const Flow &flow = *files.front().flow;
    const Task *task = flow.findByPath(path);
    const Node *flowId = task && task->node ? task->node->find("flowId") : nullptr;
    const Node *space = task && task->node ? task->node->find("namespace") : nullptr;
    if (!flowId || !space)
        return Error{ErrorCode::NotASubflow, {task ? task->id : path}, path};
    const auto called = std::find_if(files.begin(), files.end(), [&](const Snapshot &file) {
        const bool isSame = space->text.find('{') != std::string::npos ? file.flow->namespaceId == flow.namespaceId
                                                                       : file.flow->namespaceId == space->text;
        return isSame && file.flow->id == flowId->text;
    });
    if (called == files.end())
        return Error{ErrorCode::NoSuchFlow, {flowId->text}, path};
    Result<Edit> edit = edits::inlineSubflow(files.front(), path, *called);
    if (!edit)
        return edit.error();
    edits::ProjectEdit result;
    result.changes.push_back({0, std::move(*edit)});
    return result;
}

} // namespace

bool isOverFiles(const EditStep &step)
{
    return step.option == "--extract" || step.option == "--inline" || step.option == "--rename-flow";
}

Result<edits::ProjectEdit> makeProjectEdit(std::span<const Snapshot> files, const EditStep &step)
{
    for (const Snapshot &file : files)
        if (!file.flow || file.flowRevision != file.revision)
            return Error{ErrorCode::StaleRevision, {}, {}};
    const std::string &first = step.values.front();
    if (step.option == "--rename-flow")
        return edits::renameFlow(files, 0, first);
    const Result<std::vector<std::string>> paths = pathsOf(*files.front().flow, first);
    if (!paths)
        return paths.error();
    if (step.option == "--inline")
        return makeInlineEdit(files, paths->front());
    for (const Snapshot &file : files)
        if (file.flow->id == step.as && file.flow->namespaceId == files.front().flow->namespaceId)
            return Error{ErrorCode::IdTaken, {step.as}, {}};
    return edits::extractSubflow(files.front(), *paths, step.as);
}

std::vector<edits::Dangling> danglingAfter(const Snapshot &snapshot, const EditStep &step)
{
    if (!snapshot.flow || (step.option != "--remove" && step.option != "--remove-item"))
        return {};
    const Flow &flow = *snapshot.flow;
    if (step.option == "--remove-item")
        return edits::danglingReferences(snapshot, itemPath(flow, step.values.front()));
    const Result<std::vector<std::string>> paths = pathsOf(flow, step.values.front());
    return paths ? edits::danglingReferences(snapshot, *paths) : std::vector<edits::Dangling>();
}

std::string_view editStepHelp()
{
    return "  --add YAML PLACE          add a task\n"
           "  --remove ID,ID            remove tasks with their comments\n"
           "  --duplicate ID            copy a task below itself\n"
           "  --move ID PLACE           move a task between any two lists\n"
           "  --rename OLD=NEW          rename a task and every reference to it\n"
           "  --set ID.path=YAML        set a property (.path=YAML: of the flow)\n"
           "  --unset ID.path           remove a property\n"
           "  --connect A B             make B of a Dag depend on A\n"
           "  --disconnect A B\n"
           "  --note ID=TEXT            set the comment above a task or ITEM; empty: remove it\n"
           "  --wrap ID,ID=TASK         put neighbours into a new task (YAML, or its type)\n"
           "  --unwrap ID               put the tasks of a flowable in its place\n"
           "  --disable ID, --enable ID     a task, or a trigger as ITEM\n"
           "  --order LIST=ID,ID        put the tasks of a list in another order\n"
           "  --convert ID=TYPE         between Sequential, Parallel and Dag\n"
           "  --flow-style ID.path      write a list or mapping on one line\n"
           "  --block-style ID.path     write it in lines\n"
           "  --write-out ID.path|all   put in place of *name what it stands for\n"
           "  --add-item LIST=YAML [--at N]   an input, trigger, output, label …\n"
           "  --remove-item ITEM, --duplicate-item ITEM, --move-item ITEM --at N\n"
           "                            ITEM is like inputs.day or triggers[0]\n"
           "  --rename-input OLD=NEW    with its references; so too --rename-variable,\n"
           "                            --rename-output, --rename-trigger, --rename-label\n"
           "  --rename-flow NEW         the id of the flow, its file, and what names it in the project\n"
           "  --extract ID,ID --as FLOWID   put neighbours into a new flow, with a Subflow in their place\n"
           "  --inline ID               put the tasks of the flow a Subflow calls in its place\n"
           "PLACE: --after ID, --before ID, or --into ID|LIST [--at N], where LIST is like\n"
           "errors, check.else or route.cases.EU and N counts from 0.\n";
}

base::Result<std::vector<EditStep>, UsageError> readEditSteps(std::span<const std::string> words)
{
    std::vector<EditStep> steps;
    std::size_t at = 0;
    std::string inlineValue;
    bool hasInline = false;
    const auto operand = [&](std::string &value) {
        if (hasInline) {
            value = inlineValue;
            hasInline = false;
            return true;
        }
        if (at >= words.size())
            return false;
        value = words[at++];
        return true;
    };
    const auto placingOf = [](const std::string &option) {
        return std::find_if(kOptions.begin(), kOptions.end(), [&](const Option &o) { return o.name == option; })
            ->placing;
    };
    while (at < words.size()) {
        std::string word = words[at++];
        if (const std::size_t equals = word.find('='); word.starts_with("--") && equals != std::string::npos) {
            inlineValue = word.substr(equals + 1);
            word.resize(equals);
            hasInline = true;
        }
        const auto option = std::find_if(kOptions.begin(), kOptions.end(),
                                         [&](const Option &o) { return o.name == word; });
        if (option != kOptions.end()) {
            EditStep step;
            step.option = word;
            for (std::size_t i = 0; i < option->operands; ++i)
                if (!operand(step.values.emplace_back()))
                    return UsageError{word + " wants " + std::to_string(option->operands) + " operand(s)."};
            if (hasInline)
                return UsageError{word + " wants its operands as words of their own."};
            steps.push_back(std::move(step));
            continue;
        }
        if (word == "--as" && !steps.empty() && placingOf(steps.back().option) == Placing::As) {
            if (!operand(steps.back().as))
                return UsageError{"--as wants the id of the new flow."};
            continue;
        }
        if (!isPlace(word) && word != "--at")
            return UsageError{"unknown option " + word + '.'};
        std::string value;
        if (!operand(value))
            return UsageError{word + " wants an operand."};
        const Placing placing = steps.empty() ? Placing::None : placingOf(steps.back().option);
        if (placing == Placing::None || placing == Placing::As)
            return UsageError{word + " stands behind --add, --move, --add-item or --move-item."};
        EditStep &step = steps.back();
        if (word == "--at") {
            if (value.empty() || value.size() > 9 ||
                value.find_first_not_of("0123456789") != std::string::npos)
                return UsageError{"--at wants a number from 0."};
            step.at = std::stoul(value);
        } else if (!step.place.empty()) {
            return UsageError{step.option + " has two places."};
        } else {
            step.place = word;
            step.placeOf = value;
        }
    }
    for (EditStep &step : steps) {
        if (placingOf(step.option) == Placing::At && !step.place.empty())
            return UsageError{step.option + " takes --at N only."};
        if (step.option == "--move-item" && !step.at)
            return UsageError{"--move-item wants --at N."};
        if (placingOf(step.option) == Placing::As && step.as.empty())
            return UsageError{step.option + " wants --as FLOWID."};
        if (placingOf(step.option) != Placing::Needed)
            continue;
        if (step.place.empty())
            return UsageError{step.option + " wants --after ID, --before ID or --into LIST."};
        if (step.at && step.place != "--into")
            return UsageError{"--at goes with --into."};
    }
    return steps;
}

Result<Edit> makeEdit(const Snapshot &snapshot, const EditStep &step)
{
    if (!snapshot.flow || snapshot.flowRevision != snapshot.revision)
        return Error{ErrorCode::StaleRevision, {}, {}};
    if (isOverFiles(step)) {
        const Result<edits::ProjectEdit> edit = makeProjectEdit(std::span(&snapshot, 1), step);
        if (!edit)
            return edit.error();
        return edit->changes.empty() ? Edit::make(snapshot.revision, *snapshot.text, {}) : edit->changes.front().edit;
    }
    const Flow &flow = *snapshot.flow;
    const std::string &first = step.values.front();
    if (step.option == "--add" || step.option == "--move") {
        const Result<edits::Slot> slot = slotOf(flow, step);
        if (!slot)
            return slot.error();
        if (step.option == "--add")
            return edits::addTask(snapshot, *slot, first);
        const Result<std::string> path = pathOf(flow, first);
        return path ? edits::moveTask(snapshot, *path, *slot) : Result<Edit>(path.error());
    }
    if (step.option == "--set" || step.option == "--unset") {
        Assignment assignment{first, {}};
        if (step.option == "--set") {
            Result<Assignment> split = splitAssignment(first);
            if (!split)
                return split.error();
            assignment = std::move(*split);
        }
        const Result<PropertyOf> property = splitProperty(flow, assignment.left);
        if (!property)
            return property.error();
        return step.option == "--set"
                   ? edits::setProperty(snapshot, property->task, property->property, assignment.right)
                   : edits::unsetProperty(snapshot, property->task, property->property);
    }
    if (step.option == "--connect")
        return edits::connect(snapshot, first, step.values[1]);
    if (step.option == "--disconnect")
        return edits::disconnect(snapshot, first, step.values[1]);
    if (step.option == "--rename" || step.option == "--note") {
        const Result<Assignment> split = splitAssignment(first);
        if (!split)
            return split.error();
        if (step.option == "--note" && isItem(flow, split->left))
            return edits::setNote(snapshot, itemPath(flow, split->left), split->right);
        const Result<std::string> path = pathOf(flow, split->left);
        if (!path)
            return path.error();
        return step.option == "--rename" ? edits::renameTask(snapshot, *path, split->right)
                                         : edits::setNote(snapshot, *path, split->right);
    }
    if (isOfItems(step.option))
        return makeItemEdit(snapshot, step);
    if (isStructural(step.option))
        return makeStructuralEdit(snapshot, step);
    if (step.option == "--remove") {
        const Result<std::vector<std::string>> paths = pathsOf(flow, first);
        return paths ? edits::removeTasks(snapshot, *paths) : Result<Edit>(paths.error());
    }
    const bool disable = step.option == "--disable";
    if ((disable || step.option == "--enable") && isItem(flow, first)) {
        const std::string property = itemPath(flow, first) + ".disabled";
        return disable ? edits::setProperty(snapshot, {}, property, "true") : edits::unsetProperty(snapshot, {}, property);
    }
    const Result<std::string> path = pathOf(flow, first);
    if (!path)
        return path.error();
    if (step.option == "--unwrap")
        return edits::unwrapTask(snapshot, *path);
    if (disable || step.option == "--enable")
        return edits::setDisabled(snapshot, *path, disable);
    return edits::duplicateTask(snapshot, *path);
}

} // namespace flow
