#include "engine/expr/java_values.h"

#include "engine/expr/decimal.h"
#include "engine/expr/failure.h"
#include "engine/flow/number_text.h"
#include "engine/flow/utf8.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace expr {

std::string simpleName(std::string_view className)
{
    const std::size_t dot = className.find_last_of(".$");
    return std::string(dot == std::string_view::npos ? className : className.substr(dot + 1));
}

void throwJava(std::string_view className, std::string_view message)
{
    Failure failure;
    failure.error.kind = ErrorKind::Java;
    failure.error.cause = simpleName(className);
    failure.error.message = className;
    if (!message.empty())
        failure.error.message += ": " + std::string(message);
    throw failure;
}

void throwCast(std::string_view from, std::string_view to)
{
    const std::string both = std::string(from) + " and " + std::string(to);
    throwJava("java.lang.ClassCastException", "class " + std::string(from) + " cannot be cast to class " + std::string(to) + " (" +
                                                  both + " are in module java.base of loader 'bootstrap')");
}

namespace java {

using flow::Value;
using Kind = Value::Kind;
using Shape = Value::Shape;

std::string className(const Value &value)
{
    switch (value.kind()) {
    case Kind::Null: return "null";
    case Kind::Bool: return "java.lang.Boolean";
    case Kind::Int: return "java.lang.Integer";
    case Kind::Long: return "java.lang.Long";
    case Kind::BigInt: return "java.math.BigInteger";
    case Kind::Float: return "java.lang.Float";
    case Kind::Double: return "java.lang.Double";
    case Kind::Decimal: return "java.math.BigDecimal";
    case Kind::Text: return "java.lang.String";
    case Kind::Bytes: return "[B";
    case Kind::List:
        switch (value.shape()) {
        case Shape::Array: return "[Ljava.lang.String;";
        case Shape::Unmodifiable: return "java.util.ImmutableCollections$ListN";
        case Shape::SubList: return "java.util.ArrayList$SubList";
        case Shape::Partition: return "com.google.common.collect.Lists$RandomAccessPartition";
        case Shape::MapValues: return "java.util.LinkedHashMap$LinkedValues";
        case Shape::HashMapValues: return "java.util.HashMap$Values";
        default: return "java.util.ArrayList";
        }
    case Kind::Set:
        switch (value.shape()) {
        case Shape::MapKeys: return "java.util.LinkedHashMap$LinkedKeySet";
        case Shape::HashMapKeys: return "java.util.HashMap$KeySet";
        default: return "java.util.LinkedHashSet";
        }
    case Kind::Map:
        switch (value.shape()) {
        case Shape::HashMap: return "java.util.HashMap";
        case Shape::Entry: return "java.util.LinkedHashMap$Entry";
        case Shape::HashEntry: return "java.util.HashMap$Node";
        case Shape::Loop: return "io.pebbletemplates.pebble.node.ForNode$LoopVariables";
        default: return "java.util.LinkedHashMap";
        }
    case Kind::Instant: return "java.time.Instant";
    case Kind::ZonedDateTime: return "java.time.ZonedDateTime";
    case Kind::OffsetDateTime: return "java.time.OffsetDateTime";
    case Kind::LocalDate: return "java.time.LocalDate";
    case Kind::LocalDateTime: return "java.time.LocalDateTime";
    case Kind::LocalTime: return "java.time.LocalTime";
    case Kind::Duration: return "java.time.Duration";
    case Kind::Uri: return "java.net.URI";
    case Kind::Character: return "java.lang.Character";
    case Kind::SafeText: return "io.pebbletemplates.pebble.extension.escaper.SafeString";
    }
    return "java.lang.Object";
}

bool isArray(const Value &value)
{
    return value.kind() == Kind::List && value.shape() == Shape::Array;
}

bool isCollection(const Value &value)
{
    return value.isList() && !isArray(value);
}

bool isList(const Value &value)
{
    return value.kind() == Kind::List && value.shape() != Shape::Array && value.shape() != Shape::MapValues &&
           value.shape() != Shape::HashMapValues;
}

bool isTextual(const Value &value)
{
    return value.kind() == Kind::Text || value.kind() == Kind::SafeText;
}

bool equals(const Value &left, const Value &right)
{
    if (left.kind() != right.kind())
        return false;
    if (left.kind() == Kind::List) {
        if (!isList(left) || !isList(right))
            return left.sameAs(right);
        const auto &a = left.list(), &b = right.list();
        return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), equals);
    }
    if (left.kind() == Kind::Set) {
        const auto &a = left.list(), &b = right.list();
        return a.size() == b.size() && std::all_of(a.begin(), a.end(), [&b](const Value &item) {
            return std::any_of(b.begin(), b.end(), [&item](const Value &other) { return equals(item, other); });
        });
    }
    if (left.kind() == Kind::Map) {
        const flow::Object &a = left.map(), &b = right.map();
        if (a.size() != b.size() || a.hasTypedKeys() != b.hasTypedKeys())
            return false;
        return std::all_of(a.begin(), a.end(), [&b](const flow::Object::Member &member) {
            const Value *other = b.find(member.first);
            return other && equals(member.second, *other);
        });
    }
    if (left.kind() == Kind::SafeText)
        return left.sameAs(right);
    if (left.kind() == Kind::Double || left.kind() == Kind::Float)
        return left.asDouble() == right.asDouble() ? std::signbit(left.asDouble()) == std::signbit(right.asDouble())
                                                   : std::isnan(left.asDouble()) && std::isnan(right.asDouble());
    return left == right;
}

std::int32_t hashText(std::string_view text)
{
    std::uint32_t hash = 0;
    for (std::size_t at = 0; at < text.size();) {
        const char32_t code = flow::utf8::next(text, at);
        if (code > 0xFFFF) {
            hash = hash * 31 + (0xD7C0 + (code >> 10));
            hash = hash * 31 + (0xDC00 | (code & 0x3FF));
        } else {
            hash = hash * 31 + code;
        }
    }
    return static_cast<std::int32_t>(hash);
}

std::int32_t hash(const Value &value)
{
    const auto fold = [](std::uint64_t bits) { return static_cast<std::int32_t>(static_cast<std::uint32_t>(bits ^ bits >> 32)); };
    std::uint32_t sum = 0;
    switch (value.kind()) {
    case Kind::Null: return 0;
    case Kind::Bool: return value.asBool() ? 1231 : 1237;
    case Kind::Int: return static_cast<std::int32_t>(value.asInt());
    case Kind::Long: return fold(static_cast<std::uint64_t>(value.asInt()));
    case Kind::Double: return fold(std::bit_cast<std::uint64_t>(value.asDouble()));
    case Kind::Float: return std::bit_cast<std::int32_t>(value.asFloat());
    case Kind::List:
        sum = 1;
        for (const Value &item : value.list())
            sum = sum * 31 + static_cast<std::uint32_t>(hash(item));
        return static_cast<std::int32_t>(sum);
    case Kind::Set:
        for (const Value &item : value.list())
            sum += static_cast<std::uint32_t>(hash(item));
        return static_cast<std::int32_t>(sum);
    case Kind::Map:
        for (std::size_t i = 0; i < value.map().size(); ++i)
            sum += static_cast<std::uint32_t>(hash(value.map().keyAt(i)) ^ hash((value.map().begin() + static_cast<std::ptrdiff_t>(i))->second));
        return static_cast<std::int32_t>(sum);
    default: return hashText(value.text());
    }
}

std::vector<std::size_t> hashMapOrder(const std::vector<std::int32_t> &hashes, std::size_t expected)
{
    std::size_t slots = 16;
    if (expected > 0) {
        slots = 1;
        while (slots < expected)
            slots *= 2;
    }
    while (static_cast<double>(hashes.size()) > static_cast<double>(slots) * 0.75)
        slots *= 2;
    std::vector<std::size_t> order(hashes.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        const auto slot = [&](std::size_t i) {
            const auto hash = static_cast<std::uint32_t>(hashes[i]);
            return (hash ^ hash >> 16) & (slots - 1);
        };
        return slot(a) < slot(b);
    });
    return order;
}

Value toHashMap(const flow::Object &members, std::size_t expected)
{
    std::vector<std::int32_t> hashes;
    hashes.reserve(members.size());
    for (std::size_t i = 0; i < members.size(); ++i)
        hashes.push_back(members.hasTypedKeys() ? hash(members.keyAt(i)) : hashText((members.begin() + static_cast<std::ptrdiff_t>(i))->first));
    flow::Object sorted;
    sorted.reserve(members.size());
    std::vector<Value> keys;
    for (const std::size_t i : hashMapOrder(hashes, expected)) {
        const auto &member = *(members.begin() + static_cast<std::ptrdiff_t>(i));
        sorted.set(member.first, member.second);
        if (members.hasTypedKeys())
            keys.push_back(members.keyAt(i));
    }
    if (members.hasTypedKeys() && keys.size() == sorted.size())
        sorted.setTypedKeys(std::move(keys));
    return Value(std::move(sorted)).withShape(Shape::HashMap);
}

void appendPrinted(std::string &out, const Value &value)
{
    if (value.isNull())
        return;
    if (value.kind() == Kind::Decimal)
        out += flow::plainDecimal(value.text());
    else
        flow::appendText(out, value);
}

const std::string &textOf(const Value &value)
{
    if (value.isNull())
        throwJava("java.lang.NullPointerException");
    if (!isTextual(value))
        throwCast(className(value), "java.lang.String");
    return value.text();
}

std::int64_t longOf(const Value &value)
{
    if (value.isNull())
        throwJava("java.lang.NullPointerException", "Cannot invoke \"java.lang.Long.intValue()\"");
    if (value.kind() != Kind::Long)
        throwCast(className(value), "java.lang.Long");
    return value.asInt();
}

bool boolOf(const Value &value)
{
    if (value.isNull())
        throwJava("java.lang.NullPointerException", "Cannot invoke \"java.lang.Boolean.booleanValue()\"");
    if (value.kind() != Kind::Bool)
        throwCast(className(value), "java.lang.Boolean");
    return value.asBool();
}

std::int64_t wholeOf(const Value &number)
{
    switch (number.kind()) {
    case Kind::Int:
    case Kind::Long: return number.asInt();
    case Kind::BigInt:
    case Kind::Decimal: return Decimal::parse(number.text()).value_or(Decimal()).lowBits();
    default: break;
    }
    const double real = number.asDouble();
    if (std::isnan(real))
        return 0;
    if (real >= 9223372036854775808.0)
        return INT64_MAX;
    if (real <= -9223372036854775808.0)
        return INT64_MIN;
    return static_cast<std::int64_t>(real);
}

} // namespace java
} // namespace expr
