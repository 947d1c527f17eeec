#pragma once

#include <QHash>
#include <QWidget>

#include <functional>

class QStackedLayout;
class QTreeView;

namespace app {

class AppState;
class Project;
class ProjectModel;

/// The files of the project. Opens them, makes, renames and deletes them; deleting asks.
class FilesPanel : public QWidget
{
    Q_OBJECT

public:
    explicit FilesPanel(AppState &state, QWidget *parent = nullptr);
    void setProject(Project *project); ///< null: none
    void setMarks(QHash<QString, QString> marks);
    void select(const QString &path);
    /// How a file or folder is renamed (`withId`: the flow in it too), and what is said before one is
    /// deleted; given by who knows the flows.
    void setRename(std::function<bool(const QString &from, const QString &to, bool withId)> rename) { m_rename = std::move(rename); }
    void setDeletionWarning(std::function<QString(const QString &path)> warning) { m_deletionWarning = std::move(warning); }

signals:
    void openWanted(const QString &path);
    void openFolderWanted();
    void newFlowWanted(const QString &folder);
    void failed(const QString &sentence);

private:
    void showMenu(QPoint position);
    void copy();
    void rename(const QString &path);
    void remove(const QString &path);

    Project *m_project = nullptr;
    ProjectModel *m_model;
    QTreeView *m_view;
    QStackedLayout *m_stack;
    std::function<bool(const QString &, const QString &, bool)> m_rename;
    std::function<QString(const QString &)> m_deletionWarning;
};

} // namespace app
