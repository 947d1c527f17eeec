#pragma once

#include "engine/flow/value.h"

#include <string>

namespace expr {

class Call;

/// All results of a jq program for a value; a text is read as JSON first. Programs are compiled once.
flow::Value runJq(const Call &call, const flow::Value &input, const std::string &program);

} // namespace expr
