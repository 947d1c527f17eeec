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
/// Sets, changes or (empty note) removes the comment above a task.
Result<Edit> setNote(const Snapshot &snapshot, const std::string &taskPath, std::string_view note);

} // namespace flow::edits
