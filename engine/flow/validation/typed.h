#pragma once

#include "engine/flow/tree.h"
#include "engine/flow/type_shape.h"

#include <string>
#include <string_view>

namespace flow {

/// How a written value becomes a value of a type when a flow is saved.
enum class Fit {
    Fits,
    Null,   ///< counts as not given: `null`, or an empty text where a number, switch or duration is wanted
    Misfit,
};

/// Of a scalar and a scalar type (Text … Enum). Text is turned into numbers and the reverse as the real
/// engine does it.
Fit fitScalar(const Node &scalar, const TypeShape &shape);

/// The text a scalar has where text is wanted: `3.10` is `3.1`, `yes` is `true`.
std::string textOf(const Node &scalar);
/// Without the blanks around it.
std::string_view trimmed(std::string_view text);
/// Written `null` or `~`.
bool isNull(const Node &node);

/// `Europe/Paris`, `UTC+2`, `+05:30`: what the real engine takes for a time zone.
bool isTimeZone(std::string_view name);

} // namespace flow
