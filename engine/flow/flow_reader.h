#pragma once

#include "engine/flow/expression_scan.h"
#include "engine/flow/flow.h"
#include "engine/flow/taken_over.h"
#include "engine/flow/task_catalog.h"

#include <string_view>

namespace flow {

/// Builds a Flow from a tree: which nodes are tasks, lists of tasks, inputs, triggers. Reports nothing:
/// what is not understood is left out, what is broken carries its fault.
class FlowReader
{
public:
    /// Tasks of items in `taken` are copied. All three must outlive it.
    FlowReader(std::string_view text, const TaskCatalog &catalog, const TakenOver &taken)
        : m_text(text), m_catalog(catalog), m_taken(taken)
    {
    }

    std::shared_ptr<Flow> read(std::shared_ptr<const Tree> tree);

private:
    TaskList readList(ListKind kind, std::string label, std::string path, const Node *node, const std::vector<TaskList> *before);
    Task readTask(const Node &item, std::string path, const TaskList &list, const Task *before);
    void readBranches(Task &task, const Task *before);
    void readCases(Task &task, const Node *cases, const Task *before);
    void readMentions(Task &task);
    bool copyTask(const Task &before, const Node &item, std::string path, Task &task);
    std::vector<Item> readItems(const Node *node, std::string_view name);
    std::vector<Item> readLabels(const Node *node);
    void readLines(Range node, Range &range, std::string &note, Range &noteRange) const;

    std::string_view m_text;
    const TaskCatalog &m_catalog;
    const TakenOver &m_taken;
    bool m_afterFaults = false; ///< what stands above a taken item may have changed
    int m_depth = 0;
    std::vector<OutputMention> m_mentions;
    std::vector<Reference> m_references; // of one task
};

/// The line breaks, blanks and comments that stand around a node.
namespace lines {
std::size_t begin(std::string_view text, std::size_t offset); ///< of the line the offset is in
std::size_t end(std::string_view text, std::size_t offset);   ///< behind the break of that line
} // namespace lines

} // namespace flow
