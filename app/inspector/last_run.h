#pragma once

#include <QList>
#include <QString>

#include <optional>
#include <utility>

namespace app {

/// What the last run did with one task, as the inspector shows it. Secrets in it are masked already.
struct LastRun
{
    struct Line
    {
        QString time, level, text;
    };
    QString state; ///< word of the language; empty when the run did not reach it
    QString reason;
    std::optional<qint64> millis;
    int attempts = 0;
    int runs = 0; ///< in loops more than one: the rest is of the last
    QList<std::pair<QString, QString>> outputs;
    QList<Line> logs; ///< the last of them
};

} // namespace app
