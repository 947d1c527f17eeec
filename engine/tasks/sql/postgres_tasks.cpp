#include "engine/tasks/sql/sql_tasks.h"

#include "engine/expr/ion.h"
#include "engine/tasks/sql/postgres_connection.h"
#include "engine/tasks/sql/postgres_session.h"
#include "engine/tasks/sql/query_run.h"
#include "engine/tasks/sql/sql_text.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/properties.h"
#include "engine/tasks/support/task_files.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <fstream>
#include <sstream>

namespace tasks {

namespace {

using Work = flow::Object (*)(engine::TaskContext &, SqlConnection &, const flow::Object &);

template <Work work>
engine::TaskResult runOnPostgres(engine::TaskContext &context)
{
    const auto connection = openPostgres(context);
    return engine::TaskResult::success(work(context, *connection, {}));
}

/// The columns of a table in their order.
std::vector<std::string> columnsOf(PostgresConnection &connection, const std::string &table)
{
    std::vector<std::string> columns;
    connection.execute("SELECT a.attname AS name FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class c ON c.oid = a.attrelid "
                       "WHERE c.relname = :table AND a.attnum > 0 AND NOT a.attisdropped ORDER BY c.oid, a.attnum",
                       flow::Object{{"table", table}}, [&](flow::Object row) {
                           columns.push_back(row.find("name")->text());
                           return true;
                       });
    return columns;
}

/// What Batch runs, and which columns of a row its places get.
struct BatchPlan
{
    std::string sql;
    std::vector<std::string> columns; ///< empty: all members of a row in their order
};

BatchPlan batchPlan(engine::TaskContext &context, PostgresConnection &connection)
{
    BatchPlan plan{textOf(context.property("sql")), textList(context, "columns")};
    const std::optional<std::string> table = optionalText(context.property("table"));
    if (table && !plan.sql.empty())
        context.log(engine::Level::Info, fmt::format("table '{}' is ignored when sql is provided", *table));
    if (!plan.sql.empty())
        return plan;
    if (!table)
        throw TaskFailure{"Batch needs `sql` or `table`"};
    if (plan.columns.empty()) {
        plan.columns = columnsOf(connection, *table);
        context.log(engine::Level::Debug, fmt::format("fetched {} column(s) from {}", plan.columns.size(), *table));
    }
    if (plan.columns.empty())
        throw TaskFailure{fmt::format("There is no table {}", *table)};
    plan.sql = fmt::format("INSERT INTO {} ({}) VALUES ({})", *table, fmt::join(plan.columns, ", "),
                           fmt::join(std::vector<std::string>(plan.columns.size(), "?"), ", "));
    return plan;
}

PostgresConnection::Row placed(const flow::Value &item, const BatchPlan &plan, const std::vector<PostgresType> &types)
{
    PostgresConnection::Row row;
    const auto add = [&](const flow::Value &value) {
        if (row.size() == types.size())
            throw TaskFailure{fmt::format("The column index is out of range: {}, number of columns: {}.", row.size() + 1, types.size())};
        row.push_back(postgresPlaced(types[row.size()], value, static_cast<int>(row.size() + 1)));
    };
    if (!plan.columns.empty() && item.isMap()) {
        for (const std::string &column : plan.columns) {
            const flow::Value *value = item.find(column);
            add(value ? *value : flow::Value());
        }
    } else if (item.isMap()) {
        for (const auto &[name, value] : item.map())
            add(value);
    } else {
        for (const flow::Value &value : item.list())
            add(value);
    }
    row.resize(types.size());
    return row;
}

engine::TaskResult runBatch(engine::TaskContext &context)
{
    const std::filesystem::path file = storedFile(context, requiredText(context, "from"));
    const auto connection = openPostgres(context);
    const BatchPlan plan = batchPlan(context, *connection);
    const std::int64_t chunk = std::max<std::int64_t>(integerOf(context.property("chunk"), 1000), 1);
    context.log(engine::Level::Debug, "Starting prepared statement: " + plan.sql);
    const std::vector<PostgresType> types = connection->prepare(placeQuestionMarks(plan.sql).text);

    std::ifstream stream(file, std::ios::binary);
    std::int64_t rowCount = 0, queries = 0, updated = 0;
    std::vector<PostgresConnection::Row> rows;
    const auto send = [&] {
        connection->execute("BEGIN", {}, {});
        updated += connection->executeMany(rows);
        connection->execute("COMMIT", {}, {});
        rowCount += static_cast<std::int64_t>(rows.size());
        ++queries;
        rows.clear();
    };
    std::string line;
    for (std::size_t number = 1; std::getline(stream, line); ++number) {
        const expr::IonParse parsed = expr::parseIon(line);
        if (!parsed.ok)
            throw TaskFailure{fmt::format("Row {} of the file can't be read: {}", number, parsed.error)};
        if (parsed.empty)
            continue;
        rows.push_back(placed(parsed.value, plan, types));
        if (rows.size() >= static_cast<std::size_t>(chunk))
            send();
    }
    if (!rows.empty())
        send();

    context.metric({"records", "counter", static_cast<double>(rowCount), {}});
    context.metric({"updated", "counter", static_cast<double>(updated), {}});
    context.log(engine::Level::Info, fmt::format("Successfully executed {} bulk queries and updated {} rows", queries, updated));
    return engine::TaskResult::success(flow::Object{{"rowCount", rowCount}, {"updatedCount", static_cast<std::int32_t>(updated)}});
}

/// The COPY statement of the task's properties; `query` (may be empty) replaces its table.
std::string copyStatement(engine::TaskContext &context, const std::string &query, std::string_view direction)
{
    std::string sql = "COPY ";
    if (query.empty()) {
        sql += textOf(context.property("table"));
        if (const std::vector<std::string> columns = textList(context, "columns"); !columns.empty())
            sql += fmt::format(" ({})", fmt::join(columns, ", "));
    } else {
        sql += '(' + query + ')';
    }
    std::vector<std::string> options;
    if (const std::string format = wordProperty(context, "format", {"TEXT", "CSV", "BINARY"}, "TEXT"); format != "TEXT")
        options.push_back("FORMAT " + format);
    for (const auto &[property, name] : {std::pair("oids", "OIDS"), std::pair("freeze", "FREEZE")}) {
        if (booleanOf(context.property(property), false))
            options.emplace_back(name);
    }
    const auto quoted = [&](std::string_view property, std::string_view name) {
        const std::optional<std::string> text = optionalText(context.property(property));
        if (!text)
            return;
        std::string escaped;
        for (const char c : *text)
            escaped.append(c == '\'' ? 2 : 1, c);
        options.push_back(fmt::format("{} '{}'", name, escaped));
    };
    quoted("delimiter", "DELIMITER");
    quoted("nullString", "NULL");
    if (const flow::Value header = context.property("header"); !header.isNull())
        options.push_back(booleanOf(header, false) ? "HEADER TRUE" : "HEADER FALSE");
    quoted("quote", "QUOTE");
    quoted("escape", "ESCAPE");
    for (const auto &[property, name] : {std::pair("forceQuote", "FORCE_QUOTE"), std::pair("forceNotNull", "FORCE_NOT_NULL"),
                                         std::pair("forceNull", "FORCE_NULL")}) {
        const std::vector<std::string> columns = textList(context, property);
        if (columns == std::vector<std::string>{"*"} && std::string_view(property) == "forceQuote")
            options.push_back(fmt::format("{} *", name));
        else if (!columns.empty())
            options.push_back(fmt::format("{} ({})", name, fmt::join(columns, ", ")));
    }
    quoted("encoding", "ENCODING");
    sql += fmt::format(" {}", direction);
    if (!options.empty())
        sql += fmt::format(" WITH ({})", fmt::join(options, ", "));
    context.log(engine::Level::Debug, "Starting query: " + sql);
    return sql;
}

engine::TaskResult runCopyIn(engine::TaskContext &context)
{
    std::ifstream stream(storedFile(context, requiredText(context, "from")), std::ios::binary);
    const auto connection = openPostgres(context);
    const std::string sql = copyStatement(context, {}, "FROM STDIN");
    std::vector<char> buffer(std::size_t{64} * 1024);
    const std::int64_t rows = connection->copyIn(sql, [&]() -> std::string_view {
        stream.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
        return {buffer.data(), static_cast<std::size_t>(stream.gcount())};
    });
    context.metric({"rows", "counter", static_cast<double>(rows), {}});
    return engine::TaskResult::success(flow::Object{{"rowCount", rows}});
}

engine::TaskResult runCopyOut(engine::TaskContext &context)
{
    const auto connection = openPostgres(context);
    const std::string sql = copyStatement(context, textOf(context.property("sql")), "TO STDOUT");
    const std::filesystem::path file = context.workingDir() / "copy-out";
    std::ofstream stream(file, std::ios::binary);
    const std::int64_t rows = connection->copyOut(sql, [&](std::string_view bytes) {
        stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    });
    stream.close();
    if (!stream)
        throw TaskFailure{fmt::format("The rows could not be written to {}", file.native())};
    context.metric({"rows", "counter", static_cast<double>(rows), {}});
    return engine::TaskResult::success(flow::Object{{"uri", context.storage().put(file, "copy-out", true)}, {"rowCount", rows}});
}

} // namespace

void addPostgresTasks(engine::TaskRunners &runners)
{
    runners["io.kestra.plugin.jdbc.postgresql.Query"] = runnerOf(runOnPostgres<runQuery>);
    runners["io.kestra.plugin.jdbc.postgresql.Queries"] = runnerOf(runOnPostgres<runQueries>);
    runners["io.kestra.plugin.jdbc.postgresql.Batch"] = runnerOf(runBatch);
    runners["io.kestra.plugin.jdbc.postgresql.CopyIn"] = runnerOf(runCopyIn);
    runners["io.kestra.plugin.jdbc.postgresql.CopyOut"] = runnerOf(runCopyOut);
}

} // namespace tasks
