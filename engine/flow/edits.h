#pragma once

#include "engine/flow/flow_document.h"

#include <span>

/// Every gesture of every view as a pure function: a snapshot whose flow is of its revision, and a
/// wish, to an Edit that touches the fewest bytes. Comments, blank lines, quoting, flow style, key
/// order, anchors and line endings around it stay byte-identical. A snapshot whose flow is of another
/// revision is analysed anew only by the caller: here it is StaleRevision.
namespace flow::edits {

/// A place in a list of tasks: before the task at `index`, or at the end when index is its size.
/// `list` is a TaskList::path; a list not yet written is made together with its key.
struct Slot
{
    std::string list;
    std::size_t index = 0;
    /// Where comments of their own stand between the task before and the index: above them.
    bool behindPrevious = false;
};

/// `yaml` is one task as a mapping or a list item, at any indentation; its lines are re-indented.
/// A missing or taken id is replaced by a free one derived from it.
Result<Edit> addTask(const Snapshot &snapshot, const Slot &slot, std::string_view yaml);
/// With their comments. A list that becomes empty loses its key, or stays `[]` where the language wants it.
Result<Edit> removeTasks(const Snapshot &snapshot, std::span<const std::string> paths);
/// The copy follows its original; ids inside get the next free suffix.
Result<Edit> duplicateTask(const Snapshot &snapshot, const std::string &path);
/// Between any two lists and levels, re-indented; comments travel along. Into or out of a Dag the
/// `task:` wrapper is added or removed.
Result<Edit> moveTask(const Snapshot &snapshot, const std::string &path, const Slot &slot);
/// Renames the task and every reference to it: `outputs.x`, `tasks.x`, `dependsOn`, `errorLogs`….
Result<Edit> renameTask(const Snapshot &snapshot, const std::string &path, std::string_view newId);
/// `propertyPath` is `retry.maxAttempts` or `commands[1]`; an empty `taskPath` means the flow itself.
/// `yaml` is the value as it would be written after the colon; missing parents are made.
Result<Edit> setProperty(const Snapshot &snapshot, const std::string &taskPath,
                         std::string_view propertyPath, std::string_view yaml);
Result<Edit> unsetProperty(const Snapshot &snapshot, const std::string &taskPath,
                           std::string_view propertyPath);
/// Makes `to` depend on `from`: one entry of `dependsOn`.
Result<Edit> connect(const Snapshot &snapshot, const std::string &fromPath, const std::string &toPath);
Result<Edit> disconnect(const Snapshot &snapshot, const std::string &fromPath, const std::string &toPath);
/// Sets, changes or (empty note) removes the comment above a task, or above an entry (`inputs[0]`).
Result<Edit> setNote(const Snapshot &snapshot, const std::string &taskPath, std::string_view note);

/// Puts tasks that stand beside each other in one list (`paths` in any order) into a new task in their
/// place. `yaml` is that task without its list, or only its type; they become its `tasks`, of an If
/// its `then`, of a Switch its `defaults`. NoSuchList when they don't stand together.
Result<Edit> wrapTasks(const Snapshot &snapshot, std::span<const std::string> paths, std::string_view yaml);
/// Puts the tasks of a flowable in its place, the lists one after the other. WouldLose when it has
/// `errors` or `finally`: their tasks would run always.
Result<Edit> unwrapTask(const Snapshot &snapshot, const std::string &path);
/// `disabled: true`, or without the property.
Result<Edit> setDisabled(const Snapshot &snapshot, const std::string &taskPath, bool disabled);
/// The tasks of one list in another order: `order` holds the present index of each. What stands
/// between the tasks stays there.
Result<Edit> reorderTasks(const Snapshot &snapshot, const std::string &list, std::span<const std::size_t> order);

/// What else has a name and references in a flow.
enum class Named {
    Input,    ///< `inputs.x`, `dependsOn.inputs`, the inputs of the flow's triggers
    Variable, ///< `vars.x`
    Output,   ///< of the flow
    Trigger,  ///< Toggle tasks of this flow
    Label,    ///< `labels.x`; the key of a mapping or of a list
    Flow,     ///< the flow itself; `oldName` is not looked at
};
/// Renames it and every reference to it in this text.
Result<Edit> renameNamed(const Snapshot &snapshot, Named what, const std::string &oldName, std::string_view newName);

/// Items of the flow's `inputs`, `triggers`, `outputs`, `labels`, `pluginDefaults`…: any list by its
/// path in the flow. The list is made when it is missing.
Result<Edit> addItem(const Snapshot &snapshot, const std::string &list, std::size_t index, std::string_view yaml);
/// `path` is like `inputs[0]`. A list that becomes empty goes.
Result<Edit> removeItem(const Snapshot &snapshot, const std::string &path);
Result<Edit> moveItem(const Snapshot &snapshot, const std::string &path, std::size_t index);
/// The copy follows; its `id` gets the next free suffix.
Result<Edit> duplicateItem(const Snapshot &snapshot, const std::string &path);

enum class Style { Block, Flow };
/// Writes a list or mapping in the other style. An empty `taskPath` means the flow, an empty
/// `propertyPath` the task itself. WouldLose when comments inside have no place on one line.
Result<Edit> setStyle(const Snapshot &snapshot, const std::string &taskPath, std::string_view propertyPath, Style style);
/// Puts what `*name` stands for in its place, and the entries of a merge key (`<<: *name`) that are
/// not written beside it. The real engine does neither. NoSuchProperty when there is no alias at `offset`.
Result<Edit> writeOutAlias(const Snapshot &snapshot, std::size_t offset);
Result<Edit> writeOutAllAliases(const Snapshot &snapshot);
/// Between Sequential, Parallel and Dag, by the full name of the type. A Sequential becomes a Dag whose
/// tasks wait for each other in turn; a Dag becomes a Sequential in an order its arrows allow.
Result<Edit> convertGroup(const Snapshot &snapshot, const std::string &path, std::string_view type);

/// An edit over the files of a project, of which this room knows only their texts.
struct ProjectEdit
{
    struct Change
    {
        std::size_t file = 0; ///< index of the snapshot among those handed in
        Edit edit;
    };
    struct NewFlow
    {
        std::string id; ///< the file beside the first one is named for it
        std::string text;
    };
    std::vector<Change> changes; ///< one for each file that changes, in their order
    std::vector<NewFlow> created;
};
/// Puts tasks that stand beside each other in one list into a flow of their own, with a Subflow task in
/// their place. What they read of the flow (`outputs`, `inputs`, `vars`, `labels`, `trigger`…) becomes
/// inputs; what others read of their outputs becomes outputs. Refused where that would change what
/// runs: NotTogether, MeansElse, BoundToPlace, MayBeMissing, TypeChanges, DefaultsDiffer.
Result<ProjectEdit> extractSubflow(const Snapshot &snapshot, std::span<const std::string> paths,
                                   std::string_view flowId);
/// Puts the tasks of the flow that a Subflow task calls in its place: inputs are replaced by what is
/// handed over, references to its outputs by what they stand for, ids that are taken get the next free
/// number. `called` is the flow it names. Refused where that would change what runs: as above, and
/// NotASubflow, NoSuchFlow, OnlyOfSubflow.
Result<Edit> inlineSubflow(const Snapshot &snapshot, const std::string &path, const Snapshot &called);
/// Renames the flow of one file and what names it in all of them: Subflow, ForEachItem and Toggle tasks,
/// Flow triggers and their conditions. The caller renames the file. IdTaken when its namespace has
/// a flow of that name.
Result<ProjectEdit> renameFlow(std::span<const Snapshot> files, std::size_t file, std::string_view newId);

/// A place that names a task which an edit would take away.
struct Dangling
{
    std::string id;   ///< of the task or item that goes
    std::string task; ///< path of the task that reads it; empty outside of tasks
    Range range;      ///< of the name
};
/// References that would have no target when these tasks were removed, in file order.
std::vector<Dangling> danglingReferences(const Snapshot &snapshot, std::span<const std::string> paths);
/// The same when an item of `inputs`, `variables`, `triggers` or `labels` was removed: `inputs[0]`,
/// `variables.day`.
std::vector<Dangling> danglingReferences(const Snapshot &snapshot, const std::string &itemPath);

} // namespace flow::edits
