#pragma once

#include "engine/run/task_runner.h"
#include "engine/tasks/sql/sql_connection.h"

namespace tasks {

/// The work of every Query task: one statement, `afterSQL` in its transaction; `row`, `rows` or `uri`, and `size`.
/// `variables` are further ones of the templates in the statements.
flow::Object runQuery(engine::TaskContext &context, SqlConnection &connection, const flow::Object &variables = {});

/// The work of every Queries task: statements one after the other, in one transaction unless `transaction` is
/// false; `outputs`, one for each statement with rows.
flow::Object runQueries(engine::TaskContext &context, SqlConnection &connection, const flow::Object &variables = {});

} // namespace tasks
