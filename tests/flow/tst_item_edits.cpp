#include "support/fidelity.h"

#include <doctest/doctest.h>

using namespace flow;

namespace {

const std::string kHead = "id: daily\nnamespace: acme\n";

/// The text after an edit, or the code of its refusal.
std::string after(const test::Subject &subject, const Result<Edit> &edit)
{
    return edit ? edit->applyTo(subject.text()) : test::nameOf(edit.error().code);
}

} // namespace

TEST_CASE("an item with nothing behind its dash goes and moves like others, and is not copied")
{
    const std::string first = "  - id: a\n    type: STRING\n", second = "  - id: b\n    type: INT\n";
    for (const std::string empty : {"  -\n", "  - # later\n", "  -\n    # later\n"}) {
        CAPTURE(empty);
        const test::Subject subject(kHead + "inputs:\n" + first + empty + second + "tasks: []\n");
        CHECK(after(subject, edits::removeItem(subject.snapshot(), "inputs[1]")) == kHead + "inputs:\n" + first + second + "tasks: []\n");
        CHECK(after(subject, edits::moveItem(subject.snapshot(), "inputs[1]", 0)) == kHead + "inputs:\n" + empty + first + second + "tasks: []\n");
        CHECK(after(subject, edits::moveItem(subject.snapshot(), "inputs[1]", 3)) == kHead + "inputs:\n" + first + second + empty + "tasks: []\n");
        CHECK(after(subject, edits::duplicateItem(subject.snapshot(), "inputs[1]")) == "InvalidYaml");
    }
}

TEST_CASE("a variable is renamed where it is given, read, set and unset")
{
    const test::Subject subject(kHead + "variables:\n  seen: ''\ntasks:\n"
                                        "  - {id: put, type: io.kestra.plugin.core.execution.SetVariables, variables: {seen: \"{{ vars.seen }}x\", other: 1}}\n"
                                        "  - id: drop\n    type: io.kestra.plugin.core.execution.UnsetVariables\n    variables:\n      - seen\n"
                                        "  - {id: own, type: io.kestra.plugin.core.flow.Subflow, namespace: a, flowId: b, inputs: {seen: 1}}\n");
    std::string wanted = subject.text();
    for (const char *place : {"  seen: ''", "{seen: \"", "vars.seen", "- seen"}) {
        const std::size_t at = wanted.find(place);
        REQUIRE(at != wanted.npos);
        wanted.replace(wanted.find("seen", at), 4, "known");
    }
    CHECK(after(subject, edits::renameNamed(subject.snapshot(), edits::Named::Variable, "seen", "known")) == wanted);
}

TEST_CASE("a value is put before a comment that touches the old one")
{
    const test::Subject subject(kHead + "description: \"x\"#c\ntasks: []\n");
    CHECK(after(subject, edits::setProperty(subject.snapshot(), "", "description", "plain text")) == kHead + "description: plain text #c\ntasks: []\n");
}

TEST_CASE("nothing is put behind a key without a name")
{
    const test::Subject subject(kHead + "?\ntasks:\n- {id: a, type: io.kestra.plugin.core.debug.Return}\n");
    CHECK(after(subject, edits::setProperty(subject.snapshot(), "", "zzKey", "1")) == "BrokenText");
}

TEST_CASE("the only key of a pair without braces leaves an empty mapping")
{
    const test::Subject subject(kHead + "variables: [a: 1, b]\ntasks: []\n");
    CHECK(after(subject, edits::unsetProperty(subject.snapshot(), "", "variables[0].a")) == kHead + "variables: [{}, b]\ntasks: []\n");
}
