#pragma once

#include "engine/run/execution.h"

#include <functional>

namespace engine {

/// An execution as data: what `leat run --output json` prints and the conformance corpus holds.
struct ReportOptions
{
    bool places = true;  ///< ids, times, file locations, reasons; off: only what two engines agree on
    bool submitted = true; ///< SUBMITTED in histories
};

/// A Map: `id`, `flowId`, `namespace`, `state`, `stateHistory`, `inputs`, `outputs`, `labels`,
/// `variables`, `trigger`, `taskRuns`, `logs`. Task runs stand depth first; `parent` is an index into
/// them; siblings are in the order they were made, those of a loop by iteration. Absent means empty.
flow::Value report(const Execution &execution, const std::vector<LogEntry> &logs, const ReportOptions &options = {});

/// The indexes of the runs in the order a report gives them; removed ones are left out.
std::vector<RunIndex> treeOrder(const Execution &execution);

std::string_view nameOf(Level level); ///< `INFO`

} // namespace engine
