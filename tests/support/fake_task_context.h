#pragma once

#include "engine/run/task_runner.h"
#include "support/temporary_folder.h"

#include <fmt/format.h>

#include <atomic>
#include <mutex>
#include <stdexcept>
#include <sys/eventfd.h>
#include <unistd.h>

namespace testing {

/// Internal storage in a temporary folder: the addresses are `kestra:///<n>-name`.
class FakeStorage : public engine::InternalStorage
{
public:
    std::string put(const std::filesystem::path &file, std::string_view name, bool move) override
    {
        const auto [uri, target] = next(name);
        std::filesystem::copy_file(file, target);
        if (move)
            std::filesystem::remove(file);
        return uri;
    }
    std::string putText(std::string_view content, std::string_view name) override
    {
        const auto [uri, target] = next(name);
        writeFile(target, content);
        return uri;
    }
    std::optional<std::filesystem::path> resolve(std::string_view uri, std::string *whyNot) const override
    {
        const std::filesystem::path file = fileOf(uri);
        if (std::filesystem::is_regular_file(file))
            return file;
        if (whyNot)
            *whyNot = fmt::format("Unable to find file '{}'", uri);
        return std::nullopt;
    }
    bool remove(std::string_view uri) override { return std::filesystem::remove(fileOf(uri)); }
    std::optional<std::filesystem::path> cache(std::string_view key) const override
    {
        const std::filesystem::path file = m_folder.path() / fmt::format("cache{}.zip", key);
        return std::filesystem::exists(file) ? std::optional(file) : std::nullopt;
    }
    std::string keepCache(const std::filesystem::path &file, std::string_view key) override
    {
        std::filesystem::rename(file, m_folder.path() / fmt::format("cache{}.zip", key));
        return "kestra:///cache.zip";
    }

    std::string text(const flow::Value &uri) const { return readFile(fileOf(uri.text())); }

private:
    std::pair<std::string, std::filesystem::path> next(std::string_view name)
    {
        const std::string file = fmt::format("{}-{}", ++m_count, name);
        std::filesystem::create_directories((m_folder.path() / file).parent_path());
        return {"kestra:///" + file, m_folder.path() / file};
    }
    std::filesystem::path fileOf(std::string_view uri) const
    {
        constexpr std::string_view kScheme = "kestra:///";
        return uri.starts_with(kScheme) ? m_folder.path() / uri.substr(kScheme.size()) : "/nonexistent";
    }

    TemporaryFolder m_folder;
    int m_count = 0;
};

/// Keys, values and files of namespaces in memory and in a temporary folder.
class FakeNamespaces : public engine::NamespaceStore
{
public:
    std::vector<std::string> known = {"acme.team"};
    std::map<std::pair<std::string, std::string>, KvEntry> entries;

    std::optional<KvEntry> kvGet(std::string_view nameSpace, std::string_view key) const override
    {
        const auto found = entries.find({std::string(nameSpace), std::string(key)});
        return found == entries.end() ? std::nullopt : std::optional(found->second);
    }
    void kvSet(std::string_view nameSpace, std::string_view key, KvEntry entry) override
    {
        entries[{std::string(nameSpace), std::string(key)}] = std::move(entry);
    }
    bool kvDelete(std::string_view nameSpace, std::string_view key) override
    {
        return entries.erase({std::string(nameSpace), std::string(key)}) > 0;
    }
    std::vector<std::string> kvKeys(std::string_view nameSpace) const override
    {
        std::vector<std::string> keys;
        for (const auto &[place, entry] : entries) {
            if (place.first == nameSpace)
                keys.push_back(place.second);
        }
        return keys;
    }
    std::filesystem::path files(std::string_view nameSpace) const override
    {
        std::filesystem::path folder = m_folder.path() / nameSpace;
        std::filesystem::create_directories(folder);
        return folder;
    }
    std::vector<std::string> namespaceNames() const override { return known; }
    bool namespaceExists(std::string_view nameSpace) const override
    {
        return std::find(known.begin(), known.end(), nameSpace) != known.end();
    }

private:
    TemporaryFolder m_folder;
};

/// One attempt of one task outside any engine. Templates are `{{ name.name }}` over `variables`; the clock
/// stands still, and a wait turns it forward to its end at once. What the task says is recorded.
class FakeTaskContext : public engine::TaskContext
{
public:
    /// `properties` is JSON text.
    explicit FakeTaskContext(std::string_view properties, std::string type = "test.Task") : m_type(std::move(type))
    {
        flow::JsonParse parsed = flow::parseJson(properties);
        if (!parsed.ok)
            throw std::runtime_error("test properties are no JSON: " + parsed.error);
        m_properties = parsed.value;
        m_cancelFd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    }
    ~FakeTaskContext() override
    {
        const std::lock_guard lock(m_mutex); // who cancels may not be done with the descriptor
        close(m_cancelFd);
    }

    flow::Object variables;                       ///< root variables of templates
    std::vector<std::string> logs;                ///< `LEVEL text`
    std::vector<std::string> metrics;             ///< `type name value {tag=value}`
    std::vector<std::chrono::nanoseconds> waits;  ///< lengths asked of waitUntil, rounded to milliseconds
    std::chrono::system_clock::time_point time{std::chrono::seconds(1'700'000'000)};
    FakeStorage files;
    FakeNamespaces space;

    /// From any thread.
    void cancel()
    {
        const std::lock_guard lock(m_mutex);
        m_cancelled = true;
        const std::uint64_t one = 1;
        [[maybe_unused]] const auto written = write(m_cancelFd, &one, sizeof one);
    }

    const flow::Value &properties() const override { return m_properties; }
    flow::Value property(std::string_view name) override
    {
        const flow::Value *found = m_properties.find(name);
        return found ? render(*found, true) : flow::Value();
    }
    std::string renderText(std::string_view text) override { return renderIn(text, variables); }
    flow::Value render(const flow::Value &value, bool typed) override
    {
        return renderWith(value, {}, typed);
    }
    flow::Value renderWith(const flow::Value &value, const flow::Object &extra, bool typed) override
    {
        flow::Object scope = variables;
        for (const auto &[name, content] : extra)
            scope.set(name, content);
        if (value.isText()) {
            const std::string &text = value.text();
            if (typed && text.starts_with("{{") && text.find("}}") == text.size() - 2)
                return look(trimmed(text.substr(2, text.size() - 4)), scope, text);
            return renderIn(text, scope);
        }
        if (value.isList()) {
            flow::Value::List items;
            for (const flow::Value &item : value.list())
                items.push_back(renderWith(item, extra, typed));
            return items;
        }
        if (value.isMap()) {
            flow::Object members;
            for (const auto &[key, member] : value.map())
                members.set(renderIn(key, scope), renderWith(member, extra, typed));
            return members;
        }
        return value;
    }
    flow::Value variable(std::string_view name) const override
    {
        const flow::Value *found = variables.find(name);
        return found ? *found : flow::Value();
    }

    std::string taskType() const override { return m_type; }
    std::string flowNamespace() const override { return "acme.team"; }
    std::string flowId() const override { return "demo"; }
    std::string executionId() const override { return "e1"; }
    std::string taskId() const override { return "t"; }
    std::string taskRunId() const override { return "r1"; }

    void log(engine::Level level, std::string_view text) override
    {
        static constexpr const char *kNames[] = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR"};
        const std::lock_guard lock(m_mutex);
        logs.push_back(fmt::format("{} {}", kNames[static_cast<int>(level)], text));
    }
    void metric(engine::Metric metric) override
    {
        const std::lock_guard lock(m_mutex);
        std::string line = fmt::format("{} {} {}", metric.type, metric.name, metric.value);
        for (const auto &[tag, value] : metric.tags)
            line += fmt::format(" {}={}", tag, value);
        metrics.push_back(std::move(line));
    }

    const std::filesystem::path &workingDir() override
    {
        if (!m_folder)
            m_folder.emplace();
        return m_folder->path();
    }
    bool leftWorkingDir() const { return m_left; }
    void leaveWorkingDir() override { m_left = true; }
    engine::InternalStorage &storage() override { return files; }
    engine::NamespaceStore &namespaces() override { return space; }

    std::chrono::system_clock::time_point now() const override { return time; }
    bool cancelled() const override { return m_cancelled; }
    bool waitUntil(std::chrono::steady_clock::time_point until) override
    {
        const auto length = until - std::chrono::steady_clock::now();
        waits.push_back(std::chrono::round<std::chrono::milliseconds>(length));
        if (m_cancelled)
            return false;
        time += std::chrono::duration_cast<std::chrono::system_clock::duration>(length);
        return true;
    }
    int cancelFd() const override { return m_cancelFd; }

    /// From any thread.
    std::size_t logCount()
    {
        const std::lock_guard lock(m_mutex);
        return logs.size();
    }
    /// The logs of one level, without its name.
    std::vector<std::string> logsOf(std::string_view level) const
    {
        std::vector<std::string> found;
        for (const std::string &line : logs) {
            if (line.starts_with(level))
                found.push_back(line.substr(level.size() + 1));
        }
        return found;
    }

private:
    static std::string trimmed(std::string_view text)
    {
        const auto begin = text.find_first_not_of(' ');
        const auto end = text.find_last_not_of(' ');
        return begin == std::string_view::npos ? "" : std::string(text.substr(begin, end - begin + 1));
    }
    static flow::Value look(const std::string &path, const flow::Object &scope, std::string_view whole)
    {
        const flow::Value *at = nullptr;
        std::string_view rest = path;
        bool first = true;
        while (!rest.empty()) {
            const std::string_view name = rest.substr(0, rest.find('.'));
            rest.remove_prefix(std::min(rest.size(), name.size() + 1));
            at = first ? scope.find(name) : at->find(name);
            first = false;
            if (!at)
                throw engine::RenderError{
                    fmt::format("Unable to find `{}` used in the expression `{}` at line 1", name, whole)};
        }
        return at ? *at : flow::Value();
    }
    static std::string renderIn(std::string_view text, const flow::Object &scope)
    {
        std::string out;
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t open = text.find("{{", at);
            const std::size_t close = open == std::string_view::npos ? open : text.find("}}", open);
            if (close == std::string_view::npos)
                return out.append(text.substr(at));
            out.append(text.substr(at, open - at));
            const flow::Value value = look(trimmed(text.substr(open + 2, close - open - 2)), scope, text);
            out += value.isText() ? value.text() : value.isNull() ? std::string() : flow::toJson(value);
            at = close + 2;
        }
        return out;
    }

    std::string m_type;
    flow::Value m_properties;
    std::optional<TemporaryFolder> m_folder;
    bool m_left = false;
    std::mutex m_mutex;
    std::atomic<bool> m_cancelled = false;
    int m_cancelFd = -1;
};

/// Runs one attempt of `type` from `runners` as the engine would; a template that cannot render is a failure.
inline engine::TaskResult runTask(const engine::TaskRunners &runners, std::string_view type, FakeTaskContext &context)
{
    const auto runner = runners.find(type);
    if (runner == runners.end())
        throw std::runtime_error(fmt::format("no runner for {}", type));
    try {
        return runner->second->run(context);
    } catch (const engine::RenderError &error) {
        return engine::TaskResult::failed(error.message);
    }
}

} // namespace testing
