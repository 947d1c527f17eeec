#include "git/core/repository.h"

#include "git/core/handles.h"

#include <algorithm>
#include <mutex>

namespace git {

namespace {

void initialiseLibrary()
{
    static std::once_flag once;
    std::call_once(once, [] { git_libgit2_init(); });
}

FileState stateOf(unsigned flags)
{
    if (flags & GIT_STATUS_CONFLICTED)
        return FileState::Conflicted;
    if (flags & (GIT_STATUS_WT_DELETED))
        return FileState::Deleted;
    if (flags & (GIT_STATUS_INDEX_NEW | GIT_STATUS_WT_NEW))
        return flags & GIT_STATUS_INDEX_DELETED ? FileState::Modified : FileState::New;
    if (flags & GIT_STATUS_INDEX_DELETED)
        return FileState::Deleted;
    return FileState::Modified;
}

constexpr unsigned kStagedFlags = GIT_STATUS_INDEX_NEW | GIT_STATUS_INDEX_MODIFIED | GIT_STATUS_INDEX_DELETED
                                  | GIT_STATUS_INDEX_RENAMED | GIT_STATUS_INDEX_TYPECHANGE;

Commit toValue(const git_commit *commit)
{
    Commit value;
    value.oid = hex(git_commit_id(commit));
    value.summary = git_commit_summary(const_cast<git_commit *>(commit));
    value.message = git_commit_message(commit);
    value.authorName = git_commit_author(commit)->name;
    value.authorEmail = git_commit_author(commit)->email;
    value.time = git_commit_time(commit);
    for (unsigned i = 0; i < git_commit_parentcount(commit); ++i)
        value.parents.push_back(hex(git_commit_parent_id(commit, i)));
    return value;
}

std::string blobId(const git_tree *tree, const std::string &path)
{
    const TreeEntryPtr entry = tree ? make<TreeEntryPtr>(git_tree_entry_bypath, tree, path.c_str()) : nullptr;
    return entry ? hex(git_tree_entry_id(entry.get())) : std::string();
}

bool touches(const git_commit *commit, const std::string &path)
{
    const TreePtr tree = make<TreePtr>(git_commit_tree, commit);
    TreePtr before;
    if (git_commit_parentcount(commit) > 0)
        if (const CommitPtr parent = make<CommitPtr>(git_commit_parent, commit, 0u))
            before = make<TreePtr>(git_commit_tree, parent.get());
    return blobId(tree.get(), path) != blobId(before.get(), path);
}

Result<std::vector<Commit>> walk(git_repository *repository, git_revwalk *walker, std::size_t limit,
                                 const std::string &path)
{
    std::vector<Commit> commits;
    git_oid oid;
    while (commits.size() < limit && git_revwalk_next(&oid, walker) == 0) {
        const CommitPtr commit = make<CommitPtr>(git_commit_lookup, repository, &oid);
        if (!commit)
            return lastError();
        if (path.empty() || touches(commit.get(), path))
            commits.push_back(toValue(commit.get()));
    }
    return commits;
}

} // namespace

std::string withoutCredentials(std::string url)
{
    const std::size_t scheme = url.find("://");
    if (scheme == std::string::npos)
        return url;
    const std::size_t host = scheme + 3;
    const std::size_t end = std::min(url.find('/', host), url.size());
    const std::size_t at = url.rfind('@', end);
    if (at == std::string::npos || at < host)
        return url;
    const bool http = url.compare(0, 4, "http") == 0;
    const std::size_t colon = url.find(':', host);
    if (http)
        url.erase(host, at + 1 - host);
    else if (colon < at)
        url.erase(colon, at - colon);
    return url;
}

Repository::Repository(std::unique_ptr<Handle> handle) : m_handle(std::move(handle)) {}
Repository::Repository(Repository &&) noexcept = default;
Repository &Repository::operator=(Repository &&) noexcept = default;
Repository::~Repository() = default;

Result<Repository> Repository::open(const std::filesystem::path &path)
{
    initialiseLibrary();
    git_repository *raw = nullptr;
    const int code = git_repository_open_ext(&raw, path.c_str(), 0, nullptr);
    if (code == GIT_ENOTFOUND)
        return Error{ErrorCode::NotARepository, {}, path.string()};
    if (code != 0)
        return lastError(path.string());
    RepositoryPtr repository(raw);
    if (git_repository_is_bare(raw))
        return Error{ErrorCode::NotARepository, {}, path.string()};
    return Repository(std::make_unique<Handle>(Handle{std::move(repository)}));
}

Result<Repository> Repository::create(const std::filesystem::path &folder)
{
    initialiseLibrary();
    git_repository_init_options options = GIT_REPOSITORY_INIT_OPTIONS_INIT;
    options.flags = GIT_REPOSITORY_INIT_MKDIR | GIT_REPOSITORY_INIT_NO_REINIT;
    std::string branch = "main";
    if (const ConfigPtr config = make<ConfigPtr>(git_config_open_default)) {
        if (const ConfigPtr snapshot = make<ConfigPtr>(git_config_snapshot, config.get())) {
            const char *name = nullptr;
            if (git_config_get_string(&name, snapshot.get(), "init.defaultBranch") == 0)
                branch = name;
        }
    }
    options.initial_head = branch.c_str();
    git_repository *raw = nullptr;
    if (git_repository_init_ext(&raw, folder.c_str(), &options) != 0)
        return lastError(folder.string());
    return Repository(std::make_unique<Handle>(Handle{RepositoryPtr(raw)}));
}

std::filesystem::path Repository::workDir() const
{
    return git_repository_workdir(m_handle->repository.get());
}

Result<Head> Repository::head() const
{
    git_repository *repository = m_handle->repository.get();
    Head head;
    head.detached = git_repository_head_detached(repository) == 1;
    const ReferencePtr reference = make<ReferencePtr>(git_reference_lookup, repository, "HEAD");
    if (!reference)
        return lastError();
    if (!head.detached) {
        const std::string target = git_reference_symbolic_target(reference.get());
        const std::string prefix = "refs/heads/";
        head.branch = target.starts_with(prefix) ? target.substr(prefix.size()) : target;
    }
    if (const CommitPtr commit = headCommit(repository))
        head.oid = hex(git_commit_id(commit.get()));
    return head;
}

Result<std::vector<FileStatus>> Repository::status() const
{
    git_status_options options = GIT_STATUS_OPTIONS_INIT;
    options.show = GIT_STATUS_SHOW_INDEX_AND_WORKDIR;
    options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED | GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS
                    | GIT_STATUS_OPT_SORT_CASE_SENSITIVELY | GIT_STATUS_OPT_EXCLUDE_SUBMODULES;
    const StatusListPtr list = make<StatusListPtr>(git_status_list_new, m_handle->repository.get(), &options);
    if (!list)
        return lastError();
    std::vector<FileStatus> files;
    for (std::size_t i = 0; i < git_status_list_entrycount(list.get()); ++i) {
        const git_status_entry *entry = git_status_byindex(list.get(), i);
        const git_diff_delta *delta = entry->index_to_workdir ? entry->index_to_workdir : entry->head_to_index;
        FileStatus file{delta->new_file.path, stateOf(entry->status), (entry->status & kStagedFlags) != 0};
        // New in the index and deleted again from disk: HEAD never had it.
        if (file.state == FileState::Deleted && (entry->status & GIT_STATUS_INDEX_NEW))
            continue;
        files.push_back(std::move(file));
    }
    std::sort(files.begin(), files.end(), [](const auto &a, const auto &b) { return a.path < b.path; });
    return files;
}

Result<std::vector<Branch>> Repository::branches() const
{
    git_repository *repository = m_handle->repository.get();
    const BranchIteratorPtr iterator = make<BranchIteratorPtr>(git_branch_iterator_new, repository, GIT_BRANCH_LOCAL);
    if (!iterator)
        return lastError();
    std::vector<Branch> branches;
    git_reference *raw = nullptr;
    git_branch_t type = GIT_BRANCH_LOCAL;
    while (git_branch_next(&raw, &type, iterator.get()) == 0) {
        const ReferencePtr reference(raw);
        const char *name = nullptr;
        git_branch_name(&name, raw);
        Branch branch;
        branch.name = name;
        branch.current = git_branch_is_head(raw) == 1;
        if (const ReferencePtr upstream = make<ReferencePtr>(git_branch_upstream, raw)) {
            git_branch_name(&name, upstream.get());
            branch.upstream = name;
            const git_oid *ours = git_reference_target(raw), *theirs = git_reference_target(upstream.get());
            if (ours && theirs)
                git_graph_ahead_behind(&branch.ahead, &branch.behind, repository, ours, theirs);
        }
        branches.push_back(std::move(branch));
    }
    std::sort(branches.begin(), branches.end(), [](const auto &a, const auto &b) { return a.name < b.name; });
    return branches;
}

Result<std::vector<Remote>> Repository::remotes() const
{
    git_repository *repository = m_handle->repository.get();
    git_strarray names{};
    if (git_remote_list(&names, repository) != 0)
        return lastError();
    std::vector<Remote> remotes;
    for (std::size_t i = 0; i < names.count; ++i)
        if (const RemotePtr remote = make<RemotePtr>(git_remote_lookup, repository, names.strings[i])) {
            const char *url = git_remote_pushurl(remote.get());
            url = url ? url : git_remote_url(remote.get());
            remotes.push_back({names.strings[i], withoutCredentials(url ? url : "")});
        }
    git_strarray_dispose(&names);
    return remotes;
}

Result<std::vector<Commit>> Repository::log(std::size_t limit, std::string_view path) const
{
    git_repository *repository = m_handle->repository.get();
    if (!headCommit(repository))
        return std::vector<Commit>{};
    const RevwalkPtr walker = make<RevwalkPtr>(git_revwalk_new, repository);
    if (!walker || git_revwalk_push_head(walker.get()) != 0)
        return lastError();
    return walk(repository, walker.get(), limit, std::string(path));
}

Result<std::vector<Commit>> Repository::unpushed(std::size_t limit) const
{
    git_repository *repository = m_handle->repository.get();
    if (!headCommit(repository))
        return std::vector<Commit>{};
    const RevwalkPtr walker = make<RevwalkPtr>(git_revwalk_new, repository);
    if (!walker || git_revwalk_push_head(walker.get()) != 0)
        return lastError();
    git_revwalk_hide_glob(walker.get(), "refs/remotes/*");
    return walk(repository, walker.get(), limit, {});
}

Result<std::string> Repository::relativePath(const std::filesystem::path &path) const
{
    std::error_code error;
    const std::filesystem::path root = std::filesystem::weakly_canonical(workDir(), error);
    const std::filesystem::path absolute = std::filesystem::absolute(path, error);
    // The last part may be a link that belongs to the repository: only its folder is resolved.
    const std::filesystem::path full = std::filesystem::weakly_canonical(absolute.parent_path(), error) / absolute.filename();
    const std::string relative = full.lexically_relative(root).generic_string();
    if (relative.empty() || relative == "." || relative.starts_with(".."))
        return Error{ErrorCode::OutsideRepository, {path.string()}, workDir().string()};
    return relative;
}

Result<> Repository::setIdentity(std::string_view name, std::string_view email)
{
    const ConfigPtr config = make<ConfigPtr>(git_repository_config, m_handle->repository.get());
    if (!config || git_config_set_string(config.get(), "user.name", std::string(name).c_str()) != 0
        || git_config_set_string(config.get(), "user.email", std::string(email).c_str()) != 0)
        return lastError();
    return {};
}

Result<> Repository::setRemote(std::string_view name, std::string_view url)
{
    git_repository *repository = m_handle->repository.get();
    const std::string remoteName(name), address(url);
    const bool exists = make<RemotePtr>(git_remote_lookup, repository, remoteName.c_str()) != nullptr;
    const bool done = exists ? git_remote_set_url(repository, remoteName.c_str(), address.c_str()) == 0
                             : make<RemotePtr>(git_remote_create, repository, remoteName.c_str(), address.c_str()) != nullptr;
    if (!done)
        return lastError(withoutCredentials(address));
    return {};
}

} // namespace git
