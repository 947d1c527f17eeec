#include "app/run/gantt_rows.h"

#include "ui/tr.h"

#include <algorithm>
#include <map>

namespace app {

namespace {

GanttRow rowOf(const RunRecord &record, const engine::TaskRun &run, int depth, bool container, qint64 now)
{
    const qint64 start = record.startMs();
    GanttRow row;
    row.run = run.index;
    row.taskId = QString::fromStdString(run.taskId);
    row.title = run.value ? QStringLiteral("%1 (%2)").arg(row.taskId, QString::fromStdString(*run.value).left(40)) : row.taskId;
    row.depth = depth;
    row.container = container;
    row.state = stateWord(run.state);
    row.reason = QString::fromStdString(run.reason);
    const auto [begin, end] = spanOf(run, now);
    row.waitBegin = run.history.empty() ? begin - start : toMs(run.history.front().at) - start;
    row.begin = begin - start;
    row.end = end - start;
    for (std::size_t i = 0; i < run.attempts.size(); ++i) {
        const engine::Attempt &attempt = run.attempts[i];
        const bool open = attempt.ended == engine::Time{};
        row.pieces.push_back({toMs(attempt.started) - start, (open ? now : toMs(attempt.ended)) - start, stateWord(attempt.state), int(i) + 1});
    }
    // Of several attempts all but the last were replaced by the next one.
    for (std::size_t i = 0; i + 1 < row.pieces.size(); ++i)
        row.pieces[i].state = QStringLiteral("RETRIED");
    return row;
}

QString blameOf(const RunRecord &record)
{
    const engine::TaskRun *failed = record.failedRun();
    return failed ? Tr::tr("not started: %1 %2").arg(QString::fromStdString(failed->taskId), stateWord(failed->state))
                  : Tr::tr("not started");
}

} // namespace

std::vector<GanttRow> ganttRows(const RunRecord &record, const flow::Flow *flow, qint64 now)
{
    const engine::Execution &execution = record.execution();
    const qint64 until = record.endMs(now);
    std::map<engine::RunIndex, std::vector<const engine::TaskRun *>> children;
    for (const engine::TaskRun &run : execution.taskRuns)
        if (!run.removed)
            children[run.parent].push_back(&run);
    std::vector<GanttRow> rows;
    const auto add = [&](auto &&self, const engine::TaskRun &run, int depth) -> void {
        const auto below = children.find(run.index);
        rows.push_back(rowOf(record, run, depth, below != children.end(), until));
        if (below != children.end())
            for (const engine::TaskRun *child : below->second)
                self(self, *child, depth + 1);
    };
    const auto top = children.find(engine::kNoRun);
    std::vector<const engine::TaskRun *> tops = top == children.end() ? std::vector<const engine::TaskRun *>{} : top->second;
    if (!flow || !record.ended()) {
        for (const engine::TaskRun *run : tops)
            add(add, *run, 0);
        return rows;
    }
    // File order, so that a task that was not reached stands where it would have run.
    for (const flow::TaskList &list : flow->lists) {
        const bool main = list.kind == flow::ListKind::Tasks;
        for (const flow::Task &task : list.tasks) {
            bool found = false;
            for (auto it = tops.begin(); it != tops.end();) {
                if ((*it)->taskId != task.id) {
                    ++it;
                    continue;
                }
                found = true;
                add(add, **it, 0);
                it = tops.erase(it);
            }
            if (!found && main && !task.id.empty() && !task.disabled) {
                GanttRow row;
                row.taskId = row.title = QString::fromStdString(task.id);
                row.container = task.flowable;
                row.reason = blameOf(record);
                rows.push_back(std::move(row));
            }
        }
    }
    for (const engine::TaskRun *run : tops)
        add(add, *run, 0);
    return rows;
}

qint64 axisStep(qint64 length, int most)
{
    most = std::max(1, most);
    for (qint64 power = 1;; power *= 10)
        for (const qint64 factor : {1, 2, 5})
            if (length / (power * factor) <= most)
                return power * factor;
}

} // namespace app
