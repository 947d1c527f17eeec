#pragma once

#include "engine/flow/flow.h"

#include <string>

namespace flow {

/// Why the default of an input can't be its value, in the words of the real engine; empty when it can,
/// when there is none, or when it is a template.
std::string defaultFault(const Item &input);

} // namespace flow
