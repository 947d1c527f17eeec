#include "engine/flow/yaml_scalar.h"

#include "engine/flow/tree.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace flow {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// `no`, `No` and `NO` for the word `no`; not `nO`.
bool isSpelling(std::string_view text, std::string_view lower)
{
    if (text.size() != lower.size())
        return false;
    const auto upper = [](char c) { return static_cast<char>(c - 'a' + 'A'); };
    if (text[0] != lower[0] && text[0] != upper(lower[0]))
        return false;
    const auto rest = text.substr(1);
    const auto tail = lower.substr(1);
    if (rest == tail)
        return true;
    return text[0] == upper(lower[0]) &&
           std::equal(rest.begin(), rest.end(), tail.begin(),
                      [&](char a, char b) { return a == upper(b); });
}

bool isTrue(std::string_view text)
{
    return isSpelling(text, "true") || isSpelling(text, "yes") || isSpelling(text, "on");
}

bool isFalse(std::string_view text)
{
    return isSpelling(text, "false") || isSpelling(text, "no") || isSpelling(text, "off");
}

bool isNullWord(std::string_view text)
{
    return text == "~" || isSpelling(text, "null");
}

bool allOf(std::string_view text, std::string_view digits)
{
    return std::all_of(text.begin(), text.end(), [&](char c) {
        return c == '_' || digits.find(c) != std::string_view::npos;
    });
}

bool hasDigit(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](char c) { return c != '_'; });
}

std::string_view withoutSign(std::string_view text)
{
    if (!text.empty() && (text[0] == '-' || text[0] == '+'))
        text.remove_prefix(1);
    return text;
}

bool isWhole(std::string_view text)
{
    const std::string_view body = withoutSign(text);
    if (body.empty() || !isDigit(body[0]))
        return false;
    if (body.starts_with("0b"))
        return allOf(body.substr(2), "01") && hasDigit(body.substr(2));
    if (body.starts_with("0x"))
        return allOf(body.substr(2), "0123456789abcdefABCDEF") && hasDigit(body.substr(2));
    if (body[0] == '0')
        return allOf(body.substr(1), "01234567");
    return allOf(body, "0123456789");
}

bool isExponent(std::string_view text)
{
    if (text.empty() || (text[0] != 'e' && text[0] != 'E'))
        return false;
    text = withoutSign(text.substr(1));
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

bool isFloat(std::string_view text)
{
    std::string_view body = withoutSign(text);
    const std::size_t whole = std::min(body.find_first_not_of("0123456789_"), body.size());
    if (whole > 0 && !isDigit(body[0]))
        return false;
    const std::string_view rest = body.substr(whole);
    if (whole > 0 && isExponent(rest))
        return true;
    if (!rest.starts_with('.'))
        return false;
    const std::string_view after = rest.substr(1);
    const std::size_t fraction = std::min(after.find_first_not_of("0123456789_"), after.size());
    if (whole == 0 && (fraction == 0 || !isDigit(after[0]) || body.size() != text.size()))
        return false;
    const std::string_view exponent = after.substr(fraction);
    return exponent.empty() || isExponent(exponent);
}

bool isMalformedNumber(std::string_view text)
{
    const std::string_view body = withoutSign(text);
    if (body == ".inf" || body == ".Inf" || body == ".INF")
        return true;
    return text == ".nan" || text == ".NaN" || text == ".NAN";
}

std::string cleaned(std::string_view text)
{
    std::string digits(text);
    std::erase(digits, '_');
    return digits;
}

/// A number of another base than ten as decimal digits, of any size.
std::string toDecimal(std::string_view digits, unsigned base)
{
    std::string decimal = "0"; // least significant digit first
    for (const char c : digits) {
        unsigned carry = static_cast<unsigned>(isDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10);
        for (char &place : decimal) {
            const unsigned sum = static_cast<unsigned>(place - '0') * base + carry;
            place = static_cast<char>('0' + sum % 10);
            carry = sum / 10;
        }
        for (; carry > 0; carry /= 10)
            decimal.push_back(static_cast<char>('0' + carry % 10));
    }
    std::reverse(decimal.begin(), decimal.end());
    return decimal;
}

Value wholeValue(std::string_view text)
{
    constexpr std::size_t kMaxDigits = 1000; // longer numbers are refused by the real engine
    if (text.size() > kMaxDigits)
        return Value(text);
    const bool negative = text.starts_with('-');
    const std::string body = cleaned(withoutSign(text));
    std::string decimal = body;
    if (body.starts_with("0x"))
        decimal = toDecimal(body.substr(2), 16);
    else if (body.starts_with("0b"))
        decimal = toDecimal(body.substr(2), 2);
    else if (body.size() > 1 && body[0] == '0')
        decimal = toDecimal(body.substr(1), 8);
    return Value::wholeNumber(negative && decimal != "0" ? "-" + decimal : decimal);
}

Value floatValue(std::string_view text)
{
    std::string body = cleaned(withoutSign(text));
    double number = 0;
    const auto [end, error] = std::from_chars(body.data(), body.data() + body.size(), number);
    if (error == std::errc::result_out_of_range) {
        const std::size_t exponent = body.find_first_of("eE");
        const bool tiny = exponent != body.npos && body.substr(exponent + 1).starts_with('-');
        number = tiny ? 0.0 : std::numeric_limits<double>::infinity();
    }
    return Value(text.starts_with('-') ? -number : number);
}

std::string_view tagName(std::string_view tag)
{
    constexpr std::string_view kLong = "!<tag:yaml.org,2002:";
    if (tag.starts_with(kLong) && tag.ends_with('>'))
        return tag.substr(kLong.size(), tag.size() - kLong.size() - 1);
    return tag.starts_with("!!") ? tag.substr(2) : tag;
}

} // namespace

ScalarKind plainKind(std::string_view text)
{
    if (text.empty())
        return ScalarKind::Text;
    switch (text[0]) {
    case 't': case 'T': case 'f': case 'F': case 'y': case 'Y': case 'o': case 'O':
        return isTrue(text) || isFalse(text) ? ScalarKind::Bool : ScalarKind::Text;
    case 'n': case 'N':
        if (isFalse(text))
            return ScalarKind::Bool;
        return isNullWord(text) ? ScalarKind::Null : ScalarKind::Text;
    case '~': return isNullWord(text) ? ScalarKind::Null : ScalarKind::Text;
    case '.': case '+': case '-':
        break;
    default:
        if (!isDigit(text[0]))
            return ScalarKind::Text;
    }
    if (isWhole(text))
        return ScalarKind::Int;
    if (isFloat(text))
        return ScalarKind::Float;
    return isMalformedNumber(text) ? ScalarKind::Malformed : ScalarKind::Text;
}

ScalarKind scalarKind(const Node &scalar)
{
    if (scalar.alias)
        return ScalarKind::Text;
    if (scalar.tag.empty() || scalar.tag == "!")
        return scalar.style == ScalarStyle::Plain ? plainKind(scalar.text) : ScalarKind::Text;
    const std::string_view tag = tagName(scalar.tag);
    if (tag == "int")
        return isWhole(scalar.text) ? ScalarKind::Int : ScalarKind::Text;
    if (tag == "float")
        return isWhole(scalar.text) || isFloat(scalar.text) ? ScalarKind::Float : ScalarKind::Malformed;
    if (tag == "bool")
        return isTrue(scalar.text) || isFalse(scalar.text) ? ScalarKind::Bool : ScalarKind::Text;
    return tag == "null" ? ScalarKind::Null : ScalarKind::Text;
}

Value numberValue(std::string_view text, ScalarKind kind)
{
    if (kind == ScalarKind::Int)
        return wholeValue(text);
    return kind == ScalarKind::Float ? floatValue(text) : Value();
}

std::string textMeant(const Node &scalar)
{
    const ScalarKind kind = scalarKind(scalar);
    if (kind == ScalarKind::Null)
        return {};
    return kind == ScalarKind::Text || kind == ScalarKind::Malformed ? scalar.text : toJson(toValue(scalar));
}

Value toValue(const Node &node)
{
    switch (node.kind) {
    case NodeKind::Scalar:
        switch (const ScalarKind kind = scalarKind(node)) {
        case ScalarKind::Bool: return Value(isTrue(node.text));
        case ScalarKind::Int:
        case ScalarKind::Float: return numberValue(node.text, kind);
        case ScalarKind::Null: return Value();
        default: return Value(node.text);
        }
    case NodeKind::Sequence: {
        Value::List items;
        items.reserve(node.items.size());
        for (const Node *item : node.items)
            items.push_back(toValue(*item));
        return Value(std::move(items));
    }
    case NodeKind::Mapping: {
        Object members;
        for (const Entry &entry : node.entries)
            members.set(entry.key->text, toValue(*entry.value));
        return Value(std::move(members));
    }
    case NodeKind::Broken: return Value();
    }
    return Value();
}

} // namespace flow
