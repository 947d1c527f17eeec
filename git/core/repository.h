#pragma once

#include "git/core/error.h"
#include "git/core/types.h"

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>

namespace git {

/// Asked at most once a push, for http(s) user name and password or token, or for the pass phrase of
/// an ssh key (then `user` is not used). Nothing returned means the user gave up.
struct Credentials
{
    std::string user;
    std::string password;
};
struct CredentialsQuestion
{
    std::string url;        ///< without user and password
    std::string userName;   ///< what the URL proposes; may be empty
    bool keyPassphrase = false;
};
using CredentialsCallback = std::function<std::optional<Credentials>(const CredentialsQuestion &)>;

struct PushRequest
{
    std::string branch;               ///< local branch, pushed under its own name
    std::string remote;               ///< empty: the branch's own, else `origin`, else the only one
    CredentialsCallback credentials;  ///< empty: never ask
    const std::atomic<bool> *cancel = nullptr;             ///< looked at often; may be null
    std::function<void(std::string_view stage)> progress;  ///< "push", "verify"; may be empty
};

/// What the remote was read back to have.
struct Pushed
{
    std::string remote;
    std::string url;
    std::string branch;
    std::string oid;
    bool alreadyThere = false; ///< the remote had the commit before
};

/// One repository on disk. Move-only, bound to the thread that opened it; values out, no handle of
/// libgit2. Local work and http(s) go through libgit2; ssh, hooks, signing and credential helpers
/// through the `git` program, whose settings of the user hold.
class Repository
{
public:
    /// The repository that holds `path` (a file or folder). NotARepository.
    static Result<Repository> open(const std::filesystem::path &path);
    /// A new repository in `folder`, on the branch `main` unless the user's settings name another.
    static Result<Repository> create(const std::filesystem::path &folder);

    Repository(Repository &&) noexcept;
    Repository &operator=(Repository &&) noexcept;
    ~Repository();

    std::filesystem::path workDir() const;
    Result<Head> head() const;
    /// All files that differ from HEAD, ignored ones left out, by path.
    Result<std::vector<FileStatus>> status() const;
    Result<std::vector<Branch>> branches() const;
    Result<std::vector<Remote>> remotes() const;
    /// Newest first from HEAD; empty before the first commit. A path limits it to commits that touch it.
    Result<std::vector<Commit>> log(std::size_t limit, std::string_view path = {}) const;
    /// Commits of the current branch that its upstream lacks (all, without an upstream), newest first.
    Result<std::vector<Commit>> unpushed(std::size_t limit = 100) const;

    /// HEAD to work tree, of one file.
    Result<FileDiff> diff(std::string_view path, int contextLines = 3) const;
    /// The file's bytes in HEAD; nothing when HEAD has no such file.
    Result<std::optional<std::string>> contentInHead(std::string_view path) const;

    static bool isBranchName(std::string_view name);
    /// For each line of `content`, a text of the file at `path`. A file that HEAD has not: all uncommitted.
    Result<std::vector<BlameLine>> blame(std::string_view path, std::string_view content) const;

    /// Makes a branch at HEAD and switches to it; the work tree is not touched. Works before the first commit.
    Result<> createBranch(std::string_view name);
    /// LocalChanges when a changed file differs between the two branches; nothing is changed then.
    Result<> switchBranch(std::string_view name);

    /// Name and mail address for commits of this repository only.
    Result<> setIdentity(std::string_view name, std::string_view email);
    /// A new remote, or another address for the one of that name.
    Result<> setRemote(std::string_view name, std::string_view url);

    Result<> stage(std::span<const std::string> paths);
    Result<> unstage(std::span<const std::string> paths);

    /// Commits the work tree's content of just these paths; what else is staged stays staged. Gives the oid.
    Result<std::string> commit(std::span<const std::string> paths, std::string_view message);

    /// Pushes and reads the remote branch back; success means the remote shows our commit.
    Result<Pushed> push(const PushRequest &request);
    /// Refreshes what is known of the remote.
    Result<> fetch(const PushRequest &request);

    /// A path given by the user, relative to the work tree; OutsideRepository.
    Result<std::string> relativePath(const std::filesystem::path &path) const;

private:
    struct Handle;
    explicit Repository(std::unique_ptr<Handle> handle);
    std::unique_ptr<Handle> m_handle;
};

} // namespace git
