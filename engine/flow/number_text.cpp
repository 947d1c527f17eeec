#include "engine/flow/number_text.h"

#include <charconv>
#include <cmath>
#include <cstdlib>

namespace flow {
namespace {

/// Digits and exponent of a shortest scientific form `d.dddE±x`.
struct Scientific
{
    std::string digits;
    int exponent = 0;
};

Scientific split(const char *begin, const char *end)
{
    Scientific parts;
    const char *at = begin;
    for (; at != end && *at != 'e'; ++at)
        if (*at != '.')
            parts.digits += *at;
    if (at != end) {
        ++at;
        if (*at == '+')
            ++at;
        std::from_chars(at, end, parts.exponent);
    }
    return parts;
}

template <typename Number>
Scientific shortest(Number value)
{
    char buffer[64];
    auto result = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
    Scientific parts = split(buffer, result.ptr);
    if (parts.digits.size() > 1)
        return parts;
    // Java prints at least two digits, and of those the closest.
    auto two = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific, 1);
    Number back{};
    std::from_chars(buffer, two.ptr, back);
    if (back == value)
        parts = split(buffer, two.ptr);
    return parts;
}

template <typename Number>
std::string format(Number value)
{
    if (std::isnan(value))
        return "NaN";
    if (std::isinf(value))
        return value < 0 ? "-Infinity" : "Infinity";
    std::string out = std::signbit(value) ? "-" : "";
    if (value == 0)
        return out + "0.0";
    Scientific parts = shortest(std::abs(value));
    std::string &digits = parts.digits;
    while (digits.size() > 1 && digits.back() == '0')
        digits.pop_back();
    if (parts.exponent >= -3 && parts.exponent < 7) {
        if (parts.exponent < 0)
            return out + "0." + std::string(static_cast<std::size_t>(-parts.exponent - 1), '0') + digits;
        const auto whole = static_cast<std::size_t>(parts.exponent + 1);
        if (digits.size() <= whole)
            return out + digits + std::string(whole - digits.size(), '0') + ".0";
        return out + digits.substr(0, whole) + "." + digits.substr(whole);
    }
    out += digits[0];
    out += '.';
    out += digits.size() > 1 ? digits.substr(1) : "0";
    return out + "E" + std::to_string(parts.exponent);
}

} // namespace

std::string formatDouble(double value)
{
    return format(value);
}

std::string formatFloat(float value)
{
    return format(value);
}

std::string formatDecimal(const std::string &digits, bool negative, long scale)
{
    std::string out = negative ? "-" : "";
    const long adjusted = static_cast<long>(digits.size()) - 1 - scale;
    if (scale == 0)
        return out + digits;
    if (scale > 0 && adjusted >= -6) {
        const long point = static_cast<long>(digits.size()) - scale;
        if (point > 0)
            return out + digits.substr(0, static_cast<std::size_t>(point)) + "." + digits.substr(static_cast<std::size_t>(point));
        return out + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    }
    out += digits[0];
    if (digits.size() > 1)
        out += "." + digits.substr(1);
    if (adjusted != 0)
        out += (adjusted > 0 ? "E+" : "E") + std::to_string(adjusted);
    return out;
}

std::string plainDecimal(const std::string &decimal)
{
    const std::size_t mark = decimal.find_first_of("eE");
    if (mark == std::string::npos)
        return decimal;
    long exponent = std::strtol(decimal.c_str() + mark + 1, nullptr, 10);
    std::string mantissa = decimal.substr(0, mark);
    std::string sign;
    if (!mantissa.empty() && (mantissa[0] == '-' || mantissa[0] == '+')) {
        sign = mantissa[0] == '-' ? "-" : "";
        mantissa.erase(0, 1);
    }
    const std::size_t point = mantissa.find('.');
    long scale = 0;
    if (point != std::string::npos) {
        scale = static_cast<long>(mantissa.size() - point - 1);
        mantissa.erase(point, 1);
    }
    scale -= exponent;
    if (scale <= 0) {
        if (mantissa.find_first_not_of('0') == std::string::npos)
            return "0";
        return sign + mantissa + std::string(static_cast<std::size_t>(-scale), '0');
    }
    const long whole = static_cast<long>(mantissa.size()) - scale;
    if (whole > 0)
        return sign + mantissa.substr(0, static_cast<std::size_t>(whole)) + "." + mantissa.substr(static_cast<std::size_t>(whole));
    return sign + "0." + std::string(static_cast<std::size_t>(-whole), '0') + mantissa;
}

} // namespace flow
