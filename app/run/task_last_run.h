#pragma once

#include "app/inspector/last_run.h"
#include "app/run/run_record.h"

namespace app {

/// What a run did with one task: of several runs of it the last one. `now`: ms since 1970.
LastRun lastRunOf(const RunRecord &record, const std::string &taskId, qint64 now);

} // namespace app
