#include "support/fidelity.h"

#include <doctest/doctest.h>

using namespace flow;

namespace {

const std::string kHead = "id: daily\nnamespace: acme\n";

std::string task(const std::string &id, const std::string &format, const std::string &more = {})
{
    return "  - id: " + id + "\n    type: io.kestra.plugin.core.debug.Return\n    format: \"" + format + "\"\n" + more;
}

std::string subflow(const std::string &more)
{
    return "  - id: part\n    type: io.kestra.plugin.core.flow.Subflow\n    namespace: acme\n    flowId: part\n" + more;
}

Result<edits::ProjectEdit> extract(const test::Subject &subject, std::vector<std::string> ids)
{
    return edits::extractSubflow(subject.snapshot(), ids, "part");
}

/// The code a refusal gives, and what it names.
std::string refusal(const std::string &text, std::vector<std::string> ids)
{
    const auto edit = extract(test::Subject(text), std::move(ids));
    return edit ? "done" : test::nameOf(edit.error().code) + ' ' + edit.error().args.front();
}

std::string inlined(const std::string &caller, const std::string &called)
{
    const test::Subject subject(caller);
    const test::Subject other(called);
    const auto edit = edits::inlineSubflow(subject.snapshot(), "part", other.snapshot());
    return edit ? edit->applyTo(subject.text()) : test::nameOf(edit.error().code) + ' ' + edit.error().args.front();
}

} // namespace

TEST_CASE("what tasks read of their flow becomes inputs, what is read of them becomes outputs")
{
    const test::Subject subject(
        kHead + "inputs:\n  - {id: day, type: DATE, defaults: \"2024-01-02\"}\nvariables:\n  limit: 3\n  hello: \"hi {{ inputs.day }}\"\ntasks:\n" +
        task("load", "x") + "  # says it\n" + task("greet", "{{ outputs.load.value }} {{ inputs.day }} {{ vars.limit + 1 }} {{ render(vars.hello) }}") +
        task("again", "{{ outputs.greet.value }}") + task("after", "{{ outputs.again.value }}"));
    const auto edit = extract(subject, {"greet", "again"});
    REQUIRE(edit);
    REQUIRE(edit->created.size() == 1);
    CHECK(edit->changes.front().edit.applyTo(subject.text()) ==
          kHead + "inputs:\n  - {id: day, type: DATE, defaults: \"2024-01-02\"}\nvariables:\n  limit: 3\n  hello: \"hi {{ inputs.day }}\"\ntasks:\n" +
              task("load", "x") +
              subflow("    inputs:\n      load_value: \"{{ outputs.load.value }}\"\n      day: \"{{ inputs.day }}\"\n"
                      "      limit: \"{{ vars.limit }}\"\n") +
              task("after", "{{ outputs.part.outputs.again_value }}"));
    CHECK(edit->created.front().id == "part");
    CHECK(edit->created.front().text ==
          "id: part\nnamespace: acme\n\ninputs:\n  - id: load_value\n    type: STRING\n  - id: day\n    type: DATE\n"
          "  - id: limit\n    type: INT\n\nvariables:\n  hello: \"hi {{ inputs.day }}\"\n\ntasks:\n  # says it\n" +
              task("greet", "{{ inputs.load_value }} {{ inputs.day }} {{ inputs.limit + 1 }} {{ render(vars.hello) }}") +
              task("again", "{{ outputs.greet.value }}") +
              "\noutputs:\n  - id: again_value\n    type: STRING\n    value: \"{{ outputs.again.value }}\"\n");
}

TEST_CASE("a value that may be missing is handed over as null")
{
    const test::Subject subject(kHead + "tasks:\n" + task("a", "{{ labels.team ?? 'none' }}"));
    const auto edit = extract(subject, {"a"});
    REQUIRE(edit);
    CHECK(edit->changes.front().edit.applyTo(subject.text()).find("labels_team: \"{{ (labels.team ?? null) | toJson }}\"") != std::string::npos);
    CHECK(edit->created.front().text.find("type: JSON\n    required: false") != std::string::npos);
}

TEST_CASE("tasks of a Parallel stay beside each other, one of a Dag keeps its arrows")
{
    const std::string fan = kHead + "tasks:\n  - id: fan\n    type: io.kestra.plugin.core.flow.Parallel\n    tasks:\n"
                                    "      - {id: a, type: io.kestra.plugin.core.debug.Return, format: x}\n"
                                    "      - {id: b, type: io.kestra.plugin.core.debug.Return, format: y}\n";
    const auto both = extract(test::Subject(fan), {"a", "b"});
    REQUIRE(both);
    CHECK(both->created.front().text.find("type: io.kestra.plugin.core.flow.Parallel") != std::string::npos);
    const test::Subject dag(kHead + "tasks:\n  - id: dag\n    type: io.kestra.plugin.core.flow.Dag\n    tasks:\n"
                                    "      - task: {id: a, type: io.kestra.plugin.core.debug.Return, format: x}\n"
                                    "      - task: {id: b, type: io.kestra.plugin.core.debug.Return, format: y}\n        dependsOn: [a]\n");
    const auto one = extract(dag, {"a"});
    REQUIRE(one);
    CHECK(one->changes.front().edit.applyTo(dag.text()).find("dependsOn: [part]") != std::string::npos);
}

TEST_CASE("plugin defaults go along, in the style and with the line breaks of the flow")
{
    const test::Subject subject("id: daily\r\nnamespace: acme\r\ntasks:\r\n- id: a\r\n  type: io.kestra.plugin.core.log.Log\r\n"
                                "  message: x\r\n- id: b\r\n  type: io.kestra.plugin.core.debug.Return\r\npluginDefaults:\r\n- type: io.kestra.plugin.core.log\r\n  values: {level: WARN}\r\n- type: other\r\n  values: {a: b}");
    const auto edit = extract(subject, {"a"});
    REQUIRE(edit);
    CHECK(edit->created.front().text ==
          "id: part\r\nnamespace: acme\r\n\r\ntasks:\r\n- id: a\r\n  type: io.kestra.plugin.core.log.Log\r\n  message: x\r\n"
          "\r\npluginDefaults:\r\n- type: io.kestra.plugin.core.log\r\n  values: {level: WARN}\r\n");
}

TEST_CASE("an extraction that would change what runs is refused")
{
    const std::string head = kHead + "tasks:\n";
    CHECK(refusal(head + task("a", "x") + task("b", "x") + task("c", "x"), {"a", "c"}) == "NotTogether c");
    CHECK(refusal(head + task("a", "{{ outputs }}"), {"a"}) == "MeansElse outputs");
    CHECK(refusal(head + task("a", "x") + task("b", "{{ tasks.a.state }}"), {"a"}) == "MeansElse tasks.a.state");
    CHECK(refusal(head + task("a", "x") + "errors:\n" + task("e", "{{ errorLogs() }}"), {"a"}) == "MeansElse errorLogs()");
    CHECK(refusal(head + task("a", "{{ parents[0].outputs }}"), {"a"}) == "MeansElse parents[0].outputs");
    CHECK(refusal(head + task("a", "x", "    runIf: \"{{ true }}\"\n") + task("b", "{{ outputs.a.value }}"), {"a"}) ==
          "MayBeMissing outputs.a.value");
    CHECK(refusal(head + "  - id: a\n    type: io.kestra.plugin.core.flow.Pause\n", {"a"}) == "BoundToPlace a");
    CHECK(refusal(head + task("a", "x"), {"gone"}) == "NoSuchTask gone");
    CHECK(refusal(head + "  - id: a\n    message: \"open\n", {"a"}).starts_with("BrokenText"));
    CHECK(refusal(kHead + "inputs:\n  - {id: d, type: DURATION}\ntasks:\n" + task("a", "{{ inputs.d }}"), {"a"}) == "TypeChanges inputs.d");
}

TEST_CASE("a subflow is put in its place: inputs, outputs and taken ids")
{
    const std::string called = "id: part\nnamespace: acme\ninputs:\n  - {id: name, type: STRING}\n  - {id: n, type: INT, defaults: 2}\nvariables:\n  x: 1\ntasks:\n" +
                               std::string("  # greets\n") + task("load", "{{ inputs.name }} {{ inputs.n + vars.x }}") + task("b", "{{ outputs.load.value | upper }}") +
                               "outputs:\n  - {id: all, type: STRING, value: \"{{ outputs.b.value }}\"}\n";
    const std::string caller = kHead + "tasks:\n" + task("load", "x") + "\n" +
                               subflow("    inputs:\n      name: \"{{ outputs.load.value }}\"\n") + task("after", "{{ outputs.part.outputs.all }}");
    CHECK(inlined(caller, called) == kHead + "variables:\n  x: 1\ntasks:\n" + task("load", "x") + "\n  # greets\n" +
                                         task("load_2", "{{ outputs.load.value }} {{ 2 + vars.x }}") +
                                         task("b", "{{ outputs.load_2.value | upper }}") + task("after", "{{ outputs.b.value }}"));
}

TEST_CASE("what only a group can keep gets one: conditions, errors, places beside each other")
{
    const std::string called = "id: part\nnamespace: acme\ntasks:\n" + task("a", "x") + "errors:\n" + task("e", "y");
    CHECK(inlined(kHead + "tasks:\n" + subflow("    runIf: \"{{ true }}\"\n"), called) ==
          kHead + "tasks:\n  - id: part\n    type: io.kestra.plugin.core.flow.Sequential\n    runIf: \"{{ true }}\"\n    tasks:\n"
                  "      - id: a\n        type: io.kestra.plugin.core.debug.Return\n        format: \"x\"\n    errors:\n"
                  "      - id: e\n        type: io.kestra.plugin.core.debug.Return\n        format: \"y\"\n");
}

TEST_CASE("an inlining that would change what runs is refused")
{
    const std::string plain = "id: part\nnamespace: acme\ntasks:\n" + task("a", "x");
    const std::string head = kHead + "tasks:\n";
    CHECK(inlined(head + subflow("    wait: false\n"), plain) == "OnlyOfSubflow wait");
    CHECK(inlined(head + subflow(""), plain + "concurrency:\n  limit: 1\n") == "OnlyOfSubflow concurrency");
    CHECK(inlined(head + subflow(""), "id: other\nnamespace: acme\ntasks:\n" + task("a", "x")) == "NoSuchFlow part");
    CHECK(inlined(head + "  - {id: part, type: io.kestra.plugin.core.log.Log, message: x}\n", plain) == "NotASubflow part");
    CHECK(inlined(head + subflow(""), "id: part\nnamespace: acme\ntasks:\n" + task("a", "{{ execution.id }}")) == "MeansElse execution.id");
    CHECK(inlined(head + subflow("") + task("b", "{{ outputs.part.executionId }}"), plain) == "MeansElse outputs.part.executionId");
    CHECK(inlined(head + subflow("    inputs: {n: \"{{ outputs.x.y }}\"}\n"),
                  "id: part\nnamespace: acme\ninputs:\n  - {id: n, type: INT}\ntasks:\n" + task("a", "{{ inputs.n + 1 }}")) == "TypeChanges inputs.n");
    CHECK(inlined(head + subflow("") + "pluginDefaults:\n  - {type: io.kestra.plugin.core.debug, values: {format: z}}\n", plain) ==
          "DefaultsDiffer io.kestra.plugin.core.debug");
}

TEST_CASE("a flow is renamed with what names it in the project")
{
    const std::vector<std::string> texts = {
        "id: daily\nnamespace: acme\ntasks:\n" + task("a", "x"),
        "id: caller\nnamespace: acme\ntasks:\n  - {id: c, type: io.kestra.plugin.core.flow.Subflow, namespace: \"{{ flow.namespace }}\", flowId: daily}\n"
        "  - {id: d, type: io.kestra.plugin.core.flow.Subflow, namespace: other, flowId: daily}\n",
        "id: listener\nnamespace: other\ntasks:\n" + task("a", "x") +
            "triggers:\n  - id: t\n    type: io.kestra.plugin.core.trigger.Flow\n    conditions:\n"
            "      - {type: io.kestra.plugin.core.condition.ExecutionFlow, namespace: acme, flowId: daily}\n"
            "  - id: u\n    type: io.kestra.plugin.core.trigger.Flow\n    preconditions:\n      id: p\n      flows:\n        - namespace: acme\n          flowId: 'daily' # it\n",
        "id: nightly\nnamespace: other\ntasks:\n" + task("a", "daily")};
    std::vector<Snapshot> files;
    for (const std::string &text : texts)
        files.push_back(test::Subject(text).snapshot());
    const auto edit = edits::renameFlow(files, 0, "nightly");
    REQUIRE(edit);
    REQUIRE(edit->changes.size() == 3);
    CHECK(edit->changes[0].edit.applyTo(texts[0]) == "id: nightly\nnamespace: acme\ntasks:\n" + task("a", "x"));
    CHECK(edit->changes[1].edit.replacements().size() == 1);
    CHECK(edit->changes[2].edit.applyTo(texts[2]).find("flowId: 'nightly' # it") != std::string::npos);
    CHECK(edit->changes[2].edit.replacements().size() == 2);
    CHECK(edits::renameFlow(files, 2, "nightly").error().code == ErrorCode::IdTaken);
}

TEST_CASE("what would end or read otherwise in a flow of its own stays")
{
    const std::string retried = "  - id: s\n    type: io.kestra.plugin.core.flow.Sequential\n    retry: {type: constant, interval: PT1S}\n    tasks:\n"
                                "      - {id: x, type: io.kestra.plugin.core.debug.Return, format: y}\n";
    CHECK(refusal(kHead + "tasks:\n" + retried + task("a", "x"), {"s"}) == "BoundToPlace s");
    CHECK(refusal(kHead + "tasks:\n" + task("a", "{{ outputs.nowhere.value }}") + task("b", "x"), {"a"}) == "MayBeMissing outputs.nowhere.value");
    CHECK(refusal(kHead + "tasks:\n" + task("a", "{{ outputs.nowhere.value ?? 'z' }}") + task("b", "x"), {"a"}) == "done");
}

TEST_CASE("references to an item that would go are listed")
{
    const test::Subject subject(kHead + "inputs:\n  - {id: day, type: DATE}\nvariables:\n  x: 1\ntasks:\n" + task("a", "{{ inputs.day }} {{ vars.x }}") +
                                task("b", "{{ inputs.day }}"));
    const auto inputs = edits::danglingReferences(subject.snapshot(), "inputs[0]");
    REQUIRE(inputs.size() == 2);
    CHECK(inputs[0].id == "day");
    CHECK(inputs[1].task == "tasks[1]");
    CHECK(edits::danglingReferences(subject.snapshot(), "variables.x").size() == 1);
}
