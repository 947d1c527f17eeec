#pragma once

#include "git/ui/changes_model.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QPlainTextEdit;
class QPushButton;
class QStackedWidget;
class QToolButton;
class QTreeView;

namespace git {

/// Branch, message, changed files and the one button that says what it does. GUI thread; shows a
/// GitController's state and hands wishes to it.
class ChangesPanel : public QWidget
{
    Q_OBJECT

public:
    ChangesPanel(GitController &controller, const ui::Theme &theme, ChangesModel::IsFlow isFlow, QWidget *parent = nullptr);

    void setTheme(const ui::Theme &theme);
    /// Puts the caret into the message: where Commit and push begins.
    void beginCommit();
    QString message() const;
    void askForBranch(); ///< makes a branch at the last commit

signals:
    /// A file was chosen: show its diff.
    void fileActivated(const QString &path);
    void pushStarted();

private:
    QWidget *makeBody();
    QWidget *makeEmpty();
    void updateState();
    void updateButton();
    void showBranchMenu();
    void commitAndPush();

    GitController &m_controller;
    ui::Theme m_theme;
    ChangesModel *m_model;
    QStackedWidget *m_pages = nullptr;
    QToolButton *m_branch = nullptr;
    QPushButton *m_fetch = nullptr;
    QPlainTextEdit *m_message = nullptr;
    QLabel *m_counter = nullptr;
    QLabel *m_clean = nullptr;
    QPushButton *m_commit = nullptr;
    QTreeView *m_files = nullptr;
};

} // namespace git
