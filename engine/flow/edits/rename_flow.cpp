#include "engine/flow/edits/draft.h"
#include "engine/flow/edits/scalars.h"

#include <algorithm>

// Before:                       renameFlow(files, 0, "nightly")
//     id: daily                           - id: run
//     namespace: acme                       type: t.Subflow
//                                           namespace: acme
//                                           flowId: daily
// After:
//     id: nightly                         - id: run
//     namespace: acme                       type: t.Subflow
//                                           namespace: acme
//                                           flowId: nightly
namespace flow::edits {

namespace {

bool isText(const Node *node, std::string_view text)
{
    return node && node->isScalar() && !node->alias && node->text == text;
}

/// What names one flow in the text of another.
class FlowReferences
{
public:
    FlowReferences(const Flow &named, const Flow &reader) : m_named(named), m_reader(reader) {}

    std::vector<const Node *> find()
    {
        for (const Entry &entry : m_reader.root->entries)
            if (entry.key->text != "variables" && entry.key->text != "labels" && entry.key->text != "inputs")
                walk(*entry.value);
        return std::move(m_found);
    }

private:
    /// Nothing, or an expression, means the namespace of the flow it stands in.
    bool isItsNamespace(const Node *written) const
    {
        std::string text = written && written->isScalar() ? written->text : std::string();
        std::erase(text, ' ');
        if (text.empty() || text == "{{flow.namespace}}")
            text = m_reader.namespaceId;
        return text == m_named.namespaceId;
    }

    void walk(const Node &node)
    {
        for (const Node *item : node.items)
            walk(*item);
        if (node.isSequence())
            filters(node);
        for (const Entry &entry : node.entries) {
            if (entry.key->text == "flowId" && isText(entry.value, m_named.id) && isItsNamespace(node.find("namespace")))
                m_found.push_back(entry.value);
            walk(*entry.value);
        }
    }

    /// `filters: [{field: FLOW_ID, type: EQUAL_TO, value: daily}]` of a Flow trigger's `where`.
    void filters(const Node &list)
    {
        for (const Node *item : list.items)
            if (isText(item->find("field"), "NAMESPACE") && isText(item->find("type"), "EQUAL_TO") &&
                !isText(item->find("value"), m_named.namespaceId))
                return; // of another namespace
        for (const Node *item : list.items) {
            if (!isText(item->find("field"), "FLOW_ID"))
                continue;
            if (isText(item->find("value"), m_named.id) && (isText(item->find("type"), "EQUAL_TO") || isText(item->find("type"), "NOT_EQUAL_TO")))
                m_found.push_back(item->find("value"));
            const Node *values = item->find("values");
            for (const Node *value : values ? values->items : std::span<const Node *const>())
                if (isText(value, m_named.id))
                    m_found.push_back(value);
        }
    }

    const Flow &m_named;
    const Flow &m_reader;
    std::vector<const Node *> m_found;
};

} // namespace

Result<ProjectEdit> renameFlow(std::span<const Snapshot> files, std::size_t file, std::string_view newId)
{
    if (file >= files.size())
        return Error{ErrorCode::OutOfRange, {}, {}};
    const Result<Edit> own = renameNamed(files[file], Named::Flow, {}, newId);
    if (!own)
        return own.error();
    ProjectEdit edit;
    const Flow &named = *files[file].flow;
    if (named.id == newId)
        return edit;
    for (std::size_t i = 0; i < files.size(); ++i) {
        const Result<Draft> opened = Draft::open(files[i]);
        if (!opened)
            return opened.error();
        const Flow &flow = opened->flow();
        if (i != file && flow.id == newId && flow.namespaceId == named.namespaceId)
            return Error{ErrorCode::IdTaken, {std::string(newId)}, {}};
        std::vector<Replacement> changes;
        if (i == file)
            changes = own->replacements();
        for (const Node *node : flow.root ? FlowReferences(named, flow).find() : std::vector<const Node *>())
            changes.push_back({node->range, scalarLike(*node, newId, Context::Flow)});
        if (changes.empty())
            continue;
        Result<Edit> made = Edit::make(files[i].revision, *files[i].text, std::move(changes));
        if (!made)
            return made.error();
        edit.changes.push_back({i, std::move(*made)});
    }
    return edit;
}

} // namespace flow::edits
