#include "engine/expr/conversions.h"
#include "engine/expr/evaluator.h"
#include "engine/expr/ion.h"
#include "engine/expr/java_values.h"
#include "engine/expr/jq.h"
#include "engine/expr/registry.h"

#include <algorithm>

namespace expr {
namespace {

using flow::Value;

/// A map literal can have null as a key, which no writer takes; a member that is left out is not looked at.
bool hasNullKey(const Value &value, bool dropNulls)
{
    if (value.isMap()) {
        const flow::Object &map = value.map();
        std::size_t index = 0;
        for (const auto &member : map) {
            if (map.hasTypedKeys() && map.keyAt(index).isNull() && !(dropNulls && member.second.isNull()))
                return true;
            if (member.second.depth() > 0 && hasNullKey(member.second, dropNulls))
                return true;
            ++index;
        }
    }
    return std::any_of(value.list().begin(), value.list().end(),
                       [dropNulls](const Value &item) { return item.depth() > 0 && hasNullKey(item, dropNulls); });
}

void checkKeys(Call &call, const Value &input, const char *form, bool dropNulls)
{
    if (input.depth() > 0 && hasNullKey(input, dropNulls))
        call.fail(std::string("Unable to transform to ") + form + " value '" + flow::toText(input) + "' with type '" +
                      java::className(input) + "'",
                  "JsonMappingException");
}

Value json(Call &call, const Value &input)
{
    checkKeys(call, input, "json", true);
    return Value(flow::toJson(input, {.dropNullMembers = true, .instantMicros = call.dialect() == flow::Dialect::Kestra2_0}));
}

Value ion(Call &call, const Value &input)
{
    checkKeys(call, input, "ion", false);
    return Value(toIon(input));
}

Value yaml(Call &call, const Value &input)
{
    checkKeys(call, input, "yaml", false);
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
