#include "engine/run/run_scope.h"

#include <fstream>
#include <sstream>

namespace engine {

using flow::Object;
using flow::Value;
namespace fs = std::filesystem;

namespace {

std::optional<std::string> contentOf(const fs::path &file)
{
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return std::nullopt;
    std::ostringstream text;
    text << in.rdbuf();
    return std::move(text).str();
}

} // namespace

flow::Moment RunHost::now()
{
    return m_services.clock ? flow::Moment(m_services.clock()) : flow::Moment(std::chrono::system_clock::now());
}

expr::HostResult<std::optional<std::string>> RunHost::secret(const std::string &nameSpace, const std::string &key)
{
    if (!m_services.secrets)
        return std::optional<std::string>();
    std::optional<std::string> value = m_services.secrets->find(nameSpace, key);
    if (value)
        m_live->secrets.add(*value);
    return value;
}

expr::HostResult<std::optional<Value>> RunHost::kv(const std::string &nameSpace, const std::string &key)
{
    if (!m_services.namespaces)
        return std::optional<Value>();
    // The namespace itself, then those above it.
    for (std::string name = nameSpace; !name.empty();) {
        if (auto entry = m_services.namespaces->kvGet(name, key)) {
            if (entry->expires && *entry->expires <= std::chrono::time_point_cast<std::chrono::system_clock::duration>(now()))
                return expr::HostError{"The requested value has expired", "ResourceExpiredException"};
            // A date is a day, whatever moment it was given as.
            if (entry->type == "DATE" && entry->value.text().size() > 10)
                return std::optional<Value>(Value::ofText(Value::Kind::LocalDate, entry->value.text().substr(0, 10)));
            return std::optional<Value>(entry->value);
        }
        const std::size_t dot = name.rfind('.');
        name.resize(dot == std::string::npos ? 0 : dot);
    }
    return std::optional<Value>();
}

expr::HostResult<fs::path> RunHost::locate(const std::string &uri) const
{
    // Templates may only read what is shaped like a file of an execution.
    constexpr std::string_view kExecutions = "/executions/";
    const std::size_t at = uri.find(kExecutions);
    const std::size_t rest = at == std::string::npos ? at : uri.find('/', at + kExecutions.size());
    const std::string_view below = rest == std::string::npos ? std::string_view() : std::string_view(uri).substr(rest);
    if (!below.starts_with("/tasks/") && !below.starts_with("/inputs/") && !below.starts_with("/trigger/"))
        return expr::HostError{"Unable to read the file '" + uri + "' as it is not an execution file", "IllegalArgumentException"};
    const ExecutionRecord &record = *m_live->record;
    const auto storage = m_services.storage->open({record.namespaceId, record.flowId, record.id, {}, {}, {}});
    std::string whyNot;
    if (const auto file = storage->resolve(uri, &whyNot))
        return *file;
    return expr::HostError{whyNot, "FileNotFoundException"};
}

expr::HostResult<std::string> RunHost::readUri(const std::string &uri)
{
    auto file = locate(uri);
    if (!file)
        return file.error();
    if (auto text = contentOf(*file))
        return std::move(*text);
    return expr::HostError{uri + " (No such file or directory)", "FileNotFoundException"};
}

expr::HostResult<std::int64_t> RunHost::uriSize(const std::string &uri)
{
    auto file = locate(uri);
    if (!file)
        return file.error();
    std::error_code error;
    const auto size = fs::file_size(*file, error);
    if (error)
        return expr::HostError{uri + " (No such file or directory)", "FileNotFoundException"};
    return static_cast<std::int64_t>(size);
}

expr::HostResult<bool> RunHost::uriExists(const std::string &uri)
{
    return locate(uri).hasValue();
}

std::optional<fs::path> RunHost::inNamespace(const std::string &nameSpace, const std::string &path) const
{
    if (!m_services.namespaces)
        return std::nullopt;
    const fs::path relative = fs::path(path).relative_path().lexically_normal();
    if (relative.empty() || *relative.begin() == "..")
        return std::nullopt;
    const fs::path root = m_services.namespaces->files(nameSpace);
    std::error_code error;
    const fs::path file = fs::weakly_canonical(root / relative, error);
    const fs::path top = fs::weakly_canonical(root, error);
    if (error || std::mismatch(top.begin(), top.end(), file.begin(), file.end()).first != top.end())
        return std::nullopt;
    return fs::is_regular_file(file, error) ? std::optional(file) : std::nullopt;
}

expr::HostResult<std::string> RunHost::readFile(const std::string &nameSpace, const std::string &path, int)
{
    if (const auto file = inNamespace(nameSpace, path))
        if (auto text = contentOf(*file))
            return std::move(*text);
    return expr::HostError{"Unable to find file '" + path + "' in namespace '" + nameSpace + "'", "FileNotFoundException"};
}

expr::HostResult<std::int64_t> RunHost::fileSize(const std::string &nameSpace, const std::string &path)
{
    std::error_code error;
    if (const auto file = inNamespace(nameSpace, path))
        return static_cast<std::int64_t>(fs::file_size(*file, error));
    return expr::HostError{"Unable to find file '" + path + "' in namespace '" + nameSpace + "'", "FileNotFoundException"};
}

expr::HostResult<bool> RunHost::fileExists(const std::string &nameSpace, const std::string &path)
{
    return inNamespace(nameSpace, path).has_value();
}

expr::HostResult<Value> RunHost::errorLogs()
{
    Value::List lines;
    LogFilter filter;
    filter.least = Level::Error;
    filter.limit = 25;
    const auto stored = m_services.store->logs(m_live->record->id, filter);
    const auto add = [&](const LogEntry &entry) {
        Object line;
        const std::lock_guard lock(m_live->mutex);
        if (entry.run != kNoRun && entry.run < m_live->plan.runs().size()) {
            line.set("taskId", m_live->plan.node(entry.run).id);
            line.set("taskRunId", taskRunId(m_live->record->id, entry.run));
            line.set("attemptNumber", entry.attempt);
        }
        line.set("timestamp", flow::instantValue(std::chrono::time_point_cast<std::chrono::nanoseconds>(entry.at)));
        line.set("level", "ERROR");
        line.set("message", entry.message);
        lines.push_back(Value(std::move(line)));
    };
    if (stored)
        for (const LogEntry &entry : *stored)
            add(entry);
    std::vector<LogEntry> pending;
    {
        const std::lock_guard lock(m_live->mutex);
        for (const LogEntry &entry : m_live->change.logs)
            if (entry.level == Level::Error)
                pending.push_back(entry);
    }
    for (const LogEntry &entry : pending)
        add(entry);
    return Value(std::move(lines));
}

} // namespace engine
