#include "engine/store/database.h"

#include "engine/store/schema.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <chrono>
#include <limits>

namespace store {

namespace fs = std::filesystem;
using engine::Error;
using engine::ErrorCode;
using engine::Result;

Statement::Statement(sqlite3 *database, const char *sql)
{
    m_code = sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &m_statement, nullptr);
}

Statement::~Statement() { sqlite3_finalize(m_statement); }

Statement &Statement::bind(int index, std::int64_t value)
{
    sqlite3_bind_int64(m_statement, index, value);
    return *this;
}

Statement &Statement::bind(int index, std::string_view text)
{
    sqlite3_bind_text(m_statement, index, text.data() ? text.data() : "", static_cast<int>(text.size()), SQLITE_TRANSIENT);
    return *this;
}

Statement &Statement::bind(int index, const std::optional<std::string> &text)
{
    return text ? bind(index, std::string_view(*text)) : bindNull(index);
}

Statement &Statement::bindReal(int index, double value)
{
    sqlite3_bind_double(m_statement, index, value);
    return *this;
}

Statement &Statement::bindNull(int index)
{
    sqlite3_bind_null(m_statement, index);
    return *this;
}

bool Statement::step()
{
    if (!m_statement)
        return false; // the code is that of its preparation
    m_code = sqlite3_step(m_statement);
    return m_code == SQLITE_ROW;
}

void Statement::reset() { sqlite3_reset(m_statement); }

int Statement::run()
{
    if (!m_statement)
        return m_code;
    const int code = sqlite3_step(m_statement);
    sqlite3_reset(m_statement);
    return m_code = code;
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(m_statement, column); }

double Statement::real(int column) const { return sqlite3_column_double(m_statement, column); }

std::string Statement::text(int column) const
{
    const auto *text = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return text ? std::string(text, static_cast<std::size_t>(sqlite3_column_bytes(m_statement, column))) : std::string();
}

bool Statement::isNull(int column) const { return sqlite3_column_type(m_statement, column) == SQLITE_NULL; }

Database::~Database()
{
    sqlite3_close_v2(m_handle);
}

int Database::execute(const char *sql)
{
    return sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr);
}

Error Database::error(int code) const
{
    const std::string cause = m_handle ? sqlite3_errmsg(m_handle) : sqlite3_errstr(code);
    const std::string where = m_file.string();
    switch (code & 0xff) {
    case SQLITE_FULL:
        return {ErrorCode::StoreFull, {}, where};
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return {ErrorCode::StoreNotWritable, {cause}, where};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return {ErrorCode::StoreCorrupt, {cause, {}}, where};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {ErrorCode::Locked, {{}}, where};
    default:
        return {ErrorCode::StoreFailed, {cause}, where};
    }
}

Result<std::unique_ptr<Database>> Database::connect(const fs::path &file, OpenOptions options)
{
    std::unique_ptr<Database> database(new Database());
    database->m_file = file;
    const int flags = (options.readOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) | SQLITE_OPEN_FULLMUTEX;
    int code = sqlite3_open_v2(file.c_str(), &database->m_handle, flags, nullptr);
    if (code != SQLITE_OK)
        return database->error(code);
    sqlite3_extended_result_codes(database->m_handle, 1);
    sqlite3_busy_timeout(database->m_handle, options.busyMilliseconds);
    if (Result<> prepared = database->prepareSchema(options.readOnly); !prepared)
        return prepared.error();
    return database;
}

/// A file of somebody else must stay as it is: nothing is written before it is known to be ours.
Result<> Database::prepareSchema(bool readOnly)
{
    bool fresh = false;
    {
        Statement tables(m_handle, "SELECT count(*) FROM sqlite_schema");
        if (!tables.step())
            return error(tables.code());
        fresh = tables.integer(0) == 0;
    }
    if (fresh && readOnly)
        return Error{ErrorCode::StoreFailed, {"the database is empty"}, m_file.string()};
    if (!fresh)
        if (Result<> checked = checkSchema(); !checked)
            return checked;
    if (readOnly)
        return {};
    for (const char *sql : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA wal_autocheckpoint=4000",
                            "PRAGMA temp_store=MEMORY", "PRAGMA cache_size=-8000"})
        if (const int code = execute(sql); code != SQLITE_OK)
            return error(code);
    if (fresh)
        return create();
    return m_version < kSchemaVersion ? migrate(m_version) : Result<>();
}

Result<> Database::create()
{
    int code = execute("BEGIN IMMEDIATE");
    if (code == SQLITE_OK)
        code = execute(kSchema);
    for (const char *step : kMigrations)
        if (code == SQLITE_OK)
            code = execute(step);
    if (code == SQLITE_OK)
        code = execute(fmt::format("INSERT INTO meta (key, value) VALUES ('version', {}), ('compatible', {})",
                                   kSchemaVersion, kOldestCompatible).c_str());
    if (code == SQLITE_OK)
        code = execute("COMMIT");
    m_version = kSchemaVersion;
    return code == SQLITE_OK ? Result<>() : Result<>(error(code));
}

Result<> Database::checkSchema()
{
    std::int64_t version = 0;
    std::int64_t compatible = 0;
    {
        Statement meta(m_handle, "SELECT key, value FROM meta ORDER BY key");
        while (meta.step())
            (meta.text(0) == "version" ? version : compatible) = meta.integer(1);
        if (meta.code() != SQLITE_DONE)
            return Error{ErrorCode::StoreCorrupt, {sqlite3_errmsg(m_handle), {}}, m_file.string()};
    }
    if (version < 1 || version > std::numeric_limits<int>::max())
        return Error{ErrorCode::StoreCorrupt, {"the database has no version", {}}, m_file.string()};
    if (compatible > kSchemaVersion)
        return Error{ErrorCode::StoreTooNew, {std::to_string(version), std::to_string(kSchemaVersion)}, m_file.string()};
    Statement check(m_handle, "PRAGMA quick_check(1)");
    if (!check.step() || check.text(0) != "ok")
        return Error{ErrorCode::StoreCorrupt, {check.code() == SQLITE_ROW ? check.text(0) : sqlite3_errmsg(m_handle), {}}, m_file.string()};
    m_version = static_cast<int>(version);
    return {};
}

Result<> Database::migrate(int from)
{
    int code = execute("BEGIN IMMEDIATE");
    for (int step = from; step < kSchemaVersion && code == SQLITE_OK; ++step)
        code = execute(kMigrations[static_cast<std::size_t>(step) - 1]);
    if (code == SQLITE_OK)
        code = execute(fmt::format("UPDATE meta SET value = {} WHERE key = 'version'", kSchemaVersion).c_str());
    if (code == SQLITE_OK)
        code = execute("COMMIT");
    if (code != SQLITE_OK) {
        const Error failed = error(code);
        execute("ROLLBACK");
        return failed;
    }
    m_version = kSchemaVersion;
    return {};
}

Result<std::unique_ptr<Database>> Database::open(const fs::path &file, OpenOptions options)
{
    Result<std::unique_ptr<Database>> first = connect(file, options);
    if (first || first.error().code != ErrorCode::StoreCorrupt || options.readOnly)
        return first;
    // Never overwritten: what can't be read is put aside with its journal, and the caller told.
    const auto stamp = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    const fs::path aside = file.string() + fmt::format(".damaged-{}", stamp);
    std::error_code failed;
    fs::rename(file, aside, failed);
    if (failed)
        return first;
    for (const char *suffix : {"-wal", "-shm"})
        if (fs::exists(file.string() + suffix, failed))
            fs::rename(file.string() + suffix, aside.string() + suffix, failed);
    Error error = first.error();
    error.args.resize(2);
    error.args[1] = aside.string();
    return error;
}

} // namespace store
