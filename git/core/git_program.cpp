#include "git/core/git_program.h"

#include "git/core/handles.h"
#include "git/core/pattern.h"

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <unistd.h>

namespace git {

namespace {

bool contains(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

std::string trimmed(std::string text)
{
    const std::size_t begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

// What the other side printed: the lines git marks with `remote:`.
std::string remoteWords(const std::string &err)
{
    std::istringstream lines(err);
    std::string line, words;
    while (std::getline(lines, line))
        if (line.starts_with("remote:"))
            if (const std::string text = trimmed(line.substr(7)); !text.empty())
                words += (words.empty() ? "" : "\n") + text;
    return words;
}

std::string lastLine(const std::string &err)
{
    const std::string text = trimmed(err);
    const std::size_t begin = text.rfind('\n');
    return begin == std::string::npos ? text : text.substr(begin + 1);
}

// The `[rejected] (fetch first)` of a porcelain line that starts with `!`; empty when there is none.
std::string rejection(const std::string &out)
{
    std::istringstream lines(out);
    std::string line;
    while (std::getline(lines, line))
        if (line.starts_with("!\t"))
            if (const std::size_t tab = line.rfind('\t'); tab != std::string::npos)
                return line.substr(tab + 1);
    return {};
}

// A program git and ssh call for a password; it answers from its environment, never from a file.
class AskPass
{
public:
    explicit AskPass(const Credentials &credentials)
    {
        std::string pattern = (std::filesystem::temp_directory_path() / "leat-ask-XXXXXX").string();
        if (!::mkdtemp(pattern.data()))
            return;
        m_folder = pattern;
        const std::filesystem::path script = m_folder / "answer";
        std::ofstream(script) << "#!/bin/sh\ncase \"$1\" in\n"
                                 "Username*) printf '%s\\n' \"$LEAT_ANSWER_USER\" ;;\n"
                                 "*) printf '%s\\n' \"$LEAT_ANSWER_PASSWORD\" ;;\nesac\n";
        std::filesystem::permissions(script, std::filesystem::perms::owner_all);
        m_environment = {{"GIT_ASKPASS", script.string()},
                         {"SSH_ASKPASS", script.string()},
                         {"SSH_ASKPASS_REQUIRE", "force"},
                         {"LEAT_ANSWER_USER", credentials.user},
                         {"LEAT_ANSWER_PASSWORD", credentials.password}};
    }
    ~AskPass()
    {
        std::error_code error;
        if (!m_folder.empty())
            std::filesystem::remove_all(m_folder, error);
    }
    AskPass(const AskPass &) = delete;
    AskPass &operator=(const AskPass &) = delete;
    const std::map<std::string, std::string> &environment() const { return m_environment; }

private:
    std::filesystem::path m_folder;
    std::map<std::string, std::string> m_environment;
};

// The host part of `ssh://user@host:port/path` and `user@host:path`.
std::string sshHost(const std::string &url)
{
    static const Pattern kHost("^(?:ssh://)?(?:[^@/]+@)?([^:/]+)");
    const std::optional<Pattern::Match> match = kHost.find(url);
    return match ? std::string(match->value) : url;
}

// The ssh command line git would use, for a shell.
std::string sshCommand(const std::filesystem::path &folder)
{
    if (const char *command = std::getenv("GIT_SSH_COMMAND"))
        return command;
    const std::string configured = trimmed(runProcess({"git", "config", "core.sshCommand"}, folder, {}, {}, nullptr).out);
    return configured.empty() ? "ssh" : configured;
}

// True when a key that ssh would try for this host wants a pass phrase.
bool keyNeedsPassphrase(const std::string &url, const std::filesystem::path &folder)
{
    const ProcessResult settings =
        runProcess({"sh", "-c", sshCommand(folder) + " -G \"$1\"", "sh", sshHost(url)}, folder, {}, {}, nullptr);
    std::istringstream lines(settings.out);
    std::string word, file;
    while (lines >> word) {
        std::getline(lines, file);
        if (word != "identityfile")
            continue;
        file = trimmed(file);
        if (const char *home = std::getenv("HOME"); home && file.starts_with("~/"))
            file = home + file.substr(1);
        std::error_code error;
        if (std::filesystem::exists(file, error)
            && runProcess({"ssh-keygen", "-y", "-P", "", "-f", file}, folder, {}, {}, nullptr).exitCode != 0)
            return true;
    }
    return false;
}

} // namespace

bool hasHook(git_repository *repository, const char *name)
{
    std::filesystem::path folder = configText(repository, "core.hooksPath");
    if (folder.empty())
        folder = std::filesystem::path(git_repository_commondir(repository)) / "hooks";
    else if (folder.is_relative())
        folder = git_repository_workdir(repository) / folder;
    return ::access((folder / name).c_str(), X_OK) == 0;
}

ProcessResult GitProgram::run(std::vector<std::string> arguments, const std::optional<Credentials> &credentials,
                              std::string_view input, const std::atomic<bool> *cancel) const
{
    std::map<std::string, std::string> environment{{"LC_ALL", "C"}, {"GIT_TERMINAL_PROMPT", "0"}};
    std::optional<AskPass> askPass;
    if (credentials) {
        askPass.emplace(*credentials);
        environment.insert(askPass->environment().begin(), askPass->environment().end());
    } else {
        environment.insert({{"GIT_ASKPASS", "/bin/false"}, {"SSH_ASKPASS", "/bin/false"}, {"SSH_ASKPASS_REQUIRE", "force"}});
    }
    arguments.insert(arguments.begin(), "git");
    return runProcess(arguments, m_workDir, environment, input, cancel);
}

ProcessResult GitProgram::runRemote(const std::vector<std::string> &arguments, const std::string &url,
                                    const PushRequest &request) const
{
    ProcessResult result = run(arguments, {}, {}, request.cancel);
    if (result.exitCode == 0 || result.cancelled || !result.started || !request.credentials)
        return result;
    const bool ssh = !url.starts_with("http");
    const bool wanted = ssh ? contains(result.err, "Permission denied") && keyNeedsPassphrase(url, m_workDir)
                            : contains(result.err, "could not read Username") || contains(result.err, "could not read Password")
                                  || contains(result.err, "unable to read askpass response");
    if (!wanted)
        return result;
    const std::optional<Credentials> answer = request.credentials({url, {}, ssh});
    return answer ? run(arguments, answer, {}, request.cancel) : result;
}

Error classify(const ProcessResult &result, const std::string &url, bool asked)
{
    if (result.cancelled)
        return {ErrorCode::Cancelled, {}, url};
    if (!result.started)
        return {ErrorCode::ProgramMissing, {"git"}, url};
    if (const std::string why = rejection(result.out); !why.empty()) {
        if (contains(why, "remote rejected")) {
            const std::string words = remoteWords(result.err);
            return {ErrorCode::RemoteRefused, {words.empty() ? why : words}, url};
        }
        if (contains(why, "fetch first") || contains(why, "non-fast-forward"))
            return {ErrorCode::NonFastForward, {}, url};
        return {ErrorCode::RemoteRefused, {why}, url};
    }
    struct Sign
    {
        const char *words;
        ErrorCode code;
    };
    static constexpr Sign kSigns[] = {
        {"Host key verification failed", ErrorCode::UnknownHost},
        {"Permission denied", ErrorCode::WrongCredentials},
        {"Authentication failed", ErrorCode::WrongCredentials},
        {"could not read Username", ErrorCode::CredentialsNeeded},
        {"could not read Password", ErrorCode::CredentialsNeeded},
        {"Could not resolve host", ErrorCode::Unreachable},
        {"Connection refused", ErrorCode::Unreachable},
        {"Connection timed out", ErrorCode::Unreachable},
        {"Network is unreachable", ErrorCode::Unreachable},
        {"No route to host", ErrorCode::Unreachable},
        {"Failed to connect", ErrorCode::Unreachable},
        {"Connection reset", ErrorCode::Unreachable},
        {"Connection closed", ErrorCode::Unreachable},
        {"does not appear to be a git repository", ErrorCode::NoSuchRemote},
        {"not found", ErrorCode::NoSuchRemote},
        {"pre-push hook", ErrorCode::HookRefused},
    };
    for (const Sign &sign : kSigns)
        if (contains(result.err, sign.words)) {
            if (sign.code == ErrorCode::CredentialsNeeded && asked)
                return {ErrorCode::WrongCredentials, {}, url};
            if (sign.code == ErrorCode::UnknownHost)
                return {sign.code, {sshHost(url)}, url};
            return {sign.code, {lastLine(result.err)}, url};
        }
    return {ErrorCode::Failed, {lastLine(result.err)}, url};
}

Result<> GitProgram::commit(std::span<const std::string> paths, std::string_view message) const
{
    std::vector<std::string> add{"add", "--all", "--"}, commit{"commit", "--only", "--file=-", "--"};
    add.insert(add.end(), paths.begin(), paths.end());
    commit.insert(commit.end(), paths.begin(), paths.end());
    const ProcessResult added = run(add, {}, {}, nullptr);
    const ProcessResult done = added.exitCode == 0 ? run(commit, {}, message, nullptr) : added;
    if (done.exitCode == 0)
        return {};
    if (!done.started)
        return Error{ErrorCode::ProgramMissing, {"git"}, {}};
    if (contains(done.err, "gpg failed") || contains(done.err, "failed to write commit object"))
        return Error{ErrorCode::SigningFailed, {trimmed(done.err)}, {}};
    return Error{ErrorCode::HookRefused, {trimmed(done.err + done.out)}, {}};
}

Result<bool> GitProgram::push(const std::string &remote, const std::string &url, const PushRequest &request) const
{
    bool asked = false;
    PushRequest watched = request;
    if (request.credentials)
        watched.credentials = [&](const CredentialsQuestion &question) {
            asked = true;
            return request.credentials(question);
        };
    const std::string reference = "refs/heads/" + request.branch;
    const ProcessResult result = runRemote({"push", "--porcelain", remote, reference + ":" + reference}, url, watched);
    if (result.exitCode == 0)
        return result.out.find("\n=\t") != std::string::npos || result.out.starts_with("=\t");
    // A local pre-push hook ends the push before the remote is asked to change anything.
    if (rejection(result.out).empty() && contains(result.err, "failed to push some refs")
        && !contains(result.err, "remote:"))
        return Error{ErrorCode::HookRefused, {trimmed(result.err)}, url};
    return classify(result, url, asked);
}

Result<std::string> GitProgram::remoteOid(const std::string &remote, const std::string &url,
                                          const PushRequest &request) const
{
    const ProcessResult result = runRemote({"ls-remote", remote, "refs/heads/" + request.branch}, url, request);
    if (result.exitCode != 0)
        return classify(result, url, false);
    return result.out.substr(0, result.out.find('\t'));
}

Result<> GitProgram::fetch(const std::string &remote, const std::string &url, const PushRequest &request) const
{
    const ProcessResult result = runRemote({"fetch", "--quiet", remote}, url, request);
    if (result.exitCode != 0)
        return classify(result, url, false);
    return {};
}

} // namespace git
