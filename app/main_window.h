#pragma once

#include "app/actions.h"
#include "app/command_palette.h"
#include "app/document_area.h"
#include "app/project.h"

#include <QMainWindow>

#include <memory>

class QStackedWidget;
class QToolBar;

namespace app {

class AppState;
class Docks;
class FilesPanel;
class GitDock;
class Inspector;
class MainToolBar;
class OutlinePanel;
class PalettePanel;
class ProblemsPanel;
class ProjectTools;
class RunController;
class StatusLine;
class WelcomePage;

/// The window: composition of the parts and their wiring, nothing else. One project at a time; without
/// one the welcome page fills it.
class MainWindow : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(AppState &state, QWidget *parent = nullptr);
    ~MainWindow() override;

    /// Opens a folder as the project, or the folder of a file and the file. False: it does not exist.
    bool openPath(const QString &path);
    void closeProject();

    AppState &state() { return m_state; }
    Actions &actions() { return *m_actions; }
    Docks &docks() { return *m_docks; }
    DocumentArea &documents() { return *m_documents; }
    GitDock &git() { return *m_git; }
    RunController &runs() { return *m_runs; }
    ProjectTools &tools() { return *m_tools; }
    const Project *project() const { return m_project.get(); }

protected:
    void changeEvent(QEvent *event) override;
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    // main_window_actions.cpp
    void makeActions();
    void makeFlowActions();
    void makeMenus();
    void fillRecentMenu(QMenu *menu);
    // main_window_panels.cpp
    void makePanels();
    void wirePanels();
    QString chooseFlowFile(QWidget *parent);
    void wireRuns();
    void wireGit();
    // main_window_palette.cpp
    void showPalette(const QString &start);
    void showFiles();
    QList<PaletteEntry> fileEntries();
    void showKeys();
    void walkAreas(int by);

    void setProject(std::unique_ptr<Project> project);
    void showWelcome(bool welcome);
    DocumentPage *openFile(const QString &path);
    void openFolderByDialog();
    void newFlow();
    void showCurrentPage(DocumentPage *page);
    void watchPage(DocumentPage *page);
    void refreshProblems(FlowPage *page);
    void updateActions();
    void updateTitle();
    void rememberOpenFiles();
    void restoreOpenFiles();
    void offerRecovered();
    void tellProject();
    void tellLastRun();
    void beginPush();
    void say(const QString &sentence); ///< a failure that has no panel of its own

    AppState &m_state;
    std::unique_ptr<Project> m_project;
    Actions *m_actions;
    Docks *m_docks;
    QStackedWidget *m_centre;
    WelcomePage *m_welcome;
    DocumentArea *m_documents;
    MainToolBar *m_toolBar;
    QToolBar *m_strip;
    StatusLine *m_status;
    FilesPanel *m_files = nullptr;
    PalettePanel *m_palette = nullptr;
    OutlinePanel *m_outline = nullptr;
    ProblemsPanel *m_problems = nullptr;
    RunController *m_runs = nullptr;
    GitDock *m_git = nullptr;
    Inspector *m_inspector = nullptr;
    ProjectTools *m_tools = nullptr;
    bool m_arranged = false;
    bool m_leftCollapsed = false; ///< by a narrow window, not by the user
};

} // namespace app
