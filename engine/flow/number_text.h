#pragma once

#include <string>

namespace flow {

/// Floating-point numbers as Java's toString writes them: `1.0`, `1.0E8`, `1.0E-4`, `NaN`, `Infinity`.
std::string formatDouble(double value);
std::string formatFloat(float value);

/// The exact decimal `unscaled × 10^-scale` as Java's BigDecimal.toString writes it (`1E+3` is kept).
std::string formatDecimal(const std::string &digits, bool negative, long scale);
/// A decimal text (`1.50`, `1E+3`) without exponent: `1000`.
std::string plainDecimal(const std::string &decimal);

} // namespace flow
