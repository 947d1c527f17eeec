// What the engine waits for beyond one execution: retries as new executions, conditions of listeners.
#include "engine/store/codec.h"
#include "engine/store/sqlite_store.h"

#include <sqlite3.h>

namespace store {

using engine::Result;

int SqliteStore::writeWaits(const engine::ExecutionChange &change)
{
    int code = SQLITE_DONE;
    const auto run = [&](Statement &statement) { return statement.code() == SQLITE_OK ? statement.run() : statement.code(); };
    if (change.retryAt) {
        Statement due(m_write->handle(), "UPDATE executions SET retry_at = ?2 WHERE id = ?1");
        due.bind(1, std::string_view(change.id)).bind(2, toMicros(*change.retryAt));
        code = run(due);
    }
    if (code == SQLITE_DONE && !change.retryOf.empty()) {
        Statement done(m_write->handle(), "UPDATE executions SET retry_at = NULL WHERE id = ?1");
        done.bind(1, std::string_view(change.retryOf));
        code = run(done);
    }
    for (const engine::MetCondition &met : change.conditions) {
        if (code != SQLITE_DONE)
            break;
        if (met.execution.empty()) {
            Statement forget(m_write->handle(), "DELETE FROM preconditions WHERE listener = ?1");
            forget.bind(1, std::string_view(met.listener));
            code = run(forget);
            continue;
        }
        Statement keep(m_write->handle(), "INSERT OR REPLACE INTO preconditions (listener, condition, execution, at) VALUES (?1, ?2, ?3, ?4)");
        keep.bind(1, std::string_view(met.listener)).bind(2, std::string_view(met.condition));
        keep.bind(3, std::string_view(met.execution)).bind(4, toMicros(met.at));
        code = run(keep);
    }
    return code;
}

Result<std::vector<engine::DueRetry>> SqliteStore::dueRetries() const
{
    const std::lock_guard lock(m_readMutex);
    std::vector<engine::DueRetry> retries;
    if (m_read->version() < 2)
        return retries;
    Statement rows(m_read->handle(), "SELECT id, retry_at FROM executions WHERE retry_at IS NOT NULL ORDER BY retry_at, key");
    while (rows.code() == SQLITE_OK || rows.code() == SQLITE_ROW)
        if (rows.step())
            retries.push_back({rows.text(0), fromMicros(rows.integer(1))});
    if (rows.code() != SQLITE_DONE)
        return m_read->error(rows.code());
    return retries;
}

Result<std::vector<engine::MetCondition>> SqliteStore::metConditions() const
{
    const std::lock_guard lock(m_readMutex);
    std::vector<engine::MetCondition> met;
    if (m_read->version() < 2)
        return met;
    Statement rows(m_read->handle(), "SELECT listener, condition, execution, at FROM preconditions ORDER BY listener, condition");
    while (rows.code() == SQLITE_OK || rows.code() == SQLITE_ROW)
        if (rows.step())
            met.push_back({rows.text(0), rows.text(1), rows.text(2), fromMicros(rows.integer(3))});
    if (rows.code() != SQLITE_DONE)
        return m_read->error(rows.code());
    return met;
}

} // namespace store
