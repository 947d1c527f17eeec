#include "app/actions.h"

#include "ui/themed_icons.h"
#include "ui/words.h"

#include <QWidget>

namespace app {

Actions::Actions(QWidget *window) : QObject(window), m_window(window) {}

QAction *Actions::add(const QString &id, const QString &group, const QString &text, const QString &icon, const ui::Theme &theme,
                      const QList<QKeySequence> &keys, std::function<void()> run)
{
    auto *action = new QAction(text, m_window);
    action->setObjectName(id);
    action->setShortcuts(keys);
    if (!icon.isEmpty())
        ui::setThemedIcon(action, icon, theme);
    const QString plain = ui::withoutMnemonic(text);
    action->setToolTip(keys.isEmpty() ? plain : QStringLiteral("%1 (%2)").arg(plain, keys.front().toString(QKeySequence::NativeText)));
    connect(action, &QAction::triggered, this, [run = std::move(run)] { run(); });
    m_window->addAction(action);
    m_entries.append({id, group, action});
    return action;
}

QAction *Actions::operator[](const QString &id) const
{
    for (const Entry &entry : m_entries)
        if (entry.id == id)
            return entry.action;
    qFatal("no action %s", qPrintable(id));
}

bool Actions::contains(const QString &id) const
{
    for (const Entry &entry : m_entries)
        if (entry.id == id)
            return true;
    return false;
}

} // namespace app
