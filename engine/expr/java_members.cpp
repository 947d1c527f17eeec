#include "engine/expr/java_members.h"

#include "engine/expr/date_time.h"
#include "engine/expr/failure.h"
#include "engine/expr/java_values.h"
#include "engine/expr/regex.h"
#include "engine/expr/unicode_text.h"
#include "engine/flow/utf8.h"

#include <algorithm>
#include <cmath>

namespace expr {
namespace {

using flow::Value;
using Kind = Value::Kind;
using Shape = Value::Shape;
using Given = std::vector<Value>;
using Found = std::optional<MemberResult>;
namespace utf8 = flow::utf8;

Value whole(std::size_t number)
{
    return Value(static_cast<std::int32_t>(number));
}

bool allText(const Given &arguments)
{
    return std::all_of(arguments.begin(), arguments.end(), [](const Value &value) { return value.isText(); });
}

std::int32_t index(const std::string &text, std::size_t at)
{
    return at == std::string::npos ? -1 : static_cast<std::int32_t>(utf8::utf16Length(std::string_view(text).substr(0, at)));
}

std::string stripped(const std::string &text)
{
    std::size_t begin = 0, end = text.size();
    while (begin < end && static_cast<unsigned char>(text[begin]) <= ' ')
        ++begin;
    while (end > begin && static_cast<unsigned char>(text[end - 1]) <= ' ')
        --end;
    return text.substr(begin, end - begin);
}

Value parts(std::vector<std::string> texts)
{
    Value::List items;
    for (std::string &text : texts)
        items.emplace_back(std::move(text));
    return Value(std::move(items)).withShape(Shape::Array);
}

std::string substitute(const std::string &text, const std::string &from, const std::string &to)
{
    if (from.empty())
        return text;
    std::string out;
    std::size_t done = 0;
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, done)) {
        out.append(text, done, at - done);
        out += to;
        done = at + from.size();
    }
    return out.append(text, done);
}

Found ofText(const std::string &text, const std::string &name, const Given &arguments)
{
    const auto give = [](Value value) { return Found(MemberResult{std::move(value)}); };
    if (arguments.empty()) {
        if (name == "length")
            return give(whole(utf8::utf16Length(text)));
        if (name == "isEmpty" || name == "empty")
            return give(Value(text.empty()));
        if (name == "isBlank" || name == "blank")
            return give(Value(stripped(text).empty()));
        if (name == "toUpperCase")
            return give(Value(toUpper(text)));
        if (name == "toLowerCase")
            return give(Value(toLower(text)));
        if (name == "trim" || name == "strip")
            return give(Value(stripped(text)));
        if (name == "stripLeading" || name == "stripTrailing") {
            const std::string core = stripped(text);
            const std::size_t at = core.empty() ? text.size() : text.find(core);
            return give(Value(name == "stripLeading" ? text.substr(at) : text.substr(0, at + core.size())));
        }
        if (name == "bytes" || name == "getBytes")
            return give(Value::ofText(Kind::Bytes, text));
        if (name == "intern" || name == "toString" || name == "stripIndent" || name == "translateEscapes")
            return give(Value(text));
        if (name == "toCharArray")
            return give(Value::ofText(Kind::Uri, text)); // prints quoted inside JSON, as its letters outside
    }
    if (!allText(arguments))
        return std::nullopt;
    if (arguments.size() == 1) {
        const std::string &other = arguments[0].text();
        if (name == "concat")
            return give(Value(text + other));
        if (name == "startsWith")
            return give(Value(text.starts_with(other)));
        if (name == "endsWith")
            return give(Value(text.ends_with(other)));
        if (name == "indexOf")
            return give(Value(index(text, text.find(other))));
        if (name == "lastIndexOf")
            return give(Value(index(text, text.rfind(other))));
        if (name == "equalsIgnoreCase")
            return give(Value(toLower(toUpper(text)) == toLower(toUpper(other))));
        if (name == "contentEquals")
            return give(Value(text == other));
        if (name == "matches")
            return give(Value(regex::compile(other)->matches(text)));
        if (name == "split")
            return give(parts(regex::compile(other)->split(text, 0)));
        if (name == "compareTo" || name == "compareToIgnoreCase") {
            const bool fold = name == "compareToIgnoreCase";
            const std::u16string a = utf8::toUtf16(fold ? toLower(text) : text), b = utf8::toUtf16(fold ? toLower(other) : other);
            const std::size_t common = std::min(a.size(), b.size());
            for (std::size_t i = 0; i < common; ++i)
                if (a[i] != b[i])
                    return give(Value(static_cast<std::int32_t>(a[i]) - static_cast<std::int32_t>(b[i])));
            return give(Value(static_cast<std::int32_t>(a.size()) - static_cast<std::int32_t>(b.size())));
        }
    }
    if (arguments.size() == 2) {
        const std::string &from = arguments[0].text(), &to = arguments[1].text();
        if (name == "replace")
            return give(Value(substitute(text, from, to)));
        if (name == "replaceAll")
            return give(Value(regex::compile(from)->replaceAll(text, to)));
        if (name == "replaceFirst")
            return give(Value(regex::compile(from)->replaceFirst(text, to)));
    }
    return std::nullopt;
}

Found ofNumber(const Value &number, const std::string &name, const Given &arguments)
{
    const auto give = [](Value value) { return Found(MemberResult{std::move(value)}); };
    if (arguments.empty()) {
        const auto is = [&name](const char *wanted) { return name == wanted || name == std::string(wanted) + "Value"; };
        if (name == "intValue") {
            if (number.kind() == Kind::Double || number.kind() == Kind::Float) {
                const double real = number.asDouble();
                return give(Value(static_cast<std::int32_t>(std::isnan(real) ? 0 : std::clamp(real, -2147483648.0, 2147483647.0))));
            }
            return give(Value(static_cast<std::int32_t>(java::wholeOf(number))));
        }
        if (name == "longValue")
            return give(Value(java::wholeOf(number)));
        if (name == "doubleValue")
            return give(Value(number.asDouble()));
        if (name == "floatValue")
            return give(Value::ofFloat(static_cast<float>(number.asDouble())));
        if (name == "byteValue")
            return give(Value(static_cast<std::int32_t>(static_cast<std::int8_t>(java::wholeOf(number)))));
        if (name == "shortValue")
            return give(Value(static_cast<std::int32_t>(static_cast<std::int16_t>(java::wholeOf(number)))));
        const bool real = number.kind() == Kind::Double || number.kind() == Kind::Float;
        if (real && (name == "isNaN" || name == "naN"))
            return give(Value(std::isnan(number.asDouble())));
        if (real && (name == "isInfinite" || name == "infinite"))
            return give(Value(std::isinf(number.asDouble())));
        if (number.kind() == Kind::Int && (name == "MAX_VALUE" || name == "MIN_VALUE"))
            return give(Value(name[1] == 'A' ? INT32_MAX : INT32_MIN));
        if (number.kind() == Kind::Long && (name == "MAX_VALUE" || name == "MIN_VALUE"))
            return give(Value(name[1] == 'A' ? INT64_MAX : INT64_MIN));
        if (is("toString"))
            return give(Value(flow::toText(number)));
    }
    if (arguments.size() == 1 && name == "compareTo" && arguments[0].kind() == number.kind()) {
        const double a = number.asDouble(), b = arguments[0].asDouble();
        return give(Value(a < b ? -1 : a > b ? 1 : 0));
    }
    return std::nullopt;
}

MemberResult changed(Value result, Value object)
{
    return {std::move(result), true, std::move(object)};
}

Found ofList(const Value &object, const std::string &name, const Given &arguments)
{
    const auto give = [](Value value) { return Found(MemberResult{std::move(value)}); };
    const Value::List &items = object.list();
    const bool positions = java::isList(object);
    const bool mutableList = positions && object.shape() == Shape::Plain;
    if (arguments.empty()) {
        if (name == "size")
            return give(whole(items.size()));
        if (name == "isEmpty" || name == "empty")
            return give(Value(items.empty()));
        if (name == "stream" || name == "iterator" || name == "parallelStream" || name == "listIterator" || name == "spliterator")
            return give(object);
        if (name == "toArray")
            return give(Value(items).withShape(Shape::Array));
        if (positions && (name == "first" || name == "getFirst" || name == "last" || name == "getLast")) {
            if (items.empty())
                throwJava("java.util.NoSuchElementException");
            return give(name == "first" || name == "getFirst" ? items.front() : items.back());
        }
        if (positions && name == "reversed")
            return give(Value(Value::List(items.rbegin(), items.rend())));
        if (mutableList && name == "clear")
            return changed(Value(), Value(Value::List()));
        if (mutableList && (name == "removeFirst" || name == "removeLast")) {
            if (items.empty())
                throwJava("java.util.NoSuchElementException");
            Value::List rest = items;
            const Value gone = name == "removeFirst" ? items.front() : items.back();
            rest.erase(name == "removeFirst" ? rest.begin() : rest.end() - 1);
            return changed(gone, Value(std::move(rest)));
        }
    }
    if (arguments.size() == 1) {
        const Value &argument = arguments[0];
        const auto has = [&items](const Value &wanted) {
            return std::any_of(items.begin(), items.end(), [&](const Value &item) { return java::equals(item, wanted); });
        };
        if (name == "containsAll" && java::isCollection(argument))
            return give(Value(std::all_of(argument.list().begin(), argument.list().end(), has)));
        if (positions && (name == "indexOf" || name == "lastIndexOf")) {
            std::int32_t at = -1;
            for (std::size_t i = 0; i < items.size(); ++i)
                if (java::equals(items[i], argument) && (at < 0 || name == "lastIndexOf"))
                    at = static_cast<std::int32_t>(i);
            return give(Value(at));
        }
        if (mutableList && (name == "add" || name == "addLast" || name == "addFirst")) {
            Value::List more = items;
            more.insert(name == "addFirst" ? more.begin() : more.end(), argument);
            return changed(name == "add" ? Value(true) : Value(), Value(std::move(more)));
        }
        if (mutableList && name == "addAll" && java::isCollection(argument)) {
            Value::List more = items;
            more.insert(more.end(), argument.list().begin(), argument.list().end());
            return changed(Value(!argument.list().empty()), Value(std::move(more)));
        }
        if (mutableList && name == "remove") {
            Value::List rest = items;
            const auto at = std::find_if(rest.begin(), rest.end(), [&](const Value &item) { return java::equals(item, argument); });
            const bool found = at != rest.end();
            if (found)
                rest.erase(at);
            return changed(Value(found), Value(std::move(rest)));
        }
        if (mutableList && (name == "removeAll" || name == "retainAll") && java::isCollection(argument)) {
            Value::List rest;
            for (const Value &item : items) {
                const bool listed = std::any_of(argument.list().begin(), argument.list().end(), [&](const Value &other) { return java::equals(item, other); });
                if (listed == (name == "retainAll"))
                    rest.push_back(item);
            }
            const bool differs = rest.size() != items.size();
            return changed(Value(differs), Value(std::move(rest)));
        }
    }
    return std::nullopt;
}

Found ofMap(const Value &object, const std::string &name, const Given &arguments)
{
    const auto give = [](Value value) { return Found(MemberResult{std::move(value)}); };
    const flow::Object &map = object.map();
    const auto lookup = [&map](const Value &key) -> const Value * {
        for (std::size_t i = 0; map.hasTypedKeys() && i < map.size(); ++i)
            if (java::equals(map.keyAt(i), key))
                return &(map.begin() + static_cast<std::ptrdiff_t>(i))->second;
        return !map.hasTypedKeys() && key.isText() ? map.find(key.text()) : nullptr;
    };
    const bool hashed = object.shape() == Shape::HashMap;
    if (arguments.empty()) {
        if (name == "size")
            return give(whole(map.size()));
        if (name == "isEmpty")
            return give(Value(map.empty()));
        if (name == "keySet" || name == "sequencedKeySet") {
            Value::List keys;
            for (std::size_t i = 0; i < map.size(); ++i)
                keys.push_back(map.keyAt(i));
            return give(Value::ofSet(std::move(keys)).withShape(hashed ? Shape::HashMapKeys : Shape::MapKeys));
        }
        if (name == "values" || name == "sequencedValues") {
            Value::List values;
            for (const auto &member : map)
                values.push_back(member.second);
            return give(Value(std::move(values)).withShape(hashed ? Shape::HashMapValues : Shape::MapValues));
        }
        if (name == "entrySet" || name == "sequencedEntrySet") {
            Value::List entries;
            for (const auto &member : map)
                entries.push_back(Value(flow::Object{member}).withShape(hashed ? Shape::HashEntry : Shape::Entry));
            return give(Value::ofSet(std::move(entries)));
        }
        if (name == "clear")
            return changed(Value(), Value(flow::Object()).withShape(object.shape()));
    }
    if (arguments.size() == 1) {
        if (name == "get") {
            const Value *value = lookup(arguments[0]);
            return give(value ? *value : Value());
        }
        if (name == "containsKey")
            return give(Value(lookup(arguments[0]) != nullptr));
        if (name == "containsValue")
            return give(Value(std::any_of(map.begin(), map.end(), [&](const auto &member) { return java::equals(member.second, arguments[0]); })));
        if (name == "remove") {
            const Value *value = lookup(arguments[0]);
            const Value gone = value ? *value : Value();
            flow::Object rest = map;
            rest.erase(flow::toText(arguments[0]));
            return changed(gone, Value(std::move(rest)).withShape(object.shape()));
        }
        if (name == "putAll" && arguments[0].isMap()) {
            flow::Object more = map;
            for (const auto &[key, value] : arguments[0].map())
                more.set(key, value);
            return changed(Value(), Value(std::move(more)).withShape(object.shape()));
        }
    }
    if (arguments.size() == 2) {
        const Value *known = lookup(arguments[0]);
        if (name == "getOrDefault")
            return give(known ? *known : arguments[1]);
        if (name == "put" || (name == "putIfAbsent" && (!known || known->isNull())) || (name == "replace" && known)) {
            const Value before = known ? *known : Value();
            flow::Object more = map;
            more.set(flow::toText(arguments[0]), arguments[1]);
            return changed(before, Value(std::move(more)).withShape(object.shape()));
        }
        if (name == "putIfAbsent" || name == "replace")
            return give(known ? *known : Value());
    }
    return std::nullopt;
}

Found ofEntry(const Value &object, const std::string &name, const Given &arguments)
{
    if (!arguments.empty())
        return std::nullopt;
    if (name == "key" || name == "getKey")
        return MemberResult{object.map().keyAt(0)};
    if (name == "value" || name == "getValue")
        return MemberResult{object.map().begin()->second};
    return std::nullopt;
}

Found ofLoop(const Value &object, const std::string &name, const Given &arguments)
{
    std::string field = name;
    if (field.size() > 3 && (field.starts_with("get")))
        field = std::string(1, static_cast<char>(std::tolower(field[3]))) + field.substr(4);
    const Value *value = arguments.empty() ? object.find(field) : nullptr;
    return value ? Found(MemberResult{*value}) : std::nullopt;
}

Found ofUri(const std::string &text, const std::string &name)
{
    const std::size_t colon = text.find(':');
    const std::string scheme = colon == std::string::npos ? "" : text.substr(0, colon);
    std::string rest = colon == std::string::npos ? text : text.substr(colon + 1);
    const auto cut = [&rest](char mark) -> Value {
        const std::size_t at = rest.find(mark);
        if (at == std::string::npos)
            return {};
        Value part(rest.substr(at + 1));
        rest.resize(at);
        return part;
    };
    const Value fragment = cut('#');
    const std::string specific = rest;
    const Value query = cut('?');
    Value authority;
    if (rest.starts_with("//")) {
        const std::size_t slash = std::min(rest.find('/', 2), rest.size());
        if (slash > 2)
            authority = Value(rest.substr(2, slash - 2));
        rest.erase(0, slash);
    }
    const auto is = [&name](const std::string &field) {
        return name == field || name == "get" + std::string(1, static_cast<char>(std::toupper(field[0]))) + field.substr(1);
    };
    if (is("scheme"))
        return MemberResult{colon == std::string::npos ? Value() : Value(scheme)};
    if (is("path") || is("rawPath"))
        return MemberResult{Value(rest)};
    if (is("query") || is("rawQuery"))
        return MemberResult{query};
    if (is("fragment") || is("rawFragment"))
        return MemberResult{fragment};
    if (is("authority") || is("rawAuthority"))
        return MemberResult{authority};
    if (is("schemeSpecificPart"))
        return MemberResult{Value(specific)};
    if (is("host")) {
        const std::string host = authority.text().substr(authority.text().find('@') + 1);
        return MemberResult{authority.isNull() ? Value() : Value(host.substr(0, host.rfind(':')))};
    }
    if (is("port")) {
        const std::size_t at = authority.text().rfind(':');
        return MemberResult{Value(at == std::string::npos ? -1 : std::atoi(authority.text().c_str() + at + 1))};
    }
    if (name == "isAbsolute" || name == "absolute")
        return MemberResult{Value(colon != std::string::npos)};
    return std::nullopt;
}

} // namespace

std::string deniedMember(const std::string &name, std::size_t arguments)
{
    const char *signature = nullptr;
    if (name == "class" || name == "getClass")
        signature = "public final native java.lang.Class java.lang.Object.getClass()";
    else if (name == "notify")
        signature = "public final native void java.lang.Object.notify()";
    else if (name == "notifyAll")
        signature = "public final native void java.lang.Object.notifyAll()";
    else if (name == "wait")
        signature = "public final void java.lang.Object.wait() throws java.lang.InterruptedException";
    if (!signature || arguments > 0)
        return {};
    return "For security reasons access to " + std::string(signature) + " method is denied.";
}

Found javaMember(const Value &object, const std::string &name, const Given &arguments)
{
    Found found;
    switch (object.kind()) {
    case Kind::Text: found = ofText(object.text(), name, arguments); break;
    case Kind::Int:
    case Kind::Long:
    case Kind::BigInt:
    case Kind::Float:
    case Kind::Double:
    case Kind::Decimal: found = ofNumber(object, name, arguments); break;
    case Kind::Character:
        if (name == "charValue" && arguments.empty())
            found = MemberResult{object};
        break;
    case Kind::Bool:
        if (name == "booleanValue" && arguments.empty())
            found = MemberResult{object};
        break;
    case Kind::List:
    case Kind::Set:
        if (!java::isArray(object))
            found = ofList(object, name, arguments);
        break;
    case Kind::Map:
        if (object.shape() == Shape::Entry || object.shape() == Shape::HashEntry)
            found = ofEntry(object, name, arguments);
        else if (object.shape() == Shape::Loop)
            found = ofLoop(object, name, arguments);
        else
            found = ofMap(object, name, arguments);
        break;
    case Kind::Uri:
        if (arguments.empty())
            found = ofUri(object.text(), name);
        break;
    case Kind::Instant:
    case Kind::ZonedDateTime:
    case Kind::OffsetDateTime:
    case Kind::LocalDate:
    case Kind::LocalDateTime:
    case Kind::LocalTime:
    case Kind::Duration:
        if (arguments.empty())
            if (auto value = temporalField(object, name))
                found = MemberResult{std::move(*value)};
        break;
    default: break;
    }
    if (found)
        return found;
    if (arguments.empty() && name == "hashCode")
        return MemberResult{Value(java::hash(object))};
    if (arguments.empty() && name == "toString" && object.kind() != Kind::Null)
        return MemberResult{Value(flow::toText(object))};
    return std::nullopt;
}

} // namespace expr
