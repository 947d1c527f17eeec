#include "app/cli/push_command.h"

#include "app/cli/flow_files.h"
#include "app/sentences/git_sentences.h"
#include "git/core/repository.h"
#include "git/core/secret_scan.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <iostream>
#include <termios.h>
#include <unistd.h>

namespace cli {

namespace {

struct Options
{
    std::vector<std::string> files;
    std::string branch;
    std::string message;
    std::string remote;
    bool dryRun = false;
    bool allowSecrets = false;
};

[[noreturn]] void fail(const git::Error &error)
{
    fmt::print(stderr, "leat: error: {}\n", app::plainText(app::sentenceOf(error.code), error.args, error.where));
    throw CLI::RuntimeError(1);
}

template <typename T>
T orFail(git::Result<T> result)
{
    if (!result)
        fail(result.error());
    return std::move(*result);
}

void orFail(const git::Result<> &result)
{
    if (!result)
        fail(result.error());
}

// Reads a line from the terminal without showing it.
std::string readHidden()
{
    termios before{};
    ::tcgetattr(STDIN_FILENO, &before);
    termios hidden = before;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &hidden);
    std::string line;
    std::getline(std::cin, line);
    ::tcsetattr(STDIN_FILENO, TCSANOW, &before);
    fmt::print(stderr, "\n");
    return line;
}

std::optional<git::Credentials> askInTerminal(const git::CredentialsQuestion &question)
{
    if (!::isatty(STDIN_FILENO))
        return std::nullopt;
    git::Credentials credentials;
    if (!question.keyPassphrase) {
        fmt::print(stderr, "User name for {}: ", question.url);
        std::getline(std::cin, credentials.user);
    }
    fmt::print(stderr, "{} for {}: ", question.keyPassphrase ? "Pass phrase of the ssh key" : "Password or token", question.url);
    credentials.password = readHidden();
    return credentials;
}

const char *signOf(git::FileState state)
{
    switch (state) {
    case git::FileState::New: return "A";
    case git::FileState::Deleted: return "D";
    case git::FileState::Conflicted: return "U";
    default: return "M";
    }
}

// The files to commit: those named, or all changed flow files.
std::vector<git::FileStatus> chosenFiles(const git::Repository &repository, const std::vector<std::string> &named)
{
    std::vector<git::FileStatus> changed = orFail(repository.status());
    std::vector<std::string> wanted;
    for (const std::string &name : named)
        wanted.push_back(orFail(repository.relativePath(name)));
    std::erase_if(changed, [&](const git::FileStatus &file) {
        if (wanted.empty())
            return !isFlow(repository.workDir() / file.path, repository.workDir());
        return std::none_of(wanted.begin(), wanted.end(), [&](const std::string &path) {
            return file.path == path || file.path.starts_with(path + "/");
        });
    });
    return changed;
}

void goToBranch(git::Repository &repository, const std::string &branch)
{
    const git::Head head = orFail(repository.head());
    if (head.branch == branch)
        return;
    const std::vector<git::Branch> branches = orFail(repository.branches());
    const bool exists = std::any_of(branches.begin(), branches.end(), [&](const auto &b) { return b.name == branch; });
    orFail(exists ? repository.switchBranch(branch) : repository.createBranch(branch));
}

void push(const Options &options)
{
    git::Repository repository = orFail(git::Repository::open(options.files.empty() ? "." : options.files.front()));
    const git::Head head = orFail(repository.head());
    const std::string branch = options.branch.empty() ? head.branch : options.branch;
    if (branch.empty())
        fail({git::ErrorCode::DetachedHead, {}, {}});
    const std::vector<git::FileStatus> files = chosenFiles(repository, options.files);
    if (!files.empty() && options.message.empty()) {
        fmt::print(stderr, "leat: error: {} changed, and a commit needs a message. Add -m MESSAGE.\n",
                   files.size() == 1 ? files.front().path + " is" : fmt::format("{} files are", files.size()));
        throw CLI::RuntimeError(2);
    }
    for (const git::FileStatus &file : files)
        fmt::print("{} {}\n", signOf(file.state), file.path);
    if (options.dryRun) {
        fmt::print("Would {}push branch {}.\n", files.empty() ? "" : fmt::format("commit {} and ", files.size()), branch);
        return;
    }

    std::vector<std::string> paths;
    for (const git::FileStatus &file : files)
        paths.push_back(file.path);
    if (!options.allowSecrets)
        orFail(git::refuseSecrets(repository, paths));
    goToBranch(repository, branch);
    if (!files.empty()) {
        fmt::print("Committed {} to {}.\n", orFail(repository.commit(paths, options.message)).substr(0, 10), branch);
    }
    git::PushRequest request;
    request.branch = branch;
    request.remote = options.remote;
    request.credentials = askInTerminal;
    const git::Pushed pushed = orFail(repository.push(request));
    fmt::print("{} {}: {} is at {}.\n", pushed.alreadyThere ? "Nothing to push," : "Pushed and read back from", pushed.url,
               pushed.branch, pushed.oid.substr(0, 10));
}

} // namespace

void addPushCommand(CLI::App &app)
{
    auto options = std::make_shared<Options>();
    CLI::App *command = app.add_subcommand("push", "Commit flow files and push them to a branch");
    command->add_option("files", options->files, "Files to commit; without any, all changed flow files");
    command->add_option("-b,--branch", options->branch, "Branch to push; made at HEAD when there is none of that name");
    command->add_option("-m,--message", options->message, "Commit message");
    command->add_option("--remote", options->remote, "Remote to push to; without it the branch's own, or origin");
    command->add_flag("--dry-run", options->dryRun, "Show what would be done and do nothing");
    command->add_flag("--allow-secrets", options->allowSecrets, "Push lines that look like a password or key all the same");
    command->callback([options] { push(*options); });
}

} // namespace cli
