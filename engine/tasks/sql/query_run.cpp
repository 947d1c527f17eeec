#include "engine/tasks/sql/query_run.h"

#include "engine/tasks/sql/row_collector.h"
#include "engine/tasks/sql/sql_text.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/support/values.h"

#include <fmt/format.h>

namespace tasks {

namespace {

std::vector<std::string> statementsOf(engine::TaskContext &context, std::string_view property, const flow::Object &variables)
{
    const flow::Value *sql = context.properties().find(property);
    return sql ? splitStatements(textOf(context.renderWith(*sql, variables))) : std::vector<std::string>();
}

/// Runs one statement into `rows`. True when it was one with rows.
bool collect(SqlConnection &connection, const std::string &statement, const flow::Value &parameters, FetchType type,
             RowCollector &rows)
{
    return connection.execute(statement, parameters, [&](flow::Object row) {
        if (type != FetchType::None)
            rows.add(std::move(row));
        return rows.wantsMore();
    });
}

} // namespace

flow::Object runQuery(engine::TaskContext &context, SqlConnection &connection, const flow::Object &variables)
{
    const FetchType type = fetchTypeOf(context);
    const std::vector<std::string> statements = statementsOf(context, "sql", variables);
    const std::vector<std::string> after = statementsOf(context, "afterSQL", variables);
    if (statements.size() > 1)
        throw TaskFailure{"Query task support only a single SQL statement. Use the Queries task to run multiple "
                          "statements."};
    if (after.size() > 1)
        throw TaskFailure{"Query task afterSQL supports only a single SQL statement. Use the Queries task to run "
                          "multiple statements."};
    const flow::Value parameters = context.property("parameters");

    if (!after.empty())
        connection.execute("BEGIN", {}, {});
    RowCollector rows(context, type);
    bool hasRows = false;
    if (!statements.empty()) {
        context.log(engine::Level::Debug, "Starting query: " + statements.front());
        hasRows = collect(connection, statements.front(), parameters, type, rows);
    }
    if (!after.empty()) {
        context.log(engine::Level::Debug, "Executing afterSQL: " + after.front());
        connection.execute(after.front(), parameters, {});
        connection.execute("COMMIT", {}, {});
    }
    recordFetchSize(context, type, rows.size());
    return hasRows ? rows.finish() : flow::Object();
}

flow::Object runQueries(engine::TaskContext &context, SqlConnection &connection, const flow::Object &variables)
{
    const FetchType type = fetchTypeOf(context);
    const bool transaction = booleanOf(context.property("transaction"), true);
    const flow::Value parameters = context.property("parameters");

    flow::Value::List results;
    std::size_t total = 0;
    if (transaction)
        connection.execute("BEGIN", {}, {});
    for (const std::string &statement : statementsOf(context, "sql", variables)) {
        context.log(engine::Level::Debug, "Starting query: " + statement);
        RowCollector rows(context, type);
        if (!collect(connection, statement, parameters, type, rows))
            continue;
        if (type == FetchType::None)
            context.log(engine::Level::Info, "fetchType is set to NONE, no output will be returned");
        flow::Object output = rows.finish();
        if (type == FetchType::FetchOne)
            output.set("size", 1); // also when there was no row
        total += type == FetchType::FetchOne ? 1 : rows.size();
        results.emplace_back(std::move(output));
    }
    if (transaction)
        connection.execute("COMMIT", {}, {});
    recordFetchSize(context, type, total);
    return flow::Object{{"outputs", std::move(results)}};
}

} // namespace tasks
