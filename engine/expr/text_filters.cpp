#include "engine/expr/evaluator.h"
#include "engine/expr/java_format.h"
#include "engine/expr/java_values.h"
#include "engine/expr/regex.h"
#include "engine/expr/registry.h"
#include "engine/expr/unicode_text.h"
#include "engine/flow/utf8.h"

#include <algorithm>

namespace expr {
namespace {

using flow::Value;
namespace utf8 = flow::utf8;

Value upper(Call &, const Value &input)
{
    return input.isNull() ? input : Value(toUpper(flow::toText(input)));
}

Value lower(Call &, const Value &input)
{
    return input.isNull() ? input : Value(toLower(flow::toText(input)));
}

Value title(Call &, const Value &input)
{
    return input.isNull() ? input : Value(titleWords(java::textOf(input)));
}

Value capitalize(Call &, const Value &input)
{
    return input.isNull() ? input : Value(capitalizeFirst(java::textOf(input)));
}

Value trim(Call &, const Value &input)
{
    if (input.isNull())
        return input;
    const std::string &text = java::textOf(input);
    std::size_t begin = 0, end = text.size();
    while (begin < end && static_cast<unsigned char>(text[begin]) <= ' ')
        ++begin;
    while (end > begin && static_cast<unsigned char>(text[end - 1]) <= ' ')
        --end;
    return Value(text.substr(begin, end - begin));
}

Value abbreviate(Call &call, const Value &input)
{
    if (input.isNull())
        return input;
    const std::string &text = java::textOf(input);
    const Value *length = call.nonNull(0);
    if (!length)
        throwJava("java.lang.NullPointerException",
                  "Cannot invoke \"java.lang.Long.intValue()\" because the return value of \"java.util.Map.get(Object)\" is null");
    const auto width = static_cast<std::int32_t>(java::longOf(*length));
    if (width < 0)
        call.fail("Invalid argument to abbreviate filter; must be greater than zero");
    const std::u16string units = utf8::toUtf16(text);
    const auto size = static_cast<std::int32_t>(units.size());
    if (size < width || size <= 3)
        return input;
    if (width <= 3)
        return Value(utf8::fromUtf16(units.substr(0, static_cast<std::size_t>(width))));
    return Value(utf8::fromUtf16(units.substr(0, static_cast<std::size_t>(width - 3))) + "...");
}

Value nl2br(Call &, const Value &input)
{
    if (input.isNull())
        return input;
    if (!input.isText())
        throwJava("java.lang.IllegalArgumentException", "nl2br filters only supports String input.");
    std::string out;
    const std::string &text = input.text();
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\n' || text[i] == '\r') {
            if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n')
                ++i;
            out += "<br />";
        } else {
            out += text[i];
        }
    }
    return Value(std::move(out));
}

const Value &separator(Call &call, const char *name)
{
    if (!call.argument(0))
        call.fail(std::string("The '") + name + "' filter expects an argument 'separator'.");
    return *call.argument(0);
}

/// One of the four: before or after, the first or the last separator.
Value part(Call &call, const Value &input, const char *name, bool before, bool last)
{
    if (input.isNull())
        return input;
    const Value &given = separator(call, name);
    const std::string text = flow::toText(input);
    if (given.isNull())
        return Value(before || last ? (before ? text : std::string()) : std::string());
    const std::string &mark = java::textOf(given);
    if (text.empty())
        return Value(text);
    if (mark.empty()) {
        if (last)
            return Value(before ? text : std::string());
        return Value(before ? std::string() : text);
    }
    const std::size_t at = last ? text.rfind(mark) : text.find(mark);
    if (at == std::string::npos)
        return Value(before ? text : std::string());
    return Value(before ? text.substr(0, at) : text.substr(at + mark.size()));
}

Value substringBefore(Call &call, const Value &input)
{
    return part(call, input, "substringBefore", true, false);
}
Value substringAfter(Call &call, const Value &input)
{
    return part(call, input, "substringAfter", false, false);
}
Value substringBeforeLast(Call &call, const Value &input)
{
    return part(call, input, "substringBeforeLast", true, true);
}
Value substringAfterLast(Call &call, const Value &input)
{
    return part(call, input, "substringAfterLast", false, true);
}

Value startsWith(Call &call, const Value &input)
{
    if (input.isNull())
        return Value(false);
    if (!call.nonNull(0))
        call.fail("The argument 'value' is required.");
    return Value(flow::toText(input).starts_with(flow::toText(*call.argument(0))));
}

Value endsWith(Call &call, const Value &input)
{
    if (input.isNull())
        return Value(false);
    if (!call.nonNull(0))
        call.fail("The argument 'value' is required.");
    return Value(flow::toText(input).ends_with(flow::toText(*call.argument(0))));
}

/// Applies a change to every leaf of lists and maps; maps become HashMaps.
template <typename Change>
Value deep(const Value &value, const Change &change)
{
    if (value.isNull())
        throwJava("java.lang.NullPointerException", "Cannot invoke \"Object.toString()\" because \"item\" is null");
    if (value.isMap()) {
        flow::Object members;
        for (const auto &[key, member] : value.map())
            members.set(key, deep(member, change));
        return java::toHashMap(members);
    }
    if (java::isList(value)) {
        Value::List items;
        items.reserve(value.list().size());
        for (const Value &item : value.list())
            items.push_back(deep(item, change));
        return Value(std::move(items));
    }
    return Value(change(flow::toText(value)));
}

std::string replaceAll(const std::string &text, const std::string &from, const std::string &to)
{
    std::string out;
    if (from.empty()) {
        for (std::size_t at = 0; at < text.size();) {
            const std::size_t begin = at;
            utf8::next(text, at);
            out += to;
            out.append(text, begin, at - begin);
        }
        return out + to;
    }
    std::size_t done = 0;
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, done)) {
        out.append(text, done, at - done);
        out += to;
        done = at + from.size();
    }
    return out.append(text, done);
}

Value replace(Call &call, const Value &input)
{
    if (input.isNull())
        return input;
    const Value *pairs = call.nonNull(0);
    if (!pairs)
        call.fail("The argument 'replace_pairs' is required.");
    if (!pairs->isMap())
        throwCast(java::className(*pairs), "java.util.Map");
    const Value *regexp = call.nonNull(1);
    const bool regular = regexp && java::boolOf(*regexp);
    std::vector<std::pair<std::string, std::string>> steps;
    bool holdsNull = false;
    for (const auto &[from, to] : pairs->map()) {
        holdsNull = holdsNull || to.isNull() || (pairs->map().hasTypedKeys() && pairs->map().keyAt(steps.size()).isNull());
        steps.emplace_back(from, flow::toText(to));
    }
    return deep(input, [&](std::string text) {
        if (holdsNull)
            throwJava("java.lang.NullPointerException",
                      "Cannot invoke \"Object.toString()\" because the return value of \"java.util.Map$Entry.getValue()\" is null");
        for (const auto &[from, to] : steps)
            text = regular ? regex::compile(from)->replaceAll(text, to) : replaceAll(text, from, to);
        return text;
    });
}

Value escapeChar(Call &call, const Value &input)
{
    if (input.isNull())
        return input;
    if ((java::isList(input) || input.isMap()) && input.size() == 0)
        return input;
    if (!call.argument(0))
        call.fail("The 'escapeChar' filter expects an argument 'type'.");
    const std::string type = call.nonNull(0) ? toLower(java::textOf(*call.argument(0))) : std::string();
    static const std::pair<std::string, std::pair<std::string, std::string>> kEscapes[] = {
        {"single", {"'", "\\'"}}, {"double", {"\"", "\\\""}}, {"shell", {"'", "'\\''"}}};
    const auto *found = std::find_if(std::begin(kEscapes), std::end(kEscapes), [&type](const auto &entry) { return entry.first == type; });
    if (found == std::end(kEscapes)) {
        call.fail("The 'escapeChar' filter expects the value of 'type' to be either 'single', 'double', or 'shell'.");
    }
    return deep(input, [&](const std::string &text) { return replaceAll(text, found->second.first, found->second.second); });
}

Value split(Call &call, const Value &input)
{
    if (input.isNull())
        return input;
    const Value *delimiter = call.nonNull(0);
    if (!delimiter)
        call.fail("missing delimiter parameter in split filter");
    const std::string &text = java::textOf(input);
    const std::string &pattern = java::textOf(*delimiter);
    std::int32_t limit = 0;
    if (const Value *given = call.nonNull(1)) {
        if (!given->isNumber())
            throwCast(java::className(*given), "java.lang.Number");
        limit = static_cast<std::int32_t>(java::wholeOf(*given));
    }
    Value::List parts;
    for (std::string &one : regex::compile(pattern)->split(text, limit))
        parts.emplace_back(std::move(one));
    return Value(std::move(parts)).withShape(Value::Shape::Array);
}

Value slugify(Call &, const Value &input)
{
    return input.isNull() ? input : Value(slug(flow::toText(input)));
}

Value format(Call &call, const Value &input)
{
    if (input.isNull())
        return input;
    return Value(javaFormat(flow::toText(input), call.all()));
}

Value string(Call &, const Value &input)
{
    return input.isNull() ? input : Value(flow::toText(input));
}

Value className(Call &, const Value &input)
{
    return input.isNull() ? input : Value(java::className(input));
}

/// Lines of a text and the line ending they have.
std::pair<std::vector<std::string>, std::string> lines(const std::string &text)
{
    const std::size_t first = text.find_first_of("\r\n");
    const bool carriage = first != std::string::npos && text[first] == '\r';
    const std::string ending(!carriage ? "\n" : text.compare(first, 2, "\r\n") == 0 ? "\r\n" : "\r");
    std::vector<std::string> out;
    std::size_t begin = 0;
    for (std::size_t at = text.find(ending); at != std::string::npos; at = text.find(ending, begin)) {
        out.push_back(text.substr(begin, at - begin));
        begin = at + ending.size();
    }
    out.push_back(text.substr(begin));
    return {std::move(out), ending};
}

Value indentBy(Call &call, const Value &input, const char *name, bool first)
{
    if (input.isNull())
        return input;
    const std::string text = flow::toText(input);
    if (text.empty())
        return Value(text);
    if (!call.argument(0))
        call.fail(std::string("The '") + name + "' filter expects an integer as argument 'amount'.");
    const std::int64_t amount = java::longOf(*call.argument(0));
    if (amount < 0)
        call.fail(std::string("The '") + name + "' filter expects a positive integer >=0 as argument 'amount'.");
    const std::int64_t most = call.dialect() == flow::Dialect::Kestra2_0 ? 10'000 : 10'000'000;
    if (amount > most)
        call.failAs("io.kestra.core.runners.pebble.RenderLimitExceededException",
                    std::string("The '") + name + "' filter cannot indent by more than " + std::to_string(most) + ".", false);
    std::string prefix = " ";
    if (const Value *given = call.nonNull(1))
        prefix = java::textOf(*given);
    std::string margin;
    for (std::int64_t i = 0; i < amount && margin.size() < (64u << 20); ++i)
        margin += prefix;
    const auto [parts, ending] = lines(text);
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0 || first)
            out += ending + margin;
        out += parts[i];
        if (out.size() > call.environment().outputLimit)
            throwJava("java.lang.OutOfMemoryError", "Java heap space");
    }
    return Value(std::move(out));
}

Value indent(Call &call, const Value &input)
{
    return indentBy(call, input, "indent", false);
}

Value nindent(Call &call, const Value &input)
{
    return indentBy(call, input, "nindent", true);
}

} // namespace

std::vector<FilterEntry> textFilters()
{
    return {
        {"abbreviate", "length", abbreviate, "Cuts a text to a length, ending in `...`"},
        {"capitalize", "", capitalize, "Makes the first letter a capital"},
        {"className", "", className, "The Java class of a value"},
        {"endsWith", "value", endsWith, "Whether a text ends with another"},
        {"escapeChar", "type", escapeChar, "Escapes quotes: `single`, `double` or `shell`"},
        {"format", "...", format, "Java's String.format"},
        {"indent", "amount, prefix=' '", indent, "Indents every line but the first"},
        {"lower", "", lower, "Lower case"},
        {"nindent", "amount, prefix=' '", nindent, "A new line, then every line indented"},
        {"nl2br", "", nl2br, "Line ends as `<br />`"},
        {"replace", "replace_pairs, regexp=false", replace, "Replaces the keys of a map by its values"},
        {"slugify", "", slugify, "Lower-case letters, digits and `-` only"},
        {"split", "delimiter, limit=0", split, "Splits at a regular expression"},
        {"startsWith", "value", startsWith, "Whether a text starts with another"},
        {"string", "", string, "A value as text"},
        {"substringAfter", "separator", substringAfter, "What follows the first separator"},
        {"substringAfterLast", "separator", substringAfterLast, "What follows the last separator"},
        {"substringBefore", "separator", substringBefore, "What precedes the first separator"},
        {"substringBeforeLast", "separator", substringBeforeLast, "What precedes the last separator"},
        {"title", "", title, "The first letter of every word a capital"},
        {"trim", "", trim, "Without white space at both ends"},
        {"upper", "", upper, "Upper case"},
    };
}

} // namespace expr
