#include "engine/expr/jq.h"

#include "engine/expr/conversions.h"
#include "engine/expr/evaluator.h"
#include "engine/expr/java_values.h"

extern "C" {
#include <jq.h>
#include <jv.h>
}

#include <cmath>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace expr {
namespace {

using flow::Value;
using Kind = Value::Kind;

constexpr int kMaxDepth = 900;
constexpr std::size_t kMaxResults = 10'000'000;

struct FreeProgram
{
    void operator()(jq_state *state) const { jq_teardown(&state); }
};
using JqProgram = std::unique_ptr<jq_state, FreeProgram>;

/// Compiled programs at rest. A state runs for one thread at a time: it is taken out and given back.
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

Programs &programs()
{
    static Programs all;
    return all;
}

jv toJv(const Value &value, bool dropNulls, int depth)
{
    if (depth > kMaxDepth)
        throwJava("java.lang.StackOverflowError");
    switch (value.kind()) {
    case Kind::Null: return jv_null();
    case Kind::Bool: return jv_bool(value.asBool());
    case Kind::Int:
    case Kind::Long:
    case Kind::BigInt:
    case Kind::Float:
    case Kind::Decimal:
    case Kind::Double: return jv_number(value.asDouble());
    case Kind::List:
    case Kind::Set: {
        jv list = jv_array();
        for (const Value &item : value.list())
            list = jv_array_append(list, toJv(item, dropNulls, depth + 1));
        return list;
    }
    case Kind::Map: {
        jv map = jv_object();
        for (const auto &[key, member] : value.map())
            if (!dropNulls || !member.isNull())
                map = jv_object_set(map, jv_string_sized(key.data(), static_cast<int>(key.size())), toJv(member, dropNulls, depth + 1));
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
Value fromJv(jv value, int depth)
{
    Value out;
    switch (depth > kMaxDepth ? JV_KIND_NULL : jv_get_kind(value)) {
    case JV_KIND_FALSE: out = Value(false); break;
    case JV_KIND_TRUE: out = Value(true); break;
    case JV_KIND_NUMBER: out = fromNumber(jv_number_value(value)); break;
    case JV_KIND_STRING:
        out = Value(std::string(jv_string_value(value), static_cast<std::size_t>(jv_string_length_bytes(jv_copy(value)))));
        break;
    case JV_KIND_ARRAY: {
        Value::List items;
        const int size = jv_array_length(jv_copy(value));
        items.reserve(static_cast<std::size_t>(size));
        for (int i = 0; i < size; ++i)
            items.push_back(fromJv(jv_array_get(jv_copy(value), i), depth + 1));
        out = Value(std::move(items));
        break;
    }
    case JV_KIND_OBJECT: {
        flow::Object members;
        for (int i = jv_object_iter(value); jv_object_iter_valid(value, i); i = jv_object_iter_next(value, i)) {
            jv key = jv_object_iter_key(value, i);
            members.set(std::string(jv_string_value(key), static_cast<std::size_t>(jv_string_length_bytes(jv_copy(key)))),
                        fromJv(jv_object_iter_value(value, i), depth + 1));
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
    Value data = input;
    if (input.isText()) {
        if (input.text().empty()) {
            data = Value();
        } else {
            flow::JsonParse parsed = flow::parseJsonPrefix(input.text());
            if (!parsed.ok)
                fail(parsed.offset >= input.text().size() ? "JsonEOFException" : "JsonParseException");
            data = std::move(parsed.value);
        }
    }
    JqProgram program = programs().take(text);
    if (!program) {
        program.reset(jq_init());
        jq_set_error_cb(program.get(), [](void *, jv message) { jv_free(message); }, nullptr);
        if (!jq_compile(program.get(), text.c_str()))
            fail("JsonQueryException");
    }
    jq_start(program.get(), toJv(data, !input.isText(), 0), 0);
    Value::List results;
    while (true) {
        jv result = jq_next(program.get());
        if (!jv_is_valid(result)) {
            const bool failed = jv_invalid_has_msg(result) != 0;
            if (failed)
                fail("Exception");
            break;
        }
        results.push_back(fromJv(result, 0));
        if (results.size() > kMaxResults)
            throwJava("java.lang.OutOfMemoryError", "Java heap space");
    }
    programs().give(text, std::move(program));
    return Value(std::move(results));
}

} // namespace expr
