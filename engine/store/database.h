#pragma once

#include "engine/run/error.h"

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace store {

/// One prepared statement. Bound to its connection and used by one thread at a time.
class Statement
{
public:
    Statement(sqlite3 *database, const char *sql);
    ~Statement();
    Statement(const Statement &) = delete;

    Statement &bind(int index, std::int64_t value);
    Statement &bind(int index, std::string_view text);
    Statement &bind(int index, const std::optional<std::string> &text);
    Statement &bindReal(int index, double value);
    Statement &bindNull(int index);
    /// True while there are rows. Sets `failed` of the connection otherwise than at the end.
    bool step();
    void reset();
    /// Runs a statement without rows and makes it ready again; SQLite's result code.
    int run();

    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string text(int column) const;
    bool isNull(int column) const;
    int code() const { return m_code; }

private:
    sqlite3_stmt *m_statement = nullptr;
    int m_code = 0;
};

/// A connection to the database file. Opening checks the schema's version and makes or migrates it.
class Database
{
public:
    struct OpenOptions
    {
        bool readOnly = false;
        int busyMilliseconds = 2000;
    };
    /// StoreCorrupt (the file was put aside: args say where), StoreTooNew, StoreNotWritable, StoreFailed.
    static engine::Result<std::unique_ptr<Database>> open(const std::filesystem::path &file, OpenOptions options);
    ~Database();

    sqlite3 *handle() const { return m_handle; }
    int execute(const char *sql);
    /// Of the schema as it is in the file: a reader of an older one does without what was added since.
    int version() const { return m_version; }
    /// What went wrong with the last call, in our terms.
    engine::Error error(int code) const;

private:
    Database() = default;
    static engine::Result<std::unique_ptr<Database>> connect(const std::filesystem::path &file, OpenOptions options);
    engine::Result<> prepareSchema(bool readOnly);
    engine::Result<> checkSchema();
    engine::Result<> create();
    engine::Result<> migrate(int from);
    sqlite3 *m_handle = nullptr;
    int m_version = 0;
    std::filesystem::path m_file;
};

/// The schema's version, and the oldest Leat schema that may still read it.
inline constexpr int kSchemaVersion = 2;
inline constexpr int kOldestCompatible = 1;

} // namespace store
