#pragma once

#include "base/result.h"

namespace engine {

/// Why the engine or its store refused. args are named in each sentence.
enum class ErrorCode {
    InvalidFlow,     ///< args: messages; the flow would be refused by the real engine
    InputInvalid,    ///< args: message, input id; no execution is made
    CheckBlocked,    ///< args: message of the check; no execution is made
    FlowDisabled,    ///< the flow says `disabled: true`
    NoSuchFlow,      ///< args: namespace, flow id
    NoSuchExecution, ///< args: execution id
    WrongState,      ///< args: state; a resume needs PAUSED, a pause RUNNING, a kill an execution that runs
    ReadOnly,        ///< another Leat writes to this data folder; nothing can be started here
    Locked,          ///< args: process id; the data folder belongs to another Leat
    StoreTooNew,     ///< args: its version, ours; the database was written by a newer Leat
    StoreCorrupt,    ///< args: cause, where it was put aside
    StoreFull,       ///< the disk is full; nothing was written
    StoreNotWritable, ///< args: cause; folder or file can't be written
    StoreFailed,     ///< args: cause
};

using Error = base::Error<ErrorCode>;
template <typename T = void>
using Result = base::Result<T, Error>;

} // namespace engine
