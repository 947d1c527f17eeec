#include "engine/expr/conversions.h"
#include "engine/expr/evaluator.h"
#include "engine/expr/ion.h"

namespace expr {

flow::Value readIon(const Call &call, const std::string &text, bool all)
{
    flow::Value::List values;
    std::size_t from = 0;
    while (true) {
        IonParse parsed = parseIon(text, from);
        if (!parsed.ok)
            call.fail("Invalid ion: " + parsed.error);
        if (parsed.empty)
            break;
        if (parsed.value.isNull())
            call.fail("Invalid ion: t is null in sink.next(t)");
        values.push_back(std::move(parsed.value));
        if (!all)
            break;
        from = parsed.offset;
    }
    if (all)
        return flow::Value(std::move(values)).withShape(flow::Value::Shape::Unmodifiable);
    return values.empty() ? flow::Value() : std::move(values.front());
}

} // namespace expr
