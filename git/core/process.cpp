#include "git/core/process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>
#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

namespace git {

namespace {

class Descriptor
{
public:
    explicit Descriptor(int fd = -1) : m_fd(fd) {}
    Descriptor(Descriptor &&other) noexcept : m_fd(std::exchange(other.m_fd, -1)) {}
    Descriptor &operator=(Descriptor &&other) noexcept
    {
        reset(std::exchange(other.m_fd, -1));
        return *this;
    }
    ~Descriptor() { reset(); }
    int get() const { return m_fd; }
    void reset(int fd = -1)
    {
        if (m_fd >= 0)
            ::close(m_fd);
        m_fd = fd;
    }

private:
    int m_fd;
};

struct Pipe
{
    Descriptor read;
    Descriptor write;
};

Pipe makePipe()
{
    std::array<int, 2> ends{-1, -1};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0)
        return Pipe{Descriptor(), Descriptor()};
    return {Descriptor(ends[0]), Descriptor(ends[1])};
}

std::vector<std::string> mergedEnvironment(const std::map<std::string, std::string> &added)
{
    std::vector<std::string> merged;
    for (char **entry = environ; *entry; ++entry) {
        const std::string_view text(*entry);
        if (!added.count(std::string(text.substr(0, text.find('=')))))
            merged.emplace_back(text);
    }
    for (const auto &[name, value] : added)
        merged.push_back(name + "=" + value);
    return merged;
}

std::vector<char *> pointers(std::vector<std::string> &texts)
{
    std::vector<char *> result;
    for (std::string &text : texts)
        result.push_back(text.data());
    result.push_back(nullptr);
    return result;
}

// False once the other end is closed.
bool readSome(int fd, std::string &into)
{
    std::array<char, 16384> buffer;
    const ssize_t count = ::read(fd, buffer.data(), buffer.size());
    if (count > 0)
        into.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0 || (count < 0 && errno == EINTR);
}

} // namespace

ProcessResult runProcess(const std::vector<std::string> &argv, const std::filesystem::path &directory,
                         const std::map<std::string, std::string> &environment, std::string_view input,
                         const std::atomic<bool> *cancel)
{
    ProcessResult result;
    Pipe in = makePipe(), out = makePipe(), err = makePipe(), failure = makePipe();
    std::vector<std::string> arguments = argv, variables = mergedEnvironment(environment);
    const std::vector<char *> argumentPointers = pointers(arguments);
    const std::vector<char *> variablePointers = pointers(variables);
    const std::string folder = directory.string();

    const pid_t child = ::fork();
    if (child < 0)
        return result;
    if (child == 0) {
        ::setsid();
        ::dup2(in.read.get(), STDIN_FILENO);
        ::dup2(out.write.get(), STDOUT_FILENO);
        ::dup2(err.write.get(), STDERR_FILENO);
        if (folder.empty() || ::chdir(folder.c_str()) == 0)
            ::execvpe(argumentPointers[0], argumentPointers.data(), variablePointers.data());
        const int code = errno;
        [[maybe_unused]] const ssize_t written = ::write(failure.write.get(), &code, sizeof code);
        ::_exit(127);
    }
    in.read.reset();
    out.write.reset();
    err.write.reset();
    failure.write.reset();

    int startError = 0;
    result.started = ::read(failure.read.get(), &startError, sizeof startError) != sizeof startError;

    ::fcntl(in.write.get(), F_SETFL, O_NONBLOCK);
    if (input.empty())
        in.write.reset();
    while (out.read.get() >= 0 || err.read.get() >= 0) {
        std::array<pollfd, 3> polls{pollfd{out.read.get(), POLLIN, 0}, pollfd{err.read.get(), POLLIN, 0},
                                    pollfd{in.write.get(), POLLOUT, 0}};
        const int ready = ::poll(polls.data(), polls.size(), cancel ? 50 : -1);
        if (cancel && *cancel && !result.cancelled) {
            result.cancelled = true;
            ::kill(-child, SIGTERM);
        }
        if (ready <= 0)
            continue;
        if (polls[0].revents && !readSome(out.read.get(), result.out))
            out.read.reset();
        if (polls[1].revents && !readSome(err.read.get(), result.err))
            err.read.reset();
        if (polls[2].revents) {
            const ssize_t count = ::write(in.write.get(), input.data(), input.size());
            if (count > 0)
                input.remove_prefix(static_cast<std::size_t>(count));
            if (input.empty() || (count < 0 && errno != EAGAIN && errno != EINTR))
                in.write.reset();
        }
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    result.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return result;
}

} // namespace git
