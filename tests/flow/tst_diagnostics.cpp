#include "engine/flow/analysis.h"

#include "support/annotations.h"
#include "support/catalog.h"

#include <doctest/doctest.h>

using namespace flow;
using test::Annotated;

namespace {

/// The faults of a text: code, the marked bytes, path and suggestion, one a line.
std::string faults(std::string_view text, Severity atLeast = Severity::Warning)
{
    const Analysis analysis = analyse(text, Revision{1}, test::coreCatalog());
    std::string lines;
    for (const Diagnostic &diagnostic : analysis.diagnostics) {
        if (diagnostic.severity > atLeast)
            continue;
        lines += diagnostic.code + " '" + std::string(test::slice(text, diagnostic.range)) + "'";
        if (!diagnostic.path.empty())
            lines += " at " + diagnostic.path;
        if (!diagnostic.suggestion.empty())
            lines += " -> " + diagnostic.suggestion;
        lines += '\n';
    }
    return lines;
}

std::string flowWith(std::string_view tasks)
{
    return "id: f\nnamespace: n\n" + std::string(tasks);
}

} // namespace

TEST_CASE("a whole flow has nothing to say")
{
    CHECK(faults(flowWith("tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: hi\n"), Severity::Hint).empty());
}

TEST_CASE("unknown names come with what was probably meant")
{
    CHECK(faults(flowWith("tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    mesage: hi\n    message: x\n")) ==
          "unknown-property 'mesage' at tasks[0].mesage -> message\n");
    CHECK(faults(flowWith("tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.log\n    message: x\n")) ==
          "unknown-type 'io.kestra.plugin.core.log.log' at tasks[0] -> io.kestra.plugin.core.log.Log\n");
    CHECK(faults(flowWith("tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: x\n    logLevel: WARNN\n")) ==
          "unknown-value 'WARNN' at tasks[0].logLevel -> WARN\n");
    CHECK(faults(flowWith("inputs:\n  - {id: a, type: STRNG}\ntasks:\n  - {id: b, type: io.kestra.plugin.core.log.Log, message: x}\n")) ==
          "unknown-type 'STRNG' at inputs[0] -> STRING\n");
}

TEST_CASE("what may be an expression is advice when it can't work")
{
    CHECK(faults(flowWith("tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: x\n    level: LOUD\n    timeout: 5 minutes\n")) ==
          "unknown-value 'LOUD' at tasks[0].level\ntype-mismatch '5 minutes' at tasks[0].timeout\n");
    CHECK(faults(flowWith("tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: x\n    level: \"{{ inputs.l }}\"\n")).empty());
}

TEST_CASE("types of plugins without a catalog are not errors")
{
    CHECK(faults(flowWith("tasks:\n  - {id: a, type: io.kestra.plugin.gcp.bigquery.Query, sql: x, timeout: PT1S}\n")) ==
          "foreign-type 'io.kestra.plugin.gcp.bigquery.Query' at tasks[0]\n");
}

TEST_CASE("all faults of a flow are told at once, each at its place")
{
    CHECK(faults("id: _f\nnamespace: n\nfoo: 1\ntasks:\n"
                 "  - id: a\n    type: io.kestra.plugin.core.log.Log\n"
                 "  - id: a\n    type: io.kestra.plugin.core.flow.Dag\n    tasks:\n"
                 "      - task: {id: x, type: io.kestra.plugin.core.debug.Return}\n        dependsOn: [xx]\n"
                 "  - id: s\n    type: io.kestra.plugin.core.flow.Subflow\n    namespace: n\n    flowId: _f\n") ==
          "invalid-text '_f' at id\n"
          "unknown-property 'foo' at foo\n"
          "missing-property 'a' at a.message\n"
          "duplicate-task 'a' at Invalid Flow\n"
          "unknown-dependency 'xx' at a -> x\n"
          "recursive-subflow '_f' at Invalid Flow\n");
}

TEST_CASE("aliases and merge keys are warned of, not expanded")
{
    CHECK(faults(flowWith("variables:\n  a: &x hello\n  b: *x\n  c:\n    <<: *x\ntasks:\n  - {id: a, type: io.kestra.plugin.core.log.Log, message: x}\n")) ==
          "alias-not-expanded '*x'\nalias-not-expanded '*x'\n");
}

TEST_CASE("old names are hints with the new one")
{
    const std::string text = flowWith("tasks:\n  - {id: a, type: io.kestra.core.tasks.log.Log, message: x}\n");
    CHECK(faults(text).empty());
    CHECK(faults(text, Severity::Hint) ==
          "renamed-type 'io.kestra.core.tasks.log.Log' at tasks[0] -> io.kestra.plugin.core.log.Log\n");
}

TEST_CASE("YAML that people write and the language does not take")
{
    CHECK(faults(flowWith("tasks:\n  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: {{ x }}\n")) ==
          "unquoted-expression '{{ x }}'\n");
    CHECK(faults(flowWith("a: 1\na: 2\n")).find("duplicate-key 'a'") != std::string::npos);
    CHECK(faults(flowWith("description:\tx\n")).find("tab '\t'") != std::string::npos);
    CHECK(faults("") == "empty-text ''\n");
}

TEST_CASE("every diagnostic has a sentence")
{
    for (const std::string_view code : diagnosticCodes())
        CHECK_FALSE(sentenceOf(code).empty());
    Diagnostic diagnostic;
    diagnostic.code = "unknown-property";
    diagnostic.args = {"mesage", "Log"};
    diagnostic.suggestion = "message";
    CHECK(describe(diagnostic) == "Log has no property 'mesage'. Did you mean 'message'?");
}

TEST_CASE("links follow what tasks read")
{
    const std::string text = flowWith("tasks:\n"
                                      "  - {id: load, type: io.kestra.plugin.core.debug.Return, format: x}\n"
                                      "  - {id: my-task, type: io.kestra.plugin.core.debug.Return, format: \"{{ outputs.load.value }}\"}\n"
                                      "  - id: seq\n    type: io.kestra.plugin.core.flow.Sequential\n    description: \"{{ outputs.nope.x }}\"\n    tasks:\n"
                                      "      - {id: in, type: io.kestra.plugin.core.log.Log, message: \"{{ outputs['my-task'].value ~ outputs.load.value }}\"}\n"
                                      "outputs:\n  - {id: o, type: STRING, value: \"{{ outputs.load.value }}\"}\n");
    const Analysis analysis = analyse(text, Revision{1}, test::coreCatalog());
    std::string links;
    for (const DataLink &link : analysis.flow->links)
        links += link.from + ">" + link.to + " " + std::string(test::slice(text, link.range)) + "\n";
    CHECK(links == "load>my-task load\nmy-task>in my-task\nload>in load\nload> load\n");
}
