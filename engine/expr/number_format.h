#pragma once

#include "engine/flow/value.h"

#include <string>

/// Texts to numbers as Java and commons-lang read them, and DecimalFormat. Wrong texts end the
/// rendering with a NumberFormatException.
namespace expr {

flow::Value parseInteger(const std::string &text);
flow::Value parseLong(const std::string &text);
flow::Value parseFloat(const std::string &text);
flow::Value parseDouble(const std::string &text);
flow::Value parseBigDecimal(const std::string &text);
flow::Value parseBigInteger(const std::string &text);
/// NumberUtils.createNumber: the smallest class that holds a number exactly.
flow::Value createNumber(const std::string &text);
/// java.text.DecimalFormat, rounding half to even by the exact value.
std::string formatNumber(const flow::Value &number, const std::string &pattern, const std::string &locale);

} // namespace expr
