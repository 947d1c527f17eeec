#pragma once

#include "support/temporary_folder.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <memory>
#include <poll.h>
#include <string>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace testing {

/// A Podman service of its own behind a socket, with everything it keeps in a temporary folder and one image,
/// `leat/box`, made of busybox alone. Ends with the object.
class ContainerEngine
{
public:
    /// Null, with the reason on the output, where no container can be run.
    static ContainerEngine *instance()
    {
        static const std::unique_ptr<ContainerEngine> engine = [] {
            const auto skip = [](const char *why) {
                std::printf("SKIP : %s\n", why);
                return std::unique_ptr<ContainerEngine>();
            };
            if (::geteuid() != 0)
                return skip("containers are tested as root only");
            if (::access("/usr/bin/podman", X_OK) != 0 || ::access("/bin/busybox", X_OK) != 0 || ::access("/usr/bin/tar", X_OK) != 0)
                return skip("Podman or busybox is not installed (packages podman, busybox-static)");
            std::unique_ptr<ContainerEngine> made(new ContainerEngine());
            if (!made->importImage() || made->run(made->podman({"run", "--rm", "--network=none", "leat/box", "/bin/sh", "-c", "exit 0"})) != 0)
                return skip("Podman can't run a container here");
            made->startService();
            return made;
        }();
        return engine.get();
    }
    ~ContainerEngine()
    {
        if (m_service > 0) {
            ::kill(m_service, SIGTERM);
            ::waitpid(m_service, nullptr, 0);
        }
        run(podman({"rm", "-f", "-a", "-t", "0"}));
    }
    ContainerEngine(const ContainerEngine &) = delete;
    ContainerEngine &operator=(const ContainerEngine &) = delete;

    std::string host() const { return "unix://" + socket(); }
    /// Containers there are, running or not.
    std::string containers() const
    {
        const std::string file = (m_folder.path() / "ps").string();
        run(podman({"ps", "-a", "-q"}), file);
        return readFile(file);
    }

private:
    ContainerEngine()
    {
        writeFile(m_folder.path() / "containers.conf", "[containers]\ndefault_ulimits = [\"nofile=1024:1024\",\"nproc=1024:1024\"]\n");
    }

    std::string socket() const { return (m_folder.path() / "engine.sock").string(); }

    std::vector<std::string> podman(std::vector<std::string> arguments) const
    {
        const std::string folder = m_folder.path().string();
        std::vector<std::string> argv = {"/usr/bin/podman", "--root", folder + "/root", "--runroot", folder + "/run", "--storage-driver", "vfs",
                                         "--cgroup-manager", "cgroupfs"};
        argv.insert(argv.end(), arguments.begin(), arguments.end());
        return argv;
    }

    bool importImage() const
    {
        const std::filesystem::path image = m_folder.path() / "image";
        std::filesystem::create_directories(image / "bin");
        std::filesystem::create_directories(image / "tmp");
        std::filesystem::copy_file("/bin/busybox", image / "bin/busybox");
        for (const char *name : {"sh", "cat", "echo", "ls", "sleep", "id", "pwd", "mkdir", "printf", "env", "chmod", "test"})
            std::filesystem::create_symlink("busybox", image / "bin" / name);
        const std::string tar = (m_folder.path() / "image.tar").string();
        return run({"/usr/bin/tar", "-C", image.string(), "-cf", tar, "."}) == 0 && run(podman({"import", tar, "leat/box:latest"})) == 0;
    }

    void startService()
    {
        m_service = start(podman({"system", "service", "-t", "0", host()}), "/dev/null");
        for (int tries = 0;; ++tries) {
            REQUIRE(tries < 600);
            const int fd = ::socket(AF_UNIX, SOCK_STREAM, 0);
            sockaddr_un address{};
            address.sun_family = AF_UNIX;
            socket().copy(address.sun_path, sizeof address.sun_path - 1);
            const int connected = ::connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address);
            ::close(fd);
            if (connected == 0)
                return;
            ::poll(nullptr, 0, 50);
        }
    }

    pid_t start(std::vector<std::string> argv, const std::string &output) const
    {
        const std::string conf = "CONTAINERS_CONF=" + (m_folder.path() / "containers.conf").string();
        std::vector<char *> pointers;
        for (std::string &argument : argv)
            pointers.push_back(argument.data());
        pointers.push_back(nullptr);
        const pid_t child = ::fork();
        if (child < 0)
            std::abort(); // also reached after the last test, where no check may stand
        if (child == 0) {
            ::putenv(const_cast<char *>(conf.c_str()));
            const int null = ::open("/dev/null", O_RDWR);
            const int out = ::open(output.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
            ::dup2(null, STDIN_FILENO);
            ::dup2(out, STDOUT_FILENO);
            ::dup2(null, STDERR_FILENO);
            ::execv(pointers[0], pointers.data());
            ::_exit(127);
        }
        return child;
    }
    int run(std::vector<std::string> argv, const std::string &output = "/dev/null") const
    {
        int status = 0;
        ::waitpid(start(std::move(argv), output), &status, 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    TemporaryFolder m_folder;
    pid_t m_service = -1;
};

} // namespace testing
