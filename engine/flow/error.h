#pragma once

#include "base/result.h"

namespace flow {

/// Why an edit or a reading of text was refused. args are named in each sentence.
enum class ErrorCode {
    StaleRevision,       ///< the edit was made for another revision of the text
    OverlappingEdits,    ///< two replacements of one edit touch the same bytes
    OutOfRange,          ///< a replacement lies outside the text
    NoSuchTask,          ///< args: task id or path
    NoSuchList,          ///< args: list path, e.g. `tasks[1].then`
    NoSuchProperty,      ///< args: property path, task id
    IdTaken,             ///< args: the id that already exists
    InvalidId,           ///< args: the id that breaks the rules of ids
    InvalidYaml,         ///< args: cause; the fragment handed in is not YAML
    NotATask,            ///< the fragment handed in is not a mapping with a type
    IntoItself,          ///< args: task id; a task can't move into its own child
    WouldCycle,          ///< args: from, to; `dependsOn` would make a circle
    NotInDag,            ///< args: task id; only tasks of one Dag can be connected
    AlreadyConnected,    ///< args: from, to
    NotConnected,        ///< args: from, to
    BrokenText,          ///< args: cause; the text around the place can't be read
    LastTask,            ///< args: list path; the language wants at least one task there
    WouldLose,           ///< args: what has no place in the result: a list path, or `comment`
    NotTogether,         ///< args: task path; the tasks don't stand beside each other in one list
    MeansElse,           ///< args: what is written, task id; it would mean something else in another flow
    BoundToPlace,        ///< args: task id; it acts on its own execution, or shares what is around it
    MayBeMissing,        ///< args: what is written, task id; it may have no value where it would be handed over
    TypeChanges,         ///< args: input or output; handing it over would change its type
    DefaultsDiffer,      ///< args: task type; the plugin defaults of the two flows differ for it
    OnlyOfSubflow,       ///< args: property, task id; without a subflow there is nothing like it
    NotASubflow,         ///< args: task id
    NoSuchFlow,          ///< args: flow id
    ReadOnly,            ///< the document may be looked at only: too large, or no right to write
};

using Error = base::Error<ErrorCode>;
template <typename T = void>
using Result = base::Result<T, Error>;

} // namespace flow
