#include "engine/expr/renderer.h"
#include "engine/expr/scope.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace {

using flow::Value;

/// The least number of evaluated nodes, to a tenth, with which a template renders.
std::size_t workOf(const std::string &text, const flow::Object &variables)
{
    const auto source = expr::Template::compile(text);
    const expr::ObjectScope scope(variables);
    const auto renders = [&](std::size_t limit) {
        expr::Environment environment;
        environment.workLimit = limit;
        return expr::render(*source, scope, environment).hasValue();
    };
    std::size_t most = 16;
    while (!renders(most))
        most *= 2;
    for (std::size_t least = most / 2; most - least > most / 10;) {
        const std::size_t middle = least + (most - least) / 2;
        (renders(middle) ? most : least) = middle;
    }
    return most;
}

Value numbers(int count)
{
    Value::List list;
    for (int i = 0; i < count; ++i)
        list.emplace_back(i);
    return list;
}

} // namespace

TEST_CASE("The work of a template grows with its items, not with their square")
{
    for (const char *text : {"{% for x in xs %}{{ x }},{% endfor %}", "{% for x in xs %}{{ loop.index }}{{ loop.last }}{% endfor %}",
                             "{% for x in xs %}{% set y = x + 1 %}{{ y }}{% endfor %}", "{% for x in xs %}{{ xs | length }}{% endfor %}"}) {
        CAPTURE(text);
        const std::size_t some = workOf(text, {{"xs", numbers(1'000)}});
        const std::size_t many = workOf(text, {{"xs", numbers(100'000)}});
        CHECK(many <= 130 * some);
    }
    const std::size_t one = workOf("{{ xs | join(',') | length }}", {{"xs", numbers(1'000)}});
    CHECK(workOf("{{ xs | join(',') | length }}", {{"xs", numbers(100'000)}}) <= 2 * one);
}

TEST_CASE("A text of a megabyte passes through a template as it is, and no more is evaluated for it")
{
    const std::string large(1 << 20, 'x');
    CHECK(workOf("{{ t | upper | length }}", {{"t", large}}) <= workOf("{{ t | upper | length }}", {{"t", "x"}}) * 2);
    const auto source = expr::Template::compile(large + "{{ t }}" + large);
    const flow::Object variables{{"t", large}};
    const auto text = expr::render(*source, expr::ObjectScope(variables), {});
    REQUIRE(text.hasValue());
    CHECK(*text == large + large + large);
}

TEST_CASE("An output over its limit ends the rendering")
{
    expr::Environment environment;
    environment.outputLimit = 1000;
    const auto source = expr::Template::compile("{% for x in xs %}0123456789{% endfor %}");
    const flow::Object fits{{"xs", numbers(100)}};
    const flow::Object over{{"xs", numbers(101)}};
    CHECK(expr::render(*source, expr::ObjectScope(fits), environment).hasValue());
    CHECK_FALSE(expr::render(*source, expr::ObjectScope(over), environment).hasValue());
}

TEST_CASE("A pattern that tries without end is an error")
{
    const flow::Object variables{{"t", std::string(64, 'a') + "!"}, {"json", "\"" + std::string(64, 'a') + "!\""}};
    for (const char *text : {"{{ t | replace({'^(a+)+$': 'x'}, regexp=true) }}", "{{ t.matches('^(a+)+$') }}", "{{ t | split('^(a+)+$') }}",
                             "{{ json | jq('test(\"^(a|aa)+$\")') }}", "{{ json | jq('gsub(\"b*\"; \"x\")') }}"}) {
        CAPTURE(text);
        CHECK_FALSE(expr::render(*expr::Template::compile(text), expr::ObjectScope(variables), {}).hasValue());
    }
}

TEST_CASE("jq replaces a hundred thousand matches, and finds them")
{
    const flow::Object variables{{"json", "\"" + std::string(100'000, 'a') + "\""}};
    const expr::ObjectScope scope(variables);
    const auto replaced = expr::render(*expr::Template::compile("{{ json | jq('gsub(\"a\"; \"bc\") | length') }}"), scope, {});
    REQUIRE(replaced.hasValue());
    CHECK(*replaced == "[200000]");
    const auto found = expr::render(*expr::Template::compile("{{ json | jq('[match(\"a\"; \"g\").offset] | add') }}"), scope, {});
    REQUIRE(found.hasValue());
    CHECK(*found == "[4999950000]");
}

TEST_CASE("A program of jq with an open text or a zero in it is an error")
{
    const flow::Object variables{{"open", ".a == \"b"}, {"inner", "\"a\\(.b\""}, {"zero", std::string(".a\0.b", 5)}};
    for (const char *text : {"{{ {'a': 1} | jq(open) }}", "{{ {'a': 1} | jq(inner) }}", "{{ {'a': 1} | jq(zero) }}"}) {
        CAPTURE(text);
        const auto result = expr::render(*expr::Template::compile(text), expr::ObjectScope(variables), {});
        REQUIRE_FALSE(result.hasValue());
        CHECK(result.error().kindText() == "evaluation:JsonQueryException");
    }
}
