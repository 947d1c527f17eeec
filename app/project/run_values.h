#pragma once

#include "editor/run_values.h"
#include "engine/run/execution.h"
#include "engine/flow/flow.h"

namespace app {

/// What a run left, as templates see it; the values of SECRET inputs are left out. `flow` is the flow
/// the values are for, null when it can't be read.
std::shared_ptr<const editor::RunValues> runValuesOf(const engine::Execution &execution, const flow::Flow *flow, std::string origin);

} // namespace app
