#include "engine/store/local_storage.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <random>
#include <unistd.h>

namespace store {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view kScheme = "kestra://";
constexpr std::size_t kSpareDirectories = 128;

/// A relative path without `..`, or nothing.
std::optional<fs::path> inside(std::string_view path)
{
    while (path.starts_with('/'))
        path.remove_prefix(1);
    const fs::path relative(path);
    for (const fs::path &part : relative)
        if (part == "..")
            return std::nullopt;
    return relative.lexically_normal();
}

class OwnedStorage : public engine::InternalStorage
{
public:
    OwnedStorage(const LocalStorage &root, const engine::StorageRoot::Owner &owner) : m_root(root)
    {
        std::string space = owner.namespaceId;
        std::replace(space.begin(), space.end(), '.', '/');
        m_execution = fmt::format("/{}/{}/executions/{}", space, owner.flowId, owner.executionId);
        m_base = m_execution + (owner.taskId.empty() ? fmt::format("/inputs/{}", owner.inputName)
                                                     : fmt::format("/tasks/{}/{}", owner.taskId, owner.taskRunId));
        m_cache = fmt::format("/{}/{}/{}/cache", space, owner.flowId, owner.taskId);
    }

    std::string put(const fs::path &file, std::string_view name, bool move) override
    {
        const auto [uri, target] = place(name);
        if (move) {
            std::error_code failed;
            fs::rename(file, target, failed);
            if (!failed)
                return uri;
        }
        fs::copy_file(file, target, fs::copy_options::overwrite_existing);
        if (move)
            fs::remove(file);
        return uri;
    }

    std::string putText(std::string_view content, std::string_view name) override
    {
        const auto [uri, target] = place(name);
        std::ofstream out(target, std::ios::binary | std::ios::trunc);
        out.write(content.data(), static_cast<std::streamsize>(content.size()));
        out.close();
        if (!out)
            throw fs::filesystem_error("the file can't be written", target, std::error_code(errno, std::generic_category()));
        return uri;
    }

    std::optional<fs::path> resolve(std::string_view uri, std::string *whyNot) const override
    {
        const auto refuse = [&](std::string why) {
            if (whyNot)
                *whyNot = std::move(why);
            return std::nullopt;
        };
        if (!uri.starts_with(kScheme))
            return refuse(fmt::format("Cannot process the URI {}: scheme not supported.", uri));
        const std::optional<fs::path> file = m_root.locate(uri);
        if (!file)
            return refuse(fmt::format("{}{} (No such file or directory)", m_root.folder().native(), uri.substr(kScheme.size())));
        std::error_code failed;
        if (!fs::is_regular_file(*file, failed))
            return refuse(fmt::format("{} (No such file or directory)", file->native()));
        return file;
    }

    bool remove(std::string_view uri) override
    {
        const std::optional<fs::path> file = m_root.locate(uri);
        std::error_code failed;
        return file && fs::remove(*file, failed);
    }

    std::vector<std::string> removeAll() override
    {
        const fs::path top = m_root.folder() / m_execution.substr(1);
        std::error_code failed;
        if (!fs::exists(top, failed))
            return {};
        std::vector<std::string> gone;
        removeBelow(top, gone);
        return gone;
    }

    std::optional<fs::path> cache(std::string_view key) const override
    {
        const fs::path file = cacheFile(key);
        std::error_code failed;
        return fs::is_regular_file(file, failed) ? std::optional(file) : std::nullopt;
    }

    std::string keepCache(const fs::path &file, std::string_view key) override
    {
        const fs::path target = cacheFile(key);
        fs::create_directories(target.parent_path());
        // Another execution may read the old one just now: the new one takes its place in one step.
        const fs::path beside = target.parent_path() / file.filename();
        fs::copy_file(file, beside, fs::copy_options::overwrite_existing);
        fs::rename(beside, target);
        fs::remove(file);
        return address(target);
    }

    void dropCache(std::string_view key) override
    {
        std::error_code failed;
        fs::remove(cacheFile(key), failed);
    }

private:
    fs::path cacheFile(std::string_view key) const
    {
        const fs::path folder = m_root.folder() / m_cache.substr(1);
        return (key.empty() ? folder : folder / key) / "cache.zip";
    }

    void removeBelow(const fs::path &folder, std::vector<std::string> &gone)
    {
        std::error_code failed;
        std::vector<fs::path> entries;
        for (const fs::directory_entry &entry : fs::directory_iterator(folder, failed))
            entries.push_back(entry.path());
        std::sort(entries.begin(), entries.end());
        for (const fs::path &entry : entries) {
            if (fs::is_directory(fs::symlink_status(entry, failed))) {
                removeBelow(entry, gone);
                continue;
            }
            fs::remove(entry, failed);
            gone.push_back(address(entry));
        }
        fs::remove(folder, failed);
        gone.push_back(address(folder));
    }

    std::string address(const fs::path &file) const
    {
        return std::string(kScheme) + "/" + file.lexically_relative(m_root.folder()).string();
    }

    std::pair<std::string, fs::path> place(std::string_view name) const
    {
        const std::optional<fs::path> relative = inside(name);
        if (!relative || relative->empty())
            throw std::runtime_error(fmt::format("'{}' is no name for a file", name));
        const std::string path = m_base + "/" + relative->string();
        const fs::path target = m_root.folder() / path.substr(1);
        fs::create_directories(target.parent_path());
        return {std::string(kScheme) + path, target};
    }

    const LocalStorage &m_root;
    std::string m_execution;
    std::string m_cache;
    std::string m_base;
};

using Purged = engine::ExecutionServices::PurgedStorage;

/// A time span of last changes, and what lies in it.
struct AgePurge
{
    std::optional<engine::Time> from;
    std::optional<engine::Time> to;
    bool dryRun = true;
    Purged purged;

    void executionsBelow(const fs::path &folder)
    {
        std::error_code failed;
        for (const fs::directory_entry &entry : fs::directory_iterator(folder, failed)) {
            if (!entry.is_directory(failed) || entry.is_symlink(failed))
                continue;
            ++purged.scanned;
            if (filesBelow(entry.path()))
                ++purged.purged;
        }
    }

    /// A folder with `executions` in it is a flow's, another one a part of a namespace.
    void flowsBelow(const fs::path &folder)
    {
        std::error_code failed;
        for (const fs::directory_entry &entry : fs::directory_iterator(folder, failed)) {
            const std::string name = entry.path().filename().string();
            if (!entry.is_directory(failed) || entry.is_symlink(failed) || name.starts_with('_'))
                continue;
            const fs::path executions = entry.path() / "executions";
            if (name == "executions" || !fs::is_directory(executions, failed) || fs::is_empty(executions, failed))
                flowsBelow(entry.path());
            else
                executionsBelow(executions);
        }
    }

private:
    bool filesBelow(const fs::path &folder)
    {
        std::vector<fs::path> matched;
        std::error_code failed;
        for (const fs::directory_entry &entry : fs::recursive_directory_iterator(folder, failed)) {
            if (!entry.is_regular_file(failed))
                continue;
            const auto at = std::chrono::file_clock::to_sys(entry.last_write_time(failed));
            if ((!from || at >= *from) && (!to || at <= *to))
                matched.push_back(entry.path());
        }
        for (const fs::path &file : matched)
            if (!dryRun && fs::remove(file, failed))
                ++purged.files;
        return !matched.empty();
    }
};

} // namespace

LocalStorage::LocalStorage(fs::path folder, fs::path scratch) : m_folder(std::move(folder)), m_scratch(std::move(scratch)) {}

std::unique_ptr<engine::InternalStorage> LocalStorage::open(const Owner &owner)
{
    return std::make_unique<OwnedStorage>(*this, owner);
}

Purged LocalStorage::purge(const std::string &namespaceId, const std::string &flowId, std::optional<engine::Time> from,
                           std::optional<engine::Time> to, bool dryRun)
{
    std::string space = namespaceId;
    std::replace(space.begin(), space.end(), '.', '/');
    const std::optional<fs::path> below = inside(space);
    AgePurge purge{from, to, dryRun, {}};
    if (!below || below->empty() != space.empty())
        return {};
    const fs::path top = space.empty() ? m_folder : m_folder / *below;
    if (!flowId.empty())
        purge.executionsBelow(top / flowId / "executions");
    else
        purge.flowsBelow(top);
    return purge.purged;
}

std::optional<fs::path> LocalStorage::locate(std::string_view uri) const
{
    if (!uri.starts_with(kScheme))
        return std::nullopt;
    const std::optional<fs::path> relative = inside(uri.substr(kScheme.size()));
    if (!relative || relative->string().find("executions/") == std::string::npos)
        return std::nullopt;
    // A link below the folder must not lead out of it.
    std::error_code failed;
    const fs::path file = fs::weakly_canonical(m_folder / *relative, failed);
    const fs::path top = fs::weakly_canonical(m_folder, failed);
    if (std::mismatch(top.begin(), top.end(), file.begin(), file.end()).first != top.end())
        return std::nullopt;
    return m_folder / *relative;
}

LocalStorage::~LocalStorage()
{
    std::error_code failed;
    for (const fs::path &directory : m_spare)
        fs::remove(directory, failed);
}

fs::path LocalStorage::freshName() const
{
    static std::atomic<std::uint64_t> counter{0};
    static const std::uint64_t start = std::random_device{}();
    return m_scratch / fmt::format("{:x}-{:08x}-{}", getpid(), start, counter.fetch_add(1));
}

bool LocalStorage::placeSpare(const fs::path &directory)
{
    fs::path spare;
    {
        const std::lock_guard lock(m_spareMutex);
        if (m_spare.empty())
            return false;
        spare = std::move(m_spare.back());
        m_spare.pop_back();
    }
    std::error_code failed;
    fs::rename(spare, directory, failed);
    return !failed;
}

/// Takes an empty directory that is as it was made.
bool LocalStorage::keepSpare(const fs::path &directory)
{
    std::error_code failed;
    if (fs::symlink_status(directory, failed).permissions() != fs::status(m_scratch, failed).permissions() || failed)
        return false;
    const std::lock_guard lock(m_spareMutex);
    if (m_spare.size() >= kSpareDirectories)
        return false;
    const fs::path kept = freshName();
    fs::rename(directory, kept, failed);
    if (failed)
        return false;
    m_spare.push_back(kept);
    return true;
}

fs::path LocalStorage::makeWorkingDir()
{
    fs::create_directories(m_scratch);
    for (;;) {
        const fs::path directory = freshName();
        if (placeSpare(directory) || fs::create_directory(directory))
            return directory;
    }
}

void LocalStorage::makeDirectory(const fs::path &directory)
{
    if (!placeSpare(directory))
        fs::create_directory(directory);
}

void LocalStorage::leave(const fs::path &directory)
{
    const std::lock_guard lock(m_spareMutex);
    m_left.insert(directory);
}

void LocalStorage::discard(const fs::path &directory)
{
    bool left = false;
    {
        const std::lock_guard lock(m_spareMutex);
        left = m_left.erase(directory) > 0;
    }
    std::error_code failed;
    if (left) {
        fs::remove_all(directory, failed);
        return;
    }
    for (fs::directory_iterator entry(directory, failed); !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
        std::error_code full;
        if (!(entry->symlink_status(full).type() == fs::file_type::directory && fs::is_empty(entry->path(), full) && keepSpare(entry->path())))
            fs::remove_all(entry->path(), failed);
    }
    if (failed || !keepSpare(directory))
        fs::remove_all(directory, failed);
}

} // namespace store
