#include "engine/tasks/storage/working_directory.h"

#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/random_name.h"
#include "engine/tasks/support/task_files.h"
#include "engine/tasks/support/values.h"
#include "engine/tasks/support/zip_file.h"

#include <fmt/format.h>

#include <sys/stat.h>

namespace tasks {

namespace {

/// Which cache belongs to this run: one a task, in loops one a value.
std::string cacheKey(engine::TaskContext &context)
{
    const flow::Value taskrun = context.variable("taskrun");
    const flow::Value *value = taskrun.find("value");
    if (!value || value->isNull())
        return {};
    std::uint64_t hash = 14695981039346656037ULL; // FNV-1a
    for (const char c : textOf(*value))
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return fmt::format("{:016x}", hash);
}

void restoreCache(engine::TaskContext &context, const flow::Value &cache)
{
    const std::string key = cacheKey(context);
    const auto file = context.storage().cache(key);
    if (!file) {
        context.log(engine::Level::Debug, "No cache existed");
        return;
    }
    if (const flow::Value *ttl = cache.find("ttl")) {
        struct stat status{};
        const auto lifetime = durationOf(context.render(*ttl, true));
        if (lifetime && stat(file->c_str(), &status) == 0) {
            const auto written = std::chrono::system_clock::from_time_t(status.st_mtim.tv_sec);
            if (written + *lifetime < context.now()) {
                context.log(engine::Level::Debug, "The cache has expired and is dropped");
                context.storage().dropCache(key);
                return;
            }
        }
    }
    extractZip(*file, WorkingFolder(context.workingDir()));
    context.log(engine::Level::Debug, "Restored the cache");
}

void saveCache(engine::TaskContext &context, const flow::Value &cache)
{
    std::vector<std::string> patterns;
    if (const flow::Value *written = cache.find("patterns")) {
        const flow::Value rendered = context.render(*written);
        for (const flow::Value &pattern : rendered.list())
            patterns.push_back(textOf(pattern));
    }
    const WorkingFolder folder(context.workingDir());
    const std::vector<std::string> names = folder.filesMatching(Globs(patterns, folder.root().native() + '/'));
    if (names.empty())
        return;
    context.log(engine::Level::Debug, "Cache files changed, we update the cache");
    const std::filesystem::path zip = folder.root() / (randomName() + ".zip");
    writeZip(zip, folder, names);
    context.log(engine::Level::Debug, "Caching in " + context.storage().keepCache(zip, cacheKey(context)));
}

template <typename Work>
engine::TaskResult guarded(Work work)
{
    try {
        return work();
    } catch (TaskFailure &failure) {
        return engine::TaskResult::failed(std::move(failure.message));
    } catch (const std::exception &error) {
        return engine::TaskResult::failed(error.what());
    }
}

} // namespace

engine::TaskResult WorkingDirectoryFiles::prepare(engine::TaskContext &context)
{
    return guarded([&] {
        const flow::Value &properties = context.properties();
        if (const flow::Value *cache = properties.find("cache"); cache && cache->isMap())
            restoreCache(context, *cache);
        if (const flow::Value *files = properties.find("namespaceFiles"))
            placeNamespaceFiles(context, *files);
        if (const flow::Value *files = properties.find("inputFiles"); files && !files->isNull())
            placeInputFiles(context, renderedInputFiles(context, *files, {}));
        return engine::TaskResult::success();
    });
}

engine::TaskResult WorkingDirectoryFiles::collect(engine::TaskContext &context)
{
    return guarded([&] {
        const flow::Value &properties = context.properties();
        flow::Object outputs;
        if (const flow::Value *files = properties.find("outputFiles"); files && !files->isNull())
            outputs.set("outputFiles", takeOutputFiles(context, textList(context, "outputFiles")));
        if (const flow::Value *cache = properties.find("cache"); cache && cache->isMap())
            saveCache(context, *cache);
        return outputs.empty() ? engine::TaskResult::success() : engine::TaskResult::success(std::move(outputs));
    });
}

} // namespace tasks
