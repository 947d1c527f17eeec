#pragma once

#include "engine/flow/value.h"

#include <string>

namespace conformance {

/// Equal as JSON: maps have no order, 1 and 1.0 are the same number. `difference` gets the first lines of what
/// differs, each with its path.
bool sameValues(const flow::Value &expected, const flow::Value &got, std::string *difference);

} // namespace conformance
