#include "engine/store/sqlite_store.h"

#include "engine/store/codec.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace store {

using engine::Error;
using engine::ErrorCode;
using engine::Execution;
using engine::ExecutionChange;
using engine::Result;
using engine::TaskRunChange;

struct SqliteStore::Statements
{
    explicit Statements(sqlite3 *database)
        : addText(database, "INSERT INTO texts (hash, text) VALUES (?1, ?2)"),
          findText(database, "SELECT key FROM texts WHERE hash = ?1 AND text = ?2 ORDER BY key LIMIT 1"),
          addExecution(database,
                       "INSERT INTO executions (id, namespace, flow, revision, flow_text, flow_path, original, parent, parent_run, "
                       "inputs, trigger_info, labels, state, created, changed, open, attempt) "
                       "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, 1, ?16)"),
          setState(database, "UPDATE executions SET state = ?2, changed = ?3 WHERE key = ?1"),
          close(database, "UPDATE executions SET open = 0 WHERE key = ?1"),
          setLabels(database, "UPDATE executions SET labels = ?2 WHERE key = ?1"),
          addEvent(database,
                   "INSERT INTO events (execution, number, run, task, parent, value, iteration, states, attempts, outputs, labels, "
                   "variables, reason, removed, sla) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"),
          addLog(database,
                 "INSERT INTO logs (execution, number, at, level, run, attempt, own, message) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
          addMetric(database,
                    "INSERT INTO metrics (execution, number, at, run, name, type, value, tags) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
          find(database,
               "SELECT key, (SELECT coalesce(max(number), 0) FROM events WHERE execution = e.key), "
               "(SELECT coalesce(max(number), 0) FROM logs WHERE execution = e.key), "
               "(SELECT coalesce(max(number), 0) FROM metrics WHERE execution = e.key) FROM executions e WHERE id = ?1")
    {
    }
    Statement addText, findText, addExecution, setState, close, setLabels, addEvent, addLog, addMetric, find;
};

namespace {

constexpr std::int64_t kExecutionItself = -1;

std::int64_t hashOf(const std::string &text)
{
    std::uint64_t hash = 0xcbf29ce484222325ull;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ull;
    return static_cast<std::int64_t>(hash);
}

std::int64_t runNumber(engine::RunIndex run)
{
    return run == engine::kNoRun ? -1 : static_cast<std::int64_t>(run);
}

/// Ids as one text, a line each.
std::string joined(const std::vector<std::string> &lines)
{
    std::string text;
    for (const std::string &line : lines)
        text += (text.empty() ? "" : "\n") + line;
    return text;
}

std::vector<std::string> linesOf(const std::string &text)
{
    std::vector<std::string> lines;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        lines.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return lines;
}

engine::RunIndex runIndex(std::int64_t number)
{
    return number < 0 || number > engine::kNoRun ? engine::kNoRun : static_cast<engine::RunIndex>(number);
}

/// Whether a change can follow when there are `count` runs: they are made one after the other, parents first.
bool fits(const TaskRunChange &change, std::size_t count)
{
    if (!change.created)
        return change.run < count;
    return change.run <= count && (change.parent == engine::kNoRun || change.parent < change.run);
}

} // namespace

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::filesystem::path &folder, bool readOnly)
{
    std::error_code failed;
    std::filesystem::create_directories(folder, failed);
    std::unique_ptr<SqliteStore> store(new SqliteStore());
    const std::filesystem::path lockFile = folder / "lock";
    if (!readOnly) {
        const int lock = ::open(lockFile.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
        if (lock < 0)
            return Error{ErrorCode::StoreNotWritable, {std::error_code(errno, std::generic_category()).message()}, folder.string()};
        if (flock(lock, LOCK_EX | LOCK_NB) == 0) {
            store->m_lock = lock;
            const std::string pid = std::to_string(getpid());
            if (ftruncate(lock, 0) == 0)
                (void)!::write(lock, pid.data(), pid.size());
        } else {
            ::close(lock);
            std::ifstream(lockFile) >> store->m_writer;
        }
    }
    const std::filesystem::path file = folder / "executions.db";
    if (store->writable()) {
        Result<std::unique_ptr<Database>> write = Database::open(file, {});
        if (!write)
            return write.error();
        store->m_write = std::move(*write);
        store->m_statements = std::make_unique<Statements>(store->m_write->handle());
    }
    Result<std::unique_ptr<Database>> read = Database::open(file, {.readOnly = true});
    if (!read)
        return read.error();
    store->m_read = std::move(*read);
    return store;
}

SqliteStore::~SqliteStore()
{
    m_read.reset(); // the writer goes last: it takes the journal into the database
    m_statements.reset();
    m_write.reset();
    if (m_lock >= 0)
        ::close(m_lock);
}

std::int64_t SqliteStore::textKey(const std::string &text)
{
    if (const auto known = m_texts.find(text); known != m_texts.end())
        return known->second;
    const std::int64_t hash = hashOf(text);
    std::int64_t key = 0;
    m_statements->findText.bind(1, hash).bind(2, std::string_view(text));
    if (m_statements->findText.step())
        key = m_statements->findText.integer(0);
    m_statements->findText.reset();
    if (key == 0) {
        m_statements->addText.bind(1, hash).bind(2, std::string_view(text));
        if (m_statements->addText.run() != SQLITE_DONE)
            return 0;
        key = sqlite3_last_insert_rowid(m_write->handle());
    }
    if (m_texts.size() > 64)
        m_texts.clear();
    m_texts[text] = key;
    return key;
}

Result<SqliteStore::Head *> SqliteStore::headOf(const std::string &id)
{
    if (const auto known = m_heads.find(id); known != m_heads.end())
        return &known->second;
    Head head;
    Statement &find = m_statements->find;
    find.bind(1, std::string_view(id));
    if (find.step()) {
        head.key = find.integer(0);
        head.events = find.integer(1);
        head.logs = find.integer(2);
        head.metrics = find.integer(3);
    }
    find.reset();
    if (head.key == 0)
        return Error{ErrorCode::NoSuchExecution, {id}, {}};
    return &(m_heads[id] = head);
}

int SqliteStore::writeEvent(Head &head, const ExecutionChange &change, const TaskRunChange *run)
{
    Statement &add = m_statements->addEvent;
    add.bind(1, head.key).bind(2, ++head.events);
    if (run) {
        add.bind(3, static_cast<std::int64_t>(run->run));
        if (run->created)
            add.bind(4, std::string_view(run->taskId)).bind(5, runNumber(run->parent)).bind(6, run->value);
        else
            add.bindNull(4).bindNull(5).bindNull(6);
        run->iteration ? add.bind(7, static_cast<std::int64_t>(*run->iteration)) : add.bindNull(7);
        run->states.empty() ? add.bindNull(8) : add.bind(8, std::string_view(encodeStates(run->states)));
        run->attempts ? add.bind(9, std::string_view(encodeAttempts(*run->attempts))) : add.bindNull(9);
        run->outputs ? add.bind(10, std::string_view(encodeValue(*run->outputs))) : add.bindNull(10);
        add.bindNull(11).bindNull(12).bind(13, run->reason).bindNull(15);
        run->removed ? add.bind(14, std::int64_t(1)) : add.bindNull(14);
    } else {
        add.bind(3, kExecutionItself);
        for (const int column : {4, 5, 6, 7, 9, 14})
            add.bindNull(column);
        change.states.empty() ? add.bindNull(8) : add.bind(8, std::string_view(encodeStates(change.states)));
        change.outputs ? add.bind(10, std::string_view(encodeValue(*change.outputs))) : add.bindNull(10);
        change.labels ? add.bind(11, std::string_view(encodeValue(*change.labels))) : add.bindNull(11);
        change.variables ? add.bind(12, std::string_view(encodeValue(*change.variables))) : add.bindNull(12);
        add.bind(13, change.reason);
        change.brokenSlas.empty() ? add.bindNull(15) : add.bind(15, std::string_view(joined(change.brokenSlas)));
    }
    return add.run();
}

int SqliteStore::writeHead(ExecutionChange &change, Head &head)
{
    const engine::ExecutionRecord &record = *change.created;
    const std::int64_t text = textKey(record.flowText ? *record.flowText : std::string());
    if (text == 0)
        return sqlite3_errcode(m_write->handle());
    Statement &add = m_statements->addExecution;
    add.bind(1, std::string_view(record.id)).bind(2, std::string_view(record.namespaceId)).bind(3, std::string_view(record.flowId));
    add.bind(4, static_cast<std::int64_t>(record.revision)).bind(5, text).bind(6, std::string_view(record.flowPath));
    add.bind(7, std::string_view(record.originalId)).bind(8, std::string_view(record.parentId)).bind(9, runNumber(record.parentRun));
    add.bind(10, std::string_view(encodeValue(record.inputs))).bind(11, std::string_view(encodeValue(record.trigger)));
    add.bind(12, std::string_view(change.labels ? encodeValue(*change.labels) : std::string()));
    const engine::StateAt last = change.states.empty() ? engine::StateAt{engine::State::Created, record.created} : change.states.back();
    add.bind(13, static_cast<std::int64_t>(last.state)).bind(14, toMicros(record.created)).bind(15, toMicros(last.at));
    add.bind(16, static_cast<std::int64_t>(record.attempt));
    const int code = add.run();
    head.key = sqlite3_last_insert_rowid(m_write->handle());
    return code;
}

int SqliteStore::write(ExecutionChange &change)
{
    if (change.created) {
        Head head;
        if (const int code = writeHead(change, head); code != SQLITE_DONE)
            return code;
        m_heads[change.id] = head;
    }
    const Result<Head *> found = headOf(change.id);
    if (!found)
        return SQLITE_OK; // it was removed meanwhile
    Head &head = **found;
    if (const int code = writeWaits(change); code != SQLITE_DONE)
        return code;
    if (!change.states.empty() || change.labels || change.variables || change.outputs || change.reason || !change.brokenSlas.empty())
        if (const int code = writeEvent(head, change, nullptr); code != SQLITE_DONE)
            return code;
    for (const TaskRunChange &run : change.runs)
        if (const int code = writeEvent(head, change, &run); code != SQLITE_DONE)
            return code;
    for (engine::LogEntry &entry : change.logs) {
        entry.number = ++head.logs;
        Statement &add = m_statements->addLog;
        add.bind(1, head.key).bind(2, entry.number).bind(3, toMicros(entry.at)).bind(4, static_cast<std::int64_t>(entry.level));
        add.bind(5, runNumber(entry.run)).bind(6, static_cast<std::int64_t>(entry.attempt)).bind(7, static_cast<std::int64_t>(entry.engine));
        add.bind(8, std::string_view(entry.message));
        if (const int code = add.run(); code != SQLITE_DONE)
            return code;
    }
    for (const engine::MetricEntry &entry : change.metrics) {
        Statement &add = m_statements->addMetric;
        flow::Object tags;
        for (const auto &[key, value] : entry.metric.tags)
            tags.set(key, value);
        add.bind(1, head.key).bind(2, ++head.metrics).bind(3, toMicros(entry.at)).bind(4, runNumber(entry.run));
        add.bind(5, std::string_view(entry.metric.name)).bind(6, std::string_view(entry.metric.type));
        add.bindReal(7, entry.metric.value).bind(8, std::string_view(encodeValue(flow::Value(std::move(tags)))));
        if (const int code = add.run(); code != SQLITE_DONE)
            return code;
    }
    if (change.labels && !change.created) {
        m_statements->setLabels.bind(1, head.key).bind(2, std::string_view(encodeValue(*change.labels)));
        if (const int code = m_statements->setLabels.run(); code != SQLITE_DONE)
            return code;
    }
    if (!change.states.empty()) {
        m_statements->setState.bind(1, head.key).bind(2, static_cast<std::int64_t>(change.states.back().state));
        m_statements->setState.bind(3, toMicros(change.states.back().at));
        if (const int code = m_statements->setState.run(); code != SQLITE_DONE)
            return code;
    }
    if (change.ended) {
        m_statements->close.bind(1, head.key);
        if (const int code = m_statements->close.run(); code != SQLITE_DONE)
            return code;
        m_heads.erase(change.id);
    }
    return SQLITE_DONE;
}

Result<> SqliteStore::append(std::span<ExecutionChange> changes)
{
    return transaction([&] {
        int code = SQLITE_OK;
        for (ExecutionChange &change : changes) {
            code = write(change);
            if (code != SQLITE_DONE && code != SQLITE_OK)
                break;
        }
        return code;
    });
}

Result<std::vector<engine::ExecutionSummary>> SqliteStore::list(const engine::ExecutionFilter &filter) const
{
    const std::lock_guard lock(m_readMutex);
    std::string sql = "SELECT id, namespace, flow, flow_path, parent, state, created, changed, labels FROM executions WHERE 1";
    if (!filter.namespaceId.empty())
        sql += " AND namespace = ?1";
    if (!filter.flowId.empty())
        sql += " AND flow = ?2";
    if (!filter.flowPath.empty())
        sql += " AND flow_path = ?3";
    if (!filter.parentId.empty())
        sql += " AND parent = ?4";
    if (filter.parentRun)
        sql += " AND parent_run = " + std::to_string(runNumber(*filter.parentRun));
    if (!filter.states.empty()) {
        sql += " AND state IN (";
        for (std::size_t i = 0; i < filter.states.size(); ++i)
            sql += (i == 0 ? "" : ",") + std::to_string(static_cast<int>(filter.states[i]));
        sql += ")";
    }
    sql += " ORDER BY created DESC, key DESC LIMIT ?5 OFFSET ?6";
    Statement rows(m_read->handle(), sql.c_str());
    if (rows.code() != SQLITE_OK)
        return m_read->error(rows.code());
    rows.bind(1, std::string_view(filter.namespaceId)).bind(2, std::string_view(filter.flowId)).bind(3, std::string_view(filter.flowPath));
    rows.bind(4, std::string_view(filter.parentId));
    rows.bind(5, static_cast<std::int64_t>(filter.limit)).bind(6, static_cast<std::int64_t>(filter.offset));
    std::vector<engine::ExecutionSummary> summaries;
    while (rows.step()) {
        engine::ExecutionSummary &one = summaries.emplace_back();
        one.id = rows.text(0);
        one.namespaceId = rows.text(1);
        one.flowId = rows.text(2);
        one.flowPath = rows.text(3);
        one.parentId = rows.text(4);
        one.state = decodeState(rows.integer(5));
        one.created = fromMicros(rows.integer(6));
        one.changed = fromMicros(rows.integer(7));
        one.labels = decodeValue(rows.text(8));
    }
    if (rows.code() != SQLITE_DONE)
        return m_read->error(rows.code());
    return summaries;
}

Result<Execution> SqliteStore::read(std::string_view id) const
{
    const std::lock_guard lock(m_readMutex);
    const bool current = m_read->version() >= 2;
    Statement head(m_read->handle(),
                   fmt::format("SELECT e.key, e.namespace, e.flow, e.revision, t.text, e.flow_path, e.original, e.parent, e.parent_run, e.inputs, "
                   "e.trigger_info, e.created, {} FROM executions e LEFT JOIN texts t ON t.key = e.flow_text WHERE e.id = ?1 ORDER BY e.key",
                               current ? "e.attempt" : "1").c_str());
    if (head.code() != SQLITE_OK)
        return m_read->error(head.code());
    head.bind(1, id);
    if (!head.step()) {
        if (head.code() != SQLITE_DONE)
            return m_read->error(head.code());
        return Error{ErrorCode::NoSuchExecution, {std::string(id)}, {}};
    }
    const std::int64_t key = head.integer(0);
    Execution execution;
    execution.id = id;
    execution.namespaceId = head.text(1);
    execution.flowId = head.text(2);
    execution.revision = static_cast<std::int32_t>(head.integer(3));
    execution.flowText = std::make_shared<const std::string>(head.text(4));
    execution.flowPath = head.text(5);
    execution.originalId = head.text(6);
    execution.parentId = head.text(7);
    execution.parentRun = runIndex(head.integer(8));
    execution.inputs = decodeValue(head.text(9));
    execution.trigger = decodeValue(head.text(10));
    execution.created = fromMicros(head.integer(11));
    execution.attempt = static_cast<std::int32_t>(head.integer(12));
    Statement events(m_read->handle(),
                     fmt::format("SELECT run, task, parent, value, iteration, states, attempts, outputs, labels, variables, reason, "
                                 "removed, {} FROM events WHERE execution = ?1 ORDER BY number", current ? "sla" : "NULL").c_str());
    if (events.code() != SQLITE_OK)
        return m_read->error(events.code());
    events.bind(1, key);
    while (events.step()) {
        ExecutionChange change;
        change.id = execution.id;
        if (events.integer(0) == kExecutionItself) {
            change.states = decodeStates(events.text(5));
            if (!events.isNull(7))
                change.outputs = decodeValue(events.text(7));
            if (!events.isNull(8))
                change.labels = decodeValue(events.text(8));
            if (!events.isNull(9))
                change.variables = decodeValue(events.text(9));
            if (!events.isNull(10))
                change.reason = events.text(10);
            change.brokenSlas = linesOf(events.text(12));
        } else {
            TaskRunChange &run = change.runs.emplace_back();
            run.run = runIndex(events.integer(0));
            run.created = !events.isNull(1);
            run.taskId = events.text(1);
            run.parent = runIndex(events.integer(2));
            if (!events.isNull(3))
                run.value = events.text(3);
            if (!events.isNull(4))
                run.iteration = static_cast<std::int32_t>(events.integer(4));
            run.states = decodeStates(events.text(5));
            if (!events.isNull(6))
                run.attempts = decodeAttempts(events.text(6));
            if (!events.isNull(7))
                run.outputs = decodeValue(events.text(7));
            if (!events.isNull(10))
                run.reason = events.text(10);
            run.removed = !events.isNull(11);
            if (!fits(run, execution.taskRuns.size()))
                return Error{ErrorCode::StoreCorrupt, {"the events of an execution don't fit together", {}}, {}};
        }
        apply(execution, change);
    }
    if (events.code() != SQLITE_DONE)
        return m_read->error(events.code());
    return execution;
}

Result<std::vector<engine::LogEntry>> SqliteStore::logs(std::string_view id, const engine::LogFilter &filter) const
{
    const std::lock_guard lock(m_readMutex);
    std::string sql = "SELECT l.number, l.at, l.level, l.run, l.attempt, l.own, l.message FROM logs l JOIN executions e ON e.key = l.execution "
                      "WHERE e.id = ?1 AND l.number > ?2 AND l.level >= ?3";
    if (filter.run)
        sql += " AND l.run = ?4";
    if (!filter.contains.empty())
        sql += " AND instr(lower(l.message), lower(?5)) > 0";
    sql += " ORDER BY l.number LIMIT ?6";
    Statement rows(m_read->handle(), sql.c_str());
    if (rows.code() != SQLITE_OK)
        return m_read->error(rows.code());
    rows.bind(1, id).bind(2, filter.after).bind(3, static_cast<std::int64_t>(filter.least));
    if (filter.run)
        rows.bind(4, runNumber(*filter.run));
    if (!filter.contains.empty())
        rows.bind(5, std::string_view(filter.contains));
    rows.bind(6, static_cast<std::int64_t>(filter.limit));
    std::vector<engine::LogEntry> entries;
    while (rows.step())
        entries.push_back({rows.integer(0), fromMicros(rows.integer(1)), decodeLevel(rows.integer(2)),
                           runIndex(rows.integer(3)), static_cast<std::int32_t>(rows.integer(4)), rows.text(6), rows.integer(5) != 0});
    if (rows.code() != SQLITE_DONE)
        return m_read->error(rows.code());
    return entries;
}

Result<std::vector<engine::MetricEntry>> SqliteStore::metrics(std::string_view id) const
{
    const std::lock_guard lock(m_readMutex);
    Statement rows(m_read->handle(),
                   "SELECT m.at, m.run, m.name, m.type, m.value, m.tags FROM metrics m JOIN executions e ON e.key = m.execution "
                   "WHERE e.id = ?1 ORDER BY m.number");
    if (rows.code() != SQLITE_OK)
        return m_read->error(rows.code());
    rows.bind(1, id);
    std::vector<engine::MetricEntry> entries;
    while (rows.step()) {
        engine::MetricEntry &entry = entries.emplace_back();
        entry.at = fromMicros(rows.integer(0));
        entry.run = runIndex(rows.integer(1));
        entry.metric.name = rows.text(2);
        entry.metric.type = rows.text(3);
        entry.metric.value = rows.real(4);
        const flow::Value tags = decodeValue(rows.text(5));
        for (const auto &[tag, value] : tags.map())
            entry.metric.tags[tag] = value.text();
    }
    if (rows.code() != SQLITE_DONE)
        return m_read->error(rows.code());
    return entries;
}

Result<std::vector<std::string>> SqliteStore::unfinished() const
{
    const std::lock_guard lock(m_readMutex);
    Statement rows(m_read->handle(), "SELECT id FROM executions WHERE open = 1 ORDER BY created, key");
    if (rows.code() != SQLITE_OK)
        return m_read->error(rows.code());
    std::vector<std::string> ids;
    while (rows.step())
        ids.push_back(rows.text(0));
    if (rows.code() != SQLITE_DONE)
        return m_read->error(rows.code());
    return ids;
}

} // namespace store
