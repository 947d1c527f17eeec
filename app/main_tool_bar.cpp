#include "app/main_tool_bar.h"

#include "app/actions.h"
#include "app/app_state.h"
#include "ui/themed_icons.h"
#include "ui/tr.h"

#include <QPainter>
#include <QPushButton>
#include <QToolButton>

namespace app {

namespace {

/// A field that is a button: opens the command palette. Icon and words left, keys right.
class SearchButton : public QPushButton
{
public:
    explicit SearchButton(AppState &state) : m_state(state)
    {
        setProperty("role", "search");
        setMinimumWidth(200);
        setMaximumWidth(360);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
        setAccessibleName(Tr::tr("Search tasks, files and commands"));
    }
    QSize sizeHint() const override { return {360, m_state.theme().scaled(28)}; }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QPushButton::paintEvent(event);
        const ui::Theme &theme = m_state.theme();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.drawPixmap(9, (height() - 16) / 2, theme.pixmap(QStringLiteral("search"), theme.color("text2"), 16, devicePixelRatioF()));
        painter.setFont(theme.monoFont(11));
        const QString keys = QStringLiteral("Ctrl+Shift+P");
        const int width = painter.fontMetrics().horizontalAdvance(keys) + 10;
        const QRectF box(this->width() - width - 7.5, height() / 2.0 - 9.5, width, 19);
        painter.setPen(theme.color("lineStrong"));
        painter.drawRoundedRect(box, 4, 4);
        painter.setPen(theme.color("text2"));
        painter.drawText(box, Qt::AlignCenter, keys);
        painter.setFont(theme.font(13));
        const QRect words(32, 0, int(box.left()) - 38, height());
        painter.drawText(words, Qt::AlignVCenter, painter.fontMetrics().elidedText(Tr::tr("Search tasks, files and commands"), Qt::ElideRight, words.width()));
    }

private:
    AppState &m_state;
};

/// The primary button with its key in mono.
class RunButton : public QPushButton
{
public:
    explicit RunButton(AppState &state) : m_state(state) { setProperty("role", "primary"); }
    QString words;
    QString keys = QStringLiteral("Ctrl+E");
    QSize sizeHint() const override
    {
        const ui::Theme &theme = m_state.theme();
        const int text = QFontMetrics(theme.font(13, QFont::DemiBold)).horizontalAdvance(words);
        const int key = keys.isEmpty() ? 0 : QFontMetrics(theme.monoFont(11)).horizontalAdvance(keys) + 8;
        return {12 + 16 + 8 + text + key + 12, theme.scaled(28)};
    }
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override
    {
        QPushButton::paintEvent(event);
        const ui::Theme &theme = m_state.theme();
        const QColor ink = theme.color(isEnabled() ? "onAccent" : "text3");
        QPainter painter(this);
        painter.drawPixmap(12, (height() - 16) / 2, theme.pixmap(QStringLiteral("run"), ink, 16, devicePixelRatioF()));
        painter.setPen(ink);
        painter.setFont(theme.font(13, QFont::DemiBold));
        painter.drawText(QRect(36, 0, width(), height()), Qt::AlignVCenter, words);
        const int x = 36 + painter.fontMetrics().horizontalAdvance(words) + 8;
        painter.setFont(theme.monoFont(11));
        painter.drawText(QRect(x, 1, width(), height()), Qt::AlignVCenter, keys);
    }

private:
    AppState &m_state;
};

/// Push with the number of commits that wait, in a pill.
class PushButton : public QToolButton
{
public:
    explicit PushButton(AppState &state) : m_state(state) { setProperty("role", "outlined"); }
    int count = 0;
    QSize sizeHint() const override
    {
        const QFontMetrics metrics(m_state.theme().font());
        return {12 + 16 + 8 + metrics.horizontalAdvance(Tr::tr("Push")) + (count > 0 ? 30 : 0) + 12, m_state.theme().scaled(28)};
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const ui::Theme &theme = m_state.theme();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(theme.color(hasFocus() ? "focus" : isEnabled() ? "lineStrong" : "line"), hasFocus() ? 2 : 1));
        painter.setBrush(theme.color(isDown() ? "pressed" : underMouse() ? "hover" : isEnabled() ? "raised" : "window"));
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        const QColor ink = theme.color(isEnabled() ? "text" : "text3");
        painter.drawPixmap(12, (height() - 16) / 2, theme.pixmap(QStringLiteral("push"), ink, 16, devicePixelRatioF()));
        painter.setPen(ink);
        painter.setFont(theme.font());
        painter.drawText(QRect(36, 0, width(), height()), Qt::AlignVCenter, Tr::tr("Push"));
        if (count <= 0)
            return;
        const QRectF pill(width() - 33, height() / 2.0 - 9, 22, 18);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.color("selected"));
        painter.drawRoundedRect(pill, 9, 9);
        painter.setPen(theme.color("text"));
        painter.setFont(theme.monoFont(11));
        painter.drawText(pill, Qt::AlignCenter, QString::number(count));
    }

private:
    AppState &m_state;
};

} // namespace

MainToolBar::MainToolBar(AppState &state, Actions &actions, QWidget *parent)
    : QToolBar(Tr::tr("Tool bar"), parent), m_state(state), m_actions(actions), m_project(new QToolButton), m_branch(new QToolButton),
      m_inputs(new QToolButton), m_run(new RunButton(state)), m_stop(new QToolButton), m_push(new PushButton(state))
{
    setObjectName(QStringLiteral("mainToolBar"));
    setMovable(false);
    setFloatable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    setFixedHeight(state.theme().scaled(41));
    setContentsMargins(12, 0, 8, 0);

    const auto chip = [&](QToolButton *button, const QString &icon, const QString &name) {
        button->setProperty("role", "chip");
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setPopupMode(QToolButton::InstantPopup);
        button->setIconSize({16, 16});
        button->setFixedHeight(state.theme().scaled(28));
        button->setAccessibleName(name);
        ui::setThemedIcon(button, icon, state.theme());
        return addWidget(button);
    };
    chip(m_project, QStringLiteral("folder"), Tr::tr("Project"));
    m_branchAction = chip(m_branch, QStringLiteral("branch"), Tr::tr("Branch"));
    addSeparator();
    for (const char *id : {"file.save", "edit.undo", "edit.redo"}) {
        auto *button = new QToolButton;
        button->setDefaultAction(actions[QLatin1String(id)]);
        button->setFixedSize(state.theme().scaled(28), state.theme().scaled(28));
        button->setIconSize({18, 18});
        addWidget(button);
    }
    const auto spacer = [this] {
        auto *space = new QWidget;
        space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
        addWidget(space);
    };
    spacer();
    auto *search = new SearchButton(state);
    addWidget(search);
    connect(search, &QPushButton::clicked, this, &MainToolBar::searchWanted);
    spacer();

    m_inputs->setProperty("role", "outlined");
    m_inputs->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_inputs->setPopupMode(QToolButton::InstantPopup);
    m_inputs->setIconSize({16, 16});
    m_inputs->setFixedHeight(state.theme().scaled(28));
    m_inputs->setText(Tr::tr("Inputs: defaults"));
    ui::setThemedIcon(m_inputs, QStringLiteral("input"), state.theme(), "text");
    addWidget(m_inputs);
    addWidget(m_run);
    m_run->setAccessibleName(Tr::tr("Run"));
    m_run->setToolTip(actions[QStringLiteral("run.run")]->toolTip());
    connect(m_run, &QPushButton::clicked, actions[QStringLiteral("run.run")], &QAction::trigger);
    m_stop->setDefaultAction(actions[QStringLiteral("run.stop")]);
    m_stop->setProperty("role", "outlined");
    m_stop->setFixedSize(state.theme().scaled(28), state.theme().scaled(28));
    addWidget(m_stop);
    addSeparator();
    m_push->setAccessibleName(Tr::tr("Push"));
    m_push->setToolTip(actions[QStringLiteral("git.push")]->toolTip());
    connect(m_push, &QToolButton::clicked, actions[QStringLiteral("git.push")], &QAction::trigger);
    addWidget(m_push);
    setRunning(false, {});
    setPushCount(0, false);
}

void MainToolBar::setProject(const QString &name)
{
    m_project->setText(name);
}

void MainToolBar::setBranch(const QString &branch)
{
    m_branch->setText(branch);
    m_branchAction->setVisible(!branch.isEmpty());
}

void MainToolBar::setPushCount(int count, bool possible)
{
    auto *push = static_cast<PushButton *>(m_push);
    push->count = count;
    push->setEnabled(possible);
    push->setAccessibleDescription(Tr::tr("%n commit(s) to push", nullptr, count));
    push->updateGeometry();
    push->update();
}

void MainToolBar::setRunnable(bool runnable)
{
    m_run->setEnabled(runnable && !m_running);
    m_inputs->setEnabled(runnable);
}

void MainToolBar::setRunning(bool running, const QString &text)
{
    m_running = running;
    auto *run = static_cast<RunButton *>(m_run);
    run->words = running ? text : Tr::tr("Run");
    run->keys = running ? QString() : QStringLiteral("Ctrl+E");
    run->setEnabled(!running);
    run->updateGeometry();
    run->update();
    ui::setThemedIcon(m_actions[QStringLiteral("run.stop")], QStringLiteral("stop"), m_state.theme(), running ? "s_failed" : "text3");
}

} // namespace app
