#pragma once

#include "canvas/flow_scene.h"
#include "engine/flow/edits.h"

#include <functional>
#include <memory>
#include <span>

namespace canvas {

/// Several edits that follow one another as one: each step sees the text and meaning the one before left.
/// Gives a single Edit for the snapshot it began with. Pure but for the steps.
class EditChain
{
public:
    using Step = std::function<flow::Result<flow::Edit>(const flow::Snapshot &)>;

    EditChain(flow::Snapshot snapshot, const flow::TaskCatalog &catalog);
    /// Stops at the first step that is refused; later ones are then ignored.
    EditChain &then(const Step &step);
    const flow::Snapshot &now() const { return m_now; }
    flow::Result<flow::Edit> edit() const;

private:
    /// A stretch of the text as it is by now: bytes of the first text, or new ones.
    struct Piece
    {
        flow::Range kept;
        std::string added;
        std::size_t size() const { return added.empty() ? kept.size() : added.size(); }
    };

    void apply(const flow::Edit &edit);

    flow::Snapshot m_first, m_now;
    const flow::TaskCatalog &m_catalog;
    std::vector<Piece> m_pieces;
    std::optional<flow::Error> m_error;
};

/// Turns what a gesture means into an edit and hands it to the sink. Knows the scene's snapshot, never a
/// document. GUI thread. Each call submits one edit or nothing; a refusal is told by `refused`.
class CanvasEdits : public QObject
{
    Q_OBJECT

public:
    CanvasEdits(FlowScene &scene, QObject *parent = nullptr);

    void setSink(flow::EditSink *sink) { m_sink = sink; } ///< not owned; null: the flow may be looked at only
    void setCatalog(std::shared_ptr<const flow::TaskCatalog> catalog) { m_catalog = std::move(catalog); }
    const flow::TaskCatalog *catalog() const { return m_catalog.get(); }
    bool isReadOnly() const { return !m_sink || !m_catalog || !m_scene.snapshot().flow; }

    bool addType(const flow::edits::Slot &slot, const QString &type);
    /// One task or a list of them.
    bool addYaml(const flow::edits::Slot &slot, const QString &yaml);
    bool remove(const std::vector<int> &nodes);
    bool duplicate(const std::vector<int> &nodes);
    bool move(const std::vector<int> &nodes, const flow::edits::Slot &slot);
    bool rename(int node, const QString &id);
    bool setNote(int node, const QString &note);
    bool setDisabled(const std::vector<int> &nodes, bool disabled);
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

signals:
    void refused(const flow::Error &error);
    /// Just before a submit, so that the view can tell what is new afterwards.
    void aboutToSubmit();

private:
    bool submit(const flow::Result<flow::Edit> &edit, flow::EditLabel label);
    flow::Error readOnly() const { return {flow::ErrorCode::ReadOnly, {}, {}}; }

    FlowScene &m_scene;
    flow::EditSink *m_sink = nullptr;
    std::shared_ptr<const flow::TaskCatalog> m_catalog;
};

/// The tasks of a text that is one task or a list of tasks, each as its own text. Empty when it is neither.
std::vector<std::string> splitTasks(std::string_view yaml);

} // namespace canvas
