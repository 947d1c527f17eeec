#pragma once

#include "engine/flow/flow_document.h"
#include "ui/task_look.h"

#include <QString>
#include <QStringList>

#include <functional>
#include <memory>
#include <optional>
#include <ranges>
#include <unordered_map>
#include <vector>

namespace canvas {

/// What a node of the picture stands for.
enum class NodeKind {
    Task,    ///< one task, container or not
    Trigger, ///< an entry of `triggers`
    Input,   ///< an entry of `inputs`
    Output,  ///< an entry of the flow's `outputs`
};

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

/// Where a node stands among the others.
struct NodePlace
{
    NodeKind kind = NodeKind::Task;
    bool container = false;
    bool inDag = false;
    int list = -1;       ///< the list it stands in
    int indexInList = 0;
    int owner = -1;      ///< the container it stands in; -1 at the top
    int depth = 0;
    int last = 0;        ///< index after its last descendant
    int firstList = 0;   ///< its first of Graph::lists; in file order
    int listCount = 0;

    auto lists() const { return std::views::iota(firstList, firstList + listCount); }
    bool isTask() const { return kind == NodeKind::Task; }
    /// A named value without a tile: an input or output.
    bool isValue() const { return kind == NodeKind::Input || kind == NodeKind::Output; }
};

/// One node as it is drawn: plain values read from a Task or Item. Knows no document and no place on the canvas.
struct GraphNode : NodePlace
{
    std::string key;  ///< names it across texts: by id, else by path
    std::string path; ///< names it in this text
    std::string id;
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
    flow::Range range;
    bool disabled = false;
    bool broken = false;
    bool subflow = false;
    QString calledNamespace; ///< of a subflow
    QString calledFlow;
};

/// The nodes of a graph. Where they stand is known of all; what they show is read from the flow when a node is asked
/// for, and kept: of a large flow that is what is in view. GUI thread, but for moving it.
class GraphNodes
{
public:
    using Sentence = std::function<QString(const flow::Diagnostic &)>;

    GraphNodes() = default;
    std::size_t size() const { return m_entries.size(); }
    bool empty() const { return m_entries.empty(); }
    const GraphNode &operator[](std::size_t node) const;

    // What does not need the whole node
    const NodePlace &place(int node) const { return m_entries[std::size_t(node)].place; }
    const std::string &id(int node) const;
    const std::string &path(int node) const;
    const std::string &note(int node) const;
    flow::Range range(int node) const;
    std::string key(int node) const;
    QString title(int node) const;
    QString typeLine(int node) const;
    QString detail(int node) const;
    ui::TaskLook look(int node) const;
    bool isDisabled(int node) const;
    bool isBroken(int node) const { return entry(node).task && entry(node).task->fault; }
    const std::vector<flow::Dependency> &dependsOn(int node) const; ///< of a task
    /// 1-based, of the first line that is the node's own.
    std::size_t line(int node) const;

    int find(std::string_view key) const; ///< -1 when there is none
    std::size_t keyHash(int node) const { return entry(node).hash; }

    const flow::Snapshot &snapshot() const { return m_snapshot; }

private:
    friend class GraphBuilder;

    struct Entry
    {
        NodePlace place;
        bool named = false;   ///< its key is its id, not its path
        std::size_t hash = 0; ///< of its key
        const flow::Task *task = nullptr;
        const flow::Item *item = nullptr; ///< of what is no task
    };
    struct Defaults
    {
        QString type;
        QStringList lines;
    };
    /// What only the type decides: looked up once for each.
    struct TypeLooks
    {
        QString type;         ///< as written
        QString className;    ///< of the type it stands for
        QString writtenClass;
        QString shortType;
        ui::TaskLook look;
        bool callsFlow = false;
    };

    GraphNodes(const flow::Snapshot &snapshot, Sentence sentence) : m_snapshot(snapshot), m_sentence(std::move(sentence)) {}
    const Entry &entry(int node) const { return m_entries[std::size_t(node)]; }
    const TypeLooks &looksOf(const flow::Task &task) const;
    std::unique_ptr<GraphNode> read(int node) const;
    void readTask(const flow::Task &task, GraphNode &node) const;
    bool hasKey(int node, std::string_view key) const;
    void nameAll();
    std::vector<Defaults> readDefaults() const;

    flow::Snapshot m_snapshot; // keeps the tasks alive
    Sentence m_sentence;
    std::vector<Entry> m_entries;
    std::vector<int> m_byKey; // a hash table: nodes, -1 where there is none; its size is a power of two
    std::vector<std::pair<int, int>> m_problems; // node, diagnostic of the snapshot; sorted by node
    mutable std::vector<std::unique_ptr<GraphNode>> m_read;
    mutable std::unordered_map<std::string_view, TypeLooks> m_looks; // by the type as written in the flow
    mutable std::optional<std::vector<Defaults>> m_defaults;
    mutable std::optional<flow::LineIndex> m_lines;
};

} // namespace canvas
