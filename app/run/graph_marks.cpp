#include "app/run/graph_marks.h"

#include "ui/tr.h"

#include <algorithm>
#include <unordered_map>

namespace app {

namespace {

/// How bad a state is: of several runs of a task the worst is shown, while any is at work that.
int rank(engine::State state)
{
    using engine::State;
    switch (state) {
    case State::Running:
    case State::Retrying:
    case State::Killing:
    case State::Paused: return 100;
    case State::Failed: return 90;
    case State::Killed: return 80;
    case State::Cancelled: return 70;
    case State::Warning: return 60;
    case State::Submitted:
    case State::Created: return 50;
    case State::Success: return 20;
    default: return 10;
    }
}

QString tellingValue(const flow::Value &outputs)
{
    if (!outputs.isMap())
        return {};
    for (const char *key : {"vars", "value", "values", "row", "uri", "outputFiles"}) {
        const flow::Value *value = outputs.find(key);
        if (!value || value->isNull() || (value->isMap() && value->map().empty()))
            continue;
        if (value->isMap()) {
            QStringList parts;
            for (const auto &[name, inner] : value->map())
                parts.append(QStringLiteral("%1 = %2").arg(QString::fromStdString(name), QString::fromStdString(inner.isText() ? inner.text() : flow::toJson(inner)).left(40)));
            return parts.join(QStringLiteral(" · ")).left(80);
        }
        const QString text = QString::fromStdString(value->isText() ? value->text() : flow::toJson(*value)).simplified();
        return text.startsWith(QLatin1String("kestra:///")) ? text.section(QLatin1Char('/'), -1) : text.left(80);
    }
    if (const flow::Value *size = outputs.find("size"))
        return Tr::tr("%n row(s)", nullptr, int(size->asInt()));
    return {};
}

} // namespace

canvas::RunOverlay overlayOf(const RunRecord &record, const std::string &text, const flow::Flow *flow, qint64 now)
{
    canvas::RunOverlay overlay;
    const engine::Execution &execution = record.execution();
    overlay.live = !record.ended();
    const bool stale = execution.flowText && *execution.flowText != text;
    const qint64 until = record.endMs(now);
    std::unordered_map<std::string, int> ranks;
    for (const engine::TaskRun &run : execution.taskRuns) {
        if (run.removed)
            continue;
        canvas::TaskRun &task = overlay.tasks[run.taskId];
        const bool first = !ranks.count(run.taskId);
        const auto [begin, end] = spanOf(run, until);
        if (!first)
            ++task.runs;
        task.millis = (first || !task.millis ? 0 : *task.millis) + (end - begin);
        task.attempts = std::max(task.attempts, int(run.attempts.size()));
        if (!first && rank(run.state) < ranks[run.taskId])
            continue;
        ranks[run.taskId] = rank(run.state);
        const bool dead = record.state() == QLatin1String("INTERRUPTED") && !engine::isEnd(run.state);
        task.state = dead ? QStringLiteral("INTERRUPTED") : stateWord(run.state);
        task.reason = QString::fromStdString(run.reason);
        task.value = tellingValue(run.outputs);
        task.stale = stale;
    }
    if (record.ended())
        if (const engine::TaskRun *failed = record.failedRun(); failed && flow) {
            const QString why = Tr::tr("not started: %1 %2").arg(QString::fromStdString(failed->taskId), stateWord(failed->state));
            flow->forEachTask([&](const flow::Task &task, const flow::TaskList &, int) {
                if (!overlay.tasks.count(task.id))
                    overlay.reasons[task.id] = why;
            });
        }
    return overlay;
}

} // namespace app
