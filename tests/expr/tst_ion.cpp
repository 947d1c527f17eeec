#include "engine/expr/ion.h"

#include <doctest/doctest.h>

#include <string>

namespace {

std::string json(std::string_view ion)
{
    const expr::IonParse parsed = expr::parseIon(ion);
    return parsed.ok ? flow::toJson(parsed.value) : "error: " + parsed.error;
}

std::string again(std::string_view ion)
{
    return expr::toIon(expr::parseIon(ion).value);
}

} // namespace

TEST_CASE("Ion scalars are read with their kinds")
{
    using Kind = flow::Value::Kind;
    const struct
    {
        const char *ion;
        Kind kind;
        const char *json;
    } rows[] = {
        {"null", Kind::Null, "null"},
        {"null.string", Kind::Null, "null"},
        {"true", Kind::Bool, "true"},
        {"-12", Kind::Int, "-12"},
        {"1_000", Kind::Int, "1000"},
        {"0xFF", Kind::Int, "255"},
        {"-0b101", Kind::Int, "-5"},
        {"5000000000", Kind::Long, "5000000000"},
        {"123456789012345678901234567890", Kind::BigInt, "123456789012345678901234567890"},
        {"1.50", Kind::Decimal, "1.50"},
        {"15d-1", Kind::Decimal, nullptr},
        {"1.5e0", Kind::Double, "1.5"},
        {"\"a\\n\\\"b\\\" \\u00e9\"", Kind::Text, "\"a\\n\\\"b\\\" é\""},
        {"'''a''' '''b'''", Kind::Text, "\"ab\""},
        {"sym", Kind::Text, "\"sym\""},
        {"'a b'", Kind::Text, "\"a b\""},
        {"{{aGVsbG8=}}", Kind::Bytes, "\"aGVsbG8=\""},
        {"2024-03-09", Kind::LocalDate, "\"2024-03-09\""},
        {"2024-03T", Kind::LocalDate, "\"2024-03-01\""},
        {"2024-03-09T16:07Z", Kind::Instant, "\"2024-03-09T16:07:00Z\""},
        {"2024-03-09T16:07:08.5Z", Kind::Instant, "\"2024-03-09T16:07:08.500Z\""},
        {"LocalTime::\"10:15\"", Kind::LocalTime, "\"10:15:00\""},
        {"something::5", Kind::Int, "5"},
    };
    for (const auto &row : rows) {
        CAPTURE(row.ion);
        const expr::IonParse parsed = expr::parseIon(row.ion);
        REQUIRE(parsed.ok);
        CHECK(parsed.value.kind() == row.kind);
        if (row.json)
            CHECK(flow::toJson(parsed.value) == row.json);
    }
}

TEST_CASE("Ion containers nest, with comments and trailing commas")
{
    CHECK(json("// c\n{a:1, 'b c':[1,2.5e0,null,], /* x */ \"d\":{e:(f g 1)}}")
          == R"({"a":1,"b c":[1,2.5,null],"d":{"e":["f","g",1]}})");
    CHECK(json("{\"v\": 1, \"s\": \"a\"}") == R"({"v":1,"s":"a"})");
}

TEST_CASE("Values follow one another, and there is an end")
{
    const std::string text = "{a:1}\n{a:2}\n";
    const expr::IonParse first = expr::parseIon(text);
    CHECK(first.offset == 5);
    const expr::IonParse second = expr::parseIon(std::string_view(text).substr(first.offset));
    CHECK(flow::toJson(second.value) == R"({"a":2})");
    const expr::IonParse end = expr::parseIon(" // only a comment");
    CHECK(end.ok);
    CHECK(end.empty);
}

TEST_CASE("Broken Ion is an error with its place, never a crash")
{
    const std::string whole = "{d:2024-03-09,t:x::\"q\\u00e9\",f:1.5e0,l:[1,'''s'''],b:{{aGk=}},/* c */n:null.int}";
    for (std::size_t size = 1; size < whole.size(); ++size) {
        CAPTURE(size);
        CHECK_FALSE(expr::parseIon(std::string_view(whole).substr(0, size)).ok);
    }
    CHECK(expr::parseIon(whole).ok);
    CHECK_FALSE(expr::parseIon(std::string(5000, '[')).ok);
    for (const char *bad : {"{a 1}", "\"\\q\"", "2024-13-01", "1.5x", "{a:1 b:2}", "}", "0xZZ"})
        CHECK_FALSE(expr::parseIon(bad).ok);
}

TEST_CASE("What is written reads back the same")
{
    CHECK(again("{d:2024-03-09,t:2024-03-09T16:07:08.5Z,f:1.5e0,dec:1.50,s:sym,l:[1,2],n:null,b:{{aGk=}}}")
          == "{d:2024-03-09,t:2024-03-09T16:07:08.500Z,f:1.5e0,dec:1.50,s:\"sym\",l:[1,2],n:null,b:{{aGk=}}}");
    CHECK(expr::toIon(flow::Object{{"a b", 1}, {"c", "q'x"}, {"null", true}, {"$1", 1e300}, {"", -0.5}})
          == "{'a b':1,c:\"q'x\",'null':true,'$1':1.0e300,'':-0.5e0}");
    CHECK(again("LocalTime::\"10:15\"") == "LocalTime::\"10:15:00\"");
    CHECK(expr::toIon("a\n\"b\"\\ \x01 é") == "\"a\\n\\\"b\\\"\\\\ \\x01 é\"");
}
