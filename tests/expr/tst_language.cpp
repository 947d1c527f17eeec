#include "engine/expr/environment.h"
#include "engine/expr/language.h"
#include "engine/expr/renderer.h"

#include <doctest/doctest.h>

#include <thread>

using expr::Place;

namespace {

/// A text with a `|^|` where the caret is.
Place at(std::string text)
{
    const std::size_t offset = text.find("^");
    REQUIRE(offset != std::string::npos);
    text.erase(offset, 1);
    return expr::placeAt(text, offset);
}

std::string problems(const std::string &text)
{
    std::string out;
    for (const expr::Problem &problem : expr::check(text))
        out += "[" + text.substr(problem.begin, problem.end - problem.begin) + "] " + problem.message + (problem.syntax ? " !" : "") + "\n";
    return out;
}

} // namespace

TEST_CASE("what is written at a place")
{
    CHECK(at("plain ^").kind == Place::Kind::Text);
    CHECK(at("{{ ^ }}").kind == Place::Kind::Expression);
    CHECK(at("{{ a }} ^").kind == Place::Kind::Text);
    CHECK(at("{{ inp^ }}").kind == Place::Kind::Name);
    CHECK(at("{{ inp^uts }}").word == "inp");
    CHECK(at("{{ x | up^ }}").kind == Place::Kind::Filter);
    CHECK(at("{{ x | ^").kind == Place::Kind::Filter);
    CHECK(at("{{ x is def^").kind == Place::Kind::Test);
    CHECK(at("{% fo^").kind == Place::Kind::Tag);
    CHECK(at("{{ 'a^").kind == Place::Kind::String);
    const Place attribute = at("{{ outputs.extract['rows'].fi^ }}");
    CHECK(attribute.kind == Place::Kind::Attribute);
    CHECK(attribute.path == std::vector<std::string>{"outputs", "extract", "rows"});
    const Place argument = at("{{ x | replace({'a': 'b'}, ^) }}");
    CHECK(argument.kind == Place::Kind::Argument);
    CHECK(argument.callee == "replace");
    CHECK(argument.calleeIsFilter);
    CHECK(argument.argument == 1);
}

TEST_CASE("names a template gives itself")
{
    CHECK(expr::localNames("{% set a = 1 %}{% for x in list %}{{ ", 36) == std::vector<std::string>{"a", "loop", "x"});
    CHECK(expr::localNames("{% for x in list %}{% endfor %}{{ ", 34).empty());
    CHECK(expr::localNames("{% macro m(p, q='d') %}{{ ", 26) == std::vector<std::string>{"p", "q"});
}

TEST_CASE("what is wrong, and where")
{
    CHECK(problems("{{ a | upper }} text").empty());
    CHECK(problems("x {{ a | uper }}") == "[a | uper] Filter [uper] does not exist.\n");
    CHECK(problems("{{ nope(1) }}{% macro own() %}{% endmacro %}{{ own() }}") == "[nope(1)] Function or Macro [nope] does not exist.\n");
    CHECK(problems("{{ 1 + }}") == "[}}] Unexpected token \"PRINT_END\" of value \"}}\" !\n");
    CHECK(problems("{% raw %}{{ x }}{% endraw %}{{ a b }}") == "[b] Unexpected token of value \"b\" and type NAME, expected token of type PRINT_END !\n");
}

TEST_CASE("words with their signatures")
{
    const auto dialect = flow::Dialect::Kestra1_3;
    CHECK(expr::findWord(expr::WordKind::Filter, "replace", dialect)->signature() == "replace(replace_pairs, regexp=false)");
    CHECK(expr::findWord(expr::WordKind::Function, "max", dialect)->signature() == "max(...)");
    CHECK(expr::findWord(expr::WordKind::Filter, "indent", dialect)->signature() == "indent(amount, prefix=' ')");
    CHECK_FALSE(expr::findWord(expr::WordKind::Filter, "regexMatch", dialect));
    CHECK(expr::findWord(expr::WordKind::Filter, "regexMatch", flow::Dialect::Kestra2_0));
    for (const expr::Word &word : expr::words(dialect))
        CHECK_MESSAGE(!word.summary.empty(), word.name);
}

TEST_CASE("an error has its place in the template")
{
    const std::string text = "line\n{{ 'é' ~ nope }}";
    const auto source = expr::Template::compile(text);
    const flow::Object none;
    const auto result = expr::render(*source, expr::ObjectScope(none), expr::Environment());
    REQUIRE_FALSE(result);
    CHECK(result.error().kind == expr::ErrorKind::MissingAttribute);
    CHECK(result.error().name == "nope");
    CHECK(result.error().line == 2);
    CHECK(result.error().column == 10);
    CHECK(text.substr(result.error().begin, result.error().end - result.error().begin) == "nope");
}

TEST_CASE("one cache serves many threads, and a deep template ends in an error")
{
    expr::TemplateCache cache(8);
    expr::Environment environment;
    environment.cache = &cache;
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 500; ++i) {
                const flow::Object variables{{"n", i}};
                const auto source = cache.get("{{ n + " + std::to_string((i + t) % 20) + " }}");
                const auto text = expr::render(*source, expr::ObjectScope(variables), environment);
                if (!text || *text != std::to_string(i + (i + t) % 20))
                    std::abort();
            }
        });
    for (auto &thread : threads)
        thread.join();
    const flow::Object none;
    const expr::ObjectScope scope(none);
    std::string chain = "{{ 1";
    for (int i = 0; i < 50'000; ++i)
        chain += " + 1";
    const std::vector<std::string> texts{"{{ " + std::string(100'000, '(') + "1 }}", "{{ " + std::string(100'000, '-') + "1 }}",
                                         "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", chain + " }}"};
    for (const std::string &text : texts)
        CHECK_FALSE(expr::render(*expr::Template::compile(text), scope, environment));
}

TEST_CASE("values are rendered inside lists and maps, and shared where nothing is rendered")
{
    const flow::Object variables{{"who", "Ada"}, {"rows", flow::Value::List{1, 2}}};
    const expr::ObjectScope scope(variables);
    const flow::Value plain(flow::Object{{"a", flow::Value::List{"x", 1}}});
    CHECK(expr::renderDeep(plain, scope, expr::Environment())->sameAs(plain));
    const flow::Value value(flow::Object{{"{{ who }}", flow::Value::List{"hi {{ who }}", "{{ rows }}"}}});
    CHECK(flow::toJson(*expr::renderDeep(value, scope, expr::Environment())) == R"({"Ada":["hi Ada","[1,2]"]})");
    CHECK(flow::toJson(*expr::renderDeep(value, scope, expr::Environment(), true)) == R"({"Ada":["hi Ada",[1,2]]})");
}
