#include "engine/expr/parser.h"

#include "engine/expr/registry.h"
#include "engine/expr/stack_guard.h"

#include <charconv>
#include <set>

namespace expr {
namespace {

using flow::Value;
using Kind = Expression::Kind;

/// Trees deeper than this are refused: taking them apart again needs stack.
constexpr int kMaxDepth = 4000;

struct Stop
{
    Error error;
};

struct BinaryOperator
{
    std::string_view text;
    Operator op;
    int precedence;
    int precedence2; ///< in the 2.0 language
};

constexpr BinaryOperator kBinary[] = {
    {"or", Operator::Or, 10, 10},
    {"and", Operator::And, 15, 15},
    {"is", Operator::Is, 20, 20},
    {"is not", Operator::IsNot, 20, 20},
    {"contains", Operator::Contains, 20, 20},
    {"==", Operator::Equals, 30, 30},
    {"equals", Operator::Equals, 30, 30},
    {"!=", Operator::NotEquals, 30, 30},
    {">", Operator::Greater, 30, 30},
    {"<", Operator::Less, 30, 30},
    {">=", Operator::GreaterEquals, 30, 30},
    {"<=", Operator::LessEquals, 30, 30},
    {"+", Operator::Add, 40, 40},
    {"-", Operator::Subtract, 40, 40},
    {"*", Operator::Multiply, 60, 60},
    {"/", Operator::Divide, 60, 60},
    {"%", Operator::Modulus, 60, 60},
    {"~", Operator::Concatenate, 110, 110},
    {"..", Operator::Range, 120, 120},
    {"??", Operator::Coalesce, 120, 30},
    {"???", Operator::CoalesceMissing, 120, 30},
    {"isIn", Operator::IsIn, 120, 30},
};
constexpr int kFilterPrecedence = 100;
constexpr int kUnaryPrecedence = 500;

class Parser
{
public:
    Parser(const Tokens &tokens, flow::Dialect dialect) : m_tokens(tokens.list), m_lexError(tokens.error), m_dialect(dialect) {}

    Parsed run()
    {
        Parsed parsed;
        m_program = &parsed.program;
        try {
            if (m_lexError)
                throw Stop{*m_lexError};
            parsed.program.body = body({}, nullptr);
        } catch (Stop &stop) {
            parsed.error = std::move(stop.error);
        }
        return parsed;
    }

private:
    const Token &current() const { return m_tokens[m_at]; }
    void next()
    {
        if (m_at + 1 < m_tokens.size())
            ++m_at;
    }
    bool at(TokenType type) const { return current().type == type; }
    bool at(TokenType type, std::string_view value) const { return current().type == type && current().value == value; }
    [[noreturn]] void fail(std::string message, ErrorKind kind = ErrorKind::Syntax, std::string cause = {}) const
    {
        Error error;
        error.kind = kind;
        error.message = std::move(message);
        error.cause = std::move(cause);
        error.line = current().line;
        error.begin = current().begin;
        error.end = current().end;
        throw Stop{std::move(error)};
    }
    [[noreturn]] void unexpected(TokenType expected) const
    {
        fail("Unexpected token of value \"" + current().value + "\" and type " + std::string(tokenTypeName(current().type)) +
             ", expected token of type " + std::string(tokenTypeName(expected)));
    }
    const Token &expect(TokenType type)
    {
        if (!at(type))
            unexpected(type);
        const Token &token = current();
        next();
        return token;
    }
    const Token &expect(TokenType type, std::string_view value)
    {
        if (!at(type, value))
            unexpected(type);
        const Token &token = current();
        next();
        return token;
    }

    ExpressionPtr make(Kind kind, const Token &token) const
    {
        auto node = std::make_unique<Expression>();
        node->kind = kind;
        node->line = token.line;
        node->begin = token.begin;
        node->end = token.end;
        return node;
    }
    void adopt(Expression &parent, ExpressionPtr child) const
    {
        parent.depth = std::max(parent.depth, child->depth + 1);
        if (parent.depth > kMaxDepth)
            fail("The expression is nested too deeply");
        parent.children.push_back(std::move(child));
    }

    // Statements

    /// Statements up to one of the tags in `ends`, whose start and name are consumed.
    Body body(const std::vector<std::string_view> &ends, std::string *ended)
    {
        guard();
        Body statements;
        while (!at(TokenType::Eof)) {
            const Token &token = current();
            if (at(TokenType::Text)) {
                Statement text;
                text.text = Value(token.value);
                text.line = token.line;
                statements.push_back(std::move(text));
                next();
            } else if (at(TokenType::PrintStart)) {
                next();
                Statement print;
                print.kind = Statement::Kind::Print;
                print.line = token.line;
                print.expression = expression();
                print.begin = token.begin;
                print.end = current().end;
                expect(TokenType::PrintEnd);
                statements.push_back(std::move(print));
            } else {
                next();
                if (!at(TokenType::Name))
                    fail("A block must start with a tag name.");
                const std::string name = current().value;
                for (const std::string_view end : ends)
                    if (name == end) {
                        next();
                        *ended = name;
                        return statements;
                    }
                tag(name, token, statements);
            }
        }
        if (ended) {
            if (ends.front() == "endmacro")
                fail("Index " + std::to_string(m_tokens.size()) + " out of bounds for length " + std::to_string(m_tokens.size()),
                     ErrorKind::Java, "IndexOutOfBoundsException");
            fail("Unexpected end of template. Pebble was looking for the \"" + std::string(ends.back()) + "\" tag");
        }
        return statements;
    }

    void tag(const std::string &name, const Token &start, Body &statements)
    {
        Statement statement;
        statement.line = start.line;
        statement.begin = start.begin;
        if (name == "if")
            ifTag(statement);
        else if (name == "for")
            forTag(statement);
        else if (name == "set")
            setTag(statement);
        else if (name == "filter")
            filterTag(statement);
        else if (name == "block")
            blockTag(statement);
        else if (name == "macro")
            return macroTag(start);
        else
            fail("Unexpected tag name \"" + name + "\"");
        statement.end = m_tokens[m_at == 0 ? 0 : m_at - 1].end;
        statements.push_back(std::move(statement));
    }

    void ifTag(Statement &statement)
    {
        statement.kind = Statement::Kind::If;
        next();
        std::string ended = "elseif";
        while (ended == "elseif") {
            ExpressionPtr condition = expression();
            expect(TokenType::ExecuteEnd);
            Body branch = body({"elseif", "else", "endif"}, &ended);
            statement.branches.emplace_back(std::move(condition), std::move(branch));
        }
        if (ended == "else") {
            expect(TokenType::ExecuteEnd);
            statement.hasOtherwise = true;
            statement.otherwise = body({"endif"}, &ended);
        }
        expect(TokenType::ExecuteEnd);
    }

    void forTag(Statement &statement)
    {
        statement.kind = Statement::Kind::For;
        next();
        statement.name = expect(TokenType::Name).value;
        expect(TokenType::Name, "in");
        const bool outer = std::exchange(m_loopNamed, false);
        statement.expression = expression();
        expect(TokenType::ExecuteEnd);
        std::string ended;
        statement.body = body({"else", "endfor"}, &ended);
        statement.usesLoop = m_loopNamed;
        if (ended == "else") {
            expect(TokenType::ExecuteEnd);
            statement.hasOtherwise = true;
            statement.otherwise = body({"endfor"}, &ended);
        }
        m_loopNamed = m_loopNamed || outer;
        expect(TokenType::ExecuteEnd);
    }

    void setTag(Statement &statement)
    {
        statement.kind = Statement::Kind::Set;
        next();
        statement.name = expect(TokenType::Name).value;
        expect(TokenType::Punctuation, "=");
        statement.expression = expression();
        expect(TokenType::ExecuteEnd);
    }

    void filterTag(Statement &statement)
    {
        statement.kind = Statement::Kind::Filter;
        next();
        do {
            FilterStep step;
            const Token &name = expect(TokenType::Name);
            step.name = name.value;
            step.line = name.line;
            step.filter = findFilter(step.name, m_dialect);
            if (at(TokenType::Punctuation, "("))
                step.arguments = arguments();
            statement.steps.push_back(std::move(step));
        } while (at(TokenType::Operator, "|") && (next(), true));
        expect(TokenType::ExecuteEnd);
        std::string ended;
        statement.body = body({"endfilter"}, &ended);
        expect(TokenType::ExecuteEnd);
    }

    void blockTag(Statement &statement)
    {
        statement.kind = Statement::Kind::Block;
        next();
        statement.name = expect(TokenType::Name).value;
        expect(TokenType::ExecuteEnd);
        std::string ended;
        m_program->blocks[statement.name] = body({"endblock"}, &ended);
        if (at(TokenType::Name))
            next();
        expect(TokenType::ExecuteEnd);
    }

    void macroTag(const Token &start)
    {
        next();
        Macro macro;
        macro.line = start.line;
        macro.name = expect(TokenType::Name).value;
        expect(TokenType::Punctuation, "(");
        while (!at(TokenType::Punctuation, ")")) {
            const std::string name = expect(TokenType::Name).value;
            ExpressionPtr value;
            if (at(TokenType::Punctuation, "=")) {
                next();
                value = expression();
            }
            macro.parameters.emplace_back(name, std::move(value));
            if (!at(TokenType::Punctuation, ")"))
                expect(TokenType::Punctuation, ",");
        }
        next();
        expect(TokenType::ExecuteEnd);
        std::string ended;
        macro.body = body({"endmacro"}, &ended);
        expect(TokenType::ExecuteEnd);
        if (m_program->macros.contains(macro.name) && m_program->duplicateMacro.empty())
            m_program->duplicateMacro = macro.name;
        const std::string name = macro.name;
        m_program->macros.insert_or_assign(name, std::move(macro));
    }

    // Expressions

    ExpressionPtr expression(int minimum = 0)
    {
        guard();
        ExpressionPtr left = operand();
        while (true) {
            if (at(TokenType::Operator, "|") && kFilterPrecedence >= minimum) {
                next();
                left = filter(std::move(left));
                continue;
            }
            const BinaryOperator *found = binary();
            if (!found || precedence(*found) < minimum)
                break;
            const Token &token = current();
            next();
            if (found->op == Operator::Is || found->op == Operator::IsNot) {
                left = test(std::move(left), found->op == Operator::IsNot);
                continue;
            }
            ExpressionPtr right = expression(precedence(*found) + 1);
            ExpressionPtr node = make(Kind::Binary, token);
            node->op = found->op;
            node->line = current().line;
            node->begin = left->begin;
            node->end = right->end;
            adopt(*node, std::move(left));
            adopt(*node, std::move(right));
            left = std::move(node);
        }
        return minimum == 0 ? ternary(std::move(left)) : std::move(left);
    }

    const BinaryOperator *binary() const
    {
        if (!at(TokenType::Operator))
            return nullptr;
        for (const BinaryOperator &entry : kBinary)
            if (entry.text == current().value)
                return &entry;
        return nullptr;
    }
    int precedence(const BinaryOperator &entry) const
    {
        return m_dialect == flow::Dialect::Kestra2_0 ? entry.precedence2 : entry.precedence;
    }

    ExpressionPtr ternary(ExpressionPtr condition)
    {
        if (!at(TokenType::Punctuation, "?"))
            return condition;
        ExpressionPtr node = make(Kind::Ternary, current());
        node->begin = condition->begin;
        next();
        ExpressionPtr then = expression();
        expect(TokenType::Punctuation, ":");
        ExpressionPtr otherwise = expression();
        node->end = otherwise->end;
        adopt(*node, std::move(condition));
        adopt(*node, std::move(then));
        adopt(*node, std::move(otherwise));
        return node;
    }

    ExpressionPtr operand()
    {
        const Token &token = current();
        if (at(TokenType::Operator, "-") || at(TokenType::Operator, "+") || at(TokenType::Operator, "not")) {
            next();
            ExpressionPtr inner = expression(kUnaryPrecedence);
            ExpressionPtr node = make(Kind::Unary, token);
            node->op = token.value == "-" ? Operator::Negate : token.value == "+" ? Operator::Plus : Operator::Not;
            node->line = current().line;
            node->end = inner->end;
            adopt(*node, std::move(inner));
            return node;
        }
        if (at(TokenType::Punctuation, "(")) {
            next();
            ExpressionPtr inner = expression();
            inner->end = current().end;
            inner->begin = token.begin;
            expect(TokenType::Punctuation, ")");
            return postfix(std::move(inner));
        }
        if (at(TokenType::Punctuation, "["))
            return list();
        if (at(TokenType::Punctuation, "{"))
            return map();
        return primary();
    }

    ExpressionPtr list()
    {
        ExpressionPtr node = make(Kind::List, current());
        next();
        for (bool more = !at(TokenType::Punctuation, "]"); more;) {
            adopt(*node, expression());
            more = !at(TokenType::Punctuation, "]");
            if (more)
                expect(TokenType::Punctuation, ",");
        }
        node->end = current().end;
        next();
        return node;
    }

    ExpressionPtr map()
    {
        ExpressionPtr node = make(Kind::Map, current());
        next();
        for (bool more = !at(TokenType::Punctuation, "}"); more;) {
            adopt(*node, expression());
            expect(TokenType::Punctuation, ":");
            adopt(*node, expression());
            more = !at(TokenType::Punctuation, "}");
            if (more)
                expect(TokenType::Punctuation, ",");
        }
        node->end = current().end;
        next();
        return node;
    }

    ExpressionPtr primary()
    {
        const Token token = current();
        ExpressionPtr node;
        switch (token.type) {
        case TokenType::Name: node = name(token); break;
        case TokenType::Long:
            node = make(Kind::Literal, token);
            node->literal = whole(token);
            next();
            break;
        case TokenType::Number: {
            node = make(Kind::Literal, token);
            if (token.value.find('.') != std::string::npos) {
                double number = 0;
                std::from_chars(token.value.data(), token.value.data() + token.value.size(), number);
                node->literal = Value(number);
            } else {
                node->literal = whole(token);
            }
            next();
            break;
        }
        case TokenType::String:
        case TokenType::InterpolationStart: node = string(); break;
        default:
            fail("Unexpected token \"" + std::string(tokenTypeName(token.type)) + "\" of value \"" + token.value + "\"");
        }
        return postfix(std::move(node));
    }

    Value whole(const Token &token) const
    {
        std::int64_t number = 0;
        const auto result = std::from_chars(token.value.data(), token.value.data() + token.value.size(), number);
        if (result.ec != std::errc())
            fail("For input string: \"" + token.value + "\"", ErrorKind::Java, "NumberFormatException");
        return Value(number);
    }

    ExpressionPtr name(const Token &token)
    {
        static const std::set<std::string_view> kTrue{"true", "TRUE"}, kFalse{"false", "FALSE"},
            kNull{"null", "NULL", "none", "NONE"};
        ExpressionPtr node = make(Kind::Literal, token);
        next();
        if (kTrue.contains(token.value)) {
            node->literal = Value(true);
        } else if (kFalse.contains(token.value)) {
            node->literal = Value(false);
        } else if (kNull.contains(token.value)) {
            node->literal = Value();
        } else if (at(TokenType::Punctuation, "(")) {
            node->kind = Kind::Call;
            node->name = token.value;
            node->function = findFunction(token.value, m_dialect);
            node->arguments = arguments(&*node);
            node->end = m_tokens[m_at - 1].end;
            m_loopNamed = true; // it may render a text that names it
        } else {
            node->kind = Kind::Name;
            node->name = token.value;
            m_loopNamed = m_loopNamed || token.value == "loop" || token.value == "_context";
        }
        return node;
    }

    ExpressionPtr string()
    {
        ExpressionPtr node = make(Kind::Interpolation, current());
        bool mayBeText = true;
        while (true) {
            if (at(TokenType::String) && mayBeText) {
                ExpressionPtr piece = make(Kind::Literal, current());
                piece->literal = Value(current().value);
                next();
                node->end = piece->end;
                adopt(*node, std::move(piece));
                mayBeText = false;
            } else if (at(TokenType::InterpolationStart)) {
                next();
                adopt(*node, expression());
                node->end = current().end;
                expect(TokenType::InterpolationEnd);
                mayBeText = true;
            } else {
                break;
            }
        }
        if (node->children.size() == 1)
            return std::move(node->children.front());
        return node;
    }

    ExpressionPtr postfix(ExpressionPtr node)
    {
        while (true) {
            const bool dot = at(TokenType::Punctuation, ".");
            if (!dot && !at(TokenType::Punctuation, "["))
                return node;
            next();
            ExpressionPtr key;
            ExpressionPtr attribute;
            if (dot) {
                const Token &token = expect(TokenType::Name);
                key = make(Kind::Literal, token);
                key->literal = Value(token.value);
                attribute = make(Kind::Attribute, token);
                attribute->name = token.value;
                attribute->byName = true;
                if (at(TokenType::Punctuation, "(")) {
                    attribute->called = true;
                    attribute->arguments = arguments(&*attribute);
                }
            } else {
                key = expression();
                attribute = make(Kind::Attribute, current());
                expect(TokenType::Punctuation, "]");
            }
            attribute->begin = node->begin;
            attribute->end = m_tokens[m_at - 1].end;
            adopt(*attribute, std::move(node));
            adopt(*attribute, std::move(key));
            node = std::move(attribute);
        }
    }

    ExpressionPtr filter(ExpressionPtr input)
    {
        const Token &token = expect(TokenType::Name);
        ExpressionPtr node = make(Kind::Filter, token);
        node->name = token.value;
        node->filter = findFilter(token.value, m_dialect);
        if (at(TokenType::Punctuation, "("))
            node->arguments = arguments(&*node);
        node->begin = input->begin;
        node->end = m_tokens[m_at - 1].end;
        m_loopNamed = m_loopNamed || !node->filter;
        adopt(*node, std::move(input));
        return node;
    }

    ExpressionPtr test(ExpressionPtr input, bool negated)
    {
        const Token &token = expect(TokenType::Name);
        ExpressionPtr node = make(Kind::Test, token);
        node->name = token.value;
        node->negated = negated;
        node->test = findTest(token.value, m_dialect);
        if (at(TokenType::Punctuation, "("))
            node->arguments = arguments(&*node);
        node->begin = input->begin;
        node->end = m_tokens[m_at - 1].end;
        adopt(*node, std::move(input));
        return node;
    }

    std::unique_ptr<Arguments> arguments(Expression *owner = nullptr)
    {
        auto list = std::make_unique<Arguments>();
        list->line = current().line;
        expect(TokenType::Punctuation, "(");
        while (!at(TokenType::Punctuation, ")")) {
            std::string name;
            if (at(TokenType::Name) && m_tokens[m_at + 1].type == TokenType::Punctuation && m_tokens[m_at + 1].value == "=") {
                name = current().value;
                next();
                next();
            }
            if (name.empty() && !list->named.empty())
                fail("Positional arguments must be declared before any named arguments.");
            ExpressionPtr value = expression();
            if (owner) {
                owner->depth = std::max(owner->depth, value->depth + 1);
                if (owner->depth > kMaxDepth)
                    fail("The expression is nested too deeply");
            }
            if (name.empty())
                list->positional.push_back(std::move(value));
            else
                list->named.emplace_back(std::move(name), std::move(value));
            if (!at(TokenType::Punctuation, ")"))
                expect(TokenType::Punctuation, ",");
        }
        list->line = current().line;
        next();
        return list;
    }

    void guard() const
    {
        if (m_guard.low())
            fail("The template is nested too deeply");
    }

    const std::vector<Token> &m_tokens;
    const std::optional<Error> &m_lexError;
    flow::Dialect m_dialect;
    std::size_t m_at = 0;
    Program *m_program = nullptr;
    bool m_loopNamed = false;
    StackGuard m_guard;
};

} // namespace

Parsed parse(const Tokens &tokens, flow::Dialect dialect)
{
    return Parser(tokens, dialect).run();
}

} // namespace expr
