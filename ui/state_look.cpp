#include "ui/state_look.h"

#include <QHash>

namespace ui {

StateLook stateLook(const QString &word)
{
    const auto look = [](const char *icon, const char *ink, const char *ground, bool strong = false,
                         bool moving = false) {
        return StateLook{QLatin1String(icon), ink, ground, strong, moving};
    };
    static const QHash<QString, StateLook> looks{
        {QStringLiteral("CREATED"), look("state-created", "s_created", "b_neutral")},
        {QStringLiteral("SUBMITTED"), look("state-created", "s_created", "b_neutral")},
        {QStringLiteral("QUEUED"), look("state-queued", "s_queued", "b_neutral")},
        {QStringLiteral("RUNNING"), look("state-running", "s_running", "b_running", true, true)},
        {QStringLiteral("PAUSED"), look("state-paused", "s_paused", "b_paused", true)},
        {QStringLiteral("RESTARTED"), look("state-restarted", "s_restarted", "b_running")},
        {QStringLiteral("RESUBMITTED"), look("state-restarted", "s_restarted", "b_running")},
        {QStringLiteral("KILLING"), look("state-killing", "s_killing", "b_retrying")},
        {QStringLiteral("SUCCESS"), look("state-success", "s_success", "b_success")},
        {QStringLiteral("WARNING"), look("state-warning", "s_warning", "b_warning", true)},
        {QStringLiteral("FAILED"), look("state-failed", "s_failed", "b_failed", true)},
        {QStringLiteral("INTERRUPTED"), look("state-interrupted", "s_failed", "b_failed", true)},
        {QStringLiteral("KILLED"), look("state-killed", "s_killed", "b_neutral", true)},
        {QStringLiteral("CANCELLED"), look("state-cancelled", "s_cancelled", "b_neutral")},
        {QStringLiteral("RETRYING"), look("state-retrying", "s_retrying", "b_retrying", true, true)},
        {QStringLiteral("RETRIED"), look("state-retried", "s_retried", "b_neutral")},
        {QStringLiteral("SKIPPED"), look("state-skipped", "s_skipped", "b_neutral")},
        {QStringLiteral("BREAKPOINT"), look("state-breakpoint", "s_breakpoint", "b_breakpoint", true)},
    };
    return looks.value(word, look("state-created", "s_created", "b_neutral"));
}

} // namespace ui
