#pragma once

#include "engine/flow/flow_document.h"
#include "ui/task_look.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <unordered_map>

namespace canvas {

/// What a node of the picture stands for.
enum class NodeKind {
    Task,    ///< one task, container or not
    Trigger, ///< an entry of `triggers`
    Input,   ///< an entry of `inputs`
    Output,  ///< an entry of the flow's `outputs`
};

/// The parts of the picture, in reading order.
enum class Section { Triggers, Inputs, Tasks, Errors, Finally, AfterExecution, Outputs };

/// Whether a section shows entries of the flow, not tasks.
inline bool holdsItems(Section section)
{
    return section < Section::Tasks || section == Section::Outputs;
}

/// A small sign at the right of a node, with what it says.
struct Badge
{
    QString icon;
    QString text;
};

/// A fault shown on its node.
struct Problem
{
    flow::Severity severity = flow::Severity::Error;
    QString text;
    flow::Range range;
};

/// One node as it is drawn: plain values read from a Task or Item. Knows no document and no place.
struct GraphNode
{
    std::string key;  ///< names it across texts: by id, else by path
    std::string path; ///< names it in this text
    std::string id;
    NodeKind kind = NodeKind::Task;
    QString title;
    QString type;     ///< full class name, or the type of an input
    QString typeLine; ///< as shown under the title
    QString detail;   ///< container: condition or values; input: default
    QString note;
    ui::TaskLook look;
    std::vector<Badge> badges;
    QStringList defaults; ///< `retry: …` lines that pluginDefaults bring
    std::vector<Problem> problems;
    std::vector<std::string> dependsOn; ///< ids, of a Dag child
    std::vector<int> lists;             ///< of a container, in file order: indexes into Graph::lists
    flow::Range range;
    int list = -1;        ///< the list it stands in
    int indexInList = 0;
    int owner = -1;       ///< the container it stands in; -1 at the top
    int depth = 0;
    int last = 0;         ///< index after its last descendant
    std::size_t line = 0; ///< 1-based, of its first own line
    bool container = false;
    bool disabled = false;
    bool broken = false;
    bool subflow = false;
    QString calledNamespace; ///< of a subflow
    QString calledFlow;
    bool inDag = false;

    bool isTask() const { return kind == NodeKind::Task; }
    /// A named value without a tile: an input or output.
    bool isValue() const { return kind == NodeKind::Input || kind == NodeKind::Output; }
};

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
    using Sentence = std::function<QString(const flow::Diagnostic &)>;

    QString title;
    std::vector<GraphNode> nodes;
    std::vector<GraphList> lists;
    std::vector<int> sections; ///< lists that are sections, in the order of Section
    std::vector<GraphLink> links;
    std::vector<int> fileOrder; ///< nodes by their place in the text
    bool readable = false;      ///< false when nothing of the text could be read

    int byKey(const std::string &key) const;   ///< -1 when there is none
    int byPath(const std::string &path) const; ///< -1 when there is none
    int listByPath(const std::string &path) const;
    int sectionList(Section section) const;    ///< -1 when it is not written
    /// Nodes that stand inside none of the others, in file order; every kind.
    std::vector<int> roots(const std::vector<int> &of) const;
    bool isInside(int node, int container) const { return container <= node && node < nodes[container].last; }
    int taskCount() const; ///< of `tasks`, at all levels

    /// `snapshot.flow` must not be null. `sentence` words a problem.
    static Graph build(const flow::Snapshot &snapshot, const Sentence &sentence);

    Graph() = default;
    Graph(Graph &&) = default; // the maps point into `nodes` and `lists`: moved, never copied
    Graph &operator=(Graph &&) = default;
    Graph(const Graph &) = delete;

private:
    friend class GraphBuilder;
    std::unordered_map<std::string_view, int> m_byKey;
    std::unordered_map<std::string_view, int> m_byPath;
    std::unordered_map<std::string_view, int> m_listByPath;
};

/// Translated heading of a section.
QString sectionTitle(Section section);

} // namespace canvas
