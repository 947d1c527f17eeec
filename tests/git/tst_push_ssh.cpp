#include "support/background_process.h"
#include "support/scratch_repository.h"

#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <cstring>
#include <netinet/in.h>
#include <poll.h>
#include <pwd.h>
#include <sys/socket.h>

using git::ErrorCode;

namespace {

const test::ScratchHome kHome;

int freePort()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    REQUIRE(::bind(fd, reinterpret_cast<sockaddr *>(&address), size) == 0);
    REQUIRE(::getsockname(fd, reinterpret_cast<sockaddr *>(&address), &size) == 0);
    ::close(fd);
    return ntohs(address.sin_port);
}

void awaitPort(int port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(port));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int attempt = 0; attempt < 500; ++attempt) {
        const int fd = ::socket(AF_INET, SOCK_STREAM, 0);
        const bool open = ::connect(fd, reinterpret_cast<sockaddr *>(&address), sizeof address) == 0;
        ::close(fd);
        if (open)
            return;
        ::poll(nullptr, 0, 10);
    }
    FAIL("sshd did not start");
}

void keygen(const std::filesystem::path &file, const std::string &type, const std::string &passphrase = {})
{
    const auto made = git::runProcess({"ssh-keygen", "-q", "-t", type, "-N", passphrase, "-f", file.string()}, {}, {}, {}, nullptr);
    REQUIRE(made.exitCode == 0);
}

// A bare repository behind a real sshd that lets in the keys of one file, for the user who runs this.
struct SshRemote
{
    test::ScratchFolder folder;
    int port = freePort();
    std::unique_ptr<test::BackgroundProcess> server;
    test::ScratchRepository local;

    SshRemote()
    {
        std::filesystem::create_directories("/run/sshd");
        keygen(folder.path() / "host", "ed25519");
        const auto ssh = kHome.path() / ".ssh";
        std::filesystem::remove_all(ssh);
        std::filesystem::create_directories(ssh);
        std::filesystem::permissions(ssh, std::filesystem::perms::owner_all);
        test::write(folder.path() / "config",
                    "Port " + std::to_string(port) + "\nListenAddress 127.0.0.1\nHostKey " + (folder.path() / "host").string()
                        + "\nAuthorizedKeysFile " + (folder.path() / "keys").string()
                        + "\nPasswordAuthentication no\nUsePAM no\nStrictModes no\nPidFile none\nPermitRootLogin yes\n");
        server = std::make_unique<test::BackgroundProcess>(std::vector<std::string>{
            "/usr/sbin/sshd", "-D", "-e", "-f", (folder.path() / "config").string(), "-E", (folder.path() / "log").string()});
        awaitPort(port);
        test::git(folder.path(), {"init", "-q", "--bare", "-b", "main", "flows.git"});
        const std::string user = ::getpwuid(::getuid())->pw_name;
        local.git({"remote", "add", "origin", "ssh://" + user + "@127.0.0.1:" + std::to_string(port) + bare().string()});
        local.commitFile("a.yaml", "id: a\n");
        // ssh reads the password file's home, not $HOME: name the files.
        ::setenv("GIT_SSH_COMMAND",
                 ("ssh -F /dev/null -o UserKnownHostsFile=" + (ssh / "known_hosts").string() + " -o IdentitiesOnly=yes -i "
                  + identity().string()).c_str(), 1);
    }
    std::filesystem::path bare() const { return folder.path() / "flows.git"; }
    std::filesystem::path identity() const { return kHome.path() / ".ssh/id"; }
    void authorise(const std::string &type, const std::string &passphrase = {})
    {
        keygen(identity(), type, passphrase);
        test::write(folder.path() / "keys", test::read(identity().string() + ".pub"));
    }
    void trustHost()
    {
        test::write(kHome.path() / ".ssh/known_hosts",
                    "[127.0.0.1]:" + std::to_string(port) + " " + test::read(folder.path() / "host.pub"));
    }
    git::Result<git::Pushed> push(git::CredentialsCallback credentials = {})
    {
        git::PushRequest request;
        request.branch = "main";
        request.credentials = std::move(credentials);
        return local.open().push(request);
    }
};

} // namespace

TEST_CASE("a push over ssh arrives with ed25519 and RSA keys")
{
    SshRemote remote;
    SUBCASE("ed25519") { remote.authorise("ed25519"); }
    SUBCASE("rsa") { remote.authorise("rsa"); }
    remote.trustHost();
    const auto pushed = remote.push();
    INFO(test::read(remote.folder.path() / "log"));
    INFO((pushed ? "" : pushed.error().args.empty() ? "" : pushed.error().args[0]));
    REQUIRE(pushed);
    CHECK(pushed->oid == test::git(remote.bare(), {"rev-parse", "main"}));
}

TEST_CASE("an unknown host is not trusted behind the user's back")
{
    SshRemote remote;
    remote.authorise("ed25519");
    const auto pushed = remote.push();
    REQUIRE_FALSE(pushed);
    CHECK(pushed.error().code == ErrorCode::UnknownHost);
    CHECK(pushed.error().args == std::vector<std::string>{"127.0.0.1"});
}

TEST_CASE("a key the server does not know is WrongCredentials")
{
    SshRemote remote;
    remote.authorise("ed25519");
    test::write(remote.folder.path() / "keys", "");
    remote.trustHost();
    CHECK(remote.push().error().code == ErrorCode::WrongCredentials);
}

TEST_CASE("the pass phrase of a key is asked for once")
{
    SshRemote remote;
    remote.authorise("ed25519", "open sesame");
    remote.trustHost();
    int questions = 0;
    const auto answer = [&](const std::string &phrase) {
        return [&questions, phrase](const git::CredentialsQuestion &question) {
            CHECK(question.keyPassphrase);
            ++questions;
            return git::Credentials{{}, phrase};
        };
    };
    CHECK(remote.push(answer("wrong")).error().code == ErrorCode::WrongCredentials);
    CHECK(questions == 1);
    REQUIRE(remote.push(answer("open sesame")));
    CHECK(questions == 2);
}

TEST_CASE("an ssh server that is not there is Unreachable")
{
    SshRemote remote;
    remote.local.git({"remote", "set-url", "origin", "ssh://git@127.0.0.1:1/flows.git"});
    CHECK(remote.push().error().code == ErrorCode::Unreachable);
}
