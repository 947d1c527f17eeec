#include "engine/store/data_folder.h"
#include "support/temporary_folder.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <sqlite3.h>

#include <fstream>
#include <random>

using engine::ErrorCode;
using engine::ExecutionChange;
using engine::State;
using engine::Time;
using store::SqliteStore;
namespace fs = std::filesystem;

namespace {

ExecutionChange born(const std::string &id)
{
    auto record = std::make_shared<engine::ExecutionRecord>();
    record->id = record->originalId = id;
    record->namespaceId = "acme";
    record->flowId = "f";
    record->flowText = std::make_shared<const std::string>("id: f");
    record->created = Time(std::chrono::seconds(1'700'000'000));
    ExecutionChange change;
    change.id = id;
    change.created = record;
    change.states = {{State::Created, record->created}, {State::Running, record->created + std::chrono::milliseconds(1)}};
    engine::TaskRunChange run;
    run.run = 0;
    run.created = true;
    run.taskId = "a";
    run.value = "v";
    run.iteration = 3;
    run.states = {{State::Created, record->created}, {State::Running, record->created}};
    run.attempts = std::vector<engine::Attempt>{{State::Running, record->created, {}}};
    change.runs.push_back(run);
    change.logs.push_back({0, record->created, engine::Level::Info, 0, 0, "한국어", false});
    return change;
}

void fill(const fs::path &folder, int count)
{
    auto store = SqliteStore::open(folder);
    REQUIRE(store);
    for (int i = 0; i < count; ++i) {
        std::vector<ExecutionChange> changes{born(fmt::format("e{}", i))};
        REQUIRE((*store)->append(changes));
    }
}

} // namespace

TEST_CASE("what was appended is read back, turn by turn")
{
    testing::TemporaryFolder folder;
    auto store = SqliteStore::open(folder.path());
    REQUIRE(store);
    std::vector<ExecutionChange> first{born("one")};
    REQUIRE((*store)->append(first));
    CHECK(first[0].logs[0].number == 1);
    CHECK((*store)->unfinished()->size() == 1);
    ExecutionChange second;
    second.id = "one";
    second.states = {{State::Success, Time(std::chrono::seconds(1'700'000'009))}};
    second.ended = true;
    engine::TaskRunChange run;
    run.run = 0;
    run.states = {{State::Success, Time(std::chrono::seconds(1'700'000'008))}};
    run.outputs = flow::parseJson(R"({"value":"x"})").value;
    second.runs.push_back(run);
    std::vector<ExecutionChange> changes{second};
    REQUIRE((*store)->append(changes));
    const auto read = (*store)->read("one");
    REQUIRE(read);
    CHECK(read->state == State::Success);
    CHECK(read->history.size() == 3);
    REQUIRE(read->taskRuns.size() == 1);
    CHECK(read->taskRuns[0].value == "v");
    CHECK(read->taskRuns[0].iteration == 3);
    CHECK(read->taskRuns[0].state == State::Success);
    CHECK(flow::toJson(read->taskRuns[0].outputs) == R"({"value":"x"})");
    CHECK((*store)->unfinished()->empty());
    CHECK((*store)->logs("one", {})->at(0).message == "한국어");
    CHECK((*store)->read("two").error().code == ErrorCode::NoSuchExecution);
}

TEST_CASE("a second writer reads only, and knows who writes")
{
    testing::TemporaryFolder folder;
    fill(folder.path(), 1);
    auto first = SqliteStore::open(folder.path());
    auto second = SqliteStore::open(folder.path());
    REQUIRE(first);
    REQUIRE(second);
    CHECK((*first)->writable());
    CHECK_FALSE((*second)->writable());
    CHECK((*second)->writer() == std::to_string(getpid()));
    CHECK((*second)->list({})->size() == 1);
    std::vector<ExecutionChange> changes{born("x")};
    CHECK((*second)->append(changes).error().code == ErrorCode::ReadOnly);
}

TEST_CASE("a database cut at any length is opened or put aside, never overwritten, never a crash")
{
    testing::TemporaryFolder whole;
    fill(whole.path(), 40);
    const std::string bytes = testing::readFile(whole.path() / "executions.db");
    REQUIRE(bytes.size() > 4096);
    for (std::size_t length = 0; length <= bytes.size(); length += bytes.size() / 40 + 1) {
        testing::TemporaryFolder folder;
        std::ofstream(folder.path() / "executions.db", std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(length));
        const auto opened = SqliteStore::open(folder.path());
        if (opened) {
            CHECK((*opened)->list({}).hasValue());
            continue;
        }
        CHECK(opened.error().code == ErrorCode::StoreCorrupt);
        REQUIRE(opened.error().args.size() == 2);
        CHECK(fs::file_size(opened.error().args[1]) == length);
        CHECK(SqliteStore::open(folder.path()).hasValue());
    }
}

TEST_CASE("a database with flipped bits is read as far as it goes or put aside as it was, never a crash")
{
    testing::TemporaryFolder whole;
    fill(whole.path(), 40);
    const std::string bytes = testing::readFile(whole.path() / "executions.db");
    std::mt19937 random(4711);
    for (int round = 0; round < 150; ++round) {
        std::string damaged = bytes;
        for (int flips = 1 << (round % 6); flips > 0; --flips)
            damaged[random() % damaged.size()] ^= static_cast<char>(1 << (random() % 8));
        testing::TemporaryFolder folder;
        testing::writeFile(folder.path() / "executions.db", damaged);
        const auto opened = SqliteStore::open(folder.path());
        if (!opened) {
            if (opened.error().code == ErrorCode::StoreCorrupt)
                CHECK(testing::readFile(opened.error().args.at(1)) == damaged);
            else // the damage made it newer, or not writable: left where it is
                CHECK(fs::exists(folder.path() / "executions.db"));
            continue;
        }
        for (int i = 0; i < 40; ++i) {
            const std::string id = fmt::format("e{}", i);
            (void)(*opened)->read(id).hasValue();
            (void)(*opened)->logs(id, {}).hasValue();
            (void)(*opened)->metrics(id).hasValue();
        }
        (void)(*opened)->list({}).hasValue();
        (void)(*opened)->unfinished().hasValue();
    }
}

TEST_CASE("a database whose values make no sense is read as far as they do, or refused")
{
    const std::vector<std::pair<std::string, bool>> damages{
        {"UPDATE events SET run = -2 WHERE run = 0", false},
        {"UPDATE events SET run = 4294967295 WHERE run = 0", false},
        {"UPDATE events SET run = 2000000000 WHERE run = 0", false},
        {"UPDATE events SET task = NULL", false},
        {"UPDATE events SET parent = 7", false},
        {"UPDATE events SET states = '99@9223372036854775807 x', attempts = '1@-9223372036854775808-'", true},
        {"UPDATE executions SET state = 1000, created = 9223372036854775807, changed = -9223372036854775808", true},
        {"UPDATE logs SET level = 200, at = 9223372036854775807", true},
    };
    for (const auto &one : damages) {
        const std::string &damage = one.first;
        CAPTURE(damage);
        testing::TemporaryFolder folder;
        fill(folder.path(), 1);
        sqlite3 *database = nullptr;
        REQUIRE(sqlite3_open((folder.path() / "executions.db").c_str(), &database) == SQLITE_OK);
        REQUIRE(sqlite3_exec(database, damage.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(database);
        const auto store = SqliteStore::open(folder.path());
        REQUIRE(store);
        const auto read = (*store)->read("e0");
        CHECK(read.hasValue() == one.second);
        if (!read)
            CHECK(read.error().code == ErrorCode::StoreCorrupt);
        const auto list = (*store)->list({});
        REQUIRE(list->size() == 1);
        CHECK_FALSE(engine::nameOf(list->front().state).empty());
        const auto logs = (*store)->logs("e0", {});
        REQUIRE(logs->size() == 1);
        CHECK(logs->front().level <= engine::Level::Error);
    }
}

TEST_CASE("a database of a version that never was is put aside")
{
    for (const char *version : {"-5", "0", "9223372036854775807"}) {
        testing::TemporaryFolder folder;
        fill(folder.path(), 1);
        sqlite3 *database = nullptr;
        REQUIRE(sqlite3_open((folder.path() / "executions.db").c_str(), &database) == SQLITE_OK);
        const std::string damage = fmt::format("UPDATE meta SET value = {} WHERE key = 'version'", version);
        REQUIRE(sqlite3_exec(database, damage.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
        sqlite3_close(database);
        const auto opened = SqliteStore::open(folder.path());
        REQUIRE_FALSE(opened);
        CHECK(opened.error().code == ErrorCode::StoreCorrupt);
    }
}

TEST_CASE("a file that is no database of Leat is put aside as it was")
{
    const std::string text = "#!/bin/sh\necho this is no database\n" + std::string(9000, 'x');
    testing::TemporaryFolder elsewhere;
    sqlite3 *foreign = nullptr;
    const fs::path other = elsewhere.path() / "other.db";
    REQUIRE(sqlite3_open(other.c_str(), &foreign) == SQLITE_OK);
    REQUIRE(sqlite3_exec(foreign, "CREATE TABLE people (name TEXT); INSERT INTO people VALUES ('x')", nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(foreign);
    for (const std::string &content : {text, std::string(4096, '\0'), testing::readFile(other)}) {
        testing::TemporaryFolder folder;
        testing::writeFile(folder.path() / "executions.db", content);
        const auto opened = store::DataFolder::open(folder.path(), nullptr);
        REQUIRE(opened);
        REQUIRE((*opened)->damage());
        CHECK(testing::readFile((*opened)->damage()->args.at(1)) == content);
        CHECK((*opened)->executions().list({})->empty());
    }
}

TEST_CASE("a journal cut at any length loses turns from its end at most")
{
    testing::TemporaryFolder whole;
    std::string database, journal;
    {
        auto store = SqliteStore::open(whole.path());
        REQUIRE(store);
        for (int i = 0; i < 40; ++i) {
            std::vector<ExecutionChange> changes{born(fmt::format("e{}", i))};
            REQUIRE((*store)->append(changes));
        }
        database = testing::readFile(whole.path() / "executions.db");
        journal = testing::readFile(whole.path() / "executions.db-wal");
    }
    REQUIRE(journal.size() > 4096);
    std::size_t before = 0;
    for (std::size_t length = 0; length <= journal.size(); length += journal.size() / 40 + 1) {
        testing::TemporaryFolder folder;
        std::ofstream(folder.path() / "executions.db", std::ios::binary) << database;
        std::ofstream(folder.path() / "executions.db-wal", std::ios::binary).write(journal.data(), static_cast<std::streamsize>(length));
        const auto opened = SqliteStore::open(folder.path());
        REQUIRE(opened);
        engine::ExecutionFilter filter;
        const auto listed = (*opened)->list(filter);
        REQUIRE(listed);
        CHECK(listed->size() >= before);
        before = listed->size();
        for (std::size_t i = 0; i < listed->size(); ++i)
            CHECK(listed->at(i).id == fmt::format("e{}", listed->size() - 1 - i));
    }
}

TEST_CASE("a database of a newer Leat is refused and left alone")
{
    testing::TemporaryFolder folder;
    fill(folder.path(), 1);
    {
        auto database = store::Database::open(folder.path() / "executions.db", {});
        REQUIRE(database);
        (*database)->execute("UPDATE meta SET value = 99");
    }
    const auto opened = SqliteStore::open(folder.path());
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == ErrorCode::StoreTooNew);
    CHECK(opened.error().args == std::vector<std::string>{"99", std::to_string(store::kSchemaVersion)});
    CHECK(fs::exists(folder.path() / "executions.db"));
}

TEST_CASE("a database of version 1 is taken over with all it holds")
{
    testing::TemporaryFolder folder;
    fs::copy_file(LEAT_SOURCE_DIR "/tests/engine/databases/version-1.db", folder.path() / "executions.db");
    {
        const auto before = SqliteStore::open(folder.path(), true);
        REQUIRE(before);
        CHECK((*before)->list({})->size() == 1);
        CHECK_FALSE(*(*before)->isTriggerDisabled("acme", "old", "t"));
    }
    const auto opened = SqliteStore::open(folder.path());
    REQUIRE(opened);
    const auto unfinished = (*opened)->unfinished();
    REQUIRE(unfinished->size() == 1);
    const auto read = (*opened)->read(unfinished->front());
    REQUIRE(read);
    CHECK(read->state == State::Paused);
    CHECK(read->taskRuns.size() == 3);
    CHECK(flow::toJson(read->taskRuns[1].outputs) == R"({"value":"한국어"})");
    CHECK((*opened)->logs(read->id, {})->size() >= 2);
    REQUIRE((*opened)->setTriggerDisabled("acme", "old", "t", true));
    CHECK(*(*opened)->isTriggerDisabled("acme", "old", "t"));
    REQUIRE((*opened)->setTriggerDisabled("acme", "old", "t", false));
    CHECK_FALSE(*(*opened)->isTriggerDisabled("acme", "old", "t"));
}

TEST_CASE("log lines go by namespace, flow, execution, level and time")
{
    testing::TemporaryFolder folder;
    auto opened = SqliteStore::open(folder.path());
    REQUIRE(opened);
    SqliteStore &store = **opened;
    const Time start(std::chrono::seconds(1'700'000'000));
    const auto add = [&](const std::string &id, const std::string &space, const std::string &flow) {
        ExecutionChange change = born(id);
        auto record = std::make_shared<engine::ExecutionRecord>(*change.created);
        record->namespaceId = space;
        record->flowId = flow;
        change.created = record;
        change.logs.push_back({0, start + std::chrono::seconds(5), engine::Level::Warn, 0, 0, "late", false});
        std::vector<ExecutionChange> changes{std::move(change)};
        REQUIRE(store.append(changes));
    };
    add("a", "acme.team", "f");
    add("b", "acme.team.sub", "f");
    add("c", "acme.teamster", "f");
    engine::LogPurge purge;
    purge.namespaceId = "acme.team";
    purge.to = start + std::chrono::seconds(1);
    CHECK(*store.removeLogs(purge) == 2); // those of a and b
    purge.to.reset();
    purge.flowId = "f";
    purge.levels = {engine::Level::Error};
    CHECK(*store.removeLogs(purge) == 0);
    purge.levels = {engine::Level::Warn, engine::Level::Error};
    CHECK(*store.removeLogs(purge) == 1); // with a flow the namespace alone
    CHECK(store.logs("a", {})->empty());
    CHECK(store.logs("b", {})->size() == 1);
    CHECK(store.logs("c", {})->size() == 2);
    engine::LogPurge one;
    one.executionId = "c";
    one.from = start + std::chrono::seconds(1);
    CHECK(*store.removeLogs(one) == 1);
}

TEST_CASE("storage is purged by last change, whether or not its execution is known")
{
    testing::TemporaryFolder folder;
    store::LocalStorage storage(folder.path() / "storage", folder.path() / "tmp");
    const auto put = [&](const char *space, const char *id) {
        return *storage.locate(storage.open({space, "f", id, "t", "r1", {}})->putText("x", "a.txt"));
    };
    const fs::path a = put("acme.team", "e1"), b = put("acme.team.sub", "e2"), c = put("acme.teamster", "e3");
    fs::last_write_time(a, fs::last_write_time(a) - std::chrono::hours(48));
    const Time yesterday = std::chrono::system_clock::now() - std::chrono::hours(24);
    const auto counts = [](const engine::ExecutionServices::PurgedStorage &purged) {
        return fmt::format("{} {} {}", purged.scanned, purged.purged, purged.files);
    };
    CHECK(counts(storage.purge("acme.team", {}, {}, yesterday, true)) == "2 1 0");
    CHECK(fs::exists(a));
    CHECK(counts(storage.purge("acme.team", {}, yesterday, {}, false)) == "2 1 1");
    CHECK_FALSE(fs::exists(b));
    CHECK(counts(storage.purge("acme.team", "f", {}, {}, false)) == "1 1 1");
    CHECK(counts(storage.purge({}, {}, {}, {}, true)) == "3 1 0");
    CHECK(counts(storage.purge("../..", {}, {}, {}, false)) == "0 0 0");
    CHECK(fs::exists(c));
}

TEST_CASE("a secret is the environment's, then the keyring's")
{
    testing::TemporaryFolder folder;
    setenv("SECRET_LEAT_TEST", "b3BlbiBzZXNhbWU=", 1);
    const store::EnvironmentSecrets secrets(folder.path() / "key", [](std::string_view space, std::string_view name) {
        return name == "ONLY_THERE" || name == "LEAT_TEST" ? std::optional(std::string(space) + "/" + std::string(name)) : std::nullopt;
    });
    CHECK(secrets.find("acme", "leat_test") == "open sesame");
    CHECK(secrets.find("acme.team", "only_there") == "acme.team/ONLY_THERE");
    CHECK_FALSE(secrets.find("acme", "nowhere"));
    unsetenv("SECRET_LEAT_TEST");
}

TEST_CASE("what is sealed opens with the same key only; the key is its owner's alone")
{
    testing::TemporaryFolder folder;
    const store::EnvironmentSecrets secrets(folder.path() / "key"), others(folder.path() / "other");
    const auto sealed = secrets.seal("open sesame");
    REQUIRE(sealed);
    CHECK(sealed->find("sesame") == std::string::npos);
    CHECK(*secrets.seal("open sesame") != *sealed);
    CHECK(store::EnvironmentSecrets(folder.path() / "key").unseal(*sealed) == "open sesame");
    CHECK_FALSE(others.unseal(*sealed));
    CHECK_FALSE(secrets.unseal("no such thing"));
    CHECK((fs::status(folder.path() / "key").permissions() & fs::perms::mask) == (fs::perms::owner_read | fs::perms::owner_write));
    const store::EnvironmentSecrets nowhere(folder.path() / "no/such/folder/key");
    CHECK_FALSE(nowhere.seal("x"));
}

TEST_CASE("files stay inside their execution's folder")
{
    testing::TemporaryFolder folder;
    store::LocalStorage storage(folder.path() / "storage", folder.path() / "tmp");
    const auto files = storage.open({"acme.team", "f", "e1", "t", "r1", {}});
    const std::string uri = files->putText("hello", "a.txt");
    CHECK(uri == "kestra:///acme/team/f/executions/e1/tasks/t/r1/a.txt");
    CHECK(testing::readFile(*files->resolve(uri, nullptr)) == "hello");
    std::string why;
    CHECK_FALSE(files->resolve("kestra:///../../etc/passwd", &why));
    CHECK_FALSE(files->resolve("kestra:///acme/team/f/executions/e1/../../../../../../etc/passwd", &why));
    CHECK_FALSE(files->resolve("file:///etc/passwd", &why));
    CHECK_THROWS(files->putText("x", "../../evil"));
    fs::create_symlink("/etc", folder.path() / "storage/acme/team/f/executions/e1/link");
    CHECK_FALSE(files->resolve("kestra:///acme/team/f/executions/e1/link/passwd", &why));
}

TEST_CASE("a working directory is empty, as it was made, and not one that somebody still uses")
{
    testing::TemporaryFolder folder;
    store::LocalStorage storage(folder.path() / "storage", folder.path() / "tmp");
    const fs::path first = storage.makeWorkingDir();
    const auto permissions = fs::status(first).permissions();
    testing::writeFile(first / "deep/down.txt", "x");
    fs::permissions(first, fs::perms::owner_all);
    storage.discard(first);
    CHECK_FALSE(fs::exists(first));

    const fs::path second = storage.makeWorkingDir();
    CHECK(fs::is_empty(second));
    CHECK(fs::status(second).permissions() == permissions);
    storage.leave(second);
    storage.discard(second);
    CHECK_FALSE(fs::exists(second));

    const fs::path third = storage.makeWorkingDir();
    testing::writeFile(third / "a.txt", "x");
    storage.makeDirectory(third / "empty");
    CHECK(fs::is_empty(third / "empty"));
    testing::writeFile(folder.path() / "outside/b.txt", "x");
    fs::create_directory_symlink(folder.path() / "outside", third / "link");
    storage.discard(third);
    CHECK(fs::exists(folder.path() / "outside/b.txt"));
    const fs::path fourth = storage.makeWorkingDir();
    CHECK(fourth != third);
    CHECK_FALSE(fs::exists(third));
    CHECK(fs::is_empty(fourth));
}
