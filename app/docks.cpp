#include "app/docks.h"

#include "app/app_state.h"
#include "ui/focus.h"
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
#include <QStyle>
#include <QTimer>
#include <QToolBar>
#include <QToolButton>

namespace app {

namespace {

constexpr int kLayoutVersion = 1;
constexpr int kBottom = 97;     ///< high, with its separator 98
constexpr int kBottomRuns = 387;
constexpr int kBottomLeast = 72;

/// How wide a panel at a side is when it opens; a separator of 1 stands beside it.
int widthOf(const QString &id)
{
    if (id == QLatin1String("git"))
        return 287;
    if (id == QLatin1String("push"))
        return 395;
    if (id == QLatin1String("inspector"))
        return 267;
    return 199;
}

bool arePair(const QString &a, const QString &b)
{
    const auto side = [](const QString &id) { return id == QLatin1String("files") || id == QLatin1String("palette"); };
    return side(a) && side(b);
}

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
        const QRectF badge(width() - 18, 0, 15, 15);
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
    connect(&state, &AppState::themeChanged, this, [this] {
        for (Entry &entry : m_docks)
            entry.tabIcon = m_state.theme().icon(entry.icon);
        decorateTabs();
    });
}

QDockWidget *Docks::add(const QString &id, const QString &title, const QString &icon, QWidget *panel, Qt::DockWidgetArea area,
                        QList<QAction *> titleActions)
{
    auto *dock = new QDockWidget(title, m_window);
    dock->setObjectName(id);
    panel->setAttribute(Qt::WA_StyledBackground); // a plain QWidget has no ground of the style sheet otherwise
    if (area == Qt::BottomDockWidgetArea) // tabs of one size: none of them may ask for more
        panel->setMinimumHeight(kBottomLeast - 30);
    dock->setWidget(panel);
    dock->setAccessibleName(title);
    Entry entry;
    entry.dock = dock;
    entry.title = title;
    entry.icon = icon;
    entry.tabIcon = m_state.theme().icon(icon);
    entry.area = area;
    entry.titleBar = makeTitleBar(id, entry, titleActions);
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

QWidget *Docks::makeTitleBar(const QString &id, const Entry &entry, const QList<QAction *> &actions)
{
    auto *bar = new QFrame;
    bar->setProperty("role", "docTitle");
    bar->setFixedHeight(m_state.theme().scaled(30));
    auto *layout = new QHBoxLayout(bar);
    layout->setContentsMargins(10, 2, 4, 1); // with the line below and buttons of 26 it asks for 30
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
    connect(more, &QToolButton::clicked, dock, [this, id, dock, more] {
        QMenu menu;
        menu.addAction(dock->isFloating() ? Tr::tr("Dock") : Tr::tr("Float"), dock, [dock] { dock->setFloating(!dock->isFloating()); });
        menu.addAction(Tr::tr("Close"), dock, [this, id] { conceal(id); });
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
        made->setFixedSize(40, 32); // 32 and the margins of the style sheet
        made->setIconSize({20, 20});
        made->setToolTip(name);
        made->setAccessibleName(name);
        if (!icon.isEmpty())
            ui::setThemedIcon(made, icon, m_state.theme());
        strip->addWidget(made);
        return made;
    };
    const auto edge = [strip] { // the layout of a tool bar knows no margins
        auto *space = new QWidget;
        space->setFixedSize(40, 0);
        strip->addWidget(space);
    };
    edge();
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
        made->setToolButtonStyle(Qt::ToolButtonIconOnly);
    }
    edge();
}

void Docks::setCount(const QString &id, int count, const QString &tone)
{
    Entry &entry = m_docks[id];
    if (!entry.dock || (entry.count == count && entry.tone == tone))
        return;
    entry.count = count;
    entry.tone = tone;
    if (entry.strip)
        static_cast<StripButton *>(entry.strip)->setCount(count);
    decorateTabs();
}

bool Docks::isShown(const QString &id) const
{
    const QDockWidget *dock = m_docks.value(id).dock;
    return dock && dock->isVisible() && (dock->isFloating() || m_window->rect().intersects(dock->geometry()));
}

void Docks::reveal(const QString &id, bool focus)
{
    QDockWidget *dock = m_docks[id].dock;
    if (!dock)
        return;
    displace(id);
    dock->show();
    dock->raise();
    growFor(id);
    if (!focus || !dock->widget())
        return;
    if (QWidget *target = ui::focusTarget(dock->widget()))
        target->setFocus(Qt::ShortcutFocusReason);
}

void Docks::toggle(const QString &id)
{
    if (m_docks[id].dock->isHidden())
        reveal(id);
    else
        conceal(id);
}

/// Makes room at a side for a panel that is not shown there yet.
void Docks::displace(const QString &id)
{
    Entry &entry = m_docks[id];
    const Qt::DockWidgetArea area = m_window->dockWidgetArea(entry.dock);
    if (!entry.dock->isHidden() || entry.dock->isFloating() || area == Qt::BottomDockWidgetArea || area == Qt::TopDockWidgetArea)
        return;
    for (const QString &other : std::as_const(m_order))
        if (m_docks[other].displaced.contains(id) && !m_docks[other].dock->isHidden())
            return conceal(other); // it comes back with those it stood beside
    entry.displaced.clear();
    for (const QString &other : std::as_const(m_order)) {
        QDockWidget *dock = m_docks[other].dock;
        if (other == id || dock->isHidden() || dock->isFloating() || m_window->dockWidgetArea(dock) != area || arePair(id, other))
            continue;
        if (!m_docks[other].displaced.isEmpty()) // what it displaced waits behind the new one
            entry.displaced += std::exchange(m_docks[other].displaced, {});
        else
            entry.displaced.append(other);
        dock->hide();
    }
    entry.dock->show();
    if (!entry.displaced.isEmpty())
        m_window->resizeDocks({entry.dock}, {widthOf(id)}, Qt::Horizontal);
}

/// Hides a panel and brings back what it displaced.
void Docks::conceal(const QString &id)
{
    Entry &entry = m_docks[id];
    entry.dock->hide();
    const QStringList back = std::exchange(entry.displaced, {});
    for (const QString &other : back)
        m_docks[other].dock->show();
    if (!back.isEmpty())
        m_window->resizeDocks({m_docks[back.front()].dock}, {widthOf(back.front())}, Qt::Horizontal);
}

/// A run needs more room than a list of problems.
void Docks::growFor(const QString &id)
{
    QDockWidget *dock = m_docks[id].dock;
    if (id != QLatin1String("runs") || dock->isFloating() || m_window->dockWidgetArea(dock) != Qt::BottomDockWidgetArea
        || dock->height() > kBottomRuns / 2)
        return;
    m_window->resizeDocks({dock}, {std::min(m_state.theme().scaled(kBottomRuns), m_window->height() * 2 / 5)}, Qt::Vertical);
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
        entry.displaced.clear();
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
    const auto widths = [](const QList<QDockWidget *> &docks) {
        QList<int> all;
        for (const QDockWidget *dock : docks)
            all.append(widthOf(dock->objectName()));
        return all;
    };
    if (!bottom.isEmpty())
        m_window->resizeDocks({bottom.front()}, {m_state.theme().scaled(kBottom)}, Qt::Vertical);
    m_window->resizeDocks(left, widths(left), Qt::Horizontal);
    if (left.size() == 2)
        m_window->resizeDocks(left, {320, 589}, Qt::Vertical);
    m_window->resizeDocks(right, widths(right), Qt::Horizontal);
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

// Runs after each layout of the window, so it must leave a tab that is right as it is: a change would ask for a layout.
void Docks::decorateTabs()
{
    m_decorating = true;
    for (Entry &entry : m_docks)
        if (entry.strip)
            entry.strip->setChecked(!entry.dock->isHidden());
    for (QTabBar *bar : dockTabBars(m_window)) {
        if (bar->iconSize() != QSize(16, 16))
            bar->setIconSize({16, 16});
        bar->setExpanding(false);
        bar->setDrawBase(false);
        for (int i = 0; i < bar->count(); ++i)
            for (const Entry &entry : std::as_const(m_docks))
                if (bar->tabText(i) == entry.title)
                    decorateTab(*bar, i, entry);
    }
    for (Entry &entry : m_docks)
        refreshTitle(entry);
    m_decorating = false;
}

/// The icon of the panel and, as a pill, its count.
void Docks::decorateTab(QTabBar &bar, int index, const Entry &entry)
{
    if (bar.tabIcon(index).cacheKey() != entry.tabIcon.cacheKey())
        bar.setTabIcon(index, entry.tabIcon);
    const QString name = entry.count > 0 ? Tr::tr("%1, %2").arg(entry.title).arg(entry.count) : entry.title;
    if (bar.accessibleTabName(index) != name)
        bar.setAccessibleTabName(index, name);
    auto *pill = qobject_cast<QLabel *>(bar.tabButton(index, QTabBar::RightSide));
    if (entry.count <= 0) {
        if (pill)
            bar.setTabButton(index, QTabBar::RightSide, nullptr);
        return;
    }
    if (!pill) {
        pill = new QLabel;
        pill->setAlignment(Qt::AlignCenter);
        pill->setProperty("role", "count");
        pill->setProperty("tone", entry.tone);
        pill->setAttribute(Qt::WA_TransparentForMouseEvents);
        pill->setText(QString::number(entry.count));
        bar.setTabButton(index, QTabBar::RightSide, pill);
        return;
    }
    const QString count = QString::number(entry.count);
    if (pill->text() == count && pill->property("tone") == entry.tone)
        return;
    pill->setText(count);
    pill->setProperty("tone", entry.tone);
    pill->style()->unpolish(pill);
    pill->style()->polish(pill);
    pill->adjustSize();
}

} // namespace app
