#include "app/main_window.h"

#include "app/app_state.h"
#include "app/bar_button.h"
#include "app/canvas_bar.h"
#include "app/docks.h"
#include "app/files_panel.h"
#include "app/git_dock.h"
#include "app/inspector/inspector.h"
#include "app/main_tool_bar.h"
#include "app/messages.h"
#include "app/outline_panel.h"
#include "app/palette_panel.h"
#include "app/problems_panel.h"
#include "app/project/project_tools.h"
#include "app/run/history_panel.h"
#include "app/run/run_controller.h"
#include "app/run/run_panel.h"
#include "app/status_line.h"
#include "app/welcome_page.h"
#include "canvas/canvas_view.h"
#include "editor/editor_pane.h"
#include "git/ui/changes_panel.h"
#include "git/ui/push_panel.h"
#include "ui/themed_icons.h"
#include "ui/tr.h"

#include <QAction>
#include <QDir>
#include <QFileDialog>
#include <QMenu>
#include <QToolButton>

namespace app {

void MainWindow::makePanels()
{
    m_files = new FilesPanel(m_state);
    m_palette = new PalettePanel(m_state);
    m_outline = new OutlinePanel(m_state);
    m_problems = new ProblemsPanel(m_state);
    m_runs = new RunController(m_state, *m_documents, this);
    m_git = new GitDock(m_state, *m_documents, this);
    m_tools = new ProjectTools(m_state, *m_documents, *m_runs, this);
    auto *newFlowHere = new QAction(Tr::tr("New flow"), this);
    ui::setThemedIcon(newFlowHere, QStringLiteral("add"), m_state.theme());
    connect(newFlowHere, &QAction::triggered, this, &MainWindow::newFlow);
    m_docks->add(QStringLiteral("files"), Tr::tr("Files"), QStringLiteral("folder"), m_files, Qt::LeftDockWidgetArea, {newFlowHere});
    m_docks->add(QStringLiteral("palette"), Tr::tr("Palette"), QStringLiteral("palette"), m_palette, Qt::LeftDockWidgetArea);
    m_docks->add(QStringLiteral("outline"), Tr::tr("Outline"), QStringLiteral("outline"), m_outline, Qt::LeftDockWidgetArea);
    m_docks->add(QStringLiteral("history"), Tr::tr("Run history"), QStringLiteral("runs"), m_runs->historyPanel(), Qt::LeftDockWidgetArea);
    m_tools->addDocks(*m_docks);
    m_docks->add(QStringLiteral("git"), QStringLiteral("Git"), QStringLiteral("branch"), m_git->changesPanel(), Qt::LeftDockWidgetArea);
    m_docks->add(QStringLiteral("problems"), Tr::tr("Problems"), QStringLiteral("problems"), m_problems, Qt::BottomDockWidgetArea);
    m_docks->add(QStringLiteral("runs"), Tr::tr("Runs"), QStringLiteral("runs"), m_runs->runPanel(), Qt::BottomDockWidgetArea);
    m_inspector = new Inspector(m_state.theme());
    m_inspector->setSentences([](const flow::Diagnostic &problem) { return sentence(problem); }, [](const flow::Error &error) { return sentence(error); });
    m_inspector->form().setFilePicker([this](QWidget *parent) { return chooseFlowFile(parent); });
    m_docks->add(QStringLiteral("inspector"), Tr::tr("Inspector"), QStringLiteral("wand"), m_inspector, Qt::RightDockWidgetArea);
    m_docks->add(QStringLiteral("push"), Tr::tr("Push"), QStringLiteral("push"), m_git->pushPanel(), Qt::RightDockWidgetArea);
}

/// A file of the open flow's namespace, as a flow names it.
QString MainWindow::chooseFlowFile(QWidget *parent)
{
    FlowPage *page = m_documents->currentFlow();
    const QString folder = page && m_project ? m_project->filesFolder(QString::fromStdString(page->session().freshSnapshot().flow->namespaceId)) : QString();
    if (folder.isEmpty()) {
        m_status->showMessage(Tr::tr("This flow's namespace has no folder for files."), 4000);
        return {};
    }
    const QString file = QDir::cleanPath(QFileDialog::getOpenFileName(parent, Tr::tr("Choose a file"), folder));
    if (file.startsWith(folder + QLatin1Char('/')))
        return QStringLiteral("nsfile:///") + file.mid(folder.size() + 1);
    if (!file.isEmpty() && file != QLatin1String("."))
        m_status->showMessage(Tr::tr("A flow reads only files of its namespace, below %1.").arg(folder), 6000);
    return {};
}

void MainWindow::wirePanels()
{
    connect(m_documents, &DocumentArea::currentChanged, this, &MainWindow::showCurrentPage);
    connect(m_documents, &DocumentArea::opened, this, &MainWindow::watchPage);
    connect(m_documents, &DocumentArea::newFlowWanted, this, &MainWindow::newFlow);
    connect(m_documents, &DocumentArea::failed, this, &MainWindow::say);
    connect(m_documents, &DocumentArea::closing, this, [this](DocumentPage *page) {
        m_problems->model().removeFile(page->filePath().isEmpty() ? page->title() : page->filePath());
    });
    connect(m_documents, &DocumentArea::saved, this, [this] {
        if (m_project)
            m_project->refresh();
    });
    connect(m_welcome, &WelcomePage::newFlowWanted, this, &MainWindow::newFlow);
    connect(m_welcome, &WelcomePage::openFolderWanted, this, &MainWindow::openFolderByDialog);
    connect(m_welcome, &WelcomePage::projectChosen, this, &MainWindow::openPath);
    connect(m_welcome, &WelcomePage::exampleChosen, this, &MainWindow::openPath);
    connect(m_files, &FilesPanel::openWanted, this, &MainWindow::openFile);
    connect(m_files, &FilesPanel::openFolderWanted, this, &MainWindow::openFolderByDialog);
    connect(m_files, &FilesPanel::failed, this, &MainWindow::say);
    connect(m_files, &FilesPanel::newFlowWanted, this, [this](const QString &) { newFlow(); });
    m_files->setRename([this](const QString &from, const QString &to, bool withId) { return m_tools->renameFile(from, to, withId); });
    m_files->setDeletionWarning([this](const QString &path) { return m_tools->deletionWarning(path); });
    connect(m_tools, &ProjectTools::openWanted, this, &MainWindow::openFile);
    connect(m_tools, &ProjectTools::projectWanted, this, &MainWindow::openPath);
    connect(m_tools, &ProjectTools::failed, this, &MainWindow::say);
    connect(m_tools, &ProjectTools::said, m_status, [this](const QString &sentence) { m_status->showMessage(sentence, 4000); });
    connect(m_tools, &ProjectTools::placeWanted, this, [this](const QString &path, std::size_t offset, std::size_t length) {
        DocumentPage *page = openFile(path);
        if (page && page->editorPane())
            page->editorPane()->view().select({offset, offset + length});
    });
    connect(m_problems, &ProblemsPanel::fixesWanted, this, [this](const Problem &problem, QPoint position) {
        for (FlowPage *flow : m_documents->flows())
            if (flow->filePath() == problem.file || flow->title() == problem.file) {
                m_documents->show(flow);
                flow->textPane().navigation().showFixesOf(problem.offset, problem.code, position);
            }
    });
    connect(m_palette, &PalettePanel::typeChosen, this, [this](const QString &type) {
        if (FlowPage *flow = m_documents->currentFlow()) {
            flow->canvas().addType(type);
            flow->focusText();
        }
    });
    connect(&m_state, &AppState::themeChanged, m_inspector, &Inspector::setTheme);
    connect(m_inspector, &Inspector::status, m_status, [this](const QString &sentence) { m_status->showMessage(sentence, 4000); });
    connect(m_inspector, &Inspector::jumpWanted, this, [this](std::size_t offset) {
        if (FlowPage *flow = m_documents->currentFlow())
            flow->jumpTo(offset);
    });
    connect(m_runs, &RunController::overlayChanged, this, &MainWindow::tellLastRun);
    connect(m_outline, &OutlinePanel::jumpWanted, this, [this](std::size_t offset) {
        if (FlowPage *flow = m_documents->currentFlow())
            flow->jumpTo(offset);
    });
    connect(m_problems, &ProblemsPanel::jumpWanted, this, [this](const Problem &problem) {
        for (FlowPage *flow : m_documents->flows())
            if (flow->filePath() == problem.file || flow->title() == problem.file) {
                m_documents->show(flow);
                flow->jumpTo(problem.offset);
            }
    });
    connect(&m_problems->model(), &ProblemsModel::countsChanged, this, [this] {
        const ProblemsModel &model = m_problems->model();
        const int errors = model.count(flow::Severity::Error), warnings = model.count(flow::Severity::Warning);
        m_status->setProblems(errors, warnings, model.count(flow::Severity::Hint));
        m_docks->setCount(QStringLiteral("problems"), model.rowCount(),
                          errors > 0 ? QStringLiteral("failed") : warnings > 0 ? QStringLiteral("warning") : QString());
    });
    connect(m_status, &StatusLine::problemsWanted, this, [this] { m_docks->reveal(QStringLiteral("problems")); });
    connect(m_status, &StatusLine::runWanted, this, [this] { m_docks->reveal(QStringLiteral("runs")); });
    connect(m_status, &StatusLine::branchWanted, this, [this] { m_docks->reveal(QStringLiteral("git")); });
    connect(m_toolBar, &MainToolBar::searchWanted, this, [this] { showPalette({}); });

    auto *projectMenu = new QMenu(this);
    m_toolBar->projectButton()->setMenu(projectMenu);
    connect(projectMenu, &QMenu::aboutToShow, this, [this, projectMenu] {
        fillRecentMenu(projectMenu);
        projectMenu->addSeparator();
        for (const char *id : {"file.open", "file.example", "file.closeProject"})
            if (m_actions->contains(QLatin1String(id)))
                projectMenu->addAction((*m_actions)[QLatin1String(id)]);
    });
}

void MainWindow::wireRuns()
{
    auto *inputs = new QMenu(this);
    m_toolBar->inputsButton()->setMenu(inputs);
    connect(inputs, &QMenu::aboutToShow, this, [this, inputs] { m_runs->fillInputsMenu(inputs, m_documents->currentFlow()); });
    connect(m_runs, &RunController::inputsChoiceChanged, m_toolBar, &MainToolBar::setInputs);
    connect(m_runs, &RunController::runningChanged, this, [this](bool running, const QString &text) {
        m_toolBar->setRunning(running, text);
        m_status->setEngine(m_runs->engineText());
        updateActions();
    });
    connect(m_runs, &RunController::statusChanged, m_status, &StatusLine::setRun);
    connect(m_runs, &RunController::panelWanted, this, [this] { m_docks->reveal(QStringLiteral("runs"), false); });
    connect(m_runs, &RunController::failed, this, &MainWindow::say);
    connect(m_runs, &RunController::openFileWanted, this, [this](const QString &path) { openFile(path); });
    m_status->setEngine(m_runs->engineText());
}

void MainWindow::wireGit()
{
    const auto show = [this] {
        const git::RepositoryState &state = m_git->controller().state();
        const git::Branch *branch = state.currentBranch();
        const QString name = !state.isRepository ? QString()
                             : state.head.detached ? QString::fromStdString(state.head.oid).left(7)
                                                   : QString::fromStdString(state.head.branch);
        m_toolBar->setBranch(name);
        m_toolBar->setPushCount(m_git->commitsToPush(), state.isRepository && !m_git->controller().busy());
        (*m_actions)[QStringLiteral("git.newBranch")]->setEnabled(state.isRepository);
        (*m_actions)[QStringLiteral("git.push")]->setEnabled(state.isRepository && !m_git->controller().busy());
        m_status->setBranch(name, branch ? int(branch->ahead) : 0, branch ? int(branch->behind) : 0);
        m_files->setMarks(m_git->marks());
        m_docks->setCount(QStringLiteral("git"), m_git->changedFiles());
    };
    connect(m_git, &GitDock::changed, this, show);
    connect(&m_git->controller(), &git::GitController::progressChanged, this, [this] {
        const git::PushProgress &push = m_git->controller().progress();
        if (push.phase == git::PushPhase::NotPushed)
            m_status->setRun(QStringLiteral("FAILED"), Tr::tr("Not pushed: %1").arg(push.words.cause.section(QLatin1Char('\n'), 0, 0)));
        else if (push.phase == git::PushPhase::Pushed)
            m_status->setRun(QStringLiteral("SUCCESS"), Tr::tr("Pushed %1").arg(push.oid.left(7)));
    });
    connect(m_git, &GitDock::failed, this, &MainWindow::say);
    connect(m_git->pushPanel(), &git::PushPanel::closeWanted, this, [this] { m_docks->conceal(QStringLiteral("push")); });
    connect(m_git, &GitDock::pushStarted, this, [this] { m_docks->reveal(QStringLiteral("push"), false); });
    auto *branches = new QMenu(this);
    m_toolBar->branchButton()->setMenu(branches);
    connect(branches, &QMenu::aboutToShow, this, [this, branches] {
        branches->clear();
        for (const git::Branch &branch : m_git->controller().state().branches) {
            const QString name = QString::fromStdString(branch.name);
            QAction *action = branches->addAction(name, this, [this, name] { m_git->controller().switchBranch(name); });
            action->setCheckable(true);
            action->setChecked(branch.current);
            action->setEnabled(!branch.current);
        }
        branches->addSeparator();
        branches->addAction((*m_actions)[QStringLiteral("git.newBranch")]);
        branches->addAction((*m_actions)[QStringLiteral("git.changes")]);
    });
    show();
}

/// Push begins in the changes panel: there is the message to write and the files to choose.
void MainWindow::beginPush()
{
    m_docks->reveal(QStringLiteral("git"), false);
    if (m_git->changedFiles() == 0 && m_git->commitsToPush() > 0) {
        m_docks->reveal(QStringLiteral("push"), false);
        m_git->controller().commitAndPush({QString::fromStdString(m_git->controller().state().head.branch), {}, {}});
        return;
    }
    m_git->changesPanel()->beginCommit();
}

} // namespace app
