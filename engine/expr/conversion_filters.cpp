#include "engine/expr/conversions.h"
#include "engine/expr/evaluator.h"
#include "engine/expr/ion.h"
#include "engine/expr/java_values.h"
#include "engine/expr/jq.h"
#include "engine/expr/registry.h"

namespace expr {
namespace {

using flow::Value;

Value json(Call &call, const Value &input)
{
    return Value(flow::toJson(input, {.dropNullMembers = true, .instantMicros = call.dialect() == flow::Dialect::Kestra2_0}));
}

Value ion(Call &, const Value &input)
{
    return Value(toIon(input));
}

Value yaml(Call &, const Value &input)
{
    return input.isNull() ? Value("null") : Value(toYaml(input));
}

Value jq(Call &call, const Value &input)
{
    if (!call.argument(0))
        call.fail("The 'jq' filter expects an argument 'expression'.");
    if (input.isNull())
        return input;
    return runJq(call, input, call.nonNull(0) ? java::textOf(*call.argument(0)) : std::string());
}

} // namespace

std::vector<FilterEntry> conversionFilters()
{
    return {
        {"jq", "expression", jq, "Results of a jq program, as a list"},
        {"json", "", json, "Old name of toJson", Since::Until1_3},
        {"toIon", "", ion, "Ion text"},
        {"toJson", "", json, "JSON text"},
        {"yaml", "", yaml, "YAML text"},
    };
}

} // namespace expr
