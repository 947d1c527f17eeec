#include "engine/expr/evaluator.h"

#include "engine/expr/java_members.h"
#include "engine/expr/java_values.h"
#include "engine/expr/operators.h"
#include "engine/expr/registry.h"

#include <algorithm>
#include <charconv>
#include <cstring>

namespace expr {

using flow::Value;
using Kind = Expression::Kind;

namespace {

constexpr std::string_view kPebbleException = "io.pebbletemplates.pebble.error.PebbleException";
constexpr int kMaxRounds = 100;

std::string placed(std::string_view className, std::string_view message, const std::string &text, int line)
{
    std::string out(className);
    out += ": ";
    out += message;
    out += " (" + text + ":" + std::to_string(line) + ")";
    return out;
}

/// True for a map of data; an entry of one and `loop` are none.
bool isMap(const Value &value)
{
    return value.isMap() && value.shape() != Value::Shape::Entry && value.shape() != Value::Shape::HashEntry &&
           value.shape() != Value::Shape::Loop;
}

/// Class.getSimpleName.
std::string simpleTypeName(const Value &value)
{
    if (java::isArray(value))
        return "String[]";
    return value.kind() == Value::Kind::Bytes ? "byte[]" : simpleName(java::className(value));
}

/// A filter that gives back the list it was given, changed.
bool changesItsInput(const Expression &node)
{
    return node.kind == Kind::Filter && (node.name == "sort" || node.name == "rsort" || node.name == "reverse");
}

std::optional<std::size_t> position(const Value &key)
{
    const std::string text = flow::toText(key);
    std::int32_t index = 0;
    const char *begin = text.data(), *end = begin + text.size();
    const auto result = std::from_chars(text.starts_with('+') ? begin + 1 : begin, end, index);
    if (result.ec != std::errc() || result.ptr != end || index < 0)
        return std::nullopt;
    return static_cast<std::size_t>(index);
}

} // namespace

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

Value Evaluator::name(const Expression &node)
{
    if (const Value *value = variable(node.name))
        return *value;
    const bool inMacro = std::any_of(m_frames.begin(), m_frames.end(), [](const Frame &frame) { return frame.isolated; });
    if (!inMacro) {
        if (node.name == "locale")
            return Value(m_environment.locale);
        if (node.name == "template")
            return Value(flow::Object{{"name", m_source.text()}});
        if (node.name == "_context") {
            flow::Object all;
            for (const std::string &one : variableNames())
                if (const Value *value = variable(one))
                    all.set(one, *value);
            return Value(std::move(all)).withShape(Value::Shape::Loop);
        }
    }
    missing(node.name, node);
}

Value Evaluator::attribute(const Expression &node)
{
    const Expression &owner = *node.children[0];
    if (owner.kind == Kind::Name && owner.name == "_context" && !variable("_context"))
        throwJava("java.lang.UnsupportedOperationException");
    if (std::optional<Value> found = path(node))
        return std::move(*found);
    const Value object = evaluate(owner);
    const Value key = evaluate(*node.children[1]);
    return member(node, object, key);
}

/// `a.b[c].d` asked of the scope at once; nothing when it must be walked: where the scope does not offer
/// it, or when a key does more than name something.
std::optional<Value> Evaluator::path(const Expression &node)
{
    std::vector<const Expression *> steps;
    const Expression *root = &node;
    for (; root->kind == Kind::Attribute && !root->called; root = root->children[0].get()) {
        const Kind key = root->children[1]->kind;
        if (key != Kind::Literal && key != Kind::Name && key != Kind::Attribute)
            return std::nullopt;
        steps.push_back(root);
    }
    if (root->kind != Kind::Name || !variableBelow(root->name, {}))
        return std::nullopt;
    std::reverse(steps.begin(), steps.end());
    std::vector<Value> keys;
    for (const Expression *step : steps)
        keys.push_back(evaluate(*step->children[1]));
    std::optional<Scope::Below> below = variableBelow(root->name, keys);
    if (!below)
        return std::nullopt;
    if (below->found < keys.size())
        missing(flow::toText(keys[below->found]), *steps[below->found]);
    return std::move(below->value);
}

Value Evaluator::member(const Expression &node, const Value &object, const Value &key)
{
    const Expression &owner = *node.children[0];
    if (object.isNull())
        missing(owner.kind == Kind::Name ? owner.name : flow::toText(key), node);
    if (!node.called) {
        if (isMap(object)) {
            const flow::Object &map = object.map();
            if (key.isNull())
                throwJava("java.lang.NullPointerException", "Cannot invoke \"Object.toString()\" because \"attributeNameValue\" is null");
            if (key.isNumber() || map.hasTypedKeys()) {
                if (map.empty())
                    throwJava("java.util.NoSuchElementException");
                if (key.isNumber() && !map.keyAt(0).isNumber())
                    fail(kPebbleException, "type class " + java::className(map.keyAt(0)) + " not supported for key " + flow::toText(key),
                         node.line, &node);
                for (std::size_t i = 0; map.hasTypedKeys() && i < map.size(); ++i)
                    if (key.isNumber() ? operators::equals(map.keyAt(i), key) : java::equals(map.keyAt(i), key))
                        return (map.begin() + static_cast<std::ptrdiff_t>(i))->second;
            } else if (key.isText()) {
                if (const Value *value = map.find(key.text()))
                    return *value;
            }
            missing(flow::toText(key), node);
        }
        if (java::isList(object) || java::isArray(object) || object.kind() == Value::Kind::Bytes) {
            if (const auto index = position(key)) {
                if (*index < object.size())
                    return object.isList() ? object.list()[*index]
                                           : Value(static_cast<std::int32_t>(static_cast<signed char>(object.text()[*index])));
                missing(flow::toText(key), node);
            }
        }
    }
    const std::string name = flow::toText(key);
    std::vector<Value> arguments;
    if (node.arguments) {
        for (const auto &argument : node.arguments->positional)
            arguments.push_back(evaluate(*argument));
        for (const auto &argument : node.arguments->named)
            arguments.push_back(evaluate(*argument.second));
    }
    if (name.empty() && !node.called)
        throwJava("java.lang.StringIndexOutOfBoundsException", "Index 0 out of bounds for length 0");
    if (const std::string denied = deniedMember(name, arguments.size()); !denied.empty())
        fail("io.pebbletemplates.pebble.error.ClassAccessException", denied, node.line, &node);
    if (auto found = javaMember(object, name, arguments)) {
        if (found->changes)
            mutate(owner, std::move(found->changed));
        return std::move(found->value);
    }
    missing(name, node);
}

/// After a filter that sorts or turns the list it was given: whoever else holds that list sees it so.
void Evaluator::changeInPlace(const Expression &node, const Value &before, const Value &after)
{
    const Expression *root = &node;
    while (root->kind == Kind::Filter || root->kind == Kind::Attribute)
        root = root->children[0].get();
    if (root->kind != Kind::Name)
        return;
    const std::string &text = m_source.text();
    const bool lookedAtAgain = m_frames.size() > 1 || text.find(root->name) != text.rfind(root->name);
    if (!lookedAtAgain && m_frames.front().variables.empty())
        return;
    for (Frame &frame : m_frames)
        for (auto &variable : frame.variables)
            if (variable.second.sameAs(before))
                variable.second = after;
    mutate(node, after);
}

/// Gives a changed list or map back to the variable it was reached by: a name, or attributes of one.
bool Evaluator::mutate(const Expression &target, Value value)
{
    if (changesItsInput(target))
        return mutate(*target.children[0], std::move(value));
    if (target.kind == Kind::Name) {
        assign(target.name, std::move(value));
        return true;
    }
    if (target.kind != Kind::Attribute || target.called)
        return false;
    const Value owner = evaluate(*target.children[0]);
    const Value key = evaluate(*target.children[1]);
    if (owner.isMap()) {
        flow::Object map = owner.map();
        map.set(flow::toText(key), std::move(value));
        return mutate(*target.children[0], Value(std::move(map)).withShape(owner.shape()));
    }
    const auto index = position(key);
    if (!owner.isList() || !index || *index >= owner.list().size())
        return false;
    Value::List items = owner.list();
    items[*index] = std::move(value);
    return mutate(*target.children[0], Value(std::move(items)).withShape(owner.shape()));
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
