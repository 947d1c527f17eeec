#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace tasks {

struct ProcessRequest
{
    std::vector<std::string> command;            ///< program, found in PATH unless it has a slash, and arguments
    std::filesystem::path directory;             ///< where it starts
    std::vector<std::string> environment;        ///< `NAME=value`, all of it
    int cancelFd = -1;                           ///< readable: stop the process
    std::chrono::milliseconds killGrace{3000};   ///< between TERM and KILL
};

enum class ProcessStream { Out, Err };

struct ProcessEnd
{
    int exitCode = 0;       ///< 128 + number for a signal
    bool cancelled = false; ///< stopped because cancelFd said so
    bool leaves = false;    ///< others of its group go on
};

/// Child process in a process group of its own, with its output read by lines. Its input is a pipe
/// that never ends. Not thread-safe; belongs to the thread that runs the task.
class Process
{
public:
    /// A line without its end (`\n`, `\r\n` or `\r`); always UTF-8, a line over 16 MiB comes in pieces.
    using LineSink = std::function<void(ProcessStream, std::string_view line)>;

    Process() = default;
    ~Process(); ///< kills what still runs
    Process(const Process &) = delete;
    Process &operator=(const Process &) = delete;

    /// 0, or the errno of what could not be done (ENOENT: no such program or directory).
    int start(const ProcessRequest &request);
    pid_t id() const { return m_id; }
    /// Blocks until the process has ended and its outputs are closed. Cancelled: calls `onCancel`, sends
    /// TERM to the group, KILL after the grace, and gives up on outputs that stay open then.
    ProcessEnd run(const LineSink &onLine, const std::function<void()> &onCancel);

private:
    bool reap(bool block);

    pid_t m_id = -1;
    int m_in = -1, m_out = -1, m_err = -1;
    int m_cancelFd = -1;
    int m_status = 0;
    bool m_ended = false;
    std::chrono::milliseconds m_grace{0};
};

/// This process' environment with `changes` (`NAME=value`) made to it, without what holds secrets (`SECRET_…`).
std::vector<std::string> environmentWith(const std::vector<std::pair<std::string, std::string>> &changes);

} // namespace tasks
