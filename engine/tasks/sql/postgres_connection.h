#pragma once

#include "engine/expr/time_zone.h"
#include "engine/tasks/sql/postgres_values.h"
#include "engine/tasks/sql/sql_connection.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

struct pg_conn;
struct pg_result;

namespace tasks {

/// An open session of a PostgreSQL server, in UTC and with texts in UTF-8. While it waits for the server it watches
/// `cancelFd`: when that becomes readable the statement is cancelled on the server and TaskFailure thrown. The
/// password is in no message.
class PostgresConnection : public SqlConnection
{
public:
    /// `options` are libpq's keywords; nothing of the environment or of the user's own files adds to them. `zone` is the one cells show moments in.
    PostgresConnection(std::map<std::string, std::string> options, int cancelFd, const expr::TimeZone &zone);
    ~PostgresConnection() override;
    PostgresConnection(const PostgresConnection &) = delete;
    PostgresConnection &operator=(const PostgresConnection &) = delete;

    bool execute(const std::string &sql, const flow::Value &parameters, const RowSink &onRow) override;

    /// A statement for `executeMany`; places are `$1`, `$2`. Gives the types of its places.
    std::vector<PostgresType> prepare(const std::string &sql);
    using Row = std::vector<std::optional<std::string>>; ///< texts of the places, nothing for NULL
    /// Runs the prepared statement once for each row, and gives how many rows of the database it changed.
    std::int64_t executeMany(const std::vector<Row> &rows);

    /// `COPY … FROM STDIN`: `next` gives the bytes, none at the end. Rows that were copied.
    std::int64_t copyIn(const std::string &sql, const std::function<std::string_view()> &next);
    /// `COPY … TO STDOUT`. Rows that were copied.
    std::int64_t copyOut(const std::string &sql, const std::function<void(std::string_view)> &take);

private:
    struct Freed
    {
        void operator()(pg_result *result) const;
    };
    using Answer = std::unique_ptr<pg_result, Freed>;

    void connect(const std::map<std::string, std::string> &options, int cancelFd);
    /// Waits until the socket can be read (or written) or the attempt is cancelled.
    void wait(bool toWrite);
    void flush();
    /// The next answer; null when there are no more. Throws for an error, after reading the rest.
    Answer next();
    void finish();
    Answer run(const std::string &sql);
    const PostgresType &typeOf(std::uint32_t oid);
    std::int64_t changed(const Answer &answer) const;

    pg_conn *m_connection = nullptr;
    int m_cancelFd;
    bool m_cancelled = false;
    expr::TimeZone m_zone;
    std::map<std::uint32_t, PostgresType> m_types;
};

} // namespace tasks
