#include "engine/tasks/sql/postgres_url.h"
#include "engine/tasks/sql/sql_text.h"
#include "engine/tasks/support/function_runner.h"
#include "engine/tasks/task_families.h"
#include "support/fake_task_context.h"
#include "support/postgres_server.h"

#include <doctest/doctest.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <thread>

using engine::TaskEnd;
using testing::FakeTaskContext;
using testing::PostgresServer;
using Lines = std::vector<std::string>;

namespace {

/// A task against the server; `members` are further properties as JSON.
struct Task
{
    Task(const PostgresServer &server, std::string_view members)
        : context(fmt::format(R"x({{"url": "{}", "username": "leat", "password": "{}", {}}})x", server.url(),
                              PostgresServer::kPassword, members))
    {
    }
    engine::TaskResult run(std::string_view type)
    {
        static const engine::TaskRunners all = tasks::builtInRunners();
        engine::TaskResult result = testing::runTask(all, "io.kestra.plugin.jdbc.postgresql." + std::string(type), context);
        CHECK_MESSAGE(std::none_of(context.logs.begin(), context.logs.end(),
                                   [](const std::string &line) { return line.find(PostgresServer::kPassword) != line.npos; }),
                      "the password is in a log");
        CHECK(result.message.find(PostgresServer::kPassword) == std::string::npos);
        return result;
    }
    std::string outputs(std::string_view type)
    {
        const engine::TaskResult result = run(type);
        return result.end == TaskEnd::Success ? flow::toJson(result.outputs) : "failed: " + result.message;
    }
    FakeTaskContext context;
};

/// The outputs of one task.
std::string outputs(const PostgresServer &server, std::string_view type, std::string_view members)
{
    return Task(server, members).outputs(type);
}

std::string one(const PostgresServer &server, std::string_view select)
{
    const std::string text = outputs(server, "Query", fmt::format(R"x("sql": {}, "fetchType": "FETCH_ONE", "timeZoneId": "Europe/Paris")x",
                                                                  flow::toJson(flow::Value(select))));
    return text.starts_with(R"({"row":)") ? text.substr(7, text.rfind(",\"size\"") - 7) : text;
}

std::string urlOptions(std::string_view url)
{
    try {
        std::string text;
        for (const auto &[name, value] : tasks::postgresOptions(url))
            text += fmt::format("{}={};", name, value);
        return text;
    } catch (const tasks::TaskFailure &failure) {
        return failure.message;
    }
}

} // namespace

TEST_CASE("JDBC addresses become the options of the connection")
{
    CHECK(urlOptions("jdbc:postgresql://db:5433/shop") == "dbname=shop;host=db;port=5433;");
    CHECK(urlOptions("jdbc:postgresql://a:1,[::1]:2,c/") == "host=a,::1,c;port=1,2,5432;");
    CHECK(urlOptions("jdbc:postgresql:shop") == "dbname=shop;host=localhost;port=5432;");
    CHECK(urlOptions("jdbc:postgresql:/") == "host=localhost;port=5432;");
    CHECK(urlOptions("jdbc:postgresql://h/a%20b?user=u&password=p%26q&ssl=true&prepareThreshold=0&currentSchema=s")
          == "dbname=a b;host=h;options= -c search_path=s;password=p&q;port=5432;sslmode=verify-full;user=u;");
    CHECK(urlOptions("  ") == "Rendered value of `url` is blank.");
    CHECK(urlOptions("jdbc:mysql://h/d") == "URL scheme is invalid. URL should start with `jdbc:postgresql`");
    CHECK(urlOptions("jdbc:postgresql://h:port/d")
          == "The URL is not of the form jdbc:postgresql://host:port/database: the port is no number up to 65535");
}

TEST_CASE("Places of a statement are found outside texts, comments, casts and slices")
{
    const tasks::PlacedStatement named
        = tasks::placeNamed("SELECT ':no', a::int, b[1:2], :x, \":no\" -- :no\n, :y_1::text, c ?? 'd', $t$:no$t$, :x");
    CHECK(named.text == "SELECT ':no', a::int, b[1:2], $1, \":no\" -- :no\n, $2::text, c ? 'd', $t$:no$t$, $3");
    CHECK(named.names == Lines{"x", "y_1", "x"});
    CHECK(tasks::placeQuestionMarks("INSERT INTO t VALUES (?, '?', ?::int, a ?? 'b')").text
          == "INSERT INTO t VALUES ($1, '?', $2::int, a ? 'b')");
}

TEST_CASE("Cells have the values of their types")
{
    const PostgresServer *server = PostgresServer::instance();
    if (!server)
        return;
    const struct
    {
        const char *select;
        const char *row;
    } rows[] = {
        {"SELECT 1::int2 AS a, 2 AS b, 9223372036854775807 AS c, true AS d, NULL::int AS e",
         R"({"a":1,"b":2,"c":9223372036854775807,"d":true,"e":null})"},
        {"SELECT 2147483645.1234 AS n, 9223372036854776000::float8 AS d, 1.5::real AS r, '12.50'::money AS m",
         R"({"n":2147483645.1234,"d":9.223372036854776E18,"r":1.5,"m":12.5})"},
        {"SELECT 'four'::char(6) AS c, 'x'::varchar AS v, 'yz' AS t, '00000000-0000-0000-0000-000000000001'::uuid AS u",
         R"({"c":"four  ","v":"x","t":"yz","u":"00000000-0000-0000-0000-000000000001"})"},
        {"SELECT DATE '2030-12-25' AS d, TIME '04:05:30.7' AS t, TIME '04:05' AS s, TIMETZ '04:05:06 PST' AS z",
         R"({"d":"2030-12-25","t":"04:05:30","s":"04:05:00","z":"13:05:06"})"},
        {"SELECT TIMESTAMP '2004-10-19 10:23:54.999999' AS t, TIMESTAMPTZ '2004-10-19 10:23:54.250+04' AS z",
         R"({"t":"2004-10-19T10:23:54.999999","z":"2004-10-19T06:23:54.25Z"})"},
        {"SELECT INTERVAL '10 years 4 months 5 days 10 seconds' AS i, INTERVAL '-1 day -02:03:04' AS j",
         R"({"i":"P10Y4M5DT0H0M10S","j":"P0Y0M-1DT-2H-3M-4S"})"},
        {"SELECT ARRAY[100, NULL, 300] AS a, ARRAY[ARRAY['meeting', 'a \"b\", c'], ARRAY['training', NULL]] AS b, '{}'::int[] AS c",
         R"({"a":[100,null,300],"b":[["meeting","a \"b\", c"],["training",null]],"c":[]})"},
        {"SELECT ARRAY[TIMESTAMP '2004-10-19 10:23:54.25', NULL] AS t, ARRAY[DATE '2030-12-25'] AS d, ARRAY[1.5, 2] AS n",
         R"({"t":["2004-10-19T10:23:54.250+00:00",null],"d":["2030-12-25"],"n":[1.5,2]})"},
        {"SELECT '{\"color\": \"red\", \"n\": [1, 2.5]}'::json AS j, '{\"b\": 1}'::jsonb AS k, 'null'::json AS n",
         R"({"j":{"color":"red","n":[1,2.5]},"k":{"b":1},"n":null})"},
        {"SELECT '\\xDEADBEEF'::bytea AS b, to_tsvector('simple', 'a b') AS t, pg_sleep(0) AS v, B'1' AS bit",
         R"({"b":"3q2+7w==","t":"'a':1 'b':2","v":null,"bit":true})"},
        {"SELECT '[1]'::json AS j", "failed: Invalid data type [json] with value [[1]]"},
        {"SELECT ROW(1, 2) AS r", "failed: PGobject of type [record] is not supported"},
        {"SELECT '127.0.0.1'::inet AS i", "failed: PGobject of type [inet] is not supported"},
        {"SELECT POINT '(1,2)' AS p", "failed: Data of type 'class org.postgresql.geometric.PGpoint' for column 'p' is not "
                                      "supported, the column type is 'point'"},
    };
    for (const auto &row : rows) {
        CAPTURE(row.select);
        CHECK(one(*server, row.select) == row.row);
    }
}

TEST_CASE("Types of the database's own: enums, domains, hstore")
{
    const PostgresServer *server = PostgresServer::instance();
    if (!server)
        return;
    CHECK(outputs(*server, "Queries", R"x("sql": "DROP TYPE IF EXISTS mood CASCADE; CREATE TYPE mood AS ENUM ('sad', 'ok'); )x"
                                        R"x(CREATE EXTENSION IF NOT EXISTS hstore; DROP DOMAIN IF EXISTS small; CREATE DOMAIN small AS int CHECK (VALUE < 10)")x") == R"x({"outputs":[]})x");
    CHECK(one(*server, "SELECT 'ok'::mood AS m, ARRAY['sad'::mood] AS l, 3::small AS d, 'a=>\"b\\\"c\", d=>NULL'::hstore AS h")
          == R"({"m":"ok","l":["sad"],"d":3,"h":{"a":"b\"c","d":null}})");
}

TEST_CASE("fetchType decides what comes out")
{
    const PostgresServer *server = PostgresServer::instance();
    if (!server)
        return;
    const std::string sql = R"x("sql": "SELECT i AS a, 'x' AS b FROM generate_series(1, 2) i", )x";
    CHECK(outputs(*server, "Query", sql + R"x("fetchType": "FETCH")x") == R"x({"rows":[{"a":1,"b":"x"},{"a":2,"b":"x"}],"size":2})x");
    CHECK(outputs(*server, "Query", sql + R"x("fetchType": "FETCH_ONE")x") == R"x({"row":{"a":1,"b":"x"},"size":1})x");
    CHECK(outputs(*server, "Query", sql + R"x("fetchType": "NONE")x") == "{}");
    CHECK(outputs(*server, "Query", sql + R"x("fetch": true)x") == R"x({"rows":[{"a":1,"b":"x"},{"a":2,"b":"x"}],"size":2})x");
    CHECK(outputs(*server, "Query", R"x("sql": "SELECT 1 AS a WHERE false", "fetchType": "FETCH_ONE")x") == R"x({"size":0})x");

    Task stored(*server, R"x("sql": "SELECT 1 AS id, 'ann' AS name, TIMESTAMP '2024-03-09 16:07:08' AS at, 1.5 AS v", "fetchType": "STORE")x");
    const engine::TaskResult result = stored.run("Query");
    REQUIRE(result.end == TaskEnd::Success);
    CHECK(stored.context.files.text(*result.outputs.find("uri")) == "{id:1,name:\"ann\",at:LocalDateTime::\"2024-03-09T16:07:08\",v:1.5}\n");
    CHECK(stored.context.metrics == Lines{"counter fetch.size 1 fetch=false store=true"});
}

TEST_CASE("100,000 rows are stored as they come")
{
    const PostgresServer *server = PostgresServer::instance();
    if (!server)
        return;
    Task task(*server, R"x("sql": "SELECT i FROM generate_series(1, 100000) i", "fetchType": "STORE")x");
    const engine::TaskResult result = task.run("Query");
    REQUIRE(result.end == TaskEnd::Success);
    CHECK(*result.outputs.find("size") == flow::Value(100000));
    const std::string text = task.context.files.text(*result.outputs.find("uri"));
    CHECK(std::count(text.begin(), text.end(), '\n') == 100000);
    CHECK(text.ends_with("{i:100000}\n"));
}

TEST_CASE("Parameters are bound by name, with their types")
{
    const PostgresServer *server = PostgresServer::instance();
    if (!server)
        return;
    CHECK(outputs(*server, "Query", R"x("sql": "SELECT pg_typeof(:i)::text AS i, pg_typeof(:d)::text AS d, pg_typeof(:b)::text AS b, :t || ':t' AS s, :n::int AS n",
        "parameters": {"i": 3, "d": 1.5, "b": true, "t": "Robert'); DROP TABLE p; --", "n": null}, "fetchType": "FETCH_ONE")x")
          == R"x({"row":{"i":"integer","d":"double precision","b":"boolean","s":"Robert'); DROP TABLE p; --:t","n":null},"size":1})x");
    CHECK(outputs(*server, "Query", R"x("sql": "SELECT 1 WHERE 1 = :t", "parameters": {"t": "1"})x")
          == "failed: ERROR: operator does not exist: integer = character varying (at character 18); Hint: No operator matches "
             "the given name and argument types. You might need to add explicit type casts.");
}

TEST_CASE("afterSQL is in the statement's transaction, Queries in one unless told otherwise")
{
    const PostgresServer *server = PostgresServer::instance();
    if (!server)
        return;
    outputs(*server, "Queries", R"x("sql": "DROP TABLE IF EXISTS t; CREATE TABLE t (x int PRIMARY KEY)")x");
    const auto rows = [&] { return one(*server, "SELECT coalesce(string_agg(x::text, ',' ORDER BY x), '') AS x FROM t"); };

    CHECK(outputs(*server, "Query", R"x("sql": "INSERT INTO t VALUES (1) RETURNING x", "afterSQL": "INSERT INTO t VALUES (2)", "fetchType": "FETCH")x")
          == R"x({"rows":[{"x":1}],"size":1})x");
    CHECK(rows() == R"({"x":"1,2"})");
    CHECK(outputs(*server, "Query", R"x("sql": "INSERT INTO t VALUES (3)", "afterSQL": "INSERT INTO nope VALUES (1)")x")
          == "failed: ERROR: relation \"nope\" does not exist (at character 13)");
    CHECK(rows() == R"({"x":"1,2"})");
    CHECK(outputs(*server, "Queries", R"x("sql": "INSERT INTO t VALUES (4); INSERT INTO t VALUES (1)")x")
          == "failed: ERROR: duplicate key value violates unique constraint \"t_pkey\"; Detail: Key (x)=(1) already exists.");
    CHECK(rows() == R"({"x":"1,2"})");
    CHECK(outputs(*server, "Queries", R"x("sql": "INSERT INTO t VALUES (4); INSERT INTO t VALUES (1)", "transaction": false)x").starts_with("failed: "));
    CHECK(rows() == R"({"x":"1,2,4"})");
    CHECK(outputs(*server, "Queries", R"x("sql": "SELECT 1 AS a; UPDATE t SET x = 5 WHERE x = 4; SELECT max(x) AS m FROM t; SELECT 1 AS a WHERE false", "fetchType": "FETCH_ONE")x")
          == R"x({"outputs":[{"row":{"a":1},"size":1},{"row":{"m":5},"size":1},{"size":1}]})x");
    CHECK(outputs(*server, "Query", R"x("sql": "SELECT 1; SELECT 2")x")
          == "failed: Query task support only a single SQL statement. Use the Queries task to run multiple statements.");
}

TEST_CASE("A refused connection or login is one sentence without the password")
{
    const PostgresServer *server = PostgresServer::instance();
    if (!server)
        return;
    const auto fails = [&](std::string_view members) {
        FakeTaskContext context(fmt::format("{{{}}}", members));
        return testing::runTask(tasks::builtInRunners(), "io.kestra.plugin.jdbc.postgresql.Query", context).message;
    };
    CHECK(fails(fmt::format(R"x("url": "{}", "username": "leat", "password": "wrong-pw", "sql": "SELECT 1")x", server->url()))
          == "FATAL: password authentication failed for user \"leat\"");
    CHECK(fails(fmt::format(R"x("url": "jdbc:postgresql://127.0.0.1:{}/nope", "username": "leat", "password": "pg-secret", "sql": "SELECT 1")x",
                            server->port()))
          == "FATAL: database \"nope\" does not exist");
    CHECK(fails(R"x("url": "jdbc:postgresql://127.0.0.1:1/x", "username": "leat", "password": "pg-secret", "sql": "SELECT 1")x")
          == "Connection to 127.0.0.1:1 refused. Check that the hostname and port are correct and that the postmaster is "
             "accepting TCP/IP connections.");
    CHECK(fails(fmt::format(R"x("url": "{}", "username": "leat", "password": "pg-secret", "sslMode": "REQUIRE", "sql": "SELECT 1")x", server->url()))
          == "The connection attempt failed: connection to server at \"127.0.0.1\", port " + std::to_string(server->port())
                 + " failed: server does not support SSL, but SSL was required");
}

TEST_CASE("A cancelled attempt stops its statement on the server")
{
    const PostgresServer *server = PostgresServer::instance();
    if (!server)
        return;
    Task task(*server, R"x("sql": "SELECT 'cancel me', pg_sleep(600)", "fetchType": "FETCH")x");
    engine::TaskResult result;
    std::thread runner([&] { result = task.run("Query"); });
    const auto running = [&] { return one(*server, "SELECT count(*)::int AS n FROM pg_stat_activity WHERE query LIKE 'SELECT ''cancel me%' AND state = 'active'"); };
    while (running() != R"({"n":1})")
        std::this_thread::yield();
    task.context.cancel();
    runner.join();
    CHECK(result.end == TaskEnd::Killed);
    CHECK(running() == R"({"n":0})");
}

TEST_CASE("Batch inserts stored rows in chunks")
{
    const PostgresServer *server = PostgresServer::instance();
    if (!server)
        return;
    outputs(*server, "Queries", R"x("sql": "DROP TABLE IF EXISTS b; CREATE TABLE b (id bigint, name text, v numeric, at timestamp, day date, tags text[], doc jsonb, ok boolean)")x");
    const std::string rows = "{id:1,name:\"a'b\",v:1.5,at:2024-03-09T16:07:08.000Z,day:2024-03-09,tags:[\"x\",\"y \\\"z\\\"\"],doc:{k:1},ok:true}\n"
                             "{id:2,name:null,v:2,at:null,day:null,tags:null,doc:null,ok:null}\n"
                             "{id:3,name:\"c\",v:3,at:null,day:null,tags:[],doc:null,ok:false}\n";
    Task batch(*server, R"x("from": "{{ file }}", "chunk": 2, "sql": "INSERT INTO b VALUES (?, ?, ?, ?, ?, ?, ?, ?)")x");
    batch.context.variables.set("file", batch.context.files.putText(rows, "rows.ion"));
    CHECK(batch.outputs("Batch") == R"x({"rowCount":3,"updatedCount":3})x");
    CHECK(batch.context.metrics == Lines{"counter records 3", "counter updated 3"});
    CHECK(batch.context.logsOf("INFO") == Lines{"Successfully executed 2 bulk queries and updated 3 rows"});
    CHECK(one(*server, "SELECT json_build_object('id', id, 'name', name, 'v', v, 'at', at, 'day', day, 'tags', tags, 'doc', doc, 'ok', ok) AS r FROM b WHERE id = 1")
          == R"x({"r":{"id":1,"name":"a'b","v":1.5,"at":"2024-03-09T16:07:08","day":"2024-03-09","tags":["x","y \"z\""],"doc":{"k":1},"ok":true}})x");

    Task byTable(*server, R"x("from": "{{ file }}", "table": "b")x");
    byTable.context.variables.set("file", byTable.context.files.putText("{ok:true,id:7}\n", "rows.ion"));
    CHECK(byTable.outputs("Batch") == R"x({"rowCount":1,"updatedCount":1})x");
    CHECK(one(*server, "SELECT id, ok, name FROM b WHERE id = 7") == R"({"id":7,"ok":true,"name":null})");

    Task wrong(*server, R"x("from": "{{ file }}", "sql": "INSERT INTO b (id, name) VALUES (?, ?)")x");
    wrong.context.variables.set("file", wrong.context.files.putText("{id:8,name:9}\n", "rows.ion"));
    CHECK(wrong.outputs("Batch")
          == "failed: Unable to transform data with type 'text', class 'class java.lang.String', index '2', value '9', "
             "valueClass 'class java.lang.Integer'");

    std::string many;
    for (int i = 0; i < 2500; ++i)
        many += fmt::format("{{id:{}}}\n", 1000 + i);
    Task large(*server, R"x("from": "{{ file }}", "sql": "INSERT INTO b (id) VALUES (?)")x");
    large.context.variables.set("file", large.context.files.putText(many, "rows.ion"));
    CHECK(large.outputs("Batch") == R"x({"rowCount":2500,"updatedCount":2500})x");
    CHECK(large.context.logsOf("INFO") == Lines{"Successfully executed 3 bulk queries and updated 2500 rows"});
}

TEST_CASE("CopyOut writes a file that CopyIn reads")
{
    const PostgresServer *server = PostgresServer::instance();
    if (!server)
        return;
    outputs(*server, "Queries", R"x("sql": "DROP TABLE IF EXISTS c; CREATE TABLE c (id int, name text); INSERT INTO c VALUES (1, 'a,b'), (2, NULL)")x");
    Task out(*server, R"x("sql": "SELECT id, name FROM c ORDER BY id", "format": "CSV", "header": true, "delimiter": ";", "nullString": "-'-", "forceQuote": ["name"])x");
    const engine::TaskResult written = out.run("CopyOut");
    REQUIRE(written.end == TaskEnd::Success);
    CHECK(*written.outputs.find("rowCount") == flow::Value(std::int64_t{2}));
    CHECK(out.context.files.text(*written.outputs.find("uri")) == "id;name\n1;\"a,b\"\n2;-'-\n");
    CHECK(out.context.metrics == Lines{"counter rows 2"});

    Task in(*server, R"x("from": "{{ file }}", "table": "c", "columns": ["id", "name"], "format": "CSV", "header": true, "delimiter": ";", "nullString": "-'-")x");
    in.context.variables.set("file", in.context.files.putText("id;name\n3;x\n4;-'-\n", "in.csv"));
    CHECK(in.outputs("CopyIn") == R"x({"rowCount":2})x");
    CHECK(one(*server, "SELECT string_agg(id || coalesce(name, '?'), ' ' ORDER BY id) AS s FROM c") == R"({"s":"1a,b 2? 3x 4?"})");

    Task text(*server, R"x("table": "c", "columns": ["id"])x");
    const engine::TaskResult plain = text.run("CopyOut");
    CHECK(text.context.files.text(*plain.outputs.find("uri")) == "1\n2\n3\n4\n");

    Task broken(*server, R"x("from": "{{ file }}", "table": "c")x");
    broken.context.variables.set("file", broken.context.files.putText("no number\tx\n", "in.txt"));
    CHECK(broken.outputs("CopyIn") == "failed: ERROR: invalid input syntax for type integer: \"no number\"");
}
