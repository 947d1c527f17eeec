#include "engine/expr/conversions.h"
#include "engine/expr/evaluator.h"
#include "engine/expr/ion.h"

namespace expr {

flow::Value readIon(const Call &call, const std::string &text, bool all)
{
    flow::Value::List values;
    std::string_view rest = text;
    while (true) {
        IonParse parsed = parseIon(rest);
        if (!parsed.ok)
            call.fail("Invalid ion: Corrupt content to decode; underlying `IonReader` problem: " + parsed.error);
        if (parsed.empty)
            break;
        if (parsed.value.isNull())
            call.fail("Invalid ion: t is null in sink.next(t)");
        values.push_back(std::move(parsed.value));
        if (!all)
            break;
        rest.remove_prefix(parsed.offset);
    }
    if (all)
        return flow::Value(std::move(values));
    return values.empty() ? flow::Value() : std::move(values.front());
}

} // namespace expr
