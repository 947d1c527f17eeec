#include "git/core/git_program.h"
#include "git/core/handles.h"

#include <algorithm>

namespace git {

namespace {

bool isThere(const std::filesystem::path &path)
{
    std::error_code error;
    return std::filesystem::symlink_status(path, error).type() != std::filesystem::file_type::not_found;
}

git_filemode_t modeOf(const std::filesystem::path &path)
{
    std::error_code error;
    const auto status = std::filesystem::symlink_status(path, error);
    if (status.type() == std::filesystem::file_type::symlink)
        return GIT_FILEMODE_LINK;
    const bool executable = (status.permissions() & std::filesystem::perms::owner_exec) != std::filesystem::perms::none;
    return executable ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB;
}

// Puts one file of the work tree (or its absence) into an index that belongs to no repository.
int takeFile(git_repository *repository, git_index *index, const std::filesystem::path &root, const std::string &path)
{
    if (!isThere(root / path)) {
        const int code = git_index_remove(index, path.c_str(), 0);
        return code == GIT_ENOTFOUND ? 0 : code;
    }
    git_index_entry entry{};
    if (const int code = git_blob_create_from_workdir(&entry.id, repository, path.c_str()); code != 0)
        return code;
    entry.path = path.c_str();
    entry.mode = modeOf(root / path);
    return git_index_add(index, &entry);
}

int updateIndex(git_index *index, const std::filesystem::path &root, std::span<const std::string> paths)
{
    for (const std::string &path : paths) {
        const int code = isThere(root / path) ? git_index_add_bypath(index, path.c_str())
                                             : git_index_remove_bypath(index, path.c_str());
        if (code != 0 && code != GIT_ENOTFOUND)
            return code;
    }
    return git_index_write(index);
}

std::vector<std::string> conflictedPaths(git_index *index)
{
    std::vector<std::string> paths;
    git_index_conflict_iterator *iterator = nullptr;
    if (git_index_conflict_iterator_new(&iterator, index) != 0)
        return paths;
    const git_index_entry *ancestor = nullptr, *ours = nullptr, *theirs = nullptr;
    while (git_index_conflict_next(&ancestor, &ours, &theirs, iterator) == 0)
        paths.emplace_back((ours ? ours : theirs ? theirs : ancestor)->path);
    git_index_conflict_iterator_free(iterator);
    return paths;
}

constexpr const char *kCommitHooks[] = {"pre-commit", "prepare-commit-msg", "commit-msg", "post-commit"};

} // namespace

Result<> Repository::stage(std::span<const std::string> paths)
{
    const IndexPtr index = make<IndexPtr>(git_repository_index, m_handle->repository.get());
    if (!index || git_index_read(index.get(), 0) != 0 || updateIndex(index.get(), workDir(), paths) != 0)
        return lastError();
    return {};
}

Result<> Repository::unstage(std::span<const std::string> paths)
{
    git_repository *repository = m_handle->repository.get();
    std::vector<std::string> copies(paths.begin(), paths.end());
    std::vector<char *> pointers;
    for (std::string &copy : copies)
        pointers.push_back(copy.data());
    const git_strarray array{pointers.data(), pointers.size()};
    const CommitPtr head = headCommit(repository);
    if (git_reset_default(repository, reinterpret_cast<git_object *>(head.get()), &array) != 0)
        return lastError();
    return {};
}

Result<std::string> Repository::commit(std::span<const std::string> paths, std::string_view message)
{
    git_repository *repository = m_handle->repository.get();
    if (git_repository_head_detached(repository) == 1)
        return Error{ErrorCode::DetachedHead, {}, {}};
    const IndexPtr index = make<IndexPtr>(git_repository_index, repository);
    if (!index || git_index_read(index.get(), 0) != 0)
        return lastError();
    if (git_index_has_conflicts(index.get()))
        return Error{ErrorCode::Conflicted, conflictedPaths(index.get()), {}};
    const SignaturePtr signature = make<SignaturePtr>(git_signature_default, repository);
    if (!signature)
        return Error{ErrorCode::MissingIdentity, {}, {}};

    const CommitPtr parent = headCommit(repository);
    const TreePtr before = headTree(repository);
    const IndexPtr staged = make<IndexPtr>(git_index_new);
    if (before && git_index_read_tree(staged.get(), before.get()) != 0)
        return lastError();
    for (const std::string &path : paths)
        if (takeFile(repository, staged.get(), workDir(), path) != 0)
            return lastError(path);
    git_oid treeId;
    if (git_index_write_tree_to(&treeId, staged.get(), repository) != 0)
        return lastError();
    if (before ? git_oid_equal(&treeId, git_tree_id(before.get())) != 0 : git_index_entrycount(staged.get()) == 0)
        return Error{ErrorCode::NothingToCommit, {}, {}};

    const GitProgram program(workDir());
    if (configText(repository, "commit.gpgsign") == "true"
        || std::any_of(std::begin(kCommitHooks), std::end(kCommitHooks),
                       [&](const char *hook) { return hasHook(repository, hook); })) {
        if (Result<> done = program.commit(paths, message); !done)
            return done.error();
        return head()->oid;
    }

    git_buf clean = GIT_BUF_INIT;
    git_message_prettify(&clean, std::string(message).c_str(), 0, '#');
    const std::string text(clean.ptr, clean.size);
    git_buf_dispose(&clean);
    const TreePtr tree = make<TreePtr>(git_tree_lookup, repository, &treeId);
    const git_commit *parents[] = {parent.get()};
    git_oid oid;
    if (git_commit_create(&oid, repository, "HEAD", signature.get(), signature.get(), nullptr, text.c_str(),
                          tree.get(), parent ? 1 : 0, parents) != 0)
        return lastError();
    if (updateIndex(index.get(), workDir(), paths) != 0)
        return lastError();
    return hex(&oid);
}

} // namespace git
