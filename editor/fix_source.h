#pragma once

#include "editor/quick_fixes.h"

#include "engine/flow/flow.h"

namespace editor {

/// What the finders of quick fixes have in common: the problem, the node it stands at, and the plain
/// ways to write a fix. Lives as long as one call.
class FixSource
{
public:
    FixSource(const flow::Snapshot &snapshot, const flow::Diagnostic &diagnostic,
              const flow::TaskCatalog &catalog);

protected:
    void quote(); ///< a plain scalar
    void add(std::string id, std::vector<std::string> args, const flow::Result<flow::Edit> &made);
    flow::Result<flow::Edit> edit(flow::Range range, std::string text) const;
    /// Another scalar in the place of one, quoted as the old one was.
    void replaceScalar(const flow::Node *node, const std::string &text);
    /// The entry of a key or value goes; the list with its only element too.
    void remove(const flow::Node *node);
    /// An entry goes that no path can name: a key with dots, one of two equal keys.
    void cut(const flow::Node &mapping, const flow::Entry &entry);
    void set(const std::string &path, const std::string &name, const std::string &value);

    const flow::Snapshot &m_snapshot;
    const std::string &m_text;
    const flow::Flow &m_flow;
    const flow::Diagnostic &m_diagnostic;
    const flow::TaskCatalog &m_catalog;
    const flow::Node *m_node; ///< with the problem's range; may be null
    std::vector<QuickFix> m_fixes;
};

/// `tasks[0].retry.type`: the place of a value, or of a key's value; empty for the root and for keys
/// that a path can't say.
std::string pathOf(const flow::Node *node);
/// The entry a key or value belongs to; null when it is none of a mapping.
const flow::Entry *entryOf(const flow::Node *node);

} // namespace editor
