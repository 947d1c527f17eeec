#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace expr {

/// An exact decimal number of any size, as Java's BigDecimal: digits and a scale. A value.
class Decimal
{
public:
    Decimal() = default; ///< 0
    /// `-12.50`, `1E+3`; nothing for what is no number.
    static std::optional<Decimal> parse(std::string_view text);
    /// BigDecimal.valueOf(double): by its shortest text.
    static Decimal of(double value);

    Decimal operator+(const Decimal &other) const;
    Decimal operator-(const Decimal &other) const;
    Decimal operator*(const Decimal &other) const;
    /// 34 digits, half to even; nothing when dividing by zero.
    std::optional<Decimal> dividedBy(const Decimal &other) const;
    std::optional<Decimal> remainder(const Decimal &other) const;
    Decimal negated() const;
    Decimal magnitude() const;
    int compare(const Decimal &other) const;

    /// The whole part's lowest 64 bits, as longValue().
    std::int64_t lowBits() const;
    bool isNegative() const { return m_negative; }
    bool isZero() const { return m_digits == "0"; }
    const std::string &digits() const { return m_digits; }
    long scale() const { return m_scale; }
    /// BigDecimal.toString.
    std::string text() const;

private:
    Decimal(std::string digits, bool negative, long scale);

    std::string m_digits = "0"; // unscaled value without sign and leading zeros
    bool m_negative = false;
    long m_scale = 0;
};

} // namespace expr
