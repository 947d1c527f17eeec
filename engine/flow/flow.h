#pragma once

#include "engine/flow/range.h"
#include "engine/flow/tree.h"
#include "engine/flow/value.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace flow {

struct TaskType;

/// What a list of tasks means to the task (or the flow) that holds it.
enum class ListKind {
    Tasks,          ///< `tasks` of the flow or of a flowable
    Then,           ///< `then` of If
    Else,           ///< `else` of If
    Case,           ///< one entry of `cases` of Switch; label is the case
    Defaults,       ///< `defaults` of Switch
    Errors,         ///< `errors`, of the flow or of a flowable
    Finally,        ///< `finally`, of the flow or of a flowable
    AfterExecution, ///< `afterExecution` of the flow
    OnPause,        ///< `onPause` of Pause: a single task
};

struct Task;

/// One list of tasks: a branch. It may be written and empty, or unreadable in places.
struct TaskList
{
    ListKind kind = ListKind::Tasks;
    std::string label;            ///< the case of a Switch, else the key (`then`)
    std::string path;             ///< `tasks`, `tasks[1].then`, `tasks[2].cases.EU`, `errors`
    const Node *node = nullptr;   ///< the sequence; null when the key has no list yet
    std::vector<Task> tasks;      ///< in file order
};

/// An arrow of a Dag: one entry of `dependsOn`.
struct Dependency
{
    std::string id;
    Range range; ///< of the scalar
};

/// One task as written. Broken ones have `fault` and whatever could still be read of them.
struct Task
{
    std::string id;                   ///< empty when missing
    std::string type;                 ///< as written; empty when missing
    std::string path;                 ///< `tasks[1].then[0]`: names it within one revision
    const TaskType *known = nullptr;  ///< catalog entry, aliases resolved; null for foreign types
    const Node *node = nullptr;       ///< its mapping (of a Dag child: the mapping under `task`); null when broken
    const Node *item = nullptr;       ///< the item of the list; differs from `node` only in a Dag
    Range range;                      ///< whole lines: its leading comments, from `-`, to its last line's end
    Range idRange;                    ///< value of `id`; empty when missing
    Range typeRange;                  ///< value of `type`; empty when missing
    std::string note;                 ///< comment above it, without `#`; lines joined by `\n`
    Range noteRange;                  ///< the comment lines of the note; empty when there is none
    bool disabled = false;
    bool flowable = false;            ///< holds lists of tasks (also when they are empty)
    std::vector<Dependency> dependsOn; ///< of a Dag child
    std::vector<TaskList> lists;      ///< branches, in file order; If has at least Then, Switch its cases
    std::uint32_t firstMention = 0;   ///< its own ones in Flow::mentions, without those of the tasks inside
    std::uint32_t mentionCount = 0;
    std::optional<SyntaxFault> fault; ///< set when its text is broken
};

/// One entry of `inputs`, `triggers`, `outputs` or `labels`: what the canvas shows of it.
struct Item
{
    std::string id;   ///< of a label its key
    std::string type; ///< empty for labels; of outputs `type` if written
    std::string path; ///< `triggers[0]`
    const Node *node = nullptr;
    Range range;      ///< whole lines, as of a Task
    Range idRange;
    std::string note;
    bool disabled = false;
};

/// Which task reads what of which other task: `{{ outputs.from.… }}` inside `to`.
struct DataLink
{
    std::string from;  ///< task id
    std::string to;    ///< task id; empty for the flow's outputs
    Range range;       ///< of the id inside the expression
};

/// `outputs.…` in a template of a task, whatever it names.
struct OutputMention
{
    std::size_t begin = 0;    ///< of the name
    std::uint32_t size = 0;
    std::uint32_t dashed = 0; ///< its size with all dashes that follow: `my-task`
};

/// What a text means. Immutable; shared by const pointer across threads. Node pointers live as long
/// as it does (it holds the tree); ranges are those of the text it was read from.
class Flow
{
public:
    std::shared_ptr<const Tree> tree;
    std::string id;
    std::string namespaceId;
    std::string description;
    Range idRange;
    Range namespaceRange;
    std::vector<Item> inputs;
    std::vector<Item> triggers;
    std::vector<Item> outputs;
    std::vector<Item> labels;
    std::vector<TaskList> lists; ///< those written of: tasks, errors, finally, afterExecution; Tasks is always first
    std::vector<OutputMention> mentions; ///< of all tasks
    std::vector<DataLink> links;
    const Node *root = nullptr;  ///< the flow's mapping; null when nothing can be read
    bool broken = false;         ///< some text could not be read; see diagnostics

    const Task *findById(std::string_view taskId) const;      ///< first with that id, depth first
    const Task *findByPath(std::string_view path) const;
    const TaskList *findList(std::string_view path) const;
    const Task *parentOf(const Task &task) const;             ///< null at the top
    /// The innermost task whose range holds the offset; null outside all tasks.
    const Task *taskAt(std::size_t offset) const;
    std::size_t taskCount() const;                            ///< at all levels, broken ones included

    /// Calls `visit(task, list, depth)` for every task, depth first in file order.
    template <typename Visit>
    void forEachTask(Visit &&visit) const
    {
        for (const TaskList &list : lists)
            walk(list, 0, visit);
    }

private:
    template <typename Visit>
    static void walk(const TaskList &list, int depth, Visit &&visit)
    {
        for (const Task &task : list.tasks) {
            visit(task, list, depth);
            for (const TaskList &inner : task.lists)
                walk(inner, depth + 1, visit);
        }
    }
};

} // namespace flow
