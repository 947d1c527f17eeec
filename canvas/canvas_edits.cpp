#include "canvas/canvas_edits.h"

#include "canvas/yaml_pieces.h"
#include "engine/flow/edits/scalars.h"
#include "engine/flow/snippet.h"
#include "ui/tr.h"

#include <algorithm>

namespace canvas {

namespace edits = flow::edits;
using flow::Edit;
using flow::Error;
using flow::ErrorCode;
using flow::Result;
using flow::Snapshot;

namespace {

constexpr char kSubflow[] = "io.kestra.plugin.core.flow.Subflow";
constexpr char kSequential[] = "io.kestra.plugin.core.flow.Sequential";
constexpr char kDag[] = "io.kestra.plugin.core.flow.Dag";

edits::Named namedOf(NodeKind kind)
{
    return kind == NodeKind::Trigger ? edits::Named::Trigger : kind == NodeKind::Input ? edits::Named::Input : edits::Named::Output;
}

/// The list a task stands in, and where.
struct Stand
{
    const flow::TaskList *list = nullptr;
    std::size_t index = 0;
    const flow::Task *owner = nullptr;
};

Stand standOf(const flow::Flow &flow, const std::string &path)
{
    const flow::Task *task = flow.findByPath(path);
    if (!task)
        return {};
    const flow::Task *owner = flow.parentOf(*task);
    for (const flow::TaskList &list : owner ? owner->lists : flow.lists) {
        for (std::size_t i = 0; i < list.tasks.size(); ++i) {
            if (&list.tasks[i] == task)
                return {&list, i, owner};
        }
    }
    return {};
}

/// Behind what a task will stand: the id of the task before it, empty at the front, then the container's
/// when it comes in from elsewhere.
void sayPlace(flow::EditLabel &label, const flow::Flow &flow, const edits::Slot &place, const std::vector<std::string> &moved)
{
    const flow::TaskList *list = flow.findList(place.list);
    if (!list)
        return;
    std::string before;
    for (std::size_t i = std::min(place.index, list->tasks.size()); i > 0 && before.empty(); --i)
        if (const flow::Task &task = list->tasks[i - 1]; std::find(moved.begin(), moved.end(), task.id) == moved.end())
            before = task.id;
    label.args.push_back(before);
    const std::size_t dot = place.list.rfind('.');
    const flow::Task *owner = dot == std::string::npos ? nullptr : flow.findByPath(place.list.substr(0, dot));
    if (before.empty() && owner && !owner->id.empty())
        label.args.push_back(owner->id);
}

} // namespace

CanvasEdits::CanvasEdits(FlowScene &scene, QObject *parent) : QObject(parent), m_scene(scene)
{
}

bool CanvasEdits::refuse(Error error)
{
    emit refused(error);
    return false;
}

/// `wish` may look at the picture only before this call: the newest text, asked for here, may change it. It
/// may also complete the label.
bool CanvasEdits::submit(const Wish &wish, const flow::EditLabel &label, const Snapshot *of)
{
    if (isReadOnly())
        return refuse({ErrorCode::ReadOnly, {}, {}});
    const Snapshot then = of ? *of : m_scene.snapshot();
    const Follow follow(then, fresh());
    const Result<Edit> edit = wish(follow);
    if (!edit)
        return refuse(edit.error());
    if (edit->empty())
        return true;
    emit aboutToSubmit(follow.now());
    const Result<> done = m_sink->submit(*edit, label);
    return done ? true : refuse(done.error());
}

std::vector<int> CanvasEdits::roots(const std::vector<int> &nodes) const
{
    std::vector<int> tasks;
    std::copy_if(nodes.begin(), nodes.end(), std::back_inserter(tasks), [&](int node) { return m_scene.graph().nodes[std::size_t(node)].isTask(); });
    return m_scene.graph().roots(tasks);
}

std::vector<Subject> CanvasEdits::subjectsOf(const std::vector<int> &nodes) const
{
    std::vector<Subject> subjects;
    for (const int node : m_scene.graph().roots(nodes))
        subjects.push_back(subjectOf(m_scene.graph(), node));
    return subjects;
}

flow::EditLabel CanvasEdits::labelled(const char *one, const char *several, const std::vector<Subject> &subjects) const
{
    return subjects.size() == 1 ? flow::EditLabel{one, {subjects.front().title}}
                                : flow::EditLabel{several, {std::to_string(subjects.size())}};
}

// Adding

/// `slot` is of the newest text already.
Result<Edit> CanvasEdits::addEntry(const Follow &follow, const Slot &slot, const std::string &list, const std::string &yaml) const
{
    const flow::Node *root = follow.now().flow->root;
    const flow::Node *written = root ? root->find(list) : nullptr;
    const std::size_t count = written && written->isSequence() ? written->items.size() : 0;
    return edits::addItem(follow.now(), list, slot.list == list ? std::min(slot.index, count) : count, yaml);
}

bool CanvasEdits::addType(const Slot &slot, const QString &type, const Snapshot *of)
{
    const std::string name = type.toStdString();
    const flow::TaskType *known = m_catalog ? m_catalog->find(name) : nullptr;
    const bool value = m_catalog && m_catalog->findInput(name);
    if (!known && value) {
        const std::string id = QString(type).toLower().toStdString();
        const bool output = slot.list == "outputs";
        const std::string yaml = "id: " + id + "\ntype: " + name + (output ? "\nvalue: \"\"\n" : "\n");
        return submit([&](const Follow &follow) -> Result<Edit> {
            const Result<Slot> place = follow.slot(slot);
            return place ? addEntry(follow, *place, output ? "outputs" : "inputs", yaml) : Result<Edit>(place.error());
        }, {"edit.add-item", {id}}, of);
    }
    const std::string yaml = known ? flow::taskSnippet(*known) : flow::taskSnippet(name);
    const flow::EditLabel label{"edit.add-task", {ui::className(type).toStdString()}};
    if (known && known->group != flow::PluginGroup::Task && known->group != flow::PluginGroup::Trigger)
        return isReadOnly() ? refuse({ErrorCode::ReadOnly, {}, {}}) : refuse({ErrorCode::NotATask, {known->name}, {}});
    const bool trigger = known && known->group == flow::PluginGroup::Trigger;
    return submit([&](const Follow &follow) -> Result<Edit> {
        const Result<Slot> place = follow.slot(slot);
        if (trigger)
            return addEntry(follow, place ? *place : Slot{}, "triggers", yaml);
        if (!place)
            return place.error();
        if (itemsOf(*follow.now().flow, place->list)) // a task is no entry: behind the others
            return edits::addTask(follow.now(), {"tasks", follow.now().flow->lists.front().tasks.size()}, yaml);
        return edits::addTask(follow.now(), *place, yaml);
    }, label, of);
}

bool CanvasEdits::addYaml(const Slot &slot, const QString &yaml)
{
    if (isReadOnly())
        return refuse({ErrorCode::ReadOnly, {}, {}});
    const std::vector<YamlPiece> pieces = splitYaml(yaml.toStdString(), *m_catalog);
    if (pieces.empty())
        return refuse({ErrorCode::NotATask, {}, {}});
    return submit([&](const Follow &follow) -> Result<Edit> {
        const Result<Slot> place = follow.slot(slot);
        if (!place)
            return place.error();
        EditChain chain(follow.now(), *m_catalog);
        std::size_t tasks = 0;
        for (const YamlPiece &piece : pieces) {
            chain.then([&](const Snapshot &now) -> Result<Edit> {
                if (!piece.list.empty())
                    return addEntry(Follow(now, now), *place, piece.list, piece.text);
                const bool entry = itemsOf(*now.flow, place->list);
                const Slot at = entry ? Slot{"tasks", now.flow->lists.front().tasks.size()} : Slot{place->list, place->index + tasks++};
                return edits::addTask(now, at, piece.text);
            });
        }
        return chain.edit();
    }, {"edit.paste-tasks", {std::to_string(pieces.size())}});
}

bool CanvasEdits::addSubflow(const Slot &slot, const QString &namespaceId, const QString &flowId)
{
    std::string id = flowId.toStdString();
    std::replace(id.begin(), id.end(), '.', '_');
    const std::string yaml = "id: " + id + "\ntype: " + kSubflow + "\nnamespace: " + namespaceId.toStdString() + "\nflowId: " + flowId.toStdString() + "\n";
    return submit([&](const Follow &follow) -> Result<Edit> {
        const Result<Slot> place = follow.slot(slot);
        return place ? edits::addTask(follow.now(), *place, yaml) : Result<Edit>(place.error());
    }, {"edit.add-task", {flowId.toStdString()}});
}

bool CanvasEdits::addInputFile(int node, const QString &name, const QString &source)
{
    const Subject subject = subjectOf(m_scene.graph(), node);
    return submit([&](const Follow &follow) -> Result<Edit> {
        const Result<std::string> path = follow.path(subject);
        if (!path)
            return path.error();
        return edits::setProperty(follow.now(), *path, "inputFiles['" + name.toStdString() + "']", edits::scalarText(source.toStdString(), edits::Context::Block));
    }, {"edit.set-property", {"inputFiles"}});
}

// Deleting, copying, moving

bool CanvasEdits::remove(const std::vector<int> &nodes)
{
    const std::vector<Subject> subjects = subjectsOf(nodes);
    if (subjects.empty())
        return false;
    return submit([&](const Follow &follow) -> Result<Edit> {
        std::vector<std::string> tasks, items;
        for (const Subject &subject : subjects) {
            const Result<std::string> path = follow.path(subject);
            if (!path)
                return path.error();
            (subject.kind == NodeKind::Task ? tasks : items).push_back(*path);
        }
        if (items.empty())
            return edits::removeTasks(follow.now(), tasks);
        EditChain chain(follow.now(), *m_catalog);
        if (!tasks.empty())
            chain.then([&](const Snapshot &now) { return edits::removeTasks(now, tasks); });
        for (auto item = items.rbegin(); item != items.rend(); ++item) // from the end: paths before stay what they are
            chain.then([&](const Snapshot &now) { return edits::removeItem(now, *item); });
        return chain.edit();
    }, labelled("edit.remove-task", "edit.remove-tasks", subjects));
}

std::vector<LostReference> CanvasEdits::lostReferences(const std::vector<int> &nodes)
{
    const std::vector<Subject> subjects = subjectsOf(nodes);
    const Follow follow(m_scene.snapshot(), fresh());
    const Snapshot &now = follow.now();
    std::vector<std::pair<std::string, flow::Range>> found;
    std::vector<std::string> tasks;
    for (const Subject &subject : subjects) {
        const Result<std::string> path = follow.path(subject);
        if (!path)
            continue;
        if (subject.kind == NodeKind::Task) {
            tasks.push_back(*path);
            continue;
        }
        for (const edits::Dangling &each : edits::danglingReferences(now, *path))
            found.emplace_back(each.id, each.range);
    }
    for (const edits::Dangling &each : edits::danglingReferences(now, std::span<const std::string>(tasks)))
        found.emplace_back(each.id, each.range);
    std::sort(found.begin(), found.end(), [](const auto &a, const auto &b) { return a.second.begin < b.second.begin; });
    const flow::LineIndex lines(*now.text);
    std::vector<LostReference> references;
    for (const auto &[id, range] : found) {
        const std::size_t begin = range.begin == 0 ? 0 : now.text->rfind('\n', range.begin - 1) + 1;
        const std::size_t end = std::min(now.text->find('\n', range.begin), now.text->size());
        const flow::Task *reader = now.flow->taskAt(range.begin);
        references.push_back({QString::fromStdString(id), reader ? QString::fromStdString(reader->id) : QString(),
                              QString::fromStdString(now.text->substr(begin, end - begin)).simplified(),
                              lines.position(range.begin).line, range.begin});
    }
    return references;
}

bool CanvasEdits::duplicate(const std::vector<int> &nodes)
{
    const std::vector<Subject> subjects = subjectsOf(nodes);
    if (subjects.empty())
        return false;
    return submit([&](const Follow &follow) -> Result<Edit> {
        EditChain chain(follow.now(), *m_catalog);
        for (auto subject = subjects.rbegin(); subject != subjects.rend(); ++subject) { // from the end, as above
            const Result<std::string> path = follow.path(*subject);
            const auto step = [&](const Snapshot &now) -> Result<Edit> {
                if (!path)
                    return path.error();
                return subject->kind == NodeKind::Task ? edits::duplicateTask(now, *path) : edits::duplicateItem(now, *path);
            };
            if (subjects.size() == 1)
                return step(follow.now());
            chain.then(step);
        }
        return chain.edit();
    }, labelled("edit.duplicate-task", "edit.duplicate-tasks", subjects));
}

bool CanvasEdits::move(const std::vector<int> &nodes, const Slot &slot)
{
    const std::vector<Subject> subjects = subjectsOf(nodes);
    if (subjects.empty())
        return false;
    flow::EditLabel label = labelled("edit.move-task", "edit.move-tasks", subjects);
    return submit([&](const Follow &follow) -> Result<Edit> {
        const Result<Slot> place = follow.slot(slot);
        if (!place)
            return place.error();
        std::vector<std::string> moved;
        for (const Subject &subject : subjects)
            moved.push_back(subject.id);
        sayPlace(label, *follow.now().flow, *place, moved);
        if (subjects.size() == 1) {
            const Result<std::string> path = follow.path(subjects.front());
            if (!path)
                return path.error();
            return subjects.front().kind == NodeKind::Task ? edits::moveTask(follow.now(), *path, *place)
                                                           : edits::moveItem(follow.now(), *path, place->index);
        }
        EditChain chain(follow.now(), *m_catalog);
        for (std::size_t i = 0; i < subjects.size(); ++i) { // the first to the place, each other behind the one before
            chain.then([&](const Snapshot &now) -> Result<Edit> {
                const Follow step(follow.now(), now);
                const Result<std::string> path = step.path(subjects[i]);
                if (!path)
                    return path.error();
                if (subjects[i].kind != NodeKind::Task)
                    return Error{ErrorCode::NotATask, {subjects[i].title}, {}};
                if (i == 0)
                    return edits::moveTask(now, *path, *place);
                const Result<std::string> previous = step.path(subjects[i - 1]);
                const Stand stand = previous ? standOf(*now.flow, *previous) : Stand{};
                if (!stand.list)
                    return Error{ErrorCode::NoSuchList, {slot.list}, {}};
                return edits::moveTask(now, *path, {stand.list->path, stand.index + 1});
            });
        }
        return chain.edit();
    }, label);
}

bool CanvasEdits::shift(int node, int step)
{
    const Subject subject = subjectOf(m_scene.graph(), node);
    flow::EditLabel label{"edit.move-task", {subject.title}};
    const auto move = [&](const Follow &follow, const std::string &path, const Slot &place) {
        sayPlace(label, *follow.now().flow, place, {subject.id});
        return edits::moveTask(follow.now(), path, place);
    };
    return submit([&](const Follow &follow) -> Result<Edit> {
        const Result<std::string> path = follow.path(subject);
        if (!path)
            return path.error();
        const auto target = [step](std::size_t index, std::size_t count) { // the index to go before
            return step < 0 ? (index > 0 ? index - 1 : 0) : std::min(index + 2, count);
        };
        if (subject.kind != NodeKind::Task) {
            const std::string list = path->substr(0, path->find('['));
            const std::size_t index = std::stoul(path->substr(list.size() + 1));
            return edits::moveItem(follow.now(), *path, target(index, follow.now().flow->root->find(list)->items.size()));
        }
        const Stand stand = standOf(*follow.now().flow, *path);
        if (!stand.list)
            return Error{ErrorCode::NoSuchTask, {subject.title}, {}};
        return move(follow, *path, {stand.list->path, target(stand.index, stand.list->tasks.size())});
    }, label);
}

bool CanvasEdits::moveOut(int node)
{
    const Subject subject = subjectOf(m_scene.graph(), node);
    flow::EditLabel label{"edit.move-task", {subject.title}};
    const auto move = [&](const Follow &follow, const std::string &path, const Slot &place) {
        sayPlace(label, *follow.now().flow, place, {subject.id});
        return edits::moveTask(follow.now(), path, place);
    };
    return submit([&](const Follow &follow) -> Result<Edit> {
        const Result<std::string> path = follow.path(subject);
        const Stand stand = path ? standOf(*follow.now().flow, *path) : Stand{};
        const Stand outer = stand.owner ? standOf(*follow.now().flow, stand.owner->path) : Stand{};
        if (!outer.list)
            return Error{ErrorCode::NoSuchList, {subject.title}, {}};
        return move(follow, *path, {outer.list->path, outer.index + 1});
    }, label);
}

bool CanvasEdits::moveIn(int node)
{
    const Subject subject = subjectOf(m_scene.graph(), node);
    flow::EditLabel label{"edit.move-task", {subject.title}};
    const auto move = [&](const Follow &follow, const std::string &path, const Slot &place) {
        sayPlace(label, *follow.now().flow, place, {subject.id});
        return edits::moveTask(follow.now(), path, place);
    };
    return submit([&](const Follow &follow) -> Result<Edit> {
        const Result<std::string> path = follow.path(subject);
        const Stand stand = path ? standOf(*follow.now().flow, *path) : Stand{};
        if (!stand.list)
            return Error{ErrorCode::NoSuchTask, {subject.title}, {}};
        const std::vector<flow::Task> &tasks = stand.list->tasks;
        const auto open = [&](std::size_t index) { return index < tasks.size() && tasks[index].flowable && !tasks[index].lists.empty(); };
        if (open(stand.index + 1))
            return move(follow, *path, {tasks[stand.index + 1].lists.front().path, 0});
        if (stand.index > 0 && open(stand.index - 1)) {
            const flow::TaskList &list = tasks[stand.index - 1].lists.front();
            return move(follow, *path, {list.path, list.tasks.size()});
        }
        return Error{ErrorCode::NoSuchList, {subject.title}, {}};
    }, label);
}

// Names, notes, properties

bool CanvasEdits::rename(int node, const QString &id)
{
    const Subject subject = subjectOf(m_scene.graph(), node);
    const std::string name = id.toStdString();
    if (name == subject.id)
        return true;
    return submit([&](const Follow &follow) -> Result<Edit> {
        if (subject.kind != NodeKind::Task)
            return edits::renameNamed(follow.now(), namedOf(subject.kind), subject.id, name);
        const Result<std::string> path = follow.path(subject);
        return path ? edits::renameTask(follow.now(), *path, name) : Result<Edit>(path.error());
    }, {"edit.rename-task", {subject.id, name}});
}

bool CanvasEdits::setNote(int node, const QString &note)
{
    if (note == m_scene.graph().nodes[std::size_t(node)].note)
        return true;
    const Subject subject = subjectOf(m_scene.graph(), node);
    return submit([&](const Follow &follow) -> Result<Edit> {
        const Result<std::string> path = follow.path(subject);
        return path ? edits::setNote(follow.now(), *path, note.toStdString()) : Result<Edit>(path.error());
    }, {"edit.set-note", {subject.title}});
}

bool CanvasEdits::setDisabled(const std::vector<int> &nodes, bool disabled)
{
    std::vector<Subject> subjects;
    for (const int node : nodes)
        subjects.push_back(subjectOf(m_scene.graph(), node));
    std::erase_if(subjects, [&](const Subject &each) { return each.broken || each.disabled == disabled; });
    if (subjects.empty())
        return true;
    return submit([&](const Follow &follow) -> Result<Edit> {
        EditChain chain(follow.now(), *m_catalog);
        for (const Subject &subject : subjects) { // paths stay what they are
            const Result<std::string> path = follow.path(subject);
            chain.then([&](const Snapshot &now) -> Result<Edit> {
                if (!path)
                    return path.error();
                if (subject.kind == NodeKind::Task)
                    return edits::setDisabled(now, *path, disabled);
                if (subject.kind != NodeKind::Trigger)
                    return Error{ErrorCode::NoSuchProperty, {"disabled", subject.title}, {}};
                return disabled ? edits::setProperty(now, {}, *path + ".disabled", "true") : edits::unsetProperty(now, {}, *path + ".disabled");
            });
        }
        return chain.edit();
    }, labelled(disabled ? "edit.disable-tasks" : "edit.enable-tasks", disabled ? "edit.disable-tasks" : "edit.enable-tasks", subjects));
}

// Groups

bool CanvasEdits::wrap(const std::vector<int> &nodes, const QString &type)
{
    const std::vector<Subject> subjects = subjectsOf(roots(nodes));
    if (subjects.empty())
        return false;
    const bool dag = type == QLatin1String(kDag); // its tasks are written in another way
    const std::string wanted = dag ? kSequential : type.toStdString();
    const flow::TaskType *known = m_catalog ? m_catalog->find(wanted) : nullptr;
    const std::string yaml = known ? flow::taskSnippet(*known) : wanted;
    return submit([&](const Follow &follow) -> Result<Edit> {
        std::vector<std::string> paths;
        for (const Subject &subject : subjects) {
            const Result<std::string> path = follow.path(subject);
            if (!path)
                return path.error();
            paths.push_back(*path);
        }
        if (!dag)
            return edits::wrapTasks(follow.now(), paths, yaml);
        EditChain chain(follow.now(), *m_catalog);
        chain.then([&](const Snapshot &now) { return edits::wrapTasks(now, paths, yaml); });
        chain.then([&](const Snapshot &now) { return edits::convertGroup(now, paths.front(), kDag); });
        return chain.edit();
    }, {"edit.wrap-tasks", {ui::className(type).toStdString()}});
}

bool CanvasEdits::unwrap(int node)
{
    const Subject subject = subjectOf(m_scene.graph(), node);
    return submit([&](const Follow &follow) -> Result<Edit> {
        const Result<std::string> path = follow.path(subject);
        return path ? edits::unwrapTask(follow.now(), *path) : Result<Edit>(path.error());
    }, {"edit.unwrap-task", {subject.title}});
}

bool CanvasEdits::convert(int node, const QString &type)
{
    const Subject subject = subjectOf(m_scene.graph(), node);
    return submit([&](const Follow &follow) -> Result<Edit> {
        const Result<std::string> path = follow.path(subject);
        return path ? edits::convertGroup(follow.now(), *path, type.toStdString()) : Result<Edit>(path.error());
    }, {"edit.convert-group", {subject.title, ui::className(type).toStdString()}});
}

bool CanvasEdits::extract(const std::vector<int> &nodes, const QString &flowId)
{
    const std::vector<Subject> subjects = subjectsOf(roots(nodes));
    if (subjects.empty())
        return false;
    if (!m_neighbours)
        return refuse({ErrorCode::ReadOnly, {}, {}});
    bool written = true; // what could not be written, the application has said
    flow::EditLabel label{"edit.extract-subflow", {flowId.toStdString()}};
    const bool done = submit([&](const Follow &follow) -> Result<Edit> {
        std::vector<std::string> paths;
        for (const Subject &subject : subjects) {
            const Result<std::string> path = follow.path(subject);
            if (!path)
                return path.error();
            paths.push_back(*path);
        }
        const Result<edits::ProjectEdit> made = edits::extractSubflow(follow.now(), paths, flowId.toStdString());
        if (!made)
            return made.error();
        for (const edits::ProjectEdit::NewFlow &created : made->created) {
            written = written && m_neighbours->writeFlow(QString::fromStdString(created.id), created.text);
            label.args.push_back(created.text); // for its undo, which takes the file away again
        }
        return written ? Result<Edit>(made->changes.front().edit) : Edit::make(follow.now().revision, *follow.now().text, {});
    }, label);
    return done && written;
}

bool CanvasEdits::inlineFlow(int node)
{
    const GraphNode &data = m_scene.graph().nodes[std::size_t(node)];
    if (!data.subflow)
        return refuse({ErrorCode::NotASubflow, {data.id}, {}});
    const Snapshot called = m_neighbours ? m_neighbours->calledFlow(data.calledNamespace, data.calledFlow) : Snapshot();
    if (!called.flow)
        return refuse({ErrorCode::NoSuchFlow, {data.calledFlow.toStdString()}, {}});
    const Subject subject = subjectOf(m_scene.graph(), node);
    return submit([&](const Follow &follow) -> Result<Edit> {
        const Result<std::string> path = follow.path(subject);
        return path ? edits::inlineSubflow(follow.now(), *path, called) : Result<Edit>(path.error());
    }, {"edit.inline-subflow", {subject.title}});
}

// Arrows

bool CanvasEdits::connectTasks(int from, int to)
{
    const Subject a = subjectOf(m_scene.graph(), from), b = subjectOf(m_scene.graph(), to);
    return submit([&](const Follow &follow) -> Result<Edit> {
        const Result<std::string> first = follow.path(a), second = follow.path(b);
        return !first ? Result<Edit>(first.error()) : !second ? Result<Edit>(second.error()) : edits::connect(follow.now(), *first, *second);
    }, {"edit.connect", {a.id, b.id}});
}

bool CanvasEdits::disconnectTasks(int from, int to)
{
    const Subject a = subjectOf(m_scene.graph(), from), b = subjectOf(m_scene.graph(), to);
    return submit([&](const Follow &follow) -> Result<Edit> {
        const Result<std::string> first = follow.path(a), second = follow.path(b);
        return !first ? Result<Edit>(first.error()) : !second ? Result<Edit>(second.error()) : edits::disconnect(follow.now(), *first, *second);
    }, {"edit.disconnect", {a.id, b.id}});
}

bool CanvasEdits::reconnectTasks(int from, int to, int newFrom, int newTo)
{
    if (from == newFrom && to == newTo)
        return true;
    const Graph &graph = m_scene.graph();
    const Subject ends[] = {subjectOf(graph, from), subjectOf(graph, to), subjectOf(graph, newFrom), subjectOf(graph, newTo)};
    return submit([&](const Follow &follow) -> Result<Edit> {
        std::vector<std::string> paths;
        for (const Subject &end : ends) {
            const Result<std::string> path = follow.path(end);
            if (!path)
                return path.error();
            paths.push_back(*path);
        }
        EditChain chain(follow.now(), *m_catalog);
        chain.then([&](const Snapshot &now) { return edits::disconnect(now, paths[0], paths[1]); });
        chain.then([&](const Snapshot &now) { return edits::connect(now, paths[2], paths[3]); });
        return chain.edit();
    }, {"edit.reconnect", {ends[2].id, ends[3].id}});
}

QString CanvasEdits::yamlOf(const std::vector<int> &nodes) const
{
    if (!m_scene.snapshot().text)
        return {};
    const std::string_view text = *m_scene.snapshot().text;
    std::string out;
    for (const int node : m_scene.graph().roots(nodes)) {
        const flow::Range range = m_scene.graph().nodes[std::size_t(node)].range;
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
