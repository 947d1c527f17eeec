#pragma once

#include <QToolBar>


namespace app {

class Actions;
class AppState;
class BarButton;

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
    void setInputs(const QString &name); ///< what the inputs menu reads
    BarButton *projectButton() { return m_project; }
    BarButton *branchButton() { return m_branch; }
    BarButton *inputsButton() { return m_inputs; }

signals:
    void searchWanted();

private:
    AppState &m_state;
    Actions &m_actions;
    BarButton *m_project;
    BarButton *m_branch;
    QAction *m_branchAction = nullptr;
    BarButton *m_inputs;
    BarButton *m_run;
    QToolButton *m_stop;
    BarButton *m_push;
    bool m_running = false;
};

} // namespace app
