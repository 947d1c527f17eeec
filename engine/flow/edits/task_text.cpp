#include "engine/flow/edits/task_text.h"

#include "engine/flow/edits/flow_cells.h"
#include "engine/flow/edits/references.h"
#include "engine/flow/edits/scalars.h"
#include "engine/flow/yaml_scalar.h"

#include <algorithm>
#include <array>
#include <map>

namespace flow::edits {

namespace {

Fragment mustRead(const std::string &text)
{
    Result<Fragment> fragment = Fragment::read(text);
    return fragment ? std::move(*fragment) : *Fragment::read("{}");
}

const Node *scalarEntry(const Node &mapping, std::string_view key)
{
    const Node *value = mapping.find(key);
    return value && value->isScalar() ? value : nullptr;
}

bool isTaskMapping(const Node &node)
{
    const Node *type = node.isMapping() ? scalarEntry(node, "type") : nullptr;
    return type && !type->text.empty();
}

/// Where the mapping of the fragment begins: behind the comments above it.
std::size_t bodyBegin(const Fragment &task)
{
    return lineBegin(task.text(), task.root()->whole.begin);
}

/// The mapping as lines at column 0 behind its anchor.
std::string bodyLines(const Fragment &task)
{
    const std::string &text = task.text();
    return shifted(std::string_view(text).substr(task.root()->range.begin),
                   -static_cast<std::ptrdiff_t>(column(text, task.root()->range.begin)), true);
}

std::string properties(const Fragment &task)
{
    const std::size_t end = afterProperties(task.text(), *task.root(), task.root()->whole.begin);
    return task.text().substr(task.root()->whole.begin, end - task.root()->whole.begin);
}

std::string lowerFirst(std::string text)
{
    if (!text.empty() && text[0] >= 'A' && text[0] <= 'Z')
        text[0] = static_cast<char>(text[0] - 'A' + 'a');
    return text;
}

std::string idFromType(const std::string &type)
{
    std::string name = type.substr(type.rfind('.') + 1);
    std::string result;
    for (const char c : name) {
        const bool upper = c >= 'A' && c <= 'Z';
        if (upper && !result.empty() && result.back() != '_')
            result += '_';
        result += upper ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return isValidId(result) ? result : isValidId(lowerFirst(name)) ? lowerFirst(name) : "task";
}

} // namespace

bool isValidId(std::string_view id)
{
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    return !id.empty() && id.size() <= 256 && letter(id.front()) &&
           std::all_of(id.begin(), id.end(), [&](char c) { return letter(c) || c == '_' || c == '-'; });
}

std::string liftLines(const Draft &draft, Range lines)
{
    std::string text(draft.text().substr(lines.begin, lines.size()));
    const Node *leaf = draft.isPadded() && draft.flow().root ? &lastLeaf(*draft.flow().root) : nullptr;
    if (!leaf || !isBlockScalar(*leaf) || endsWithBreak(leaf->text) || !lines.contains(leaf->range.begin))
        return text;
    const Range header = scalarHeader(draft.text(), *leaf);
    std::string indicators(draft.text().substr(header.begin, header.size()));
    if (indicators.find('-') == std::string::npos) {
        std::erase(indicators, '+');
        text.replace(header.begin - lines.begin, header.size(), indicators + '-');
    }
    return text;
}

Fragment liftTask(const Draft &draft, const Task &task, bool whole)
{
    const std::string_view text = draft.text();
    const Node &node = whole ? *task.item : *task.node;
    const Node *list = task.item->parent;
    std::string comments;
    std::size_t end = node.whole.end;
    if (list && list->isSequence() && !list->flowStyle) {
        const std::size_t index = itemIndex(*list, task.item);
        const Block block = itemBlock(text, *list, index);
        if (block.ownLine) {
            const std::size_t dashLine = lineBegin(text, block.head);
            comments = shifted(text.substr(block.lines.begin, dashLine - block.lines.begin), -1000);
        }
        end = &node == task.item ? block.lines.end
                                 : blockEnd(text, node, column(text, task.item->range.begin));
        if (&node != task.item && !node.flowStyle) { // `- task: # beside`
            const std::size_t begin = lineBegin(text, node.range.begin);
            const std::size_t head = nextLine(text, node.parent->findEntry("task")->key->whole.end);
            if (head <= begin) {
                const std::size_t hash =
                    skipBlanks(text, afterColon(text, *node.parent->findEntry("task")));
                if (hash < head && text[hash] == '#')
                    comments += std::string(text.substr(hash, lineEnd(text, hash) - hash)) + '\n';
                comments += shifted(text.substr(head, begin - head), -1000);
            }
        }
    } else if (list && list->isSequence()) {
        const Range above = commentsAbove(text, task.item->whole.begin);
        comments = shifted(text.substr(above.begin, above.size()), -1000);
        std::size_t beside = skipBlanks(text, task.item->whole.end);
        if (beside < text.size() && text[beside] == ',')
            beside = skipBlanks(text, beside + 1);
        if (beside < text.size() && text[beside] == '#')
            comments += std::string(text.substr(beside, lineEnd(text, beside) - beside)) + '\n';
    } else if (!node.flowStyle) {
        end = blockEnd(text, node, column(text, node.range.begin));
    }
    const std::size_t propertiesEnd = afterProperties(text, node, node.whole.begin);
    std::string head(text.substr(node.whole.begin, propertiesEnd - node.whole.begin));
    if (!head.empty())
        head += node.flowStyle ? " " : "\n";
    std::string body = shifted(liftLines(draft, {node.range.begin, std::max(end, node.range.end)}),
                               -static_cast<std::ptrdiff_t>(column(text, node.range.begin)), true);
    return mustRead(comments + head + body);
}

Fragment liftItem(const Draft &draft, const Node &item)
{
    Task task;
    task.item = &item;
    task.node = &item;
    return liftTask(draft, task);
}

Result<Fragment> readItemFragment(std::string_view yaml)
{
    Result<Fragment> read = Fragment::read(yaml);
    if (!read)
        return read;
    const Node *root = read->root();
    if (!root || !root->isSequence() || root->items.size() != 1)
        return read;
    std::string text = read->text();
    if (root->flowStyle) {
        const Range item = root->items.front()->whole;
        text = text.substr(item.begin, item.size());
    } else {
        text[root->range.begin] = ' ';
    }
    return Fragment::read(text);
}

Result<Fragment> readTaskFragment(std::string_view yaml, bool keepDagWrapper)
{
    Result<Fragment> read = readItemFragment(yaml);
    if (!read)
        return read;
    const Node *root = read->root();
    if (!root || !root->isMapping())
        return Error{ErrorCode::NotATask, {}, {}};
    const Node *wrapped = root->find("task");
    if (!isTaskMapping(*root) && wrapped && isTaskMapping(*wrapped)) {
        if (keepDagWrapper)
            return read;
        const std::string &text = read->text();
        const std::size_t end = wrapped->flowStyle ? wrapped->range.end
                                                   : blockEnd(text, *wrapped, column(text, root->range.begin));
        std::string body = text.substr(0, bodyBegin(*read)) +
                           shifted(std::string_view(text).substr(wrapped->range.begin, end - wrapped->range.begin),
                                   -static_cast<std::ptrdiff_t>(column(text, wrapped->range.begin)), true);
        return Fragment::read(body);
    }
    if (!isTaskMapping(*root))
        return Error{ErrorCode::NotATask, {}, {}};
    return read;
}

NewItem taskItem(const Fragment &task, const Layout &layout, bool dag, bool json)
{
    NewItem item;
    item.comments = task.text().substr(0, bodyBegin(task));
    item.keepsBlankLines = keepsBlankLines(task.text(), *task.root());
    const bool asWritten = task.root()->flowStyle && (!json || isJsonLike(*task.root()));
    item.cell = asWritten ? task.text().substr(task.root()->whole.begin, task.root()->whole.size())
                          : flowText(task.text(), *task.root(), json);
    const bool isWrapper = !isTaskMapping(*task.root());
    const std::size_t gap = std::max<std::size_t>(layout.itemGap, 2);
    const std::string dash = '-' + std::string(gap - 1, ' ');
    const std::string body = bodyLines(task);
    const std::string props = properties(task);
    const auto width = static_cast<std::ptrdiff_t>(gap);
    if (dag && !isWrapper) {
        item.cell = (json ? "{\"task\": " : "{task: ") + item.cell + '}';
        if (task.root()->flowStyle)
            item.lines = dash + "task: " + (props.empty() ? "" : props + ' ') + shifted(body, width, true);
        else
            item.lines = dash + "task:" + (props.empty() ? "" : ' ' + props) + '\n' +
                         shifted(body, width + static_cast<std::ptrdiff_t>(layout.step));
    } else if (props.empty()) {
        item.lines = dash + shifted(body, width, true);
    } else if (task.root()->flowStyle) {
        item.lines = dash + props + ' ' + shifted(body, width, true);
    } else {
        item.lines = dash + props + '\n' + shifted(body, width);
    }
    item.lines = item.comments + item.lines;
    return item;
}

Result<Target> resolveList(const Flow &flow, const std::string &path)
{
    const Error unknown{ErrorCode::NoSuchList, {path}, {}};
    Target target;
    const Task *holder = nullptr;
    const TaskList *written = flow.findList(path);
    const std::size_t dot = path.rfind('.');
    if (!written || written->kind != ListKind::Case) {
        target.key = dot == std::string::npos ? path : path.substr(dot + 1);
        holder = dot == std::string::npos ? nullptr : flow.findByPath(path.substr(0, dot));
    }
    // A case: what follows `.cases.` is its label, with any dots it has.
    constexpr std::string_view kCases = ".cases.";
    for (std::size_t at = path.rfind(kCases); !holder && at != std::string::npos && at > 0;
         at = path.rfind(kCases, at - 1)) {
        holder = flow.findByPath(std::string_view(path).substr(0, at));
        target.key = "cases";
        target.label = path.substr(at + kCases.size());
        if (written && written->label != target.label)
            holder = nullptr;
    }
    if (!holder && dot != std::string::npos)
        return unknown;
    constexpr std::array<std::string_view, 4> kOfFlow = {"tasks", "errors", "finally", "afterExecution"};
    constexpr std::array<std::string_view, 8> kOfTask = {"tasks",  "then",    "else",    "defaults",
                                                         "errors", "finally", "onPause", "cases"};
    target.ofFlow = !holder;
    target.holder = holder ? holder->node : flow.root;
    if (!target.holder || (holder && holder->fault))
        return holder || flow.root ? unknown : Error{ErrorCode::BrokenText, {}, path};
    if (!holder) {
        if (std::find(kOfFlow.begin(), kOfFlow.end(), target.key) == kOfFlow.end())
            return unknown;
    } else if (!written) {
        if (std::find(kOfTask.begin(), kOfTask.end(), target.key) == kOfTask.end())
            return unknown;
        const Property *property = holder->known ? holder->known->find(target.key) : nullptr;
        if (holder->known ? !property || property->type.find("Task") == std::string::npos
                          : !holder->flowable)
            return unknown;
        if (target.key == "cases" && target.label.empty())
            return unknown;
    }
    target.dag = holder && target.key == "tasks" && isDagType(holder->type);
    target.single = target.key == "onPause";
    if (written)
        target.list = written->node;
    const Node *value = target.holder->find(target.key);
    if (value && !target.label.empty())
        value = value->isMapping() ? value->find(target.label) : nullptr;
    if (value && value->isSequence())
        target.list = value;
    else if (value && !target.single && !(value->isScalar() && value->text.empty()))
        return Error{ErrorCode::BrokenText, {"not a list"}, path};
    return target;
}

Result<> insertTask(Draft &draft, const Target &target, const Slot &slot, const NewItem &item)
{
    if (target.list && !target.list->items.empty()) {
        if (slot.index > target.list->items.size())
            return Error{ErrorCode::OutOfRange, {}, {}};
        insertItem(draft, *target.list, slot.index, item, slot.behindPrevious);
        return {};
    }
    if (slot.index > 0)
        return Error{ErrorCode::OutOfRange, {}, {}};
    const std::string_view text = draft.text();
    const Node *mapping = target.holder;
    const std::string &key = target.label.empty() ? target.key : target.label;
    const Node *cases = target.label.empty() ? nullptr : target.holder->find("cases");
    const bool casesEmpty = cases && cases->entries.empty();
    if (cases && cases->isMapping() && !casesEmpty)
        mapping = cases;
    const Layout layout = draft.layoutAt(mapping);
    const bool nested = mapping == target.holder && !target.label.empty();
    // The value of the key at a column: the list, for a first case below its label.
    const auto lines = [&](std::size_t column) {
        Written written;
        written.keepsBlankLines = item.keepsBlankLines;
        std::size_t at = column;
        if (nested) {
            at += layout.step;
            written.lines = std::string(at, ' ') + scalarText(target.label, Context::Block) + ":\n";
        }
        written.lines += shifted(item.lines, static_cast<std::ptrdiff_t>(at + layout.listOffset));
        return written;
    };
    std::string flowValue = item.comments.empty() ? '[' + item.cell + ']'
                                                  : "[\n" + item.comments + item.cell + ']';
    if (nested)
        flowValue = '{' + scalarText(target.label, Context::Flow) + ": " + flowValue + '}';
    const std::string &entryKey = nested ? target.key : key;

    const std::size_t existing = entryIndex(*mapping, entryKey);
    if (existing < mapping->entries.size()) {
        const Node &value = *mapping->entries[existing].value;
        if (mapping->flowStyle) {
            if (value.isSequence()) {
                insertCell(draft, value, 0, item.cell, item.comments);
            } else if (value.range.empty()) {
                draft.insert(std::max(value.whole.end, mapping->entries[existing].key->whole.end),
                             ' ' + flowValue);
            } else {
                draft.replace(value.range, flowValue);
            }
            return {};
        }
        replaceWritten(draft, {mapping, existing}, lines(entryBlock(text, *mapping, existing).column), {});
        return {};
    }
    const std::size_t behind = mapping == target.holder ? entrySlot(*mapping, entryKey, target.ofFlow)
                                                        : mapping->entries.size();
    insertWritten(draft, *mapping, behind, entryKey, lines(column(text, mapping->range.begin)), flowValue);
    return {};
}

Result<> insertTask(Draft &draft, const Target &target, const Slot &slot, const Fragment &task)
{
    if (target.single) {
        const Node *present = target.holder->find(target.key);
        if (slot.index > 0 || (present && !present->range.empty()))
            return Error{ErrorCode::OutOfRange, {}, {}};
        const std::size_t existing = entryIndex(*target.holder, target.key);
        if (present)
            replaceValue(draft, {target.holder, existing}, task);
        else
            insertEntry(draft, *target.holder, entrySlot(*target.holder, target.key, false), target.key, task);
        return {};
    }
    const Node *near = target.list ? target.list : target.holder;
    Layout layout = draft.layoutAt(near);
    const bool json = near->flowStyle && isJsonLike(*near);
    return insertTask(draft, target, slot, taskItem(task, layout, target.dag, json));
}

void collectTasks(const Node &mapping, std::vector<const Node *> &tasks)
{
    const Node *task = &mapping;
    if (!isTaskMapping(mapping) && !(mapping.isMapping() && scalarEntry(mapping, "id") && !mapping.find("task"))) {
        const Node *wrapped = mapping.isMapping() ? mapping.find("task") : nullptr;
        if (!wrapped || !wrapped->isMapping() || (!isTaskMapping(*wrapped) && !scalarEntry(*wrapped, "id")))
            return;
        task = wrapped;
    }
    tasks.push_back(task);
    const auto list = [&](const Node *value) {
        if (value && value->isSequence())
            for (const Node *item : value->items)
                collectTasks(*item, tasks);
    };
    for (const char *key : {"tasks", "then", "else", "defaults", "errors", "finally"})
        list(task->find(key));
    if (const Node *cases = task->find("cases"); cases && cases->isMapping())
        for (const Entry &entry : cases->entries)
            list(entry.value);
    if (const Node *single = task->find("onPause"); single && single->isMapping())
        collectTasks(*single, tasks);
}

std::set<std::string> taskIds(const Flow &flow)
{
    std::set<std::string> ids;
    flow.forEachTask([&](const Task &task, const TaskList &, int) {
        if (!task.id.empty())
            ids.insert(task.id);
    });
    return ids;
}

std::string freeId(const std::string &wish, const std::set<std::string> &taken)
{
    if (!taken.count(wish))
        return wish;
    std::string stem = wish;
    std::size_t number = 2;
    const std::size_t bar = wish.rfind('_');
    const bool numbered = bar != std::string::npos && bar > 0 && bar + 1 < wish.size() &&
                          wish.size() - bar <= 7 && wish[bar + 1] != '0' &&
                          wish.find_first_not_of("0123456789", bar + 1) == std::string::npos;
    if (numbered) {
        stem = wish.substr(0, bar);
        number = std::stoul(wish.substr(bar + 1)) + 1;
    }
    while (taken.count(stem + '_' + std::to_string(number)))
        ++number;
    return stem + '_' + std::to_string(number);
}

Fragment withFreeIds(const Fragment &task, std::set<std::string> taken)
{
    const std::string &text = task.text();
    std::vector<const Node *> tasks;
    collectTasks(*task.root(), tasks);
    std::vector<Replacement> changes;
    std::map<std::string, std::string> changed;
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        const Node &node = *tasks[i];
        const Context context = node.flowStyle ? Context::Flow : Context::Block;
        const Node *id = scalarEntry(node, "id");
        if ((!id || id->text.empty()) && i > 0)
            continue;
        const Node *type = scalarEntry(node, "type");
        const std::string wish = id && !id->text.empty() ? textMeant(*id) : idFromType(type ? type->text : "");
        const std::string free = freeId(wish, taken);
        taken.insert(free);
        if (id && !id->range.empty()) {
            if (free != wish) {
                changes.push_back({id->range, scalarLike(*id, free, context)});
                changed[wish] = free;
            }
        } else if (id) {
            changes.push_back({{id->range.begin, id->range.begin}, ' ' + scalarText(free, context)});
        } else if (node.flowStyle) {
            const bool json = isJsonLike(node);
            const std::string entry = json ? "\"id\": " + quoted(free) : "id: " + scalarText(free, context);
            changes.push_back({{node.range.begin + 1, node.range.begin + 1}, entry + ", "});
        } else {
            const std::string indent(column(text, node.range.begin), ' ');
            changes.push_back({{node.range.begin, node.range.begin},
                               "id: " + scalarText(free, context) + '\n' + indent});
        }
    }
    if (changes.empty())
        return task;
    for (const auto &change : changed) {
        const auto &old = change.first;
        const auto &fresh = change.second;
        forEachReference(text, *task.root(), old, [&](const Reference &reference) {
            if (reference.name != old ||
                (reference.root != "outputs" && reference.root != "tasks" && reference.root != "errorLogs"))
                return;
            if (reference.bracket)
                changes.push_back({reference.nameRange, fresh});
            else
                changes.push_back({reference.range, renamed(reference, fresh)});
        });
        for (const Node *node : tasks)
            if (const Node *wrapper = node->parent; wrapper && wrapper->isMapping())
                if (const Node *names = wrapper->find("dependsOn"); names && names->isSequence())
                    for (const Node *name : names->items)
                        if (name->isScalar() && name->text == old)
                            changes.push_back({name->range, scalarLike(*name, fresh, Context::Flow)});
    }
    const Result<Edit> edit = Edit::make(Revision{}, text, std::move(changes));
    return edit ? mustRead(edit->applyTo(text)) : task;
}

} // namespace flow::edits
