#include "engine/flow/iso_time.h"
#include "engine/flow/number_text.h"
#include "engine/flow/utf8.h"
#include "engine/flow/value.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <thread>

using flow::Object;
using flow::Value;
using Kind = flow::Value::Kind;

TEST_CASE("the smallest kind that holds a whole number")
{
    CHECK(Value::wholeNumber("7").kind() == Kind::Int);
    CHECK(Value::wholeNumber("-2147483648").kind() == Kind::Int);
    CHECK(Value::wholeNumber("2147483648").kind() == Kind::Long);
    CHECK(Value::wholeNumber("9223372036854775808").kind() == Kind::BigInt);
    CHECK(Value::wholeNumber("-009223372036854775809").text() == "-9223372036854775809");
    CHECK(Value(std::uint64_t{1} << 63).kind() == Kind::BigInt);
}

TEST_CASE("kinds are told apart by equality")
{
    CHECK(Value(1) == Value(1));
    CHECK(Value(1) != Value(std::int64_t{1}));
    CHECK(Value(1) != Value(1.0));
    CHECK(Value("a") == Value(std::string("a")));
    CHECK(Value("a") != Value::ofText(Kind::Uri, "a"));
    CHECK(Value(Object{{"a", 1}, {"b", 2}}) == Value(Object{{"b", 2}, {"a", 1}}));
    CHECK(Value(Value::List{1, 2}) != Value(Value::List{2, 1}));
    CHECK(Value(std::nan("")) != Value(std::nan("")));
}

TEST_CASE("accessors of another kind are empty")
{
    const Value number(5);
    CHECK(number.text().empty());
    CHECK(number.list().empty());
    CHECK(number.map().empty());
    CHECK(number.find("a") == nullptr);
    CHECK(Value("x").asInt() == 0);
    CHECK(Value::ofText(Kind::BigInt, "18446744073709551616").asDouble() == 18446744073709551616.0);
}

TEST_CASE("a map keeps its order and finds its members, few or many")
{
    Object object;
    for (int i = 0; i < 1000; ++i)
        object.set("k" + std::to_string(i), i);
    object.set("k500", -1);
    CHECK(object.size() == 1000);
    for (int i = 0; i < 1000; ++i)
        CHECK(object.find("k" + std::to_string(i))->asInt() == (i == 500 ? -1 : i));
    CHECK(object.find("nope") == nullptr);
    CHECK(object.erase("k3"));
    CHECK_FALSE(object.erase("k3"));
    CHECK(std::next(object.begin(), 3)->first == "k4");
    CHECK(object.find("k999")->asInt() == 999);
}

TEST_CASE("copies share, also between threads, and a deep value is freed without a deep stack")
{
    Value deep(Value::List{});
    for (int i = 0; i < 1'000'000; ++i)
        deep = Value(Value::List{deep});
    CHECK(deep.depth() == 1'000'001);
    const Value copy = deep;
    CHECK(copy.sameAs(deep));
    Value text(std::string(1000, 'x'));
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([text] {
            for (int i = 0; i < 1000; ++i) {
                const Value again = text;
                Value list(Value::List{again, text});
                CHECK(list.list()[0].sameAs(text));
            }
        });
    for (auto &thread : threads)
        thread.join();
}

TEST_CASE("numbers as text")
{
    const std::pair<double, const char *> cases[] = {
        {1, "1.0"}, {-0.0, "-0.0"}, {0.1, "0.1"}, {100, "100.0"}, {1e7, "1.0E7"}, {9999999, "9999999.0"},
        {0.001, "0.001"}, {0.0001, "1.0E-4"}, {1e8, "1.0E8"}, {1.5e300, "1.5E300"}, {2e23, "2.0E23"},
        {4.9e-324, "4.9E-324"}, {std::numeric_limits<double>::max(), "1.7976931348623157E308"},
        {1.0 / 3, "0.3333333333333333"}, {123456.789, "123456.789"}, {12345678.9, "1.23456789E7"},
        {std::numeric_limits<double>::infinity(), "Infinity"}, {std::nan(""), "NaN"}};
    for (const auto &[number, text] : cases)
        CHECK(flow::formatDouble(number) == text);
    CHECK(flow::formatFloat(0.1f) == "0.1");
    CHECK(flow::formatFloat(1e10f) == "1.0E10");
    CHECK(flow::formatFloat(3.4028235e38f) == "3.4028235E38");
    CHECK(flow::plainDecimal("1E+3") == "1000");
    CHECK(flow::plainDecimal("-1.25E-3") == "-0.00125");
    CHECK(flow::plainDecimal("1.10") == "1.10");
    CHECK(flow::formatDecimal("1", false, -3) == "1E+3");
    CHECK(flow::formatDecimal("110", true, 2) == "-1.10");
}

TEST_CASE("text inside text")
{
    CHECK(flow::toText(Value(Value::List{1, "a", Value(), 1.5, Value(Object{{"k", true}})})) ==
          "[1, a, null, 1.5, {k=true}]");
    CHECK(flow::toText(Value(Object{})) == "{}");
}

TEST_CASE("values to JSON")
{
    const Value value(Object{{"b", Value::List{1, Value(), 2.0, "\"\\\n\x01\u00e9"}}, {"a", Value()}, {"e", Object{}}});
    CHECK(flow::toJson(value) == R"({"b":[1,null,2.0,"\"\\\n\u0001é"],"a":null,"e":{}})");
    CHECK(flow::toJson(value, {.dropNullMembers = true}) == R"({"b":[1,null,2.0,"\"\\\n\u0001é"],"e":{}})");
    CHECK(flow::toJson(Value(Object{{"b", Value::List{1}}, {"a", Value::List{}}}), {.indent = 2, .sortKeys = true}) ==
          "{\n  \"a\": [],\n  \"b\": [\n    1\n  ]\n}");
    CHECK(flow::toJson(Value("a\xff")) == "\"a\xEF\xBF\xBD\"");
    CHECK(flow::toJson(Value::ofText(Kind::Bytes, "abcd")) == "\"YWJjZA==\"");
    CHECK(flow::toJson(Value(std::numeric_limits<double>::infinity())) == "\"Infinity\"");
    CHECK(flow::toJson(Value::ofText(Kind::Duration, "PT1H30M")) == "5400.000000000");
    CHECK(flow::toJson(Value::ofText(Kind::Duration, "PT-0.5S")) == "-0.500000000");
    CHECK(flow::toJson(Value::ofText(Kind::Instant, "2024-03-09T16:07:08.123Z")) == "\"2024-03-09T16:07:08.123Z\"");
    CHECK(flow::toJson(Value::ofText(Kind::Instant, "2024-03-09T16:07:08.123Z"), {.instantMicros = true}) ==
          "\"2024-03-09T16:07:08.123000Z\"");
    CHECK(flow::toJson(Value::ofText(Kind::ZonedDateTime, "2024-03-09T16:07:08.5+01:00[Europe/Paris]")) ==
          "\"2024-03-09T15:07:08.5Z\"");
    CHECK(flow::toJson(Value::ofText(Kind::LocalTime, "16:07")) == "\"16:07:00\"");
}

TEST_CASE("JSON to values and back")
{
    for (const char *text : {R"({"b":[1,2147483648,9223372036854775808,1.5,true,false,null,"x"],"a":{}})", "[]", "\"\"",
                             "-0.5", "[[[]]]", R"("é한😀")"}) {
        const auto parsed = flow::parseJson(text);
        REQUIRE(parsed.ok);
        CHECK(flow::toJson(parsed.value) == text);
    }
    CHECK(flow::parseJson(R"("\u00e9\ud83d\ude00\/")").value.text() == "é😀/");
    CHECK(flow::parseJson(R"({"a":1,"a":2})").value.find("a")->asInt() == 2);
    CHECK(flow::parseJson("1e400").value.asDouble() == std::numeric_limits<double>::infinity());
    CHECK(flow::parseJsonPrefix(" [1] x").value.list().size() == 1);
}

TEST_CASE("what is not JSON is refused with its place")
{
    const std::pair<std::string, std::size_t> cases[] = {
        {"", 0}, {"[1,]", 3}, {"{a:1}", 1}, {"[1 2]", 3}, {"01", 0}, {"1.", 2}, {"\"a", 2}, {"\"\t\"", 1},
        {"nul", 0}, {"[1]x", 3}, {"\"\\x\"", 2}, {"\"\xff\"", 1}, {"truex", 0}};
    for (const auto &one : cases) {
        const auto &text = one.first;
        CAPTURE(text);
        const auto parsed = flow::parseJson(text);
        CHECK_FALSE(parsed.ok);
        CHECK(parsed.offset == one.second);
        CHECK_FALSE(parsed.error.empty());
    }
    CHECK_FALSE(flow::parseJson(std::string(100'000, '[')).ok);
}

TEST_CASE("moments and durations")
{
    using namespace std::chrono_literals;
    for (const char *text : {"2024-03-09T16:07:08Z", "2024-03-09T16:07:08.123Z", "1969-12-31T23:59:59.999999999Z",
                             "2024-02-29T00:00:00.000001Z"})
        CHECK(flow::formatInstant(*flow::parseInstant(text)) == text);
    CHECK(flow::formatInstant(*flow::parseInstant("2024-03-09T16:07+01:30")) == "2024-03-09T14:37:00Z");
    CHECK_FALSE(flow::parseInstant("2024-02-30T00:00:00Z"));
    CHECK_FALSE(flow::parseInstant("2024-02-03T00:00:00"));
    const std::pair<const char *, std::chrono::nanoseconds> good[] = {
        {"PT1H30M", 90min}, {"PT0S", 0s}, {"PT0.5S", 500ms}, {"PT-0.5S", -500ms}, {"PT48H", 48h}, {"PT1M0.000000001S", 60s + 1ns}};
    for (const auto &[text, duration] : good) {
        CHECK(flow::parseDuration(text) == duration);
        CHECK(flow::formatDuration(duration) == text);
    }
    CHECK(flow::parseDuration("p1dt2h") == 26h);
    CHECK(flow::parseDuration("-PT3M") == -3min);
    for (const char *text : {"", "P", "PT", "P1DT", "1h", "PT1", "PT1.5H", "PT1S1M", "P1M", "P1Y", "PT1H PT"})
        CHECK_FALSE(flow::parseDuration(text));
}

TEST_CASE("lengths are counted in UTF-16 units")
{
    CHECK(flow::utf8::utf16Length("aé한😀") == 5);
    CHECK(flow::utf8::fromUtf16(flow::utf8::toUtf16("aé한😀")) == "aé한😀");
    CHECK(flow::utf8::fromUtf16(u"\xD83D") == "?");
    CHECK(flow::utf8::firstInvalid("ab\xC0\xAF") == 2);
}
