#pragma once

#include "engine/flow/flow.h"
#include "engine/flow/task_catalog.h"

#include <string_view>

namespace flow {

/// Builds a Flow from a tree: which nodes are tasks, lists of tasks, inputs, triggers. Reports nothing:
/// what is not understood is left out, what is broken carries its fault.
class FlowReader
{
public:
    FlowReader(std::string_view text, const TaskCatalog &catalog) : m_text(text), m_catalog(catalog) {}

    std::shared_ptr<Flow> read(std::shared_ptr<const Tree> tree);

private:
    TaskList readList(ListKind kind, std::string label, std::string path, const Node *node);
    Task readTask(const Node &item, std::string path, const TaskList &list);
    void readBranches(Task &task);
    void readCases(Task &task, const Node *cases);
    std::vector<Item> readItems(const Node *node, std::string_view name);
    std::vector<Item> readLabels(const Node *node);
    void readLines(Range node, Range &range, std::string &note, Range &noteRange) const;

    std::string_view m_text;
    const TaskCatalog &m_catalog;
    int m_depth = 0;
};

/// The line breaks, blanks and comments that stand around a node.
namespace lines {
std::size_t begin(std::string_view text, std::size_t offset); ///< of the line the offset is in
std::size_t end(std::string_view text, std::size_t offset);   ///< behind the break of that line
} // namespace lines

} // namespace flow
