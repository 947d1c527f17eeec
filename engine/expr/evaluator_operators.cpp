// Tests, operators and literals.
#include "engine/expr/evaluation.h"
#include "engine/expr/evaluator.h"
#include "engine/expr/java_values.h"
#include "engine/expr/operators.h"
#include "engine/expr/registry.h"

#include <algorithm>

namespace expr {

using flow::Value;
using Kind = Expression::Kind;

namespace {

/// Class.getSimpleName.
std::string simpleTypeName(const Value &value)
{
    if (java::isArray(value))
        return "String[]";
    return value.kind() == Value::Kind::Bytes ? "byte[]" : simpleName(java::className(value));
}

} // namespace

Value Evaluator::test(const Expression &node)
{
    if (!node.test)
        fail(kPebbleException, "Test [" + node.name + "] does not exist.", node.line, &node);
    Call call(*this, &node, node.line);
    bind(call, node.test->names, node.test->anything, node.arguments.get(), &node, node.line);
    Value input;
    const bool asksDefined = node.name == "defined";
    const std::size_t frames = m_frames.size();
    try {
        input = evaluate(*node.children[0]);
    } catch (const Failure &failure) {
        if (!asksDefined || failure.error.kind != ErrorKind::MissingAttribute)
            throw;
        m_frames.resize(frames);
    }
    return Value(node.test->apply(call, input) != node.negated);
}

Value Evaluator::unary(const Expression &node)
{
    const Value operand = evaluate(*node.children[0]);
    if (node.op == Operator::Negate)
        return operators::negate(operand);
    if (node.op == Operator::Plus)
        return operators::plus(operand);
    if (operand.isNull())
        fail(kPebbleException, "null value given to not() and strict variables is set to true", node.line, &node);
    if (operand.kind() != Value::Kind::Bool && !operand.isNumber() && !operand.isText())
        fail(kPebbleException, "Unsupported value type " + simpleTypeName(operand) +
                                   ". Expected Boolean, String, Number in \"if\" statement",
             node.line, &node);
    return Value(!condition(operand));
}

Value Evaluator::logical(const Expression &node)
{
    const auto side = [&](const Expression &expression) {
        const Value value = evaluate(expression);
        if (value.isNull())
            fail(kPebbleException, "null value used in and operator and strict variables is set to true", node.line, &node);
        if (value.kind() != Value::Kind::Bool && !value.isNumber() && !value.isText())
            return java::boolOf(value);
        return condition(value);
    };
    const bool left = side(*node.children[0]);
    if (left == (node.op == Operator::Or))
        return Value(left);
    return Value(side(*node.children[1]));
}

Value Evaluator::coalesce(const Expression &node)
{
    const std::size_t frames = m_frames.size();
    try {
        Value left = evaluate(*node.children[0]);
        if (!left.isNull() || node.op == Operator::CoalesceMissing)
            return left;
    } catch (const Failure &failure) {
        if (failure.error.kind != ErrorKind::MissingAttribute)
            throw;
        m_frames.resize(frames);
    }
    return evaluate(*node.children[1]);
}

Value Evaluator::binary(const Expression &node)
{
    switch (node.op) {
    case Operator::And:
    case Operator::Or: return logical(node);
    case Operator::Coalesce:
    case Operator::CoalesceMissing: return coalesce(node);
    case Operator::Concatenate: {
        // A chain of `~` is written into one text.
        std::vector<const Expression *> parts;
        const Expression *first = &node;
        while (first->kind == Kind::Binary && first->op == Operator::Concatenate) {
            parts.push_back(first->children[1].get());
            first = first->children[0].get();
        }
        std::string text;
        java::appendPrinted(text, evaluate(*first));
        for (std::size_t i = parts.size(); i-- > 0;)
            java::appendPrinted(text, evaluate(*parts[i]));
        return Value(std::move(text));
    }
    default: break;
    }
    const char *text = operators::failureText(node.op, m_source.dialect());
    if (!text) {
        const Value left = evaluate(*node.children[0]);
        return applyBinary(node, left, evaluate(*node.children[1]));
    }
    try {
        const Value left = evaluate(*node.children[0]);
        return applyBinary(node, left, evaluate(*node.children[1]));
    } catch (const Failure &failure) {
        Failure outer = failure;
        outer.error.kind = ErrorKind::Evaluation;
        outer.error.name.clear();
        outer.error.message = placed(kPebbleException, text, m_source.text(), node.line);
        outer.error.line = node.line;
        if (failure.error.begin == failure.error.end) {
            outer.error.begin = node.begin;
            outer.error.end = node.end;
        }
        throw outer;
    }
}

Value Evaluator::applyBinary(const Expression &node, const Value &left, const Value &right)
{
    switch (node.op) {
    case Operator::Add: return operators::add(left, right);
    case Operator::Subtract: return operators::subtract(left, right);
    case Operator::Multiply:
    case Operator::Divide:
    case Operator::Modulus: return operators::compute(node.op, left, right);
    case Operator::Equals: return Value(operators::equals(left, right));
    case Operator::NotEquals: return Value(!operators::equals(left, right));
    case Operator::IsIn: return Value(operators::isIn(left, right));
    case Operator::Contains: {
        if (left.isNull())
            return Value(false);
        if (left.isText())
            return Value(!right.isNull() && left.text().find(flow::toText(right)) != std::string::npos);
        if (isMap(left)) {
            const flow::Object &map = left.map();
            if (!map.hasTypedKeys())
                return Value(right.isText() && map.contains(right.text()));
            for (std::size_t i = 0; i < map.size(); ++i)
                if (java::equals(map.keyAt(i), right))
                    return Value(true);
            return Value(false);
        }
        if (left.kind() == Value::Kind::Bytes)
            return Value(false);
        if (!left.isList())
            fail(kPebbleException, "Contains operator can only be used on Collections, Maps and arrays. Actual type was: " +
                                       java::className(left),
                 node.line, &node);
        const auto has = [&left](const Value &item) {
            return std::any_of(left.list().begin(), left.list().end(), [&item](const Value &other) { return java::equals(item, other); });
        };
        if (java::isCollection(left) && java::isCollection(right))
            return Value(std::all_of(right.list().begin(), right.list().end(), has));
        return Value(has(right));
    }
    case Operator::Range: {
        Call call(*this, &node, node.line);
        call.m_values = {left, right};
        call.m_given = {true, true};
        return findFunction("range", m_source.dialect())->apply(call);
    }
    default: return Value(operators::compare(node.op, left, right, m_source.dialect()));
    }
}

Value Evaluator::mapLiteral(const Expression &node)
{
    flow::Object members;
    std::vector<Value> keys;
    bool typed = false;
    for (std::size_t i = 0; i + 1 < node.children.size(); i += 2) {
        Value key = evaluate(*node.children[i]);
        Value value = evaluate(*node.children[i + 1]);
        typed = typed || !key.isText();
        std::string text = flow::toText(key);
        if (!members.contains(text))
            keys.push_back(std::move(key));
        members.set(std::move(text), std::move(value));
    }
    if (typed)
        members.setTypedKeys(std::move(keys));
    const std::size_t pairs = node.children.size() / 2;
    const auto expected = static_cast<std::size_t>(static_cast<double>(pairs) / 0.75 + 0.999999);
    return java::toHashMap(members, std::max<std::size_t>(expected, 1));
}

} // namespace expr
