#pragma once

#include "git/core/process.h"
#include "git/core/repository.h"

struct git_repository;

namespace git {

/// True when an executable hook of this name stands in the repository's hook folder.
bool hasHook(git_repository *repository, const char *name);

/// Work that the user's own `git` must do: hooks, signing, ssh, credential helpers. Any thread.
class GitProgram
{
public:
    explicit GitProgram(std::filesystem::path workDir) : m_workDir(std::move(workDir)) {}

    Result<> commit(std::span<const std::string> paths, std::string_view message) const;
    /// True when the remote had the commit already.
    Result<bool> push(const std::string &remote, const std::string &url, const PushRequest &request) const;
    /// What the remote's branch points to; empty when it has no such branch.
    Result<std::string> remoteOid(const std::string &remote, const std::string &url, const PushRequest &request) const;
    Result<> fetch(const std::string &remote, const std::string &url, const PushRequest &request) const;

private:
    ProcessResult run(std::vector<std::string> arguments, const std::optional<Credentials> &credentials,
                      std::string_view input, const std::atomic<bool> *cancel) const;
    /// Runs a network command; asks for a password or pass phrase once, if that is what it lacked.
    ProcessResult runRemote(const std::vector<std::string> &arguments, const std::string &url,
                            const PushRequest &request) const;

    std::filesystem::path m_workDir;
};

/// What `git push --porcelain` or another network command said, as an error. `url` has no password.
/// `asked`: a password or pass phrase had been given.
Error classify(const ProcessResult &result, const std::string &url, bool asked);

} // namespace git
