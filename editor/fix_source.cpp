#include "editor/fix_source.h"

#include "engine/flow/edits.h"
#include "engine/flow/edits/scalars.h"

#include <fmt/core.h>

#include <algorithm>

namespace editor {

using flow::Node;
using flow::Range;

namespace {

/// The innermost node with this range, key or value; null when none has it.
const Node *nodeWith(const Node *node, Range range)
{
    if (!node || node->whole.begin > range.begin || node->whole.end < range.end)
        return node && node->range == range ? node : nullptr;
    for (const flow::Entry &entry : node->entries)
        for (const Node *part : {entry.key, entry.value})
            if (part->range == range || part->whole == range)
                return part;
            else if (const Node *found = nodeWith(part, range))
                return found;
    for (const Node *item : node->items)
        if (item->range == range || item->whole == range)
            return item;
        else if (const Node *found = nodeWith(item, range))
            return found;
    return node->range == range || node->whole == range ? node : nullptr;
}

} // namespace

std::string pathOf(const Node *node)
{
    std::string path;
    for (; node && node->parent; node = node->parent) {
        const Node *parent = node->parent;
        std::string step;
        for (const flow::Entry &entry : parent->entries)
            if (entry.key == node || entry.value == node)
                step = entry.key->text;
        for (std::size_t i = 0; i < parent->items.size(); ++i)
            if (parent->items[i] == node)
                step = fmt::format("[{}]", i);
        if (step.empty() || (parent->isMapping() && step.find_first_of(".[]") != std::string::npos))
            return {};
        if (!path.empty() && path.front() != '[')
            step += '.';
        path.insert(0, step);
    }
    return path;
}

const flow::Entry *entryOf(const Node *node)
{
    if (node && node->parent && node->parent->isMapping())
        for (const flow::Entry &entry : node->parent->entries)
            if (entry.key == node || entry.value == node)
                return &entry;
    return nullptr;
}

FixSource::FixSource(const flow::Snapshot &snapshot, const flow::Diagnostic &diagnostic,
                     const flow::TaskCatalog &catalog)
    : m_snapshot(snapshot),
      m_text(*snapshot.text),
      m_flow(*snapshot.flow),
      m_diagnostic(diagnostic),
      m_catalog(catalog),
      m_node(nodeWith(m_flow.root, diagnostic.range))
{
}

void FixSource::add(std::string id, std::vector<std::string> args,
                    const flow::Result<flow::Edit> &made)
{
    if (made && !made->empty())
        m_fixes.push_back({std::move(id), std::move(args), *made});
}

flow::Result<flow::Edit> FixSource::edit(Range range, std::string text) const
{
    return flow::Edit::make(m_snapshot.revision, m_text, {{range, std::move(text)}});
}

void FixSource::replaceScalar(const Node *node, const std::string &text)
{
    if (node && node->isScalar() && !node->alias && node->text != text)
        add("fix.replace", {text},
            edit(node->range, flow::edits::scalarLike(*node, text,
                                                      node->parent && node->parent->flowStyle
                                                          ? flow::edits::Context::Flow
                                                          : flow::edits::Context::Block)));
}

void FixSource::quote()
{
    if (m_node && m_node->isScalar() && m_node->style == flow::ScalarStyle::Plain &&
        m_node->tag.empty())
        add("fix.quote", {},
            edit(m_node->range,
                 flow::edits::quoted(m_text.substr(m_node->range.begin, m_node->range.size()))));
}

void FixSource::remove(const Node *node)
{
    while (node && node->parent && node->parent->isSequence() && node->parent->items.size() == 1)
        node = node->parent;
    const std::string path = pathOf(node);
    if (path.empty())
        return;
    const std::size_t name = path.find_last_of(".[");
    add("fix.remove",
        {path.ends_with(']') ? node->isScalar() ? node->text : path
         : name == std::string::npos ? path
                                     : path.substr(name + 1)},
        flow::edits::unsetProperty(m_snapshot, {}, path));
}

void FixSource::cut(const Node &mapping, const flow::Entry &entry)
{
    if (mapping.entries.size() < 2) {
        remove(&mapping);
        return;
    }
    const std::size_t begin = entry.key->whole.begin;
    const std::size_t end = std::max(entry.key->whole.end, entry.value->whole.end);
    if (mapping.flowStyle) {
        const std::size_t comma = m_text.find_first_not_of(" \t\r\n", end);
        if (comma != std::string::npos && m_text[comma] == ',') {
            const std::size_t next = m_text.find_first_not_of(" \t", comma + 1);
            add("fix.remove", {entry.key->text}, edit({begin, next}, {}));
        } else if (const std::size_t before = m_text.rfind(',', begin);
                   before != std::string::npos) {
            add("fix.remove", {entry.key->text}, edit({before, end}, {}));
        }
        return;
    }
    const std::size_t newline = begin == 0 ? std::string::npos : m_text.rfind('\n', begin - 1);
    const std::size_t line = newline == std::string::npos ? 0 : newline + 1;
    if (m_text.find_first_not_of(' ', line) != begin)
        return; // shares its line with a dash
    const std::size_t stop =
        m_text.find('\n', end > line && m_text[end - 1] == '\n' ? end - 1 : end);
    add("fix.remove", {entry.key->text},
        edit({line, stop == std::string::npos ? m_text.size() : stop + 1}, {}));
}

void FixSource::set(const std::string &path, const std::string &name, const std::string &value)
{
    const std::string whole = path.empty() ? name : path + "." + name;
    add("fix.add", {name}, flow::edits::setProperty(m_snapshot, {}, whole, value));
}

} // namespace editor
