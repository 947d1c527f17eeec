#pragma once

#include "ui/theme.h"

#include <QAction>
#include <QKeySequence>
#include <QObject>

#include <functional>

namespace app {

/// Every command of the window by its name (`file.save`), for menus, tool bar, keys and the command
/// palette. A command that nobody wired does not exist.
class Actions : public QObject
{
    Q_OBJECT

public:
    struct Entry
    {
        QString id;    ///< `file.save`
        QString group; ///< translated: "File"
        QAction *action = nullptr;
    };

    explicit Actions(QWidget *window);

    /// The action belongs to the window: its keys work wherever the focus is.
    QAction *add(const QString &id, const QString &group, const QString &text, const QString &icon, const ui::Theme &theme,
                 const QList<QKeySequence> &keys, std::function<void()> run);
    QAction *operator[](const QString &id) const; ///< must exist
    bool contains(const QString &id) const;
    const QList<Entry> &entries() const { return m_entries; }

private:
    QWidget *m_window;
    QList<Entry> m_entries;
};

} // namespace app
