#include "editor/structural_fixes.h"

#include "editor/first_values.h"
#include "editor/fix_source.h"
#include "editor/schema.h"
#include "engine/flow/edits.h"
#include "engine/flow/edits/scalars.h"

#include <fmt/core.h>

#include <algorithm>
#include <set>

namespace editor {

namespace {

using flow::Node;
using flow::Range;

const std::set<std::string_view> &removedWhole()
{
    static const std::set<std::string_view> codes{
        "assets-not-supported",   "quotas-not-supported", "worker-group-inside",
        "form-with-default",      "default-and-prefill",  "default-not-required",
        "time-window-excess",     "not-supported",        "unknown-defaults-ref",
        "condition-not-supported", "file-default"};
    return codes;
}

class StructuralFinder : FixSource
{
public:
    using FixSource::FixSource;

    std::vector<QuickFix> run()
    {
        const std::string &code = m_diagnostic.code;
        if (removedWhole().count(code))
            remove(m_node);
        if (code == "missing-property")
            addProperty();
        if (code == "missing-element" || code == "unknown-input")
            removeFromList(m_node);
        if (code == "system-label")
            removeLabel();
        if (code == "duplicate-input" || code == "duplicate-output" || code == "duplicate-trigger")
            newItemId();
        if (code == "unknown-escape")
            add("fix.escape", {}, edit({m_diagnostic.range.begin, m_diagnostic.range.begin}, "\\"));
        if (code == "tab" || code == "yaml-syntax")
            spacesForTabs();
        if (code == "reserved-id" && m_node)
            add("fix.new-id", {m_node->text + "_flow"},
                edit(m_diagnostic.range, m_node->text + "_flow"));
        if (code == "too-small" && m_node && m_node->isScalar() && m_diagnostic.args.size() > 1)
            add("fix.replace", {m_diagnostic.args[1]}, edit(m_node->range, m_diagnostic.args[1]));
        if (code == "invalid-item-type" && m_node)
            add("fix.replace", {"STRING"}, edit(m_node->range, "STRING"));
        if (code == "file-default-address" && m_node && m_node->isScalar())
            add("fix.replace", {"nsfile:///" + m_node->text},
                edit(m_node->range, "nsfile:///" + m_node->text));
        if (code == "time-window-lacks")
            windowPart();
        if (code == "no-cases" || code == "empty-dag")
            firstTask(code == "no-cases" ? "defaults" : "tasks");
        if (code == "empty-value" && m_node && m_node->isSequence() && m_node->items.empty())
            firstElement();
        if (code == "missing-type")
            inputType();
        if (code == "empty-text")
            add("fix.skeleton", {},
                edit({0, m_text.size()},
                     "id: my_flow\nnamespace: company.team\n\ntasks:\n  - id: hello\n    type: "
                     "io.kestra.plugin.core.log.Log\n    message: Hello from {{ flow.id }}\n"));
        return std::move(m_fixes);
    }

private:
    void removeFromList(const Node *node)
    {
        while (node && node->parent && !node->parent->isSequence())
            node = node->parent;
        if (node && node->parent)
            remove(node);
    }

    /// Of a list of labels the item, of a mapping the entry.
    void removeLabel()
    {
        if (!m_node || !m_node->parent)
            return;
        const Node *holder = m_node->parent;
        if (holder->parent && holder->parent->isSequence())
            remove(holder);
        else if (const flow::Entry *entry = entryOf(m_node))
            cut(*holder, *entry);
    }

    void newItemId()
    {
        const std::vector<flow::Item> &items = m_diagnostic.code == "duplicate-input" ? m_flow.inputs
                                               : m_diagnostic.code == "duplicate-output"
                                                   ? m_flow.outputs
                                                   : m_flow.triggers;
        // the second of the two is renamed
        const flow::Item *last = nullptr;
        for (const flow::Item &item : items)
            if (!m_diagnostic.args.empty() && item.id == m_diagnostic.args.front())
                last = &item;
        const Node *id = last && last->node ? last->node->find("id") : nullptr;
        if (!id || !id->isScalar())
            return;
        std::string name;
        for (int n = 2; name.empty(); ++n) {
            const std::string candidate = fmt::format("{}_{}", last->id, n);
            if (std::none_of(items.begin(), items.end(),
                             [&](const flow::Item &item) { return item.id == candidate; }))
                name = candidate;
        }
        add("fix.new-id", {name},
            edit(id->range, flow::edits::scalarLike(*id, name, flow::edits::Context::Block)));
    }

    /// All tabs that lines begin with; two spaces each.
    void spacesForTabs()
    {
        std::vector<flow::Replacement> changes;
        for (std::size_t begin = 0; begin < m_text.size();) {
            std::size_t at = begin;
            while (at < m_text.size() && (m_text[at] == ' ' || m_text[at] == '\t' || m_text[at] == '-')) {
                if (m_text[at] == '\t')
                    changes.push_back({{at, at + 1}, "  "});
                ++at;
            }
            const std::size_t next = m_text.find('\n', begin);
            begin = next == std::string::npos ? m_text.size() : next + 1;
        }
        if (!changes.empty())
            add("fix.spaces", {},
                flow::Edit::make(m_snapshot.revision, m_text, std::move(changes)));
    }

    /// The mapping a problem is about: the one at its place, or the one whose name it stands at.
    const Node *mapping() const
    {
        const Node *node = m_node;
        if (node && node->parent && node->parent->isMapping())
            for (const flow::Entry &entry : node->parent->entries)
                if (entry.key == node && entry.value->isMapping())
                    return entry.value;
        while (node && !node->isMapping())
            node = node->parent;
        return node;
    }

    /// What a node is declared as: `Task`, `array<Task>`, `AbstractRetry`; empty when unknown.
    std::string declaredAs(const Node &node) const
    {
        if (!node.parent)
            return "Flow";
        if (node.parent->isSequence())
            return elementOf(declaredAs(*node.parent));
        const std::string around = declaredAs(*node.parent);
        if (around.starts_with("map<"))
            return elementOf(around);
        const flow::TaskType *type = typeOf(*node.parent);
        for (const flow::Entry &entry : node.parent->entries)
            if (entry.value == &node)
                if (const flow::Property *property = type ? type->find(entry.key->text) : nullptr)
                    return property->type;
        return {};
    }

    const flow::TaskType *typeOf(const Node &node) const
    {
        if (!node.parent)
            return &m_catalog.flowType();
        const std::string declared = declaredAs(node);
        const Node *own = node.isMapping() ? node.find("type") : nullptr;
        if (pluginGroupOf(declared)) {
            const flow::TaskType *type = own ? m_catalog.find(own->text) : nullptr;
            return type ? type : m_catalog.findData(declared);
        }
        const flow::TaskType *type = m_catalog.findData(declared);
        const Node *kind = type && !type->discriminator.empty() && node.isMapping()
                               ? node.find(type->discriminator)
                               : nullptr;
        const auto sub = kind ? type->subTypes.find(kind->text)
                              : std::map<std::string, std::string>::const_iterator();
        return kind && sub != type->subTypes.end() ? m_catalog.findData(sub->second) : type;
    }

    void addProperty()
    {
        const Node *at = mapping();
        if (!at || m_diagnostic.args.empty())
            return;
        const std::string &name = m_diagnostic.args.front();
        const std::string path = pathOf(at);
        if (path.empty() && at != m_flow.root)
            return;
        if (name == "type")
            return; // nobody else can tell
        if (name == "id" && at != m_flow.root) {
            makeId(*at);
            return;
        }
        const flow::TaskType *type = typeOf(*at);
        const flow::Property *property = type ? type->find(name) : nullptr;
        std::string written = name; // the engine names some by their fields: `_else`
        if (!property && written.starts_with('_') && type)
            property = type->find(written.erase(0, 1));
        set(path, written, firstValue(property, m_catalog, &m_flow));
    }

    /// The id comes first, behind the dash.
    void makeId(const Node &at)
    {
        if (at.flowStyle)
            return;
        const Node *type = at.find("type");
        const std::string id = freeId(&m_flow, std::string(lastPart(type ? type->text : "")));
        const std::size_t begin = at.range.begin;
        const std::size_t newline = m_text.find('\n');
        const bool windows =
            newline != std::string::npos && newline > 0 && m_text[newline - 1] == '\r';
        const std::size_t lineBegin = begin == 0 ? 0 : m_text.rfind('\n', begin - 1) + 1;
        add("fix.make-id", {id},
            edit({begin, begin}, fmt::format("id: {}{}{:{}}", id, windows ? "\r\n" : "\n", "",
                                             begin - lineBegin)));
    }

    void windowPart()
    {
        const std::string name = m_diagnostic.args.size() > 1 ? m_diagnostic.args[1] : std::string();
        const Node *at = mapping();
        if (name.empty() || !at || pathOf(at).empty())
            return;
        set(pathOf(at), name, name == "endTime" ? "\"18:00:00\"" : "\"09:00:00\"");
    }

    void firstTask(const std::string &key)
    {
        const flow::Task *task = m_flow.taskAt(m_diagnostic.range.begin);
        if (!task || !task->known)
            return;
        add("fix.add", {key},
            flow::edits::setProperty(m_snapshot, task->path, key,
                                     firstValue(task->known->find(key), m_catalog, &m_flow)));
    }

    void firstElement()
    {
        const std::string path = pathOf(m_node);
        const flow::Task *task = m_flow.taskAt(m_diagnostic.range.begin);
        const flow::TaskType *type =
            task ? task->known : m_node->parent == m_flow.root ? &m_catalog.flowType() : nullptr;
        const std::string name = path.substr(path.find_last_of('.') + 1);
        const flow::Property *property = type ? type->find(name) : nullptr;
        const std::string value = property ? firstValue(property, m_catalog, &m_flow) : "[]";
        if (!path.empty() && value != "[]")
            add("fix.add-first", {name}, flow::edits::setProperty(m_snapshot, {}, path, value));
    }

    void inputType()
    {
        for (const flow::Item &input : m_flow.inputs)
            if (input.node && input.type.empty() && input.range.begin <= m_diagnostic.range.begin &&
                m_diagnostic.range.begin < input.range.end)
                set(input.path, "type", "STRING");
    }
};

} // namespace

std::vector<QuickFix> structuralFixes(const flow::Snapshot &snapshot,
                                      const flow::Diagnostic &diagnostic,
                                      const flow::TaskCatalog &catalog)
{
    return StructuralFinder(snapshot, diagnostic, catalog).run();
}

} // namespace editor
