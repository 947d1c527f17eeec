#include "engine/tasks/sql/sql_text.h"
#include "engine/tasks/task_families.h"
#include "support/fake_task_context.h"

#include <doctest/doctest.h>

using engine::TaskEnd;
using testing::FakeTaskContext;
using Lines = std::vector<std::string>;

namespace {

engine::TaskResult run(FakeTaskContext &context, std::string_view type = "Query")
{
    static const engine::TaskRunners all = tasks::builtInRunners();
    return testing::runTask(all, "io.kestra.plugin.jdbc.sqlite." + std::string(type), context);
}

std::string outputs(const engine::TaskResult &result)
{
    return result.end == TaskEnd::Success ? flow::toJson(result.outputs) : "failed: " + result.message;
}

/// A small database in the storage of the context; gives its address.
std::string database(FakeTaskContext &context)
{
    FakeTaskContext maker(R"x({"outputDbFile": true, "sql": "CREATE TABLE p (id INTEGER, name TEXT, at DATETIME, day DATE, v REAL); )x"
                          R"x(INSERT INTO p VALUES (1, 'ann', '2024-03-09 16:07:08', '2024-03-09', 1.5), (5000000000, NULL, NULL, NULL, NULL)"})x");
    const engine::TaskResult made = run(maker, "Queries");
    REQUIRE(made.end == TaskEnd::Success);
    return context.files.putText(maker.files.text(*made.outputs.find("databaseUri")), "p.db");
}

} // namespace

TEST_CASE("Statements are split where a statement ends, not inside texts, comments and triggers")
{
    CHECK(tasks::splitStatements("select 1; select ';' ; -- a;b\n /* c; */ ;\n select \"x;y\", [z;w], `v;u`")
          == Lines{"select 1", "select ';'", "select \"x;y\", [z;w], `v;u`"});
    CHECK(tasks::splitStatements("create trigger t after insert on a begin update b set x = case when 1 then 2 end; "
                                 "delete from c; end; select 1")
          == Lines{"create trigger t after insert on a begin update b set x = case when 1 then 2 end; delete from c; end",
                   "select 1"});
    CHECK(tasks::splitStatements("do $b$ begin; $b$; select $1") == Lines{"do $b$ begin; $b$", "select $1"});
    CHECK(tasks::splitStatements("begin; commit") == Lines{"begin", "commit"});
    CHECK(tasks::splitStatements(" ; -- nothing").empty());
    CHECK(tasks::splitStatements("select 'open") == Lines{"select 'open"});
}

TEST_CASE("fetchType decides what comes out")
{
    const struct
    {
        const char *fetch;
        const char *expected;
    } rows[] = {
        {R"x("fetchType": "FETCH")x", R"x({"rows":[{"a":1,"b":"x"},{"a":2,"b":null}],"size":2})x"},
        {R"x("fetchType": "FETCH_ONE")x", R"x({"row":{"a":1,"b":"x"},"size":1})x"},
        {R"x("fetchType": "NONE")x", "{}"},
        {R"x("fetch": true)x", R"x({"rows":[{"a":1,"b":"x"},{"a":2,"b":null}],"size":2})x"},
        {R"x("fetchOne": true)x", R"x({"row":{"a":1,"b":"x"},"size":1})x"},
    };
    for (const auto &row : rows) {
        CAPTURE(row.fetch);
        FakeTaskContext context(fmt::format(
            R"x({{"sql": "SELECT 1 AS a, 'x' AS b UNION ALL SELECT 2, NULL", {}}})x", row.fetch));
        CHECK(outputs(run(context)) == row.expected);
    }
    FakeTaskContext bad(R"x({"sql": "SELECT 1", "fetchType": "ALL"})x");
    CHECK(run(bad).message.find("Unrecognized token 'ALL'") != std::string::npos);
}

TEST_CASE("STORE writes one Ion text a row, of the columns' types")
{
    FakeTaskContext context(R"x({"url": "jdbc:sqlite:p.db", "sqliteFile": "{{ db }}", "fetchType": "STORE",
                                "sql": "SELECT *, x'6869' AS b FROM p ORDER BY id"})x");
    context.variables.set("db", database(context));
    const engine::TaskResult result = run(context);
    REQUIRE(result.end == TaskEnd::Success);
    CHECK(*result.outputs.find("size") == flow::Value(2));
    CHECK(context.files.text(*result.outputs.find("uri"))
          == "{id:1,name:\"ann\",at:2024-03-09T16:07:08.000Z,day:2024-03-09,v:1.5e0,b:{{aGk=}}}\n"
             "{id:5000000000,name:null,at:null,day:null,v:null,b:{{aGk=}}}\n");
    CHECK(context.metrics == Lines{"counter fetch.size 2 fetch=false store=true"});
}

TEST_CASE("Times without a zone are read in the one the task names")
{
    FakeTaskContext context(R"x({"sqliteFile": "{{ db }}", "fetchType": "FETCH_ONE", "timeZoneId": "Europe/Paris",
                                "sql": "SELECT at FROM p WHERE id = 1"})x");
    context.variables.set("db", database(context));
    CHECK(outputs(run(context)) == R"x({"row":{"at":"2024-03-09T15:07:08Z"},"size":1})x");
}

TEST_CASE("Parameters are bound by name, with their types")
{
    FakeTaskContext context(R"x({"sql": "SELECT typeof(:i) AS i, typeof(:d) AS d, typeof(:t) AS t, typeof(:n) AS n, :t || ':t' AS s",
        "parameters": {"i": 3, "d": 1.5, "t": "{{ who }}", "n": null}, "fetchType": "FETCH_ONE"})x");
    context.variables.set("who", "Robert'); DROP TABLE p; --");
    CHECK(outputs(run(context))
          == R"x({"row":{"i":"integer","d":"real","t":"text","n":"null","s":"Robert'); DROP TABLE p; --:t"},"size":1})x");
}

TEST_CASE("Query takes one statement, Queries several in one transaction")
{
    FakeTaskContext two(R"x({"sql": "SELECT 1; SELECT 2"})x");
    CHECK(outputs(run(two))
          == "failed: Query task support only a single SQL statement. Use the Queries task to run multiple statements.");

    FakeTaskContext many(R"x({"fetchType": "FETCH", "sql": "CREATE TABLE t (x); INSERT INTO t VALUES (1), (2); SELECT x FROM t; SELECT sum(x) AS s FROM t"})x");
    CHECK(outputs(run(many, "Queries"))
          == R"x({"outputs":[{"rows":[{"x":1},{"x":2}],"size":2},{"rows":[{"s":3}],"size":1}]})x");

    FakeTaskContext broken(R"x({"url": "jdbc:sqlite:t.db", "sql": "CREATE TABLE t (x); INSERT INTO t VALUES (1); SELECT nope FROM t"})x");
    CHECK(run(broken, "Queries").message == "[SQLITE_ERROR] SQL error or missing database (no such column: nope)");
    FakeTaskContext unique(R"x({"sql": "CREATE TABLE t (x UNIQUE); INSERT INTO t VALUES (1); INSERT INTO t VALUES (1)"})x");
    CHECK(run(unique, "Queries").message
          == "[SQLITE_CONSTRAINT_UNIQUE] A UNIQUE constraint failed (UNIQUE constraint failed: t.x)");
}

TEST_CASE("afterSQL and the statement happen together or not at all")
{
    FakeTaskContext context(R"x({"url": "jdbc:sqlite:p.db", "sqliteFile": "{{ db }}", "outputDbFile": true, "fetchType": "FETCH_ONE",
        "sql": "SELECT count(*) AS n FROM p", "afterSQL": "DELETE FROM p"})x");
    context.variables.set("db", database(context));
    const engine::TaskResult result = run(context);
    CHECK(flow::toJson(*result.outputs.find("row")) == R"x({"n":2})x");

    FakeTaskContext check(R"x({"sqliteFile": "{{ db }}", "fetchType": "FETCH_ONE", "sql": "SELECT count(*) AS n FROM p"})x");
    check.variables.set("db", check.files.putText(context.files.text(*result.outputs.find("databaseUri")), "x.db"));
    CHECK(outputs(run(check)) == R"x({"row":{"n":0},"size":1})x");
}

TEST_CASE("Files named beforehand can be used by the statement")
{
    FakeTaskContext context(R"x({"sql": "VACUUM INTO '{{ outputFiles.copy }}'", "outputFiles": ["copy"], "sqliteFile": "{{ db }}"})x");
    context.variables.set("db", database(context));
    const engine::TaskResult result = run(context);
    REQUIRE(result.end == TaskEnd::Success);
    CHECK(context.files.text(*result.outputs.find("outputFiles")->find("copy")).starts_with("SQLite format 3"));
}

TEST_CASE("No database outside the working directory is opened, attached or written")
{
    testing::TemporaryFolder outside;
    const std::string file = (outside.path() / "x.db").native();
    for (const char *url : {"jdbc:sqlite:../x.db", "jdbc:sqlite:/tmp/leat-x.db", "jdbc:sqlite:a/../../x.db"}) {
        CAPTURE(url);
        FakeTaskContext context(fmt::format(R"x({{"url": "{}", "sql": "SELECT 1"}})x", url));
        CHECK(run(context).message
              == "The path to resolve must be a relative path inside the current working directory.");
    }
    for (const char *sql : {"ATTACH '{}' AS o", "VACUUM INTO '{}'", "ATTACH '../{}' AS o", "ATTACH 'file:{}' AS o"}) {
        CAPTURE(sql);
        FakeTaskContext context(fmt::format(R"x({{"sql": "{}"}})x", fmt::format(fmt::runtime(sql), file)));
        run(context);
        CHECK(std::filesystem::is_empty(outside.path()));
    }
    FakeTaskContext linked(R"x({"url": "jdbc:sqlite:in/x.db", "sql": "CREATE TABLE t (x)"})x");
    std::filesystem::create_directory_symlink(outside.path(), linked.workingDir() / "in");
    CHECK(run(linked).end == TaskEnd::Failed);
    CHECK(std::filesystem::is_empty(outside.path()));

    FakeTaskContext inside(R"x({"sql": "ATTACH 'other.db' AS o; CREATE TABLE o.t (x)", "transaction": false})x");
    CHECK(run(inside, "Queries").end == TaskEnd::Success);
    CHECK(std::filesystem::exists(inside.workingDir() / "other.db"));
}

TEST_CASE("A cancelled query ends")
{
    FakeTaskContext context(R"x({"sql": "WITH RECURSIVE c(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c) SELECT count(*) FROM c"})x");
    context.cancel();
    CHECK(run(context).end == TaskEnd::Killed);
}
