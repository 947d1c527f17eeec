#pragma once

#include "engine/run/execution_store.h"
#include "engine/store/database.h"

#include <mutex>
#include <unordered_map>

namespace store {

/// Executions in an SQLite database. One connection writes, another reads; thread-safe.
class SqliteStore : public engine::ExecutionStore
{
public:
    /// Opens or makes `folder/executions.db` and locks the folder for writing. When another process
    /// has the lock the store opens read-only. StoreCorrupt: the file was put aside, a second call
    /// makes a new one. Other errors: those of Database::open.
    static engine::Result<std::unique_ptr<SqliteStore>> open(const std::filesystem::path &folder, bool readOnly = false);
    ~SqliteStore() override;

    engine::Result<> append(std::span<engine::ExecutionChange> changes) override;
    engine::Result<std::vector<engine::ExecutionSummary>> list(const engine::ExecutionFilter &filter) const override;
    engine::Result<engine::Execution> read(std::string_view id) const override;
    engine::Result<std::vector<engine::LogEntry>> logs(std::string_view id, const engine::LogFilter &filter) const override;
    engine::Result<std::vector<engine::MetricEntry>> metrics(std::string_view id) const override;
    engine::Result<std::vector<std::string>> unfinished() const override;
    engine::Result<std::vector<engine::DueRetry>> dueRetries() const override;
    engine::Result<std::vector<engine::MetCondition>> metConditions() const override;
    engine::Result<std::size_t> remove(std::span<const std::string> ids) override;
    engine::Result<std::size_t> removeLogs(const engine::LogPurge &purge) override;
    engine::Result<std::size_t> removeMetrics(std::span<const std::string> ids) override;
    engine::Result<> setTriggerDisabled(std::string_view namespaceId, std::string_view flowId, std::string_view trigger,
                                        bool disabled) override;
    engine::Result<bool> isTriggerDisabled(std::string_view namespaceId, std::string_view flowId, std::string_view trigger) const override;
    bool writable() const override { return m_lock >= 0; }

    /// Process that writes here when this one may not; empty when unknown.
    const std::string &writer() const { return m_writer; }
    Database &database() { return *m_write; }
    std::mutex &writeMutex() { return m_writeMutex; }

private:
    struct Statements;
    struct Head
    {
        std::int64_t key = 0;
        std::int64_t events = 0;
        std::int64_t logs = 0;
        std::int64_t metrics = 0;
    };
    SqliteStore() = default;
    /// All that `act` writes, or nothing; it gives SQLite's code.
    engine::Result<> transaction(const std::function<int()> &act);
    int runFor(const char *sql, std::string_view id, std::size_t *changed);
    int write(engine::ExecutionChange &change);
    int writeHead(engine::ExecutionChange &change, Head &head);
    int writeWaits(const engine::ExecutionChange &change);
    int writeEvent(Head &head, const engine::ExecutionChange &change, const engine::TaskRunChange *run);
    engine::Result<Head *> headOf(const std::string &id);
    std::int64_t textKey(const std::string &text);

    int m_lock = -1;
    std::string m_writer;
    std::unique_ptr<Database> m_write;
    mutable std::mutex m_writeMutex;
    std::unique_ptr<Statements> m_statements;
    std::unordered_map<std::string, Head> m_heads;
    std::unordered_map<std::string, std::int64_t> m_texts;
    mutable std::unique_ptr<Database> m_read;
    mutable std::mutex m_readMutex;
};

} // namespace store
