#pragma once

#include "app/run/run_record.h"
#include "engine/flow/flow.h"

#include <QString>

#include <vector>

namespace app {

/// One row of the Gantt chart, times in ms since the run began.
struct GanttRow
{
    struct Piece
    {
        qint64 begin = 0;
        qint64 end = 0;
        QString state; ///< of this attempt
        int number = 1;
    };
    QString taskId;
    QString title; ///< id, in a loop with its value: `report (EMEA)`
    int depth = 0;
    bool container = false;
    QString state;           ///< empty: it did not start
    QString reason;          ///< why it did not start
    qint64 waitBegin = 0;    ///< known from here on; waits until `begin`
    qint64 begin = 0;
    qint64 end = 0;
    std::vector<Piece> pieces; ///< attempts; more than one when it was tried again
    engine::RunIndex run = engine::kNoRun;
};

/// The rows of a run in the order of the flow: a task below the one that holds it. `flow` adds the tasks
/// that were not reached once the run has ended; it may be null. Pure.
std::vector<GanttRow> ganttRows(const RunRecord &record, const flow::Flow *flow, qint64 now);

/// Round steps for an axis of `length` ms with at most `most` marks: 1, 2, 5 times a power of ten.
qint64 axisStep(qint64 length, int most);

} // namespace app
