#pragma once

#include "engine/expr/ast.h"
#include "engine/flow/dialect.h"
#include "engine/flow/value.h"

/// Operators over two values, as the real engine computes them. They throw Failure of kind Java; the
/// evaluator gives it the operator's own message.
namespace expr::operators {

flow::Value add(const flow::Value &left, const flow::Value &right);
flow::Value subtract(const flow::Value &left, const flow::Value &right);
/// Multiply, Divide, Modulus.
flow::Value compute(Operator op, const flow::Value &left, const flow::Value &right);
flow::Value negate(const flow::Value &operand);
flow::Value plus(const flow::Value &operand);
bool equals(const flow::Value &left, const flow::Value &right);
/// Less, LessEquals, Greater, GreaterEquals.
bool compare(Operator op, const flow::Value &left, const flow::Value &right, flow::Dialect dialect);
bool isIn(const flow::Value &item, const flow::Value &container);

/// `Could not perform addition`; null for operators without one.
const char *failureText(Operator op, flow::Dialect dialect);

} // namespace expr::operators
