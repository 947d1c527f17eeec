#include "engine/expr/evaluator.h"
#include "engine/expr/java_values.h"
#include "engine/expr/registry.h"

#include <algorithm>

namespace expr {
namespace {

using flow::Value;
using Shape = Value::Shape;

bool isDataMap(const Value &value)
{
    return value.isMap() && value.shape() != Shape::Entry && value.shape() != Shape::HashEntry && value.shape() != Shape::Loop;
}

bool defined(Call &, const Value &input)
{
    return !input.isNull();
}

bool null(Call &, const Value &input)
{
    return input.isNull();
}

bool empty(Call &, const Value &input)
{
    if (input.isNull())
        return true;
    if (input.isText())
        return std::all_of(input.text().begin(), input.text().end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; });
    return (java::isCollection(input) || isDataMap(input)) && input.size() == 0;
}

bool odd(const Value &input)
{
    if (input.kind() != Value::Kind::Int && input.kind() != Value::Kind::Long)
        throwCast(java::className(input), "java.lang.Long");
    return input.asInt() % 2 != 0;
}

bool isEven(Call &call, const Value &input)
{
    if (input.isNull())
        call.fail("Can not pass null value to \"even\" test.");
    return !odd(input);
}

bool isOdd(Call &, const Value &input)
{
    if (input.isNull())
        throwJava("java.lang.IllegalArgumentException", "Can not pass null value to \"odd\" test.");
    return odd(input);
}

bool iterable(Call &, const Value &input)
{
    return input.isList();
}

bool map(Call &, const Value &input)
{
    return isDataMap(input);
}

bool json(Call &, const Value &input)
{
    if (input.isNull())
        throwJava("java.lang.IllegalArgumentException", "argument \"content\" is null");
    const std::string &text = java::textOf(input);
    if (text.find_first_not_of(" \t\r\n") == std::string::npos)
        return true;
    const flow::JsonParse parsed = flow::parseJsonPrefix(text);
    const bool glued = parsed.ok && parsed.value.isNumber() && parsed.offset < text.size() &&
                       std::string_view(" \t\r\n").find(text[parsed.offset]) == std::string_view::npos;
    return parsed.ok && !glued;
}

} // namespace

std::vector<TestEntry> valueTests()
{
    return {
        {"defined", "", defined, "There and not null"},
        {"empty", "", empty, "Null, a blank text or nothing inside"},
        {"even", "", isEven, "An even whole number"},
        {"iterable", "", iterable, "A list or set"},
        {"json", "", json, "A text that is JSON"},
        {"map", "", map, "A map"},
        {"null", "", null, "Null"},
        {"odd", "", isOdd, "An odd whole number"},
    };
}

} // namespace expr
