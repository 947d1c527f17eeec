#include "engine/expr/template_faults.h"
#include "engine/flow/scalar_place.h"

#include <doctest/doctest.h>

namespace {

/// `line:column message` of each fault.
std::string faults(const std::string &text)
{
    const auto tree = flow::Tree::parse(text);
    const flow::LineIndex index(text);
    std::string out;
    for (const flow::Diagnostic &fault : expr::templateFaults(text, *tree, flow::Dialect::Kestra1_3)) {
        const auto at = index.position(fault.range.begin);
        out += std::to_string(at.line) + ":" + std::to_string(at.column) + " " + fault.args.front() + "\n";
    }
    return out;
}

std::string placeOf(const std::string &text, const std::string &message)
{
    const auto tree = flow::Tree::parse(text);
    const auto place = expr::placeOfMessage(text, *tree->root(), message);
    return place ? text.substr(*place, 7) : "none";
}

} // namespace

TEST_CASE("faults of templates stand at their place in the file, whatever the style of the text")
{
    CHECK(faults("a: x {{ b | nofilter }}\n") == "1:9 Filter [nofilter] does not exist.\n");
    CHECK(faults("a: 'it''s {{ b | nofilter }}'\n").starts_with("1:"));
    CHECK(faults("a: |\n  one\n  two {{ b | nofilter }}\n") == "3:10 Filter [nofilter] does not exist.\n");
    CHECK(faults("a: >-\n  one\n\n  two\n  {{ b | nofilter }}\n") == "5:6 Filter [nofilter] does not exist.\n");
    CHECK(faults("a: \"x\\n\\u00e9 {{ b | nofilter }}\"\n") == "1:18 Filter [nofilter] does not exist.\n");
    CHECK(faults("a: [\"{{ b }}\", '{{ c is nothing }}']\n") == "1:20 Test [nothing] does not exist.\n");
}

TEST_CASE("what can't be read is a fault, what is only shown is not looked at")
{
    CHECK(faults("a: '{{ 1 + }}'\n").find("Unexpected token") != std::string::npos);
    CHECK(faults("description: '{{ 1 + }}'\nvariables: {x: '{{ 1 + }}'}\n").empty());
    CHECK(faults("a: '{{ inputs.x ?? outputs.y.z | upper }}'\n").empty());
}

TEST_CASE("a message of a run leads to the template it quotes")
{
    const std::string text = "a: 'x {{ outputs.b.value }}'\nb: |\n  first\n  {{ inputs.nope }}\n";
    CHECK(placeOf(text, "Unable to find `b` used in the expression `x {{ outputs.b.value }}` at line 1") == "b.value");
    CHECK(placeOf(text, "Unable to find `nope` used in the expression `first\n{{ inputs.nope }}\n` at line 2") == "nope }}");
    CHECK(placeOf(text, "PebbleException: Could not perform addition (x {{ outputs.b.value }}:1)") == "{{ outp");
    CHECK(placeOf(text, "Task failure") == "none");
}
