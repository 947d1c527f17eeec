#pragma once

#include "engine/flow/dialect.h"
#include "engine/flow/flow.h"
#include "engine/flow/validation/report.h"

#include <string_view>

namespace flow {

/// The rules of a whole flow: ids that must differ, references between inputs, calls of itself, labels
/// of the system, dashed names in templates.
void checkFlowRules(const Flow &flow, std::string_view text, Dialect dialect, Report &report);

/// Which task reads what of which other one.
std::vector<DataLink> findLinks(const Flow &flow, std::string_view text);

} // namespace flow
