#pragma once

#include "engine/flow/taken_over.h"
#include "engine/flow/tree.h"
#include "engine/flow/validation/report.h"

#include <string_view>

namespace flow {

/// What the real engine's YAML reader refuses although it is YAML, and what it reads in another way
/// than people expect: repeated keys, keys that are no text, tabs, infinite numbers, aliases.
/// Items in which `taken` says that nothing was found are passed over.
void checkYamlRules(const Tree &tree, std::string_view text, const TakenOver &taken, Report &report);

} // namespace flow
