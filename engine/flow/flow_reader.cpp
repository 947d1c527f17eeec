#include "engine/flow/flow_reader.h"

#include "engine/flow/yaml_scalar.h"

#include <algorithm>
#include <array>
#include <utility>

namespace flow {

namespace lines {

std::size_t begin(std::string_view text, std::size_t offset)
{
    if (offset > 0 && offset < text.size() && text[offset] == '\n' && text[offset - 1] == '\r')
        --offset;
    while (offset > 0 && text[offset - 1] != '\n' && text[offset - 1] != '\r')
        --offset;
    return offset;
}

std::size_t end(std::string_view text, std::size_t offset)
{
    offset = std::min(text.find_first_of("\r\n", offset), text.size());
    if (offset == text.size())
        return offset;
    return offset + (text.substr(offset, 2) == "\r\n" ? 2 : 1);
}

} // namespace lines

namespace {

constexpr int kMaxDepth = 200; // levels of tasks in tasks; deeper ones are left out

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool isBreak(char c)
{
    return c == '\n' || c == '\r';
}

const Node *scalar(const Node *mapping, std::string_view key)
{
    const Node *value = mapping && mapping->isMapping() ? mapping->find(key) : nullptr;
    return value && value->isScalar() ? value : nullptr;
}

std::string textOf(const Node *node)
{
    return node ? textMeant(*node) : std::string();
}

bool isTrue(const Node *node)
{
    if (!node)
        return false;
    const Value value = toValue(*node);
    return value.asBool() || value.text() == "true" || value.text() == "True" || value.text() == "TRUE";
}

std::string indexed(std::string_view path, std::size_t index)
{
    std::string name(path);
    name += '[';
    name += std::to_string(index);
    name += ']';
    return name;
}

/// The keys under which any task may hold tasks, and what they mean.
constexpr std::array<std::pair<std::string_view, ListKind>, 8> kBranches = {{
    {"tasks", ListKind::Tasks},
    {"then", ListKind::Then},
    {"else", ListKind::Else},
    {"defaults", ListKind::Defaults},
    {"errors", ListKind::Errors},
    {"finally", ListKind::Finally},
    {"onPause", ListKind::OnPause},
    {"cases", ListKind::Case},
}};

const ListKind *branchKind(std::string_view key)
{
    for (const auto &[name, kind] : kBranches)
        if (name == key)
            return &kind;
    return nullptr;
}

bool isTaskType(std::string_view propertyType)
{
    return propertyType == "array<Task>" || propertyType == "Task" ||
           propertyType == "map<array<Task>>" || propertyType == "array<Dag.DagTask>";
}

/// Of a type that is in no catalog: does the value look like tasks?
bool looksLikeTasks(const Node &value)
{
    if (value.isMapping())
        return value.find("type") && value.find("id");
    return value.isSequence() && !value.items.empty() &&
           std::all_of(value.items.begin(), value.items.end(), [](const Node *item) {
               return item->isMapping() && item->find("type") && item->find("id");
           });
}

} // namespace

std::shared_ptr<Flow> FlowReader::read(std::shared_ptr<const Tree> tree)
{
    auto flow = std::make_shared<Flow>();
    flow->tree = std::move(tree);
    flow->broken = !flow->tree->faults().empty();
    const Flow *before = m_taken.flow();
    m_afterFaults = flow->broken || (before && before->broken);
    const Node *root = flow->tree->root();
    if (!root || !root->isMapping()) {
        flow->lists.push_back({ListKind::Tasks, "tasks", "tasks", nullptr, {}});
        return flow;
    }
    flow->root = root;
    const Node *id = scalar(root, "id");
    const Node *space = scalar(root, "namespace");
    flow->id = textOf(id);
    flow->namespaceId = textOf(space);
    flow->description = textOf(scalar(root, "description"));
    if (id)
        flow->idRange = id->range;
    if (space)
        flow->namespaceRange = space->range;
    flow->inputs = readItems(root->find("inputs"), "inputs");
    flow->triggers = readItems(root->find("triggers"), "triggers");
    flow->outputs = readItems(root->find("outputs"), "outputs");
    flow->labels = readLabels(root->find("labels"));

    const auto list = [&](ListKind kind, const char *key) {
        const Node *node = root->find(key);
        if (node || kind == ListKind::Tasks)
            flow->lists.push_back(readList(kind, key, key, node, before ? &before->lists : nullptr));
    };
    list(ListKind::Tasks, "tasks");
    list(ListKind::Errors, "errors");
    list(ListKind::Finally, "finally");
    list(ListKind::AfterExecution, "afterExecution");
    flow->mentions = std::move(m_mentions);
    return flow;
}

/// `before`: the lists of the same flow or task before, if there are any.
TaskList FlowReader::readList(ListKind kind, std::string label, std::string path, const Node *node, const std::vector<TaskList> *before)
{
    TaskList list{kind, std::move(label), std::move(path), nullptr, {}};
    if (!node || m_depth > kMaxDepth)
        return list;
    ++m_depth;
    if (kind == ListKind::OnPause && node->isMapping()) {
        list.tasks.push_back(readTask(*node, indexed(list.path, 0), list, nullptr));
    } else if (node->isSequence()) {
        list.node = node;
        list.tasks.reserve(node->items.size());
        const TaskList *old = nullptr;
        if (before) {
            const auto same = std::find_if(before->begin(), before->end(), [&](const TaskList &candidate) {
                return candidate.kind == kind && candidate.label == list.label;
            });
            old = same == before->end() ? nullptr : &*same;
        }
        std::size_t next = 0; // of the old tasks
        for (std::size_t i = 0; i < node->items.size(); ++i) {
            const Node &item = *node->items[i];
            const TakenOver::Part *part = old ? m_taken.find(item) : nullptr;
            const Task *was = nullptr;
            if (part) {
                const auto from = old->tasks.begin() + static_cast<std::ptrdiff_t>(next);
                const auto same = std::find_if(from, old->tasks.end(), [&](const Task &task) { return task.item == part->before; });
                if (same != old->tasks.end()) {
                    was = &*same;
                    next = static_cast<std::size_t>(same - old->tasks.begin()) + 1;
                }
            }
            list.tasks.emplace_back();
            if (was && part->unchanged && copyTask(*was, item, indexed(list.path, i), list.tasks.back())) {
                Task &task = list.tasks.back();
                if (m_afterFaults && !node->flowStyle) {
                    task.note.clear();
                    task.noteRange = {};
                    readLines(item.whole, task.range, task.note, task.noteRange);
                }
            } else {
                list.tasks.back() = readTask(item, indexed(list.path, i), list, was);
            }
        }
    }
    --m_depth;
    return list;
}

/// The task of an item that did not change but for its place. False when it has to be read.
bool FlowReader::copyTask(const Task &before, const Node &item, std::string path, Task &task)
{
    if (before.fault)
        return false;
    const std::size_t by = item.whole.begin - before.item->whole.begin; // modulo
    const auto moved = [&](Range range) { return range == Range{} ? range : Range{range.begin + by, range.end + by}; };
    task.id = before.id;
    task.type = before.type;
    task.path = std::move(path);
    task.known = before.known;
    task.item = &item;
    if (before.node)
        task.node = before.node == before.item ? &item : item.find("task");
    task.range = moved(before.range);
    task.idRange = moved(before.idRange);
    task.typeRange = moved(before.typeRange);
    task.note = before.note;
    task.noteRange = moved(before.noteRange);
    task.disabled = before.disabled;
    task.flowable = before.flowable;
    for (const Dependency &dependency : before.dependsOn)
        task.dependsOn.push_back({dependency.id, moved(dependency.range)});
    task.firstMention = static_cast<std::uint32_t>(m_mentions.size());
    task.mentionCount = before.mentionCount;
    for (std::uint32_t i = 0; i < before.mentionCount; ++i) {
        m_mentions.push_back(m_taken.flow()->mentions[before.firstMention + i]);
        m_mentions.back().begin += by;
    }
    task.lists.reserve(before.lists.size());
    for (const TaskList &old : before.lists) {
        const Node *holder = old.kind == ListKind::Case ? task.node->find("cases") : task.node;
        const Node *value = holder ? holder->find(old.label) : nullptr;
        if (!old.tasks.empty() && (!value || !old.node || value->range.begin != old.node->range.begin + by ||
                                   value->items.size() != old.tasks.size()))
            return false; // a key twice, or a task in the place of a list
        TaskList &list = task.lists.emplace_back(TaskList{old.kind, old.label, task.path + old.path.substr(before.path.size()), nullptr, {}});
        if (!old.node)
            continue;
        if (!value || value->range.begin != old.node->range.begin + by)
            return false;
        list.node = value;
        list.tasks.resize(old.tasks.size());
        for (std::size_t i = 0; i < old.tasks.size(); ++i)
            if (!copyTask(old.tasks[i], *value->items[i], task.path + old.tasks[i].path.substr(before.path.size()), list.tasks[i]))
                return false;
    }
    return true;
}

/// `before`: the task of the same item before, in which something changed; null when it is not known.
Task FlowReader::readTask(const Node &item, std::string path, const TaskList &list, const Task *before)
{
    Task task;
    task.path = std::move(path);
    task.item = &item;
    task.node = item.isMapping() ? &item : nullptr;
    if (task.node && !item.find("type"))
        if (const Node *wrapped = item.find("task"); wrapped && wrapped->isMapping()) {
            task.node = wrapped;
            if (const Node *names = item.find("dependsOn"); names && names->isSequence())
                for (const Node *name : names->items)
                    if (name->isScalar())
                        task.dependsOn.push_back({textOf(name), name->range});
        }
    if (item.kind == NodeKind::Broken)
        task.fault = SyntaxFault{item.range, item.text, {}, item.range.begin};
    if (list.node && !list.node->flowStyle) {
        readLines(item.whole, task.range, task.note, task.noteRange);
    } else {
        task.range = item.whole;
    }
    if (!task.node)
        return task;
    if (const Node *id = scalar(task.node, "id")) {
        task.id = textOf(id);
        task.idRange = id->range;
    }
    if (const Node *type = scalar(task.node, "type")) {
        task.type = type->text;
        task.typeRange = type->range;
        const TaskType *known = m_catalog.find(task.type);
        task.known = known && known->group == PluginGroup::Task ? known : nullptr;
    }
    task.disabled = isTrue(scalar(task.node, "disabled"));
    readBranches(task, before);
    readMentions(task);
    return task;
}

/// Of its own values; those of the tasks inside belong to them.
void FlowReader::readMentions(Task &task)
{
    for (const Entry &entry : task.node->entries) {
        const bool mayRead = entry.value->isScalar() ? entry.value->text.find('{') != std::string::npos
                                                     : entry.value->kind != NodeKind::Broken;
        if (!mayRead)
            continue;
        const bool holdsTasks = std::any_of(task.lists.begin(), task.lists.end(), [&](const TaskList &list) {
            return list.node ? entry.value->whole.contains(list.node->whole)
                             : !list.tasks.empty() && list.tasks.front().item == entry.value;
        });
        if (!holdsTasks)
            scanReferences(m_text, entry.value->whole, m_references);
    }
    task.firstMention = static_cast<std::uint32_t>(m_mentions.size());
    for (const Reference &reference : std::exchange(m_references, {}))
        if (reference.root == Reference::Root::Outputs)
            m_mentions.push_back({reference.range.begin, static_cast<std::uint32_t>(reference.name.size()),
                                  static_cast<std::uint32_t>(reference.dashed.size())});
    task.mentionCount = static_cast<std::uint32_t>(m_mentions.size()) - task.firstMention;
}

void FlowReader::readBranches(Task &task, const Task *before)
{
    const auto has = [&](ListKind kind) {
        return std::any_of(task.lists.begin(), task.lists.end(),
                           [&](const TaskList &list) { return list.kind == kind; });
    };
    for (const Entry &entry : task.node->entries) {
        if (!entry.key->isScalar())
            continue;
        const NodeText key = entry.key->text;
        const ListKind *kind = branchKind(key);
        if (!kind || task.node->find(key) != entry.value)
            continue;
        if (task.known) {
            const Property *property = task.known->find(key);
            if (!property || !isTaskType(property->type))
                continue;
        } else if (*kind != ListKind::Case && !looksLikeTasks(*entry.value)) {
            continue;
        }
        if (*kind == ListKind::Case)
            readCases(task, entry.value, before);
        else
            task.lists.push_back(readList(*kind, key, task.path + '.' + key, entry.value, before ? &before->lists : nullptr));
    }
    if (task.known) {
        for (const Property &property : task.known->properties) {
            const ListKind *kind = branchKind(property.name);
            if (kind && property.required && isTaskType(property.type) && !has(*kind))
                task.lists.push_back({*kind, property.name, task.path + '.' + property.name, nullptr, {}});
        }
    }
    task.flowable = !task.lists.empty() || (task.known && task.known->flowable);
}

void FlowReader::readCases(Task &task, const Node *cases, const Task *before)
{
    if (!cases->isMapping())
        return;
    for (const Entry &entry : cases->entries)
        if (entry.key->isScalar() && (task.known || looksLikeTasks(*entry.value)))
            task.lists.push_back(readList(ListKind::Case, entry.key->text,
                                          task.path + ".cases." + entry.key->text, entry.value, before ? &before->lists : nullptr));
}

/// The lines of an item of a block list, and the comment right above it.
void FlowReader::readLines(Range node, Range &range, std::string &note, Range &noteRange) const
{
    // The dash is in the line of the node, or alone in a line above.
    std::size_t dash = node.begin;
    for (std::size_t line = lines::begin(m_text, node.begin);; line = lines::begin(m_text, line - 1)) {
        const std::size_t content = std::min(m_text.find_first_not_of(" \t", line), m_text.size());
        if (content < node.begin && m_text[content] == '-') {
            dash = content;
            break;
        }
        const bool filler = content >= node.begin || m_text[content] == '#' || isBreak(m_text[content]);
        if (line == 0 || !filler)
            break;
    }
    range.begin = lines::begin(m_text, dash);
    range.end = lines::end(m_text, node.end);
    // Two items in one line (`- - a`): only the node itself.
    const std::string_view before = m_text.substr(range.begin, dash - range.begin);
    const std::string_view behind = m_text.substr(dash + 1, node.begin - std::min(dash + 1, node.begin));
    if (!std::all_of(before.begin(), before.end(), isBlank) ||
        (behind.find_first_not_of(" \t") < behind.find_first_of("#\r\n"))) {
        range = node;
        return;
    }
    const std::size_t indent = before.size();
    const auto isComment = [&](std::size_t at, bool deeper) {
        const std::size_t hash = m_text.find_first_not_of(" \t", at);
        return hash < m_text.size() && m_text[hash] == '#' && (hash - at > indent) == deeper;
    };
    while (range.end < m_text.size() && isComment(range.end, true))
        range.end = lines::end(m_text, range.end);
    std::size_t top = range.begin;
    while (top > 0) {
        const std::size_t previous = lines::begin(m_text, top - 1);
        if (!isComment(previous, false))
            break;
        top = previous;
    }
    if (top == range.begin)
        return;
    for (std::size_t at = top; at < range.begin; at = lines::end(m_text, at)) {
        std::size_t begin = m_text.find('#', at) + 1;
        const std::size_t end = std::min(m_text.find_first_of("\r\n", begin), m_text.size());
        if (begin < end && m_text[begin] == ' ')
            ++begin;
        if (at != top)
            note += '\n';
        note += m_text.substr(begin, end - begin);
    }
    noteRange = {top, range.begin};
    range.begin = top;
}

std::vector<Item> FlowReader::readItems(const Node *node, std::string_view name)
{
    std::vector<Item> items;
    if (!node || !node->isSequence())
        return items;
    for (std::size_t i = 0; i < node->items.size(); ++i) {
        const Node &source = *node->items[i];
        Item item;
        item.path = indexed(name, i);
        item.node = &source;
        const Node *id = scalar(&source, "id");
        if (!id)
            id = scalar(&source, "name");
        item.id = textOf(id);
        if (id)
            item.idRange = id->range;
        item.type = textOf(scalar(&source, "type"));
        item.disabled = isTrue(scalar(&source, "disabled"));
        Range noteRange;
        if (node->flowStyle)
            item.range = source.whole;
        else
            readLines(source.whole, item.range, item.note, noteRange);
        items.push_back(std::move(item));
    }
    return items;
}

/// Labels are a list of `key` and `value`, or a mapping.
std::vector<Item> FlowReader::readLabels(const Node *node)
{
    std::vector<Item> items;
    if (!node)
        return items;
    if (node->isMapping()) {
        for (const Entry &entry : node->entries) {
            Item item;
            item.id = entry.key->text;
            item.path = "labels." + entry.key->text;
            item.node = entry.value;
            item.idRange = entry.key->range;
            item.range = {lines::begin(m_text, entry.key->whole.begin),
                          lines::end(m_text, entry.value->whole.end)};
            if (node->flowStyle)
                item.range = {entry.key->whole.begin, entry.value->whole.end};
            items.push_back(std::move(item));
        }
        return items;
    }
    items = readItems(node, "labels");
    for (Item &item : items)
        if (const Node *key = scalar(item.node, "key")) {
            item.id = key->text;
            item.idRange = key->range;
        }
    return items;
}

} // namespace flow
