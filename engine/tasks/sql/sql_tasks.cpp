#include "engine/tasks/sql/sql_tasks.h"

#include "engine/tasks/sql/row_collector.h"
#include "engine/tasks/sql/sql_text.h"
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

std::string renderedSql(engine::TaskContext &context, std::string_view property, const flow::Object &variables)
{
    const flow::Value *sql = context.properties().find(property);
    return sql ? textOf(context.renderWith(*sql, variables)) : std::string();
}

void storeDatabase(engine::TaskContext &context, const Place &place, flow::Object &outputs)
{
    const std::filesystem::path file = context.workingDir() / place.file;
    if (place.isOutput && std::filesystem::exists(file))
        outputs.set("databaseUri", context.storage().put(file, place.file, false));
}

engine::TaskResult runQuery(engine::TaskContext &context)
{
    const Place place = placeOf(context);
    const OutputFiles files(context);
    const FetchType type = fetchTypeOf(context);
    const std::vector<std::string> statements = splitStatements(renderedSql(context, "sql", files.variables()));
    const std::vector<std::string> after = splitStatements(renderedSql(context, "afterSQL", files.variables()));
    if (statements.size() > 1)
        throw TaskFailure{"Query task support only a single SQL statement. Use the Queries task to run multiple "
                          "statements."};
    if (after.size() > 1)
        throw TaskFailure{"Query task afterSQL supports only a single SQL statement. Use the Queries task to run "
                          "multiple statements."};
    const flow::Value parameters = context.property("parameters");

    flow::Object outputs;
    {
        SqliteDatabase database(context.workingDir(), place.file, textOf(context.property("timeZoneId")));
        database.stopWhen([&] { return context.cancelled(); });
        if (!after.empty())
            database.execute("BEGIN", {}, {});
        RowCollector rows(context, type);
        bool hasRows = false;
        if (!statements.empty()) {
            context.log(engine::Level::Debug, "Starting query: " + statements.front());
            hasRows = database.execute(statements.front(), parameters, [&](flow::Object row) {
                if (type != FetchType::None)
                    rows.add(std::move(row));
                return rows.wantsMore();
            });
        }
        if (!after.empty()) {
            context.log(engine::Level::Debug, "Executing afterSQL: " + after.front());
            database.execute(after.front(), parameters, [](flow::Object) { return false; });
            database.execute("COMMIT", {}, {});
        }
        recordFetchSize(context, type, rows.size());
        if (hasRows)
            outputs = rows.finish();
    }
    storeDatabase(context, place, outputs);
    files.store(context, outputs);
    return engine::TaskResult::success(std::move(outputs));
}

engine::TaskResult runQueries(engine::TaskContext &context)
{
    const Place place = placeOf(context);
    const OutputFiles files(context);
    const FetchType type = fetchTypeOf(context);
    const bool transaction = booleanOf(context.property("transaction"), true);
    const flow::Value parameters = context.property("parameters");

    flow::Value::List results;
    std::size_t total = 0;
    {
        SqliteDatabase database(context.workingDir(), place.file, textOf(context.property("timeZoneId")));
        database.stopWhen([&] { return context.cancelled(); });
        if (transaction)
            database.execute("BEGIN", {}, {});
        for (const std::string &statement : splitStatements(renderedSql(context, "sql", files.variables()))) {
            context.log(engine::Level::Debug, "Starting query: " + statement);
            RowCollector rows(context, type);
            const bool hasRows = database.execute(statement, parameters, [&](flow::Object row) {
                if (type != FetchType::None)
                    rows.add(std::move(row));
                return rows.wantsMore();
            });
            if (!hasRows)
                continue;
            if (type == FetchType::None)
                context.log(engine::Level::Info, "fetchType is set to NONE, no output will be returned");
            total += rows.size();
            results.push_back(rows.finish());
        }
        if (transaction)
            database.execute("COMMIT", {}, {});
    }
    recordFetchSize(context, type, total);
    flow::Object outputs{{"outputs", std::move(results)}};
    storeDatabase(context, place, outputs);
    files.store(context, outputs);
    return engine::TaskResult::success(std::move(outputs));
}

} // namespace

void addSqlTasks(engine::TaskRunners &runners)
{
    runners["io.kestra.plugin.jdbc.sqlite.Query"] = runnerOf(runQuery);
    runners["io.kestra.plugin.jdbc.sqlite.Queries"] = runnerOf(runQueries);
}

} // namespace tasks
