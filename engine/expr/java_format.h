#pragma once

#include "engine/flow/value.h"

#include <string>
#include <vector>

namespace expr {

/// String.format with locale en_US; throws Failure as Java throws.
std::string javaFormat(const std::string &format, const std::vector<flow::Value> &arguments);

} // namespace expr
