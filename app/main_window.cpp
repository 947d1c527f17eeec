#include "app/main_window.h"

#include "app/app_state.h"
#include "app/docks.h"
#include "app/files_panel.h"
#include "app/git_dock.h"
#include "app/inspector/inspector.h"
#include "app/main_tool_bar.h"
#include "app/outline_panel.h"
#include "app/problems_panel.h"
#include "app/project_neighbours.h"
#include "app/project/blueprints.h"
#include "app/project/project_tools.h"
#include "app/run/run_controller.h"
#include "app/run/task_last_run.h"
#include "app/status_line.h"
#include "app/text_page.h"
#include "app/welcome_page.h"
#include "canvas/canvas_view.h"
#include "editor/editor_pane.h"
#include "editor/recovery.h"
#include "ui/themed_icons.h"
#include "ui/tr.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QStackedWidget>

namespace app {

namespace {

constexpr int kCollapseLeftBelow = 1280;

} // namespace

MainWindow::MainWindow(AppState &state, QWidget *parent)
    : QMainWindow(parent), m_state(state), m_actions(new Actions(this)), m_docks(nullptr), m_centre(new QStackedWidget),
      m_welcome(nullptr), m_documents(new DocumentArea(state)), m_toolBar(nullptr), m_strip(nullptr), m_status(new StatusLine(state))
{
    setObjectName(QStringLiteral("mainWindow"));
    setWindowIcon(state.theme().icon(QStringLiteral("leat-32"), state.theme().color("accent")));
    setMinimumSize(720, 480);
    resize(1600, 1000);
    m_docks = new Docks(this, state);
    m_welcome = new WelcomePage(state);
    m_centre->addWidget(m_welcome);
    m_centre->addWidget(m_documents);
    setCentralWidget(m_centre);
    setStatusBar(m_status);
    makePanels();
    makeActions();
    makeFlowActions();
    m_toolBar = new MainToolBar(state, *m_actions);
    addToolBar(Qt::TopToolBarArea, m_toolBar);
    m_strip = new QToolBar(Tr::tr("Panels"));
    m_strip->setObjectName(QStringLiteral("leftStrip"));
    m_strip->setMovable(false);
    m_strip->setContextMenuPolicy(Qt::PreventContextMenu);
    m_strip->setIconSize({20, 20});
    m_docks->fillStrip(m_strip, {QStringLiteral("files"), QStringLiteral("palette"), QStringLiteral("outline"), QStringLiteral("search"), QStringLiteral("history"), QStringLiteral("steps"), QStringLiteral("git")},
                       {(*m_actions)[QStringLiteral("help.keys")], (*m_actions)[QStringLiteral("file.settings")]});
    addToolBar(Qt::LeftToolBarArea, m_strip);
    makeMenus();
    wirePanels();
    wireRuns();
    wireGit();

    m_docks->arrangeDefault();
    restoreGeometry(state.settings().bytes(QStringLiteral("window/geometry")));
    m_docks->restore(state.settings().bytes(QStringLiteral("window/layout")));
    connect(&state, &AppState::themeChanged, this, [this](const ui::Theme &theme) { ui::refreshIcons(this, theme); });
    showWelcome(true);
    updateActions();
    updateTitle();
}

MainWindow::~MainWindow() = default;

bool MainWindow::openPath(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists())
        return false;
    QString folder = info.isDir() ? info.absoluteFilePath() : info.absolutePath();
    if (!info.isDir()) { // <project>/<namespace>/flows/<id>.yaml
        const QDir place(folder);
        if (place.dirName() == QLatin1String("flows"))
            folder = QDir::cleanPath(folder + QStringLiteral("/../.."));
        else if (place.dirName() == QLatin1String("_flows"))
            folder = QDir::cleanPath(folder + QStringLiteral("/.."));
    }
    if (!m_project || m_project->folder() != QDir(folder).absolutePath()) {
        if (!m_documents->mayCloseAll())
            return true;
        setProject(std::make_unique<Project>(folder));
        if (info.isDir())
            restoreOpenFiles();
        offerRecovered();
    }
    if (!info.isDir())
        openFile(info.absoluteFilePath());
    return true;
}

void MainWindow::setProject(std::unique_ptr<Project> project)
{
    rememberOpenFiles();
    m_documents->closeAll();
    m_files->setProject(nullptr);
    m_git->setProject(nullptr);
    m_runs->setProject(nullptr);
    m_tools->setProject(nullptr);
    m_project = std::move(project);
    m_state.setProject(m_project ? m_project->folder() : QString());
    if (m_project) {
        m_state.settings().addRecentProject(m_project->folder());
        m_documents->setDefaultFolder(m_project->folder());
        m_files->setProject(m_project.get());
        m_git->setProject(m_project.get());
        m_runs->setProject(m_project.get());
        m_tools->setProject(m_project.get());
        m_toolBar->setProject(m_project->name());
        connect(m_project.get(), &Project::changed, this, &MainWindow::tellProject);
    }
    showWelcome(!m_project);
    updateTitle();
    updateActions();
}

void MainWindow::closeProject()
{
    if (m_documents->mayCloseAll())
        setProject(nullptr);
}

void MainWindow::showWelcome(bool welcome)
{
    m_centre->setCurrentIndex(welcome ? 0 : 1);
    m_docks->setAllVisible(!welcome); // before the bars: what it saves holds them too
    m_toolBar->setVisible(!welcome);
    m_strip->setVisible(!welcome);
    if (!welcome && !m_arranged && m_state.settings().bytes(QStringLiteral("window/layout")).isEmpty()) {
        m_arranged = true;
        m_docks->arrangeDefault();
        QTimer::singleShot(0, m_docks, &Docks::arrangeSizes); // sizes hold once the docks are laid out
    }
    m_status->setWelcome(welcome);
    if (welcome)
        m_welcome->refresh();
}

DocumentPage *MainWindow::openFile(const QString &path)
{
    DocumentPage *page = m_documents->openFile(path, m_project && m_project->isFlow(path));
    if (page)
        page->focusText();
    return page;
}

void MainWindow::openFolderByDialog()
{
    const QString folder = QFileDialog::getExistingDirectory(this, Tr::tr("Open folder"), m_project ? m_project->folder() : QDir::homePath());
    if (!folder.isEmpty())
        openPath(folder);
}

/// A flow of one task that runs as it is. Without a project a folder is asked for first.
void MainWindow::newFlow()
{
    if (!m_project) {
        openFolderByDialog();
        if (!m_project)
            return;
    }
    const QString namespaceId = m_project->flows().empty() || m_project->flows().front().namespaceId.isEmpty()
                                    ? QStringLiteral("company.team") : m_project->flows().front().namespaceId;
    QString id = QStringLiteral("new_flow");
    for (int n = 2; m_project->findFlow(namespaceId, id) || m_documents->pageOf(m_project->folder() + QLatin1Char('/') + id); ++n)
        id = QStringLiteral("new_flow_%1").arg(n);
    const QString folder = m_project->folder() + QLatin1Char('/') + namespaceId + QStringLiteral("/flows");
    m_documents->setDefaultFolder(folder);
    m_documents->newFlow(id + QStringLiteral(".yaml"), flowFrom(emptyFlow(), id.toStdString(), namespaceId.toStdString(), *m_state.catalog()))->focusText();
}

void MainWindow::showCurrentPage(DocumentPage *page)
{
    auto *flow = qobject_cast<FlowPage *>(page);
    m_outline->setFlow(flow ? flow->session().snapshot().flow : nullptr);
    m_files->select(page ? page->filePath() : QString());
    m_runs->setCurrentFlow(flow);
    m_inspector->setSession(flow ? &flow->session() : nullptr);
    m_inspector->setSubject(flow ? QString::fromStdString(flow->currentTask()) : QString());
    if (flow) {
        m_outline->setCurrentTask(QString::fromStdString(flow->currentTask()));
        const bool crlf = flow->session().text().find("\r\n") != std::string::npos;
        m_status->setFile(crlf ? QStringLiteral("UTF-8 · CRLF") : QStringLiteral("UTF-8 · LF"));
    } else {
        m_status->setFile({});
    }
    const QPoint place = page ? page->caretPlace() : QPoint();
    m_status->setPlace(place.y(), place.x());
    updateActions();
    updateTitle();
}

void MainWindow::watchPage(DocumentPage *page)
{
    connect(page, &DocumentPage::historyChanged, this, &MainWindow::updateActions);
    connect(page, &DocumentPage::modifiedChanged, this, [this] {
        updateActions();
        updateTitle();
    });
    connect(page, &DocumentPage::caretMoved, this, [this, page](int line, int column) {
        if (m_documents->current() == page)
            m_status->setPlace(line, column);
    });
    auto *flow = qobject_cast<FlowPage *>(page);
    if (!flow)
        return;
    connect(flow, &FlowPage::analysed, this, [this, flow] {
        refreshProblems(flow);
        if (m_documents->current() == flow)
            m_outline->setFlow(flow->session().snapshot().flow);
    });
    connect(flow, &FlowPage::currentTaskChanged, this, [this, flow](const QString &path) {
        if (m_documents->current() != flow)
            return;
        m_outline->setCurrentTask(path);
        m_inspector->setSubject(path);
        tellLastRun();
        updateActions();
    });
    connect(&flow->canvas(), &canvas::CanvasView::selectionChanged, this, &MainWindow::updateActions);
    connect(flow, &FlowPage::openFlowWanted, this, [this](const QString &space, const QString &id) {
        if (const FlowFile *file = m_project ? m_project->findFlow(space, id) : nullptr)
            openFile(file->path);
        else
            say(Tr::tr("The project has no flow %1 in %2.").arg(id, space));
    });
    flow->setNeighbours(std::make_unique<ProjectNeighbours>(*flow, *m_documents, m_state.catalog(), [this] { return m_project.get(); },
                                                            [flow](const QString &sentence) { flow->showError(sentence); }));
    flow->setProjectFolder([this] { return m_project ? m_project->folder() : QString(); });
    m_runs->watch(flow);
    refreshProblems(flow);
    tellProject();
}

void MainWindow::refreshProblems(FlowPage *page)
{
    m_problems->model().setProblems(page->filePath().isEmpty() ? page->title() : page->filePath(), page->problems());
}

void MainWindow::updateActions()
{
    DocumentPage *page = m_documents->current();
    FlowPage *flow = m_documents->currentFlow();
    const auto enable = [this](const char *id, bool on) { (*m_actions)[QLatin1String(id)]->setEnabled(on); };
    bool modified = false;
    for (DocumentPage *open : m_documents->pages())
        modified |= open->isModified();
    enable("file.save", page && (page->isModified() || page->filePath().isEmpty()));
    enable("file.saveAs", page);
    enable("file.saveAll", modified);
    enable("file.closeTab", page);
    enable("file.closeProject", m_project != nullptr);
    const QUndoStack *history = page && page->documentSession() ? &page->documentSession()->history() : nullptr;
    QAction *undo = (*m_actions)[QStringLiteral("edit.undo")];
    QAction *redo = (*m_actions)[QStringLiteral("edit.redo")];
    undo->setEnabled(history ? history->canUndo() : page != nullptr);
    redo->setEnabled(history ? history->canRedo() : page != nullptr);
    undo->setText(history && history->canUndo() ? Tr::tr("&Undo %1").arg(history->undoText()) : Tr::tr("&Undo"));
    redo->setText(history && history->canRedo() ? Tr::tr("&Redo %1").arg(history->redoText()) : Tr::tr("&Redo"));
    const bool text = page && page->editorPane();
    const bool writable = text && page->documentSession() && !page->documentSession()->isReadOnly();
    for (const Actions::Entry &entry : m_actions->entries())
        if (entry.id.startsWith(QLatin1String("flow.")) || entry.id.startsWith(QLatin1String("canvas.")))
            entry.action->setEnabled(flow != nullptr);
        else if (entry.id.startsWith(QLatin1String("text.")))
            entry.action->setEnabled(text);
    for (const char *id : {"text.comment", "text.moveUp", "text.moveDown", "text.duplicate", "text.delete", "text.replace"})
        enable(id, writable);
    for (const char *id : {"text.format", "text.fixAll", "flow.addTask"})
        enable(id, flow && writable);
    const bool chosen = flow && !flow->canvas().selected().isEmpty();
    enable("canvas.duplicate", chosen && writable);
    enable("canvas.remove", chosen && writable);
    enable("view.goToFile", m_project != nullptr);
    enable("window.next", m_documents->pages().size() > 1);
    enable("window.previous", m_documents->pages().size() > 1);
    const QWidget *focus = QApplication::focusWidget();
    for (const auto &[id, slot] : {std::pair{"edit.cut", "cut()"}, std::pair{"edit.copy", "copy()"}, std::pair{"edit.paste", "paste()"}})
        enable(id, focus && focus->metaObject()->indexOfMethod(slot) >= 0);
    enable("run.again", flow && !m_runs->isRunning());
    m_toolBar->setRunnable(flow != nullptr);
    enable("run.run", flow && !m_runs->isRunning());
    (*m_actions)[QStringLiteral("run.run")]->setToolTip(flow ? Tr::tr("Run (%1)").arg(QStringLiteral("Ctrl+E")) : Tr::tr("Open a flow to run it"));
    enable("run.stop", m_runs->isRunning());
    enable("run.resume", m_runs->canResume());
}

void MainWindow::updateTitle()
{
    const DocumentPage *page = m_documents->current();
    QStringList parts;
    if (page)
        parts.append(page->title());
    if (m_project)
        parts.append(m_project->name());
    parts.append(QStringLiteral("Leat"));
    setWindowTitle(parts.join(QStringLiteral(" · ")) + QStringLiteral("[*]"));
    setWindowModified(page && page->isModified());
}

void MainWindow::rememberOpenFiles()
{
    if (!m_project)
        return;
    QStringList open;
    for (DocumentPage *page : m_documents->pages())
        if (!page->filePath().isEmpty())
            open.append(page->filePath());
    QVariantMap all = m_state.settings().value(QStringLiteral("recent/open")).toMap();
    all.insert(m_project->folder(), open);
    all.insert(m_project->folder() + QStringLiteral("#current"), m_documents->current() ? m_documents->current()->filePath() : QString());
    m_state.settings().setValue(QStringLiteral("recent/open"), all);
}

/// The tabs of last time; the first time the first flow, so that the window never opens empty.
void MainWindow::restoreOpenFiles()
{
    const QVariantMap all = m_state.settings().value(QStringLiteral("recent/open")).toMap();
    for (const QString &path : all.value(m_project->folder()).toStringList())
        if (QFileInfo::exists(path))
            m_documents->openFile(path, m_project->isFlow(path));
    if (DocumentPage *page = m_documents->pageOf(all.value(m_project->folder() + QStringLiteral("#current")).toString()))
        m_documents->show(page);
    if (m_documents->pages().isEmpty() && !m_project->flows().empty())
        openFile(m_project->flows().front().path);
}

/// Texts that were not saved when their program ended: those of this project open with an offer.
void MainWindow::offerRecovered()
{
    for (const editor::RecoveredText &found : editor::recoverableTexts(recoveryFolder())) {
        if (found.path.isEmpty()) {
            m_documents->newFlow(Tr::tr("recovered.yaml"), found.text);
            QFile::remove(found.swapFile);
        } else if (found.path.startsWith(m_project->folder() + QLatin1Char('/')) && QFileInfo::exists(found.path)) {
            DocumentPage *page = openFile(found.path);
            if (auto *flow = qobject_cast<FlowPage *>(page))
                flow->offerRecovered(found.swapFile, found.text);
            else if (auto *text = qobject_cast<TextPage *>(page))
                text->offerRecovered(found.swapFile, found.text);
        }
    }
}

/// The inspector knows what the last run did with its task.
void MainWindow::tellLastRun()
{
    FlowPage *flow = m_documents->currentFlow();
    const RunRecord *record = flow ? m_runs->lastOf(flow) : nullptr;
    const flow::Snapshot snapshot = flow ? flow->session().snapshot() : flow::Snapshot();
    const flow::Task *task = record && snapshot.flow ? snapshot.flow->findByPath(flow->currentTask()) : nullptr;
    m_inspector->setLastRun(task ? std::optional(lastRunOf(*record, task->id, QDateTime::currentMSecsSinceEpoch())) : std::nullopt);
}

/// Completion and the warnings know the other flows of the project.
void MainWindow::tellProject()
{
    std::vector<editor::ProjectFlow> flows;
    auto names = std::make_shared<editor::FlowNames>();
    if (m_project)
        for (const FlowFile &file : m_project->flows()) {
            flows.push_back({file.namespaceId.toStdString(), file.id.toStdString(), {}});
            names->insert({file.namespaceId.toStdString(), file.id.toStdString()});
            for (const QString &input : file.inputs)
                flows.back().inputs.push_back(input.toStdString());
        }
    for (FlowPage *page : m_documents->flows()) {
        page->textPane().assist().setProject(flows);
        page->session().setFlowNames(m_project ? names : nullptr);
    }
}

void MainWindow::say(const QString &sentence)
{
    QMessageBox box(QMessageBox::NoIcon, QStringLiteral("Leat"), sentence, QMessageBox::NoButton, this);
    box.addButton(Tr::tr("Close"), QMessageBox::RejectRole);
    box.exec();
}

/// Who comes back from another program may have changed files there.
void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::ActivationChange && isActiveWindow() && m_git)
        m_git->controller().refresh();
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_documents->mayCloseAll() || !m_runs->mayClose(this)) {
        event->ignore();
        return;
    }
    rememberOpenFiles();
    m_state.settings().setBytes(QStringLiteral("window/geometry"), saveGeometry());
    m_state.settings().setBytes(QStringLiteral("window/layout"), m_docks->save());
    event->accept();
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() && event->mimeData()->urls().front().isLocalFile())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    for (const QUrl &url : event->mimeData()->urls()) {
        const QString path = url.toLocalFile();
        if (QFileInfo(path).isDir() || !m_project)
            openPath(path);
        else
            openFile(path);
    }
    event->acceptProposedAction();
}

/// Below 1280 the left docks make room; they come back with the room.
void MainWindow::resizeEvent(QResizeEvent *event)
{
    QMainWindow::resizeEvent(event);
    const bool narrow = event->size().width() < kCollapseLeftBelow;
    if (!m_project || narrow == m_leftCollapsed || !m_docks->dock(QStringLiteral("files")))
        return;
    m_leftCollapsed = narrow;
    for (const char *id : {"files", "palette"})
        m_docks->dock(QLatin1String(id))->setVisible(!narrow);
}

} // namespace app
