#pragma once

#include "git/core/repository.h"

#include <git2.h>

#include <memory>
#include <string>

namespace git {

/// Owning pointers to libgit2's objects; only for the sources of this room.
template <auto Free>
struct Freer
{
    template <typename T>
    void operator()(T *object) const
    {
        Free(object);
    }
};
using RepositoryPtr = std::unique_ptr<git_repository, Freer<git_repository_free>>;
using ReferencePtr = std::unique_ptr<git_reference, Freer<git_reference_free>>;
using CommitPtr = std::unique_ptr<git_commit, Freer<git_commit_free>>;
using TreePtr = std::unique_ptr<git_tree, Freer<git_tree_free>>;
using IndexPtr = std::unique_ptr<git_index, Freer<git_index_free>>;
using RemotePtr = std::unique_ptr<git_remote, Freer<git_remote_free>>;
using SignaturePtr = std::unique_ptr<git_signature, Freer<git_signature_free>>;
using StatusListPtr = std::unique_ptr<git_status_list, Freer<git_status_list_free>>;
using DiffPtr = std::unique_ptr<git_diff, Freer<git_diff_free>>;
using PatchPtr = std::unique_ptr<git_patch, Freer<git_patch_free>>;
using ConfigPtr = std::unique_ptr<git_config, Freer<git_config_free>>;
using RevwalkPtr = std::unique_ptr<git_revwalk, Freer<git_revwalk_free>>;
using BranchIteratorPtr = std::unique_ptr<git_branch_iterator, Freer<git_branch_iterator_free>>;
using TreeEntryPtr = std::unique_ptr<git_tree_entry, Freer<git_tree_entry_free>>;
using BlamePtr = std::unique_ptr<git_blame, Freer<git_blame_free>>;
using BlobPtr = std::unique_ptr<git_blob, Freer<git_blob_free>>;

struct Repository::Handle
{
    RepositoryPtr repository;
};

/// Calls a libgit2 function that makes an object into its first argument: `make<RemotePtr>(git_remote_lookup, …)`.
template <typename Pointer, typename Function, typename... Args>
Pointer make(Function function, Args... args)
{
    typename Pointer::pointer raw = nullptr;
    return function(&raw, args...) == 0 ? Pointer(raw) : Pointer();
}

inline std::string hex(const git_oid *oid)
{
    char text[GIT_OID_HEXSZ + 1] = {};
    return git_oid_tostr(text, sizeof text, oid);
}

/// libgit2's words for the call that has just failed.
inline Error lastError(std::string where = {})
{
    const git_error *error = git_error_last();
    return {ErrorCode::Failed, {error && error->message ? error->message : "unknown"}, std::move(where)};
}

/// The commit HEAD points to; null before the first commit.
inline CommitPtr headCommit(git_repository *repository)
{
    git_oid oid;
    if (git_reference_name_to_id(&oid, repository, "HEAD") != 0)
        return {};
    return make<CommitPtr>(git_commit_lookup, repository, &oid);
}

inline TreePtr headTree(git_repository *repository)
{
    const CommitPtr commit = headCommit(repository);
    return commit ? make<TreePtr>(git_commit_tree, commit.get()) : TreePtr();
}

inline std::string configText(git_repository *repository, const char *name)
{
    const ConfigPtr config = make<ConfigPtr>(git_repository_config_snapshot, repository);
    const char *value = nullptr;
    return config && git_config_get_string(&value, config.get(), name) == 0 ? value : "";
}

/// A URL without user and password: what may be shown and logged.
std::string withoutCredentials(std::string url);

} // namespace git
