#include "app/inspector/form_model.h"

#include "editor/script_scanner.h"
#include <algorithm>

namespace app {

namespace {

using flow::Node;
using flow::Property;
using flow::TaskCatalog;
using flow::TaskType;

constexpr int kDeepest = 2;

std::string elementOf(std::string_view type)
{
    const std::size_t open = type.find('<');
    return open == std::string_view::npos
               ? std::string()
               : std::string(type.substr(open + 1, type.size() - open - 2));
}

bool isTaskList(std::string_view type)
{
    for (const std::string_view word :
         {"Task", "array<Task>", "array<Dag.DagTask>", "map<array<Task>>", "array<AbstractTrigger>",
          "array<Input>"})
        if (type == word)
            return true;
    return false;
}

bool isShortType(std::string_view type)
{
    for (const std::string_view word : {"string", "any", "uri", "integer", "number", "boolean",
                                        "duration", "zonedDateTime", "offsetTime", "instant",
                                        "date", "time", "charset"})
        if (type == word)
            return true;
    return type.starts_with("enum:");
}

bool isCode(std::string_view name)
{
    for (const std::string_view word : {"script", "sql", "query", "body", "content", "statement"})
        if (name == word)
            return true;
    return false;
}

/// The type's description of a nested object, with the type its `type` key names; null for others.
const TaskType *objectType(const std::string &type, const Node *value, const TaskCatalog &catalog)
{
    const Node *named = value && value->isMapping() ? value->find("type") : nullptr;
    if (type == "TaskRunner") {
        const TaskType *exact = named ? catalog.find(named->text) : nullptr;
        return exact ? exact : catalog.findData(type);
    }
    const TaskType *object = catalog.findData(type);
    if (!object || type == "Task" || type == "Condition" || type == "AbstractTrigger")
        return nullptr;
    if (!object->discriminator.empty()) {
        const Node *key =
            value && value->isMapping() ? value->find(object->discriminator) : nullptr;
        const auto sub = key ? object->subTypes.find(key->text) : object->subTypes.end();
        if (sub != object->subTypes.end())
            if (const TaskType *exact = catalog.findData(sub->second))
                return exact;
    }
    return object;
}

bool allScalars(const Node &list)
{
    return std::all_of(list.items.begin(), list.items.end(), [](const Node *item) {
        return item->isScalar() && item->text.find('\n') == std::string::npos;
    });
}

bool allScalarValues(const Node &map)
{
    return std::all_of(map.entries.begin(), map.entries.end(), [](const flow::Entry &entry) {
        return entry.key->isScalar() && entry.value->isScalar() &&
               entry.value->text.find('\n') == std::string::npos;
    });
}

/// Labels as a list: `- key: a` with a `value` and nothing else.
bool isKeyedList(const Node &list)
{
    return std::all_of(list.items.begin(), list.items.end(), [](const Node *item) {
        const Node *key = item->isMapping() ? item->find("key") : nullptr;
        const Node *value = item->isMapping() ? item->find("value") : nullptr;
        return key && value && item->entries.size() == 2 && key->isScalar() && value->isScalar() &&
               value->text.find('\n') == std::string::npos;
    });
}

class FormBuilder
{
public:
    FormBuilder(const flow::Snapshot &snapshot, const TaskCatalog &catalog)
        : m_snapshot(snapshot),
          m_text(*snapshot.text),
          m_catalog(catalog)
    {
    }

    Form run(const std::string &path)
    {
        Form form;
        form.path = path;
        const flow::Flow &flow = *m_snapshot.flow;
        const Node *node = nullptr;
        const TaskType *type = nullptr;
        if (path.empty()) {
            form.subject = Form::Subject::Flow;
            form.id = flow.id;
            form.range = {0, m_text.size()};
            node = flow.root;
            type = &m_catalog.flowType();
        } else if (const flow::Task *task = flow.findByPath(path)) {
            form.subject = Form::Subject::Task;
            form.id = task->id;
            form.type = task->type;
            form.note = task->note;
            form.range = task->range;
            form.line = line(task->idRange.empty() ? task->range.begin : task->idRange.begin);
            form.fault = task->fault ? task->fault->cause : std::string();
            form.references = references(flow, *task);
            node = task->node;
            type = task->known ? task->known : m_catalog.findData("Task");
        } else {
            for (const std::vector<flow::Item> *items :
                 {&flow.triggers, &flow.inputs, &flow.outputs}) {
                for (const flow::Item &item : *items) {
                    if (item.path != path)
                        continue;
                    form.subject = Form::Subject::Item;
                    form.id = item.id;
                    form.type = item.type;
                    form.note = item.note;
                    form.range = item.range;
                    form.line = line(item.idRange.empty() ? item.range.begin : item.idRange.begin);
                    node = item.node;
                    type = items == &flow.triggers
                               ? (m_catalog.find(item.type) ? m_catalog.find(item.type)
                                                            : m_catalog.findData("AbstractTrigger"))
                           : items == &flow.inputs
                               ? (m_catalog.findInput(item.type) ? m_catalog.findInput(item.type)
                                                                 : m_catalog.findData("Input"))
                               : m_catalog.findData("Output");
                }
            }
        }
        if (form.subject == Form::Subject::None)
            return form;
        form.editable = node && node->isMapping() && form.fault.empty();
        if (!form.editable)
            return form;
        if (form.line == 0)
            form.line = line(node->range.begin);
        m_subject = form.subject;
        m_type = form.type;
        m_common = path.empty()                            ? nullptr
                   : form.subject == Form::Subject::Task   ? m_catalog.findData("Task")
                   : form.path.starts_with("triggers[")    ? m_catalog.findData("AbstractTrigger")
                   : form.path.starts_with("inputs[")      ? m_catalog.findData("Input")
                                                           : nullptr;
        addFields(form.fields, *type, node, {}, 0);
        sortFields(form.fields);
        addProblems(form);
        return form;
    }

private:
    std::size_t line(std::size_t offset) const
    {
        return 1 +
               static_cast<std::size_t>(std::count(
                   m_text.begin(),
                   m_text.begin() + static_cast<std::ptrdiff_t>(std::min(offset, m_text.size())),
                   '\n'));
    }

    static std::size_t references(const flow::Flow &flow, const flow::Task &task)
    {
        std::size_t count = 0;
        for (const flow::DataLink &link : flow.links)
            count += link.from == task.id;
        flow.forEachTask([&](const flow::Task &other, const flow::TaskList &, int) {
            for (const flow::Dependency &dependency : other.dependsOn)
                count += dependency.id == task.id;
        });
        return count;
    }

    /// What is written, its continued lines at the column of the value.
    std::string source(const Node &node) const
    {
        std::size_t begin = node.whole.begin;
        std::size_t lineBegin = begin == 0 ? 0 : m_text.rfind('\n', begin - 1);
        lineBegin = lineBegin == std::string::npos ? 0 : lineBegin + 1;
        const std::size_t column = begin - lineBegin;
        std::string text = m_text.substr(begin, node.range.end - begin);
        std::string result;
        for (std::size_t at = 0; at < text.size();) {
            std::size_t end = text.find('\n', at);
            end = end == std::string::npos ? text.size() : end + 1;
            std::size_t skip = 0;
            while (at > 0 && skip < column && at + skip < end && text[at + skip] == ' ')
                ++skip;
            result += text.substr(at + skip, end - at - skip);
            at = end;
        }
        while (!result.empty() && (result.back() == '\n' || result.back() == '\r'))
            result.pop_back();
        return result;
    }

    void addFields(std::vector<FormField> &fields, const TaskType &type, const Node *node,
                   const std::string &prefix, int depth)
    {
        if (!type.discriminator.empty() &&
            !type.find(type.discriminator)) { // what the object is comes first
            Property kind;
            kind.name = type.discriminator;
            kind.type = "string";
            kind.required = true;
            addField(fields, kind, type,
                     node && node->isMapping() ? node->find(kind.name) : nullptr, prefix, depth);
        }
        for (const Property &property : type.properties) {
            const Node *value = node && node->isMapping() ? node->find(property.name) : nullptr;
            if (!value && (property.hidden || property.deprecated || !property.aliasOf.empty()))
                continue;
            if (depth == 0 && m_subject == Form::Subject::Task && property.name == "id")
                continue; // has a field of its own: renaming is more than setting
            addField(fields, property, type, value, prefix, depth);
        }
        if (!node || !node->isMapping())
            return;
        for (const flow::Entry &entry : node->entries) {
            if (type.find(entry.key->text) || entry.key->text == type.discriminator)
                continue;
            Property unknown;
            unknown.name = entry.key->text;
            unknown.type = entry.value->isScalar() ? "string" : "";
            addField(fields, unknown, type, entry.value, prefix, depth);
            fields.back().unknown = true;
        }
    }

    void addField(std::vector<FormField> &fields, const Property &property, const TaskType &owner,
                  const Node *value, const std::string &prefix, int depth)
    {
        FormField field;
        field.name = property.name;
        field.path = prefix + property.name;
        field.depth = depth;
        field.type = property.type;
        field.documentation = property.description;
        field.required = property.required;
        field.common = depth == 0 && m_common && m_common->find(property.name) != nullptr;
        field.written = value != nullptr;
        field.expressions = property.expression || property.property;
        if (value) {
            field.range = value->range;
            if (value->isScalar() && value->style == flow::ScalarStyle::SingleQuoted)
                field.quote = '\'';
            if (value->isScalar() && value->style == flow::ScalarStyle::DoubleQuoted)
                field.quote = '"';
        }
        if (property.defaultValue && !property.defaultValue->isNull())
            field.placeholder = property.defaultValue->isText()
                                    ? property.defaultValue->text()
                                    : flow::toJson(*property.defaultValue);
        const bool discriminator =
            !owner.discriminator.empty() && owner.discriminator == property.name;
        field.kind = kindOf(property, value, depth);
        if (!value && depth == 0)
            field.fromDefaults = fromDefaults(property.name);
        if (!field.fromDefaults.empty())
            field.placeholder = field.fromDefaults;
        if (field.kind == FieldKind::Text && property.name == "cron") {
            field.kind = FieldKind::Cron;
            const Node *zone = value && value->parent ? value->parent->find("timezone") : nullptr;
            field.zone = zone && zone->isScalar() ? zone->text : std::string();
        }
        if (field.kind == FieldKind::Enum)
            field.choices = m_catalog.enumValues(property.type.substr(5));
        if (field.kind == FieldKind::List && elementOf(property.type).starts_with("enum:"))
            field.choices = m_catalog.enumValues(elementOf(property.type).substr(5));
        if (property.name == "type" && depth > 0)
            chooseTypes(field, m_declared);
        if (discriminator && field.choices.empty())
            for (const auto &[name, sub] : owner.subTypes)
                field.choices.push_back(name);
        if (!field.choices.empty() && field.kind == FieldKind::Text)
            field.kind = FieldKind::Enum;
        const bool isFileDefault = m_subject == Form::Subject::Item && m_type == "FILE" && property.name == "defaults";
        field.file = field.kind == FieldKind::Text && (property.storageUri || isFileDefault);
        if (field.kind == FieldKind::Code) {
            const bool isQuery = property.name == "sql" || property.name == "query";
            field.language = isQuery ? editor::ScriptLanguage::Sql : editor::scriptLanguageOf(m_type);
        }
        readValue(field, value);
        const FieldKind kind = field.kind;
        const bool unknown = field.unknown;
        fields.push_back(std::move(field));
        if (kind == FieldKind::Group && !unknown) {
            const std::string outer = std::exchange(m_declared, property.type);
            addFields(fields, *objectType(property.type, value, m_catalog), value,
                      prefix + property.name + ".", depth + 1);
            m_declared = outer;
        }
    }

    /// What `pluginDefaults` bring to a property of the subject: the last entry for its type or package.
    std::string fromDefaults(const std::string &name) const
    {
        const Node *root = m_snapshot.flow->root;
        const Node *list = root ? root->find("pluginDefaults") : nullptr;
        std::string found;
        if (m_type.empty() || !list || !list->isSequence())
            return found;
        for (const Node *item : list->items) {
            const Node *type = item->isMapping() ? item->find("type") : nullptr;
            const Node *values = item->isMapping() ? item->find("values") : nullptr;
            const Node *value = values && values->isMapping() ? values->find(name) : nullptr;
            if (value && type && (m_type == type->text || m_type.starts_with(type->text + ".")))
                found = value->isScalar() ? value->text : source(*value);
        }
        return found;
    }

    /// The values a nested object's `type` may have.
    void chooseTypes(FormField &field, const std::string &declared) const
    {
        if (declared == "TaskRunner") {
            for (const TaskType *runner : m_catalog.types(flow::PluginGroup::TaskRunner))
                field.choices.push_back(runner->name);
            return;
        }
        const TaskType *base = m_catalog.findData(declared);
        if (base && base->discriminator == "type")
            for (const auto &[name, sub] : base->subTypes)
                field.choices.push_back(name);
    }

    FieldKind kindOf(const Property &property, const Node *value, int depth) const
    {
        const std::string &type = property.type;
        if (isTaskList(type))
            return FieldKind::Tasks;
        if (value && value->isScalar()) {
            const bool lines = value->style == flow::ScalarStyle::Literal ||
                               value->style == flow::ScalarStyle::Folded ||
                               value->text.find('\n') != std::string::npos;
            if (value->alias || !value->anchor.empty() || !value->tag.empty())
                return FieldKind::Yaml;
            if (lines)
                return FieldKind::Code;
        }
        if (type == "array<Label>") {
            const bool table = !value || (value->isMapping() ? allScalarValues(*value)
                                                             : value->isSequence() && isKeyedList(*value));
            return table ? FieldKind::Map : value->isScalar() ? FieldKind::Text : FieldKind::Yaml;
        }
        if (type.starts_with("array<") || type.starts_with("set<")) {
            if (value ? value->isSequence() && allScalars(*value) : isShortType(elementOf(type)))
                return FieldKind::List;
            return value && value->isScalar() ? FieldKind::Text : FieldKind::Yaml;
        }
        const bool files = type == "any" && property.name == "inputFiles"; // names to contents, or an expression
        if (type.starts_with("map<") || files) {
            if (value ? value->isMapping() && allScalarValues(*value)
                      : files || isShortType(elementOf(type)))
                return FieldKind::Map;
            return value && value->isScalar() ? FieldKind::Text : FieldKind::Yaml;
        }
        if (depth < kDeepest && objectType(type, value, m_catalog) &&
            !(value && !value->isMapping()))
            return FieldKind::Group;
        if (value && !value->isScalar())
            return type == "any" && value->isMapping() && allScalarValues(*value) ? FieldKind::Map
                   : type == "any" && value->isSequence() && allScalars(*value)   ? FieldKind::List
                                                                                  : FieldKind::Yaml;
        if (type.starts_with("enum:"))
            return FieldKind::Enum;
        if (type == "boolean")
            return FieldKind::Bool;
        if (type == "integer" || type == "number")
            return FieldKind::Number;
        if (type == "duration")
            return FieldKind::Duration;
        if (isCode(property.name))
            return FieldKind::Code;
        return isShortType(type) || (value && value->isScalar()) ? FieldKind::Text
                                                                 : FieldKind::Yaml;
    }

    void readValue(FormField &field, const Node *value) const
    {
        if (!value)
            return;
        switch (field.kind) {
        case FieldKind::Yaml:
            field.text = source(*value);
            break;
        case FieldKind::List:
            for (const Node *item : value->items)
                field.items.push_back(item->text);
            break;
        case FieldKind::Map:
            field.keyed = value->isSequence();
            for (const Node *item : value->items)
                field.entries.emplace_back(item->find("key")->text, item->find("value")->text);
            for (const flow::Entry &entry : value->entries)
                field.entries.emplace_back(entry.key->text, entry.value->text);
            break;
        case FieldKind::Tasks:
            field.text =
                std::to_string(value->isMapping() ? value->entries.size() : value->items.size());
            break;
        case FieldKind::Group:
            break;
        default:
            field.text = value->text;
        }
    }

    /// Required first, then what is written, then the rest; groups keep their fields.
    static void sortFields(std::vector<FormField> &fields)
    {
        struct Block
        {
            int rank;
            std::size_t begin, end;
        };
        std::vector<Block> blocks;
        for (std::size_t i = 0; i < fields.size();) {
            std::size_t end = i + 1;
            while (end < fields.size() && fields[end].depth > 0)
                ++end;
            const FormField &field = fields[i];
            const int rank = field.name == "id"          ? 0
                             : field.name == "namespace" ? 1
                             : field.name == "type"      ? 2
                             : field.required            ? 3
                             : field.written || !field.fromDefaults.empty() ? 4
                             : field.common              ? 6
                                                         : 5;
            blocks.push_back({rank, i, end});
            i = end;
        }
        std::stable_sort(blocks.begin(), blocks.end(),
                         [](const Block &a, const Block &b) { return a.rank < b.rank; });
        std::vector<FormField> sorted;
        for (const Block &block : blocks)
            std::move(fields.begin() + static_cast<std::ptrdiff_t>(block.begin),
                      fields.begin() + static_cast<std::ptrdiff_t>(block.end),
                      std::back_inserter(sorted));
        fields = std::move(sorted);
    }

    void addProblems(Form &form) const
    {
        const flow::Flow &flow = *m_snapshot.flow;
        for (const flow::Diagnostic &diagnostic : m_snapshot.diagnostics) {
            if (diagnostic.range.begin < form.range.begin ||
                diagnostic.range.begin >= std::max(form.range.end, form.range.begin + 1))
                continue;
            const flow::Task *at = flow.taskAt(diagnostic.range.begin);
            if (at && at->path != form.path)
                continue; // a child's own
            FormField *best = nullptr;
            for (FormField &field : form.fields)
                if (field.written && field.kind != FieldKind::Tasks &&
                    field.range.begin <= diagnostic.range.begin &&
                    diagnostic.range.begin <= field.range.end &&
                    (!best || field.range.size() <= best->range.size()))
                    best = &field;
            (best ? best->problems : form.problems).push_back(diagnostic);
        }
    }

    const flow::Snapshot &m_snapshot;
    const std::string &m_text;
    const TaskCatalog &m_catalog;
    Form::Subject m_subject = Form::Subject::None;
    std::string m_type; // of the subject
    const TaskType *m_common = nullptr; // what all types of the subject's kind have
    std::string m_declared; // the type the object being read was declared as
};

} // namespace

Form buildForm(const flow::Snapshot &snapshot, const std::string &path, const TaskCatalog &catalog)
{
    if (!snapshot.flow || !snapshot.text)
        return {};
    return FormBuilder(snapshot, catalog).run(path);
}

} // namespace app
