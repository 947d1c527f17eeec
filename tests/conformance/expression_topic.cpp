#include "expression_topic.h"

#include "engine/expr/java_values.h"
#include "engine/expr/renderer.h"
#include "engine/flow/iso_time.h"
#include "engine/flow/value.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

namespace conformance {
namespace {

using flow::Value;
using Kind = Value::Kind;

Value readFile(const std::filesystem::path &path)
{
    std::ifstream in(path, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    return flow::parseJson(text.str()).value;
}

/// `{"$Instant": "…"}` stands for a value of that Java type.
Value decode(const Value &value)
{
    static const std::map<std::string, Kind> kTexts{{"$Instant", Kind::Instant},
                                                    {"$ZonedDateTime", Kind::ZonedDateTime},
                                                    {"$OffsetDateTime", Kind::OffsetDateTime},
                                                    {"$LocalDate", Kind::LocalDate},
                                                    {"$LocalDateTime", Kind::LocalDateTime},
                                                    {"$LocalTime", Kind::LocalTime},
                                                    {"$URI", Kind::Uri},
                                                    {"$BigDecimal", Kind::Decimal},
                                                    {"$BigInteger", Kind::BigInt},
                                                    {"$Bytes", Kind::Bytes}};
    if (value.isList()) {
        Value::List items;
        for (const Value &item : value.list())
            items.push_back(decode(item));
        return Value(std::move(items));
    }
    if (!value.isMap())
        return value;
    if (value.size() == 1) {
        const auto &[key, member] = *value.map().begin();
        if (const auto at = kTexts.find(key); at != kTexts.end())
            return Value::ofText(at->second, member.text());
        if (key == "$Duration")
            return flow::durationValue(flow::parseDuration(member.text()).value_or(std::chrono::nanoseconds()));
        if (key == "$Float")
            return Value::ofFloat(std::stof(member.text()));
        if (key == "$Long")
            return Value(static_cast<std::int64_t>(std::stoll(member.text())));
        if (key == "$Set")
            return Value::ofSet(decode(member).list());
    }
    flow::Object members;
    for (const auto &[key, member] : value.map())
        members.set(key, decode(member));
    return Value(std::move(members));
}

std::string textOf(const Value &value, const char *name)
{
    const Value *member = value.find(name);
    return member ? member->text() : std::string();
}

bool isTrue(const Value &value, const char *name)
{
    const Value *member = value.find(name);
    return member && member->asBool();
}

/// Equal as JSON: maps without order, numbers by value.
bool sameJson(const Value &a, const Value &b)
{
    if (a.isNumber() && b.isNumber())
        return a.asDouble() == b.asDouble();
    if (a.isList() && b.isList())
        return a.list().size() == b.list().size() && std::equal(a.list().begin(), a.list().end(), b.list().begin(), sameJson);
    if (a.isMap() && b.isMap())
        return a.size() == b.size() && std::all_of(a.map().begin(), a.map().end(), [&b](const auto &member) {
            const Value *other = b.find(member.first);
            return other && sameJson(member.second, *other);
        });
    return a == b;
}

/// What a case expects in a dialect: the members without `_2_0`, or those with it when there are any.
flow::Object expectedOf(const Value &result, flow::Dialect dialect)
{
    static constexpr std::string_view kSuffix = "_2_0";
    flow::Object plain, second;
    for (const auto &[key, member] : result.map()) {
        if (key.ends_with(kSuffix))
            second.set(key.substr(0, key.size() - kSuffix.size()), member);
        else
            plain.set(key, member);
    }
    return dialect == flow::Dialect::Kestra2_0 && !second.empty() ? second : plain;
}

std::string shown(const flow::Object &outcome)
{
    if (const Value *error = outcome.find("error")) {
        const Value *kind = outcome.find("errorKind");
        return "error " + (kind ? kind->text() : std::string()) + ": " + error->text();
    }
    const Value *result = outcome.find("result");
    const Value *type = outcome.find("resultType");
    return "= " + flow::toJson(result ? *result : Value()) + (type ? " " + type->text() : std::string());
}

flow::Object outcomeOf(const Value &item, flow::Dialect dialect, expr::TemplateCache &cache)
{
    const Value variables = decode(*item.find("vars"));
    const expr::ObjectScope scope(variables.map());
    expr::Environment environment;
    environment.cache = &cache;
    const auto source = cache.get(textOf(item, "expr"), dialect);
    flow::Object outcome;
    const auto failed = [&outcome](const expr::Error &error) {
        outcome.set("error", error.message);
        outcome.set("errorKind", error.kindText());
    };
    if (isTrue(item, "typed")) {
        const auto value = expr::renderTyped(*source, scope, environment);
        if (!value) {
            failed(value.error());
        } else {
            outcome.set("resultType", expr::java::className(*value));
            outcome.set("result", flow::parseJson(flow::toJson(*value, {.instantMicros = dialect == flow::Dialect::Kestra2_0})).value);
        }
        return outcome;
    }
    const auto text = isTrue(item, "recursive") ? expr::renderRecursive(*source, scope, environment)
                                                : expr::render(*source, scope, environment);
    if (!text)
        failed(text.error());
    else
        outcome.set("result", *text);
    return outcome;
}

bool matches(const flow::Object &expected, const flow::Object &got)
{
    const Value *wanted = expected.find("error");
    const Value *error = got.find("error");
    if (!wanted != !error)
        return false;
    if (wanted) {
        const Value *wantedKind = expected.find("errorKind");
        const Value *kind = got.find("errorKind");
        if (!wantedKind || !kind || wantedKind->text() != kind->text())
            return false;
        return kind->text().starts_with("java:") || wanted->text() == error->text();
    }
    const Value *wantedType = expected.find("resultType");
    const Value *type = got.find("resultType");
    if (wantedType && type && wantedType->text() != type->text())
        return false;
    const Value *result = expected.find("result");
    const Value *given = got.find("result");
    return sameJson(result ? *result : Value(), given ? *given : Value());
}

std::vector<std::filesystem::path> topics(const std::filesystem::path &folder)
{
    std::vector<std::filesystem::path> files;
    std::error_code ignored;
    for (const auto &entry : std::filesystem::directory_iterator(folder, ignored)) {
        const std::string name = entry.path().filename().string();
        if (name.ends_with(".json") && !name.ends_with(".results.json") &&
            std::filesystem::exists(folder / (entry.path().stem().string() + ".results.json")))
            files.push_back(entry.path());
    }
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace

bool holdsExpressions(const std::filesystem::path &folder)
{
    return !topics(folder).empty();
}

std::vector<ExpressionCase> runExpressions(const std::filesystem::path &folder, flow::Dialect dialect, const std::string &topic)
{
    std::vector<ExpressionCase> cases;
    expr::TemplateCache cache;
    for (const auto &file : topics(folder)) {
        const std::string name = file.stem().string();
        if (!topic.empty() && topic != name)
            continue;
        std::map<std::string, Value> results;
        const Value recorded = readFile(folder / (name + ".results.json"));
        for (const Value &result : recorded.list())
            results[textOf(result, "id")] = result;
        const Value items = readFile(file);
        for (const Value &item : items.list()) {
            ExpressionCase one;
            one.topic = name;
            one.id = textOf(item, "id");
            one.expression = textOf(item, "expr");
            const flow::Object expected = expectedOf(results[one.id], dialect);
            const flow::Object got = outcomeOf(item, dialect, cache);
            one.passed = matches(expected, got);
            one.expected = shown(expected);
            one.got = shown(got);
            flow::Object row{{"id", one.id}};
            for (const auto &[key, value] : got)
                row.set(key, value);
            one.gotJson = flow::toJson(Value(std::move(row)));
            cases.push_back(std::move(one));
        }
    }
    return cases;
}

} // namespace conformance
