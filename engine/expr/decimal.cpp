#include "engine/expr/decimal.h"

#include "engine/flow/number_text.h"

#include <openssl/bn.h>

#include <algorithm>
#include <charconv>
#include <memory>

namespace expr {
namespace {

constexpr long kMaxScale = 100'000;
constexpr int kDigits = 34;

struct FreeNumber
{
    void operator()(BIGNUM *number) const { BN_free(number); }
};
using Number = std::unique_ptr<BIGNUM, FreeNumber>;

struct FreeContext
{
    void operator()(BN_CTX *context) const { BN_CTX_free(context); }
};
using Context = std::unique_ptr<BN_CTX, FreeContext>;

Number number(const std::string &digits, bool negative = false)
{
    BIGNUM *out = nullptr;
    BN_dec2bn(&out, digits.c_str());
    BN_set_negative(out, negative);
    return Number(out);
}

std::string text(const BIGNUM *number)
{
    char *raw = BN_bn2dec(number);
    std::string out = raw;
    OPENSSL_free(raw);
    return out;
}

std::string zeros(long count)
{
    return std::string(static_cast<std::size_t>(std::max(0L, count)), '0');
}

} // namespace

Decimal::Decimal(std::string digits, bool negative, long scale) : m_digits(std::move(digits)), m_negative(negative), m_scale(scale)
{
    if (m_digits.starts_with('-')) {
        m_digits.erase(0, 1);
        m_negative = !m_negative;
    }
    m_digits.erase(0, std::min(m_digits.find_first_not_of('0'), m_digits.size()));
    if (m_digits.empty()) {
        m_digits = "0";
        m_negative = false;
    }
}

std::optional<Decimal> Decimal::parse(std::string_view text)
{
    std::string digits;
    bool negative = false, point = false;
    long scale = 0;
    std::size_t at = 0;
    if (at < text.size() && (text[at] == '-' || text[at] == '+'))
        negative = text[at++] == '-';
    for (; at < text.size(); ++at) {
        const char c = text[at];
        if (c == '.' && !point) {
            point = true;
        } else if (c >= '0' && c <= '9') {
            digits += c;
            scale += point ? 1 : 0;
        } else {
            break;
        }
    }
    if (digits.empty())
        return std::nullopt;
    if (at < text.size()) {
        if (text[at] != 'e' && text[at] != 'E')
            return std::nullopt;
        ++at;
        if (at < text.size() && text[at] == '+')
            ++at;
        long exponent = 0;
        const auto result = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
        if (result.ec != std::errc() || result.ptr != text.data() + text.size() || std::abs(exponent) > kMaxScale)
            return std::nullopt;
        scale -= exponent;
    }
    return Decimal(std::move(digits), negative, scale);
}

Decimal Decimal::of(double value)
{
    return parse(flow::formatDouble(value)).value_or(Decimal());
}

Decimal Decimal::operator+(const Decimal &other) const
{
    const long scale = std::max(m_scale, other.m_scale);
    const Number a = number(m_digits + zeros(scale - m_scale), m_negative);
    const Number b = number(other.m_digits + zeros(scale - other.m_scale), other.m_negative);
    const Number sum(BN_new());
    BN_add(sum.get(), a.get(), b.get());
    return Decimal(expr::text(sum.get()), false, scale);
}

Decimal Decimal::operator-(const Decimal &other) const
{
    return *this + other.negated();
}

Decimal Decimal::operator*(const Decimal &other) const
{
    const Number a = number(m_digits, m_negative), b = number(other.m_digits, other.m_negative), product(BN_new());
    const Context context(BN_CTX_new());
    BN_mul(product.get(), a.get(), b.get(), context.get());
    return Decimal(expr::text(product.get()), false, m_scale + other.m_scale);
}

std::optional<Decimal> Decimal::dividedBy(const Decimal &other) const
{
    if (other.isZero())
        return std::nullopt;
    const long preferred = m_scale - other.m_scale;
    if (isZero())
        return Decimal("0", false, std::clamp(preferred, -kMaxScale, kMaxScale));
    // Enough digits for the result and one to round by.
    const long shift = std::max(0L, kDigits + 2 + static_cast<long>(other.m_digits.size()) - static_cast<long>(m_digits.size()));
    const Number a = number(m_digits + zeros(shift)), b = number(other.m_digits), quotient(BN_new()), rest(BN_new());
    const Context context(BN_CTX_new());
    BN_div(quotient.get(), rest.get(), a.get(), b.get(), context.get());
    std::string digits = expr::text(quotient.get());
    long scale = preferred + shift;
    bool exact = BN_is_zero(rest.get());
    if (digits.size() > kDigits) {
        const std::string tail = digits.substr(kDigits);
        scale -= static_cast<long>(tail.size());
        digits.resize(kDigits);
        const bool tailZero = tail.find_first_not_of('0') == std::string::npos;
        const bool half = tail[0] == '5' && tail.find_first_not_of('0', 1) == std::string::npos && exact;
        const bool up = half ? (digits.back() - '0') % 2 == 1 : tail[0] >= '5';
        exact = exact && tailZero;
        if (up) {
            const Number one = number(digits);
            BN_add_word(one.get(), 1);
            digits = expr::text(one.get());
            if (digits.size() > kDigits) {
                digits.pop_back();
                --scale;
            }
        }
    }
    if (exact)
        while (scale > preferred && digits.size() > 1 && digits.back() == '0') {
            digits.pop_back();
            --scale;
        }
    return Decimal(std::move(digits), m_negative != other.m_negative, scale);
}

std::optional<Decimal> Decimal::remainder(const Decimal &other) const
{
    if (other.isZero())
        return std::nullopt;
    const long scale = std::max(m_scale, other.m_scale);
    const Number a = number(m_digits + zeros(scale - m_scale), m_negative);
    const Number b = number(other.m_digits + zeros(scale - other.m_scale)), rest(BN_new());
    const Context context(BN_CTX_new());
    BN_div(nullptr, rest.get(), a.get(), b.get(), context.get());
    return Decimal(expr::text(rest.get()), false, scale);
}

Decimal Decimal::negated() const
{
    return Decimal(m_digits, !m_negative, m_scale);
}

Decimal Decimal::magnitude() const
{
    return Decimal(m_digits, false, m_scale);
}

int Decimal::compare(const Decimal &other) const
{
    const Decimal difference = *this - other;
    return difference.isZero() ? 0 : difference.isNegative() ? -1 : 1;
}

std::int64_t Decimal::lowBits() const
{
    std::string whole = m_digits;
    if (m_scale > 0) {
        if (whole.size() <= static_cast<std::size_t>(m_scale))
            return 0;
        whole.resize(whole.size() - static_cast<std::size_t>(m_scale));
    } else {
        whole += zeros(-m_scale);
    }
    std::uint64_t bits = 0;
    for (const char digit : whole)
        bits = bits * 10 + static_cast<std::uint64_t>(digit - '0');
    return static_cast<std::int64_t>(m_negative ? 0 - bits : bits);
}

std::string Decimal::text() const
{
    return flow::formatDecimal(m_digits, m_negative, m_scale);
}

} // namespace expr
