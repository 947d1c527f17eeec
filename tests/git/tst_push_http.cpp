#include "support/background_process.h"
#include "support/scratch_repository.h"

#include <doctest/doctest.h>

using git::ErrorCode;

namespace {

const test::ScratchHome kHome;

// A repository whose `origin` is a bare one served by the real git http-backend.
struct HttpRemote
{
    test::ScratchFolder folder;
    test::BackgroundProcess server{{"python3", LEAT_SOURCE_DIR "/tests/support/git_http_server.py",
                                    folder.path().string(), "mina", "secret"}};
    std::string url;
    test::ScratchRepository local;
    int questions = 0;

    HttpRemote()
    {
        const std::string port = server.line();
        REQUIRE_FALSE(port.empty());
        url = "http://127.0.0.1:" + port + "/flows.git";
        test::git(folder.path(), {"init", "-q", "--bare", "-b", "main", "flows.git"});
        test::git(bare(), {"config", "http.receivepack", "true"});
        local.git({"remote", "add", "origin", url});
        local.commitFile("a.yaml", "id: a\n");
    }
    std::filesystem::path bare() const { return folder.path() / "flows.git"; }

    git::Result<git::Pushed> push(const std::string &password = "secret")
    {
        git::PushRequest request;
        request.branch = "main";
        request.credentials = [this, password](const git::CredentialsQuestion &) {
            ++questions;
            return git::Credentials{"mina", password};
        };
        return local.open().push(request);
    }
};

} // namespace

TEST_CASE("a push over http arrives and is read back from the server")
{
    HttpRemote remote;
    const auto pushed = remote.push();
    if (!pushed) {
        INFO(int(pushed.error().code));
        INFO((pushed.error().args.empty() ? "" : pushed.error().args[0]));
        REQUIRE(pushed);
    }
    CHECK(pushed->oid == test::git(remote.bare(), {"rev-parse", "main"}));
    CHECK(remote.questions == 1);
    CHECK(remote.local.open().branches()->at(0).upstream == "origin/main");
}

TEST_CASE("a wrong password is asked for once and leaves the remote alone")
{
    HttpRemote remote;
    const auto pushed = remote.push("wrong");
    REQUIRE_FALSE(pushed);
    CHECK(pushed.error().code == ErrorCode::WrongCredentials);
    CHECK(remote.questions == 1);
    CHECK(test::git(remote.bare(), {"for-each-ref"}).empty());
}

TEST_CASE("without anybody to ask, credentials are said to be needed")
{
    HttpRemote remote;
    git::PushRequest request;
    request.branch = "main";
    CHECK(remote.local.open().push(request).error().code == ErrorCode::CredentialsNeeded);
}

TEST_CASE("a remote branch with other commits is never overwritten")
{
    HttpRemote remote;
    REQUIRE(remote.push());
    const test::ScratchFolder other;
    test::git(other.path(), {"clone", "-q", remote.bare().string(), "c"});
    test::git(other.path() / "c", {"-c", "user.name=Jun", "-c", "user.email=j@example.org", "commit", "-q", "--allow-empty", "-m", "theirs"});
    test::git(other.path() / "c", {"push", "-q"});
    const std::string theirs = test::git(remote.bare(), {"rev-parse", "main"});
    remote.local.commitFile("b.yaml", "id: b\n");
    CHECK(remote.push().error().code == ErrorCode::NonFastForward);
    CHECK(test::git(remote.bare(), {"rev-parse", "main"}) == theirs);
}

TEST_CASE("a hook of the server that refuses is quoted")
{
    HttpRemote remote;
    test::writeScript(remote.bare() / "hooks/pre-receive", "#!/bin/sh\necho 'main takes changes by pull request only'\nexit 1\n");
    const auto pushed = remote.push();
    REQUIRE_FALSE(pushed);
    CHECK(pushed.error().code == ErrorCode::RemoteRefused);
    CHECK(pushed.error().args == std::vector<std::string>{"main takes changes by pull request only"});
}

TEST_CASE("a server that is not there is Unreachable, a repository that is not there NoSuchRemote")
{
    HttpRemote remote;
    SUBCASE("server")
    {
        remote.local.git({"remote", "set-url", "origin", "http://127.0.0.1:1/flows.git"});
        CHECK(remote.push().error().code == ErrorCode::Unreachable);
    }
    SUBCASE("repository")
    {
        remote.local.git({"remote", "set-url", "origin", remote.url + ".missing"});
        CHECK(remote.push().error().code == ErrorCode::NoSuchRemote);
    }
}

TEST_CASE("a server that loses the commit is not called done")
{
    HttpRemote remote;
    test::writeScript(remote.bare() / "hooks/post-receive", "#!/bin/sh\ngit update-ref -d refs/heads/main\n");
    const auto pushed = remote.push();
    REQUIRE_FALSE(pushed);
    CHECK(pushed.error().code == ErrorCode::NotVerified);
}

TEST_CASE("a credential helper of the user is used through the git program")
{
    HttpRemote remote;
    const test::ScratchFolder bin;
    test::writeScript(bin.path() / "helper", "#!/bin/sh\necho username=mina\necho password=secret\n");
    remote.local.git({"config", "credential.helper", (bin.path() / "helper").string()});
    REQUIRE(remote.push());
    CHECK(remote.questions == 0);
    CHECK(test::git(remote.bare(), {"rev-parse", "main"}) == remote.local.git({"rev-parse", "HEAD"}));
}

TEST_CASE("a helper that knows nothing leaves the question to the user")
{
    HttpRemote remote;
    remote.local.git({"config", "credential.helper", "/bin/true"});
    CHECK(remote.push("wrong").error().code == ErrorCode::WrongCredentials);
    CHECK(remote.questions == 1);
    remote.questions = 0;
    CHECK(remote.push());
    CHECK(remote.questions == 1);
}

TEST_CASE("fetch brings in what the remote has")
{
    HttpRemote remote;
    REQUIRE(remote.push());
    const std::string oid = remote.local.git({"rev-parse", "HEAD"});
    test::git(remote.bare(), {"branch", "other", "main"});
    git::PushRequest request;
    request.branch = "main";
    request.credentials = [](const git::CredentialsQuestion &) { return git::Credentials{"mina", "secret"}; };
    REQUIRE(remote.local.open().fetch(request));
    CHECK(remote.local.git({"rev-parse", "refs/remotes/origin/other"}) == oid);
}
