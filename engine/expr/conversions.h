#pragma once

#include "engine/flow/value.h"

#include <string>

namespace expr {

class Call;

/// Texts to values; they end the rendering with the language's message for a text that is none.
flow::Value readJson(const Call &call, const std::string &text);
flow::Value readYaml(const Call &call, const std::string &text);
/// The first value, or a list of all.
flow::Value readIon(const Call &call, const std::string &text, bool all);

/// YAML text of a value, ending in a new line.
std::string toYaml(const flow::Value &value);

} // namespace expr
