#include "canvas/yaml_pieces.h"

#include "engine/flow/tree.h"

#include <algorithm>

namespace canvas {

/// Lines without the indentation they all have; a list item's first line counts with its dash.
std::string outdented(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
        lines.push_back(text.substr(0, end));
        text.remove_prefix(end);
    }
    std::size_t indent = std::string_view::npos;
    for (const std::string_view line : lines) {
        const std::size_t first = line.find_first_not_of(' ');
        if (first != std::string_view::npos && line[first] != '\n' && line[first] != '\r')
            indent = std::min(indent, first);
    }
    if (indent == std::string_view::npos)
        indent = 0;
    std::string out;
    for (const std::string_view line : lines) {
        const std::size_t blank = std::min(line.find_first_not_of(' '), line.size());
        out += line.substr(std::min(indent, blank));
    }
    if (!out.empty() && out.back() != '\n')
        out += '\n';
    return out;
}

namespace {

class Splitter
{
public:
    Splitter(std::string_view yaml, const flow::TaskCatalog &catalog) : m_yaml(yaml), m_catalog(catalog) {}

    std::vector<YamlPiece> run()
    {
        const std::shared_ptr<const flow::Tree> tree = flow::Tree::parse(m_yaml);
        const flow::Node *root = tree->root();
        if (!root || !tree->faults().empty())
            return {};
        if (root->isMapping() && root->find("type") && !root->find("tasks"))
            return {{listFor(*root, {}), std::string(m_yaml)}};
        if (root->isMapping() && root->find("type"))
            return {{{}, std::string(m_yaml)}};
        if (root->isSequence())
            return addList(*root, {}, 0) ? std::move(m_pieces) : std::vector<YamlPiece>();
        if (!root->isMapping())
            return {};
        for (const char *key : {"inputs", "triggers", "tasks", "outputs"}) {
            const flow::Node *list = root->find(key);
            const std::string name = std::string_view(key) == "tasks" ? std::string() : key;
            if (list && list->isSequence() && !list->items.empty()
                && !addList(*list, name, lineBegin(list->items.front()->range.begin)))
                return {};
        }
        return std::move(m_pieces);
    }

private:
    std::size_t lineBegin(std::size_t at) const { return at == 0 ? 0 : m_yaml.rfind('\n', at - 1) + 1; }

    std::string listFor(const flow::Node &item, const std::string &known) const
    {
        if (!known.empty())
            return known;
        const flow::Node *type = item.find("type");
        const flow::TaskType *found = type ? m_catalog.find(type->text) : nullptr;
        if (found && found->group == flow::PluginGroup::Trigger)
            return "triggers";
        if (type && m_catalog.findInput(type->text))
            return item.find("value") ? "outputs" : "inputs";
        return {};
    }

    bool addList(const flow::Node &list, const std::string &name, std::size_t begin)
    {
        for (std::size_t i = 0; i < list.items.size(); ++i) {
            const flow::Node &item = *list.items[i];
            if (!item.isMapping() || (!item.find("type") && name.empty()))
                return false;
            if (list.flowStyle) {
                m_pieces.push_back({listFor(item, name), std::string(m_yaml.substr(item.range.begin, item.range.size()))});
                continue;
            }
            std::size_t end = i + 1 < list.items.size() ? lineBegin(list.items[i + 1]->range.begin) : endOf(list, begin);
            while (i + 1 < list.items.size() && end > begin) { // comments above the next one are its own
                const std::size_t before = end < 2 ? 0 : m_yaml.rfind('\n', end - 2) + 1;
                const std::string_view line = m_yaml.substr(before, end - before);
                const std::size_t first = line.find_first_not_of(" \t");
                if (before <= item.range.begin || first == std::string_view::npos || line[first] != '#')
                    break;
                end = before;
            }
            m_pieces.push_back({listFor(item, name), outdented(m_yaml.substr(begin, end - begin))});
            begin = end;
        }
        return true;
    }

    /// Behind the last line of a list: up to the next line that is less indented.
    std::size_t endOf(const flow::Node &list, std::size_t begin) const
    {
        const std::size_t column = list.items.front()->range.begin - lineBegin(list.items.front()->range.begin);
        if (column <= 2 && lineBegin(list.items.front()->range.begin) == 0)
            return m_yaml.size();
        std::size_t end = std::max(begin, list.items.back()->range.end);
        end = end > 0 && m_yaml[end - 1] == '\n' ? end : std::min(m_yaml.find('\n', end), m_yaml.size() - 1) + 1;
        return end;
    }

    std::string_view m_yaml;
    const flow::TaskCatalog &m_catalog;
    std::vector<YamlPiece> m_pieces;
};

} // namespace

std::vector<YamlPiece> splitYaml(std::string_view yaml, const flow::TaskCatalog &catalog)
{
    return Splitter(yaml, catalog).run();
}

} // namespace canvas
