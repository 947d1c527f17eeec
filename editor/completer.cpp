#include "editor/completer.h"

#include "editor/expression_completer.h"
#include "editor/first_values.h"
#include "editor/run_values.h"
#include "editor/schema.h"

#include <algorithm>
#include <cctype>
#include <functional>

namespace editor {

namespace {

using flow::PluginGroup;
using flow::TaskType;
using Place = TextContext::Place;

char lower(char c)
{
    return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
}

bool startsWord(std::string_view label, std::size_t at)
{
    if (at == 0)
        return true;
    const auto c = static_cast<unsigned char>(label[at]);
    const auto before = static_cast<unsigned char>(label[at - 1]);
    return !std::isalnum(before) || (std::isupper(c) && !std::isupper(before));
}

/// An item with the word it is compared by and how much it matters among equals.
struct Candidate
{
    CompletionItem item;
    int rank = 0; ///< lower first
};

class Offer
{
public:
    Offer(std::string_view typed, flow::Range range) : m_typed(typed) { m_list.range = range; }

    void add(CompletionItem item, int rank = 0, std::string_view compared = {})
    {
        if (item.caret == 0)
            item.caret = item.insert.size();
        const int score =
            matchScore(compared.empty() ? std::string_view(item.label) : compared, m_typed);
        if (m_typed.empty() || score > 0)
            m_found.push_back({{std::move(item), rank}, score});
    }

    CompletionList take()
    {
        std::stable_sort(m_found.begin(), m_found.end(), [this](const auto &a, const auto &b) {
            if (a.second != b.second)
                return a.second > b.second;
            if (a.first.rank != b.first.rank || m_typed.empty())
                return a.first.rank < b.first.rank;
            return a.first.item.label.size() < b.first.item.label.size();
        });
        for (auto &[candidate, score] : m_found)
            m_list.items.push_back(std::move(candidate.item));
        return std::move(m_list);
    }

private:
    std::string m_typed;
    CompletionList m_list;
    std::vector<std::pair<Candidate, int>> m_found;
};

bool isMappingType(std::string_view type, const flow::TaskCatalog &catalog)
{
    return type.starts_with("map<") || pluginGroupOf(type) || catalog.findData(type);
}

/// What stands behind a new key: a blank, or a first deeper line for lists and mappings.
std::string keyText(const flow::Property &property, std::size_t column,
                    const flow::TaskCatalog &catalog)
{
    std::string deeper(column + 3, ' ');
    deeper.front() = '\n';
    if (property.property)
        return property.name + (property.type.starts_with("array<")     ? ":" + deeper + "- "
                                : isMappingType(property.type, catalog) ? ":" + deeper
                                                                        : ": ");
    if (elementOf(property.type) == "Task" || elementOf(property.type) == "AbstractTrigger" ||
        elementOf(property.type) == "Input")
        return property.name + ":" + deeper + "- id: ";
    if (property.type.starts_with("array<"))
        return property.name + ":" + deeper + "- ";
    if (isMappingType(property.type, catalog))
        return property.name + ":" + deeper;
    return property.name + ": ";
}

/// Properties that the language reads but people don't write, or that it accepts and then ignores.
bool isOffered(const flow::Property &property, const TaskType &type)
{
    static const std::vector<std::string_view> unwritten{"assets", "deleted", "tenantId",
                                                         "updated"};
    static const std::vector<std::string_view> forWorkers{"taskCache", "timeout", "workerGroup"};
    if (property.hidden || property.deprecated || !property.aliasOf.empty())
        return false;
    if (std::find(unwritten.begin(), unwritten.end(), property.name) != unwritten.end())
        return false;
    const bool notRun = type.group == PluginGroup::Task && !type.runnable;
    return !notRun ||
           std::find(forWorkers.begin(), forWorkers.end(), property.name) == forWorkers.end();
}

std::string shortValue(const flow::Value &value)
{
    const std::string text = value.isText() ? value.text() : flow::toJson(value);
    return text.size() > 40 ? text.substr(0, 37) + "…" : text;
}

void offerKeys(Offer &offer, const TextContext &context, const SchemaPlace &place,
               const flow::TaskCatalog &catalog)
{
    if (!place.type)
        return;
    const MappingLevel &level = context.levels.back();
    int rank = 0;
    for (const flow::Property &property : place.type->properties) {
        if (!isOffered(property, *place.type) || level.find(property.name))
            continue;
        if (place.defaultValues && (property.name == "id" || property.name == "type"))
            continue;
        CompletionItem item;
        item.kind = property.required ? CompletionKind::RequiredProperty : CompletionKind::Property;
        item.label = property.name;
        item.insert = context.hasColon ? property.name
                      : context.braces ? property.name + ": "
                                       : keyText(property, level.column, catalog);
        item.detail = shownType(property.type);
        item.documentation = property.description;
        const int first = property.name == "id" ? -2 : property.name == "type" ? -1 : 0;
        offer.add(std::move(item), (property.required ? 0 : 1000) + (first ? first : ++rank));
    }
}

/// Nothing but indentation and dashes before the key and nothing behind the value: other keys may
/// follow on lines of their own.
bool standsAlone(std::string_view text, const TextContext &context)
{
    const std::size_t newline =
        context.word.begin == 0 ? std::string_view::npos : text.rfind('\n', context.word.begin - 1);
    const std::size_t begin = newline == std::string_view::npos ? 0 : newline + 1;
    const std::string_view before = text.substr(begin, context.word.begin - begin);
    const std::size_t key = before.find_first_not_of(" -");
    const std::size_t end = std::min(text.find_first_of("\r\n", context.word.end), text.size());
    return context.quote == 0 && key != std::string_view::npos &&
           before.substr(key).starts_with("type:") &&
           text.substr(context.word.end, end - context.word.end).find_first_not_of(' ') ==
               std::string_view::npos;
}

bool isRequiredHere(const flow::Property &property, const TaskType &type, const MappingLevel &level)
{
    const auto &rules = type.rules;
    const bool needsABranch =
        property.name == "defaults" && !level.find("cases") &&
        std::find(rules.begin(), rules.end(), "SwitchTaskValidation") != rules.end();
    return (property.required || needsABranch) && isOffered(property, type) && property.name != "type" &&
           property.name != "id" &&
           (!property.defaultValue || property.defaultValue->isNull()) &&
           !level.find(property.name);
}

/// Behind a type the properties it can't do without, each with a value to type over; an id in front
/// of a type that stands without.
void addRequired(CompletionItem &item, const TaskType &type, const TextContext &context,
                 const std::string &text, const flow::Flow *flow, const flow::TaskCatalog &catalog)
{
    const MappingLevel &level = context.levels.back();
    const std::string indent(level.column, ' ');
    for (const flow::Property &property : type.properties) {
        if (!isRequiredHere(property, type, level))
            continue;
        const std::string value = firstValue(&property, catalog, flow);
        const bool lines = value.starts_with("- ");
        item.insert += "\n" + indent + property.name + ":" + (lines ? "\n" + indent + "  " : " ");
        const bool first = item.caret == 0;
        if (first) {
            const std::size_t id = lines ? value.find("id: ") : std::string::npos;
            const std::size_t from = id != std::string::npos ? id + 4 : lines ? 2 : 0;
            const std::size_t end = std::min(value.find('\n', from), value.size());
            const auto breaks = static_cast<std::size_t>(
                std::count(value.begin(), value.begin() + static_cast<std::ptrdiff_t>(from), '\n'));
            item.caret = item.insert.size() + from + breaks * (indent.size() + 2);
            item.selected = end - from;
        }
        for (std::size_t at = 0; at <= value.size();) {
            const std::size_t end = std::min(value.find('\n', at), value.size());
            item.insert += (at > 0 ? "\n" + indent + "  " : "") + value.substr(at, end - at);
            at = end + 1;
        }
    }
    const flow::Property *id = type.find("id");
    if (!id || !id->required || level.find("id"))
        return;
    const std::size_t newline = text.rfind('\n', context.word.begin);
    const std::size_t begin = newline == std::string::npos ? 0 : newline + 1;
    const std::size_t key = text.find("type", begin);
    item.also.push_back(
        {{key, key},
         "id: " + freeId(flow, std::string(lastPart(type.name))) + "\n" + indent});
}

void offerTypes(Offer &offer, PluginGroup group, const flow::TaskCatalog &catalog,
                const std::function<void(CompletionItem &, const TaskType &)> &complete = {})
{
    for (const TaskType *type : catalog.types(group)) {
        if (type->deprecated)
            continue;
        CompletionItem item;
        item.kind = CompletionKind::TaskType;
        item.label = std::string(lastPart(type->name));
        item.insert = type->name;
        item.detail = shortTypeName(type->name);
        item.documentation = type->description;
        if (complete)
            complete(item, *type);
        offer.add(std::move(item), 0, {});
    }
}

/// A word that YAML 1.1 would read as something else than text.
std::string quotedIfNeeded(const std::string &value)
{
    static const std::vector<std::string_view> words{"n",    "no",    "null", "off", "on",
                                                     "true", "false", "y",    "yes", "~"};
    std::string small = value;
    std::transform(small.begin(), small.end(), small.begin(), lower);
    return std::find(words.begin(), words.end(), small) == words.end() ? value
                                                                       : "\"" + value + "\"";
}

void offerWords(Offer &offer, CompletionKind kind, const std::vector<std::string> &words,
                const std::vector<std::string> &taken, const std::string &detail)
{
    for (const std::string &word : words) {
        if (std::find(taken.begin(), taken.end(), word) != taken.end())
            continue;
        CompletionItem item;
        item.kind = kind;
        item.label = word;
        item.insert = kind == CompletionKind::EnumValue ? quotedIfNeeded(word) : word;
        item.detail = detail;
        offer.add(std::move(item));
    }
}

/// Ids of the other children of the Dag the place is in.
std::vector<std::string> dagSiblings(const TextContext &context, const flow::Flow &flow,
                                     std::size_t offset)
{
    std::vector<std::string> ids;
    for (auto level = context.levels.rbegin(); level != context.levels.rend(); ++level) {
        const Field *id = level->find("id");
        const flow::Task *dag = id ? flow.findById(id->value) : nullptr;
        if (!dag || dag->lists.empty())
            continue;
        const std::vector<flow::Task> &children = dag->lists.front().tasks;
        for (std::size_t i = 0; i < children.size(); ++i) {
            const bool own = children[i].range.begin <= offset &&
                             (i + 1 == children.size() || offset < children[i + 1].range.begin);
            if (!children[i].id.empty() && !own)
                ids.push_back(children[i].id);
        }
        break;
    }
    return ids;
}

std::vector<std::string> idsOf(const std::vector<flow::Item> &items)
{
    std::vector<std::string> ids;
    for (const flow::Item &item : items)
        if (!item.id.empty())
            ids.push_back(item.id);
    return ids;
}

/// What a trigger hands to its own flow, or a task to the flow it calls.
void offerInputs(Offer &offer, const TextContext &context, const flow::Flow *flow,
                 const std::vector<ProjectFlow> &project)
{
    const MappingLevel &holder = context.levels[context.levels.size() - 2];
    std::vector<std::string> names;
    if (holder.via == "triggers" && flow) {
        names = idsOf(flow->inputs);
    } else if (const Field *id = holder.find("flowId")) {
        const Field *space = holder.find("namespace");
        for (const ProjectFlow &other : project)
            if (other.id == id->value &&
                other.namespaceId == (space ? space->value : flow ? flow->namespaceId : ""))
                names = other.inputs;
    }
    for (const std::string &name : names) {
        if (context.levels.back().find(name))
            continue;
        CompletionItem item;
        item.kind = CompletionKind::Input;
        item.label = name;
        item.insert = context.hasColon ? name : name + ": ";
        offer.add(std::move(item));
    }
}

} // namespace

int matchScore(std::string_view label, std::string_view typed)
{
    if (typed.empty())
        return 1;
    const auto same = [](char a, char b) { return lower(a) == lower(b); };
    if (label.size() >= typed.size() && std::equal(typed.begin(), typed.end(), label.begin(), same))
        return label.size() == typed.size() ? 1000 : 900;
    for (std::size_t i = 1; i + typed.size() <= label.size(); ++i) {
        if (std::equal(typed.begin(), typed.end(), label.begin() + static_cast<std::ptrdiff_t>(i),
                       same))
            return startsWord(label, i) ? 800 : 400;
    }
    std::size_t at = 0; // word beginnings (`wd` for WorkingDirectory), then any letters in order
    bool words = true;
    for (char c : typed) {
        std::size_t next = at;
        while (next < label.size() &&
               !(same(label[next], c) && (startsWord(label, next) || (next == at && at > 0))))
            ++next;
        if (next == label.size()) {
            words = false;
            break;
        }
        at = next + 1;
    }
    if (words)
        return 600;
    at = 0;
    for (char c : typed) {
        while (at < label.size() && !same(label[at], c))
            ++at;
        if (at++ >= label.size())
            return 0;
    }
    return typed.size() >= 2 ? 100 : 0;
}

Completer::Completer(std::shared_ptr<const flow::TaskCatalog> catalog, ExpressionWords words)
    : m_catalog(std::move(catalog)),
      m_words(std::move(words))
{
}

CompletionList Completer::complete(const flow::Snapshot &snapshot, std::size_t offset) const
{
    const std::string &text = *snapshot.text;
    offset = std::min(offset, text.size());
    const TextContext context = contextAt(text, offset);
    if (const std::optional<ExpressionSpan> span = expressionAt(text, offset))
        return completeExpression(*this, snapshot, *span, offset);

    const std::string_view typed = std::string_view(text).substr(
        context.word.begin, std::max(offset, context.word.begin) - context.word.begin);
    Offer offer(typed, context.word);
    if (context.levels.empty() || context.place == Place::None || context.place == Place::Text)
        return offer.take();
    const SchemaPlace place = schemaAt(context, *m_catalog);
    const MappingLevel &level = context.levels.back();

    if (context.place == Place::Key && level.via == "inputs" && context.levels.size() > 2) {
        offerInputs(offer, context, snapshot.flow.get(), m_project);
        return offer.take();
    }
    if (context.place == Place::Key) {
        offerKeys(offer, context, place, *m_catalog);
        return offer.take();
    }
    if (context.place == Place::Item && context.dash && place.type) {
        offerKeys(offer, context, place, *m_catalog);
        return offer.take();
    }
    // values
    const flow::Flow *flow = snapshot.flow.get();
    if (context.place == Place::Value && context.key == "type") {
        if (place.plugins) {
            const bool alone = standsAlone(text, context);
            offerTypes(offer, *place.plugins, *m_catalog,
                       [&](CompletionItem &item, const TaskType &type) {
                           if (alone)
                               addRequired(item, type, context, text, flow, *m_catalog);
                       });
            return offer.take();
        }
        if (place.base == "PluginDefault") {
            for (const PluginGroup group :
                 {PluginGroup::Task, PluginGroup::Trigger, PluginGroup::TaskRunner})
                offerTypes(offer, group, *m_catalog);
            return offer.take();
        }
        const TaskType *declared = m_catalog->findData(place.base);
        if (declared && declared->discriminator == "type") {
            std::vector<std::string> names;
            for (const auto &[name, type] : declared->subTypes)
                names.push_back(name);
            offerWords(offer, CompletionKind::EnumValue, names, {}, place.base);
            return offer.take();
        }
    }
    // the mapping that holds the list an item is of
    const TaskType *holder =
        context.place == Place::Item && context.dash ? place.outer : place.type;
    if (flow && holder && context.place == Place::Item && context.key == "dependsOn" &&
        holder->find("task")) {
        offerWords(offer, CompletionKind::TaskId, dagSiblings(context, *flow, offset),
                   context.items, {});
        return offer.take();
    }
    if (flow && holder && context.place == Place::Item && context.key == "inputs" &&
        holder->name == "DependsOn") {
        std::vector<std::string> taken = context.items;
        const std::size_t up = context.dash ? 3 : 2;
        if (context.levels.size() >= up)
            if (const Field *id = context.levels[context.levels.size() - up].find("id"))
                taken.push_back(id->value);
        offerWords(offer, CompletionKind::Input, idsOf(flow->inputs), taken, {});
        return offer.take();
    }
    if (context.key == "flowId" || context.key == "namespace") {
        const bool ofFlow = place.base == "Flow";
        std::vector<std::string> names;
        const Field *space = level.find("namespace");
        for (const ProjectFlow &other : m_project) {
            if (context.key == "namespace")
                names.push_back(other.namespaceId);
            else if (!space || space->value.empty() || space->value == other.namespaceId)
                if (!flow || other.id != flow->id || other.namespaceId != flow->namespaceId)
                    names.push_back(other.id);
        }
        std::sort(names.begin(), names.end());
        names.erase(std::unique(names.begin(), names.end()), names.end());
        if (!ofFlow || context.key == "namespace")
            offerWords(offer,
                       context.key == "flowId" ? CompletionKind::FlowId : CompletionKind::Namespace,
                       names, {}, {});
        return offer.take();
    }
    if (place.valueType == "boolean") {
        offerWords(offer, CompletionKind::Boolean, {"true", "false"}, {}, "boolean");
    } else if (place.valueType.starts_with("enum:")) {
        const std::string name = place.valueType.substr(5);
        std::vector<std::string> taken = context.items;
        if (context.key == "itemType") // of an ARRAY input
            taken.insert(taken.end(), {"ARRAY", "ENUM", "FORM", "MULTISELECT", "SECRET", "SELECT"});
        offerWords(offer, CompletionKind::EnumValue, m_catalog->enumValues(name), taken, name);
    } else if (context.place == Place::Value && place.property && place.property->defaultValue &&
               !place.property->defaultValue->isNull() && !place.property->defaultValue->isMap() &&
               !place.property->defaultValue->isList()) {
        CompletionItem item;
        item.kind = CompletionKind::DefaultValue;
        item.label = shortValue(*place.property->defaultValue);
        item.insert = place.property->defaultValue->isText()
                          ? place.property->defaultValue->text()
                          : flow::toJson(*place.property->defaultValue);
        item.detail = shownType(place.property->type);
        if (item.insert.find_first_of("{}[]#&*!|>'\"%@`:\n") == std::string::npos &&
            !item.insert.empty())
            offer.add(std::move(item));
    }
    return offer.take();
}

} // namespace editor
