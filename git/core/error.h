#pragma once

#include "base/result.h"

namespace git {

/// Why Git work was refused. `where` is the path or the remote's URL (never with a password in it).
enum class ErrorCode {
    NotARepository,   ///< no repository at or above the path
    NoRemote,         ///< the repository has no remote to push to
    NoCommitYet,      ///< the branch has no commit
    DetachedHead,     ///< HEAD names a commit and no branch
    MissingIdentity,  ///< user.name or user.email is not set
    NothingToCommit,  ///< none of the files differs from HEAD
    InvalidBranchName,///< args: name
    BranchExists,     ///< args: name
    NoSuchBranch,     ///< args: name
    LocalChanges,     ///< args: paths; switching would overwrite them
    Conflicted,       ///< args: paths; a merge is not finished
    OutsideRepository,///< args: path
    SecretFound,      ///< args: place (`file:line`), kind, masked value; a changed line looks like a secret
    HookRefused,      ///< args: what the local hook printed
    SigningFailed,    ///< args: what the signing program printed
    WrongCredentials, ///< user name, password, token or key was not accepted
    CredentialsNeeded,///< the remote wants a user name and password and none was given
    UnknownHost,      ///< ssh does not know the host's key; args: host
    Unreachable,      ///< args: cause; name, network or server
    NoSuchRemote,     ///< the server has no such repository, or hides it
    NonFastForward,   ///< the remote branch has commits that ours lacks
    RemoteRefused,    ///< args: what the remote said (a hook, a protected branch)
    NotVerified,      ///< args: oid on the remote or empty, our oid; pushed, but the remote shows another
    ProgramMissing,   ///< args: program; it is needed for this and not installed
    Cancelled,        ///< by the user
    Failed,           ///< args: cause, in the library's or program's words
};

using Error = base::Error<ErrorCode>;
template <typename T = void>
using Result = base::Result<T, Error>;

} // namespace git
