#include "app/main_window.h"

#include "app/about_dialog.h"
#include "app/app_state.h"
#include "app/canvas_bar.h"
#include "app/docks.h"
#include "app/git_dock.h"
#include "app/graph_output.h"
#include "app/palette_panel.h"
#include "app/project/project_tools.h"
#include "app/run/run_controller.h"
#include "app/schema_dialog.h"
#include "app/settings_dialog.h"
#include "app/welcome_page.h"
#include "canvas/canvas_view.h"
#include "editor/editor_pane.h"
#include "git/ui/changes_panel.h"
#include "ui/tr.h"

#include <QActionGroup>
#include <QApplication>
#include <QDir>
#include <QFileInfo>
#include <QMenu>
#include <QMenuBar>

namespace app {

namespace {

/// Cut, copy and paste belong to whatever has the focus; widgets agree on the names of the slots.
void sendToFocus(const char *slot)
{
    QWidget *widget = QApplication::focusWidget();
    if (widget && widget->metaObject()->indexOfMethod(QByteArray(slot) + "()") >= 0)
        QMetaObject::invokeMethod(widget, slot);
}

QList<QKeySequence> keys(std::initializer_list<const char *> texts)
{
    QList<QKeySequence> list;
    for (const char *text : texts)
        list.append(QKeySequence(QLatin1String(text)));
    return list;
}

} // namespace

void MainWindow::makeActions()
{
    const ui::Theme &theme = m_state.theme();
    const QString file = Tr::tr("File"), edit = Tr::tr("Edit"), view = Tr::tr("View"), git = Tr::tr("Git"), window = Tr::tr("Window"),
                  help = Tr::tr("Help"), run = Tr::tr("Run");
    const auto add = [&](const char *id, const QString &group, const QString &text, const char *icon, std::initializer_list<const char *> shortcut,
                         std::function<void()> call) {
        return m_actions->add(QLatin1String(id), group, text, QLatin1String(icon), theme, keys(shortcut), std::move(call));
    };
    const auto onPage = [this](void (DocumentPage::*act)()) {
        if (DocumentPage *page = m_documents->current())
            (page->*act)();
    };
    add("file.new", file, Tr::tr("&New flow"), "add", {"Ctrl+N"}, [this] { newFlow(); });
    add("file.open", file, Tr::tr("&Open folder…"), "folder-open", {"Ctrl+O"}, [this] { openFolderByDialog(); });
    if (const QString examples = examplesFolder(); !examples.isEmpty())
        add("file.example", file, Tr::tr("&Example project"), "star", {}, [this, examples] { openPath(examples); });
    add("file.save", file, Tr::tr("&Save"), "save", {"Ctrl+S"}, [this] {
        if (DocumentPage *page = m_documents->current())
            m_documents->save(page);
    });
    add("file.saveAs", file, Tr::tr("Save &as…"), "", {"Ctrl+Shift+S"}, [this] {
        if (DocumentPage *page = m_documents->current())
            m_documents->saveAs(page);
    });
    add("file.saveAll", file, Tr::tr("Save a&ll"), "", {"Ctrl+Alt+S"}, [this] { m_documents->saveAll(); });
    add("file.closeTab", file, Tr::tr("&Close tab"), "close", {"Ctrl+W"}, [this] {
        if (DocumentPage *page = m_documents->current())
            m_documents->close(page);
    });
    add("file.closeProject", file, Tr::tr("Close &folder"), "", {}, [this] { closeProject(); });
    add("file.settings", file, Tr::tr("Se&ttings…"), "settings", {"Ctrl+,"}, [this] {
        SettingsDialog(m_state, this).exec();
        for (FlowPage *flow : m_documents->flows())
            flow->canvas().flowScene().setReducedMotion(m_state.settings().reducedMotion());
    });
    add("file.schemas", file, Tr::tr("Load &task schemas…"), "", {}, [this] { SchemaDialog(m_state, this).exec(); });
    add("file.quit", file, Tr::tr("&Quit"), "", {"Ctrl+Q"}, [this] { close(); });

    add("edit.undo", edit, Tr::tr("&Undo"), "undo", {"Ctrl+Z"}, [onPage] { onPage(&DocumentPage::undo); });
    add("edit.redo", edit, Tr::tr("&Redo"), "redo", {"Ctrl+Shift+Z", "Ctrl+Y"}, [onPage] { onPage(&DocumentPage::redo); });
    add("edit.cut", edit, Tr::tr("Cu&t"), "", {}, [] { sendToFocus("cut"); });
    add("edit.copy", edit, Tr::tr("&Copy"), "copy", {}, [] { sendToFocus("copy"); });
    add("edit.paste", edit, Tr::tr("&Paste"), "", {}, [] { sendToFocus("paste"); });

    add("view.palette", view, Tr::tr("&Command palette…"), "search", {"Ctrl+Shift+P", "F1"}, [this] { showPalette({}); });
    add("view.goToFile", view, Tr::tr("Go to &file…"), "file", {"Ctrl+P"}, [this] { showFiles(); });
    const QPair<const char *, QString> modes[] = {{"view.text", Tr::tr("&Text")}, {"view.both", Tr::tr("Text and &graph")}, {"view.graph", Tr::tr("G&raph")}};
    auto *modeGroup = new QActionGroup(this);
    for (int i = 0; i < 3; ++i) {
        QAction *mode = add(modes[i].first, view, modes[i].second, "", {}, [this, i] { m_documents->setMode(ViewMode(i)); });
        mode->setCheckable(true);
        modeGroup->addAction(mode);
        mode->setChecked(i == int(m_documents->mode()));
    }
    connect(m_documents, &DocumentArea::modeChanged, this, [modeGroup](ViewMode mode) { modeGroup->actions()[int(mode)]->setChecked(true); });
    auto *themeGroup = new QActionGroup(this);
    const QPair<const char *, QString> themes[] = {{"view.themeSystem", Tr::tr("As the &desktop")}, {"view.themeLight", Tr::tr("&Light")},
                                                   {"view.themeDark", Tr::tr("&Dark")}, {"view.themeContrast", Tr::tr("&High contrast")}};
    for (int i = 0; i < 4; ++i) {
        QAction *choice = add(themes[i].first, view, themes[i].second, i == 0 ? "theme" : "", {}, [this, i] {
            m_state.settings().setTheme(ThemeChoice(i));
            m_state.applyTheme();
        });
        choice->setCheckable(true);
        choice->setChecked(i == int(m_state.settings().theme()));
        themeGroup->addAction(choice);
    }
    connect(&m_state, &AppState::themeChanged, this, [this, themeGroup] { themeGroup->actions()[int(m_state.settings().theme())]->setChecked(true); });
    const auto scaleText = [this](double factor) {
        m_state.settings().setTextScale(factor == 0 ? 1 : m_state.settings().textScale() * factor);
        m_state.applyTheme();
    };
    add("view.textLarger", view, Tr::tr("&Larger text"), "", {"Ctrl+=", "Ctrl++"}, [scaleText] { scaleText(1.1); });
    add("view.textSmaller", view, Tr::tr("&Smaller text"), "", {"Ctrl+-"}, [scaleText] { scaleText(1 / 1.1); });
    add("view.textReset", view, Tr::tr("&Normal text size"), "", {"Ctrl+0"}, [scaleText] { scaleText(0); });
    add("view.resetLayout", view, Tr::tr("&Restore the panels"), "layout", {}, [this] { m_docks->arrangeDefault(); });

    add("git.changes", git, Tr::tr("&Changes"), "commit", {"Ctrl+Shift+G"}, [this] { m_docks->reveal(QStringLiteral("git")); });
    add("git.newBranch", git, Tr::tr("New &branch…"), "branch", {}, [this] { m_git->changesPanel()->askForBranch(); });
    add("git.push", git, Tr::tr("Commit and &push…"), "push", {"Ctrl+Shift+K"}, [this] { beginPush(); });

    add("run.run", run, Tr::tr("&Run…"), "run", {"Ctrl+E"}, [this] { m_runs->run(m_documents->currentFlow(), false); });
    add("run.again", run, Tr::tr("Run with the &last inputs"), "replay", {"Ctrl+Shift+E"}, [this] { m_runs->run(m_documents->currentFlow(), true); });
    add("run.stop", run, Tr::tr("&Stop"), "stop", {"Shift+F5"}, [this] { m_runs->stop(); });
    add("run.resume", run, Tr::tr("R&esume"), "continue", {"F5"}, [this] { m_runs->resume(); });
    add("run.history", run, Tr::tr("R&uns"), "runs", {}, [this] { m_docks->reveal(QStringLiteral("history")); });

    add("window.next", window, Tr::tr("&Next tab"), "", {"Ctrl+Tab", "Ctrl+PgDown"}, [this] { m_documents->step(1); });
    add("window.previous", window, Tr::tr("&Previous tab"), "", {"Ctrl+Shift+Tab", "Ctrl+PgUp"}, [this] { m_documents->step(-1); });
    add("window.nextArea", window, Tr::tr("Next &area"), "", {"F6"}, [this] { walkAreas(1); });
    add("window.previousArea", window, Tr::tr("P&revious area"), "", {"Shift+F6"}, [this] { walkAreas(-1); });
    int number = 0;
    for (const QString &id : m_docks->ids()) {
        const QString key = QStringLiteral("Alt+%1").arg(++number);
        m_actions->add(QStringLiteral("window.dock.") + id, window, m_docks->dock(id)->windowTitle(), {}, theme,
                       number <= 9 ? QList<QKeySequence>{QKeySequence(key)} : QList<QKeySequence>{}, [this, id] { m_docks->reveal(id); });
    }
    add("help.keys", help, Tr::tr("&Keys"), "keyboard", {"Ctrl+?"}, [this] { showKeys(); });
    add("help.about", help, Tr::tr("&About Leat"), "info", {}, [this] { AboutDialog(m_state, this).exec(); });
}

void MainWindow::makeFlowActions()
{
    const ui::Theme &theme = m_state.theme();
    const QString text = Tr::tr("Text"), flow = Tr::tr("Flow"), graph = Tr::tr("Canvas");
    const auto inText = [&](const char *id, const QString &label, std::initializer_list<const char *> shortcut, void (editor::YamlEditor::*act)()) {
        QAction *action = m_actions->add(QLatin1String(id), text, label, {}, theme, keys(shortcut), [this, act] {
            if (DocumentPage *page = m_documents->current(); page && page->editorPane())
                (page->editorPane()->view().*act)();
        });
        // The text view takes these keys itself; elsewhere they mean something else or nothing.
        action->setShortcutContext(Qt::WidgetShortcut);
    };
    const auto inPane = [&](const char *id, const QString &label, const char *icon, std::initializer_list<const char *> shortcut, void (editor::EditorPane::*act)()) {
        m_actions->add(QLatin1String(id), text, label, QLatin1String(icon), theme, keys(shortcut), [this, act] {
            if (DocumentPage *page = m_documents->current(); page && page->editorPane())
                (page->editorPane()->*act)();
        });
    };
    /// In the graph while that has the focus, else in the text.
    const auto find = [&](const char *id, const QString &label, const char *icon, const char *key, void (editor::EditorPane::*textAct)(), void (*graphAct)(CanvasBar &)) {
        m_actions->add(QLatin1String(id), text, label, QLatin1String(icon), theme, keys({key}), [this, textAct, graphAct] {
            DocumentPage *page = m_documents->current();
            if (auto *shown = qobject_cast<FlowPage *>(page); shown && shown->isGraphInUse())
                graphAct(shown->canvasBar());
            else if (page && page->editorPane())
                (page->editorPane()->*textAct)();
        });
    };
    using editor::EditorPane;
    find("text.find", Tr::tr("&Find…"), "search", "Ctrl+F", &EditorPane::showFind, [](CanvasBar &bar) { bar.focusSearch(); });
    inPane("text.replace", Tr::tr("Find and &replace…"), "", {"Ctrl+H"}, &EditorPane::showReplace);
    find("text.findNext", Tr::tr("Find &next"), "", "F3", &EditorPane::findNext, [](CanvasBar &bar) { bar.nextHit(1); });
    find("text.findPrevious", Tr::tr("Find pre&vious"), "", "Shift+F3", &EditorPane::findPrevious, [](CanvasBar &bar) { bar.nextHit(-1); });
    using editor::YamlEditor;
    inText("text.comment", Tr::tr("&Comment"), {"Ctrl+/"}, &YamlEditor::toggleComment);
    inText("text.moveUp", Tr::tr("Move &up"), {"Alt+Up"}, &YamlEditor::moveUp);
    inText("text.moveDown", Tr::tr("Move &down"), {"Alt+Down"}, &YamlEditor::moveDown);
    inText("text.duplicate", Tr::tr("Du&plicate lines"), {"Ctrl+Shift+D"}, &YamlEditor::duplicateLines);
    inText("text.delete", Tr::tr("Delete &lines"), {"Ctrl+Shift+L"}, &YamlEditor::deleteLines);
    inText("text.nextOccurrence", Tr::tr("Select next &occurrence"), {"Ctrl+D"}, &YamlEditor::selectNextOccurrence);
    inText("text.fold", Tr::tr("&Fold all"), {}, &YamlEditor::foldEverything);
    inText("text.unfold", Tr::tr("U&nfold all"), {}, &YamlEditor::unfoldEverything);

    m_tools->addActions(*m_actions, *m_docks);

    m_actions->add(QStringLiteral("flow.addTask"), flow, Tr::tr("&Add a task…"), QStringLiteral("add"), theme, keys({"Ctrl+Alt+A"}), [this] {
        m_docks->reveal(QStringLiteral("palette"), false);
        m_palette->focusSearch();
    });
    m_actions->add(QStringLiteral("flow.goToTask"), flow, Tr::tr("&Jump to task…"), QStringLiteral("chevron-right"), theme, keys({"Ctrl+K"}), [this] { showPalette(QStringLiteral("@")); });
    m_actions->add(QStringLiteral("flow.focusText"), flow, Tr::tr("&Text"), {}, theme, keys({"Ctrl+1"}), [this] {
        if (FlowPage *page = m_documents->currentFlow()) {
            if (page->mode() == ViewMode::Graph)
                m_documents->setMode(ViewMode::Both);
            page->textView().setFocus(Qt::ShortcutFocusReason);
        }
    });
    m_actions->add(QStringLiteral("flow.focusGraph"), flow, Tr::tr("&Graph"), {}, theme, keys({"Ctrl+2"}), [this] {
        if (FlowPage *page = m_documents->currentFlow()) {
            if (page->mode() == ViewMode::Text)
                m_documents->setMode(ViewMode::Both);
            page->canvas().setFocus(Qt::ShortcutFocusReason);
        }
    });
    m_actions->add(QStringLiteral("flow.focusWay"), flow, Tr::tr("&Path to the caret"), {}, theme, keys({"Ctrl+Shift+."}), [this] {
        if (FlowPage *page = m_documents->currentFlow())
            page->focusWay();
    });
    m_actions->add(QStringLiteral("flow.focusInspector"), flow, Tr::tr("&Inspector"), {}, theme, keys({"Ctrl+3"}), [this] { m_docks->reveal(QStringLiteral("inspector")); });
    const auto onCanvas = [&](const char *id, const QString &label, const char *icon, const char *key, void (canvas::CanvasView::*act)()) {
        QAction *action = m_actions->add(QLatin1String(id), graph, label, QLatin1String(icon), theme, keys({key}), [this, act] {
            if (FlowPage *page = m_documents->currentFlow())
                (page->canvas().*act)();
        });
        action->setShortcutContext(Qt::WidgetShortcut); // the canvas takes its keys itself
    };
    using canvas::CanvasView;
    onCanvas("canvas.fit", Tr::tr("&Fit"), "fit", "F", &CanvasView::zoomToFit);
    onCanvas("canvas.zoomIn", Tr::tr("Zoom &in"), "zoom-in", "Ctrl++", &CanvasView::zoomIn);
    onCanvas("canvas.zoomOut", Tr::tr("Zoom &out"), "zoom-out", "Ctrl+-", &CanvasView::zoomOut);
    onCanvas("canvas.zoomReal", Tr::tr("&100 %"), "", "0", &CanvasView::zoomToReal);
    onCanvas("canvas.duplicate", Tr::tr("&Duplicate"), "duplicate", "D", &CanvasView::duplicateSelected);
    onCanvas("canvas.remove", Tr::tr("D&elete"), "delete", "Del", &CanvasView::removeSelected);
    const auto withGraph = [&](const char *id, const QString &label, void (*act)(FlowPage &)) {
        m_actions->add(QLatin1String(id), graph, label, {}, theme, {}, [this, act] {
            if (FlowPage *page = m_documents->currentFlow())
                act(*page);
        });
    };
    withGraph("canvas.export", Tr::tr("&Export the graph…"), exportGraph);
    withGraph("canvas.print", Tr::tr("&Print the graph…"), printGraph);
    onCanvas("canvas.help", Tr::tr("&Keys of the canvas"), "keyboard", "?", &CanvasView::showHelp);
}

void MainWindow::makeMenus()
{
    const auto fill = [this](QMenu *menu, std::initializer_list<const char *> ids) {
        for (const char *id : ids) {
            if (!*id)
                menu->addSeparator();
            else if (m_actions->contains(QLatin1String(id)))
                menu->addAction((*m_actions)[QLatin1String(id)]);
        }
    };
    QMenu *file = menuBar()->addMenu(Tr::tr("&File"));
    fill(file, {"file.new", "file.newFromBlueprint", "file.newProject", "file.open"});
    QMenu *recent = file->addMenu(Tr::tr("Open &recent"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] { fillRecentMenu(recent); });
    connect(file, &QMenu::aboutToShow, this, [this, recent] { recent->setEnabled(!m_state.settings().recentProjects().isEmpty()); });
    fill(file, {"file.example", "", "file.save", "file.saveAs", "file.saveAll", "", "file.closeTab", "file.closeProject", "", "file.schemas", "file.settings", "", "file.quit"});
    QMenu *edit = menuBar()->addMenu(Tr::tr("&Edit"));
    connect(edit, &QMenu::aboutToShow, this, &MainWindow::updateActions); // the focus decides
    fill(edit, {"edit.undo", "edit.redo", "", "edit.cut", "edit.copy", "edit.paste", "", "text.find", "text.findNext", "text.findPrevious", "text.replace", "edit.searchProject", "", "text.fixAll", "text.format", "", "text.comment", "text.moveUp", "text.moveDown",
                "text.duplicate", "text.delete", "text.nextOccurrence"});
    QMenu *view = menuBar()->addMenu(Tr::tr("&View"));
    fill(view, {"view.palette", "view.goToFile", "", "view.text", "view.both", "view.graph", "", "text.fold", "text.unfold", "text.zoomReset", "", "text.compareSaved", "text.compareHead", "text.blame", ""});
    m_docks->fillMenu(view->addMenu(Tr::tr("&Panels")));
    QMenu *values = view->addMenu(Tr::tr("&Values on hover"));
    connect(values, &QMenu::aboutToShow, this, [this, values] { m_tools->fillValuesMenu(values); });
    QMenu *layouts = view->addMenu(Tr::tr("&Layouts"));
    fill(layouts, {"view.resetLayout", "", "view.saveLayout"});
    connect(layouts, &QMenu::aboutToShow, this, [this, layouts] { m_tools->fillLayoutMenu(layouts); });
    fill(view->addMenu(Tr::tr("T&heme")), {"view.themeSystem", "view.themeLight", "view.themeDark", "view.themeContrast"});
    fill(view->addMenu(Tr::tr("Text &size")), {"view.textLarger", "view.textSmaller", "view.textReset"});
    fill(menuBar()->addMenu(Tr::tr("F&low")), {"flow.addTask", "flow.goToTask", "", "flow.focusText", "flow.focusGraph", "flow.focusInspector", "flow.focusWay"});
    fill(menuBar()->addMenu(Tr::tr("&Canvas")), {"canvas.fit", "canvas.zoomIn", "canvas.zoomOut", "canvas.zoomReal", "", "canvas.duplicate", "canvas.remove", "", "canvas.export", "canvas.print", "", "canvas.help"});
    fill(menuBar()->addMenu(Tr::tr("&Run")), {"run.run", "run.again", "run.resume", "run.stop", "", "run.history"});
    fill(menuBar()->addMenu(Tr::tr("&Git")), {"git.changes", "git.newBranch", "git.push"});
    QMenu *window = menuBar()->addMenu(Tr::tr("&Window"));
    fill(window, {"window.next", "window.previous", "", "window.nextArea", "window.previousArea", ""});
    for (const Actions::Entry &entry : m_actions->entries())
        if (entry.id.startsWith(QLatin1String("window.dock.")))
            window->addAction(entry.action);
    fill(menuBar()->addMenu(Tr::tr("&Help")), {"help.keys", "help.about"});
}

void MainWindow::fillRecentMenu(QMenu *menu)
{
    menu->clear();
    for (const QString &folder : m_state.settings().recentProjects())
        if (QFileInfo(folder).isDir())
            menu->addAction(QDir(folder).dirName() + QStringLiteral("   ") + folder, this, [this, folder] { openPath(folder); })->setEnabled(!m_project || m_project->folder() != folder);
}

} // namespace app
