#include "engine/expr/evaluator.h"
#include "engine/expr/java_values.h"
#include "engine/expr/regex.h"
#include "engine/expr/registry.h"

namespace expr {
namespace {

using flow::Value;

std::shared_ptr<const regex::Regex> pattern(Call &call)
{
    if (!call.nonNull(0))
        call.fail("The argument 'regex' is required.");
    const std::string text = flow::toText(*call.argument(0));
    if (const std::string wrong = regex::problem(text); !wrong.empty())
        call.fail("Invalid regex '" + text + "': " + wrong, "PatternSyntaxException");
    return regex::compile(text);
}

Value regexMatch(Call &call, const Value &input)
{
    if (input.isNull())
        return Value(false);
    return Value(pattern(call)->find(flow::toText(input)));
}

Value regexReplace(Call &call, const Value &input)
{
    if (input.isNull())
        return input;
    const auto compiled = pattern(call);
    if (!call.nonNull(1))
        call.fail("The argument 'replacement' is required.");
    return Value(compiled->replaceAll(flow::toText(input), flow::toText(*call.argument(1))));
}

Value regexExtract(Call &call, const Value &input)
{
    if (input.isNull())
        return input;
    const auto compiled = pattern(call);
    std::int64_t group = 0;
    if (const Value *given = call.nonNull(1)) {
        if (!given->isNumber())
            call.fail("The argument 'group' must be a number.");
        group = java::wholeOf(*given);
    }
    if (group < 0)
        call.fail("Group index " + std::to_string(group) + " is out of bounds: must be >= 0.");
    const std::string text = flow::toText(input);
    if (!compiled->find(text))
        return {};
    if (group > compiled->groups())
        call.fail("Group index " + std::to_string(group) + " is out of bounds: the pattern has only " +
                  std::to_string(compiled->groups()) + " capture group(s).");
    const auto found = compiled->extract(text, static_cast<int>(group));
    return found && *found ? Value(**found) : Value();
}

} // namespace

std::vector<FilterEntry> regexFilters()
{
    return {
        {"regexMatch", "regex", regexMatch, "Whether a regular expression is found", Since::From2_0},
        {"regexReplace", "regex, replacement", regexReplace, "Replaces what a regular expression finds", Since::From2_0},
        {"regexExtract", "regex, group=0", regexExtract, "What a regular expression finds", Since::From2_0},
    };
}

} // namespace expr
