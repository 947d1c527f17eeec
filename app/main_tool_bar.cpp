#include "app/main_tool_bar.h"

#include "app/actions.h"
#include "app/app_state.h"
#include "app/bar_button.h"
#include "ui/themed_icons.h"
#include "ui/tr.h"

#include <QToolButton>

namespace app {

MainToolBar::MainToolBar(AppState &state, Actions &actions, QWidget *parent)
    : QToolBar(Tr::tr("Tool bar"), parent), m_state(state), m_actions(actions),
      m_project(new BarButton(state, BarButton::Look::Flat, QStringLiteral("folder"))),
      m_branch(new BarButton(state, BarButton::Look::Flat, QStringLiteral("branch"))),
      m_inputs(new BarButton(state, BarButton::Look::Outlined, QStringLiteral("input"), Tr::tr("Inputs: defaults"))),
      m_run(new BarButton(state, BarButton::Look::Primary, QStringLiteral("run"), Tr::tr("Run"))), m_stop(new QToolButton),
      m_push(new BarButton(state, BarButton::Look::Outlined, QStringLiteral("push"), Tr::tr("Push")))
{
    setObjectName(QStringLiteral("mainToolBar"));
    setMovable(false);
    setFloatable(false);
    setContextMenuPolicy(Qt::PreventContextMenu);
    const auto edge = [this](int width) { // the layout of a tool bar knows no margins
        auto *space = new QWidget;
        space->setFixedSize(width, m_state.theme().scaled(40));
        connect(&m_state, &AppState::themeChanged, space, [space, width](const ui::Theme &theme) { space->setFixedSize(width, theme.scaled(40)); });
        addWidget(space);
    };
    edge(1);
    setIconSize({18, 18});

    m_project->setAccessibleName(Tr::tr("Project"));
    m_project->setStrong(true);
    addWidget(m_project);
    m_branch->setAccessibleName(Tr::tr("Branch"));
    m_branchAction = addWidget(m_branch);
    addSeparator();
    for (const char *id : {"file.save", "edit.undo", "edit.redo"}) {
        auto *button = new QToolButton;
        button->setDefaultAction(actions[QLatin1String(id)]);
        button->setFixedSize(state.theme().scaled(28), state.theme().scaled(28));
        addWidget(button);
    }
    const auto spacer = [this] {
        auto *space = new QWidget;
        space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
        addWidget(space);
    };
    spacer();
    auto *search = new BarButton(state, BarButton::Look::Field, QStringLiteral("search"), Tr::tr("Search tasks, files and commands"));
    search->setKeys(QStringLiteral("Ctrl+Shift+P"));
    addWidget(search);
    connect(search, &QToolButton::clicked, this, &MainToolBar::searchWanted);
    spacer();

    addWidget(m_inputs);
    addWidget(m_run);
    QAction *run = actions[QStringLiteral("run.run")];
    connect(run, &QAction::changed, m_run, [this, run] { m_run->setToolTip(run->toolTip()); });
    connect(m_run, &QToolButton::clicked, run, &QAction::trigger);
    m_stop->setDefaultAction(actions[QStringLiteral("run.stop")]);
    m_stop->setProperty("role", "outlined");
    m_stop->setFixedSize(state.theme().scaled(28), state.theme().scaled(28));
    addWidget(m_stop);
    addSeparator();
    m_push->setToolTip(actions[QStringLiteral("git.push")]->toolTip());
    connect(m_push, &QToolButton::clicked, actions[QStringLiteral("git.push")], &QAction::trigger);
    addWidget(m_push);
    edge(2);
    setRunning(false, {});
    setPushCount(0, false);
}

void MainToolBar::setProject(const QString &name)
{
    m_project->setWords(name);
    m_project->setAccessibleDescription(name);
}

void MainToolBar::setBranch(const QString &branch)
{
    m_branch->setWords(branch);
    m_branch->setAccessibleDescription(branch);
    m_branchAction->setVisible(!branch.isEmpty());
}

void MainToolBar::setPushCount(int count, bool possible)
{
    m_push->setCount(count);
    m_push->setEnabled(possible);
    m_push->setAccessibleDescription(Tr::tr("%n commit(s) to push", nullptr, count));
}

void MainToolBar::setInputs(const QString &name)
{
    m_inputs->setWords(name);
    m_inputs->setAccessibleName(name);
}

void MainToolBar::setRunnable(bool runnable)
{
    m_run->setEnabled(runnable && !m_running);
    m_inputs->setEnabled(runnable);
}

void MainToolBar::setRunning(bool running, const QString &text)
{
    m_running = running;
    m_run->setWords(running ? text : Tr::tr("Run"));
    m_run->setKeys(running ? QString() : QStringLiteral("Ctrl+E"));
    m_run->setEnabled(!running);
    ui::setThemedIcon(m_actions[QStringLiteral("run.stop")], QStringLiteral("stop"), m_state.theme(), running ? "s_failed" : "text3");
}

} // namespace app
