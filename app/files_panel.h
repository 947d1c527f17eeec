#pragma once

#include <QHash>
#include <QWidget>

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

signals:
    void openWanted(const QString &path);
    void openFolderWanted();
    void newFlowWanted(const QString &folder);
    void renamed(const QString &from, const QString &to);
    void failed(const QString &sentence);

private:
    void showMenu(QPoint position);
    void rename(const QString &path);
    void remove(const QString &path);

    Project *m_project = nullptr;
    ProjectModel *m_model;
    QTreeView *m_view;
    QStackedLayout *m_stack;
};

} // namespace app
