#include "engine/expr/conversions.h"
#include "engine/expr/evaluator.h"
#include "engine/expr/java_values.h"
#include "engine/expr/operators.h"
#include "engine/expr/registry.h"
#include "engine/expr/unicode_text.h"
#include "engine/flow/utf8.h"

#include <cstdlib>

namespace expr {
namespace {

using flow::Value;

constexpr std::int64_t kMostElements = 50'000'000;

Value extreme(Call &call, Operator better)
{
    Value best;
    for (const Value &value : call.all()) {
        if (value.isNull())
            continue;
        if (best.isNull() || operators::compare(better, value, best, call.dialect()))
            best = value;
    }
    return best;
}

Value maximum(Call &call)
{
    return extreme(call, Operator::Greater);
}

Value minimum(Call &call)
{
    return extreme(call, Operator::Less);
}

/// One UTF-16 unit, or nothing.
std::optional<char16_t> unitOf(const Value &value)
{
    if (!value.isText())
        return std::nullopt;
    const std::u16string units = flow::utf8::toUtf16(value.text());
    return units.size() == 1 ? std::optional(units[0]) : std::nullopt;
}

Value range(Call &call)
{
    const Value start = call.argument(0) ? *call.argument(0) : Value();
    const Value end = call.argument(1) ? *call.argument(1) : Value();
    std::int64_t step = 1;
    if (const Value *given = call.nonNull(2)) {
        if (!given->isNumber())
            call.fail("The increment of the range function must be a number " + flow::toText(*given));
        step = java::wholeOf(*given);
    }
    std::int64_t from = 0, to = 0;
    const bool numbers = start.isNumber() && end.isNumber();
    if (numbers) {
        from = java::wholeOf(start);
        to = java::wholeOf(end);
    } else {
        const auto first = unitOf(start), last = unitOf(end);
        if (!first || !last)
            call.fail("Arguments of range function must be of type Number or String with a length of 1");
        from = *first;
        to = *last;
    }
    if (step == 0)
        call.fail("The increment of the range function must be different than 0");
    Value::List items;
    if (step > 0 ? from > to : from < to)
        return Value(std::move(items));
    const std::uint64_t distance = step > 0 ? static_cast<std::uint64_t>(to) - static_cast<std::uint64_t>(from)
                                            : static_cast<std::uint64_t>(from) - static_cast<std::uint64_t>(to);
    const std::uint64_t stride = step > 0 ? static_cast<std::uint64_t>(step) : 0 - static_cast<std::uint64_t>(step);
    const std::uint64_t count = distance / stride + 1;
    if (call.dialect() == flow::Dialect::Kestra2_0 && (count == 0 || count > 1'000'000))
        call.failAs("io.kestra.core.runners.pebble.RenderLimitExceededException",
                    "The range function cannot produce more than 1000000 elements, but this call would produce " + std::to_string(count) + ".",
                    false);
    if (count == 0 || count > kMostElements)
        throwJava("java.lang.OutOfMemoryError", "Java heap space");
    items.reserve(count);
    for (std::uint64_t i = 0; i < count; ++i) {
        const auto at = static_cast<std::int64_t>(static_cast<std::uint64_t>(from) + i * static_cast<std::uint64_t>(step));
        if (numbers)
            items.emplace_back(at);
        else
            items.push_back(Value::ofText(Value::Kind::Character, flow::utf8::fromUtf16(std::u16string(1, static_cast<char16_t>(at)))));
    }
    return Value(std::move(items));
}

const std::string &jsonText(Call &call, const char *function, const char *parameter)
{
    if (!call.argument(0))
        call.fail(std::string("The '") + function + "' function expects an argument '" + parameter + "'.");
    if (!call.argument(0)->isText())
        call.fail(std::string("The '") + function + "' function expects an argument '" + parameter + "' with type string.");
    return call.argument(0)->text();
}

Value fromJson(Call &call)
{
    if (call.argument(0) && call.argument(0)->isNull())
        return {};
    return readJson(call, jsonText(call, "fromJson", "json"));
}

Value fromYaml(Call &call)
{
    return readYaml(call, jsonText(call, "yaml", "yaml"));
}

Value fromIon(Call &call)
{
    if (!call.argument(0))
        call.fail("The 'fromIon' function expects an argument 'ion'.");
    if (call.argument(0)->isNull())
        return {};
    const bool bytes = call.dialect() == flow::Dialect::Kestra2_0 && call.argument(0)->kind() == Value::Kind::Bytes;
    if (!bytes && !call.argument(0)->isText())
        call.fail("The 'fromIon' function expects an argument 'ion' with type string.");
    const bool all = call.argument(1) && java::boolOf(*call.argument(1));
    return readIon(call, call.argument(0)->text(), all);
}

Value block(Call &call)
{
    if (call.all().empty())
        throwJava("java.lang.IndexOutOfBoundsException", "Index 0 out of bounds for length 0");
    if (call.all().front().isNull())
        return Value("");
    return Value(call.evaluator().renderBlock(java::textOf(call.all().front())));
}

Value parent(Call &call)
{
    call.fail("Can not use parent function if template does not extend another template.");
}

Value i18n(Call &call)
{
    const std::string bundle = java::textOf(call.argument(0) ? *call.argument(0) : Value());
    throwJava("java.util.MissingResourceException", "Can't find bundle for base name " + bundle +
                                                        ", locale " + call.environment().locale);
}

Value context(Call &call)
{
    flow::Object all;
    for (const std::string &name : call.evaluator().variableNames())
        if (const Value *value = call.evaluator().variable(name))
            all.set(name, *value);
    return java::toHashMap(all);
}

const Value *member(const Value *value, const char *name)
{
    return value ? value->find(name) : nullptr;
}

Value tasksWithState(Call &call)
{
    if (!call.argument(0))
        call.fail("The 'tasksWithState' function expects an argument 'state'.");
    const std::string wanted = toUpper(java::textOf(*call.argument(0)));
    Value::List found;
    const Value *tasks = call.evaluator().variable("tasks");
    if (!tasks || !tasks->isMap())
        return Value(std::move(found));
    const auto add = [&](const std::string &id, const Value &task, const std::string *value) {
        const Value *state = task.find("state");
        if (!state || !state->isText() || toUpper(state->text()) != wanted)
            return false;
        flow::Object entry{{"taskId", id}, {"state", *state}};
        if (value)
            entry.set("value", *value);
        found.push_back(java::toHashMap(entry));
        return true;
    };
    for (const auto &[id, task] : tasks->map()) {
        if (member(&task, "state") && member(&task, "state")->isText()) {
            add(id, task, nullptr);
            continue;
        }
        for (const auto &[value, run] : task.map())
            add(id, run, &value);
    }
    return Value(std::move(found));
}

Value currentEachOutput(Call &call)
{
    if (!call.argument(0))
        call.fail("The 'currentEachOutput' function expects an argument 'outputs'.");
    if (!call.argument(0)->isMap())
        call.fail("The 'currentEachOutput' function expects an argument 'outputs' with type map.");
    const Value *parents = call.evaluator().variable("parents");
    if (!parents || parents->isNull())
        throwJava("java.lang.NullPointerException", "Cannot invoke \"java.util.List.reversed()\" because there are no parents");
    Value outputs = *call.argument(0);
    const auto step = [&](const Value *taskrun) {
        const Value *value = member(taskrun, "value");
        const Value *next = value ? outputs.find(flow::toText(*value)) : nullptr;
        const Value found = next ? *next : Value();
        outputs = found;
    };
    for (auto at = parents->list().rbegin(); at != parents->list().rend(); ++at)
        if (const Value *taskrun = member(&*at, "taskrun"); taskrun && taskrun->isMap())
            step(taskrun);
    step(call.evaluator().variable("taskrun"));
    return outputs;
}

Value env(Call &call)
{
    if (!call.nonNull(0))
        call.fail("The 'env' function expects an argument 'name'.");
    const Value *envs = call.evaluator().variable("envs");
    if (const Value *found = envs ? envs->find(flow::toText(*call.argument(0))) : nullptr)
        return *found;
    return call.argument(1) ? *call.argument(1) : Value();
}

Value loopOutputs(Call &call)
{
    if (!call.argument(0))
        call.fail("The 'loopOutputs' function expects an argument 'outputs'.");
    if (!call.nonNull(1))
        call.fail("The 'loopOutputs' function expects an argument 'name'.");
    if (!call.argument(0)->isList())
        call.fail("The 'loopOutputs' function expects an argument 'outputs' with type list.");
    const std::string name = flow::toText(*call.argument(1));
    Value::List found;
    for (const Value &iteration : call.argument(0)->list()) {
        const Value *outputs = iteration.find("outputs");
        const Value *value = outputs ? outputs->find(name) : nullptr;
        found.push_back(value ? *value : Value());
    }
    return Value(std::move(found));
}

} // namespace

std::vector<FunctionEntry> valueFunctions()
{
    return {
        {"block", "...", block, "A block of this template once more"},
        {"currentEachOutput", "outputs", currentEachOutput, "The output of the current iteration", Since::Until1_3},
        {"env", "name, default", env, "An environment variable", Since::From2_0},
        {"fetchContext", "", context, "All variables as a map"},
        {"fromIon", "ion, allRows=false", fromIon, "A value from Ion text"},
        {"fromJson", "json", fromJson, "A value from JSON text"},
        {"i18n", "bundle, key, params", i18n, "A text of a resource bundle"},
        {"json", "json", fromJson, "Old name of fromJson", Since::Until1_3},
        {"loopOutputs", "outputs, name", loopOutputs, "One output of all iterations of a Loop", Since::From2_0},
        {"max", "...", maximum, "The largest number"},
        {"min", "...", minimum, "The smallest number"},
        {"parent", "...", parent, "The block of a parent template"},
        {"printContext", "", context, "All variables as a map"},
        {"range", "start, end, increment=1", range, "Numbers or letters from start to end"},
        {"tasksWithState", "state", tasksWithState, "Task runs in a state"},
        {"yaml", "yaml", fromYaml, "A value from YAML text"},
    };
}

} // namespace expr
