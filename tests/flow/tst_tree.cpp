#include "engine/flow/tree.h"
#include "engine/flow/yaml_scalar.h"

#include "support/annotations.h"

#include <doctest/doctest.h>

#include <functional>

using namespace flow;
using test::Annotated;

namespace {

std::string at(std::string_view text, const Node *node)
{
    REQUIRE(node);
    return std::string(test::slice(text, node->range));
}

Value read(std::string_view yaml)
{
    const auto tree = Tree::parse(yaml);
    REQUIRE(tree->root());
    return toValue(*tree->root());
}

std::string json(std::string_view yaml)
{
    return toJson(read(yaml));
}

} // namespace

TEST_CASE("ranges of values hold the value and nothing else")
{
    const Annotated text("a: [[plain text]]   # comment\n"
                         "b: [['it''s']]\n"
                         "c: [[\"x\\ny\"]]\n"
                         "d: [[|-\n  one\n  two]]\n\n"
                         "e: [[[1, {x: 2}] ]]\n"
                         "f:\n  [[- x\n  - y: 1\n    z: 2]]\n"
                         "# end\n");
    const auto tree = Tree::parse(text.text());
    REQUIRE(tree->faults().empty());
    const char *keys = "abcdef";
    for (std::size_t i = 0; i < 6; ++i) {
        std::string expected(test::slice(text.text(), text.range(i)));
        if (keys[i] == 'e')
            expected.pop_back();
        CHECK(at(text.text(), tree->root()->find(std::string(1, keys[i]))) == expected);
    }
    CHECK(tree->root()->find("d")->text == "one\ntwo");
    CHECK(tree->root()->range.end == text.range(5).end);
}

TEST_CASE("a value without anything is an empty range behind its colon")
{
    const Annotated text("a:^\nb: # note\n");
    const auto tree = Tree::parse(text.text());
    CHECK(tree->root()->find("a")->range == Range{text.caret(), text.caret()});
    CHECK(tree->root()->find("a")->text.empty());
    CHECK(json(text.text()) == R"({"a":"","b":""})");
}

TEST_CASE("anchors and tags belong to the whole, not to the value")
{
    const std::string text = "a: &x hello\nb: !!str 12\nc: *x\nd: &m\n  k: v\ne: &n !t [1]\n<<: *m\n";
    const auto tree = Tree::parse(text);
    const Node *a = tree->root()->find("a");
    CHECK(at(text, a) == "hello");
    CHECK(test::slice(text, a->whole) == "&x hello");
    CHECK(a->anchor == "x");
    CHECK(tree->root()->find("b")->tag == "!!str");
    CHECK(at(text, tree->root()->find("b")) == "12");
    CHECK(tree->root()->find("c")->alias);
    CHECK(tree->root()->find("c")->text == "x");
    CHECK(at(text, tree->root()->find("d")) == "k: v");
    CHECK(at(text, tree->root()->find("e")) == "[1]");
    CHECK(json(text) == R"({"a":"hello","b":"12","c":"x","d":{"k":"v"},"e":[1],"<<":"m"})");
}

TEST_CASE("offsets are bytes: BOM, several bytes a letter, CRLF")
{
    const std::string text = "\xEF\xBB\xBFklé: 日本 # ü\r\nnext: 🚀\r\n";
    const auto tree = Tree::parse(text);
    REQUIRE(tree->faults().empty());
    CHECK(at(text, tree->root()->find("klé")) == "日本");
    CHECK(at(text, tree->root()->find("next")) == "🚀");
}

TEST_CASE("escapes of surrogate halves are one character, in double quotes only")
{
    const std::string text = "a: \"x \\ud83d\\ude00 é \\uD83D\\uDE01 \\\\ud83d\" # c\nb: &k \"\\uDBFF\\uDFFF\"\nc: '\\ud83d'\nd: \"\\ud83d x \\ude00\"\n";
    const auto tree = Tree::parse(text);
    REQUIRE(tree->faults().empty());
    CHECK(tree->root()->find("a")->text == "x 😀 é 😁 \\ud83d");
    CHECK(at(text, tree->root()->find("a")) == "\"x \\ud83d\\ude00 é \\uD83D\\uDE01 \\\\ud83d\"");
    CHECK(tree->root()->find("b")->text == "\xF4\x8F\xBF\xBF");
    CHECK(tree->root()->find("c")->text == "\\ud83d");
    CHECK(tree->root()->find("d")->text == "\xEF\xBF\xBD x \xEF\xBF\xBD");
}

TEST_CASE("scalars as the real engine reads them")
{
    CHECK(json("[yes, No, ON, off, True, FALSE, y, yEs, 'no']") ==
          R"([true,false,true,false,true,false,"y","yEs","no"])");
    CHECK(json("[014, 0o14, 0xFF, 0b101, -0x1F, 1_000, 08, _1, -0, 00, 0x, 0b2, +12]") ==
          R"([12,"0o14",255,5,-31,1000,"08","_1",0,0,"0x","0b2",12])");
    CHECK(json("[123456789012345678901234567890, 9223372036854775807, -017]") ==
          "[123456789012345678901234567890,9223372036854775807,-15]");
    CHECK(json("[.5, 5., 1.50, 1_000.25, 1.5e+3, 1e2, -0.0, 1.5.2, 190:20:30]") ==
          R"([0.5,5.0,1.5,1000.25,1500.0,100.0,-0.0,"1.5.2","190:20:30"])");
    CHECK(json("[null, ~, NULL, nUll, 'null', 2024-01-02]") == R"([null,null,null,"nUll","null","2024-01-02"])");
    CHECK(json("[!!int \"13\", !!float 1, !!binary aGVsbG8=, !mine 1]") == R"([13,1.0,"aGVsbG8=","1"])");
    CHECK(plainKind(".inf") == ScalarKind::Malformed);
    CHECK(plainKind("-.Inf") == ScalarKind::Malformed);
    CHECK(plainKind(".NaN") == ScalarKind::Malformed);
}

TEST_CASE("only the first document is read")
{
    CHECK(json("a: 1\n...\ngarbage: [\n") == R"({"a":1})");
    CHECK(json("%YAML 1.1\n---\na: 1\n---\nb: [\n") == R"({"a":1})");
    CHECK(Tree::parse("")->root() == nullptr);
    CHECK(Tree::parse("# nothing\n")->root() == nullptr);
}

TEST_CASE("what is whole in a broken text stays readable")
{
    const std::string text = "id: x\ntasks:\n  - id: a\n    type: t\n  - id: b\n    message: \"open\n    type: t\n"
                             "  - id: c\n    type: t\n";
    const auto tree = Tree::parse(text);
    CHECK(tree->faults().size() == 1);
    REQUIRE(tree->root());
    const Node *tasks = tree->root()->find("tasks");
    REQUIRE(tasks->items.size() == 3);
    CHECK(tasks->items[0]->find("id")->text == "a");
    CHECK(tasks->items[1]->find("id")->text == "b");
    CHECK(tasks->items[2]->find("id")->text == "c");
    CHECK(tasks->items[2]->find("type")->text == "t");
}

TEST_CASE("a key that is being typed breaks nothing else")
{
    const std::string text = "id: x\ntasks:\n  - id: a\n    type: t\n    mess\n  - id: b\n    type: u\nlabels:\n  k: v\n";
    const auto tree = Tree::parse(text);
    REQUIRE(tree->faults().size() == 1);
    CHECK(test::slice(text, tree->faults()[0].range).starts_with("mess"));
    const Node *tasks = tree->root()->find("tasks");
    REQUIRE(tasks->items.size() == 2);
    CHECK(tasks->items[0]->find("type")->text == "t");
    CHECK(tasks->items[1]->find("type")->text == "u");
    CHECK(tree->root()->find("labels")->find("k")->text == "v");
}

TEST_CASE("bytes that are no text are faults, the rest is read")
{
    const auto tree = Tree::parse(std::string("a: x\x01y\nb: \xFF\xFE\nc: z\n"));
    CHECK(tree->faults().size() == 1);
    CHECK(tree->root()->find("c")->text == "z");
}

TEST_CASE("lines and columns count from one, columns in letters")
{
    const std::string text = "ab\r\n日本x\rlast";
    const LineIndex lines(text);
    CHECK(lines.lineCount() == 3);
    CHECK(lines.position(0).column == 1);
    CHECK(lines.position(text.find('x')).line == 2);
    CHECK(lines.position(text.find('x')).column == 3);
    CHECK(lines.position(text.size()).line == 3);
    CHECK(lines.position(9999).column == 5);
    CHECK(lines.lineBegin(2) == 4);
    CHECK(lines.lineBegin(3) == text.find("last"));
}
