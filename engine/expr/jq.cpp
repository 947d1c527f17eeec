#include "engine/expr/jq.h"

#include "engine/expr/conversions.h"
#include "engine/expr/evaluator.h"
#include "engine/expr/java_values.h"
#include "engine/expr/jq_calls.h"
#include "engine/expr/jq_prelude.h"
#include "engine/expr/regex.h"

extern "C" {
#include <jq.h>
}

#include <cmath>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace expr {
namespace {

using flow::Value;
using Kind = Value::Kind;

constexpr int kMaxDepth = 900;
constexpr std::size_t kMaxResults = 10'000'000;

/// A program that runs for one thread at a time, and the answer to what it last asked for.
class Program
{
public:
    Program() : m_state(jq_init())
    {
        jq_set_attr(m_state, jv_string("JQ_LIBRARY_PATH"), jv_array());
        jq_set_error_cb(m_state, [](void *, jv message) { jv_free(message); }, nullptr);
        jq_set_debug_cb(
            m_state,
            [](void *self, jv request) {
                jv &answer = static_cast<Program *>(self)->m_answer;
                jv_free(answer);
                answer = answerJq(request);
            },
            this);
        jq_set_input_cb(
            m_state, [](jq_state *, void *self) { return std::exchange(static_cast<Program *>(self)->m_answer, jv_invalid()); },
            this);
    }
    ~Program()
    {
        jv_free(m_answer);
        jq_teardown(&m_state);
    }
    Program(const Program &) = delete;
    Program &operator=(const Program &) = delete;
    jq_state *get() const { return m_state; }

private:
    jq_state *m_state;
    jv m_answer = jv_invalid();
};
using JqProgram = std::unique_ptr<Program>;

/// Compiled programs at rest: taken out to run and given back.
class Programs
{
public:
    JqProgram take(const std::string &text)
    {
        const std::lock_guard lock(m_mutex);
        const auto at = m_resting.find(text);
        if (at == m_resting.end() || at->second.empty())
            return nullptr;
        JqProgram program = std::move(at->second.back());
        at->second.pop_back();
        --m_count;
        return program;
    }
    void give(const std::string &text, JqProgram program)
    {
        const std::lock_guard lock(m_mutex);
        if (m_count >= 256) {
            m_resting.clear();
            m_count = 0;
        }
        m_resting[text].push_back(std::move(program));
        ++m_count;
    }

private:
    std::mutex m_mutex;
    std::unordered_map<std::string, std::vector<JqProgram>> m_resting;
    std::size_t m_count = 0;
};

/// True for a program whose last step is a function that gives floating-point numbers, also whole ones.
bool givesReals(const std::string &text)
{
    static const auto last = regex::compile("(^|[^\\w])(sqrt|floor|ceil|round|cbrt|log|log2|log10|exp|exp2|exp10|sin|cos|tan)[\\s)\\]]*$");
    return last->find(text);
}

/// Whole numbers inside a value as Double.
Value asReals(const Value &value)
{
    if (value.kind() == Kind::Int || value.kind() == Kind::Long)
        return Value(value.asDouble());
    if (value.kind() != Kind::List)
        return value;
    Value::List items;
    for (const Value &item : value.list())
        items.push_back(asReals(item));
    return Value(std::move(items));
}

/// Null when the program can't be read; `problem` is then what libjq says.
JqProgram compile(const std::string &text, std::string &problem)
{
    std::size_t first = text.find_first_not_of(" \t\r\n");
    while (first != std::string::npos && text[first] == '#')
        first = text.find_first_not_of(" \t\r\n", std::min(text.find('\n', first), text.size()));
    if (first == std::string::npos || text.find("$ENV") != std::string::npos || text.find("$__loc__") != std::string::npos) {
        problem = first == std::string::npos ? "empty" : "is not defined";
        return nullptr;
    }
    const auto guarded = withBounds(text);
    if (!guarded) {
        problem = "a text is not closed";
        return nullptr;
    }
    auto program = std::make_unique<Program>();
    jq_set_error_cb(
        program->get(),
        [](void *out, jv message) {
            message = jv_dump_string(message, 0);
            *static_cast<std::string *>(out) += jv_string_value(message);
            jv_free(message);
        },
        &problem);
    const bool fine = jq_compile(program->get(), (jqPrelude() + *guarded).c_str()) != 0;
    jq_set_error_cb(program->get(), [](void *, jv message) { jv_free(message); }, nullptr);
    return fine ? std::move(program) : nullptr;
}

Programs &programs()
{
    static Programs all;
    return all;
}

/// Numbers of the input that a double can't tell apart from others (a large whole number, `1.0`), by what
/// jq makes of them: a result that is the same double is the same number.
class Originals
{
public:
    void see(const Value &number)
    {
        const double real = number.asDouble();
        const bool whole = number.kind() == Kind::Int || number.kind() == Kind::Long || number.kind() == Kind::BigInt;
        if (whole ? std::abs(real) < 9007199254740992.0 : std::floor(real) != real) {
            m_numbers.erase(real);
            if (whole)
                m_plain.insert(real);
            return;
        }
        if (!m_plain.contains(real))
            m_numbers.emplace(real, number);
    }
    const Value *find(double real) const
    {
        const auto at = m_numbers.empty() ? m_numbers.end() : m_numbers.find(real);
        return at == m_numbers.end() ? nullptr : &at->second;
    }

private:
    std::unordered_map<double, Value> m_numbers;
    std::unordered_set<double> m_plain;
};

/// Does not throw: what it has made so far has no owner.
jv toJv(const Value &value, bool dropNulls, Originals &originals)
{
    switch (value.kind()) {
    case Kind::Null: return jv_null();
    case Kind::Bool: return jv_bool(value.asBool());
    case Kind::Int:
    case Kind::Long:
    case Kind::BigInt:
    case Kind::Float:
    case Kind::Decimal:
    case Kind::Double: originals.see(value); return jv_number(value.asDouble());
    case Kind::List:
    case Kind::Set: {
        jv list = jv_array();
        for (const Value &item : value.list())
            list = jv_array_append(list, toJv(item, dropNulls, originals));
        return list;
    }
    case Kind::Map: {
        jv map = jv_object();
        for (const auto &[key, member] : value.map())
            if (!dropNulls || !member.isNull())
                map = jv_object_set(map, jv_string_sized(key.data(), static_cast<int>(key.size())), toJv(member, dropNulls, originals));
        return map;
    }
    default: {
        const std::string text = flow::toJson(value);
        if (text.starts_with('"')) {
            const Value plain = flow::parseJson(text).value;
            return jv_string_sized(plain.text().data(), static_cast<int>(plain.text().size()));
        }
        return jv_number(std::strtod(text.c_str(), nullptr));
    }
    }
}

Value fromNumber(double number)
{
    if (std::floor(number) == number && std::abs(number) < 1e17)
        return Value::wholeNumber(std::to_string(static_cast<std::int64_t>(number)));
    return Value(number);
}

/// Takes the value over.
Value fromJv(jv value, const Originals &originals, int depth)
{
    Value out;
    switch (depth > kMaxDepth ? JV_KIND_NULL : jv_get_kind(value)) {
    case JV_KIND_FALSE: out = Value(false); break;
    case JV_KIND_TRUE: out = Value(true); break;
    case JV_KIND_NUMBER: {
        const Value *original = originals.find(jv_number_value(value));
        out = original ? *original : fromNumber(jv_number_value(value));
        break;
    }
    case JV_KIND_STRING:
        out = Value(std::string(jv_string_value(value), static_cast<std::size_t>(jv_string_length_bytes(jv_copy(value)))));
        break;
    case JV_KIND_ARRAY: {
        Value::List items;
        const int size = jv_array_length(jv_copy(value));
        items.reserve(static_cast<std::size_t>(size));
        for (int i = 0; i < size; ++i)
            items.push_back(fromJv(jv_array_get(jv_copy(value), i), originals, depth + 1));
        out = Value(std::move(items));
        break;
    }
    case JV_KIND_OBJECT: {
        flow::Object members;
        for (int i = jv_object_iter(value); jv_object_iter_valid(value, i); i = jv_object_iter_next(value, i)) {
            jv key = jv_object_iter_key(value, i);
            members.set(std::string(jv_string_value(key), static_cast<std::size_t>(jv_string_length_bytes(jv_copy(key)))),
                        fromJv(jv_object_iter_value(value, i), originals, depth + 1));
            jv_free(key);
        }
        out = Value(std::move(members));
        break;
    }
    default: break;
    }
    jv_free(value);
    return out;
}

} // namespace

Value runJq(const Call &call, const Value &input, const std::string &text)
{
    const auto fail = [&](const char *cause) {
        call.fail("Unable to parse jq value '" + flow::toText(input) + "' with type '" + java::className(input) + "'", cause);
    };
    JqProgram program = programs().take(text);
    bool undefined = false;
    if (!program) {
        std::string problem;
        program = compile(text, problem);
        undefined = problem.find("is not defined") != std::string::npos;
        if (!program && !undefined)
            fail("JsonQueryException");
    }
    Value data = input;
    if (input.isText()) {
        if (input.text().find_first_not_of(" \t\r\n") == std::string::npos) {
            data = Value();
        } else {
            flow::JsonParse parsed = flow::parseJsonPrefix(input.text());
            const bool glued = parsed.ok && parsed.value.isNumber() && parsed.offset < input.text().size() &&
                               std::string_view(" \t\r\n").find(input.text()[parsed.offset]) == std::string_view::npos;
            if (glued)
                fail("JsonParseException");
            if (!parsed.ok)
                fail(parsed.offset >= input.text().size() ? "JsonEOFException" : "JsonParseException");
            data = std::move(parsed.value);
        }
    }
    if (undefined)
        fail("Exception");
    if (data.depth() > kMaxDepth)
        throwJava("java.lang.StackOverflowError");
    Originals originals;
    jq_start(program->get(), toJv(data, !input.isText(), originals), 0);
    Value::List results;
    while (true) {
        jv result = jq_next(program->get());
        if (!jv_is_valid(result)) {
            const bool failed = jv_invalid_has_msg(result) != 0;
            if (failed)
                fail("Exception");
            break;
        }
        results.push_back(fromJv(result, originals, 0));
        if (results.size() > kMaxResults)
            throwJava("java.lang.OutOfMemoryError", "Java heap space");
    }
    programs().give(text, std::move(program));
    const Value all(std::move(results));
    return givesReals(text) ? asReals(all) : all;
}

} // namespace expr
