#include "engine/expr/decimal.h"
#include "engine/expr/evaluator.h"
#include "engine/expr/java_values.h"
#include "engine/expr/number_format.h"
#include "engine/expr/registry.h"

#include <cmath>

namespace expr {
namespace {

using flow::Value;
using Kind = Value::Kind;

Value absolute(Call &call, const Value &input)
{
    if (input.isNull())
        call.fail("Can not pass null value to \"abs\" filter.");
    switch (input.kind()) {
    case Kind::Int: return Value(static_cast<std::int32_t>(input.asInt() == INT32_MIN ? INT32_MIN : std::abs(input.asInt())));
    case Kind::Long: return Value(input.asInt() == INT64_MIN ? INT64_MIN : std::abs(input.asInt()));
    case Kind::Double: return Value(std::abs(input.asDouble()));
    case Kind::Float: return Value::ofFloat(std::abs(input.asFloat()));
    case Kind::Decimal: return Value::ofText(Kind::Decimal, Decimal::parse(input.text()).value_or(Decimal()).magnitude().text());
    case Kind::BigInt: return Value::ofText(Kind::BigInt, Decimal::parse(input.text()).value_or(Decimal()).magnitude().text());
    default: call.fail("The 'abs' filter does require as input a number.");
    }
}

Value number(Call &call, const Value &input)
{
    if (input.isNull())
        return input;
    if (!input.isText())
        call.fail("'number' filter can only be applied to String. Actual type was: " + java::className(input));
    const Value *type = call.nonNull(0);
    const std::string name = type ? java::textOf(*type) : std::string();
    const std::string &text = input.text();
    if (name == "INT")
        return parseInteger(text);
    if (name == "LONG")
        return parseLong(text);
    if (name == "FLOAT")
        return parseFloat(text);
    if (name == "DOUBLE")
        return parseDouble(text);
    if (name == "BIGDECIMAL")
        return parseBigDecimal(text);
    if (name == "BIGINTEGER")
        return parseBigInteger(text);
    return createNumber(text);
}

Value numberFormat(Call &call, const Value &input)
{
    if (input.isNull())
        return input;
    if (!input.isNumber())
        call.fail("The input for the 'NumberFormat' filter has to be a number.");
    const Value *format = call.nonNull(0);
    return Value(formatNumber(input, format ? java::textOf(*format) : "#,##0.###", call.environment().locale));
}

} // namespace

std::vector<FilterEntry> numberFilters()
{
    return {
        {"abs", "", absolute, "A number without its sign"},
        {"number", "type", number, "A text as number: INT, LONG, FLOAT, DOUBLE, BIGDECIMAL, BIGINTEGER"},
        {"numberFormat", "format", numberFormat, "A number by a DecimalFormat pattern"},
    };
}

} // namespace expr
