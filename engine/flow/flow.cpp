#include "engine/flow/flow.h"

namespace flow {

namespace {

/// Depth-first search; `test` says whether a task is the one.
template <typename Test>
const Task *search(const std::vector<TaskList> &lists, const Test &test)
{
    for (const TaskList &list : lists) {
        for (const Task &task : list.tasks) {
            if (test(task))
                return &task;
            if (const Task *inner = search(task.lists, test))
                return inner;
        }
    }
    return nullptr;
}

/// `tasks[1].then[0]` lies below `tasks[1].then` and below `tasks[1]`.
bool liesBelow(std::string_view path, std::string_view parent)
{
    return path.size() > parent.size() && path.starts_with(parent) &&
           (path[parent.size()] == '.' || path[parent.size()] == '[');
}

const Task *searchPath(const std::vector<TaskList> &lists, std::string_view path)
{
    for (const TaskList &list : lists) {
        if (!liesBelow(path, list.path))
            continue;
        for (const Task &task : list.tasks) {
            if (task.path == path)
                return &task;
            if (liesBelow(path, task.path))
                if (const Task *inner = searchPath(task.lists, path))
                    return inner;
        }
    }
    return nullptr;
}

const TaskList *searchList(const std::vector<TaskList> &lists, std::string_view path)
{
    for (const TaskList &list : lists) {
        if (list.path == path)
            return &list;
        if (!liesBelow(path, list.path))
            continue;
        for (const Task &task : list.tasks)
            if (liesBelow(path, task.path))
                if (const TaskList *inner = searchList(task.lists, path))
                    return inner;
    }
    return nullptr;
}

const Task *searchOffset(const std::vector<TaskList> &lists, std::size_t offset)
{
    for (const TaskList &list : lists)
        for (const Task &task : list.tasks)
            if (task.range.contains(offset)) {
                const Task *inner = searchOffset(task.lists, offset);
                return inner ? inner : &task;
            }
    return nullptr;
}

} // namespace

const Task *Flow::findById(std::string_view taskId) const
{
    return search(lists, [&](const Task &task) { return task.id == taskId; });
}

const Task *Flow::findByPath(std::string_view path) const
{
    return searchPath(lists, path);
}

const TaskList *Flow::findList(std::string_view path) const
{
    return searchList(lists, path);
}

const Task *Flow::parentOf(const Task &task) const
{
    const std::vector<TaskList> *level = &lists;
    const Task *parent = nullptr;
    for (bool descended = true; descended;) {
        descended = false;
        for (const TaskList &list : *level)
            for (const Task &candidate : list.tasks)
                if (!descended && liesBelow(task.path, candidate.path)) {
                    parent = &candidate;
                    descended = true;
                }
        if (descended)
            level = &parent->lists;
    }
    return parent;
}

const Task *Flow::taskAt(std::size_t offset) const
{
    return searchOffset(lists, offset);
}

std::size_t Flow::taskCount() const
{
    std::size_t count = 0;
    forEachTask([&](const Task &, const TaskList &, int) { ++count; });
    return count;
}

} // namespace flow
