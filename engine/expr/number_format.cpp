#include "engine/expr/number_format.h"

#include "engine/expr/decimal.h"
#include "engine/expr/failure.h"
#include "engine/expr/unicode_text.h"
#include "engine/flow/number_text.h"
#include "engine/flow/utf8.h"

#include <unicode/dcfmtsym.h>
#include <unicode/decimfmt.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

namespace expr {
namespace {

using flow::Value;
using Kind = Value::Kind;

[[noreturn]] void notANumber(const std::string &text, int radix = 10)
{
    throwJava("java.lang.NumberFormatException",
              "For input string: \"" + text + "\"" + (radix == 10 ? "" : " under radix " + std::to_string(radix)));
}

[[noreturn]] void notValid(const std::string &text)
{
    throwJava("java.lang.NumberFormatException", text + " is not a valid number.");
}

/// Digits of any script as ASCII; nothing when there is something else than one sign and digits.
std::optional<std::string> wholeDigits(const std::string &text, int radix)
{
    std::string out;
    std::size_t at = 0;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) {
        if (text[at] == '-')
            out = "-";
        ++at;
    }
    if (at == text.size())
        return std::nullopt;
    while (at < text.size()) {
        const char32_t code = flow::utf8::next(text, at);
        int digit = digitValue(code);
        if (digit < 0 && code < 0x80 && std::isalpha(static_cast<int>(code)))
            digit = std::tolower(static_cast<int>(code)) - 'a' + 10;
        if (digit < 0 || digit >= radix)
            return std::nullopt;
        out += "0123456789abcdefghijklmnopqrstuvwxyz"[digit];
    }
    return out;
}

std::optional<std::int64_t> whole(const std::string &text, int radix, std::int64_t low, std::int64_t high)
{
    const auto digits = wholeDigits(text, radix);
    if (!digits)
        return std::nullopt;
    std::int64_t value = 0;
    const auto result = std::from_chars(digits->data(), digits->data() + digits->size(), value, radix);
    if (result.ec != std::errc() || value < low || value > high)
        return std::nullopt;
    return value;
}

/// A whole number of any radix as decimal text.
std::string decimalText(const std::string &digits, int radix)
{
    Decimal sum;
    const Decimal base = *Decimal::parse(std::to_string(radix));
    const bool negative = digits.starts_with('-');
    for (std::size_t i = negative ? 1 : 0; i < digits.size(); ++i) {
        const int digit = std::isdigit(static_cast<unsigned char>(digits[i])) ? digits[i] - '0' : digits[i] - 'a' + 10;
        sum = sum * base + *Decimal::parse(std::to_string(digit));
    }
    return (negative && !sum.isZero() ? "-" : "") + sum.digits();
}

Value bigInteger(const std::string &text, int radix)
{
    const auto digits = wholeDigits(text, radix);
    if (!digits || digits->size() > 20'000)
        notANumber(text, radix);
    return Value::ofText(Kind::BigInt, radix == 10 ? Decimal::parse(*digits)->text() : decimalText(*digits, radix));
}

/// Integer.decode and Long.decode: a sign, a radix prefix, digits.
std::optional<std::int64_t> decode(const std::string &text, std::int64_t low, std::int64_t high)
{
    if (text.empty())
        return std::nullopt;
    std::size_t at = 0;
    const bool negative = text[0] == '-';
    if (negative || text[0] == '+')
        ++at;
    int radix = 10;
    if (text.compare(at, 2, "0x") == 0 || text.compare(at, 2, "0X") == 0) {
        at += 2;
        radix = 16;
    } else if (text.compare(at, 1, "#") == 0) {
        ++at;
        radix = 16;
    } else if (text.compare(at, 1, "0") == 0 && text.size() > at + 1) {
        ++at;
        radix = 8;
    }
    if (text.compare(at, 1, "-") == 0 || text.compare(at, 1, "+") == 0)
        return std::nullopt;
    return whole((negative ? "-" : "") + text.substr(at), radix, low, high);
}

Value createBigInteger(const std::string &text)
{
    std::size_t at = 0;
    bool negate = false;
    if (text.starts_with('-')) {
        negate = true;
        at = 1;
    } else if (text.starts_with('+')) {
        at = 1;
    }
    int radix = 10;
    if (text.compare(at, 2, "0x") == 0 || text.compare(at, 2, "0X") == 0) {
        radix = 16;
        at += 2;
    } else if (text.compare(at, 1, "#") == 0) {
        radix = 16;
        ++at;
    } else if (text.compare(at, 1, "0") == 0 && text.size() > at + 1) {
        radix = 8;
        ++at;
    }
    const Value number = bigInteger(text.substr(at), radix);
    if (!negate)
        return number;
    return Value::ofText(Kind::BigInt, Decimal::parse(number.text())->negated().text());
}

bool isHex(std::string_view size)
{
    return size.starts_with("0x") || size.starts_with("0X");
}

/// `0x1.8p3`: the exponent is not optional.
std::optional<double> hexReal(std::string_view size)
{
    const std::string_view digits = size.substr(2);
    double value = 0;
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::hex);
    const bool all = result.ec == std::errc() && result.ptr == digits.data() + digits.size();
    return all && digits.find_first_of("pP") != std::string_view::npos ? std::optional(value) : std::nullopt;
}

/// Double.parseDouble: white space around and a `d` or `f` at the end are allowed.
std::optional<double> real(std::string text)
{
    while (!text.empty() && static_cast<unsigned char>(text.back()) <= ' ')
        text.pop_back();
    std::size_t begin = 0;
    while (begin < text.size() && static_cast<unsigned char>(text[begin]) <= ' ')
        ++begin;
    text.erase(0, begin);
    if (text.size() > 1 && std::string_view("dDfF").find(text.back()) != std::string_view::npos)
        text.pop_back();
    const std::size_t sign = !text.empty() && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    const std::string size = text.substr(sign);
    const bool negative = sign == 1 && text[0] == '-';
    if (size == "NaN")
        return std::nan("");
    if (size == "Infinity")
        return negative ? -INFINITY : INFINITY;
    if (isHex(size)) {
        const auto value = hexReal(size);
        return value && negative ? -*value : value;
    }
    if (size.empty() || !(std::isdigit(static_cast<unsigned char>(size[0])) || size[0] == '.') || size == ".")
        return std::nullopt;
    double value = 0;
    auto result = std::from_chars(size.data(), size.data() + size.size(), value);
    if (result.ec == std::errc::result_out_of_range)
        value = std::strtod(size.c_str(), nullptr);
    else if (result.ec != std::errc())
        return std::nullopt;
    if (result.ptr != size.data() + size.size())
        return std::nullopt;
    return negative ? -value : value;
}

std::optional<float> single(const std::string &text)
{
    const auto value = real(text);
    if (!value)
        return std::nullopt;
    float out = 0;
    std::string digits = text;
    if (digits.starts_with('+'))
        digits.erase(0, 1);
    if (digits.find_first_of("xX") != std::string::npos)
        return static_cast<float>(*value);
    // Rounded once, from the text.
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), out);
    return result.ec == std::errc() ? out : static_cast<float>(*value);
}

bool allZeros(std::string_view text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c == '0'; });
}

} // namespace

Value parseInteger(const std::string &text)
{
    const auto value = whole(text, 10, INT32_MIN, INT32_MAX);
    if (!value)
        notANumber(text);
    return Value(static_cast<std::int32_t>(*value));
}

Value parseLong(const std::string &text)
{
    const auto value = whole(text, 10, INT64_MIN, INT64_MAX);
    if (!value)
        notANumber(text);
    return Value(*value);
}

Value parseFloat(const std::string &text)
{
    const auto value = single(text);
    if (!value)
        notANumber(text);
    return Value::ofFloat(*value);
}

Value parseDouble(const std::string &text)
{
    const auto value = real(text);
    if (!value)
        notANumber(text);
    return Value(*value);
}

Value parseBigDecimal(const std::string &text)
{
    const auto value = Decimal::parse(text);
    if (!value)
        throwJava("java.lang.NumberFormatException", "Character array is missing \"exponent\" mark 'e' or 'E'.");
    return Value::ofText(Kind::Decimal, value->text());
}

Value parseBigInteger(const std::string &text)
{
    return bigInteger(text, 10);
}

Value createNumber(const std::string &text)
{
    if (std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; }))
        throwJava("java.lang.NumberFormatException", "A blank string is not a valid number");
    const std::size_t sign = text[0] == '-' || text[0] == '+' ? 1 : 0;
    std::size_t prefix = 0;
    for (const std::string_view hex : {"0x", "0X", "#"})
        if (text.compare(sign, hex.size(), hex) == 0)
            prefix = sign + hex.size();
    if (prefix > 0) {
        const std::size_t begin = std::min(text.find_first_not_of('0', prefix), text.size());
        const std::size_t count = text.size() - begin;
        const char first = begin < text.size() ? text[begin] : '0';
        if (count > 16 || (count == 16 && first > '7'))
            return createBigInteger(text);
        const bool wide = count > 8 || (count == 8 && first > '7');
        const auto value = wide ? decode(text, INT64_MIN, INT64_MAX) : decode(text, INT32_MIN, INT32_MAX);
        if (!value)
            notANumber(text.substr(prefix), 16);
        return wide ? Value(*value) : Value(static_cast<std::int32_t>(*value));
    }
    const std::size_t point = text.find('.');
    const std::size_t exponent = text.find_first_of("eE");
    constexpr std::size_t kNone = std::string::npos;
    if (point != kNone && exponent != kNone && exponent < point)
        notValid(text);
    const std::size_t mantissaEnd = point != kNone ? point : exponent != kNone ? exponent : text.size();
    const std::string mantissa = text.substr(sign, mantissaEnd - std::min(sign, mantissaEnd));
    const std::string fraction = point == kNone ? "" : text.substr(point + 1, exponent == kNone ? kNone : exponent - point - 1);
    const auto lost = [&](double value) { return value == 0 && !(allZeros(mantissa) && allZeros(fraction)); };
    std::size_t lastAt = text.size() - 1;
    while (lastAt > 0 && (static_cast<unsigned char>(text[lastAt]) & 0xC0) == 0x80)
        --lastAt;
    std::size_t next = lastAt;
    const char32_t last = flow::utf8::next(text, next);
    if (digitValue(last) < 0 && last != '.') {
        const std::string numeric = text.substr(0, lastAt);
        const bool hasExponent = exponent != kNone && exponent + 1 < lastAt;
        switch (last) {
        case 'l':
        case 'L': {
            const auto digits = wholeDigits(numeric.starts_with('+') ? "x" : numeric, 10);
            if (point != kNone || hasExponent || !digits)
                notValid(text);
            if (const auto value = decode(numeric, INT64_MIN, INT64_MAX))
                return Value(*value);
            return createBigInteger(numeric);
        }
        case 'f':
        case 'F':
            if (const auto value = single(numeric); value && !std::isinf(*value) && !lost(*value))
                return Value::ofFloat(*value);
            [[fallthrough]];
        case 'd':
        case 'D':
            if (const auto value = real(text); value && !std::isinf(*value) && !lost(*value))
                return Value(*value);
            if (const auto value = Decimal::parse(numeric))
                return Value::ofText(Kind::Decimal, value->text());
            [[fallthrough]];
        default: notValid(text);
        }
    }
    if (point == kNone && exponent == kNone) {
        if (const auto value = decode(text, INT32_MIN, INT32_MAX))
            return Value(static_cast<std::int32_t>(*value));
        if (const auto value = decode(text, INT64_MIN, INT64_MAX))
            return Value(*value);
        return createBigInteger(text);
    }
    const auto shortReal = single(text);
    const auto longReal = real(text);
    if (shortReal && longReal && !std::isinf(*shortReal) && !lost(*shortReal) &&
        flow::formatFloat(*shortReal) == flow::formatDouble(*longReal))
        return Value::ofFloat(*shortReal);
    const auto exact = Decimal::parse(text);
    if (longReal && !std::isinf(*longReal) && !lost(*longReal))
        if (!exact || exact->compare(Decimal::of(*longReal)) == 0)
            return Value(*longReal);
    if (!exact)
        notANumber(text);
    return Value::ofText(Kind::Decimal, exact->text());
}

std::string formatNumber(const Value &number, const std::string &pattern, const std::string &locale)
{
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale where(locale.c_str());
    std::string given = pattern;
    if (given.find('E') != std::string::npos && given.find('\'') == std::string::npos)
        std::erase(given, ','); // Java takes both and does not group
    icu::DecimalFormat format(icu::UnicodeString::fromUTF8(given), icu::DecimalFormatSymbols(where, status), status);
    if (U_FAILURE(status))
        throwJava("java.lang.IllegalArgumentException", "Malformed pattern \"" + pattern + "\"");
    format.setRoundingMode(icu::DecimalFormat::kRoundHalfEven);
    format.setSecondaryGroupingSize(0); // Java knows one size of group
    const int most = format.getMaximumIntegerDigits(), least = format.getMinimumIntegerDigits();
    if (format.isScientificNotation() && most > least && most <= 8 && least > 0) { // Java counts the most digits as significant, not the least
        const int fraction = format.getMaximumFractionDigits(), needed = least + format.getMinimumFractionDigits();
        format.setSignificantDigitsUsed(true);
        format.setMaximumSignificantDigits(most + fraction);
        format.setMinimumSignificantDigits(needed);
    }
    icu::UnicodeString out;
    const double real = number.asDouble();
    if ((number.kind() == Kind::Double || number.kind() == Kind::Float) && (!std::isfinite(real) || std::abs(real) < 1e-30 || std::abs(real) > 1e30)) {
        format.format(std::isnan(real) ? std::abs(real) : real, out, nullptr, status);
    } else {
        std::string digits;
        if (number.kind() == Kind::Double || number.kind() == Kind::Float) {
            char buffer[256]; // all digits of the binary value, so that ties are true ties
            std::snprintf(buffer, sizeof buffer, "%.140f", real);
            digits = buffer;
        } else {
            digits = flow::plainDecimal(flow::toText(number));
        }
        format.format(icu::StringPiece(digits), out, nullptr, status);
    }
    std::string text;
    out.toUTF8String(text);
    return text;
}

} // namespace expr
