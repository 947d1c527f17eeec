#include "canvas/graph_nodes.h"

#include "ui/tr.h"

#include <algorithm>
#include <bit>

namespace canvas {

namespace {

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QString scalar(const flow::Node *mapping, std::string_view key)
{
    const flow::Node *value = mapping && mapping->isMapping() ? mapping->find(key) : nullptr;
    return value && value->isScalar() ? text(value->text) : QString();
}

/// `{{ outputs.score.vars.high }}` as `score.vars.high`: what fits a header.
QString bareExpression(QString expression)
{
    expression = expression.simplified();
    if (expression.startsWith(QLatin1String("{{")) && expression.endsWith(QLatin1String("}}"))
        && expression.count(QLatin1String("{{")) == 1)
        expression = expression.mid(2, expression.size() - 4).trimmed();
    if (expression.startsWith(QLatin1String("outputs.")))
        expression.remove(0, 8);
    return expression;
}

bool isOneOf(const QString &name, std::initializer_list<const char *> names)
{
    return std::any_of(names.begin(), names.end(), [&](const char *other) { return name == QLatin1String(other); });
}

std::vector<Badge> badgesOf(const flow::Node *node)
{
    std::vector<Badge> badges;
    if (!node || !node->isMapping())
        return badges;
    struct Sign
    {
        std::string_view property;
        const char *icon;
        const char *words;
    };
    static constexpr Sign signs[] = {{"retry", "retry", QT_TRANSLATE_NOOP("Tr", "Retries")},
                                     {"timeout", "timeout", QT_TRANSLATE_NOOP("Tr", "Timeout")},
                                     {"taskCache", "cache", QT_TRANSLATE_NOOP("Tr", "Cached")},
                                     {"runIf", "filter", QT_TRANSLATE_NOOP("Tr", "Condition")},
                                     {"allowFailure", "state-warning", QT_TRANSLATE_NOOP("Tr", "May fail")}};
    for (const flow::Entry &entry : node->entries) {
        for (const Sign &sign : signs) {
            const std::string &key = entry.key->text;
            if (key != sign.property || (key == "allowFailure" && entry.value->text != "true"))
                continue;
            const QString words = Tr::tr(sign.words);
            const bool bare = !entry.value->isScalar() || entry.value->text.empty() || key == "allowFailure";
            badges.push_back({QLatin1String(sign.icon), bare ? words : words + QStringLiteral(": ") + text(entry.value->text)});
        }
    }
    std::sort(badges.begin(), badges.end(), [](const Badge &a, const Badge &b) { // as listed above, not as written
        const auto rank = [](const Badge &badge) {
            return std::find_if(std::begin(signs), std::end(signs), [&](const Sign &sign) { return badge.icon == QLatin1String(sign.icon); });
        };
        return rank(a) < rank(b);
    });
    return badges;
}

/// The one property that tells most about a container.
QString detailOf(const QString &className, const flow::Node *node)
{
    static constexpr std::string_view kTelling[] = {"condition", "value", "values", "items", "concurrent"}; // the first of them
    std::size_t rank = std::size(kTelling);
    const flow::Node *value = nullptr;
    if (!node || !node->isMapping())
        return {};
    for (const flow::Entry &entry : node->entries) {
        const auto at = std::size_t(std::find(std::begin(kTelling), std::end(kTelling), entry.key->text) - std::begin(kTelling));
        if (at == std::size(kTelling) || at > rank || (kTelling[at] == "concurrent" && className != QLatin1String("Parallel"))
            || !(entry.value->isScalar() || entry.value->isSequence()))
            continue;
        rank = at;
        value = entry.value;
    }
    if (!value)
        return {};
    if (value->isSequence())
        return value->items.size() == 1 ? Tr::tr("1 item") : Tr::tr("%1 items").arg(value->items.size());
    const QString bare = bareExpression(text(value->text));
    return kTelling[rank] == "concurrent" ? Tr::tr("%1 at a time").arg(bare) : bare;
}

QString firstWords(const std::string &cause)
{
    QString words = text(cause);
    if (!words.isEmpty())
        words[0] = words.at(0).toUpper();
    return words;
}

} // namespace

const GraphNode &GraphNodes::operator[](std::size_t node) const
{
    std::unique_ptr<GraphNode> &known = m_read[node];
    if (!known)
        known = read(int(node));
    return *known;
}

const std::string &GraphNodes::id(int node) const
{
    return entry(node).task ? entry(node).task->id : entry(node).item->id;
}

const std::string &GraphNodes::path(int node) const
{
    return entry(node).task ? entry(node).task->path : entry(node).item->path;
}

const std::string &GraphNodes::note(int node) const
{
    return entry(node).task ? entry(node).task->note : entry(node).item->note;
}

flow::Range GraphNodes::range(int node) const
{
    return entry(node).task ? entry(node).task->range : entry(node).item->range;
}

bool GraphNodes::isDisabled(int node) const
{
    return entry(node).task ? entry(node).task->disabled : entry(node).item->disabled;
}

const std::vector<flow::Dependency> &GraphNodes::dependsOn(int node) const
{
    return entry(node).task->dependsOn;
}

std::size_t GraphNodes::line(int node) const
{
    std::size_t begin = range(node).begin;
    if (const flow::Item *item = entry(node).item) {
        begin = item->idRange.empty() ? begin : item->idRange.begin;
    } else {
        const flow::Task &task = *entry(node).task;
        if (!task.idRange.empty())
            begin = task.idRange.begin;
        else if (task.fault)
            begin = task.fault->range.begin;
        else if (!task.noteRange.empty())
            begin = task.noteRange.end;
    }
    if (!m_lines)
        m_lines.emplace(m_snapshot.text ? std::string_view(*m_snapshot.text) : std::string_view());
    return m_lines->position(begin).line;
}

// What is shown

QString GraphNodes::title(int node) const
{
    if (!id(node).empty())
        return text(id(node));
    return isBroken(node) ? Tr::tr("line %1").arg(line(node)) : Tr::tr("no id");
}

QString GraphNodes::typeLine(int node) const
{
    if (const flow::Item *item = entry(node).item) {
        const QString type = text(item->type);
        if (entry(node).place.kind != NodeKind::Trigger)
            return type;
        const QString cron = scalar(item->node, "cron");
        return cron.isEmpty() ? ui::className(type) : cron;
    }
    const flow::Task &task = *entry(node).task;
    if (task.fault)
        return firstWords(task.fault->cause);
    const TypeLooks &looks = looksOf(task);
    if (looks.callsFlow) {
        const QString name = scalar(task.node, "namespace"), called = scalar(task.node, "flowId");
        if (!called.isEmpty())
            return name.isEmpty() ? called : name + QLatin1Char('.') + called;
    }
    return entry(node).place.container ? looks.writtenClass : looks.shortType;
}

QString GraphNodes::detail(int node) const
{
    const auto &[place, named, hash, task, item] = entry(node);
    if (task)
        return place.container && !task->fault ? detailOf(looksOf(*task).writtenClass, task->node) : QString();
    switch (place.kind) {
    case NodeKind::Input: return scalar(item->node, "defaults");
    case NodeKind::Output: return bareExpression(scalar(item->node, "value"));
    default: return {};
    }
}

ui::TaskLook GraphNodes::look(int node) const
{
    const auto &[place, named, hash, task, item] = entry(node);
    if (task)
        return task->fault ? ui::TaskLook{QStringLiteral("task-broken"), ui::TaskCategory::Core} : looksOf(*task).look;
    switch (place.kind) {
    case NodeKind::Trigger: return ui::taskLook(text(item->type));
    case NodeKind::Input: return {QStringLiteral("input"), ui::TaskCategory::Core};
    default: return {QStringLiteral("output"), ui::TaskCategory::Core};
    }
}

std::unique_ptr<GraphNode> GraphNodes::read(int index) const
{
    auto node = std::make_unique<GraphNode>();
    const Entry &entry = m_entries[std::size_t(index)];
    static_cast<NodePlace &>(*node) = entry.place;
    node->key = key(index);
    node->path = path(index);
    node->id = id(index);
    node->title = title(index);
    node->typeLine = typeLine(index);
    node->detail = detail(index);
    node->note = text(note(index));
    node->look = look(index);
    node->range = range(index);
    node->disabled = isDisabled(index);
    node->broken = isBroken(index);
    node->type = text(entry.task ? entry.task->type : entry.item->type);
    if (entry.task)
        readTask(*entry.task, *node);
    const auto [first, last] = std::equal_range(m_problems.begin(), m_problems.end(), std::pair(index, 0),
                                                [](const auto &a, const auto &b) { return a.first < b.first; });
    for (auto problem = first; problem != last; ++problem) {
        const flow::Diagnostic &diagnostic = m_snapshot.diagnostics[std::size_t(problem->second)];
        node->problems.push_back({diagnostic.severity, m_sentence(diagnostic), diagnostic.range});
    }
    return node;
}

/// What only a task has.
void GraphNodes::readTask(const flow::Task &task, GraphNode &node) const
{
    for (const flow::Dependency &dependency : task.dependsOn)
        node.dependsOn.push_back(dependency.id);
    if (task.fault)
        return;
    node.badges = badgesOf(task.node);
    if (looksOf(task).callsFlow) {
        node.calledFlow = scalar(task.node, "flowId");
        node.subflow = !node.calledFlow.isEmpty();
    }
    if (node.subflow) {
        const QString name = scalar(task.node, "namespace");
        node.calledNamespace = name.isEmpty() ? text(m_snapshot.flow->namespaceId) : name;
    }
    if (!m_defaults)
        m_defaults = readDefaults();
    for (const Defaults &defaults : *m_defaults) {
        if (node.type == defaults.type || node.type.startsWith(defaults.type + QLatin1Char('.')))
            node.defaults += defaults.lines;
    }
}

std::vector<GraphNodes::Defaults> GraphNodes::readDefaults() const
{
    std::vector<Defaults> all;
    const flow::Node *root = m_snapshot.flow->root;
    const flow::Node *list = root && root->isMapping() ? root->find("pluginDefaults") : nullptr;
    if (!list || !list->isSequence())
        return all;
    for (const flow::Node *item : list->items) {
        const QString type = scalar(item, "type");
        const flow::Node *values = item->isMapping() ? item->find("values") : nullptr;
        if (type.isEmpty() || !values || !values->isMapping())
            continue;
        Defaults defaults{type, {}};
        for (const flow::Entry &entry : values->entries) {
            const QString key = text(entry.key->text);
            defaults.lines << (entry.value->isScalar() ? key + QStringLiteral(": ") + text(entry.value->text) : key);
        }
        all.push_back(std::move(defaults));
    }
    return all;
}

const GraphNodes::TypeLooks &GraphNodes::looksOf(const flow::Task &task) const
{
    const auto known = m_looks.find(task.type);
    if (known != m_looks.end())
        return known->second;
    TypeLooks looks;
    const QString type = text(task.type), name = task.known ? text(task.known->name) : type;
    looks.className = ui::className(name);
    looks.writtenClass = ui::className(type);
    looks.shortType = type.isEmpty() ? Tr::tr("no type") : ui::shortType(type);
    looks.look = ui::taskLook(name);
    looks.callsFlow = isOneOf(looks.writtenClass, {"Subflow", "ForEachItem"}) || type == QLatin1String("io.kestra.plugin.core.flow.Flow");
    return m_looks.emplace(task.type, std::move(looks)).first->second;
}

// Keys

namespace {

std::string_view prefixOf(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Task: return {};
    case NodeKind::Trigger: return "trigger:";
    case NodeKind::Input: return "input:";
    case NodeKind::Output: return "output:";
    }
    return {};
}

} // namespace

std::string GraphNodes::key(int node) const
{
    return entry(node).named ? std::string(prefixOf(place(node).kind)) + id(node) : "@" + path(node);
}

bool GraphNodes::hasKey(int node, std::string_view key) const
{
    const std::string_view prefix = entry(node).named ? prefixOf(place(node).kind) : "@";
    return key.starts_with(prefix) && key.substr(prefix.size()) == (entry(node).named ? id(node) : path(node));
}

int GraphNodes::find(std::string_view key) const
{
    if (m_byKey.empty())
        return -1;
    const std::size_t hash = std::hash<std::string_view>()(key), mask = m_byKey.size() - 1;
    for (std::size_t at = hash & mask; m_byKey[at] >= 0; at = (at + 1) & mask) {
        if (entry(m_byKey[at]).hash == hash && hasKey(m_byKey[at], key))
            return m_byKey[at];
    }
    return -1;
}

/// Gives every node its key, when all of them are there.
void GraphNodes::nameAll()
{
    m_read.resize(m_entries.size());
    m_byKey.assign(std::bit_ceil(2 * m_entries.size() + 1), -1);
    const std::size_t mask = m_byKey.size() - 1;
    const auto put = [&](int node, std::string_view key) {
        const std::size_t hash = m_entries[std::size_t(node)].hash = std::hash<std::string_view>()(key);
        std::size_t at = hash & mask;
        for (; m_byKey[at] >= 0; at = (at + 1) & mask) {
            if (entry(m_byKey[at]).hash == hash && hasKey(m_byKey[at], key))
                return false;
        }
        m_byKey[at] = node;
        return true;
    };
    for (int node = 0; node < int(m_entries.size()); ++node) {
        Entry &made = m_entries[std::size_t(node)];
        made.named = !id(node).empty();
        if (made.named && (made.task ? put(node, made.task->id) : put(node, key(node))))
            continue;
        made.named = false; // without an id, or with that of another: the path tells them apart
        put(node, key(node));
    }
}

} // namespace canvas
