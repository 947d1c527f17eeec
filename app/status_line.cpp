#include "app/status_line.h"

#include "app/app_state.h"
#include "ui/state_look.h"
#include "ui/themed_icons.h"
#include "ui/tr.h"

#include <QLabel>
#include <QToolButton>

namespace app {

StatusLine::StatusLine(AppState &state, QWidget *parent)
    : QStatusBar(parent), m_state(state), m_errors(button(QStringLiteral("state-failed"))),
      m_warnings(button(QStringLiteral("state-warning"))), m_hints(button(QStringLiteral("info"))), m_branch(button(QStringLiteral("branch"))),
      m_run(button(QStringLiteral("state-success"))), m_place(new QLabel), m_dialect(new QLabel(Tr::tr("Dialect 1.3"))), m_file(new QLabel),
      m_engine(new QLabel), m_ready(button(QStringLiteral("check"))), m_offline(button(QStringLiteral("lock")))
{
    setSizeGripEnabled(false);
    ui::setThemedIcon(m_errors, QStringLiteral("state-failed"), state.theme(), "s_failed");
    ui::setThemedIcon(m_warnings, QStringLiteral("state-warning"), state.theme(), "s_warning");
    for (QToolButton *left : {m_errors, m_warnings, m_hints, m_branch, m_run, m_ready, m_offline})
        addWidget(left);
    m_ready->setText(Tr::tr("Engine ready: no server needed"));
    m_offline->setText(Tr::tr("Works without a network"));
    for (QToolButton *words : {m_ready, m_offline}) {
        words->setFocusPolicy(Qt::NoFocus);
        words->setAttribute(Qt::WA_TransparentForMouseEvents);
        words->hide();
    }
    for (QLabel *right : {m_place, m_dialect, m_file, m_engine}) {
        right->setContentsMargins(5, 0, 5, 0);
        addPermanentWidget(right);
    }
    for (QToolButton *problems : {m_errors, m_warnings, m_hints})
        connect(problems, &QToolButton::clicked, this, &StatusLine::problemsWanted);
    connect(m_branch, &QToolButton::clicked, this, &StatusLine::branchWanted);
    connect(m_run, &QToolButton::clicked, this, &StatusLine::runWanted);
    setProblems(0, 0, 0);
    setBranch({}, 0, 0);
    setRun({}, {});
    setPlace(0, 0);
    setFile({});
}

QToolButton *StatusLine::button(const QString &icon)
{
    auto *made = new QToolButton;
    made->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    made->setIconSize({14, 14});
    made->setAutoRaise(true);
    ui::setThemedIcon(made, icon, m_state.theme());
    return made;
}

void StatusLine::setProblems(int errors, int warnings, int hints)
{
    const auto show = [](QToolButton *button, int count, const QString &name) {
        button->setText(QString::number(count));
        button->setToolTip(name);
        button->setAccessibleName(name);
        button->setVisible(count > 0);
    };
    show(m_errors, errors, Tr::tr("%n error(s)", nullptr, errors));
    show(m_warnings, warnings, Tr::tr("%n warning(s)", nullptr, warnings));
    show(m_hints, hints, Tr::tr("%n hint(s)", nullptr, hints));
}

void StatusLine::setBranch(const QString &branch, int ahead, int behind)
{
    m_branch->setText(ahead || behind ? QStringLiteral("%1  ↑%2 ↓%3").arg(branch).arg(ahead).arg(behind) : branch);
    m_branch->setAccessibleName(Tr::tr("Branch %1, %2 ahead, %3 behind").arg(branch).arg(ahead).arg(behind));
    m_branch->setVisible(!branch.isEmpty());
}

void StatusLine::setRun(const QString &look, const QString &text)
{
    m_run->setVisible(!text.isEmpty());
    if (text.isEmpty())
        return;
    const ui::StateLook shown = ui::stateLook(look);
    ui::setThemedIcon(m_run, shown.icon, m_state.theme(), shown.inkToken);
    m_run->setText(text);
}

void StatusLine::setPlace(int line, int column)
{
    m_place->setText(Tr::tr("Ln %1, Col %2").arg(line).arg(column));
    m_place->setVisible(line > 0);
    m_dialect->setVisible(line > 0);
}

void StatusLine::setFile(const QString &encoding)
{
    m_file->setText(encoding);
    m_file->setVisible(!encoding.isEmpty());
}

void StatusLine::setEngine(const QString &text)
{
    m_engine->setText(text);
}

void StatusLine::setWelcome(bool welcome)
{
    m_ready->setVisible(welcome);
    m_offline->setVisible(welcome);
    m_engine->setVisible(!welcome);
    if (!welcome)
        return;
    setProblems(0, 0, 0);
    setBranch({}, 0, 0);
    setRun({}, {});
    setPlace(0, 0);
    setFile({});
}

} // namespace app
