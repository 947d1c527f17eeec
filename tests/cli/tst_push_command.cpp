#include "app/sentences/git_sentences.h"
#include "support/background_process.h"
#include "support/run_leat.h"
#include "support/scratch_repository.h"

#include <doctest/doctest.h>

#include <functional>

namespace {

const test::ScratchHome kHome;

struct Project
{
    test::ScratchRepository local;
    test::ScratchFolder bare;
    Project()
    {
        test::git(bare.path(), {"init", "-q", "--bare", "-b", "main"});
        local.commitFile("company.team/flows/etl.yaml", "id: etl\n");
        local.git({"remote", "add", "origin", bare.path().string()});
        test::write(local.path() / "company.team/flows/etl.yaml", "id: etl\nnamespace: company.team\n");
        test::write(local.path() / "notes.txt", "not a flow\n");
    }
    git::ProcessResult leat(std::vector<std::string> arguments) const { return test::leat(local.path(), std::move(arguments)); }
};

} // namespace

TEST_CASE("push commits the changed flow files to a new branch and says what the remote has")
{
    Project project;
    const auto result = project.leat({"push", "-b", "feat/ns", "-m", "Add namespace"});
    INFO(result.err);
    CHECK(result.exitCode == 0);
    const std::string oid = test::git(project.bare.path(), {"rev-parse", "feat/ns"});
    CHECK(result.out
          == "M company.team/flows/etl.yaml\nCommitted " + oid.substr(0, 10) + " to feat/ns.\nPushed and read back from "
                 + project.bare.path().string() + ": feat/ns is at " + oid.substr(0, 10) + ".\n");
    CHECK(project.local.git({"status", "--porcelain"}) == "?? notes.txt");
}

TEST_CASE("named files are pushed, flows or not; a dry run does nothing")
{
    Project project;
    const std::string before = project.local.git({"rev-parse", "HEAD"});
    const auto dry = project.leat({"push", "notes.txt", "-b", "main", "-m", "Notes", "--dry-run"});
    CHECK(dry.out == "A notes.txt\nWould commit 1 and push branch main.\n");
    CHECK(project.local.git({"rev-parse", "HEAD"}) == before);
    CHECK(project.leat({"push", "notes.txt", "-b", "main", "-m", "Notes"}).exitCode == 0);
    CHECK(test::git(project.bare.path(), {"show", "--name-only", "--format=%s", "main"}) == "Notes\n\nnotes.txt");
}

TEST_CASE("a push that is refused exits 1 with one sentence and one action")
{
    Project project;
    struct Row
    {
        const char *name;
        std::function<void()> spoil;
        const char *sentence;
    };
    const Row rows[] = {
        {"no remote", [&] { project.local.git({"remote", "remove", "origin"}); },
         "leat: error: This repository has no remote to push to. Add one: git remote add origin URL.\n"},
        {"missing user.name", [&] { project.local.git({"config", "--unset", "user.name"}); },
         "leat: error: Git does not know who commits: user.name or user.email is not set. Set both: git config --global "
         "user.name NAME, git config --global user.email ADDRESS.\n"},
        {"refused by a hook of the remote",
         [&] { test::writeScript(project.bare.path() / "hooks/pre-receive", "#!/bin/sh\necho 'no pushes today'\nexit 1\n"); },
         "refused the push: no pushes today Push to another branch and open a pull request. The commit is safe on this machine.\n"},
    };
    for (const Row &row : rows) {
        SUBCASE(row.name)
        {
            row.spoil();
            const auto result = project.leat({"push", "-m", "Change"});
            CHECK(result.exitCode == 1);
            CHECK(result.err.ends_with(row.sentence));
            CHECK(test::read(project.local.path() / "company.team/flows/etl.yaml") == "id: etl\nnamespace: company.team\n");
        }
    }
    SUBCASE("non-fast-forward")
    {
        REQUIRE(project.leat({"push", "-m", "First"}).exitCode == 0);
        const test::ScratchFolder other;
        test::git(other.path(), {"clone", "-q", project.bare.path().string(), "c"});
        test::git(other.path() / "c", {"-c", "user.name=Jun", "-c", "user.email=j@example.org", "commit", "-q", "--allow-empty", "-m", "theirs"});
        test::git(other.path() / "c", {"push", "-q"});
        test::write(project.local.path() / "company.team/flows/etl.yaml", "id: etl2\n");
        const auto result = project.leat({"push", "-m", "Second"});
        CHECK(result.exitCode == 1);
        CHECK(result.err
              == "leat: error: The branch at " + project.bare.path().string()
                     + " has commits that you do not have. Pull them first (git pull --rebase), or push to another branch. "
                       "Nothing was overwritten.\n");
    }
    SUBCASE("unreachable")
    {
        project.local.git({"remote", "set-url", "origin", "http://127.0.0.1:1/flows.git"});
        const auto result = project.leat({"push", "-m", "Change"});
        CHECK(result.exitCode == 1);
        CHECK(result.err.starts_with("leat: error: http://127.0.0.1:1/flows.git can't be reached: "));
        CHECK(result.err.ends_with("Check the network and the address, then push again. The commit is safe on this machine.\n"));
    }
    SUBCASE("wrong password, which never shows")
    {
        test::BackgroundProcess server({"python3", LEAT_SOURCE_DIR "/tests/support/git_http_server.py",
                                        project.bare.path().parent_path().string(), "mina", "secret"});
        const std::string address = "127.0.0.1:" + server.line() + "/" + project.bare.path().filename().string();
        project.local.git({"remote", "set-url", "origin", "http://mina:wr0ng@" + address});
        const auto result = project.leat({"push", "-m", "Change"});
        CHECK(result.exitCode == 1);
        CHECK(result.err
              == "leat: error: http://" + address
                     + " did not accept the user name, password or key. Try again with another one. The commit is safe on "
                       "this machine.\n");
    }
    SUBCASE("no commit yet")
    {
        const test::ScratchRepository empty;
        empty.git({"remote", "add", "origin", project.bare.path().string()});
        const auto result = test::leat(empty.path(), {"push"});
        CHECK(result.exitCode == 1);
        CHECK(result.err == "leat: error: Branch main has no commit yet. Commit a file first.\n");
    }
    SUBCASE("detached head")
    {
        project.local.git({"checkout", "-q", "--detach"});
        const auto result = project.leat({"push", "-m", "Change"});
        CHECK(result.exitCode == 1);
        CHECK(result.err
              == "leat: error: HEAD is at a commit and on no branch, so a new commit could get lost. Choose or create a branch.\n");
        CHECK(project.leat({"push", "-b", "rescue", "-m", "Change"}).exitCode == 0);
    }
}

TEST_CASE("a line that looks like a secret is not committed")
{
    Project project;
    test::write(project.local.path() / "company.team/flows/etl.yaml", "id: etl\npassword: tr0ub4dor&3\n");
    const auto result = project.leat({"push", "-m", "Change"});
    CHECK(result.exitCode == 1);
    CHECK(result.err
          == "leat: error: company.team/flows/etl.yaml:2 looks like a secret (password): tr•••• Take it out of the file and "
             "read it with {{ secret('NAME') }}. Nothing was committed.\n");
    CHECK(project.leat({"push", "-m", "Change", "--allow-secrets"}).exitCode == 0);
}

TEST_CASE("a commit without a message is asked for one")
{
    Project project;
    const auto result = project.leat({"push"});
    CHECK(result.exitCode == 2);
    CHECK(result.err
          == "leat: error: company.team/flows/etl.yaml is changed, and a commit needs a message. Add -m MESSAGE.\n");
}

TEST_CASE("every code of Git has a sentence, and all but one an action")
{
    int withoutAction = 0;
    for (int code = 0; code <= int(git::ErrorCode::Failed); ++code) {
        const app::Sentence sentence = app::sentenceOf(git::ErrorCode(code));
        CAPTURE(code);
        CHECK(std::string(sentence.cause).size() > 3);
        withoutAction += std::string(sentence.action).empty();
    }
    CHECK(withoutAction <= 1);
}
