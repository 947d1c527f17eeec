#pragma once

#include "canvas/graph.h"
#include "engine/flow/edits.h"

namespace canvas {

/// What a gesture is about, copied from the picture: the text and the picture may change under it.
struct Subject
{
    NodeKind kind = NodeKind::Task;
    std::string path;
    std::string id;
    std::string title;
    bool disabled = false;
    bool broken = false;
};

Subject subjectOf(const Graph &graph, int node);

/// Finds in a newer text what a gesture meant in an older one: tasks and entries by id, else by a path that
/// still bears the same type; lists by their owner; places by the neighbours. Pure; holds both texts.
class Follow
{
public:
    Follow(flow::Snapshot then, flow::Snapshot now);

    const flow::Snapshot &now() const { return m_now; }
    /// NoSuchTask when it is gone.
    flow::Result<std::string> path(const Subject &subject) const;
    /// NoSuchList when its list is gone.
    flow::Result<flow::edits::Slot> slot(const flow::edits::Slot &slot) const;

private:
    flow::Result<std::string> task(const std::string &path, const std::string &id) const;
    const flow::TaskList *list(const std::string &path) const;

    flow::Snapshot m_then, m_now;
    bool m_same;
};

/// Entries of the flow that a list path names: `inputs`, `triggers`, `outputs`; null for others.
const std::vector<flow::Item> *itemsOf(const flow::Flow &flow, std::string_view list);

} // namespace canvas
