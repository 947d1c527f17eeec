#include "canvas/canvas_edits.h"

#include "engine/flow/analysis.h"
#include "engine/flow/snippet.h"
#include "ui/tr.h"

#include <algorithm>

namespace canvas {

// EditChain

EditChain::EditChain(flow::Snapshot snapshot, const flow::TaskCatalog &catalog)
    : m_first(snapshot), m_now(std::move(snapshot)), m_catalog(catalog), m_pieces{{flow::Range{0, m_first.text->size()}, {}}}
{
}

EditChain &EditChain::then(const Step &step)
{
    if (m_error)
        return *this;
    flow::Result<flow::Edit> edit = step(m_now);
    if (!edit) {
        m_error = edit.error();
        return *this;
    }
    apply(*edit);
    m_now.text = std::make_shared<const std::string>(edit->applyTo(*m_now.text));
    flow::Analysis analysis = flow::analyse(*m_now.text, m_now.revision, m_catalog);
    m_now.flow = std::move(analysis.flow);
    m_now.diagnostics = std::move(analysis.diagnostics);
    return *this;
}

void EditChain::apply(const flow::Edit &edit)
{
    // From the last to the first, so that offsets before are still those of the text the edit is for.
    const auto split = [this](std::size_t offset) { // the piece that begins at an offset
        std::size_t at = 0, index = 0;
        while (index < m_pieces.size() && at + m_pieces[index].size() <= offset)
            at += m_pieces[index++].size();
        if (index == m_pieces.size() || at == offset)
            return index;
        Piece head = m_pieces[index], tail = m_pieces[index];
        const std::size_t cut = offset - at;
        if (head.added.empty()) {
            head.kept.end = head.kept.begin + cut;
            tail.kept.begin += cut;
        } else {
            head.added.resize(cut);
            tail.added.erase(0, cut);
        }
        m_pieces[index] = std::move(head);
        m_pieces.insert(m_pieces.begin() + std::ptrdiff_t(index) + 1, std::move(tail));
        return index + 1;
    };
    const auto &all = edit.replacements();
    for (auto it = all.rbegin(); it != all.rend(); ++it) {
        const std::size_t end = split(it->range.end);
        const std::size_t count = m_pieces.size();
        const std::size_t begin = split(it->range.begin);
        const std::size_t last = end + (m_pieces.size() - count);
        m_pieces.erase(m_pieces.begin() + std::ptrdiff_t(begin), m_pieces.begin() + std::ptrdiff_t(std::max(begin, last)));
        if (!it->text.empty())
            m_pieces.insert(m_pieces.begin() + std::ptrdiff_t(begin), Piece{{}, it->text});
    }
}

flow::Result<flow::Edit> EditChain::edit() const
{
    if (m_error)
        return *m_error;
    std::vector<flow::Replacement> replacements;
    std::size_t at = 0;
    std::string added;
    const auto close = [&](std::size_t end) {
        if (end > at || !added.empty())
            replacements.push_back({{at, end}, std::move(added)});
        added.clear();
    };
    for (const Piece &piece : m_pieces) {
        if (!piece.added.empty()) {
            added += piece.added;
        } else if (!piece.kept.empty()) {
            close(piece.kept.begin);
            at = piece.kept.end;
        }
    }
    close(m_first.text->size());
    return flow::Edit::make(m_first.revision, *m_first.text, std::move(replacements));
}

// Texts

namespace {

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

const flow::TaskList *listOf(const flow::Flow &flow, const std::string &ownerId, const std::string &path, flow::ListKind kind,
                             const std::string &label)
{
    if (ownerId.empty())
        return flow.findList(path);
    const flow::Task *owner = flow.findById(ownerId);
    if (!owner)
        return nullptr;
    for (const flow::TaskList &list : owner->lists) {
        if (list.kind == kind && list.label == label)
            return &list;
    }
    return nullptr;
}

} // namespace

std::vector<std::string> splitTasks(std::string_view yaml)
{
    const std::shared_ptr<const flow::Tree> tree = flow::Tree::parse(yaml);
    const flow::Node *root = tree->root();
    if (!root || !tree->faults().empty())
        return {};
    if (root->isMapping())
        return root->find("type") ? std::vector<std::string>{std::string(yaml)} : std::vector<std::string>{};
    if (!root->isSequence())
        return {};
    std::vector<std::string> tasks;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < root->items.size(); ++i) {
        if (!root->items[i]->isMapping() || !root->items[i]->find("type"))
            return {};
        std::size_t end = yaml.size();
        if (i + 1 < root->items.size()) { // up to the dash of the next one, with the comments above it
            end = yaml.rfind('\n', root->items[i + 1]->range.begin) + 1;
            while (end > begin) {
                const std::size_t before = end < 2 ? 0 : yaml.rfind('\n', end - 2) + 1;
                const std::string_view line = yaml.substr(before, end - before);
                const std::size_t first = line.find_first_not_of(" \t");
                if (before <= root->items[i]->range.begin || first == std::string_view::npos || line[first] != '#')
                    break;
                end = before;
            }
        }
        tasks.emplace_back(yaml.substr(begin, end - begin));
        begin = end;
    }
    return tasks;
}

// CanvasEdits

CanvasEdits::CanvasEdits(FlowScene &scene, QObject *parent) : QObject(parent), m_scene(scene)
{
}

bool CanvasEdits::submit(const flow::Result<flow::Edit> &edit, flow::EditLabel label)
{
    if (!m_sink) {
        emit refused(readOnly());
        return false;
    }
    if (!edit) {
        emit refused(edit.error());
        return false;
    }
    if (edit->empty())
        return true;
    emit aboutToSubmit();
    const flow::Result<> done = m_sink->submit(*edit, std::move(label));
    if (!done)
        emit refused(done.error());
    return done.hasValue();
}

bool CanvasEdits::addType(const flow::edits::Slot &slot, const QString &type)
{
    const flow::TaskType *known = m_catalog ? m_catalog->find(type.toStdString()) : nullptr;
    const std::string yaml = known ? flow::taskSnippet(*known) : flow::taskSnippet(type.toStdString());
    if (isReadOnly())
        return submit(readOnly(), {});
    if (known && known->group != flow::PluginGroup::Task)
        return submit(flow::Error{flow::ErrorCode::NotATask, {known->name}, {}}, {});
    return submit(flow::edits::addTask(m_scene.snapshot(), slot, yaml), {"edit.add-task", {ui::className(type).toStdString()}});
}

bool CanvasEdits::addYaml(const flow::edits::Slot &slot, const QString &yaml)
{
    if (isReadOnly())
        return submit(readOnly(), {});
    const std::vector<std::string> tasks = splitTasks(yaml.toStdString());
    if (tasks.empty())
        return submit(flow::Error{flow::ErrorCode::NotATask, {}, {}}, {});
    if (tasks.size() == 1)
        return submit(flow::edits::addTask(m_scene.snapshot(), slot, tasks.front()), {"edit.paste-tasks", {"1"}});
    EditChain chain(m_scene.snapshot(), *m_catalog);
    for (std::size_t i = 0; i < tasks.size(); ++i) {
        chain.then([&](const flow::Snapshot &now) {
            return flow::edits::addTask(now, {slot.list, slot.index + i}, tasks[i]);
        });
    }
    return submit(chain.edit(), {"edit.paste-tasks", {std::to_string(tasks.size())}});
}

std::vector<int> CanvasEdits::roots(const std::vector<int> &nodes) const
{
    const Graph &graph = m_scene.graph();
    std::vector<int> kept;
    for (const int node : nodes) {
        if (graph.nodes[node].kind != NodeKind::Task)
            continue;
        const bool inside = std::any_of(nodes.begin(), nodes.end(), [&](int other) {
            return other != node && graph.nodes[other].kind == NodeKind::Task && graph.isInside(node, other);
        });
        if (!inside)
            kept.push_back(node);
    }
    std::sort(kept.begin(), kept.end(), [&](int a, int b) { return graph.nodes[a].range.begin < graph.nodes[b].range.begin; });
    return kept;
}

bool CanvasEdits::remove(const std::vector<int> &nodes)
{
    if (isReadOnly())
        return submit(readOnly(), {});
    std::vector<std::string> paths;
    for (const int node : roots(nodes))
        paths.push_back(m_scene.graph().nodes[node].path);
    if (paths.empty())
        return false;
    flow::EditLabel label{"edit.remove-tasks", {std::to_string(paths.size())}};
    if (paths.size() == 1)
        label = {"edit.remove-task", {m_scene.graph().nodes[roots(nodes).front()].title.toStdString()}};
    return submit(flow::edits::removeTasks(m_scene.snapshot(), paths), std::move(label));
}

bool CanvasEdits::duplicate(const std::vector<int> &nodes)
{
    if (isReadOnly())
        return submit(readOnly(), {});
    const std::vector<int> all = roots(nodes);
    if (all.empty())
        return false;
    const Graph &graph = m_scene.graph();
    if (all.size() == 1) {
        return submit(flow::edits::duplicateTask(m_scene.snapshot(), graph.nodes[all.front()].path),
                      {"edit.duplicate-task", {graph.nodes[all.front()].title.toStdString()}});
    }
    EditChain chain(m_scene.snapshot(), *m_catalog);
    for (auto it = all.rbegin(); it != all.rend(); ++it) // from the end: paths before stay what they are
        chain.then([&](const flow::Snapshot &now) { return flow::edits::duplicateTask(now, graph.nodes[*it].path); });
    return submit(chain.edit(), {"edit.duplicate-tasks", {std::to_string(all.size())}});
}

bool CanvasEdits::move(const std::vector<int> &nodes, const flow::edits::Slot &slot)
{
    if (isReadOnly())
        return submit(readOnly(), {});
    const std::vector<int> all = roots(nodes);
    if (all.empty())
        return false;
    const Graph &graph = m_scene.graph();
    if (all.size() == 1) {
        return submit(flow::edits::moveTask(m_scene.snapshot(), graph.nodes[all.front()].path, slot),
                      {"edit.move-task", {graph.nodes[all.front()].title.toStdString()}});
    }
    // Paths change with each step, so tasks and the place are followed by ids.
    const int listIndex = graph.listByPath(slot.list);
    if (listIndex < 0)
        return submit(flow::Error{flow::ErrorCode::NoSuchList, {slot.list}, {}}, {});
    const GraphList &list = graph.lists[listIndex];
    const std::string ownerId = list.owner < 0 ? std::string() : graph.nodes[list.owner].id;
    const flow::TaskList *written = m_scene.snapshot().flow->findList(slot.list);
    const std::string label = written ? written->label : std::string();
    std::string beforeId; // the first task behind the place that stays
    for (std::size_t i = slot.index; i < list.nodes.size() && beforeId.empty(); ++i) {
        if (std::find(all.begin(), all.end(), list.nodes[i]) == all.end())
            beforeId = graph.nodes[list.nodes[i]].id;
    }
    EditChain chain(m_scene.snapshot(), *m_catalog);
    for (const int node : all) {
        chain.then([&](const flow::Snapshot &now) -> flow::Result<flow::Edit> {
            const flow::Task *task = now.flow->findById(graph.nodes[node].id);
            const flow::TaskList *target = listOf(*now.flow, ownerId, slot.list, list.kind, label);
            if (graph.nodes[node].id.empty() || !task)
                return flow::Error{flow::ErrorCode::NoSuchTask, {graph.nodes[node].path}, {}};
            if (!target)
                return flow::Error{flow::ErrorCode::NoSuchList, {slot.list}, {}};
            std::size_t index = target->tasks.size();
            for (std::size_t i = 0; i < target->tasks.size() && !beforeId.empty(); ++i) {
                if (target->tasks[i].id == beforeId)
                    index = i;
            }
            return flow::edits::moveTask(now, task->path, {target->path, index});
        });
    }
    return submit(chain.edit(), {"edit.move-tasks", {std::to_string(all.size())}});
}

bool CanvasEdits::rename(int node, const QString &id)
{
    if (isReadOnly())
        return submit(readOnly(), {});
    const GraphNode &data = m_scene.graph().nodes[node];
    if (id.toStdString() == data.id)
        return true;
    return submit(flow::edits::renameTask(m_scene.snapshot(), data.path, id.toStdString()),
                  {"edit.rename-task", {data.id, id.toStdString()}});
}

bool CanvasEdits::setNote(int node, const QString &note)
{
    if (isReadOnly())
        return submit(readOnly(), {});
    const GraphNode &data = m_scene.graph().nodes[node];
    if (note == data.note)
        return true;
    return submit(flow::edits::setNote(m_scene.snapshot(), data.path, note.toStdString()),
                  {"edit.set-note", {data.title.toStdString()}});
}

bool CanvasEdits::setDisabled(const std::vector<int> &nodes, bool disabled)
{
    if (isReadOnly())
        return submit(readOnly(), {});
    const Graph &graph = m_scene.graph();
    EditChain chain(m_scene.snapshot(), *m_catalog);
    std::string title;
    int count = 0;
    for (const int node : nodes) { // paths stay what they are
        const GraphNode &data = graph.nodes[node];
        if (data.kind != NodeKind::Task || data.broken || data.disabled == disabled)
            continue;
        title = data.title.toStdString();
        ++count;
        chain.then([&](const flow::Snapshot &now) {
            return disabled ? flow::edits::setProperty(now, data.path, "disabled", "true")
                            : flow::edits::unsetProperty(now, data.path, "disabled");
        });
    }
    if (count == 0)
        return true;
    return submit(chain.edit(), {disabled ? "edit.disable-tasks" : "edit.enable-tasks",
                                 {count == 1 ? title : std::to_string(count)}});
}

bool CanvasEdits::connectTasks(int from, int to)
{
    if (isReadOnly())
        return submit(readOnly(), {});
    const Graph &graph = m_scene.graph();
    return submit(flow::edits::connect(m_scene.snapshot(), graph.nodes[from].path, graph.nodes[to].path),
                  {"edit.connect", {graph.nodes[from].id, graph.nodes[to].id}});
}

bool CanvasEdits::disconnectTasks(int from, int to)
{
    if (isReadOnly())
        return submit(readOnly(), {});
    const Graph &graph = m_scene.graph();
    return submit(flow::edits::disconnect(m_scene.snapshot(), graph.nodes[from].path, graph.nodes[to].path),
                  {"edit.disconnect", {graph.nodes[from].id, graph.nodes[to].id}});
}

bool CanvasEdits::reconnectTasks(int from, int to, int newFrom, int newTo)
{
    if (isReadOnly())
        return submit(readOnly(), {});
    if (from == newFrom && to == newTo)
        return true;
    const Graph &graph = m_scene.graph();
    EditChain chain(m_scene.snapshot(), *m_catalog);
    chain.then([&](const flow::Snapshot &now) {
        return flow::edits::disconnect(now, graph.nodes[from].path, graph.nodes[to].path);
    });
    chain.then([&](const flow::Snapshot &now) {
        return flow::edits::connect(now, graph.nodes[newFrom].path, graph.nodes[newTo].path);
    });
    return submit(chain.edit(), {"edit.reconnect", {graph.nodes[newFrom].id, graph.nodes[newTo].id}});
}

QString CanvasEdits::yamlOf(const std::vector<int> &nodes) const
{
    if (!m_scene.snapshot().text)
        return {};
    const std::string_view text = *m_scene.snapshot().text;
    std::string out;
    std::vector<int> all = roots(nodes);
    if (all.empty())
        all = nodes;
    for (const int node : all) {
        const flow::Range range = m_scene.graph().nodes[node].range;
        out += outdented(text.substr(range.begin, range.size()));
    }
    return QString::fromStdString(out);
}

QString CanvasEdits::whyNotConnect(int from, int to) const
{
    const Graph &graph = m_scene.graph();
    if (from == to)
        return Tr::tr("a task cannot wait for itself");
    const GraphNode &a = graph.nodes[from], &b = graph.nodes[to];
    if (!a.inDag || a.list != b.list)
        return Tr::tr("only tasks of one Dag can be joined");
    if (std::find(b.dependsOn.begin(), b.dependsOn.end(), a.id) != b.dependsOn.end())
        return Tr::tr("%1 already waits for %2").arg(b.title, a.title);
    // Would `from` then wait, by some way, for itself? Walk what `from` waits for until `to`.
    std::unordered_map<std::string, int> byId;
    for (const int node : graph.lists[a.list].nodes)
        byId.emplace(graph.nodes[node].id, node);
    std::unordered_map<int, int> cameFrom{{from, -1}};
    std::vector<int> queue{from};
    for (std::size_t i = 0; i < queue.size(); ++i) {
        for (const std::string &id : graph.nodes[queue[i]].dependsOn) {
            const auto next = byId.find(id);
            if (next == byId.end() || !cameFrom.emplace(next->second, queue[i]).second)
                continue;
            queue.push_back(next->second);
            if (next->second == to) {
                const int through = queue[i] == from ? to : queue[i];
                return Tr::tr("would make a circle through %1").arg(graph.nodes[through].title);
            }
        }
    }
    return {};
}

} // namespace canvas
