#pragma once

#include "canvas/edit_chain.h"
#include "canvas/flow_scene.h"
#include "canvas/neighbours.h"
#include "canvas/subject.h"

namespace canvas {

/// A place that names what is about to be deleted.
struct LostReference
{
    QString name;   ///< of what goes
    QString reader; ///< title of the task that names it; empty outside of tasks
    QString line;   ///< the text of its line
    std::size_t number = 0; ///< of that line, 1-based
    std::size_t offset = 0;
};

/// Turns what a gesture means into an edit and hands it to the sink. Knows the scene's picture, never a
/// document: when the text is ahead of the picture, what was meant is looked up in it. GUI thread. Each call
/// submits one edit or nothing; a refusal is told by `refused`.
class CanvasEdits : public QObject
{
    Q_OBJECT

public:
    using Slot = flow::edits::Slot;

    CanvasEdits(FlowScene &scene, QObject *parent = nullptr);

    void setSink(flow::EditSink *sink) { m_sink = sink; } ///< not owned; null: the flow may be looked at only
    void setCatalog(std::shared_ptr<const flow::TaskCatalog> catalog) { m_catalog = std::move(catalog); }
    /// Gives the text as it is now, analysed. Without it the scene's snapshot has to be that.
    void setFresh(std::function<flow::Snapshot()> fresh) { m_fresh = std::move(fresh); }
    void setNeighbours(Neighbours *neighbours) { m_neighbours = neighbours; } ///< not owned; may be null
    const flow::TaskCatalog *catalog() const { return m_catalog.get(); }
    bool isReadOnly() const { return !m_sink || !m_catalog || !m_scene.snapshot().flow; }

    /// A task type goes to the place, a trigger type into `triggers`, an input type (`STRING`) into the list of the
    /// place. `of`: the snapshot the place was chosen in; that of the picture by default.
    bool addType(const Slot &slot, const QString &type, const flow::Snapshot *of = nullptr);
    /// Tasks and entries as splitYaml reads them.
    bool addYaml(const Slot &slot, const QString &yaml);
    bool addSubflow(const Slot &slot, const QString &namespaceId, const QString &flowId);
    /// One entry of `inputFiles`.
    bool addInputFile(int node, const QString &name, const QString &source);
    bool remove(const std::vector<int> &nodes);
    bool duplicate(const std::vector<int> &nodes);
    bool move(const std::vector<int> &nodes, const Slot &slot);
    /// One place up (-1) or down (1) in its list.
    bool shift(int node, int step);
    /// Behind the container it stands in.
    bool moveOut(int node);
    /// Into the container beside it: the next one, else the one before.
    bool moveIn(int node);
    bool rename(int node, const QString &id);
    bool setNote(int node, const QString &note);
    bool setDisabled(const std::vector<int> &nodes, bool disabled);
    bool wrap(const std::vector<int> &nodes, const QString &type);
    bool unwrap(int node);
    /// Between Sequential, Parallel and Dag, by the full name of the type.
    bool convert(int node, const QString &type);
    /// Tasks into a new flow beside this one, a Subflow task in their place.
    bool extract(const std::vector<int> &nodes, const QString &flowId);
    /// The tasks of the called flow in place of a Subflow task.
    bool inlineFlow(int node);
    bool connectTasks(int from, int to);
    bool disconnectTasks(int from, int to);
    /// Moves one end of an arrow: `to` waits for `newFrom` instead of `from`, or `newTo` waits instead of `to`.
    bool reconnectTasks(int from, int to, int newFrom, int newTo);

    /// Nodes as YAML text, outdented, in file order; those inside others only once.
    QString yamlOf(const std::vector<int> &nodes) const;
    /// What stands in no other of the nodes, tasks only.
    std::vector<int> roots(const std::vector<int> &nodes) const;
    /// Why an arrow can't be drawn; empty when it can.
    QString whyNotConnect(int from, int to) const;
    /// What would name something that is no longer there, in file order.
    std::vector<LostReference> lostReferences(const std::vector<int> &nodes);

signals:
    void refused(const flow::Error &error);
    /// Just before a submit, so that the view can tell what is new afterwards; the text as it is before.
    void aboutToSubmit(const flow::Snapshot &before);

private:
    using Wish = std::function<flow::Result<flow::Edit>(const Follow &)>;

    bool refuse(flow::Error error);
    bool submit(const Wish &wish, const flow::EditLabel &label, const flow::Snapshot *of = nullptr);
    flow::Snapshot fresh() const { return m_fresh ? m_fresh() : m_scene.snapshot(); }
    std::vector<Subject> subjectsOf(const std::vector<int> &nodes) const;
    flow::EditLabel labelled(const char *one, const char *several, const std::vector<Subject> &subjects) const;
    flow::Result<flow::Edit> addEntry(const Follow &follow, const Slot &slot, const std::string &list, const std::string &yaml) const;

    FlowScene &m_scene;
    flow::EditSink *m_sink = nullptr;
    std::function<flow::Snapshot()> m_fresh;
    Neighbours *m_neighbours = nullptr;
    std::shared_ptr<const flow::TaskCatalog> m_catalog;
};

} // namespace canvas
