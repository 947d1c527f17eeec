#pragma once

#include "engine/expr/time_zone.h"
#include "engine/flow/value.h"
#include "engine/tasks/sql/sql_connection.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace tasks {

/// An open SQLite database whose files can only lie below one folder: `ATTACH` and `VACUUM INTO` of others fail,
/// relative names mean files of that folder. Failures throw TaskFailure. Not thread-safe.
class SqliteDatabase : public SqlConnection
{
public:
    /// `file` is empty for a database in memory, else a name relative to `folder` or a path below it.
    SqliteDatabase(const std::filesystem::path &folder, const std::string &file, std::string_view timeZone);
    ~SqliteDatabase() override;
    SqliteDatabase(const SqliteDatabase &) = delete;
    SqliteDatabase &operator=(const SqliteDatabase &) = delete;

    /// Statements end with a failure soon after `cancelled` gives true.
    void stopWhen(std::function<bool()> cancelled);

    bool execute(const std::string &sql, const flow::Value &parameters, const RowSink &onRow) override;

private:
    struct FileSystem;

    [[noreturn]] void fail() const;
    void bind(sqlite3_stmt *statement, const flow::Value &parameters);
    flow::Value cell(sqlite3_stmt *statement, int column) const;
    flow::Value moment(std::string_view text) const;

    std::unique_ptr<FileSystem> m_files;
    expr::TimeZone m_zone;
    std::function<bool()> m_cancelled;
    sqlite3 *m_database = nullptr;
};

} // namespace tasks
