#include "engine/tasks/support/process.h"

#include "engine/tasks/support/line_splitter.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace tasks {

namespace {

using Clock = std::chrono::steady_clock;

/// After KILL: how long outputs held open by what escaped the group are still waited for.
constexpr std::chrono::milliseconds kDrain{500};

/// A process that has closed its outputs has nearly always ended a moment later.
constexpr int kYields = 4;

void closeOnce(int &fd)
{
    if (fd >= 0)
        close(fd);
    fd = -1;
}

class SpawnAttributes
{
public:
    SpawnAttributes()
    {
        posix_spawn_file_actions_init(&actions);
        posix_spawnattr_init(&attributes);
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setsigdefault(&attributes, &all);
        posix_spawnattr_setpgroup(&attributes, 0);
        posix_spawnattr_setflags(&attributes,
                                 POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~SpawnAttributes()
    {
        posix_spawnattr_destroy(&attributes);
        posix_spawn_file_actions_destroy(&actions);
    }
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
};

std::vector<char *> pointersTo(const std::vector<std::string> &texts)
{
    std::vector<char *> pointers;
    pointers.reserve(texts.size() + 1);
    for (const std::string &text : texts)
        pointers.push_back(const_cast<char *>(text.c_str()));
    pointers.push_back(nullptr);
    return pointers;
}

} // namespace

Process::~Process()
{
    if (m_id > 0 && !m_ended) {
        kill(-m_id, SIGKILL);
        reap(true);
    }
    closeOnce(m_in);
    closeOnce(m_out);
    closeOnce(m_err);
}

int Process::start(const ProcessRequest &request)
{
    std::array<std::array<int, 2>, 3> pipes;
    for (std::size_t i = 0; i < pipes.size(); ++i) {
        if (pipe2(pipes[i].data(), O_CLOEXEC) != 0) {
            const int error = errno;
            while (i-- > 0) {
                close(pipes[i][0]);
                close(pipes[i][1]);
            }
            return error;
        }
    }
    SpawnAttributes spawn;
    posix_spawn_file_actions_adddup2(&spawn.actions, pipes[0][0], STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&spawn.actions, pipes[1][1], STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&spawn.actions, pipes[2][1], STDERR_FILENO);
    posix_spawn_file_actions_addclosefrom_np(&spawn.actions, STDERR_FILENO + 1);
    posix_spawn_file_actions_addchdir_np(&spawn.actions, request.directory.c_str());

    const std::vector<char *> arguments = pointersTo(request.command);
    const std::vector<char *> environment = pointersTo(request.environment);
    const int error = arguments.front() ? posix_spawnp(&m_id, arguments.front(), &spawn.actions, &spawn.attributes,
                                                       arguments.data(), environment.data())
                                        : ENOENT;
    close(pipes[0][0]);
    close(pipes[1][1]);
    close(pipes[2][1]);
    m_in = pipes[0][1];
    m_out = pipes[1][0];
    m_err = pipes[2][0];
    m_cancelFd = request.cancelFd;
    m_grace = request.killGrace;
    if (error != 0)
        m_id = -1;
    return error;
}

bool Process::reap(bool block)
{
    pid_t ended = 0;
    do {
        ended = waitpid(m_id, &m_status, block ? 0 : WNOHANG);
    } while (ended < 0 && errno == EINTR);
    m_ended = m_ended || ended != 0;
    return m_ended;
}

ProcessEnd Process::run(const LineSink &onLine, const std::function<void()> &onCancel)
{
    struct Output
    {
        ProcessStream stream;
        int *fd;
        LineSplitter lines;
    };
    std::array<Output, 2> outputs = {Output{ProcessStream::Out, &m_out, {}}, Output{ProcessStream::Err, &m_err, {}}};
    std::array<char, 16384> buffer;
    ProcessEnd end;
    bool killed = false;
    Clock::time_point deadline = Clock::time_point::max();
    int endFd = -1;

    while (true) {
        if (m_out < 0 && m_err < 0 && endFd < 0) {
            for (int i = 0; i < kYields && !reap(false); ++i)
                sched_yield();
            if (m_ended)
                break;
            endFd = static_cast<int>(syscall(SYS_pidfd_open, m_id, 0));
            if (endFd < 0) {
                reap(true);
                break;
            }
        }
        std::array<pollfd, 4> waits = {pollfd{m_out, POLLIN, 0}, pollfd{m_err, POLLIN, 0},
                                       pollfd{end.cancelled ? -1 : m_cancelFd, POLLIN, 0}, pollfd{endFd, POLLIN, 0}};
        int timeout = -1;
        if (deadline != Clock::time_point::max()) {
            const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
            timeout = static_cast<int>(std::max<std::chrono::milliseconds::rep>(0, left.count()));
        }
        if (poll(waits.data(), waits.size(), timeout) < 0 && errno != EINTR)
            break;
        for (std::size_t i = 0; i < outputs.size(); ++i) {
            if (!waits[i].revents)
                continue;
            Output &output = outputs[i];
            const auto sink = [&](std::string_view line) { onLine(output.stream, line); };
            const ssize_t size = read(*output.fd, buffer.data(), buffer.size());
            if (size > 0) {
                output.lines.feed({buffer.data(), static_cast<std::size_t>(size)}, sink);
            } else if (size == 0 || errno != EINTR) {
                output.lines.finish(sink);
                closeOnce(*output.fd);
                sched_yield(); // what ends closes its other output next
            }
        }
        if (waits[3].revents && reap(false))
            break;
        if (waits[2].revents) {
            end.cancelled = true;
            onCancel();
            kill(-m_id, SIGTERM);
            deadline = Clock::now() + m_grace;
        } else if (Clock::now() >= deadline) {
            if (killed)
                break;
            killed = true;
            kill(-m_id, SIGKILL);
            deadline = Clock::now() + kDrain;
        }
    }
    closeOnce(endFd);
    for (Output &output : outputs)
        output.lines.finish([&](std::string_view line) { onLine(output.stream, line); });
    if (!m_ended)
        reap(true);
    end.leaves = kill(-m_id, 0) == 0;
    end.exitCode = WIFSIGNALED(m_status) ? 128 + WTERMSIG(m_status) : WEXITSTATUS(m_status);
    return end;
}

std::vector<std::string> environmentWith(const std::vector<std::pair<std::string, std::string>> &changes)
{
    std::vector<std::string> result;
    for (char **entry = environ; *entry; ++entry) {
        const std::string_view text = *entry;
        const std::string_view name = text.substr(0, text.find('='));
        const auto isName = [&](const auto &change) { return change.first == name; };
        if (!name.starts_with("SECRET_") && std::none_of(changes.begin(), changes.end(), isName))
            result.emplace_back(text);
    }
    for (const auto &[name, value] : changes)
        result.push_back(name + '=' + value);
    return result;
}

} // namespace tasks
