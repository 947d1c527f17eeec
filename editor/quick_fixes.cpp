#include "editor/quick_fixes.h"

#include "editor/first_values.h"
#include "editor/schema.h"
#include "editor/structural_fixes.h"
#include "editor/syntax_fixes.h"
#include "editor/value_fixes.h"
#include "engine/flow/edits.h"
#include "engine/flow/edits/scalars.h"

#include <fmt/core.h>

#include <algorithm>
#include <functional>

namespace editor {

namespace {

using flow::Diagnostic;
using flow::Node;
using flow::Range;
using flow::Snapshot;

bool isWordLike(std::string_view text)
{
    return !text.empty() && text.find_first_of(" \n:#'\"{}[],&*!|>%@`") == std::string_view::npos;
}

/// The key whose scalar has exactly this range, with its mapping.
const flow::Entry *entryWithKey(const Node *node, Range key, const Node **mapping)
{
    if (!node)
        return nullptr;
    for (const flow::Entry &entry : node->entries) {
        if (entry.key->range == key) {
            *mapping = node;
            return &entry;
        }
        if (entry.value->whole.begin <= key.begin && key.end <= entry.value->whole.end)
            if (const flow::Entry *found = entryWithKey(entry.value, key, mapping))
                return found;
    }
    for (const Node *item : node->items)
        if (item->whole.begin <= key.begin && key.end <= item->whole.end)
            if (const flow::Entry *found = entryWithKey(item, key, mapping))
                return found;
    return nullptr;
}

const Node *anchored(const Node *node, std::string_view name)
{
    if (!node)
        return nullptr;
    if (node->anchor == name)
        return node;
    for (const flow::Entry &entry : node->entries)
        for (const Node *part : {entry.key, entry.value})
            if (const Node *found = anchored(part, name))
                return found;
    for (const Node *item : node->items)
        if (const Node *found = anchored(item, name))
            return found;
    return nullptr;
}

std::size_t columnOf(std::string_view text, std::size_t offset)
{
    const std::size_t newline = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
    return newline == std::string_view::npos ? offset : offset - newline - 1;
}

class FixFinder
{
public:
    FixFinder(const Snapshot &snapshot, const Diagnostic &diagnostic,
              const flow::TaskCatalog &catalog)
        : m_snapshot(snapshot),
          m_text(*snapshot.text),
          m_flow(*snapshot.flow),
          m_diagnostic(diagnostic),
          m_catalog(catalog)
    {
    }

    std::vector<QuickFix> run()
    {
        const std::string &code = m_diagnostic.code;
        if (code == "dashed-reference")
            useBrackets();
        else if (!m_diagnostic.suggestion.empty())
            replaceWord(m_diagnostic.suggestion);
        if (code == "duplicate-key" || code == "unknown-property" ||
            code == "property-without-effect" || code == "must-be-absent")
            removeEntry();
        if (code == "duplicate-task")
            newTaskId();
        if (code == "unquoted-expression")
            quote();
        if (code == "alias-not-expanded")
            writeOutAlias();
        if (code == "unknown-dependency")
            removeDependency();
        return std::move(m_fixes);
    }

private:
    void add(std::string id, std::vector<std::string> args, const flow::Result<flow::Edit> &edit)
    {
        if (edit && !edit->empty())
            m_fixes.push_back({std::move(id), std::move(args), *edit});
    }

    flow::Result<flow::Edit> edit(Range range, std::string text) const
    {
        return flow::Edit::make(m_snapshot.revision, m_text, {{range, std::move(text)}});
    }

    void replaceWord(const std::string &word)
    {
        Range range = m_diagnostic.range;
        if (range.size() > 1 && (m_text[range.begin] == '"' || m_text[range.begin] == '\'') &&
            m_text[range.end - 1] == m_text[range.begin])
            range = {range.begin + 1, range.end - 1};
        const std::string_view old = std::string_view(m_text).substr(range.begin, range.size());
        if (isWordLike(old) && old != word)
            add("fix.replace", {word}, edit(range, word));
    }

    void useBrackets()
    {
        const Range range = m_diagnostic.range;
        if (range.begin > 0 && m_text[range.begin - 1] == '.')
            add("fix.brackets", {},
                edit({range.begin - 1, range.end},
                     fmt::format("['{}']", m_text.substr(range.begin, range.size()))));
    }

    void removeEntry()
    {
        const Node *mapping = nullptr;
        const flow::Entry *entry = entryWithKey(m_flow.root, m_diagnostic.range, &mapping);
        if (!entry || mapping->flowStyle || mapping->entries.size() < 2)
            return;
        const std::size_t column = columnOf(m_text, entry->key->whole.begin);
        const std::size_t lineBegin = entry->key->whole.begin - column;
        if (m_text.find_first_not_of(' ', lineBegin) != entry->key->whole.begin)
            return; // shares its line with a dash
        const std::size_t last = std::max(entry->key->range.end, entry->value->range.end);
        const std::size_t newline =
            m_text.find('\n', last > lineBegin && m_text[last - 1] == '\n' ? last - 1 : last);
        const Range lines{lineBegin, newline == std::string::npos ? m_text.size() : newline + 1};
        add("fix.remove", {entry->key->text}, edit(lines, {}));
    }

    void newTaskId()
    {
        const flow::Task *task = m_flow.taskAt(m_diagnostic.range.begin);
        if (!task || task->idRange.empty())
            return;
        const std::string id = freeId(&m_flow, task->id);
        add("fix.new-id", {id}, edit(task->idRange, id));
    }

    void quote()
    {
        Range range = m_diagnostic.range;
        const std::size_t newline = m_text.find('\n', range.begin);
        std::size_t end = newline == std::string::npos ? m_text.size() : newline;
        if (end > range.begin && m_text[end - 1] == '\r')
            --end;
        const std::size_t comment = m_text.find(" #", range.begin);
        end = std::min(end, comment);
        while (end > range.begin && m_text[end - 1] == ' ')
            --end;
        const std::string value = m_text.substr(range.begin, end - range.begin);
        if (value.find("}}") == std::string::npos)
            return;
        add("fix.quote", {},
            edit({range.begin, end}, value.find('"') == std::string::npos
                                         ? fmt::format("\"{}\"", value)
                                         : flow::edits::quoted(value)));
    }

    void writeOutAlias()
    {
        const Range range = m_diagnostic.range;
        const std::string name = m_text.substr(range.begin + 1, range.size() - 1);
        const Node *target = m_text[range.begin] == '*' ? anchored(m_flow.root, name) : nullptr;
        if (!target || (target->range.begin <= range.begin && range.end <= target->range.end))
            return;
        const std::string source = m_text.substr(target->range.begin, target->range.size());
        const bool lines = source.find('\n') != std::string::npos;
        if (!lines && (target->isScalar() || target->flowStyle)) {
            add("fix.write-out", {name}, edit(range, source));
            return;
        }
        // a block: its lines go below, as deep as a child of the key stands
        const std::size_t column = columnOf(m_text, range.begin);
        const std::size_t lineBegin = range.begin - column;
        const std::size_t key = m_text.find_first_not_of(" -", lineBegin);
        if (key >= range.begin)
            return;
        const std::size_t indent = columnOf(m_text, key) + 2;
        const std::size_t old = columnOf(m_text, target->range.begin);
        std::string written;
        for (std::size_t at = 0; at < source.size();) {
            std::size_t end = source.find('\n', at);
            end = end == std::string::npos ? source.size() : end;
            std::string line = source.substr(at, end - at);
            if (at > 0)
                line = line.substr(std::min(old, line.find_first_not_of(' ') == std::string::npos
                                                     ? line.size()
                                                     : line.find_first_not_of(' ')));
            written +=
                line.empty() ? std::string("\n") : fmt::format("\n{:{}}{}", "", indent, line);
            at = end + 1;
        }
        std::size_t begin = range.begin;
        while (begin > 0 && m_text[begin - 1] == ' ')
            --begin;
        add("fix.write-out", {name}, edit({begin, range.end}, written));
    }

    void removeDependency()
    {
        const flow::Task *found = nullptr;
        std::size_t index = 0;
        m_flow.forEachTask([&](const flow::Task &task, const flow::TaskList &, int) {
            for (std::size_t i = 0; i < task.dependsOn.size(); ++i)
                if (task.dependsOn[i].range == m_diagnostic.range) {
                    found = &task;
                    index = i;
                }
        });
        if (!found)
            return;
        const Node *list = found->item ? found->item->find("dependsOn") : nullptr;
        if (!list || !list->isSequence())
            return;
        // the wrapper's path: that of the task without its `task` key
        const std::string path = fmt::format("{}.dependsOn", found->path);
        const std::string step =
            list->items.size() == 1 ? path : fmt::format("{}[{}]", path, index);
        add("fix.remove", {found->dependsOn[index].id},
            flow::edits::unsetProperty(m_snapshot, {}, step));
    }

    const Snapshot &m_snapshot;
    const std::string &m_text;
    const flow::Flow &m_flow;
    const Diagnostic &m_diagnostic;
    const flow::TaskCatalog &m_catalog;
    std::vector<QuickFix> m_fixes;
};

} // namespace

std::vector<QuickFix> quickFixes(const Snapshot &snapshot, const Diagnostic &diagnostic,
                                 const flow::TaskCatalog &catalog)
{
    if (!snapshot.flow || snapshot.flowRevision != snapshot.revision)
        return {};
    std::vector<QuickFix> fixes = FixFinder(snapshot, diagnostic, catalog).run();
    std::vector<QuickFix> more = structuralFixes(snapshot, diagnostic, catalog);
    for (auto *finder : {valueFixes, syntaxFixes})
        for (QuickFix &fix : finder(snapshot, diagnostic, catalog))
            more.push_back(std::move(fix));
    for (QuickFix &fix : more)
        if (std::none_of(fixes.begin(), fixes.end(), [&](const QuickFix &other) {
                return other.edit.replacements() == fix.edit.replacements();
            }))
            fixes.push_back(std::move(fix));
    return fixes;
}

bool isSafeFix(std::string_view code)
{
    static constexpr std::string_view safe[] = {
        "alias-not-expanded", "dashed-reference",    "deprecated-property",
        "property-without-effect", "renamed-type",   "tab",
        "unknown-escape",     "unquoted-expression", "default-not-required"};
    return std::find(std::begin(safe), std::end(safe), code) != std::end(safe);
}

flow::Result<flow::Edit> fixAll(const Snapshot &snapshot, const std::string &code,
                                const flow::TaskCatalog &catalog)
{
    std::vector<flow::Replacement> all;
    for (const Diagnostic &diagnostic : snapshot.diagnostics) {
        if (code.empty() ? !isSafeFix(diagnostic.code) : diagnostic.code != code)
            continue;
        const std::vector<QuickFix> fixes = quickFixes(snapshot, diagnostic, catalog);
        if (fixes.empty())
            continue;
        std::vector<flow::Replacement> changes = fixes.front().edit.replacements();
        const bool overlaps =
            std::any_of(changes.begin(), changes.end(), [&](const flow::Replacement &change) {
                return std::any_of(all.begin(), all.end(), [&](const flow::Replacement &other) {
                    return change.range.begin <= other.range.end &&
                           other.range.begin <= change.range.end;
                });
            });
        if (!overlaps)
            all.insert(all.end(), changes.begin(), changes.end());
    }
    return flow::Edit::make(snapshot.revision, *snapshot.text, std::move(all));
}

} // namespace editor
