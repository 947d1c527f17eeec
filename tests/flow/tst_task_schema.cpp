#include "engine/flow/analysis.h"
#include "engine/flow/task_schema.h"
#include "resources/embedded.h"
#include "support/catalog.h"

#include <doctest/doctest.h>

using namespace flow;

namespace {

const std::string kSchema = R"({"definitions": {
  "com.acme.Greet": {"type": "object", "title": "Greets.", "required": ["type", "name"], "properties": {
    "type": {"const": "com.acme.Greet"},
    "name": {"type": "string", "$dynamic": true, "title": "Whom"},
    "times": {"anyOf": [{"type": "integer"}, {"type": "string"}], "default": 1},
    "tone": {"type": "string", "enum": ["WARM", "COLD"]},
    "wait": {"type": "string", "format": "duration"},
    "headers": {"type": "object", "additionalProperties": {"type": "string"}},
    "door": {"$ref": "#/definitions/com.acme.Door"}}},
  "com.acme.Door": {"type": "object", "properties": {"colour": {"type": "string"}, "next": {"$ref": "#/definitions/com.acme.Door"}}},
  "com.acme.trigger.Bell": {"type": "object", "properties": {"type": {"const": "com.acme.trigger.Bell"}}},
  "io.kestra.plugin.core.log.Log": {"type": "object", "properties": {"type": {"const": "io.kestra.plugin.core.log.Log"}}}}})";

std::shared_ptr<const TaskCatalog> with(const std::string &schema)
{
    const Result<std::string> more = catalogOfSchema(schema, test::coreCatalog());
    REQUIRE(more);
    return TaskCatalog::load({std::string(resources::embedded("catalog/core-1.3.json")), *more}).value();
}

} // namespace

TEST_CASE("the types of a JSON schema are those of the catalog's kind")
{
    const auto catalog = with(kSchema);
    const TaskType *type = catalog->find("com.acme.Greet");
    REQUIRE(type);
    CHECK(type->group == PluginGroup::Task);
    CHECK(type->description == "Greets.");
    CHECK(type->find("name")->required);
    CHECK(type->find("name")->expression);
    CHECK(type->find("times")->type == "integer");
    CHECK(type->find("times")->expression);
    CHECK(type->find("wait")->type == "duration");
    CHECK(type->find("headers")->type == "map<string>");
    CHECK(type->find("door")->shape.kind == TypeShape::Kind::Object);
    CHECK(catalog->findData("com.acme.Door")->find("next")->shape.type == catalog->findData("com.acme.Door"));
    CHECK(type->find("timeout")); // as every task
    CHECK(catalog->find("com.acme.trigger.Bell")->group == PluginGroup::Trigger);
    CHECK(catalog->find("io.kestra.plugin.core.log.Log")->find("message")); // the own one stays
}

TEST_CASE("a flow is checked with them")
{
    const Analysis analysis = analyse("id: a\nnamespace: b\ntasks:\n  - {id: g, type: com.acme.Greet, tone: MILD, door: {colour: red, knob: 1}}\n", Revision{1}, *with(kSchema));
    std::vector<std::string> codes;
    for (const Diagnostic &diagnostic : analysis.diagnostics)
        codes.push_back(diagnostic.code);
    CHECK(codes.size() == 3); // no name, no such tone, no such property of a door
    CHECK(analysis.flow->lists.front().tasks.front().known);
}

TEST_CASE("one plugin as its server describes it, and what is none")
{
    const auto catalog = with(R"({"markdown": "x", "type": "com.acme.One", "schema": {"properties": {"title": "One thing", "required": ["a"],
        "properties": {"a": {"type": "integer"}, "b": {"type": "array", "items": {"type": "string"}}}},
        "outputs": {"properties": {"uri": {"type": "string"}}}, "definitions": {}}})");
    const TaskType *type = catalog->find("com.acme.One");
    REQUIRE(type);
    CHECK(type->find("a")->required);
    CHECK(type->find("b")->type == "array<string>");
    CHECK(type->outputs.size() == 1);
    CHECK(!catalogOfSchema("[1]", test::coreCatalog()));
    CHECK(!catalogOfSchema("{", test::coreCatalog()));
    CHECK(!catalogOfSchema("{\"definitions\": {}}", test::coreCatalog()));
}
