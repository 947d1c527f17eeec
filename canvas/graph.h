#pragma once

#include "canvas/graph_nodes.h"

namespace canvas {

/// The parts of the picture, in reading order.
enum class Section { Triggers, Inputs, Tasks, Errors, Finally, AfterExecution, Outputs };

/// Whether a section shows entries of the flow, not tasks.
inline bool holdsItems(Section section)
{
    return section < Section::Tasks || section == Section::Outputs;
}

/// How the members of a list follow each other.
enum class Flowing {
    Sequence, ///< one after the other
    Parallel, ///< side by side
    Dag,      ///< by `dependsOn`
};

/// One list of nodes: a section or a branch of a container.
struct GraphList
{
    std::string path;
    flow::ListKind kind = flow::ListKind::Tasks;
    Section section = Section::Tasks;
    Flowing flowing = Flowing::Sequence;
    QString label;  ///< `then`, `case: EU`; empty for the plain list of a container
    int owner = -1; ///< container; -1 for a section
    std::vector<int> nodes;
};

/// Which node reads what of which other.
struct GraphLink
{
    int from = -1;
    int to = -1;
};

/// What the canvas shows of one flow: nodes in file order within each section (depth first). Immutable after `build`.
struct Graph
{
    using Sentence = GraphNodes::Sentence;

    QString title;
    GraphNodes nodes;
    std::vector<GraphList> lists; ///< those of a container follow each other, before those inside of it
    std::vector<int> sections;    ///< lists that are sections, in the order of Section
    std::vector<int> fileOrder;   ///< nodes by their place in the text
    bool readable = false;        ///< false when nothing of the text could be read

    int byKey(std::string_view key) const { return nodes.find(key); } ///< -1 when there is none
    int byPath(std::string_view path) const;                          ///< -1 when there is none
    int listByPath(std::string_view path) const;
    int sectionList(Section section) const; ///< -1 when it is not written
    /// Nodes that stand inside none of the others, in file order; every kind.
    std::vector<int> roots(const std::vector<int> &of) const;
    bool isInside(int node, int container) const { return container <= node && node < nodes.place(container).last; }
    int taskCount() const; ///< of `tasks`, at all levels
    const std::vector<GraphLink> &links() const; ///< read when they are asked for, as the nodes are

    /// `snapshot.flow` must not be null. `sentence` words a problem.
    static Graph build(const flow::Snapshot &snapshot, const Sentence &sentence);

    Graph() = default;
    Graph(Graph &&) = default; // moved, never copied
    Graph &operator=(Graph &&) = default;
    Graph(const Graph &) = delete;

private:
    template <typename Lists>
    int find(const Lists &among, std::string_view path, bool list) const;

    mutable std::optional<std::vector<GraphLink>> m_links;
};

/// Translated heading of a section.
QString sectionTitle(Section section);

} // namespace canvas
