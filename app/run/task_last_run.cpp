#include "app/run/task_last_run.h"

#include "app/run/log_model.h"
#include "engine/flow/value.h"

#include <QDateTime>

namespace app {

namespace {

constexpr qsizetype kMostLines = 200;
constexpr qsizetype kMostText = 2000;

} // namespace

LastRun lastRunOf(const RunRecord &record, const std::string &taskId, qint64 now)
{
    LastRun last;
    const engine::TaskRun *found = nullptr;
    for (const engine::TaskRun &run : record.execution().taskRuns) {
        if (run.removed || run.taskId != taskId)
            continue;
        found = &run;
        ++last.runs;
    }
    if (!found)
        return last;
    const bool dead = record.state() == QLatin1String("INTERRUPTED") && !engine::isEnd(found->state);
    last.state = dead ? QStringLiteral("INTERRUPTED") : stateWord(found->state);
    last.reason = QString::fromStdString(found->reason);
    const auto [begin, end] = spanOf(*found, record.endMs(now));
    last.millis = end - begin;
    last.attempts = int(found->attempts.size());
    if (found->outputs.isMap()) {
        for (const auto &[name, value] : found->outputs.map()) {
            const QString text = QString::fromStdString(value.isText() ? value.text() : flow::toJson(value));
            last.outputs.append({QString::fromStdString(name), text.left(kMostText)});
        }
    }
    for (auto line = record.logs().rbegin(); line != record.logs().rend() && last.logs.size() < kMostLines; ++line) {
        if (line->run == found->index)
            last.logs.prepend({QDateTime::fromMSecsSinceEpoch(toMs(line->at)).toString(QStringLiteral("HH:mm:ss")), levelWord(line->level),
                               QString::fromStdString(line->message)});
    }
    return last;
}

} // namespace app
