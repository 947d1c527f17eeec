#pragma once

#include "git/ui/git_controller.h"
#include "ui/theme.h"

#include <QWidget>

class QLabel;
class QHBoxLayout;
class QVBoxLayout;

namespace git {

/// The push pipeline: each step with its state, fact and time; under the failed one the cause, what is
/// safe, one primary action and what the remote said. GUI thread.
class PushPanel : public QWidget
{
    Q_OBJECT

public:
    PushPanel(GitController &controller, const ui::Theme &theme, QWidget *parent = nullptr);

    void setTheme(const ui::Theme &theme);

signals:
    void closeWanted();

private:
    void rebuild();
    QWidget *makeHead();
    QWidget *makeStep(const PushStep &step, bool last);
    QWidget *makeBanner();
    void addPrimaryAction(QHBoxLayout &layout);
    void addRemoteWords(QVBoxLayout &layout);
    void askForCredentials(const CredentialsQuestion &question);
    void askForIdentity();
    void askForRemote();
    void askForBranch();

    GitController &m_controller;
    ui::Theme m_theme;
    QVBoxLayout *m_layout;
    QWidget *m_content = nullptr;
};

/// `Commit`, `Push`, … translated.
QString stepName(StepId id);

} // namespace git
