#include "engine/expr/operators.h"

#include "engine/expr/decimal.h"
#include "engine/expr/failure.h"
#include "engine/expr/java_values.h"
#include "engine/flow/utf8.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace expr::operators {
namespace {

using flow::Value;
using Kind = Value::Kind;

/// A numeric text: Long, or Double when it has a point or an exponent.
Value numberOf(const std::string &text)
{
    const char *begin = text.data(), *end = begin + text.size();
    const char *from = text.starts_with('+') ? begin + 1 : begin;
    if (text.find_first_of(".eE") == std::string::npos) {
        std::int64_t whole = 0;
        const auto result = std::from_chars(from, end, whole);
        if (result.ec == std::errc() && result.ptr == end && from != end)
            return Value(whole);
    } else {
        double real = 0;
        const auto result = std::from_chars(from, end, real);
        if ((result.ec == std::errc() || result.ec == std::errc::result_out_of_range) && result.ptr == end)
            return Value(result.ec == std::errc() ? real : std::strtod(text.c_str(), nullptr));
    }
    throwJava("java.lang.NumberFormatException", "For input string: \"" + text + "\"");
}

Value toNumber(const Value &value)
{
    if (value.isNumber())
        return value;
    if (value.kind() == Kind::Text)
        return numberOf(value.text());
    throwJava("java.lang.IllegalArgumentException", "Cannot convert to Number: " + flow::toText(value));
}

/// Decimals, too, are computed from their double.
Decimal toDecimal(const Value &number)
{
    return Decimal::of(number.asDouble());
}

[[noreturn]] void byZero(const char *message = "/ by zero")
{
    throwJava("java.lang.ArithmeticException", message);
}

Value decimals(Operator op, const Value &left, const Value &right)
{
    const Decimal a = toDecimal(left), b = toDecimal(right);
    std::optional<Decimal> result;
    switch (op) {
    case Operator::Add: result = a + b; break;
    case Operator::Subtract: result = a - b; break;
    case Operator::Multiply: result = a * b; break;
    case Operator::Divide: result = a.dividedBy(b); break;
    default: result = a.remainder(b); break;
    }
    if (!result)
        byZero("Division by zero");
    return Value::ofText(Kind::Decimal, result->text());
}

template <typename Real>
Real reals(Operator op, Real a, Real b)
{
    switch (op) {
    case Operator::Add: return a + b;
    case Operator::Subtract: return a - b;
    case Operator::Multiply: return a * b;
    case Operator::Divide: return a / b;
    default: return std::fmod(a, b);
    }
}

Value wholes(Operator op, std::int64_t a, std::int64_t b)
{
    const auto x = static_cast<std::uint64_t>(a), y = static_cast<std::uint64_t>(b);
    const auto wrap = [](std::uint64_t bits) { return Value(static_cast<std::int64_t>(bits)); };
    switch (op) {
    case Operator::Add: return wrap(x + y);
    case Operator::Subtract: return wrap(x - y);
    case Operator::Multiply: return wrap(x * y);
    default: break;
    }
    if (b == 0)
        byZero();
    if (b == -1)
        return op == Operator::Divide ? wrap(0 - x) : Value(std::int64_t{0});
    return Value(op == Operator::Divide ? a / b : a % b);
}

std::int32_t lowInt(std::int64_t number)
{
    return static_cast<std::int32_t>(static_cast<std::uint32_t>(number));
}

Value arithmetic(Operator op, const Value &left, const Value &right)
{
    const Value a = toNumber(left), b = toNumber(right);
    const auto either = [&](Kind kind) { return a.kind() == kind || b.kind() == kind; };
    if (either(Kind::Decimal))
        return decimals(op, a, b);
    if (either(Kind::Double))
        return Value(reals(op, a.asDouble(), b.asDouble()));
    if (either(Kind::Float))
        return Value::ofFloat(reals(op, static_cast<float>(a.asDouble()), static_cast<float>(b.asDouble())));
    if (either(Kind::Long))
        return wholes(op, java::wholeOf(a), java::wholeOf(b));
    // Without a Long on either side it is computed in 32 bits.
    return Value(std::int64_t{lowInt(wholes(op, lowInt(java::wholeOf(a)), lowInt(java::wholeOf(b))).asInt())});
}

} // namespace

Value add(const Value &left, const Value &right)
{
    if (java::isTextual(left) || java::isTextual(right))
        return Value(flow::toText(left) + flow::toText(right));
    if (java::isList(left)) {
        Value::List items = left.list();
        if (java::isCollection(right))
            items.insert(items.end(), right.list().begin(), right.list().end());
        else
            items.push_back(right);
        return Value(std::move(items));
    }
    return arithmetic(Operator::Add, left, right);
}

Value subtract(const Value &left, const Value &right)
{
    if (!java::isList(left))
        return arithmetic(Operator::Subtract, left, right);
    Value::List items = left.list();
    if (java::isCollection(right)) {
        std::erase_if(items, [&right](const Value &item) {
            return std::any_of(right.list().begin(), right.list().end(), [&item](const Value &other) { return java::equals(item, other); });
        });
    } else {
        const auto at = std::find_if(items.begin(), items.end(), [&right](const Value &item) { return java::equals(item, right); });
        if (at != items.end())
            items.erase(at);
    }
    return Value(std::move(items));
}

Value compute(Operator op, const Value &left, const Value &right)
{
    return arithmetic(op, left, right);
}

Value negate(const Value &operand)
{
    const Value number = toNumber(operand);
    switch (number.kind()) {
    case Kind::Decimal: return Value::ofText(Kind::Decimal, (toDecimal(number) * Decimal::of(-1)).text());
    case Kind::Double: return Value(-number.asDouble());
    case Kind::Float: return Value::ofFloat(-number.asFloat());
    case Kind::Long: return wholes(Operator::Subtract, 0, number.asInt());
    default: return Value(std::int64_t{lowInt(-static_cast<std::int64_t>(lowInt(java::wholeOf(number))))});
    }
}

Value plus(const Value &operand)
{
    const Value number = toNumber(operand);
    if (number.kind() == Kind::Int || number.kind() == Kind::BigInt)
        return Value(std::int64_t{lowInt(java::wholeOf(number))});
    return number;
}

bool equals(const Value &left, const Value &right)
{
    if (left.isNumber() && right.isNumber())
        return left.asDouble() == right.asDouble();
    return java::equals(left, right);
}

bool compare(Operator op, const Value &left, const Value &right, flow::Dialect dialect)
{
    if (left.isNull() || right.isNull())
        return false;
    int order = 0;
    if (left.isNumber() && right.isNumber()) {
        const double a = left.asDouble(), b = right.asDouble();
        if (std::isnan(a) || std::isnan(b))
            return false;
        order = a < b ? -1 : a > b ? 1 : 0;
    } else if (dialect == flow::Dialect::Kestra2_0 && left.isText() && right.isText()) {
        order = flow::utf8::toUtf16(left.text()).compare(flow::utf8::toUtf16(right.text()));
    } else {
        throwJava("java.lang.RuntimeException", "no comparison between these operands");
    }
    switch (op) {
    case Operator::Less: return order < 0;
    case Operator::LessEquals: return order <= 0;
    case Operator::Greater: return order > 0;
    default: return order >= 0;
    }
}

bool isIn(const Value &item, const Value &container)
{
    if (item.isNull())
        return false;
    const std::string text = flow::toText(item);
    const auto same = [&text](const Value &other) {
        if (other.isNull())
            throwJava("java.lang.NullPointerException");
        return flow::toText(other) == text;
    };
    if (container.isMap()) {
        for (const auto &member : container.map())
            if (member.first == text)
                return true;
        for (const auto &member : container.map())
            if (same(member.second))
                return true;
        return false;
    }
    return java::isCollection(container) && std::any_of(container.list().begin(), container.list().end(), same);
}

const char *failureText(Operator op, flow::Dialect dialect)
{
    switch (op) {
    case Operator::Add: return "Could not perform addition";
    case Operator::Subtract: return "Could not perform subtraction";
    case Operator::Multiply: return "Could not perform multiplication";
    case Operator::Divide: return "Could not perform division";
    case Operator::Modulus: return "Could not perform greater modulus";
    case Operator::Equals: return "Could not perform equals comparison";
    case Operator::NotEquals: return "Could not perform not equals comparison";
    case Operator::Greater: return "Could not perform greater than comparison";
    case Operator::GreaterEquals: return "Could not perform greater than or equals comparison";
    case Operator::Less:
        return dialect == flow::Dialect::Kestra2_0 ? "Could not perform less than comparisonPebb" : "Could not perform greater modulus";
    case Operator::LessEquals: return "Could not perform less than or equals comparison";
    default: return nullptr;
    }
}

} // namespace expr::operators
