#include "engine/tasks/support/murmur.h"
#include "engine/tasks/task_families.h"
#include "support/fake_task_context.h"

#include <doctest/doctest.h>

using engine::TaskEnd;
using testing::FakeTaskContext;
using Lines = std::vector<std::string>;

namespace {

engine::TaskResult run(std::string_view type, FakeTaskContext &context)
{
    static const engine::TaskRunners all = tasks::builtInRunners();
    return testing::runTask(all, "io.kestra.plugin.core." + std::string(type), context);
}

std::string outputs(const engine::TaskResult &result)
{
    return result.end == TaskEnd::Success ? flow::toJson(result.outputs) : "failed: " + result.message;
}

/// Sets a key and gets it back.
std::string setAndGet(std::string_view members)
{
    FakeTaskContext context(fmt::format(R"({{"key": "k", {}}})", members));
    context.variables.set("n", 12);
    context.variables.set("m", flow::Object{{"x", 1}});
    const engine::TaskResult set = run("kv.Set", context);
    return set.end == TaskEnd::Success ? outputs(run("kv.Get", context)) : "failed: " + set.message;
}

} // namespace

TEST_CASE("What is written stays text, what an expression gives keeps its kind, a type is obeyed")
{
    const struct
    {
        const char *members;
        const char *expected;
    } rows[] = {
        {R"("value": "12")", R"({"value":"12"})"},
        {R"("value": 12)", R"({"value":"12"})"},
        {R"("value": {"a": 1})", R"({"value":"{\"a\":1}"})"},
        {R"("value": "{{ n }}")", R"({"value":12})"},
        {R"("value": "{{ m }}")", R"({"value":{"x":1}})"},
        {R"("value": "PT5M")", R"({"value":300.000000000})"},
        {R"("value": "12.5", "kvType": "NUMBER")", R"({"value":12.5})"},
        {R"("value": "yes", "kvType": "BOOLEAN")", R"({"value":false})"},
        {R"("value": "TRUE", "kvType": "BOOLEAN")", R"({"value":true})"},
        {R"("value": "[1]", "kvType": "JSON")", R"({"value":[1]})"},
        {R"("value": "2024-01-02T03:04:05Z", "kvType": "DATE")", R"({"value":"2024-01-02T03:04:05Z"})"},
        {R"("value": "PT5M", "kvType": "STRING")", R"({"value":"PT5M"})"},
        {R"("value": "2024-01-02", "kvType": "DATE")", "failed: Text '2024-01-02' could not be parsed at index 10"},
        {R"("value": "x", "kvType": "DATETIME")", "failed: Text 'x' could not be parsed at index 0"},
        {R"("value": "x", "kvType": "DURATION")", "failed: Text cannot be parsed to a Duration"},
    };
    for (const auto &row : rows) {
        CAPTURE(row.members);
        CHECK(setAndGet(row.members) == row.expected);
    }
}

TEST_CASE("Keys have rules, and namespaces must exist")
{
    FakeTaskContext key(R"({"key": "bad key/", "value": "a"})");
    CHECK(run("kv.Set", key).message.starts_with("Key must start with an alphanumeric character"));
    FakeTaskContext empty(R"({"key": "", "value": "a"})");
    CHECK(run("kv.Set", empty).message == "Key cannot be null or empty");
    FakeTaskContext other(R"({"key": "k", "value": "a", "namespace": "acme.other"})");
    CHECK(run("kv.Set", other).message
          == "Cannot access the KV store. The namespace 'acme.other' does not exist.");
    FakeTaskContext parent(R"({"key": "k", "value": "a", "namespace": "acme"})");
    CHECK(run("kv.Set", parent).end == TaskEnd::Success);
}

TEST_CASE("Get looks in the namespaces above; what is missing is null, what has expired an error")
{
    FakeTaskContext context(R"({"key": "up", "ttl": "PT1M", "value": "v", "namespace": "{{ space }}"})");
    context.variables.set("space", "acme");
    CHECK(run("kv.Set", context).end == TaskEnd::Success);
    context.variables.set("space", "acme.team");
    CHECK(outputs(run("kv.Get", context)) == R"({"value":"v"})");
    context.time += std::chrono::minutes(2);
    CHECK(outputs(run("kv.Get", context)) == "failed: The requested value has expired");

    FakeTaskContext missing(R"({"key": "none"})");
    CHECK(outputs(run("kv.Get", missing)) == "null");
    FakeTaskContext wanted(R"({"key": "none", "errorOnMissing": true})");
    const char *kWhy = "failed: No value found for key 'none' in namespace 'acme.team' and `errorOnMissing` is set to true";
    CHECK(outputs(run("kv.Get", wanted)) == kWhy);
    CHECK(outputs(run("kv.Delete", wanted)) == kWhy);
    CHECK(outputs(run("kv.Put", wanted)) == kWhy);
}

TEST_CASE("Overwrite, keys, delete and purge")
{
    FakeTaskContext context(R"({"key": "p_a", "value": "1", "overwrite": false, "prefix": "p_", "keyPattern": "p*",
                                "behavior": {"type": "key", "expiredOnly": false}})");
    CHECK(run("kv.Set", context).end == TaskEnd::Success);
    CHECK(run("kv.Set", context).message
          == "Cannot set value for key 'p_a'. Key already exists and `overwrite` is set to `false`.");
    context.space.kvSet("acme.team", "q", {flow::Value("x"), "STRING", {}, {}});
    CHECK(outputs(run("kv.GetKeys", context)) == R"({"keys":["p_a"]})");
    CHECK(outputs(run("kv.PurgeKV", context)) == R"({"size":1})");
    CHECK(context.logs == Lines{"INFO purging 1 namespaces: [acme.team]", "INFO purged 1 keys"});
    CHECK(outputs(run("kv.Delete", context)) == R"({"deleted":false})");
}

TEST_CASE("State is merged, counted, kept for each value of a loop and removed")
{
    FakeTaskContext context(R"({"name": "s", "data": "{{ data }}"})");
    context.variables.set("data", flow::Object{{"a", 1}, {"m", flow::Object{{"x", 1}}}, {"n", flow::Value()}});
    CHECK(outputs(run("state.Set", context)) == R"({"count":2,"key":"demo_states_tasks-states_s"})");
    context.variables.set("data", flow::Object{{"a", 2}, {"m", flow::Object{{"y", 2}}}});
    CHECK(outputs(run("state.Set", context)) == R"({"count":2,"key":"demo_states_tasks-states_s"})");
    CHECK(outputs(run("state.Get", context)) == R"({"count":2,"data":{"a":2,"m":{"x":1,"y":2}}})");

    context.variables.set("taskrun", flow::Object{{"value", "a"}});
    CHECK(outputs(run("state.Get", context)) == R"({"count":0,"data":{}})");
    CHECK(outputs(run("state.Set", context))
          == R"({"count":2,"key":"demo_states_tasks-states_s_897859f6655555855a890e51483ab5e6"})");
    CHECK(outputs(run("state.Delete", context)) == R"({"deleted":true})");
    CHECK(outputs(run("state.Delete", context)) == R"({"deleted":false})");

    FakeTaskContext strict(R"({"name": "never", "errorOnMissing": true})");
    CHECK(run("state.Get", strict).message == "State demo_states_tasks-states_never not found");
    CHECK(run("state.Delete", strict).message == "Unable to find the state file 'never'");
}

TEST_CASE("Murmur hashes of known texts")
{
    CHECK(tasks::murmur128("a") == "897859f6655555855a890e51483ab5e6");
    CHECK(tasks::murmur128("") == "00000000000000000000000000000000");
    CHECK(tasks::murmur128("The quick brown fox jumps over the lazy dog") == "6c1b07bc7bbc4be347939ac4a93c437a");
}
