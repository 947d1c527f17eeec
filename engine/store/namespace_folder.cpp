#include "engine/store/namespace_folder.h"

#include "engine/flow/tree.h"
#include "engine/store/codec.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <set>

namespace store {

namespace fs = std::filesystem;

namespace {

/// Values keep their kind: `Text` would be lost for durations and dates in plain JSON.
std::string packed(const flow::Value &value)
{
    switch (value.kind()) {
    case flow::Value::Kind::Instant:
    case flow::Value::Kind::ZonedDateTime:
    case flow::Value::Kind::OffsetDateTime:
    case flow::Value::Kind::LocalDate:
    case flow::Value::Kind::LocalDateTime:
    case flow::Value::Kind::LocalTime:
    case flow::Value::Kind::Duration:
        return '#' + std::to_string(static_cast<int>(value.kind())) + ':' + value.text();
    default:
        return flow::toJson(value);
    }
}

flow::Value unpacked(const std::string &text)
{
    const std::size_t colon = text.find(':');
    if (!text.starts_with('#') || colon == std::string::npos)
        return decodeValue(text);
    const int kind = std::atoi(text.c_str() + 1);
    if (kind < static_cast<int>(flow::Value::Kind::Instant) || kind > static_cast<int>(flow::Value::Kind::Duration))
        return flow::Value(text.substr(colon + 1));
    return flow::Value::ofText(static_cast<flow::Value::Kind>(kind), text.substr(colon + 1));
}

} // namespace

NamespaceFolder::NamespaceFolder(SqliteStore &store, fs::path folder, const engine::FlowSource *flows)
    : m_store(store), m_folder(std::move(folder)), m_flows(flows)
{
}

std::optional<NamespaceFolder::KvEntry> NamespaceFolder::kvGet(std::string_view nameSpace, std::string_view key) const
{
    const std::lock_guard lock(m_store.writeMutex());
    Statement row(m_store.database().handle(),
                  "SELECT value, type, description, expires FROM keys WHERE namespace = ?1 AND key = ?2 ORDER BY key");
    row.bind(1, nameSpace).bind(2, key);
    if (!row.step())
        return std::nullopt;
    KvEntry entry;
    entry.value = unpacked(row.text(0));
    entry.type = row.text(1);
    entry.description = row.text(2);
    if (!row.isNull(3))
        entry.expires = fromMicros(row.integer(3));
    return entry;
}

void NamespaceFolder::kvSet(std::string_view nameSpace, std::string_view key, KvEntry entry)
{
    const std::lock_guard lock(m_store.writeMutex());
    Statement row(m_store.database().handle(),
                  "INSERT OR REPLACE INTO keys (namespace, key, value, type, description, expires) VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
    row.bind(1, nameSpace).bind(2, key).bind(3, std::string_view(packed(entry.value))).bind(4, std::string_view(entry.type));
    row.bind(5, std::string_view(entry.description));
    entry.expires ? row.bind(6, toMicros(*entry.expires)) : row.bindNull(6);
    if (const int code = row.run(); code != SQLITE_DONE)
        throw std::runtime_error("the key could not be stored: " + std::string(sqlite3_errstr(code)));
}

bool NamespaceFolder::kvDelete(std::string_view nameSpace, std::string_view key)
{
    const std::lock_guard lock(m_store.writeMutex());
    Statement row(m_store.database().handle(), "DELETE FROM keys WHERE namespace = ?1 AND key = ?2");
    row.bind(1, nameSpace).bind(2, key);
    row.run();
    return sqlite3_changes(m_store.database().handle()) > 0;
}

std::vector<std::string> NamespaceFolder::kvKeys(std::string_view nameSpace) const
{
    const std::lock_guard lock(m_store.writeMutex());
    Statement rows(m_store.database().handle(), "SELECT key FROM keys WHERE namespace = ?1 ORDER BY key");
    rows.bind(1, nameSpace);
    std::vector<std::string> keys;
    while (rows.step())
        keys.push_back(rows.text(0));
    return keys;
}

fs::path NamespaceFolder::files(std::string_view nameSpace) const
{
    std::error_code failed;
    if (const fs::path own = m_project / fs::path(nameSpace).filename() / "files"; !m_project.empty() && fs::is_directory(own, failed))
        return own;
    const fs::path folder = m_folder / fs::path(nameSpace).filename();
    fs::create_directories(folder);
    return folder;
}

std::vector<std::string> NamespaceFolder::namespaceNames() const
{
    std::set<std::string> names;
    std::error_code failed;
    for (const fs::directory_entry &entry : fs::directory_iterator(m_folder, failed))
        if (!fs::is_empty(entry.path(), failed))
            names.insert(entry.path().filename().string());
    {
        const std::lock_guard lock(m_store.writeMutex());
        Statement rows(m_store.database().handle(),
                       "SELECT namespace FROM keys UNION SELECT namespace FROM executions ORDER BY namespace");
        while (rows.step())
            names.insert(rows.text(0));
    }
    if (m_flows) {
        for (const engine::FlowText &flow : m_flows->all()) {
            const auto tree = flow::Tree::parse(*flow.text);
            const flow::Node *name = tree->root() && tree->root()->isMapping() ? tree->root()->find("namespace") : nullptr;
            if (name && name->isScalar())
                names.insert(name->text);
        }
    }
    return {names.begin(), names.end()};
}

bool NamespaceFolder::namespaceExists(std::string_view nameSpace) const
{
    const std::vector<std::string> names = namespaceNames();
    return std::any_of(names.begin(), names.end(), [&](const std::string &name) {
        return name == nameSpace || (name.size() > nameSpace.size() && name.starts_with(nameSpace) && name[nameSpace.size()] == '.');
    });
}

} // namespace store
