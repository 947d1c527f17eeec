#include "editor/value_fixes.h"

#include "editor/first_values.h"
#include "editor/fix_source.h"
#include "editor/schema.h"
#include "engine/flow/edits.h"
#include "engine/flow/edits/scalars.h"

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <cctype>

namespace editor {

namespace {

using flow::Node;

constexpr std::size_t kFewChoices = 8;

bool isNumber(std::string_view text)
{
    const std::size_t digits = text.starts_with('-') ? 1 : 0;
    return text.size() > digits &&
           text.find_first_not_of("0123456789", digits) == std::string_view::npos;
}

bool isDigits(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

std::vector<std::string> splitNames(std::string_view list)
{
    std::vector<std::string> names;
    for (std::size_t at = 0; at <= list.size();) {
        const std::size_t end = std::min(list.find(", ", at), list.size());
        names.emplace_back(list.substr(at, end - at));
        at = end + 2;
    }
    return names;
}

/// An id of letters, digits, `_` and `-`; with dots where they are allowed.
std::string asId(std::string_view text, bool dots)
{
    std::string id;
    for (const char c : text) {
        const bool good = std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-' ||
                          (dots && c == '.');
        if (good && (!id.empty() || std::isalnum(static_cast<unsigned char>(c))))
            id += c;
        else if (!good && !id.empty() && id.back() != '_')
            id += '_';
    }
    while (!id.empty() && (id.back() == '_' || id.back() == '.'))
        id.pop_back();
    return id.empty() ? "id" : id;
}

/// `PT5M` of `5m`, `5 min`, `300s`; empty when it is no such thing.
std::string asDuration(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])))
        ++at;
    const std::string number(text.substr(0, at));
    while (at < text.size() && text[at] == ' ')
        ++at;
    std::string unit(text.substr(at));
    std::transform(unit.begin(), unit.end(), unit.begin(),
                   [](unsigned char c) { return std::tolower(c); });
    if (unit.size() > 2 && unit.back() == 's')
        unit.pop_back();
    struct Unit
    {
        std::string_view word;
        const char *form;
    };
    static constexpr std::array units{Unit{"s", "PT{}S"},      Unit{"sec", "PT{}S"},
                                      Unit{"second", "PT{}S"}, Unit{"m", "PT{}M"},
                                      Unit{"min", "PT{}M"},    Unit{"minute", "PT{}M"},
                                      Unit{"h", "PT{}H"},      Unit{"hour", "PT{}H"},
                                      Unit{"d", "P{}D"},       Unit{"day", "P{}D"}};
    for (const Unit &known : units)
        if (!number.empty() && unit == known.word)
            return fmt::format(fmt::runtime(known.form), number);
    return {};
}

class ValueFinder : FixSource
{
public:
    using FixSource::FixSource;

    std::vector<QuickFix> run()
    {
        const std::string &code = m_diagnostic.code;
        const std::vector<std::string> &args = m_diagnostic.args;
        if (code == "malformed-number" || code == "long-number")
            quote();
        else if (code == "type-mismatch" && args.size() > 1)
            otherKind(args[0], args[1]);
        else if (code == "invalid-text" && args.size() > 2 && m_node)
            replaceScalar(m_node, asId(m_node->text, args[2].find('.') != std::string::npos));
        else if (code == "wrong-size" && args.size() > 2)
            otherSize(args[0], args[1], args[2]);
        else if (code == "unknown-value" && args.size() > 2 && m_diagnostic.suggestion.empty())
            offerValues(args[2]);
        else if (code == "unknown-timezone")
            replaceScalar(m_node, "Etc/UTC");
        else if (code == "invalid-cron" && m_node)
            otherCron(m_node->text);
        else if (code == "invalid-default" && m_node)
            otherDefault();
        else if (code == "invalid-regex" || code == "must-be-absent" || code == "unknown-property")
            removeHere();
        else if (code == "empty-value" && m_node && !m_node->isSequence())
            emptyValue(args.empty() ? std::string() : args.front());
        else if (code == "filter-value" && args.size() > 1)
            otherFilter(args[1]);
        else if (code == "invalid-label")
            otherLabel();
        else if (code == "not-less" && args.size() > 1)
            swap(args[0], args[1]);
        else if (code == "cyclic-dependency" && !args.empty())
            cutCircle(splitNames(args.front()));
        else if (code == "cyclic-input" && args.size() > 1)
            cutCircle(splitNames(args[1]));
        else if (code == "nested-input" && m_node)
            replaceScalar(m_node, asId(m_node->text, false));
        else if (code == "not-runnable-inside")
            moveOut();
        else if (code == "wrong-kind")
            moveToItsList();
        else if (code == "trigger-on-everything" && !args.empty())
            addPreconditions(args.front());
        else if (code == "missing-type")
            typeByKeys();
        return std::move(m_fixes);
    }

private:
    std::string written(const Node &node) const
    {
        return m_text.substr(node.range.begin, node.range.size());
    }

    void removeHere()
    {
        const flow::Entry *entry = entryOf(m_node);
        if (entry)
            cut(*m_node->parent, *entry);
        else
            remove(m_node);
    }

    /// Text that is a number gets quotes, `"true"` and `"3"` lose theirs, one becomes a list of one.
    void otherKind(const std::string &name, const std::string &wanted)
    {
        if (!m_node)
            return;
        const auto wants = [&](const char *what) { return wanted.find(what) != std::string::npos; };
        const bool oneLine = written(*m_node).find('\n') == std::string::npos;
        if (!m_node->isScalar()) {
            if (wants("list") && m_node->flowStyle && oneLine)
                add("fix.listed", {}, edit(m_node->range, fmt::format("[{}]", written(*m_node))));
            return;
        }
        const bool plain = m_node->style == flow::ScalarStyle::Plain;
        const std::string text = m_node->text;
        if (m_node->range.empty()) { // nothing stands there
            removeHere();
        } else if (wants("text") && plain) {
            quote();
        } else if (wants("true or false")) {
            if (!plain && (text == "true" || text == "false"))
                add("fix.unquote", {}, edit(m_node->range, text));
            for (const auto &[word, meant] :
                 {std::pair{"yes", "true"}, std::pair{"on", "true"}, std::pair{"1", "true"},
                  std::pair{"no", "false"}, std::pair{"off", "false"}, std::pair{"0", "false"}})
                if (text == word)
                    add("fix.replace", {meant}, edit(m_node->range, meant));
        } else if (wants("number")) {
            const std::size_t digits = text.find_first_of("0123456789");
            const std::size_t end = text.find_first_not_of("0123456789", digits);
            const std::string number =
                digits == std::string::npos
                    ? std::string()
                    : text.substr(digits, std::min(end, text.size()) - digits);
            if (!plain && isNumber(text))
                add("fix.unquote", {}, edit(m_node->range, text));
            else if (text.starts_with("{{") && isDigits(number) &&
                     text.find_first_not_of("{} 0123456789") == std::string::npos)
                add("fix.replace", {number}, edit(m_node->range, number));
        } else if (wants("duration")) {
            const std::string duration = asDuration(text);
            if (!duration.empty())
                replaceScalar(m_node, duration);
        } else if (wants("list") && oneLine) {
            add("fix.listed", {}, edit(m_node->range, fmt::format("[{}]", written(*m_node))));
        } else if (wants("map") && name == "concurrency" && isDigits(text)) {
            add("fix.replace", {"limit: " + text},
                edit(m_node->range, fmt::format("{{limit: {}}}", text)));
        }
    }

    void otherSize(const std::string &name, const std::string &least, const std::string &most)
    {
        if (!m_node || !m_node->isScalar())
            return;
        if (m_node->text.empty() && least != "0")
            replaceScalar(m_node, name == "namespace" ? "company.team" : "my_" + name);
        else if (isDigits(most) && most.size() < 6 && m_node->text.size() > std::stoul(most))
            replaceScalar(m_node, std::string(m_node->text.substr(0, std::stoul(most))));
    }

    /// `one of QUEUE, CANCEL, FAIL`
    void offerValues(const std::string &words)
    {
        constexpr std::string_view begin = "one of ";
        if (!m_node || !m_node->isScalar() || !words.starts_with(begin))
            return;
        const std::vector<std::string> values = splitNames(words.substr(begin.size()));
        if (values.size() <= kFewChoices)
            for (const std::string &value : values)
                replaceScalar(m_node, value);
    }

    void otherCron(std::string cron)
    {
        std::replace(cron.begin(), cron.end(), '?', '*');
        for (std::size_t hash = cron.find('#'); hash != std::string::npos; hash = cron.find('#'))
            cron.erase(hash, cron.find_first_of(" ,", hash) - hash);
        if (const std::size_t last = cron.find('L'); last != std::string::npos)
            cron.replace(last, 1, "28");
        if (cron != m_node->text)
            replaceScalar(m_node, cron);
        replaceScalar(m_node, "0 9 * * *");
    }

    void otherDefault()
    {
        if (m_node->isScalar())
            if (const std::string duration = asDuration(m_node->text); !duration.empty())
                replaceScalar(m_node, duration);
        removeHere();
    }

    /// Of a list the element, of a label or a mapping the entry.
    void emptyValue(const std::string &name)
    {
        const flow::Entry *named = entryOf(m_node);
        if (named && named->key->text != name && m_flow.root->find(name))
            m_node = m_flow.root->find(name); // the problem of what is not there stands at the top
        const Node *holder = m_node->parent;
        const flow::Task *task = m_flow.taskAt(m_diagnostic.range.begin);
        const flow::TaskType *type = holder == m_flow.root             ? &m_catalog.flowType()
                                     : task && task->node == holder ? task->known
                                                                    : nullptr;
        const flow::Property *property = type ? type->find(name) : nullptr;
        if (name == "namespace")
            replaceScalar(m_node, "company.team");
        else if (property && property->required)
            add("fix.add", {name},
                flow::edits::setProperty(m_snapshot, {}, pathOf(m_node),
                                         firstValue(property, m_catalog, &m_flow)));
        else if (holder && holder->parent && holder->parent->isSequence() && holder->isMapping() &&
                 (name == "key" || name == "value"))
            remove(holder);
        else if (m_node->isScalar())
            removeHere();
    }

    /// `IN` takes `values`, all others `value`.
    void otherFilter(const std::string &wanted)
    {
        const Node *filter = m_node;
        while (filter && !filter->isMapping())
            filter = filter->parent;
        if (!filter)
            return;
        const flow::Entry *has = filter->findEntry(wanted);
        const flow::Entry *other = filter->findEntry(wanted == "values" ? "value" : "values");
        if (has && other) {
            cut(*filter, *other);
        } else if (other) {
            const Node &value = *other->value;
            std::string changed = written(value);
            if (wanted == "values" && value.isScalar())
                changed = fmt::format("[{}]", changed);
            else if (wanted == "value" && value.isSequence() && value.items.size() == 1)
                changed = written(*value.items.front());
            else
                return;
            const std::size_t end = value.flowStyle || value.isScalar()
                                        ? value.range.end
                                        : value.items.front()->range.end;
            add("fix.replace", {wanted},
                edit({other->key->range.begin, end}, fmt::format("{}: {}", wanted, changed)));
        } else if (const std::string path = pathOf(filter); !path.empty()) {
            set(path, wanted, wanted == "values" ? "[\"value\"]" : "\"value\"");
        }
    }

    void otherLabel()
    {
        const flow::Entry *entry = entryOf(m_node);
        const Node *value = entry ? entry->value : nullptr;
        const Node *holder = entry ? m_node->parent : m_node;
        if (!holder)
            return;
        const bool item = holder->isMapping() && holder->parent && holder->parent->isSequence();
        if (item && holder->entries.size() == 1 && holder->entries.front().value->isScalar() &&
            holder->entries.front().key->text != "key") { // `- env: prod`
            const flow::Entry &only = holder->entries.front();
            add("fix.replace", {"key, value"},
                edit(holder->range, fmt::format("{{key: {}, value: {}}}", written(*only.key),
                                                written(*only.value))));
        }
        if (value && value->isSequence() && !value->items.empty()) {
            std::string joined;
            for (const Node *one : value->items)
                joined += (joined.empty() ? "" : ", ") + one->text;
            add("fix.join", {}, edit(value->range, flow::edits::quoted(joined)));
        }
        if (item)
            remove(holder);
        else if (entry)
            cut(*holder, *entry);
        else
            remove(m_node);
    }

    void swap(const std::string &lower, const std::string &upper)
    {
        const Node *holder = m_node;
        while (holder && !(holder->isMapping() && holder->find(lower) && holder->find(upper)))
            holder = holder->parent;
        if (!holder)
            return;
        const Node *low = holder->find(lower);
        const Node *high = holder->find(upper);
        if (low->isScalar() && high->isScalar() && written(*low) != written(*high))
            add("fix.swap", {},
                flow::Edit::make(m_snapshot.revision, m_text,
                                 {{low->range, written(*high)}, {high->range, written(*low)}}));
    }

    /// The problem stands at the first name of a `dependsOn`; those of the circle can go, one by one.
    void cutCircle(const std::vector<std::string> &circle)
    {
        const Node *list = m_node ? m_node->parent : nullptr;
        if (!list || !list->isSequence())
            return;
        for (const Node *name : list->items)
            if (name->isScalar() &&
                std::find(circle.begin(), circle.end(), name->text) != circle.end())
                remove(list->items.size() == 1 && m_diagnostic.code == "cyclic-input"
                           ? list->parent // `dependsOn: {inputs: […]}` without its inputs says nothing
                           : name);
    }

    void moveOut()
    {
        const flow::Task *task = m_flow.taskAt(m_diagnostic.range.begin);
        const flow::Task *around = task ? m_flow.parentOf(*task) : nullptr;
        if (!around)
            return;
        const std::size_t bracket = around->path.rfind('[');
        if (bracket == std::string::npos)
            return;
        const std::size_t index = std::stoul(around->path.substr(bracket + 1));
        add("fix.move-out", {around->id},
            flow::edits::moveTask(m_snapshot, task->path,
                                  {around->path.substr(0, bracket), index + 1}));
    }

    /// A trigger among the tasks, a task among the triggers.
    void moveToItsList()
    {
        const Node *item = m_node;
        while (item && item->parent && item->parent->parent != m_flow.root)
            item = item->parent;
        const Node *list = item ? item->parent : nullptr;
        const std::string path = pathOf(item);
        const Node *type = item && item->isMapping() ? item->find("type") : nullptr;
        const flow::TaskType *known = type ? m_catalog.find(type->text) : nullptr;
        if (!list || !list->isSequence() || path.empty() || !known)
            return;
        const bool trigger = known->group == flow::PluginGroup::Trigger;
        const char *target = trigger ? "triggers" : "tasks";
        if ((!trigger && known->group != flow::PluginGroup::Task) || path.starts_with(target))
            return;
        const std::size_t newline = m_text.rfind('\n', item->range.begin);
        const std::size_t column =
            item->range.begin - (newline == std::string::npos ? 0 : newline + 1);
        std::string yaml = written(*item);
        for (std::size_t at = yaml.find('\n'); at != std::string::npos; at = yaml.find('\n', at + 1))
            yaml.erase(at + 1, std::min(column, yaml.find_first_not_of(' ', at + 1) - at - 1));
        const Node *there = m_flow.root->find(target);
        const auto added = flow::edits::addItem(
            m_snapshot, target, there && there->isSequence() ? there->items.size() : 0, yaml);
        const auto removed = flow::edits::removeItem(m_snapshot, path);
        if (!added || !removed)
            return;
        std::vector<flow::Replacement> changes = added->replacements();
        changes.insert(changes.end(), removed->replacements().begin(),
                       removed->replacements().end());
        add(trigger ? "fix.to-triggers" : "fix.to-tasks", {},
            flow::Edit::make(m_snapshot.revision, m_text, std::move(changes)));
    }

    void addPreconditions(const std::string &id)
    {
        for (const flow::Item &trigger : m_flow.triggers)
            if (trigger.id == id)
                set(trigger.path, "preconditions",
                    fmt::format("{{id: after, flows: [{{namespace: {}, flowId: other_flow, states: "
                                "[SUCCESS]}}]}}",
                                m_flow.namespaceId.empty() ? "company.team" : m_flow.namespaceId));
    }

    /// The types that have every key written there.
    void typeByKeys()
    {
        const Node *at = m_node;
        while (at && !at->isMapping())
            at = at->parent;
        if (!at || at->find("type"))
            return;
        const std::string path = pathOf(at);
        const Node *list = at->parent;
        const flow::Entry *holder = list ? entryOf(list) : nullptr;
        const std::string via = list && list->isSequence() && holder ? holder->key->text : "";
        const flow::Entry *own = entryOf(at);
        if (path.empty())
            return;
        if (own && own->key->text == "retry") {
            set(path, "type", "constant");
            return;
        }
        const flow::PluginGroup group = via == "triggers"     ? flow::PluginGroup::Trigger
                                        : via == "conditions" ? flow::PluginGroup::Condition
                                                              : flow::PluginGroup::Task;
        if (via != "triggers" && via != "conditions" && !m_flow.findByPath(path))
            return;
        const flow::TaskType *common = m_catalog.findData(via == "triggers"     ? "AbstractTrigger"
                                                          : via == "conditions" ? "Condition"
                                                                                : "Task");
        std::vector<const flow::TaskType *> fitting;
        for (const flow::TaskType *type : m_catalog.types(group)) {
            bool telling = false; // by a key that not every type has
            const bool fits =
                !type->deprecated &&
                std::all_of(at->entries.begin(), at->entries.end(), [&](const flow::Entry &entry) {
                    const flow::Property *property = type->find(entry.key->text);
                    telling = telling || !common || !common->find(entry.key->text);
                    return property != nullptr;
                });
            if (fits && telling)
                fitting.push_back(type);
        }
        if (fitting.size() <= kFewChoices)
            for (const flow::TaskType *type : fitting)
                add("fix.type", {shortTypeName(type->name)},
                    flow::edits::setProperty(m_snapshot, {}, path + ".type", type->name));
    }
};

} // namespace

std::vector<QuickFix> valueFixes(const flow::Snapshot &snapshot, const flow::Diagnostic &diagnostic,
                                 const flow::TaskCatalog &catalog)
{
    return ValueFinder(snapshot, diagnostic, catalog).run();
}

} // namespace editor
