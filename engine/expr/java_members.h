#pragma once

#include "engine/expr/ast.h"
#include "engine/flow/value.h"

#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace expr {

/// What a method or field of a Java object gives.
struct MemberResult
{
    flow::Value value;
    bool changes = false;   ///< the object itself became `changed`
    flow::Value changed;
};

/// The public field, getter or method of an object by name, for the arguments' exact classes; nothing
/// when it has none. Throws Failure where Java would.
std::optional<MemberResult> javaMember(const flow::Value &object, const std::string &name, const std::vector<flow::Value> &arguments);

/// The text of the refusal for names that lead out of the data (`class`, `wait`, …); empty when allowed.
std::string deniedMember(const std::string &name, std::size_t arguments);

} // namespace expr
