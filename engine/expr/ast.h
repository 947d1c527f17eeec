#pragma once

#include "engine/flow/value.h"

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace expr {

struct FilterEntry;
struct FunctionEntry;
struct TestEntry;
struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;

enum class Operator {
    Negate, Plus, Not,
    Or, And, Is, IsNot, Contains, IsIn,
    Equals, NotEquals, Greater, GreaterEquals, Less, LessEquals,
    Add, Subtract, Multiply, Divide, Modulus,
    Concatenate, Range, Coalesce, CoalesceMissing,
};

struct Arguments
{
    std::vector<ExpressionPtr> positional;
    std::vector<std::pair<std::string, ExpressionPtr>> named;
    int line = 0;
    bool empty() const { return positional.empty() && named.empty(); }
};

/// One node of an expression. Which fields are used depends on the kind.
struct Expression
{
    enum class Kind {
        Literal,     ///< literal
        Name,        ///< name
        Attribute,   ///< children: object, key; arguments when it was called
        Call,        ///< name, arguments, function
        Filter,      ///< children: input; name, arguments, filter
        Test,        ///< children: input; name, arguments, test, negated
        Unary,       ///< op; children: operand
        Binary,      ///< op; children: left, right
        Ternary,     ///< children: condition, then, otherwise
        List,        ///< children: items
        Map,         ///< children: key, value, key, value…
        Interpolation, ///< children: pieces of a string
    };
    Kind kind = Kind::Literal;
    Operator op{};
    bool negated = false;
    bool called = false;     ///< of Attribute: with parentheses
    bool byName = false;     ///< of Attribute: `a.b`, not `a['b']`
    int line = 0;
    int depth = 1;           ///< nodes on the longest way down
    std::size_t begin = 0, end = 0;
    flow::Value literal;
    std::string name;
    std::vector<ExpressionPtr> children;
    std::unique_ptr<Arguments> arguments;
    const FilterEntry *filter = nullptr;
    const FunctionEntry *function = nullptr;
    const TestEntry *test = nullptr;
};

struct Statement;
using Body = std::vector<Statement>;

struct FilterStep
{
    std::string name;
    std::unique_ptr<Arguments> arguments;
    const FilterEntry *filter = nullptr;
    int line = 0;
};

struct Statement
{
    enum class Kind {
        Text,   ///< text
        Print,  ///< expression
        If,     ///< branches: condition and body; otherwise
        For,    ///< name, expression, body; otherwise
        Set,    ///< name, expression
        Filter, ///< steps, body
        Block,  ///< name; the body is in Program::blocks
    };
    Kind kind = Kind::Text;
    int line = 0;
    std::size_t begin = 0, end = 0;
    flow::Value text;
    std::string name;
    ExpressionPtr expression;
    Body body;
    Body otherwise;
    bool hasOtherwise = false;
    bool usesLoop = false; ///< of For: `loop` is named somewhere inside
    std::vector<std::pair<ExpressionPtr, Body>> branches;
    std::vector<FilterStep> steps;
};

struct Macro
{
    std::string name;
    std::vector<std::pair<std::string, ExpressionPtr>> parameters; ///< with their default, or null
    Body body;
    int line = 0;
};

/// A template that was read.
struct Program
{
    Body body;
    std::map<std::string, Macro, std::less<>> macros;
    std::map<std::string, Body, std::less<>> blocks;
    std::string duplicateMacro;          ///< name of one that is defined twice; empty when none
    std::vector<std::string> rawTexts;   ///< `{% raw %}…{% endraw %}`, put back at the end
};

} // namespace expr
