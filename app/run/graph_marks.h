#pragma once

#include "app/run/run_record.h"
#include "canvas/run_overlay.h"
#include "engine/flow/flow.h"

#include <string>

namespace app {

/// What a run did, for the canvas. `text` and `flow` are as they stand now: values of another text are
/// stale. Null `flow`: nothing is said of tasks that did not start. `now`: ms since 1970, the end of what goes on.
canvas::RunOverlay overlayOf(const RunRecord &record, const std::string &text, const flow::Flow *flow, qint64 now);

} // namespace app
