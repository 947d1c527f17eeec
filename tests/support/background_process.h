#pragma once

#include <doctest/doctest.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace test {

/// A peer that runs beside a test and ends with the object (its input is closed, then TERM).
class BackgroundProcess
{
public:
    explicit BackgroundProcess(std::vector<std::string> argv)
    {
        int in[2], out[2];
        REQUIRE(::pipe2(in, O_CLOEXEC) == 0);
        REQUIRE(::pipe2(out, O_CLOEXEC) == 0);
        m_child = ::fork();
        REQUIRE(m_child >= 0);
        if (m_child == 0) {
            ::dup2(in[0], STDIN_FILENO);
            ::dup2(out[1], STDOUT_FILENO);
            std::vector<char *> pointers;
            for (std::string &argument : argv)
                pointers.push_back(argument.data());
            pointers.push_back(nullptr);
            ::execvp(pointers[0], pointers.data());
            ::_exit(127);
        }
        ::close(in[0]);
        ::close(out[1]);
        m_in = in[1];
        m_out = ::fdopen(out[0], "r");
    }
    ~BackgroundProcess()
    {
        ::close(m_in);
        ::kill(m_child, SIGTERM);
        ::waitpid(m_child, nullptr, 0);
        std::fclose(m_out);
    }
    BackgroundProcess(const BackgroundProcess &) = delete;
    BackgroundProcess &operator=(const BackgroundProcess &) = delete;

    /// The next line it prints; empty when it has ended.
    std::string line()
    {
        char buffer[4096];
        std::string text = std::fgets(buffer, sizeof buffer, m_out) ? buffer : "";
        while (!text.empty() && text.back() == '\n')
            text.pop_back();
        return text;
    }

private:
    pid_t m_child = -1;
    int m_in = -1;
    std::FILE *m_out = nullptr;
};

} // namespace test
