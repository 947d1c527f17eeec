#include "engine/tasks/sql/sql_tasks.h"

#include "engine/tasks/sql/query_run.h"
#include "engine/tasks/sql/sqlite_database.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/random_name.h"
#include "engine/tasks/support/task_files.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

#include <algorithm>

namespace tasks {

namespace {

/// Where the task's database is: what its `url` says, and a file of the storage put there first.
struct Place
{
    std::string file; ///< relative to the working directory; empty: in memory
    bool isOutput = false;
};

Place placeOf(engine::TaskContext &context)
{
    constexpr std::string_view kScheme = "jdbc:sqlite:";
    const std::string url = optionalText(context.property("url")).value_or(std::string(kScheme));
    if (!url.starts_with(kScheme))
        throw TaskFailure{fmt::format("The URL must begin with {}, not '{}'", kScheme, url)};
    std::string file = url.substr(kScheme.size());
    const bool inMemory = file.find("mode=memory") != std::string::npos;
    if (file.starts_with("file:"))
        file.erase(0, 5);
    file = file.substr(0, file.find('?'));
    if (inMemory || file == ":memory:")
        file.clear();

    Place place;
    const std::optional<std::string> stored = optionalText(context.property("sqliteFile"));
    place.isOutput = booleanOf(context.property("outputDbFile"), false);
    if (stored || place.isOutput)
        file = file.empty() ? randomName() + ".sqlite" : std::filesystem::path(file).filename().native();
    const WorkingFolder folder(context.workingDir());
    if (!file.empty())
        folder.resolve(file);
    if (stored)
        folder.copyIn(file, storedFile(context, *stored));
    place.file = std::move(file);
    return place;
}

/// Files named in `outputFiles`, made before the statements run: names to their places.
struct OutputFiles
{
    flow::Object paths;

    explicit OutputFiles(engine::TaskContext &context)
    {
        const WorkingFolder folder(context.workingDir());
        for (const std::string &name : textList(context, "outputFiles")) {
            if (name.starts_with("./") || name.starts_with("..") || name.starts_with('/'))
                throw TaskFailure{fmt::format("Invalid outputFile (only relative path is supported) for path '{}'", name)};
            const std::string file = name + '_' + randomName() + ".tmp";
            folder.write(file, "");
            paths.set(name, (folder.root() / file).native());
        }
    }
    flow::Object variables() const { return flow::Object{{"outputFiles", paths}}; }
    void store(engine::TaskContext &context, flow::Object &outputs) const
    {
        if (paths.empty())
            return;
        flow::Object uris;
        for (const auto &[name, path] : paths) {
            const std::filesystem::path file = path.text();
            uris.set(name, context.storage().put(file, file.filename().native(), true));
        }
        outputs.set("outputFiles", std::move(uris));
    }
};

void storeDatabase(engine::TaskContext &context, const Place &place, flow::Object &outputs)
{
    const std::filesystem::path file = context.workingDir() / place.file;
    if (place.isOutput && std::filesystem::exists(file))
        outputs.set("databaseUri", context.storage().put(file, place.file, false));
}

using Work = flow::Object (*)(engine::TaskContext &, SqlConnection &, const flow::Object &);

template <Work work>
engine::TaskResult runOnSqlite(engine::TaskContext &context)
{
    const Place place = placeOf(context);
    const OutputFiles files(context);
    flow::Object outputs;
    {
        SqliteDatabase database(context.workingDir(), place.file, textOf(context.property("timeZoneId")));
        database.stopWhen([&] { return context.cancelled(); });
        outputs = work(context, database, files.variables());
    }
    storeDatabase(context, place, outputs);
    files.store(context, outputs);
    return engine::TaskResult::success(std::move(outputs));
}

} // namespace

void addSqliteTasks(engine::TaskRunners &runners)
{
    runners["io.kestra.plugin.jdbc.sqlite.Query"] = runnerOf(runOnSqlite<runQuery>);
    runners["io.kestra.plugin.jdbc.sqlite.Queries"] = runnerOf(runOnSqlite<runQueries>);
}

} // namespace tasks
