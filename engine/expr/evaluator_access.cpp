// Names, members of values, and lists that are changed where they stand.
#include "engine/expr/evaluation.h"
#include "engine/expr/evaluator.h"
#include "engine/expr/java_members.h"
#include "engine/expr/java_values.h"
#include "engine/expr/operators.h"

#include <charconv>

namespace expr {

using flow::Value;
using Kind = Expression::Kind;

namespace {

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

} // namespace expr
