#include "support/scratch_repository.h"

#include <doctest/doctest.h>

using git::ErrorCode;
using git::FileState;
using test::ScratchRepository;
using test::write;

namespace {

const test::ScratchHome kHome;

} // namespace

TEST_CASE("a folder outside any repository is NotARepository")
{
    const test::ScratchFolder folder;
    const auto opened = git::Repository::open(folder.path());
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::NotARepository);
}

TEST_CASE("a new repository is on main, without a commit")
{
    const test::ScratchFolder folder;
    const auto created = git::Repository::create(folder.path() / "new");
    REQUIRE(created);
    CHECK(created->head()->branch == "main");
    CHECK(created->head()->oid.empty());
    CHECK(created->log(10)->empty());
}

TEST_CASE("status lists what differs from HEAD, by path")
{
    ScratchRepository scratch;
    scratch.commitFile("a.yaml", "id: a\n");
    scratch.commitFile("b.yaml", "id: b\n");
    scratch.commitFile(".gitignore", "*.log\n");
    write(scratch.path() / "a.yaml", "id: changed\n");
    std::filesystem::remove(scratch.path() / "b.yaml");
    write(scratch.path() / "flows/새 흐름.yaml", "id: c\n");
    write(scratch.path() / "run.log", "x");
    write(scratch.path() / "d.yaml", "id: d\n");
    scratch.git({"add", "d.yaml"});
    CHECK(*scratch.open().status()
          == std::vector<git::FileStatus>{{"a.yaml", FileState::Modified, false},
                                          {"b.yaml", FileState::Deleted, false},
                                          {"d.yaml", FileState::New, true},
                                          {"flows/새 흐름.yaml", FileState::New, false}});
}

TEST_CASE("a commit holds only the chosen files, what else is staged stays staged")
{
    ScratchRepository scratch;
    scratch.commitFile("a.yaml", "id: a\n");
    write(scratch.path() / "a.yaml", "id: a2\n");
    write(scratch.path() / "new.yaml", "id: new\n");
    write(scratch.path() / "other.txt", "other\n");
    scratch.git({"add", "other.txt"});
    git::Repository repository = scratch.open();
    const std::vector<std::string> paths{"a.yaml", "new.yaml"};
    const auto oid = repository.commit(paths, "Change a\n\nand add new\n");
    REQUIRE(oid);
    CHECK(scratch.git({"rev-parse", "HEAD"}) == *oid);
    CHECK(scratch.git({"show", "--name-status", "--format=%an|%s", "HEAD"}) == "Mina Test|Change a\n\nM\ta.yaml\nA\tnew.yaml");
    CHECK(scratch.git({"status", "--porcelain"}) == "A  other.txt");
}

TEST_CASE("a deleted file and an executable one are committed as such")
{
    ScratchRepository scratch;
    scratch.commitFile("gone.yaml", "x\n");
    std::filesystem::remove(scratch.path() / "gone.yaml");
    test::writeScript(scratch.path() / "run.sh", "#!/bin/sh\n");
    const std::vector<std::string> paths{"gone.yaml", "run.sh"};
    REQUIRE(scratch.open().commit(paths, "swap"));
    CHECK(scratch.git({"ls-tree", "HEAD"}).starts_with("100755 blob"));
    CHECK(scratch.git({"status", "--porcelain"}).empty());
}

TEST_CASE("the first commit of a repository works")
{
    ScratchRepository scratch;
    write(scratch.path() / "a.yaml", "id: a\n");
    const std::vector<std::string> paths{"a.yaml"};
    REQUIRE(scratch.open().commit(paths, "first"));
    CHECK(scratch.git({"rev-list", "--count", "HEAD"}) == "1");
}

TEST_CASE("a commit that cannot be made says why and changes nothing")
{
    ScratchRepository scratch;
    scratch.commitFile("a.yaml", "id: a\n");
    const std::vector<std::string> paths{"a.yaml"};
    const std::string before = scratch.git({"rev-parse", "HEAD"});

    SUBCASE("nothing changed")
    {
        CHECK(scratch.open().commit(paths, "m").error().code == ErrorCode::NothingToCommit);
    }
    SUBCASE("no user.name")
    {
        write(scratch.path() / "a.yaml", "id: b\n");
        scratch.git({"config", "--unset", "user.name"});
        CHECK(scratch.open().commit(paths, "m").error().code == ErrorCode::MissingIdentity);
    }
    SUBCASE("detached head")
    {
        write(scratch.path() / "a.yaml", "id: b\n");
        scratch.git({"checkout", "-q", "--detach"});
        CHECK(scratch.open().commit(paths, "m").error().code == ErrorCode::DetachedHead);
    }
    SUBCASE("a pre-commit hook refuses")
    {
        write(scratch.path() / "a.yaml", "id: b\n");
        test::writeScript(scratch.path() / ".git/hooks/pre-commit", "#!/bin/sh\necho 'flows need an owner' >&2\nexit 1\n");
        const auto done = scratch.open().commit(paths, "m");
        REQUIRE_FALSE(done);
        CHECK(done.error().code == ErrorCode::HookRefused);
        CHECK(done.error().args == std::vector<std::string>{"flows need an owner"});
    }
    CHECK(scratch.git({"rev-parse", "HEAD"}) == before);
}

TEST_CASE("a commit-msg hook changes the message, as with the git program")
{
    ScratchRepository scratch;
    scratch.commitFile("a.yaml", "id: a\n");
    write(scratch.path() / "a.yaml", "id: b\n");
    write(scratch.path() / "new.yaml", "id: n\n");
    test::writeScript(scratch.path() / ".git/hooks/commit-msg", "#!/bin/sh\nsed -i 's/^/FLOW-7 /' \"$1\"\n");
    const std::vector<std::string> paths{"a.yaml", "new.yaml"};
    REQUIRE(scratch.open().commit(paths, "change"));
    CHECK(scratch.git({"show", "-s", "--format=%s"}) == "FLOW-7 change");
    CHECK(scratch.git({"status", "--porcelain"}).empty());
}

TEST_CASE("branches are made at HEAD with the work tree untouched, and switched safely")
{
    ScratchRepository scratch;
    scratch.commitFile("a.yaml", "id: a\n");
    write(scratch.path() / "a.yaml", "id: edited\n");
    git::Repository repository = scratch.open();
    REQUIRE(repository.createBranch("feat/score"));
    CHECK(repository.head()->branch == "feat/score");
    CHECK(test::read(scratch.path() / "a.yaml") == "id: edited\n");

    const std::vector<std::string> paths{"a.yaml"};
    REQUIRE(repository.commit(paths, "edit"));
    REQUIRE(repository.switchBranch("main"));
    CHECK(test::read(scratch.path() / "a.yaml") == "id: a\n");

    write(scratch.path() / "a.yaml", "id: local\n");
    const auto refused = repository.switchBranch("feat/score");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == ErrorCode::LocalChanges);
    CHECK(refused.error().args == paths);
    CHECK(test::read(scratch.path() / "a.yaml") == "id: local\n");

    CHECK(repository.createBranch("main").error().code == ErrorCode::BranchExists);
    CHECK(repository.createBranch("no..way").error().code == ErrorCode::InvalidBranchName);
    CHECK(repository.switchBranch("nowhere").error().code == ErrorCode::NoSuchBranch);
}

TEST_CASE("a branch can be chosen before the first commit")
{
    ScratchRepository scratch;
    git::Repository repository = scratch.open();
    REQUIRE(repository.createBranch("start"));
    CHECK(repository.head()->branch == "start");
}

TEST_CASE("a diff shows both sides with their line numbers")
{
    ScratchRepository scratch;
    scratch.commitFile("a.yaml", "id: a\nx: 1\ny: 2\r\n");
    write(scratch.path() / "a.yaml", "id: a\nx: 9\ny: 2\r\nz: 3");
    const auto diff = scratch.open().diff("a.yaml");
    REQUIRE(diff);
    CHECK(diff->state == FileState::Modified);
    REQUIRE(diff->hunks.size() == 1);
    using git::LineKind;
    CHECK(diff->hunks[0].lines
          == std::vector<git::DiffLine>{{LineKind::Context, 1, 1, "id: a"},
                                        {LineKind::Removed, 2, 0, "x: 1"},
                                        {LineKind::Added, 0, 2, "x: 9"},
                                        {LineKind::Context, 3, 3, "y: 2"},
                                        {LineKind::Added, 0, 4, "z: 3"}});
    CHECK(**scratch.open().contentInHead("a.yaml") == "id: a\nx: 1\ny: 2\r\n");
}

TEST_CASE("a new file is all added, before the first commit too")
{
    ScratchRepository scratch;
    write(scratch.path() / "new.yaml", "id: n\n");
    const auto diff = scratch.open().diff("new.yaml");
    REQUIRE(diff);
    CHECK(diff->state == FileState::New);
    REQUIRE(diff->hunks.size() == 1);
    CHECK(diff->hunks[0].lines == std::vector<git::DiffLine>{{git::LineKind::Added, 0, 1, "id: n"}});
}

TEST_CASE("log can be limited to one file")
{
    ScratchRepository scratch;
    scratch.commitFile("a.yaml", "1\n", "one");
    scratch.commitFile("b.yaml", "2\n", "two");
    scratch.commitFile("a.yaml", "3\n", "three");
    const auto commits = scratch.open().log(10, "a.yaml");
    REQUIRE(commits);
    REQUIRE(commits->size() == 2);
    CHECK(commits->at(0).summary == "three");
    CHECK(commits->at(1).summary == "one");
}

TEST_CASE("a path is taken relative to the work tree, never outside it")
{
    ScratchRepository scratch;
    const git::Repository repository = scratch.open();
    CHECK(*repository.relativePath(scratch.path() / "flows/../a.yaml") == "a.yaml");
    CHECK(repository.relativePath("/etc/passwd").error().code == ErrorCode::OutsideRepository);
}

TEST_CASE("a push without a remote or a commit says which is missing")
{
    ScratchRepository scratch;
    git::PushRequest request;
    request.branch = "main";
    CHECK(scratch.open().push(request).error().code == ErrorCode::NoRemote);
    const test::ScratchFolder bare;
    test::git(bare.path(), {"init", "-q", "--bare"});
    scratch.git({"remote", "add", "origin", bare.path().string()});
    CHECK(scratch.open().push(request).error().code == ErrorCode::NoCommitYet);
}

TEST_CASE("a push to a folder arrives, is read back and sets the upstream")
{
    ScratchRepository scratch;
    const test::ScratchFolder bare;
    test::git(bare.path(), {"init", "-q", "--bare"});
    scratch.git({"remote", "add", "origin", bare.path().string()});
    scratch.commitFile("a.yaml", "1\n");
    git::Repository repository = scratch.open();
    CHECK(repository.unpushed()->size() == 1);
    git::PushRequest request;
    request.branch = "main";
    const auto pushed = repository.push(request);
    REQUIRE(pushed);
    CHECK(pushed->oid == test::git(bare.path(), {"rev-parse", "main"}));
    CHECK_FALSE(pushed->alreadyThere);
    CHECK(repository.unpushed()->empty());
    const auto branches = repository.branches();
    REQUIRE(branches->size() == 1);
    CHECK(branches->at(0) == git::Branch{"main", "origin/main", true, 0, 0});
    CHECK(repository.push(request)->alreadyThere);
    scratch.commitFile("a.yaml", "2\n");
    CHECK(scratch.open().branches()->at(0).ahead == 1);
}

TEST_CASE("a local pre-push hook stops the push with its words")
{
    ScratchRepository scratch;
    const test::ScratchFolder bare;
    test::git(bare.path(), {"init", "-q", "--bare"});
    scratch.git({"remote", "add", "origin", bare.path().string()});
    scratch.commitFile("a.yaml", "1\n");
    test::writeScript(scratch.path() / ".git/hooks/pre-push", "#!/bin/sh\necho 'not on Friday' >&2\nexit 1\n");
    git::PushRequest request;
    request.branch = "main";
    const auto pushed = scratch.open().push(request);
    REQUIRE_FALSE(pushed);
    CHECK(pushed.error().code == ErrorCode::HookRefused);
    CHECK(pushed.error().args.at(0).find("not on Friday") != std::string::npos);
}

TEST_CASE("a URL is shown without its password")
{
    ScratchRepository scratch;
    scratch.git({"remote", "add", "origin", "https://mina:s3cret@git.example.org/x.git"});
    CHECK(scratch.open().remotes()->at(0).url == "https://git.example.org/x.git");
}

TEST_CASE("each line names the commit that changed it last, lines of the editor none")
{
    ScratchRepository scratch;
    scratch.commitFile("a.yaml", "one\ntwo\nthree\n", "first");
    scratch.commitFile("a.yaml", "one\n2\nthree\n", "second");
    const git::Repository repository = scratch.open();
    const auto lines = repository.blame("a.yaml", "new\none\n2\nthree");
    REQUIRE(lines);
    REQUIRE(lines->size() == 4);
    CHECK((*lines)[0] == git::BlameLine{});
    CHECK((*lines)[1].summary == "first");
    CHECK((*lines)[1].author == "Mina Test");
    CHECK((*lines)[2].summary == "second");
    CHECK((*lines)[2].time > 0);
    CHECK((*lines)[2].oid.size() == 40);
    CHECK(*repository.blame("other.yaml", "x\ny\n") == std::vector<git::BlameLine>(2));
    CHECK(repository.blame("a.yaml", "")->empty());
}
