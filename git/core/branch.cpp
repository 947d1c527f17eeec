#include "git/core/handles.h"

namespace git {

namespace {

// Collects the paths a checkout would overwrite.
int collectConflict(git_checkout_notify_t, const char *path, const git_diff_file *, const git_diff_file *,
                    const git_diff_file *, void *payload)
{
    static_cast<std::vector<std::string> *>(payload)->emplace_back(path);
    return 0;
}

} // namespace

bool Repository::isBranchName(std::string_view name)
{
    int valid = 0;
    return git_branch_name_is_valid(&valid, std::string(name).c_str()) == 0 && valid;
}

Result<> Repository::createBranch(std::string_view name)
{
    git_repository *repository = m_handle->repository.get();
    const std::string text(name), reference = "refs/heads/" + text;
    if (!isBranchName(text))
        return Error{ErrorCode::InvalidBranchName, {text}, {}};
    if (make<ReferencePtr>(git_reference_lookup, repository, reference.c_str()))
        return Error{ErrorCode::BranchExists, {text}, {}};
    if (const CommitPtr commit = headCommit(repository)) {
        if (!make<ReferencePtr>(git_branch_create, repository, text.c_str(), commit.get(), 0))
            return lastError();
    }
    if (git_repository_set_head(repository, reference.c_str()) != 0)
        return lastError();
    return {};
}

Result<> Repository::switchBranch(std::string_view name)
{
    git_repository *repository = m_handle->repository.get();
    const std::string text(name), reference = "refs/heads/" + text;
    git_oid oid;
    if (git_reference_name_to_id(&oid, repository, reference.c_str()) != 0)
        return Error{ErrorCode::NoSuchBranch, {text}, {}};
    const CommitPtr commit = make<CommitPtr>(git_commit_lookup, repository, &oid);
    if (!commit)
        return lastError();
    std::vector<std::string> conflicts;
    git_checkout_options options = GIT_CHECKOUT_OPTIONS_INIT;
    options.checkout_strategy = GIT_CHECKOUT_SAFE;
    options.notify_flags = GIT_CHECKOUT_NOTIFY_CONFLICT;
    options.notify_cb = collectConflict;
    options.notify_payload = &conflicts;
    const int code = git_checkout_tree(repository, reinterpret_cast<git_object *>(commit.get()), &options);
    if (code == GIT_ECONFLICT)
        return Error{ErrorCode::LocalChanges, conflicts, text};
    if (code != 0 || git_repository_set_head(repository, reference.c_str()) != 0)
        return lastError();
    return {};
}

} // namespace git
