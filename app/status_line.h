#pragma once

#include <QStatusBar>

class QLabel;
class QToolButton;

namespace app {

class AppState;

/// The bar at the bottom: problems, branch, last run at the left; place, language, encoding and engine
/// at the right. Parts without anything to say are hidden.
class StatusLine : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusLine(AppState &state, QWidget *parent = nullptr);

    void setProblems(int errors, int warnings, int hints);
    void setBranch(const QString &branch, int ahead, int behind); ///< empty: no repository
    /// `look` is the state whose icon and colour it takes; an empty text hides it.
    void setRun(const QString &look, const QString &text);
    void setPlace(int line, int column); ///< 0: no text is shown
    void setFile(const QString &encoding);
    void setEngine(const QString &text);
    void setWelcome(bool welcome);

signals:
    void problemsWanted();
    void branchWanted();
    void runWanted();

private:
    QToolButton *button(const QString &icon);

    AppState &m_state;
    QToolButton *m_errors;
    QToolButton *m_warnings;
    QToolButton *m_hints;
    QToolButton *m_branch;
    QToolButton *m_run;
    QLabel *m_place;
    QLabel *m_dialect;
    QLabel *m_file;
    QLabel *m_engine;
    QToolButton *m_ready;   ///< of the welcome page
    QToolButton *m_offline; ///< of the welcome page
};

} // namespace app
