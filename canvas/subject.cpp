#include "canvas/subject.h"

#include <algorithm>

namespace canvas {

Subject subjectOf(const Graph &graph, int node)
{
    const GraphNode &data = graph.nodes[std::size_t(node)];
    return {data.kind, data.path, data.id, data.title.toStdString(), data.disabled, data.broken};
}

const std::vector<flow::Item> *itemsOf(const flow::Flow &flow, std::string_view list)
{
    return list == "inputs" ? &flow.inputs : list == "triggers" ? &flow.triggers : list == "outputs" ? &flow.outputs : nullptr;
}

Follow::Follow(flow::Snapshot then, flow::Snapshot now)
    : m_then(std::move(then)), m_now(std::move(now)), m_same(m_then.flow == m_now.flow)
{
}

flow::Result<std::string> Follow::task(const std::string &path, const std::string &id) const
{
    if (m_same)
        return path;
    if (!id.empty()) {
        if (const flow::Task *task = m_now.flow->findById(id))
            return task->path;
    }
    const flow::Task *before = m_then.flow->findByPath(path), *after = m_now.flow->findByPath(path);
    const bool alike = before && after && (before->type == after->type || before->fault || after->fault);
    if (alike && (after->id.empty() || !m_then.flow->findById(after->id)))
        return path; // it got another id, or never had one
    return flow::Error{flow::ErrorCode::NoSuchTask, {id.empty() ? path : id}, {}};
}

flow::Result<std::string> Follow::path(const Subject &subject) const
{
    if (subject.kind == NodeKind::Task || m_same)
        return task(subject.path, subject.id);
    const std::string list = subject.path.substr(0, subject.path.find('['));
    const std::vector<flow::Item> *items = itemsOf(*m_now.flow, list);
    const auto found = std::find_if(items->begin(), items->end(), [&](const flow::Item &item) {
        return subject.id.empty() ? item.path == subject.path : item.id == subject.id;
    });
    if (found == items->end())
        return flow::Error{flow::ErrorCode::NoSuchTask, {subject.title}, {}};
    return found->path;
}

const flow::TaskList *Follow::list(const std::string &path) const
{
    const flow::TaskList *before = m_then.flow->findList(path);
    const flow::Task *owner = nullptr;
    m_then.flow->forEachTask([&](const flow::Task &task, const flow::TaskList &, int) {
        for (const flow::TaskList &each : task.lists)
            owner = &each == before ? &task : owner;
    });
    if (!before || !owner)
        return m_now.flow->findList(path);
    const flow::Result<std::string> now = task(owner->path, owner->id);
    const flow::Task *holder = now ? m_now.flow->findByPath(*now) : nullptr;
    if (!holder)
        return nullptr;
    const auto same = std::find_if(holder->lists.begin(), holder->lists.end(), [&](const flow::TaskList &each) {
        return each.kind == before->kind && each.label == before->label;
    });
    return same == holder->lists.end() ? nullptr : &*same;
}

flow::Result<flow::edits::Slot> Follow::slot(const flow::edits::Slot &slot) const
{
    if (m_same)
        return slot;
    const auto place = [&](const std::string &listPath, const auto &before, const auto &after) -> flow::edits::Slot {
        // Before the first that stood behind the place and is still there, else behind the last that stood before it.
        const auto indexOf = [&](const std::string &id) {
            const auto at = std::find_if(after.begin(), after.end(), [&](const auto &each) { return !id.empty() && each.id == id; });
            return at == after.end() ? after.size() : std::size_t(at - after.begin());
        };
        for (std::size_t i = slot.index; i < before.size(); ++i) {
            if (const std::size_t now = indexOf(before[i].id); now < after.size())
                return {listPath, now, slot.behindPrevious};
        }
        for (std::size_t i = std::min(slot.index, before.size()); i > 0; --i) {
            if (const std::size_t now = indexOf(before[i - 1].id); now < after.size())
                return {listPath, now + 1, slot.behindPrevious};
        }
        return {listPath, std::min(slot.index, after.size()), slot.behindPrevious};
    };
    if (const std::vector<flow::Item> *items = itemsOf(*m_now.flow, slot.list))
        return place(slot.list, *itemsOf(*m_then.flow, slot.list), *items);
    const flow::TaskList *before = m_then.flow->findList(slot.list);
    if (!before) // a list that is not yet written
        return slot;
    const flow::TaskList *after = list(slot.list);
    if (!after)
        return flow::Error{flow::ErrorCode::NoSuchList, {slot.list}, {}};
    return place(after->path, before->tasks, after->tasks);
}

} // namespace canvas
