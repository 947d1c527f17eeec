#include "engine/store/sqlite_store.h"
#include "support/temporary_folder.h"

#include <sqlite3.h>

#include <array>

namespace fs = std::filesystem;
using namespace engine;

namespace {

ExecutionChange born(const std::string &id)
{
    auto record = std::make_shared<ExecutionRecord>();
    record->id = record->originalId = id;
    record->namespaceId = "acme";
    record->flowId = "f";
    record->flowText = std::make_shared<const std::string>("id: f\nnamespace: acme\n");
    record->inputs = flow::parseJson(R"({"day": "2024-03-09", "n": 3})").value;
    record->created = Time(std::chrono::seconds(1'700'000'000));
    ExecutionChange change;
    change.id = id;
    change.created = record;
    change.states = {{State::Created, record->created}, {State::Running, record->created}};
    change.labels = flow::parseJson(R"({"team": "a"})").value;
    for (RunIndex index : {0u, 1u}) {
        TaskRunChange &run = change.runs.emplace_back();
        run.run = index;
        run.created = true;
        run.taskId = "a";
        run.parent = index == 0 ? kNoRun : 0;
        run.value = "v";
        run.iteration = 3;
        run.states = {{State::Created, record->created}, {State::Success, record->created}};
        run.attempts = std::vector<Attempt>{{State::Success, record->created, record->created}};
        run.outputs = flow::parseJson(R"({"value": [1, "x"]})").value;
    }
    change.logs.push_back({0, record->created, Level::Info, 0, 0, "hello", false});
    change.metrics.push_back({record->created, 0, {"rows", "counter", 3, {{"table", "t"}}}});
    change.conditions.push_back({"acme/g/t", "c", id, record->created});
    change.retryAt = record->created;
    return change;
}

std::string fresh()
{
    testing::TemporaryFolder folder;
    {
        auto store = store::SqliteStore::open(folder.path());
        for (const char *id : {"e0", "e1", "e2"}) {
            std::vector<ExecutionChange> changes{born(id)};
            (void)(*store)->append(changes).hasValue();
        }
    }
    return testing::readFile(folder.path() / "executions.db");
}

/// Any bytes in the place of stretches of the file: three bytes where, one how many.
void patch(std::string &file, std::string_view rest)
{
    while (rest.size() > 4) {
        const auto byte = [&](std::size_t i) { return static_cast<std::size_t>(static_cast<unsigned char>(rest[i])); };
        const std::size_t at = (byte(0) | byte(1) << 8 | byte(2) << 16) % file.size();
        const std::size_t count = std::min({byte(3) % 32 + 1, rest.size() - 4, file.size() - at});
        file.replace(at, count, rest.substr(4, count));
        rest.remove_prefix(4 + count);
    }
}

/// Any value in a column of every row: three bytes say which and of what type, one how many bytes.
void spoil(const fs::path &file, std::string_view rest)
{
    static constexpr std::array<std::pair<const char *, int>, 8> kTables = {
        {{"executions", 19}, {"events", 15}, {"logs", 8}, {"metrics", 8}, {"meta", 2}, {"texts", 3}, {"preconditions", 4}, {"triggers", 4}}};
    sqlite3 *database = nullptr;
    sqlite3_open(file.c_str(), &database);
    while (rest.size() > 4) {
        const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
        const auto [table, columns] = kTables[byte(0) % kTables.size()];
        const std::string_view value = rest.substr(4, byte(3) % 64 + 1);
        std::string column;
        sqlite3_stmt *statement = nullptr;
        const std::string info = "SELECT name FROM pragma_table_info('" + std::string(table) + "') WHERE cid = " + std::to_string(byte(1) % columns);
        if (sqlite3_prepare_v2(database, info.c_str(), -1, &statement, nullptr) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
            column = reinterpret_cast<const char *>(sqlite3_column_text(statement, 0));
        sqlite3_finalize(statement);
        const std::string update = "UPDATE OR IGNORE " + std::string(table) + " SET \"" + column + "\" = ?1";
        if (sqlite3_prepare_v2(database, update.c_str(), -1, &statement, nullptr) == SQLITE_OK) {
            std::int64_t number = 0;
            for (const char c : value.substr(0, 8))
                number = static_cast<std::int64_t>(static_cast<std::uint64_t>(number) << 8 | static_cast<unsigned char>(c));
            switch (byte(2) % 4) {
            case 0: sqlite3_bind_int64(statement, 1, value.size() < 8 ? number - 128 : number); break;
            case 1: sqlite3_bind_text(statement, 1, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT); break;
            case 2: sqlite3_bind_blob(statement, 1, value.data(), static_cast<int>(value.size()), SQLITE_TRANSIENT); break;
            default: sqlite3_bind_double(statement, 1, static_cast<double>(number) * 1e10); break;
            }
            sqlite3_step(statement);
        }
        sqlite3_finalize(statement);
        rest.remove_prefix(4 + value.size());
    }
    sqlite3_close(database);
}

void readAll(const ExecutionStore &store)
{
    std::vector<std::string> ids = {"e0", "e1"};
    if (const auto list = store.list({}))
        for (const ExecutionSummary &one : *list) {
            (void)nameOf(one.state);
            ids.push_back(one.id);
        }
    for (const std::string &id : ids) {
        if (const auto execution = store.read(id))
            for (const TaskRun &run : execution->taskRuns)
                if (nameOf(run.state).empty() || (run.parent != kNoRun && run.parent >= execution->taskRuns.size()))
                    __builtin_trap();
        if (const auto logs = store.logs(id, {}))
            for (const LogEntry &entry : *logs)
                if (entry.level < Level::Trace || entry.level > Level::Error)
                    __builtin_trap();
        (void)store.metrics(id).hasValue();
    }
    (void)store.unfinished().hasValue();
    (void)store.dueRetries().hasValue();
    (void)store.metConditions().hasValue();
    (void)store.isTriggerDisabled("acme", "f", "t").hasValue();
}

} // namespace

/// Opens a damaged database, reads all of it, and writes to it. The first byte says what is damaged: a fresh
/// database or one of version 1, in its bytes or in its values; or the input is the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const std::array<std::string, 2> kWhole = {fresh(), testing::readFile(LEAT_SOURCE_DIR "/tests/engine/databases/version-1.db")};
    static const testing::TemporaryFolder base;
    if (size == 0)
        return 0;
    const std::string_view rest(reinterpret_cast<const char *>(data + 1), size - 1);
    const fs::path folder = base.path() / "data";
    fs::remove_all(folder);
    std::string file = kWhole[data[0] & 1];
    const bool isRaw = data[0] % 8 >= 6;
    const bool isValues = data[0] % 8 >= 3 && !isRaw;
    if (isRaw)
        file = rest;
    else if (!isValues)
        patch(file, rest);
    testing::writeFile(folder / "executions.db", file);
    if (isValues)
        spoil(folder / "executions.db", rest);
    if (const auto reader = store::SqliteStore::open(folder, true))
        readAll(**reader);
    if (const auto opened = store::SqliteStore::open(folder)) {
        readAll(**opened);
        std::vector<ExecutionChange> changes{born("new")};
        (void)(*opened)->append(changes).hasValue();
        (void)(*opened)->read("new").hasValue();
        const std::vector<std::string> removed{"e1"};
        (void)(*opened)->remove(removed).hasValue();
    }
    return 0;
}
