#include "engine/expr/evaluator.h"
#include "engine/expr/java_values.h"
#include "engine/expr/registry.h"
#include "engine/flow/utf8.h"

#include <algorithm>
#include <unordered_map>

namespace expr {
namespace {

using flow::Value;
using Kind = Value::Kind;
using Shape = Value::Shape;
namespace utf8 = flow::utf8;

bool isDataMap(const Value &value)
{
    return value.isMap() && value.shape() != Shape::Entry && value.shape() != Shape::HashEntry && value.shape() != Shape::Loop;
}

Value length(Call &, const Value &input)
{
    std::size_t size = 0;
    if (input.isText())
        size = utf8::utf16Length(input.text());
    else if (isDataMap(input) || input.isList() || input.kind() == Kind::Bytes)
        size = input.size();
    return Value(static_cast<std::int32_t>(size));
}

Value unitAt(const std::u16string &units, std::size_t index)
{
    return Value::ofText(Kind::Character, utf8::fromUtf16(units.substr(index, 1)));
}

Value byteAt(const Value &bytes, std::size_t index)
{
    return Value(static_cast<std::int32_t>(static_cast<signed char>(bytes.text()[index])));
}

void checkChangeable(const Value &list)
{
    if (list.shape() == Shape::Unmodifiable || list.shape() == Shape::Partition)
        throwJava("java.lang.UnsupportedOperationException");
}

Value first(Call &, const Value &input)
{
    if (input.isNull())
        return input;
    if (input.isText()) {
        if (input.text().empty())
            throwJava("java.lang.StringIndexOutOfBoundsException", "Index 0 out of bounds for length 0");
        std::size_t at = 0;
        utf8::next(input.text(), at);
        return unitAt(utf8::toUtf16(std::string_view(input.text()).substr(0, at)), 0);
    }
    if ((java::isArray(input) || input.kind() == Kind::Bytes) && input.size() == 0)
        throwJava("java.lang.ArrayIndexOutOfBoundsException", "Index 0 out of bounds for length 0");
    if (input.kind() == Kind::Bytes)
        return byteAt(input, 0);
    if (!input.isList())
        throwCast(java::className(input), "java.util.Collection");
    return input.list().empty() ? Value() : input.list().front();
}

Value last(Call &, const Value &input)
{
    if (input.isNull())
        return input;
    if (input.isText()) {
        if (input.text().empty())
            throwJava("java.lang.StringIndexOutOfBoundsException", "Index -1 out of bounds for length 0");
        std::size_t begin = input.text().size() - 1;
        while (begin > 0 && (static_cast<unsigned char>(input.text()[begin]) & 0xC0) == 0x80)
            --begin;
        const std::u16string units = utf8::toUtf16(std::string_view(input.text()).substr(begin));
        return unitAt(units, units.size() - 1);
    }
    if ((java::isArray(input) || input.kind() == Kind::Bytes) && input.size() == 0)
        throwJava("java.lang.ArrayIndexOutOfBoundsException", "Index -1 out of bounds for length 0");
    if (input.kind() == Kind::Bytes)
        return byteAt(input, input.size() - 1);
    if (!input.isList())
        throwCast(java::className(input), "java.util.Collection");
    return input.list().empty() ? Value() : input.list().back();
}

Value join(Call &call, const Value &input)
{
    if (input.isNull())
        return input;
    std::string separator;
    if (const Value *given = call.nonNull(0))
        separator = java::textOf(*given);
    if (!input.isList() && input.kind() != Kind::Bytes)
        call.fail("The 'join' filter expects that the input is either a collection or an array.");
    std::string out;
    for (std::size_t i = 0; i < input.size(); ++i) {
        if (i > 0)
            out += separator;
        flow::appendText(out, input.isList() ? input.list()[i] : byteAt(input, i));
    }
    return Value(std::move(out));
}

/// Comparable.compareTo of two values of one class; another class is a ClassCastException.
int compareNatural(const Value &left, const Value &right)
{
    if (left.isNull() || right.isNull())
        throwJava("java.lang.NullPointerException", "Cannot read field \"value\" because \"anotherLong\" is null");
    if (left.kind() != right.kind())
        throwCast(java::className(left), java::className(right));
    switch (left.kind()) {
    case Kind::Bool: return left.asBool() - right.asBool();
    case Kind::Int:
    case Kind::Long: return left.asInt() < right.asInt() ? -1 : left.asInt() > right.asInt();
    case Kind::Float:
    case Kind::Double:
    case Kind::BigInt:
    case Kind::Decimal: return left.asDouble() < right.asDouble() ? -1 : left.asDouble() > right.asDouble();
    case Kind::Text: {
        const auto inPlane = [](const std::string &text) {
            return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0xF0; });
        };
        if (inPlane(left.text()) && inPlane(right.text()))
            return left.text().compare(right.text());
        return utf8::toUtf16(left.text()).compare(utf8::toUtf16(right.text()));
    }
    case Kind::List:
    case Kind::Set:
    case Kind::Map:
    case Kind::Bytes: throwCast(java::className(left), "java.lang.Comparable");
    default: return left.text().compare(right.text());
    }
}

Value sorted(Call &call, const Value &input, const char *name, bool descending)
{
    if (input.isNull())
        return input;
    if (!java::isList(input) && !java::isArray(input))
        call.fail(std::string("Unsupported input type for ") + name + " filter");
    if (input.shape() == Shape::Unmodifiable)
        throwJava("java.lang.UnsupportedOperationException");
    Value::List items = input.list();
    // Failures are found as the real sort would: by looking at neighbours first.
    for (std::size_t i = 1; i < items.size(); ++i)
        compareNatural(items[i], items[i - 1]);
    std::stable_sort(items.begin(), items.end(), [descending](const Value &a, const Value &b) {
        return descending ? compareNatural(b, a) < 0 : compareNatural(a, b) < 0;
    });
    if (!items.empty())
        checkChangeable(input);
    return Value(std::move(items)).withShape(java::isArray(input) ? Shape::Array : Shape::Plain);
}

Value sort(Call &call, const Value &input)
{
    return sorted(call, input, "sort", false);
}

Value rsort(Call &call, const Value &input)
{
    if (!input.isNull() && !java::isList(input))
        throwCast(java::className(input), "java.util.List");
    return sorted(call, input, "rsort", true);
}

Value reverse(Call &, const Value &input)
{
    if (input.isNull())
        return input;
    if (!java::isList(input))
        throwCast(java::className(input), "java.util.List");
    if (input.list().size() < 2)
        return input;
    checkChangeable(input);
    return Value(Value::List(input.list().rbegin(), input.list().rend()));
}

Value slice(Call &call, const Value &input)
{
    const auto index = [&call](std::size_t i) -> std::optional<std::int64_t> {
        const Value *given = call.nonNull(i);
        if (!given)
            return std::nullopt;
        if (!given->isNumber())
            call.fail(std::string("Argument ") + (i == 0 ? "fromIndex" : "toIndex") + " must be a number. Actual type: " + java::className(*given));
        return static_cast<std::int32_t>(java::wholeOf(*given));
    };
    if (input.isNull())
        return input;
    const std::int64_t from = index(0).value_or(0);
    if (from < 0)
        throwJava("java.lang.IllegalArgumentException", "fromIndex must be greater than 0");
    std::u16string units;
    std::int64_t size = 0;
    if (input.isText()) {
        units = utf8::toUtf16(input.text());
        size = static_cast<std::int64_t>(units.size());
    } else if (java::isList(input) || java::isArray(input) || input.kind() == Kind::Bytes) {
        size = static_cast<std::int64_t>(input.size());
    } else {
        call.fail("Slice filter can only be applied to String, List and array inputs. Actual type was: " + java::className(input));
    }
    const auto given = index(1);
    const std::int64_t to = given.value_or(size);
    if (given && to <= from)
        call.fail("toIndex must be greater than fromIndex");
    if (to > size)
        call.fail("toIndex must be smaller than input size: " + std::to_string(size));
    if (from > to)
        throwJava(input.isText() ? "java.lang.StringIndexOutOfBoundsException" : "java.lang.IllegalArgumentException",
                  input.isText() ? "Range [" + std::to_string(from) + ", " + std::to_string(to) + ") out of bounds for length " + std::to_string(size)
                                 : "fromIndex(" + std::to_string(from) + ") > toIndex(" + std::to_string(to) + ")");
    const auto begin = static_cast<std::size_t>(from), count = static_cast<std::size_t>(to - from);
    if (input.isText())
        return Value(utf8::fromUtf16(units.substr(begin, count)));
    if (input.kind() == Kind::Bytes)
        return Value::ofText(Kind::Bytes, input.text().substr(begin, count));
    const auto at = input.list().begin() + static_cast<std::ptrdiff_t>(begin);
    return Value(Value::List(at, at + static_cast<std::ptrdiff_t>(count))).withShape(java::isArray(input) ? Shape::Array : Shape::SubList);
}

Value chunk(Call &call, const Value &input)
{
    if (input.isNull())
        return input;
    const Value *size = call.argument(0);
    if (!size)
        call.fail("'chunk' filter expects an argument 'size'.");
    if (!java::isList(input))
        call.fail("'chunk' filter can only be applied to List. Actual type was: " + java::className(input));
    if (size->isNull())
        throwJava("java.lang.NullPointerException", "Cannot invoke \"Object.getClass()\" because \"size\" is null");
    if (!size->isNumber())
        call.fail("'chunk' filter argument 'size' must be a number. Actual type was: " + java::className(*size));
    const auto step = static_cast<std::int32_t>(java::wholeOf(*size));
    if (step <= 0)
        throwJava("java.lang.IllegalArgumentException");
    Value::List chunks;
    const Value::List &items = input.list();
    for (std::size_t i = 0; i < items.size(); i += static_cast<std::size_t>(step)) {
        const std::size_t end = std::min(items.size(), i + static_cast<std::size_t>(step));
        chunks.push_back(Value(Value::List(items.begin() + static_cast<std::ptrdiff_t>(i), items.begin() + static_cast<std::ptrdiff_t>(end)))
                             .withShape(Shape::SubList));
    }
    return Value(std::move(chunks)).withShape(Shape::Partition);
}

Value distinct(Call &call, const Value &input)
{
    if (input.isNull())
        return Value("null");
    if (!java::isList(input))
        call.fail("Input must be a list, but received : " + java::className(input));
    Value::List items;
    std::unordered_multimap<std::int32_t, std::size_t> seen;
    for (const Value &item : input.list()) {
        const std::int32_t hash = java::hash(item);
        const auto [begin, end] = seen.equal_range(hash);
        const bool known = std::any_of(begin, end, [&](const auto &entry) { return java::equals(items[entry.second], item); });
        if (known)
            continue;
        seen.emplace(hash, items.size());
        items.push_back(item);
    }
    return Value(std::move(items));
}

Value flatten(Call &call, const Value &input)
{
    if (input.isNull())
        return input;
    if (!java::isList(input))
        call.fail("The 'flatten' filter can only be applied to lists.");
    Value::List items;
    for (const Value &item : input.list()) {
        if (java::isCollection(item))
            items.insert(items.end(), item.list().begin(), item.list().end());
        else
            items.push_back(item);
    }
    return Value(std::move(items)).withShape(Shape::Unmodifiable);
}

Value keys(Call &call, const Value &input)
{
    if (input.isNull())
        return input;
    Value::List out;
    if (isDataMap(input)) {
        for (std::size_t i = 0; i < input.map().size(); ++i)
            out.push_back(input.map().keyAt(i));
        return Value::ofSet(std::move(out)).withShape(input.shape() == Shape::HashMap ? Shape::HashMapKeys : Shape::MapKeys);
    }
    if (!java::isList(input) && !java::isArray(input) && input.kind() != Kind::Bytes)
        call.fail("'keys' filter can only be applied to List, Map, Array. Actual type was: " + java::className(input));
    for (std::size_t i = 0; i < input.size(); ++i)
        out.emplace_back(static_cast<std::int32_t>(i));
    return Value(std::move(out)).withShape(Shape::Unmodifiable);
}

Value values(Call &call, const Value &input)
{
    if (input.isNull())
        return input;
    if (!isDataMap(input))
        call.fail("'values' filter can only be applied to Map. Actual type was: " + java::className(input));
    Value::List out;
    for (const auto &member : input.map())
        out.push_back(member.second);
    return Value(std::move(out)).withShape(input.shape() == Shape::HashMap ? Shape::HashMapValues : Shape::MapValues);
}

Value merge(Call &call, const Value &input)
{
    const Value *given = call.nonNull(0);
    const Value items = given ? *given : Value();
    if (input.isNull() && items.isNull())
        call.fail("The two arguments to be merged are null");
    if (input.isNull() || items.isNull())
        return input.isNull() ? items : input;
    if (isDataMap(input)) {
        flow::Object out = input.map();
        if (isDataMap(items)) {
            for (const auto &[key, member] : items.map())
                out.set(key, member);
        } else if (java::isList(items)) {
            for (const Value &item : items.list())
                out.set(flow::toText(item), item);
        } else if (!items.isNull()) {
            throwJava("java.lang.UnsupportedOperationException",
                      "Currently, only Maps and Lists can be merged with a Map. Arg2: " + java::className(items));
        }
        const std::size_t room = isDataMap(items) ? input.size() + items.size() + 16 : 0;
        return java::toHashMap(out, room);
    }
    if (java::isList(input) || input.isNull()) {
        Value::List out = input.list();
        if (isDataMap(items))
            for (const auto &[key, member] : items.map())
                out.push_back(Value(flow::Object{{key, member}}).withShape(Shape::Entry));
        else if (java::isCollection(items))
            out.insert(out.end(), items.list().begin(), items.list().end());
        else if (!items.isNull())
            call.fail("Currently, only Maps and Lists can be merged with a List. Arg2: " + java::className(items));
        return Value(std::move(out));
    }
    if (java::isArray(input) || input.kind() == Kind::Bytes) {
        if (input.kind() == Kind::Bytes && items.kind() == Kind::Bytes)
            return Value::ofText(Kind::Bytes, input.text() + items.text());
        if (!java::isArray(items))
            throwJava("java.lang.NullPointerException", "Cannot invoke \"java.lang.Class.getName()\" because \"arg2Class\" is null");
        Value::List out = input.list();
        out.insert(out.end(), items.list().begin(), items.list().end());
        return Value(std::move(out)).withShape(Shape::Array);
    }
    call.fail("The object being filtered is not a Map/List/Array");
}

Value defaults(Call &call, const Value &input)
{
    const auto blank = [](const std::string &text) {
        return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; });
    };
    const bool empty = input.isNull() || (input.isText() && blank(input.text())) ||
                       ((java::isCollection(input) || isDataMap(input)) && input.size() == 0);
    if (!empty)
        return input;
    return call.argument(0) ? *call.argument(0) : Value();
}

} // namespace

std::vector<FilterEntry> collectionFilters()
{
    return {
        {"chunk", "size", chunk, "Lists of at most so many items"},
        {"default", "default", defaults, "Another value for what is missing, null or empty"},
        {"distinct", "", distinct, "Each item once"},
        {"first", "", first, "The first item or letter"},
        {"flatten", "", flatten, "Lists inside a list, joined"},
        {"join", "separator", join, "Items as one text"},
        {"keys", "", keys, "Keys of a map, positions of a list"},
        {"last", "", last, "The last item or letter"},
        {"length", "", length, "Number of items or letters"},
        {"merge", "items", merge, "Two maps or lists as one"},
        {"reverse", "", reverse, "Last item first"},
        {"rsort", "", rsort, "Sorted, largest first"},
        {"slice", "fromIndex=0, toIndex", slice, "A part of a text or list"},
        {"sort", "", sort, "Sorted, smallest first"},
        {"values", "", values, "Values of a map"},
    };
}

} // namespace expr
