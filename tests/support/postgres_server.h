#pragma once

#include "support/temporary_folder.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <arpa/inet.h>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <grp.h>
#include <memory>
#include <netinet/in.h>
#include <poll.h>
#include <pwd.h>
#include <string>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace testing {

/// A PostgreSQL of its own in a temporary folder, on a free port of the loopback; user `leat`, password `pg-secret`.
/// Ends with the object. Run as root it changes to the user `nobody`, because the server refuses root.
class PostgresServer
{
public:
    static constexpr const char *kPassword = "pg-secret";

    /// Null, with the reason on the output, where PostgreSQL is not installed.
    static PostgresServer *instance()
    {
        static const std::unique_ptr<PostgresServer> server = [] {
            const std::filesystem::path programs = findPrograms();
            if (programs.empty()) {
                std::puts("SKIP : PostgreSQL is not installed (package postgresql)");
                return std::unique_ptr<PostgresServer>();
            }
            return std::unique_ptr<PostgresServer>(new PostgresServer(programs));
        }();
        return server.get();
    }
    ~PostgresServer()
    {
        ::kill(m_server, SIGINT);
        ::waitpid(m_server, nullptr, 0);
    }
    PostgresServer(const PostgresServer &) = delete;
    PostgresServer &operator=(const PostgresServer &) = delete;

    std::string url() const { return fmt::format("jdbc:postgresql://127.0.0.1:{}/postgres", m_port); }
    int port() const { return m_port; }

private:
    static std::filesystem::path findPrograms()
    {
        std::error_code ignored;
        for (const auto &version : std::filesystem::directory_iterator("/usr/lib/postgresql", ignored)) {
            if (std::filesystem::exists(version.path() / "bin/initdb"))
                return version.path() / "bin";
        }
        return {};
    }

    explicit PostgresServer(const std::filesystem::path &programs) : m_port(freePort())
    {
        writeFile(m_folder.path() / "password", kPassword);
        if (::geteuid() == 0) {
            const passwd *user = ::getpwnam("nobody");
            REQUIRE(user);
            m_uid = user->pw_uid;
            m_gid = user->pw_gid;
            REQUIRE(::chown(m_folder.path().c_str(), m_uid, m_gid) == 0);
        }
        const std::string data = (m_folder.path() / "data").string();
        const int made = wait(start({(programs / "initdb").string(), "-D", data, "-U", "leat", "-A", "scram-sha-256", "--pwfile",
                                     (m_folder.path() / "password").string(), "-E", "UTF8", "--locale=C", "-N"}));
        REQUIRE(made == 0);
        m_server = start({(programs / "postgres").string(), "-D", data, "-p", std::to_string(m_port), "-c",
                          "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "fsync=off"});
        for (int tries = 0; !answers(); ++tries) {
            REQUIRE(tries < 600);
            REQUIRE(::waitpid(m_server, nullptr, WNOHANG) == 0);
            ::poll(nullptr, 0, 50);
        }
    }

    pid_t start(std::vector<std::string> argv) const
    {
        std::vector<char *> pointers;
        for (std::string &argument : argv)
            pointers.push_back(argument.data());
        pointers.push_back(nullptr);
        const std::string log = (m_folder.path() / "log").string();
        const pid_t child = ::fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            if (m_uid && (::setgroups(0, nullptr) != 0 || ::setgid(m_gid) != 0 || ::setuid(m_uid) != 0))
                ::_exit(126);
            const int fd = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
            ::dup2(fd, STDOUT_FILENO);
            ::dup2(fd, STDERR_FILENO);
            if (::chdir("/") != 0)
                ::_exit(126);
            ::execv(pointers[0], pointers.data());
            ::_exit(127);
        }
        return child;
    }
    static int wait(pid_t child)
    {
        int status = 0;
        ::waitpid(child, &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }
    static int freePort()
    {
        const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        REQUIRE(::bind(fd, reinterpret_cast<sockaddr *>(&address), size) == 0);
        ::getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size);
        ::close(fd);
        return ntohs(address.sin_port);
    }
    /// Its own file says when it takes connections.
    bool answers() const
    {
        return readFile(m_folder.path() / "data/postmaster.pid").find("ready") != std::string::npos;
    }

    TemporaryFolder m_folder;
    int m_port;
    uid_t m_uid = 0;
    gid_t m_gid = 0;
    pid_t m_server = -1;
};

} // namespace testing
