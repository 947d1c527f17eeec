#include "ui/task_look.h"

#include "ui/tr.h"

#include <QHash>
#include <QLatin1String>

#include <array>

namespace ui {

namespace {

using C = TaskCategory;

struct Rule
{
    const char *part; ///< of the lower-case type, with its dots: `.dbt.`
    const char *icon;
    TaskCategory category;
};

/// Types with an icon of their own, by class name under `io.kestra.plugin.core.`.
const QHash<QString, TaskLook> &ownLooks()
{
    static const QHash<QString, TaskLook> looks = [] {
        const Rule rules[] = {
            {"flow.Sequential", "flow-sequential", C::Flow},
            {"flow.AllowFailure", "flow-sequential", C::Flow},
            {"flow.Parallel", "flow-parallel", C::Flow},
            {"flow.Dag", "flow-dag", C::Flow},
            {"flow.If", "flow-if", C::Flow},
            {"flow.Switch", "flow-switch", C::Flow},
            {"flow.ForEach", "flow-loop", C::Flow},
            {"flow.EachSequential", "flow-loop", C::Flow},
            {"flow.EachParallel", "flow-loop", C::Flow},
            {"flow.ForEachItem", "flow-loop", C::Flow},
            {"flow.LoopUntil", "flow-loop", C::Flow},
            {"flow.WaitFor", "flow-loop", C::Flow},
            {"flow.Loop", "flow-loop", C::Flow},
            {"flow.Subflow", "flow-subflow", C::Flow},
            {"flow.Flow", "flow-subflow", C::Flow},
            {"flow.Template", "flow-subflow", C::Flow},
            {"flow.WorkingDirectory", "flow-workdir", C::Flow},
            {"flow.Worker", "flow-workdir", C::Flow},
            {"flow.Pause", "flow-pause", C::Flow},
            {"flow.Sleep", "flow-pause", C::Flow},
            {"execution.Fail", "flow-fail", C::Flow},
            {"execution.Exit", "flow-return", C::Flow},
            {"execution.Assert", "check", C::Core},
            {"execution.PurgeExecutions", "delete", C::Core},
            {"log.PurgeLogs", "delete", C::Core},
            {"debug.Return", "flow-return", C::Flow},
            {"debug.Echo", "task-log", C::Core},
            {"trigger.Schedule", "trigger-schedule", C::Net},
            {"trigger.ScheduleOnDates", "trigger-schedule", C::Net},
            {"trigger.Webhook", "trigger-webhook", C::Net},
            {"trigger.Flow", "trigger-flow", C::Net},
            {"http.Trigger", "trigger-polling", C::Net},
            {"output.OutputValues", "values", C::Core},
            {"metric.Publish", "values", C::Core},
        };
        QHash<QString, TaskLook> made;
        for (const Rule &rule : rules)
            made.insert(QStringLiteral("io.kestra.plugin.core.") + QLatin1String(rule.part),
                        {QLatin1String(rule.icon), rule.category});
        return made;
    }();
    return looks;
}

/// The first that occurs in the type decides, so the special ones stand first.
constexpr Rule kFamilies[] = {
    {".conditions.", "filter", C::Core},
    {".condition.", "filter", C::Core},
    {".realtimetrigger", "trigger-realtime", C::Net},
    {".trigger", "trigger-polling", C::Net},
    {".dbt.", "task-dbt", C::Script},
    {".airbyte.", "task-convert", C::Data},
    {".fivetran.", "task-convert", C::Data},
    {".spark.", "task-spark", C::Script},
    {".databricks.", "task-spark", C::Script},
    {".docker.", "task-container", C::Script},
    {".podman.", "task-container", C::Script},
    {".kubernetes.", "task-container", C::Script},
    {".terraform.", "task-script", C::Script},
    {".ansible.", "task-script", C::Script},
    {".python.", "task-code", C::Script},
    {".node.", "task-code", C::Script},
    {".groovy.", "task-code", C::Script},
    {".graalvm.", "task-code", C::Script},
    {".jython.", "task-code", C::Script},
    {".nashorn.", "task-code", C::Script},
    {".scripts.shell.", "task-script", C::Script},
    {".scripts.powershell.", "task-script", C::Script},
    {".scripts.", "task-code", C::Script},
    {".script.", "task-code", C::Script},
    {".bigquery.", "task-sql", C::Data},
    {".redshift.", "task-sql", C::Data},
    {".athena.", "task-sql", C::Data},
    {".jdbc.", "task-sql", C::Data},
    {".sql.", "task-sql", C::Data},
    {".postgresql.", "task-sql", C::Data},
    {".mysql.", "task-sql", C::Data},
    {".sqlite.", "task-sql", C::Data},
    {".duckdb.", "task-sql", C::Data},
    {".mongodb.", "task-sql", C::Data},
    {".elasticsearch.", "task-sql", C::Data},
    {".redis.", "task-kv", C::Data},
    {".core.kv.", "task-kv", C::Data},
    {".core.state.", "task-kv", C::Data},
    {".core.storage.", "task-storage", C::Data},
    {".core.namespace.", "task-file", C::Data},
    {".fs.", "task-file", C::Data},
    {".compress.", "task-file", C::Data},
    {".serdes.", "task-convert", C::Data},
    {".transform", "task-convert", C::Data},
    {".notifications.mail.", "task-mail", C::Notify},
    {".email.", "task-mail", C::Notify},
    {".notifications.", "task-notify", C::Notify},
    {".slack.", "task-notify", C::Notify},
    {".discord.", "task-notify", C::Notify},
    {".teams.", "task-notify", C::Notify},
    {".telegram.", "task-notify", C::Notify},
    {".pagerduty.", "task-notify", C::Notify},
    {".kafka.", "task-kafka", C::Core},
    {".pulsar.", "task-kafka", C::Core},
    {".amqp.", "task-kafka", C::Core},
    {".mqtt.", "task-kafka", C::Core},
    {".nats.", "task-kafka", C::Core},
    {".aws.", "task-aws", C::Net},
    {".gcp.", "task-gcp", C::Net},
    {".googleworkspace.", "task-gcp", C::Net},
    {".azure.", "task-azure", C::Net},
    {".microsoft365.", "task-azure", C::Net},
    {".git.", "task-git", C::Core},
    {".github.", "task-git", C::Core},
    {".gitlab.", "task-git", C::Core},
    {".http.", "task-http", C::Net},
    {".templating.", "task-convert", C::Core},
    {".core.log.", "task-log", C::Core},
    {".core.execution.", "runs", C::Core},
    {".core.flow.", "flow-sequential", C::Flow},
};

} // namespace

const char *TaskLook::inkToken() const
{
    switch (category) {
    case C::Flow: return "f_flow";
    case C::Script: return "f_script";
    case C::Data: return "f_data";
    case C::Net: return "f_net";
    case C::Notify: return "f_notify";
    case C::Core: return "f_core";
    }
    return "f_core";
}

const char *TaskLook::groundToken() const
{
    switch (category) {
    case C::Flow: return "f_flowBg";
    case C::Script: return "f_scriptBg";
    case C::Data: return "f_dataBg";
    case C::Net: return "f_netBg";
    case C::Notify: return "f_notifyBg";
    case C::Core: return "f_coreBg";
    }
    return "f_coreBg";
}

TaskLook taskLook(const QString &type)
{
    if (const auto it = ownLooks().constFind(type); it != ownLooks().constEnd())
        return *it;
    const QString lower = type.toLower();
    for (const Rule &rule : kFamilies) {
        if (lower.contains(QLatin1String(rule.part)))
            return {QLatin1String(rule.icon), rule.category};
    }
    // Older names of the core: `io.kestra.core.tasks.flows.Parallel`.
    static const std::array<QString, 4> groups{
        QStringLiteral("io.kestra.plugin.core.flow."), QStringLiteral("io.kestra.plugin.core.debug."),
        QStringLiteral("io.kestra.plugin.core.trigger."), QStringLiteral("io.kestra.plugin.core.execution.")};
    if (lower.startsWith(QLatin1String("io.kestra.core."))) {
        for (const QString &group : groups) {
            if (const auto it = ownLooks().constFind(group + className(type)); it != ownLooks().constEnd())
                return *it;
        }
        if (lower.contains(QLatin1String(".scripts.")))
            return {QStringLiteral("task-script"), C::Script};
        if (lower.contains(QLatin1String(".storages.")))
            return {QStringLiteral("task-storage"), C::Data};
        return {QStringLiteral("task-log"), C::Core};
    }
    return {QStringLiteral("task-unknown"), C::Core};
}

QString shortType(const QString &type)
{
    const qsizetype last = type.lastIndexOf(QLatin1Char('.'));
    if (last <= 0)
        return type;
    const qsizetype before = type.lastIndexOf(QLatin1Char('.'), last - 1);
    return type.mid(before + 1);
}

QString className(const QString &type)
{
    return type.mid(type.lastIndexOf(QLatin1Char('.')) + 1);
}

QString categoryName(TaskCategory category)
{
    switch (category) {
    case C::Flow: return Tr::tr("Flow control");
    case C::Script: return Tr::tr("Scripts");
    case C::Data: return Tr::tr("Data");
    case C::Net: return Tr::tr("Network and cloud");
    case C::Notify: return Tr::tr("Notifications");
    case C::Core: return Tr::tr("Core");
    }
    return {};
}

} // namespace ui
