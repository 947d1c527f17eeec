#include "app/main_window.h"

#include "app/about_dialog.h"
#include "app/app_state.h"
#include "app/command_palette.h"
#include "app/docks.h"
#include "app/run/run_controller.h"
#include "canvas/canvas_view.h"
#include "editor/yaml_editor.h"
#include "ui/focus.h"
#include "ui/task_look.h"
#include "ui/tr.h"
#include "ui/words.h"

#include <QApplication>
#include <QFileInfo>
#include <QToolBar>

namespace app {

void MainWindow::showPalette(const QString &start)
{
    CommandPalette::Source source;
    for (const Actions::Entry &entry : m_actions->entries()) {
        static const QStringList ofTheFocus{QStringLiteral("view.palette"), QStringLiteral("edit.cut"), QStringLiteral("edit.copy"), QStringLiteral("edit.paste")};
        if (ofTheFocus.contains(entry.id)) // which the palette has now
            continue;
        QString icon = entry.action->property("leatIcon").toString();
        if (icon.isEmpty())
            icon = QStringLiteral("chevron-right");
        source.commands.append({PaletteEntry::Kind::Command, icon, "text2", ui::withoutMnemonic(entry.action->text()), entry.group,
                                entry.action->shortcut().toString(QKeySequence::NativeText), entry.action->isEnabled(),
                                [action = entry.action] { action->trigger(); }});
    }
    if (FlowPage *page = m_documents->currentFlow()) {
        const flow::Snapshot snapshot = page->session().freshSnapshot();
        snapshot.flow->forEachTask([&](const flow::Task &task, const flow::TaskList &, int) {
            if (task.id.empty())
                return;
            const QString type = QString::fromStdString(task.type);
            const ui::TaskLook look = ui::taskLook(type);
            source.tasks.append({PaletteEntry::Kind::Task, look.icon, look.inkToken(), QString::fromStdString(task.id), ui::shortType(type), {}, true,
                                 [page, path = task.path] { page->selectTask(path); page->focusText(); }});
        });
    }
    if (DocumentPage *page = m_documents->current(); page && page->editorPane())
        source.goToLine = [page](int line) { page->goToLine(line, 1); };
    source.files = fileEntries();
    source.runs = m_runs->paletteEntries();
    (new CommandPalette(m_state, std::move(source), start, this))->show();
}

void MainWindow::showFiles()
{
    if (!m_project)
        return;
    CommandPalette::Source source;
    source.files = fileEntries();
    (new CommandPalette(m_state, std::move(source), {}, this))->show();
}

QList<PaletteEntry> MainWindow::fileEntries()
{
    QList<PaletteEntry> files;
    const auto collect = [&](auto &&self, const FileNode &node) -> void {
        for (const FileNode &child : node.children) {
            if (child.folder) {
                self(self, child);
                continue;
            }
            const QString folder = QFileInfo(m_project->relativePath(child.path)).path();
            files.append({PaletteEntry::Kind::File, child.flow ? QStringLiteral("file-flow") : QStringLiteral("file"),
                          child.flow ? "accent" : "text2", child.name,
                          folder == QLatin1String(".") ? m_project->name() : folder, {}, true, [this, path = child.path] { openFile(path); }});
        }
    };
    if (m_project)
        collect(collect, m_project->root());
    return files;
}

void MainWindow::showKeys()
{
    QList<KeysDialog::Group> groups;
    for (const Actions::Entry &entry : m_actions->entries()) {
        if (entry.action->shortcut().isEmpty())
            continue;
        if (groups.isEmpty() || groups.back().title != entry.group)
            groups.append({entry.group, {}});
        QStringList keys;
        for (const QKeySequence &key : entry.action->shortcuts())
            keys.append(key.toString(QKeySequence::NativeText));
        groups.back().keys.append({ui::withoutMnemonic(entry.action->text()), keys.join(QStringLiteral("  "))});
    }
    KeysDialog(groups, this).exec();
}

/// Tool bar, strip, left docks, text, graph, right docks, bottom docks, status bar; what is hidden is left out.
void MainWindow::walkAreas(int by)
{
    QList<QWidget *> areas;
    const auto add = [&](QWidget *widget) {
        if (widget && widget->isVisible())
            areas.append(widget);
    };
    add(findChild<QToolBar *>(QStringLiteral("mainToolBar")));
    add(m_strip);
    const auto addDocks = [&](Qt::DockWidgetArea area) {
        for (const QString &id : m_docks->ids())
            if (dockWidgetArea(m_docks->dock(id)) == area && m_docks->isShown(id))
                add(m_docks->panel(id));
    };
    addDocks(Qt::LeftDockWidgetArea);
    if (FlowPage *flow = m_documents->currentFlow()) {
        add(&flow->textView());
        add(&flow->canvas());
    } else {
        add(m_documents->current() ? static_cast<QWidget *>(m_documents->current()) : m_documents);
    }
    addDocks(Qt::RightDockWidgetArea);
    addDocks(Qt::BottomDockWidgetArea);
    add(statusBar());
    if (areas.isEmpty())
        return;
    const QWidget *focus = QApplication::focusWidget();
    int current = by > 0 ? -1 : 0;
    for (int i = 0; i < areas.size(); ++i)
        if (focus && (areas[i] == focus || areas[i]->isAncestorOf(focus)))
            current = i;
    for (int step = 1; step <= areas.size(); ++step) {
        QWidget *area = areas[((current + by * step) % areas.size() + areas.size()) % areas.size()];
        QWidget *target = ui::focusTarget(area);
        if (target) {
            target->setFocus(Qt::TabFocusReason);
            return;
        }
    }
}

} // namespace app
