#include "app/docks.h"

#include "app/app_state.h"
#include "ui/themed_icons.h"
#include "ui/tr.h"

#include <QAction>
#include <QApplication>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMainWindow>
#include <QMenu>
#include <QPainter>
#include <QTabBar>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>

namespace app {

namespace {

constexpr int kLayoutVersion = 1;

/// A button of the strip, with the count of its panel on the corner.
class StripButton : public QToolButton
{
public:
    explicit StripButton(AppState &state) : m_state(state) {}
    void setCount(int count)
    {
        m_count = count;
        update();
    }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QToolButton::paintEvent(event);
        if (m_count <= 0)
            return;
        const ui::Theme &theme = m_state.theme();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.color("window"), 1.5));
        painter.setBrush(theme.color("accent"));
        const QRectF badge(width() - 16, 0, 15, 15);
        painter.drawEllipse(badge);
        painter.setPen(theme.color("onAccent"));
        painter.setFont(theme.font(10.5 / theme.textScale(), QFont::DemiBold));
        painter.drawText(badge, Qt::AlignCenter, m_count > 9 ? QStringLiteral("9+") : QString::number(m_count));
    }

private:
    AppState &m_state;
    int m_count = 0;
};

/// The tab bar of a group of docks, told apart from those inside panels.
QList<QTabBar *> dockTabBars(QMainWindow *window)
{
    QList<QTabBar *> bars;
    for (QTabBar *bar : window->findChildren<QTabBar *>(QString(), Qt::FindDirectChildrenOnly))
        bars.append(bar);
    return bars;
}

} // namespace

Docks::Docks(QMainWindow *window, AppState &state) : QObject(window), m_window(window), m_state(state)
{
    window->setDockOptions(QMainWindow::AllowTabbedDocks | QMainWindow::AllowNestedDocks | QMainWindow::GroupedDragging);
    window->setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    window->setCorner(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea);
    window->setCorner(Qt::BottomRightCorner, Qt::RightDockWidgetArea);
    window->setCorner(Qt::TopLeftCorner, Qt::LeftDockWidgetArea);
    window->setCorner(Qt::TopRightCorner, Qt::RightDockWidgetArea);
    window->installEventFilter(this);
    connect(&state, &AppState::themeChanged, this, [this] { decorateTabs(); });
}

QDockWidget *Docks::add(const QString &id, const QString &title, const QString &icon, QWidget *panel, Qt::DockWidgetArea area,
                        QList<QAction *> titleActions)
{
    auto *dock = new QDockWidget(title, m_window);
    dock->setObjectName(id);
    panel->setAttribute(Qt::WA_StyledBackground); // a plain QWidget has no ground of the style sheet otherwise
    dock->setWidget(panel);
    dock->setAccessibleName(title);
    Entry entry{dock, title, icon, 0, area, nullptr, nullptr, nullptr};
    entry.titleBar = makeTitleBar(entry, titleActions);
    entry.noTitleBar = new QWidget(dock);
    entry.noTitleBar->setFixedHeight(0);
    dock->setTitleBarWidget(entry.titleBar);
    m_window->addDockWidget(area, dock);
    m_docks.insert(id, entry);
    m_order.append(id);
    connect(dock, &QDockWidget::visibilityChanged, this, [this, id](bool) {
        if (QToolButton *button = m_docks[id].strip)
            button->setChecked(!m_docks[id].dock->isHidden());
    });
    connect(dock, &QDockWidget::topLevelChanged, this, [this, id] { refreshTitle(m_docks[id]); });
    connect(dock, &QDockWidget::dockLocationChanged, this, [this, id] { refreshTitle(m_docks[id]); });
    return dock;
}

QWidget *Docks::makeTitleBar(const Entry &entry, const QList<QAction *> &actions)
{
    auto *bar = new QFrame;
    bar->setProperty("role", "docTitle");
    bar->setFixedHeight(m_state.theme().scaled(30));
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(10, 0, 4, 0);
    layout->setSpacing(0);
    auto *title = new QLabel(entry.title);
    title->setProperty("role", "heading");
    layout->addWidget(title, 1);
    const auto button = [&](const QString &icon, const QString &name) {
        auto *made = new QToolButton;
        made->setFixedSize(26, 26);
        made->setIconSize({16, 16});
        made->setToolTip(name);
        made->setAccessibleName(name);
        ui::setThemedIcon(made, icon, m_state.theme());
        layout->addWidget(made);
        return made;
    };
    for (QAction *action : actions) {
        auto *made = new QToolButton;
        made->setFixedSize(26, 26);
        made->setDefaultAction(action);
        layout->addWidget(made);
    }
    QDockWidget *dock = entry.dock;
    QToolButton *more = button(QStringLiteral("more"), Tr::tr("Panel menu"));
    connect(more, &QToolButton::clicked, dock, [dock, more] {
        QMenu menu;
        menu.addAction(dock->isFloating() ? Tr::tr("Dock") : Tr::tr("Float"), dock, [dock] { dock->setFloating(!dock->isFloating()); });
        menu.addAction(Tr::tr("Close"), dock, &QDockWidget::close);
        menu.exec(more->mapToGlobal(QPoint(0, more->height())));
    });
    return bar;
}

/// At the bottom the tab says the title, so the bar above the panel goes.
void Docks::refreshTitle(Entry &entry)
{
    const bool bottom = !entry.dock->isFloating() && m_window->dockWidgetArea(entry.dock) == Qt::BottomDockWidgetArea
                        && !m_window->tabifiedDockWidgets(entry.dock).isEmpty();
    QWidget *wanted = bottom ? entry.noTitleBar : entry.titleBar;
    if (entry.dock->titleBarWidget() != wanted)
        entry.dock->setTitleBarWidget(wanted);
    entry.titleBar->setVisible(wanted == entry.titleBar);
}

void Docks::fillStrip(QToolBar *strip, const QStringList &leftIds, const QList<QAction *> &below)
{
    const auto button = [&](const QString &icon, const QString &name) {
        auto *made = new StripButton(m_state);
        made->setProperty("role", "strip");
        made->setFixedSize(32, 32);
        made->setIconSize({20, 20});
        made->setToolTip(name);
        made->setAccessibleName(name);
        if (!icon.isEmpty())
            ui::setThemedIcon(made, icon, m_state.theme());
        strip->addWidget(made);
        return made;
    };
    for (const QString &id : leftIds) {
        Entry &entry = m_docks[id];
        StripButton *made = button(entry.icon, entry.title);
        made->setCheckable(true);
        made->setChecked(!entry.dock->isHidden());
        entry.strip = made;
        connect(made, &QToolButton::clicked, this, [this, id](bool) { toggle(id); });
    }
    auto *space = new QWidget;
    space->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    strip->addWidget(space);
    for (QAction *action : below) {
        StripButton *made = button({}, action->toolTip());
        made->setDefaultAction(action);
        made->setFixedSize(32, 32);
        made->setToolButtonStyle(Qt::ToolButtonIconOnly);
    }
}

void Docks::setCount(const QString &id, int count)
{
    Entry &entry = m_docks[id];
    if (!entry.dock || entry.count == count)
        return;
    entry.count = count;
    if (entry.strip)
        static_cast<StripButton *>(entry.strip)->setCount(count);
    decorateTabs();
}

void Docks::reveal(const QString &id, bool focus)
{
    QDockWidget *dock = m_docks[id].dock;
    if (!dock)
        return;
    dock->show();
    dock->raise();
    if (focus && dock->widget())
        dock->widget()->setFocus(Qt::ShortcutFocusReason);
}

void Docks::toggle(const QString &id)
{
    QDockWidget *dock = m_docks[id].dock;
    if (dock->isHidden())
        reveal(id);
    else
        dock->hide();
}

void Docks::fillMenu(QMenu *menu) const
{
    for (const QString &id : m_order)
        menu->addAction(m_docks[id].dock->toggleViewAction());
}

void Docks::arrangeDefault()
{
    QDockWidget *firstBottom = nullptr;
    for (const QString &id : std::as_const(m_order)) {
        Entry &entry = m_docks[id];
        entry.dock->setFloating(false);
        m_window->addDockWidget(entry.area, entry.dock);
        entry.dock->setVisible(id == QLatin1String("files") || id == QLatin1String("palette") || id == QLatin1String("inspector")
                               || entry.area == Qt::BottomDockWidgetArea);
        if (entry.area != Qt::BottomDockWidgetArea)
            continue;
        if (firstBottom)
            m_window->tabifyDockWidget(firstBottom, entry.dock);
        else
            firstBottom = entry.dock;
    }
    if (firstBottom)
        firstBottom->raise();
    for (Entry &entry : m_docks)
        refreshTitle(entry);
    decorateTabs();
    arrangeSizes();
}

void Docks::arrangeSizes()
{
    QList<QDockWidget *> left, right, bottom;
    for (const QString &id : std::as_const(m_order)) {
        QDockWidget *dock = m_docks[id].dock;
        if (dock->isHidden() || dock->isFloating())
            continue;
        const Qt::DockWidgetArea area = m_window->dockWidgetArea(dock);
        (area == Qt::LeftDockWidgetArea ? left : area == Qt::RightDockWidgetArea ? right : bottom).append(dock);
    }
    if (!bottom.isEmpty())
        m_window->resizeDocks({bottom.front()}, {m_state.theme().scaled(98)}, Qt::Vertical);
    m_window->resizeDocks(left, QList<int>(left.size(), 200), Qt::Horizontal);
    if (left.size() == 2)
        m_window->resizeDocks(left, {310, 560}, Qt::Vertical);
    m_window->resizeDocks(right, QList<int>(right.size(), 268), Qt::Horizontal);
}

QByteArray Docks::save() const
{
    return m_hidden.isEmpty() ? m_window->saveState(kLayoutVersion) : m_hidden;
}

bool Docks::restore(const QByteArray &state)
{
    if (state.isEmpty() || !m_window->restoreState(state, kLayoutVersion))
        return false;
    for (Entry &entry : m_docks)
        refreshTitle(entry);
    decorateTabs();
    return true;
}

void Docks::setAllVisible(bool visible)
{
    if (visible == m_hidden.isEmpty())
        return;
    if (visible) {
        const QByteArray state = std::exchange(m_hidden, {});
        restore(state);
        return;
    }
    m_hidden = m_window->saveState(kLayoutVersion);
    for (const Entry &entry : std::as_const(m_docks))
        entry.dock->hide();
}

bool Docks::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_window && event->type() == QEvent::LayoutRequest && !m_decorating)
        QTimer::singleShot(0, this, &Docks::decorateTabs);
    return QObject::eventFilter(watched, event);
}

void Docks::decorateTabs()
{
    m_decorating = true;
    for (Entry &entry : m_docks) {
        const QString title = entry.count > 0 ? QStringLiteral("%1  %2").arg(entry.title).arg(entry.count) : entry.title;
        if (entry.dock->windowTitle() != title)
            entry.dock->setWindowTitle(title);
        if (entry.strip)
            entry.strip->setChecked(!entry.dock->isHidden());
    }
    for (QTabBar *bar : dockTabBars(m_window)) {
        bar->setIconSize({16, 16});
        bar->setExpanding(false);
        bar->setDrawBase(false);
        for (int i = 0; i < bar->count(); ++i)
            for (const Entry &entry : std::as_const(m_docks))
                if (bar->tabText(i) == entry.dock->windowTitle())
                    bar->setTabIcon(i, m_state.theme().icon(entry.icon));
    }
    for (Entry &entry : m_docks)
        refreshTitle(entry);
    m_decorating = false;
}

} // namespace app
