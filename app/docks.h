#pragma once

#include "ui/theme.h"

#include <QDockWidget>
#include <QHash>
#include <QIcon>
#include <QObject>

class QMainWindow;
class QMenu;
class QTabBar;
class QToolBar;
class QToolButton;

namespace app {

class AppState;

/// The panels of the window: docks with titles of 30, the left strip that shows and hides those of the
/// left side, tabs with icons and counts at the bottom. Remembers and restores where everything is.
class Docks : public QObject
{
    Q_OBJECT

public:
    Docks(QMainWindow *window, AppState &state);

    /// The panel stays the caller's to fill; the dock takes it as its child. `id` names it for ever.
    QDockWidget *add(const QString &id, const QString &title, const QString &icon, QWidget *panel, Qt::DockWidgetArea area,
                     QList<QAction *> titleActions = {});
    QDockWidget *dock(const QString &id) const { return m_docks.value(id).dock; }
    QWidget *panel(const QString &id) const { return m_docks.value(id).dock ? m_docks.value(id).dock->widget() : nullptr; }
    QStringList ids() const { return m_order; }
    bool isShown(const QString &id) const; ///< and not behind another tab

    /// Buttons for the left docks, in the order given; `below` after the free space.
    void fillStrip(QToolBar *strip, const QStringList &leftIds, const QList<QAction *> &below);
    /// A number on the tab or strip button of a panel; 0 takes it away. `tone` of a tab's pill: `failed`,
    /// `warning` or none.
    void setCount(const QString &id, int count, const QString &tone = {});
    /// Shows the panel, in front of others, with the focus in it. At the sides a panel takes the place of
    /// those that are there (they come back when it goes), except files and palette, which are a pair.
    void reveal(const QString &id, bool focus = true);
    void toggle(const QString &id);
    void conceal(const QString &id); ///< and bring back what it displaced
    void fillMenu(QMenu *menu) const;

    void arrangeDefault();
    void arrangeSizes(); ///< of the default layout
    QByteArray save() const;
    bool restore(const QByteArray &state);
    void setAllVisible(bool visible); ///< of the welcome page: nothing is shown; what was comes back

signals:
    void layoutChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    struct Entry
    {
        QDockWidget *dock = nullptr;
        QString title;
        QString icon;
        QIcon tabIcon;
        int count = 0;
        QString tone;
        Qt::DockWidgetArea area = Qt::LeftDockWidgetArea;
        QStringList displaced; ///< what was hidden to make room for this panel
        QToolButton *strip = nullptr;
        QWidget *titleBar = nullptr;
        QWidget *noTitleBar = nullptr;
    };
    QWidget *makeTitleBar(const QString &id, const Entry &entry, const QList<QAction *> &actions);
    void refreshTitle(Entry &entry);
    void displace(const QString &id);
    void growFor(const QString &id);
    void decorateTabs();
    void decorateTab(QTabBar &bar, int index, const Entry &entry);

    QMainWindow *m_window;
    AppState &m_state;
    QStringList m_order;
    QHash<QString, Entry> m_docks;
    QByteArray m_hidden; ///< the layout while all are hidden
    bool m_decorating = false;
};

} // namespace app
