#include "engine/tasks/sql/sqlite_database.h"

#include "engine/flow/iso_time.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cctype>
#include <cstring>

namespace tasks {

namespace {

std::string_view describe(int code)
{
    switch (code) {
    case SQLITE_ERROR: return "[SQLITE_ERROR] SQL error or missing database";
    case SQLITE_BUSY: return "[SQLITE_BUSY] The database file is locked";
    case SQLITE_READONLY: return "[SQLITE_READONLY] Attempt to write a readonly database";
    case SQLITE_INTERRUPT: return "[SQLITE_INTERRUPT] Operation terminated by sqlite3_interrupt()";
    case SQLITE_CORRUPT: return "[SQLITE_CORRUPT] The database disk image is malformed";
    case SQLITE_FULL: return "[SQLITE_FULL] Insertion failed because database is full";
    case SQLITE_CANTOPEN: return "[SQLITE_CANTOPEN] Unable to open the database file";
    case SQLITE_NOTADB: return "[SQLITE_NOTADB] File opened that is not a database file";
    case SQLITE_MISMATCH: return "[SQLITE_MISMATCH] Data type mismatch";
    case SQLITE_CONSTRAINT_CHECK: return "[SQLITE_CONSTRAINT_CHECK] A CHECK constraint failed";
    case SQLITE_CONSTRAINT_FOREIGNKEY: return "[SQLITE_CONSTRAINT_FOREIGNKEY] A foreign key constraint failed";
    case SQLITE_CONSTRAINT_NOTNULL: return "[SQLITE_CONSTRAINT_NOTNULL] A NOT NULL constraint failed";
    case SQLITE_CONSTRAINT_PRIMARYKEY: return "[SQLITE_CONSTRAINT_PRIMARYKEY] A PRIMARY KEY constraint failed";
    case SQLITE_CONSTRAINT_UNIQUE: return "[SQLITE_CONSTRAINT_UNIQUE] A UNIQUE constraint failed";
    default: return {};
    }
}

bool isBelow(const std::filesystem::path &path, const std::filesystem::path &folder)
{
    std::error_code error;
    const std::filesystem::path real = std::filesystem::weakly_canonical(path, error);
    if (error)
        return false;
    const std::filesystem::path root = std::filesystem::weakly_canonical(folder, error);
    return !error && real.native().starts_with(root.native() + '/');
}

/// The declared type of a column in lower case, without its length.
std::string declaredType(sqlite3_stmt *statement, int column)
{
    const char *declared = sqlite3_column_decltype(statement, column);
    std::string type = declared ? declared : "";
    type = type.substr(0, type.find('('));
    std::transform(type.begin(), type.end(), type.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return type;
}

class Statement
{
public:
    explicit Statement(sqlite3_stmt *statement) : m_statement(statement) {}
    ~Statement() { sqlite3_finalize(m_statement); }
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;
    sqlite3_stmt *get() const { return m_statement; }

private:
    sqlite3_stmt *m_statement;
};

} // namespace

/// SQLite's own file system, but names are looked up below one folder. SQLite calls `fullPathname` for every
/// database it opens by name.
struct SqliteDatabase::FileSystem : sqlite3_vfs
{
    explicit FileSystem(const std::filesystem::path &folder_) : sqlite3_vfs(*sqlite3_vfs_find(nullptr)), folder(folder_)
    {
        name = fmt::format("leat-{}", static_cast<const void *>(this));
        zName = name.c_str();
        pNext = nullptr;
        xFullPathname = &fullPathname;
        sqlite3_vfs_register(this, 0);
    }
    ~FileSystem() { sqlite3_vfs_unregister(this); }

    static int fullPathname(sqlite3_vfs *vfs, const char *asked, int size, char *out)
    {
        const auto *self = static_cast<const FileSystem *>(vfs);
        const std::filesystem::path path = self->folder / asked; // an absolute name stays as it is
        const std::string &text = path.native();
        if (!isBelow(path, self->folder) || text.size() >= static_cast<std::size_t>(size))
            return SQLITE_CANTOPEN;
        std::memcpy(out, text.c_str(), text.size() + 1);
        return SQLITE_OK;
    }

    std::filesystem::path folder;
    std::string name;
};

SqliteDatabase::SqliteDatabase(const std::filesystem::path &folder, const std::string &file, std::string_view timeZone)
    : m_files(std::make_unique<FileSystem>(folder))
{
    if (!timeZone.empty()) {
        const auto zone = expr::TimeZone::find(timeZone);
        if (!zone)
            throw TaskFailure{fmt::format("Unknown time-zone ID: {}", timeZone)};
        m_zone = *zone;
    }
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
    const std::string name = file.empty() ? ":memory:" : file;
    if (sqlite3_open_v2(name.c_str(), &m_database, flags, m_files->zName) != SQLITE_OK) {
        const std::string why = m_database ? sqlite3_errmsg(m_database) : "out of memory";
        sqlite3_close(m_database);
        throw TaskFailure{fmt::format("{} ({}: {})", describe(SQLITE_CANTOPEN), why, file)};
    }
    sqlite3_extended_result_codes(m_database, 1);
    sqlite3_busy_timeout(m_database, 3000);
}

SqliteDatabase::~SqliteDatabase()
{
    sqlite3_close(m_database);
}

void SqliteDatabase::stopWhen(std::function<bool()> cancelled)
{
    m_cancelled = std::move(cancelled);
    const auto check = [](void *self) { return static_cast<SqliteDatabase *>(self)->m_cancelled() ? 1 : 0; };
    sqlite3_progress_handler(m_database, 10'000, check, this);
}

void SqliteDatabase::fail() const
{
    const int code = sqlite3_extended_errcode(m_database);
    std::string_view known = describe(code);
    if (known.empty())
        known = describe(code & 0xFF);
    if (known.empty())
        throw TaskFailure{fmt::format("[SQLITE {}] {} ({})", code, sqlite3_errstr(code), sqlite3_errmsg(m_database))};
    throw TaskFailure{fmt::format("{} ({})", known, sqlite3_errmsg(m_database))};
}

bool SqliteDatabase::execute(const std::string &sql, const flow::Value &parameters, const RowSink &onRow)
{
    sqlite3_stmt *prepared = nullptr;
    if (sqlite3_prepare_v2(m_database, sql.c_str(), static_cast<int>(sql.size() + 1), &prepared, nullptr) != SQLITE_OK)
        fail();
    const Statement statement(prepared);
    if (!prepared)
        return false;
    bind(prepared, parameters);
    const int columns = sqlite3_column_count(prepared);
    std::vector<std::string> names;
    for (int column = 0; column < columns; ++column)
        names.emplace_back(sqlite3_column_name(prepared, column));
    int code = SQLITE_ROW;
    bool wanted = true;
    while ((code = sqlite3_step(prepared)) == SQLITE_ROW) {
        if (!wanted || !onRow)
            break;
        flow::Object row;
        row.reserve(names.size());
        for (int column = 0; column < columns; ++column)
            row.set(names[static_cast<std::size_t>(column)], cell(prepared, column));
        wanted = onRow(std::move(row));
    }
    if (code != SQLITE_DONE && code != SQLITE_ROW)
        fail();
    return columns > 0;
}

void SqliteDatabase::bind(sqlite3_stmt *statement, const flow::Value &parameters)
{
    using Kind = flow::Value::Kind;
    const int count = sqlite3_bind_parameter_count(statement);
    for (int index = 1; index <= count; ++index) {
        const char *name = sqlite3_bind_parameter_name(statement, index);
        const flow::Value *value = name ? parameters.find(name + 1) : nullptr;
        if (!value || value->isNull())
            continue;
        switch (value->kind()) {
        case Kind::Bool: sqlite3_bind_int(statement, index, value->asBool()); break;
        case Kind::Int:
        case Kind::Long: sqlite3_bind_int64(statement, index, value->asInt()); break;
        case Kind::Float:
        case Kind::Double: sqlite3_bind_double(statement, index, value->asDouble()); break;
        case Kind::Bytes:
            sqlite3_bind_blob64(statement, index, value->text().data(), value->text().size(), SQLITE_TRANSIENT);
            break;
        default: {
            const std::string text = textOf(*value);
            sqlite3_bind_text64(statement, index, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
        }
        }
    }
}

flow::Value SqliteDatabase::cell(sqlite3_stmt *statement, int column) const
{
    using Kind = flow::Value::Kind;
    const int type = sqlite3_column_type(statement, column);
    if (type == SQLITE_NULL)
        return {};
    const std::string declared = declaredType(statement, column);
    const auto text = [&] {
        const auto *bytes = reinterpret_cast<const char *>(sqlite3_column_text(statement, column));
        return std::string(bytes ? bytes : "", static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
    };
    if (declared == "date")
        return flow::Value::ofText(Kind::LocalDate, text());
    if (declared == "time")
        return flow::Value::ofText(Kind::LocalTime, text());
    if (declared == "datetime" || declared == "timestamp") {
        if (type == SQLITE_TEXT)
            return moment(text());
        return flow::instantValue(
            flow::Moment(std::chrono::milliseconds(sqlite3_column_int64(statement, column))));
    }
    switch (type) {
    case SQLITE_INTEGER: {
        const std::int64_t number = sqlite3_column_int64(statement, column);
        if (number == static_cast<std::int32_t>(number))
            return static_cast<std::int32_t>(number);
        return number;
    }
    case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
    case SQLITE_BLOB: {
        const auto *bytes = static_cast<const char *>(sqlite3_column_blob(statement, column));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
        return flow::Value::ofText(Kind::Bytes, std::string(bytes ? bytes : "", size));
    }
    default: return text();
    }
}

flow::Value SqliteDatabase::moment(std::string_view text) const
{
    std::string iso(text);
    if (iso.size() == 10)
        iso += "T00:00:00";
    if (iso.size() > 10 && iso[10] == ' ')
        iso[10] = 'T';
    if (const auto zoned = flow::parseInstant(iso))
        return flow::instantValue(*zoned);
    const auto local = flow::parseInstant(iso + 'Z');
    if (!local)
        throw TaskFailure{fmt::format("Text '{}' could not be parsed at index 0", text)};
    const auto whole = std::chrono::floor<std::chrono::seconds>(*local);
    const std::chrono::seconds instant(m_zone.toInstant(whole.time_since_epoch().count()));
    return flow::instantValue(flow::Moment(instant + (*local - whole)));
}

} // namespace tasks
