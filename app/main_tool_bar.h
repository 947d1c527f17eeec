#pragma once

#include <QToolBar>

class QPushButton;
class QToolButton;

namespace app {

class Actions;
class AppState;

/// The tool bar: project, branch, save and history at the left, search in the middle, the run bar and
/// Push at the right.
class MainToolBar : public QToolBar
{
    Q_OBJECT

public:
    MainToolBar(AppState &state, Actions &actions, QWidget *parent = nullptr);

    void setProject(const QString &name);
    void setBranch(const QString &branch); ///< empty: no repository, no chip
    void setPushCount(int count, bool possible);
    /// While a run goes on: what the Run button reads, and Stop is live.
    void setRunning(bool running, const QString &text);
    void setRunnable(bool runnable);
    QToolButton *projectButton() { return m_project; }
    QToolButton *branchButton() { return m_branch; }
    QToolButton *inputsButton() { return m_inputs; }

signals:
    void searchWanted();

private:
    AppState &m_state;
    Actions &m_actions;
    QToolButton *m_project;
    QToolButton *m_branch;
    QAction *m_branchAction = nullptr;
    QToolButton *m_inputs;
    QPushButton *m_run;
    QToolButton *m_stop;
    QToolButton *m_push;
    bool m_running = false;
};

} // namespace app
