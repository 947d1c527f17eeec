#pragma once

#include "git/ui/git_controller.h"

#include <QHash>
#include <QObject>

namespace git {
class ChangesPanel;
class PushPanel;
}

namespace app {

class AppState;
class DiffPage;
class DocumentArea;
class Project;

/// The Git side of the window: one controller for the project's folder, its two panels, and what a push
/// needs from the rest (saving, checking the flows). Owns the controller; the docks own the panels.
class GitDock : public QObject
{
    Q_OBJECT

public:
    GitDock(AppState &state, DocumentArea &documents, QObject *parent = nullptr);

    git::GitController &controller() { return *m_controller; }
    git::ChangesPanel *changesPanel() { return m_changes; }
    git::PushPanel *pushPanel() { return m_push; }
    void setProject(const Project *project); ///< null: none
    /// Absolute path to `M`, `A`, `D`, `U`.
    QHash<QString, QString> marks() const;
    int changedFiles() const;
    int commitsToPush() const;

signals:
    void changed();
    void pushStarted();
    void failed(const QString &sentence);

private:
    git::GitController::CheckResult save(const QStringList &paths);
    git::GitController::CheckResult validate(const QStringList &paths);
    void showDiff(const QString &path);

    AppState &m_state;
    DocumentArea &m_documents;
    const Project *m_project = nullptr;
    git::GitController *m_controller;
    git::ChangesPanel *m_changes;
    git::PushPanel *m_push;
};

} // namespace app
