#include "engine/expr/evaluator.h"
#include "engine/expr/java_values.h"
#include "engine/expr/raw_texts.h"
#include "engine/expr/registry.h"

namespace expr {
namespace {

using flow::Value;

constexpr int kMaxNesting = 16;

/// An inner template's failure as the failure of the function.
[[noreturn]] void rethrow(const Failure &inner)
{
    Failure outer = inner;
    if (inner.error.kind == ErrorKind::Java)
        throw outer;
    outer.error.kind = ErrorKind::Evaluation;
    if (inner.error.kind == ErrorKind::MissingAttribute)
        outer.error.cause = "missing-attribute";
    else if (inner.error.kind == ErrorKind::Syntax)
        outer.error.cause = "syntax";
    else if (inner.error.kind == ErrorKind::RenderLimit)
        outer.error.cause = "render-limit";
    outer.error.message = "io.pebbletemplates.pebble.error.PebbleException: " + inner.error.message + " (?:?)";
    outer.error.line = outer.error.column = 0;
    outer.error.begin = outer.error.end = 0;
    throw outer;
}

Value rendered(Call &call, const Value &value, bool recursive)
{
    Evaluator &evaluator = call.evaluator();
    if (value.isText()) {
        if (value.text().find('{') == std::string::npos)
            return value;
        const auto source = compileFor(call.environment(), value.text(), call.dialect());
        const EvaluatorScope scope(evaluator);
        const int depth = evaluator.renderDepth() + 1;
        try {
            std::string text = recursive ? renderUntilStable(source, scope, call.environment(), depth)
                                         : renderOnce(*source, scope, call.environment(), depth);
            stripRawTags(text);
            return Value(std::move(text));
        } catch (const Failure &failure) {
            rethrow(failure);
        }
    }
    if (value.isMap()) {
        flow::Object members;
        for (const auto &[key, member] : value.map())
            members.set(rendered(call, Value(key), recursive).text(), rendered(call, member, recursive));
        return Value(std::move(members));
    }
    if (java::isCollection(value)) {
        Value::List items;
        items.reserve(value.list().size());
        for (const Value &item : value.list())
            items.push_back(rendered(call, item, recursive));
        return Value(std::move(items));
    }
    return value;
}

Value start(Call &call, bool recursive)
{
    if (!call.argument(0))
        call.fail("The 'render' function expects an argument 'toRender'.");
    if (call.evaluator().renderDepth() >= kMaxNesting)
        call.fail("Maximum render() nesting depth (16) exceeded at line " + std::to_string(call.line()) +
                  " — check for circular render() calls in your template.");
    return rendered(call, *call.argument(0), recursive);
}

Value render(Call &call)
{
    bool recursive = true;
    if (const Value *given = call.argument(1)) {
        if (given->kind() != Value::Kind::Bool)
            call.fail("The 'render' function expects an optional argument 'recursive' with type boolean.");
        recursive = given->asBool();
    }
    return start(call, recursive);
}

Value renderOnceFunction(Call &call)
{
    return start(call, false);
}

} // namespace

std::vector<FunctionEntry> renderFunctions()
{
    return {
        {"render", "toRender, recursive=true", render, "Renders the templates inside a value until none is left"},
        {"renderOnce", "toRender", renderOnceFunction, "Renders the templates inside a value once"},
    };
}

} // namespace expr
