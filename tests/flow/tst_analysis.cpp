#include "engine/flow/analysis.h"

#include "support/annotations.h"
#include "support/catalog.h"

#include <doctest/doctest.h>

using namespace flow;
using test::Annotated;

namespace {

Analysis read(std::string_view text)
{
    return analyse(text, Revision{7}, test::coreCatalog());
}

/// Every task as `path id`, one a line, in the order of the walk.
std::string outline(const Flow &flow)
{
    std::string lines;
    flow.forEachTask([&](const Task &task, const TaskList &, int) {
        lines += task.path + ' ' + task.id + (task.fault ? " !" : "") + '\n';
    });
    return lines;
}

} // namespace

TEST_CASE("tasks, branches and what they are called")
{
    const std::string text = R"(id: f
namespace: n
tasks:
  - id: a
    type: io.kestra.plugin.core.log.Log
    message: x
  - id: cond
    type: io.kestra.plugin.core.flow.If
    condition: "{{ true }}"
    then:
      - {id: t, type: io.kestra.plugin.core.debug.Return}
    else:
      - id: par
        type: io.kestra.plugin.core.flow.Parallel
        tasks:
          - id: p1
            type: io.kestra.plugin.core.debug.Return
  - id: sw
    type: io.kestra.plugin.core.flow.Switch
    value: x
    cases:
      EU:
        - id: eu
          type: io.kestra.plugin.core.debug.Return
    defaults:
      - id: other
        type: io.kestra.plugin.core.debug.Return
  - id: dag
    type: io.kestra.plugin.core.flow.Dag
    tasks:
      - task:
          id: d1
          type: io.kestra.plugin.core.debug.Return
      - task:
          id: d2
          type: io.kestra.plugin.core.debug.Return
        dependsOn: [d1]
  - id: pause
    type: io.kestra.plugin.core.flow.Pause
    onPause:
      id: op
      type: io.kestra.plugin.core.debug.Return
errors:
  - id: e
    type: io.kestra.plugin.core.debug.Return
)";
    const Analysis analysis = read(text);
    CHECK(analysis.revision == Revision{7});
    const Flow &flow = *analysis.flow;
    CHECK(outline(flow) == "tasks[0] a\n"
                           "tasks[1] cond\n"
                           "tasks[1].then[0] t\n"
                           "tasks[1].else[0] par\n"
                           "tasks[1].else[0].tasks[0] p1\n"
                           "tasks[2] sw\n"
                           "tasks[2].cases.EU[0] eu\n"
                           "tasks[2].defaults[0] other\n"
                           "tasks[3] dag\n"
                           "tasks[3].tasks[0] d1\n"
                           "tasks[3].tasks[1] d2\n"
                           "tasks[4] pause\n"
                           "tasks[4].onPause[0] op\n"
                           "errors[0] e\n");
    CHECK(flow.taskCount() == 14);
    const Task *d2 = flow.findById("d2");
    REQUIRE(d2);
    REQUIRE(d2->dependsOn.size() == 1);
    CHECK(test::slice(text, d2->dependsOn[0].range) == "d1");
    CHECK(d2->node != d2->item);
    CHECK(flow.parentOf(*d2)->id == "dag");
    CHECK(flow.parentOf(*flow.findById("eu"))->id == "sw");
    CHECK(flow.parentOf(*flow.findById("a")) == nullptr);
    CHECK(flow.findByPath("tasks[2].cases.EU[0]")->id == "eu");
    CHECK(flow.findList("tasks[2].cases.EU")->label == "EU");
    CHECK(flow.findList("tasks[1].else[0].tasks")->tasks.size() == 1);
    CHECK(flow.taskAt(text.find("p1"))->id == "p1");
    CHECK(flow.taskAt(0) == nullptr);
    CHECK(flow.findById("cond")->flowable);
    CHECK_FALSE(flow.findById("a")->flowable);
}

TEST_CASE("an id is the text the language takes it for")
{
    const Analysis analysis = read("id: 007\ntasks:\n  - {id: yes, type: t}\n  - {id: \"yes\", type: t}\n  - {id: 1.50, type: t}\n  - {id: ~, type: t}\n");
    CHECK(analysis.flow->id == "7");
    CHECK(outline(*analysis.flow) == "tasks[0] true\ntasks[1] yes\ntasks[2] 1.5\ntasks[3] \n");
}

TEST_CASE("a flowable without its list still has it, so that something can be put in")
{
    const Analysis analysis = read("tasks:\n  - id: i\n    type: io.kestra.plugin.core.flow.If\n");
    const Task *task = analysis.flow->findById("i");
    REQUIRE(task);
    REQUIRE(task->lists.size() == 1);
    CHECK(task->lists[0].kind == ListKind::Then);
    CHECK(task->lists[0].node == nullptr);
    CHECK(task->lists[0].path == "tasks[0].then");
}

TEST_CASE("a task's lines hold the comment above it")
{
    const Annotated text("tasks:\n"
                         "[[  - id: a # beside\n    type: x\n    # its own\n]]"
                         "[[[[  # first\n  #second\n]]  - id: b\n    script: |\n      # no note\n]]\n"
                         "  # stands alone\n"
                         "\n"
                         "[[  -\n    id: c\n]]"
                         "labels: {a: b}\n");
    // The comment below `a` is deeper than the dashes: it belongs to `a`.
    const auto held = read(text.text()).flow;
    const Flow &flow = *held;
    const Task *b = flow.findById("b");
    REQUIRE(b);
    CHECK(b->note == "first\nsecond");
    CHECK(b->range == text.range(1));
    CHECK(b->noteRange == text.range(2));
    CHECK(flow.findById("c")->range == text.range(3));
    CHECK(flow.findById("c")->note.empty());
    CHECK(flow.findById("a")->range == text.range(0));
}

TEST_CASE("inputs, triggers, outputs and labels")
{
    const std::string text = "id: f\nnamespace: n.m\ninputs:\n  # who\n  - id: user\n    type: STRING\ntriggers:\n"
                             "  - id: t\n    type: io.kestra.plugin.core.trigger.Schedule\n    disabled: true\n"
                             "outputs:\n  - id: o\n    type: STRING\n    value: x\nlabels:\n  team: data\n";
    const auto held = read(text).flow;
    const Flow &flow = *held;
    CHECK(flow.id == "f");
    CHECK(flow.namespaceId == "n.m");
    CHECK(test::slice(text, flow.idRange) == "f");
    REQUIRE(flow.inputs.size() == 1);
    CHECK(flow.inputs[0].note == "who");
    CHECK(flow.inputs[0].type == "STRING");
    REQUIRE(flow.triggers.size() == 1);
    CHECK(flow.triggers[0].disabled);
    CHECK(flow.triggers[0].path == "triggers[0]");
    REQUIRE(flow.outputs.size() == 1);
    CHECK(flow.outputs[0].id == "o");
    REQUIRE(flow.labels.size() == 1);
    CHECK(flow.labels[0].id == "team");
    CHECK(test::slice(text, flow.labels[0].range) == "  team: data\n");
}

TEST_CASE("broken text: the readable tasks stay, the broken one knows its fault")
{
    const std::string text = "id: f\nnamespace: n\ntasks:\n"
                             "  - id: a\n    type: io.kestra.plugin.core.log.Log\n    message: x\n"
                             "  - id: seq\n    type: io.kestra.plugin.core.flow.Sequential\n    tasks:\n"
                             "      - id: b\n        type: io.kestra.plugin.core.log.Log\n        message: [1, 2\n"
                             "      - id: c\n        type: io.kestra.plugin.core.log.Log\n";
    const Analysis analysis = read(text);
    CHECK(outline(*analysis.flow) == "tasks[0] a\n"
                                     "tasks[1] seq\n"
                                     "tasks[1].tasks[0] b !\n"
                                     "tasks[1].tasks[1] c\n");
    CHECK(analysis.flow->broken);
    REQUIRE(analysis.diagnostics.size() >= 1);
    CHECK(analysis.diagnostics[0].code == "yaml-syntax");
    CHECK(test::slice(text, analysis.diagnostics[0].range).starts_with("[1, 2"));
}

TEST_CASE("foreign types may hold tasks too")
{
    const auto held = read("tasks:\n  - id: x\n    type: com.acme.Loop\n    tasks:\n      - id: y\n        type: com.acme.Y\n"
                             "    defaults: [1, 2]\n").flow;
    const Flow &flow = *held;
    CHECK(outline(flow) == "tasks[0] x\ntasks[0].tasks[0] y\n");
    CHECK(flow.findById("x")->flowable);
}
