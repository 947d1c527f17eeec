// Removing what executions left: all of them, or only their logs and what they measured.
#include "engine/store/codec.h"
#include "engine/store/sqlite_store.h"

#include <sqlite3.h>

namespace store {

using engine::Error;
using engine::ErrorCode;
using engine::Result;

Result<> SqliteStore::transaction(const std::function<int()> &act)
{
    if (!writable())
        return Error{ErrorCode::ReadOnly, {m_writer}, {}};
    const std::lock_guard lock(m_writeMutex);
    int code = m_write->execute("BEGIN IMMEDIATE");
    if (code != SQLITE_OK)
        return m_write->error(code);
    code = act();
    if (code == SQLITE_DONE || code == SQLITE_OK) {
        code = m_write->execute("COMMIT");
        if (code == SQLITE_OK)
            return {};
    }
    const Error error = m_write->error(code);
    m_write->execute("ROLLBACK");
    m_heads.clear();
    m_texts.clear();
    return error;
}

int SqliteStore::runFor(const char *sql, std::string_view id, std::size_t *changed)
{
    Statement statement(m_write->handle(), sql);
    if (statement.code() != SQLITE_OK)
        return statement.code();
    statement.bind(1, id);
    const int code = statement.run();
    if (code == SQLITE_DONE && changed)
        *changed += static_cast<std::size_t>(sqlite3_changes(m_write->handle()));
    return code;
}

Result<std::size_t> SqliteStore::remove(std::span<const std::string> ids)
{
    std::size_t removed = 0;
    const Result<> done = transaction([&] {
        int code = SQLITE_DONE;
        for (const std::string &id : ids) {
            for (const char *sql : {"DELETE FROM events WHERE execution = (SELECT key FROM executions WHERE id = ?1)",
                                    "DELETE FROM logs WHERE execution = (SELECT key FROM executions WHERE id = ?1)",
                                    "DELETE FROM metrics WHERE execution = (SELECT key FROM executions WHERE id = ?1)"})
                if (code = runFor(sql, id, nullptr); code != SQLITE_DONE)
                    return code;
            if (code = runFor("DELETE FROM executions WHERE id = ?1", id, &removed); code != SQLITE_DONE)
                return code;
            m_heads.erase(id);
        }
        return code;
    });
    if (!done)
        return done.error();
    return removed;
}

Result<std::size_t> SqliteStore::removeMetrics(std::span<const std::string> ids)
{
    std::size_t removed = 0;
    const Result<> done = transaction([&] {
        int code = SQLITE_DONE;
        for (const std::string &id : ids) {
            code = runFor("DELETE FROM metrics WHERE execution = (SELECT key FROM executions WHERE id = ?1)", id, &removed);
            if (code != SQLITE_DONE)
                break;
        }
        return code;
    });
    if (!done)
        return done.error();
    return removed;
}

Result<std::size_t> SqliteStore::removeLogs(const engine::LogPurge &purge)
{
    std::string sql = "DELETE FROM logs WHERE execution IN (SELECT key FROM executions WHERE 1";
    if (!purge.namespaceId.empty())
        sql += purge.flowId.empty() ? " AND (namespace = ?1 OR substr(namespace, 1, length(?1) + 1) = ?1 || '.')" : " AND namespace = ?1";
    if (!purge.flowId.empty())
        sql += " AND flow = ?2";
    if (!purge.executionId.empty())
        sql += " AND id = ?3";
    sql += ")";
    if (!purge.levels.empty()) {
        sql += " AND level IN (";
        for (std::size_t i = 0; i < purge.levels.size(); ++i)
            sql += (i == 0 ? "" : ",") + std::to_string(static_cast<int>(purge.levels[i]));
        sql += ")";
    }
    if (purge.from)
        sql += " AND at >= ?4";
    if (purge.to)
        sql += " AND at <= ?5";
    std::size_t removed = 0;
    const Result<> done = transaction([&] {
        Statement statement(m_write->handle(), sql.c_str());
        if (statement.code() != SQLITE_OK)
            return statement.code();
        statement.bind(1, std::string_view(purge.namespaceId)).bind(2, std::string_view(purge.flowId)).bind(3, std::string_view(purge.executionId));
        statement.bind(4, toMicros(purge.from.value_or(engine::Time{}))).bind(5, toMicros(purge.to.value_or(engine::Time{})));
        const int code = statement.run();
        if (code == SQLITE_DONE)
            removed = static_cast<std::size_t>(sqlite3_changes(m_write->handle()));
        return code;
    });
    if (!done)
        return done.error();
    return removed;
}

Result<> SqliteStore::setTriggerDisabled(std::string_view namespaceId, std::string_view flowId, std::string_view trigger, bool disabled)
{
    return transaction([&] {
        Statement statement(m_write->handle(), "INSERT INTO triggers (namespace, flow, trigger, disabled) VALUES (?1, ?2, ?3, ?4) "
                                               "ON CONFLICT DO UPDATE SET disabled = ?4");
        if (statement.code() != SQLITE_OK)
            return statement.code();
        return statement.bind(1, namespaceId).bind(2, flowId).bind(3, trigger).bind(4, static_cast<std::int64_t>(disabled)).run();
    });
}

Result<bool> SqliteStore::isTriggerDisabled(std::string_view namespaceId, std::string_view flowId, std::string_view trigger) const
{
    const std::lock_guard lock(m_readMutex);
    if (m_read->version() < 2)
        return false;
    Statement row(m_read->handle(), "SELECT disabled FROM triggers WHERE namespace = ?1 AND flow = ?2 AND trigger = ?3");
    if (row.code() != SQLITE_OK)
        return m_read->error(row.code());
    row.bind(1, namespaceId).bind(2, flowId).bind(3, trigger);
    const bool disabled = row.step() && row.integer(0) != 0;
    if (row.code() != SQLITE_ROW && row.code() != SQLITE_DONE)
        return m_read->error(row.code());
    return disabled;
}

} // namespace store
