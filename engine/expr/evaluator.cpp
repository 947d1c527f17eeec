#include "engine/expr/evaluator.h"

#include "engine/expr/evaluation.h"
#include "engine/expr/java_values.h"
#include "engine/expr/registry.h"

#include <algorithm>
#include <cstring>

namespace expr {

using flow::Value;
using Kind = Expression::Kind;

namespace {

constexpr int kMaxRounds = 100;

} // namespace

std::string placed(std::string_view className, std::string_view message, const std::string &text, int line)
{
    std::string out(className);
    out += ": ";
    out += message;
    out += " (" + text + ":" + std::to_string(line) + ")";
    return out;
}

bool isMap(const Value &value)
{
    return value.isMap() && value.shape() != Value::Shape::Entry && value.shape() != Value::Shape::HashEntry &&
           value.shape() != Value::Shape::Loop;
}

bool changesItsInput(const Expression &node)
{
    return node.kind == Kind::Filter && (node.name == "sort" || node.name == "rsort" || node.name == "reverse");
}

const Environment &Call::environment() const
{
    return m_evaluator.environment();
}

Host &Call::host() const
{
    return m_evaluator.host();
}

flow::Dialect Call::dialect() const
{
    return m_evaluator.source().dialect();
}

void Call::fail(std::string_view message, std::string_view cause) const
{
    m_evaluator.fail(kPebbleException, message, m_line, m_site, cause);
}

void Call::failAs(std::string_view className, std::string_view message, bool withPlace) const
{
    if (withPlace)
        m_evaluator.fail(className, message, m_line, m_site);
    Failure failure;
    failure.error.message = std::string(className) + ": " + std::string(message) + " (?:?)";
    if (m_site) {
        failure.error.begin = m_site->begin;
        failure.error.end = m_site->end;
    }
    throw failure;
}

void TextOutput::value(const Value &value)
{
    java::appendPrinted(m_text, value);
}

Value *Evaluator::Frame::find(std::string_view name)
{
    for (auto &variable : variables)
        if (variable.first == name)
            return &variable.second;
    return nullptr;
}

Evaluator::Evaluator(const Template &source, const Scope &scope, const Environment &environment, int renderDepth)
    : m_source(source), m_program(*source.program()), m_scope(scope), m_environment(environment), m_renderDepth(renderDepth)
{
    m_frames.emplace_back();
}

Host &Evaluator::host() const
{
    return m_environment.host ? *m_environment.host : plainHost();
}

void Evaluator::fail(std::string_view className, std::string_view message, int line, const Expression *site,
                     std::string_view cause) const
{
    Failure failure;
    failure.error.message = placed(className, message, m_source.text(), line);
    failure.error.cause = cause;
    failure.error.line = line;
    if (site) {
        failure.error.begin = site->begin;
        failure.error.end = site->end;
    }
    throw failure;
}

void Evaluator::missing(const std::string &name, const Expression &site) const
{
    Failure failure;
    failure.error.kind = ErrorKind::MissingAttribute;
    failure.error.name = name;
    failure.error.message = "Unable to find `" + name + "` used in the expression `" + m_source.text() + "` at line " +
                            std::to_string(site.line);
    failure.error.line = site.line;
    failure.error.begin = site.begin;
    failure.error.end = site.end;
    throw failure;
}

void Evaluator::run(Output &out)
{
    if (!m_program.duplicateMacro.empty())
        throwJava("java.lang.RuntimeException", std::string(kPebbleException) + ": More than one macro can not share the same name: " +
                                                    m_program.duplicateMacro + " (?:?)");
    run(m_program.body, out);
}

void Evaluator::run(const Body &body, Output &out)
{
    if (m_guard.low())
        throwJava("java.lang.StackOverflowError");
    for (const Statement &statement : body)
        run(statement, out);
}

void Evaluator::run(const Statement &statement, Output &out)
{
    switch (statement.kind) {
    case Statement::Kind::Text: out.text(statement.text); return;
    case Statement::Kind::Print: out.value(evaluate(*statement.expression)); return;
    case Statement::Kind::If: runIf(statement, out); return;
    case Statement::Kind::For: runFor(statement, out); return;
    case Statement::Kind::Set: assign(statement.name, evaluate(*statement.expression)); return;
    case Statement::Kind::Filter: runFilter(statement, out); return;
    case Statement::Kind::Block: {
        const auto block = m_program.blocks.find(statement.name);
        if (block != m_program.blocks.end())
            run(block->second, out);
        return;
    }
    }
}

bool Evaluator::condition(const Value &value) const
{
    if (value.kind() == Value::Kind::Bool)
        return value.asBool();
    if (value.isNumber())
        return value.asDouble() != 0;
    return !java::textOf(value).empty();
}

void Evaluator::runIf(const Statement &statement, Output &out)
{
    static constexpr std::string_view kText = "Wrong operand(s) type in conditional expression";
    for (const auto &[expression, body] : statement.branches) {
        bool holds = false;
        try {
            const Value value = evaluate(*expression);
            const bool known = value.kind() == Value::Kind::Bool || value.isNumber() || value.isText();
            if (!known)
                fail(kPebbleException, kText, statement.line, expression.get());
            holds = condition(value);
        } catch (const Failure &failure) {
            Failure outer = failure;
            outer.error.kind = ErrorKind::Evaluation;
            outer.error.name.clear();
            if (failure.error.begin == failure.error.end) {
                outer.error.begin = expression->begin;
                outer.error.end = expression->end;
            }
            outer.error.message = placed(kPebbleException, kText, m_source.text(), statement.line);
            outer.error.line = statement.line;
            throw outer;
        }
        if (holds) {
            run(body, out);
            return;
        }
    }
    run(statement.otherwise, out);
}

void Evaluator::runFor(const Statement &statement, Output &out)
{
    const Value items = evaluate(*statement.expression);
    if (items.isNull())
        return;
    const bool map = isMap(items);
    if (!map && !items.isList() && items.kind() != Value::Kind::Bytes)
        fail(kPebbleException, "Not an iterable object. Value = [" + flow::toText(items) + "]", statement.line, statement.expression.get());
    const std::size_t count = items.size();
    if (count == 0) {
        run(statement.otherwise, out);
        return;
    }
    const auto entryShape = items.shape() == Value::Shape::HashMap ? Value::Shape::HashEntry : Value::Shape::Entry;
    m_frames.emplace_back();
    const std::size_t frame = m_frames.size() - 1;
    for (std::size_t i = 0; i < count; ++i) {
        Value item;
        if (map) {
            const auto &member = *(items.map().begin() + static_cast<std::ptrdiff_t>(i));
            flow::Object entry{{member.first, member.second}};
            if (items.map().hasTypedKeys())
                entry.setTypedKeys({items.map().keyAt(i)});
            item = Value(std::move(entry)).withShape(entryShape);
        } else if (items.isList()) {
            item = items.list()[i];
        } else {
            item = Value(static_cast<std::int32_t>(static_cast<signed char>(items.text()[i])));
        }
        if (statement.usesLoop) {
            const auto number = [](std::size_t n) { return Value(static_cast<std::int32_t>(n)); };
            define("loop", Value(flow::Object{{"first", i == 0},
                                              {"last", i + 1 == count},
                                              {"length", number(count)},
                                              {"index", number(i)},
                                              {"revindex", number(count - 1 - i)}})
                               .withShape(Value::Shape::Loop));
        }
        define(statement.name, std::move(item));
        run(statement.body, out);
        m_frames.resize(frame + 1);
    }
    m_frames.pop_back();
}

void Evaluator::runFilter(const Statement &statement, Output &out)
{
    const bool defaults = std::any_of(statement.steps.begin(), statement.steps.end(),
                                      [](const FilterStep &step) { return step.name == "default"; });
    const std::size_t frames = m_frames.size();
    std::vector<Call> calls; // the last filter is the outermost
    for (auto step = statement.steps.rbegin(); step != statement.steps.rend(); ++step)
        calls.push_back(filterCall(step->filter, step->name, step->arguments.get(), nullptr, 0));
    Value value;
    try {
        TextOutput inside;
        run(statement.body, inside);
        value = Value(inside.take());
    } catch (const Failure &failure) {
        if (!defaults || failure.error.kind != ErrorKind::MissingAttribute)
            throw;
        m_frames.resize(frames);
    }
    for (const FilterStep &step : statement.steps) {
        value = applyFilter(*step.filter, calls.back(), value);
        calls.pop_back();
    }
    out.value(value);
}

std::string Evaluator::renderBlock(const std::string &name)
{
    TextOutput out;
    const auto block = m_program.blocks.find(name);
    if (block != m_program.blocks.end())
        run(block->second, out);
    return out.take();
}

const Value *Evaluator::variable(std::string_view name)
{
    for (std::size_t i = m_frames.size(); i-- > 0;) {
        if (const Value *value = m_frames[i].find(name))
            return value;
        if (m_frames[i].isolated)
            return nullptr;
    }
    return m_scope.find(name);
}

std::optional<Scope::Below> Evaluator::variableBelow(std::string_view name, std::span<const Value> keys)
{
    for (std::size_t i = m_frames.size(); i-- > 0;)
        if (m_frames[i].find(name) || m_frames[i].isolated)
            return std::nullopt;
    return m_scope.findBelow(name, keys);
}

std::vector<std::string> Evaluator::variableNames() const
{
    std::vector<std::string> names;
    std::size_t first = m_frames.size();
    while (first > 0 && !m_frames[first - 1].isolated)
        --first;
    if (first == 0)
        names = m_scope.names();
    for (std::size_t i = first > 0 ? first - 1 : 0; i < m_frames.size(); ++i)
        for (const auto &variable : m_frames[i].variables)
            if (std::find(names.begin(), names.end(), variable.first) == names.end())
                names.push_back(variable.first);
    return names;
}

void Evaluator::define(const std::string &name, Value value)
{
    Frame &frame = m_frames.back();
    if (Value *known = frame.find(name))
        *known = std::move(value);
    else
        frame.variables.emplace_back(name, std::move(value));
}

void Evaluator::assign(const std::string &name, Value value)
{
    for (std::size_t i = m_frames.size(); i-- > 0;) {
        if (Value *known = m_frames[i].find(name)) {
            *known = std::move(value);
            return;
        }
        if (m_frames[i].isolated)
            return define(name, std::move(value));
    }
    if (m_scope.find(name))
        m_frames.front().variables.emplace_back(name, std::move(value));
    else
        define(name, std::move(value));
}

Value Evaluator::evaluate(const Expression &node)
{
    if (m_guard.low())
        throwJava("java.lang.StackOverflowError");
    if (++m_work > m_environment.workLimit)
        throwJava("java.lang.OutOfMemoryError", "the template does not come to an end");
    switch (node.kind) {
    case Kind::Literal: return node.literal;
    case Kind::Name: return name(node);
    case Kind::Attribute: return attribute(node);
    case Kind::Call: return call(node);
    case Kind::Filter: return filter(node);
    case Kind::Test: return test(node);
    case Kind::Unary: return unary(node);
    case Kind::Binary: return binary(node);
    case Kind::Map: return mapLiteral(node);
    case Kind::Ternary: {
        const Value value = evaluate(*node.children[0]);
        bool holds = false;
        if (value.kind() == Value::Kind::Bool || value.isNumber() || value.isText())
            holds = condition(value);
        else if (!value.isNull())
            holds = java::boolOf(value);
        return evaluate(*node.children[holds ? 1 : 2]);
    }
    case Kind::List: {
        Value::List items;
        items.reserve(node.children.size());
        for (const auto &child : node.children)
            items.push_back(evaluate(*child));
        return Value(std::move(items));
    }
    case Kind::Interpolation: {
        std::string text;
        for (const auto &child : node.children)
            java::appendPrinted(text, evaluate(*child));
        return Value(std::move(text));
    }
    }
    return {};
}

void Evaluator::bind(Call &call, const std::vector<std::string_view> &names, bool anything, const Arguments *arguments,
                     const Expression *site, int line)
{
    if (!arguments)
        return;
    if (anything) {
        for (const auto &argument : arguments->positional) {
            call.m_values.push_back(evaluate(*argument));
            call.m_given.push_back(true);
        }
        for (const auto &argument : arguments->named)
            evaluate(*argument.second);
        return;
    }
    call.m_values.resize(names.size());
    call.m_given.resize(names.size());
    const int place = arguments->empty() ? line : arguments->line;
    for (std::size_t i = 0; i < arguments->positional.size(); ++i) {
        if (i >= names.size())
            fail(kPebbleException, "The argument at position " + std::to_string(i + 1) + " is not allowed. Only " +
                                       std::to_string(names.size()) + " argument(s) are allowed.",
                 place, site);
        call.m_values[i] = evaluate(*arguments->positional[i]);
        call.m_given[i] = true;
    }
    for (const auto &[name, expression] : arguments->named) {
        const auto at = std::find(names.begin(), names.end(), name);
        if (at == names.end())
            fail(kPebbleException, "The following named argument does not exist: " + name, place, site);
        const auto index = static_cast<std::size_t>(at - names.begin());
        call.m_values[index] = evaluate(*expression);
        call.m_given[index] = true;
    }
}

Value Evaluator::call(const Expression &node)
{
    if (node.function) {
        Call call(*this, &node, node.line);
        bind(call, node.function->names, node.function->anything, node.arguments.get(), &node, node.line);
        return node.function->apply(call);
    }
    const auto found = m_program.macros.find(node.name);
    if (found == m_program.macros.end())
        fail(kPebbleException, "Function or Macro [" + node.name + "] does not exist.", node.line, &node);
    return macro(node, found->second);
}

Value Evaluator::macro(const Expression &node, const Macro &macro)
{
    Call call(*this, &node, node.line);
    std::vector<std::string_view> names;
    for (const auto &parameter : macro.parameters)
        names.push_back(parameter.first);
    bind(call, names, false, node.arguments.get(), &node, node.line);
    Frame frame;
    frame.isolated = true;
    for (const auto &parameter : macro.parameters)
        frame.variables.emplace_back(parameter.first, Value());
    m_frames.push_back(std::move(frame));
    const std::size_t index = m_frames.size() - 1;
    TextOutput out;
    try {
        for (std::size_t i = 0; i < names.size(); ++i) {
            Value value;
            if (const Value *given = call.argument(i))
                value = *given;
            else if (macro.parameters[i].second)
                value = evaluate(*macro.parameters[i].second);
            m_frames[index].variables[i].second = std::move(value);
        }
        run(macro.body, out);
    } catch (...) {
        m_frames.resize(index);
        throw;
    }
    m_frames.resize(index);
    return Value::ofText(Value::Kind::SafeText, out.take());
}

/// The arguments come before the input: an unknown filter or a faulty argument hides a fault on the left.
Call Evaluator::filterCall(const FilterEntry *filter, const std::string &name, const Arguments *arguments, const Expression *site, int line)
{
    if (!filter)
        fail(kPebbleException, "Filter [" + name + "] does not exist.", line, site);
    Call call(*this, site, site && arguments ? arguments->line : line);
    bind(call, filter->names, filter->anything, arguments, site, line);
    return call;
}

Value Evaluator::applyFilter(const FilterEntry &filter, Call &call, const Value &input)
{
    if (input.shape() == Value::Shape::Loop && !input.find("revindex")) // `_context`
        throwJava("java.lang.UnsupportedOperationException");
    if (input.kind() == Value::Kind::SafeText)
        return filter.apply(call, Value(input.text()));
    return filter.apply(call, input);
}

Value Evaluator::filter(const Expression &node)
{
    Call call = filterCall(node.filter, node.name, node.arguments.get(), &node, node.line);
    Value input;
    if (node.name == "default") {
        const std::size_t frames = m_frames.size();
        try {
            input = evaluate(*node.children[0]);
        } catch (const Failure &failure) {
            if (failure.error.kind != ErrorKind::MissingAttribute)
                throw;
            m_frames.resize(frames);
        }
    } else {
        input = evaluate(*node.children[0]);
    }
    Value result = applyFilter(*node.filter, call, input);
    if (changesItsInput(node) && java::isList(input))
        changeInPlace(node, input, result);
    return result;
}

std::shared_ptr<const Template> compileFor(const Environment &environment, std::string_view text, flow::Dialect dialect)
{
    return environment.cache ? environment.cache->get(text, dialect) : Template::compile(std::string(text), dialect);
}

std::string renderUntilStable(std::shared_ptr<const Template> source, const Scope &scope, const Environment &environment,
                              int renderDepth)
{
    std::shared_ptr<const Template> current = std::move(source);
    for (int round = 0;; ++round) {
        std::string text = renderOnce(*current, scope, environment, renderDepth);
        if (text == current->text())
            return text;
        if (round >= kMaxRounds) {
            Failure failure;
            failure.error.kind = ErrorKind::RenderLimit;
            failure.error.message = "Too many rendering attempts";
            throw failure;
        }
        if (text.find('{') == std::string::npos)
            return text;
        current = compileFor(environment, text, current->dialect());
    }
}

} // namespace expr
