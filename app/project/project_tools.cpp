#include "app/project/project_tools.h"

#include "app/actions.h"
#include "app/app_state.h"
#include "app/docks.h"
#include "app/document_area.h"
#include "app/messages.h"
#include "app/project.h"
#include "app/project/diff_dialog.h"
#include "app/project/docs_panel.h"
#include "app/project/fixture_values.h"
#include "app/project/flow_files.h"
#include "app/project/new_flow_dialog.h"
#include "app/project/new_project_dialog.h"
#include "app/project/run_values.h"
#include "app/project/search_panel.h"
#include "app/project/steps_panel.h"
#include "app/project/text_diff.h"
#include "app/run/history_model.h"
#include "app/run/run_controller.h"
#include "canvas/canvas_view.h"
#include "editor/editor_pane.h"
#include "editor/format.h"
#include "git/core/repository.h"
#include "ui/tr.h"

#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QInputDialog>
#include <QMenu>
#include <QThreadPool>

namespace app {

namespace {

/// The values of a flow's last run, read anew only when that run, or its state, is another one.
class LastRunValues
{
public:
    LastRunValues(RunController &runs, FlowPage *page) : m_runs(runs), m_page(page) {}

    std::shared_ptr<const editor::RunValues> operator()()
    {
        const RunRecord *record = m_page ? m_runs.lastOf(m_page) : nullptr;
        if (!record)
            return nullptr;
        const engine::Execution &execution = record->execution();
        const Key key{execution.id, execution.history.size(), execution.taskRuns.size(), record->ended()};
        if (!m_values || key != m_key) {
            m_key = key;
            const std::shared_ptr<const flow::Flow> flow = m_page->session().snapshot().flow;
            m_values = runValuesOf(execution, flow.get(), Tr::tr("run of %1").arg(momentText(record->startMs())).toStdString());
        }
        return m_values;
    }

private:
    struct Key
    {
        std::string id;
        std::size_t states = 0;
        std::size_t runs = 0;
        bool ended = false;
        bool operator==(const Key &) const = default;
    };
    RunController &m_runs;
    QPointer<FlowPage> m_page;
    Key m_key;
    std::shared_ptr<const editor::RunValues> m_values;
};

/// "Mina, 2026-11-20 · fix the export"; "Not committed yet" for lines of the editor.
QString blameText(const git::BlameLine &line)
{
    if (line.oid.empty())
        return Tr::tr("Not committed yet");
    return QStringLiteral("%1, %2 · %3").arg(QString::fromStdString(line.author),
                                             QDateTime::fromSecsSinceEpoch(line.time).date().toString(Qt::ISODate), QString::fromStdString(line.summary));
}

} // namespace

ProjectTools::ProjectTools(AppState &state, DocumentArea &documents, RunController &runs, QWidget *window)
    : QObject(window), m_state(state), m_documents(documents), m_runs(runs), m_window(window), m_search(new SearchPanel(state, documents)),
      m_steps(new StepsPanel(state)), m_docs(new DocsPanel(state))
{
    connect(&documents, &DocumentArea::opened, this, &ProjectTools::watch);
    connect(&documents, &DocumentArea::currentChanged, this, &ProjectTools::show);
    connect(&documents, &DocumentArea::saved, this, &ProjectTools::refreshBlame);
    connect(m_search, &SearchPanel::jumpWanted, this, &ProjectTools::placeWanted);
}

ProjectTools::~ProjectTools() = default;

void ProjectTools::addDocks(Docks &docks)
{
    m_dockArea = &docks;
    docks.add(QStringLiteral("search"), Tr::tr("Search"), QStringLiteral("search"), m_search, Qt::LeftDockWidgetArea);
    docks.add(QStringLiteral("steps"), Tr::tr("Steps"), QStringLiteral("undo"), m_steps, Qt::LeftDockWidgetArea);
    docks.add(QStringLiteral("docs"), Tr::tr("Docs"), QStringLiteral("docs"), m_docs, Qt::RightDockWidgetArea);
}

void ProjectTools::addActions(Actions &actions, Docks &docks)
{
    const ui::Theme &theme = m_state.theme();
    const QString file = Tr::tr("File"), edit = Tr::tr("Edit"), text = Tr::tr("Text"), view = Tr::tr("View");
    const auto add = [&](const char *id, const QString &group, const QString &label, const char *icon, const char *keys, std::function<void()> run) {
        const QList<QKeySequence> list = *keys ? QList<QKeySequence>{QKeySequence(QLatin1String(keys))} : QList<QKeySequence>{};
        return actions.add(QLatin1String(id), group, label, QLatin1String(icon), theme, list, std::move(run));
    };
    add("file.newFromBlueprint", file, Tr::tr("New flow from a &blueprint…"), "star", "Ctrl+Shift+N", [this] { newFlowFromBlueprint(); });
    add("file.newProject", file, Tr::tr("New &project…"), "folder", "", [this] { newProject(); });
    add("edit.searchProject", edit, Tr::tr("Search the pro&ject…"), "search", "Ctrl+Shift+F", [this, &docks] {
        QString word;
        if (DocumentPage *page = m_documents.current(); page && page->editorPane()) {
            const flow::Range chosen = page->editorPane()->view().selection();
            const std::string whole = page->currentText().value_or(std::string());
            if (!chosen.empty() && whole.find('\n', chosen.begin) >= chosen.end)
                word = QString::fromStdString(whole.substr(chosen.begin, chosen.size()));
        }
        docks.reveal(QStringLiteral("search"));
        m_search->begin(word);
    });
    add("text.format", text, Tr::tr("Format the flo&w…"), "wand", "Ctrl+Shift+I", [this] { format(); });
    add("text.fixAll", text, Tr::tr("All sa&fe fixes"), "", "", [this] {
        if (FlowPage *page = m_documents.currentFlow())
            if (!page->textPane().navigation().fixAllLike({}))
                emit said(Tr::tr("There is nothing that can be fixed safely"));
    });
    add("text.compareSaved", text, Tr::tr("Compare with the &saved text"), "diff", "", [this] { compareWithSaved(); });
    add("text.compareHead", text, Tr::tr("Compare with &HEAD"), "diff", "", [this] { compareWithHead(); });
    QAction *blame = add("text.blame", text, Tr::tr("Who wrote &it"), "commit", "", [] {});
    blame->setCheckable(true);
    connect(blame, &QAction::toggled, this, &ProjectTools::showBlame);
    add("text.zoomReset", text, Tr::tr("Text &zoom 100 %"), "", "", [this] {
        for (DocumentPage *page : m_documents.pages())
            if (page->editorPane())
                page->editorPane()->view().setZoom(0);
    });
    add("view.saveLayout", view, Tr::tr("&Save this layout…"), "", "", [this, &docks] { saveLayout(docks); });
}

void ProjectTools::setProject(Project *project)
{
    m_project = project;
    m_search->setProject(project);
    show(m_documents.current());
}

void ProjectTools::watch(DocumentPage *page)
{
    if (auto *flow = qobject_cast<FlowPage *>(page))
        flow->textPane().assist().setRunValuesSource([this, page = QPointer(flow), last = LastRunValues(m_runs, flow)]() mutable {
            const auto chosen = page ? m_fixtures.value(page->filePath()) : nullptr;
            return chosen ? chosen : last();
        });
    if (!page->editorPane())
        return;
    // one zoom for all texts
    editor::YamlEditor &text = page->editorPane()->view();
    text.setZoom(m_state.settings().value(QStringLiteral("text/zoom"), 0).toInt());
    connect(&text, &editor::YamlEditor::zoomChanged, this, [this](int steps) {
        m_state.settings().setValue(QStringLiteral("text/zoom"), steps);
        for (DocumentPage *other : m_documents.pages())
            if (other->editorPane())
                other->editorPane()->view().setZoom(steps);
    });
}

void ProjectTools::show(DocumentPage *page)
{
    m_steps->setSession(page ? page->documentSession() : nullptr);
    m_docs->setPage(qobject_cast<FlowPage *>(page));
    refreshBlame();
}

void ProjectTools::newFlowFromBlueprint()
{
    if (!m_project) {
        newProject();
        return;
    }
    FlowPage *open = m_documents.currentFlow();
    NewFlowDialog dialog(m_state, *m_project, open && !open->session().isReadOnly() ? open->title() : QString(), m_window);
    if (dialog.exec() != QDialog::Accepted)
        return;
    if (dialog.intoOpenFlow()) {
        const flow::Snapshot snapshot = open->session().freshSnapshot();
        const auto edit = insertInto(snapshot, dialog.chosen(), *m_state.catalog());
        const flow::Result<> done = edit ? open->session().submit(*edit, {"edit.insert-blueprint", {dialog.chosen().title.toStdString()}}) : flow::Result<>(edit.error());
        if (!done)
            open->showError(sentence(done.error()));
        return;
    }
    const std::string text = flowFrom(dialog.chosen(), dialog.flowId().toStdString(), dialog.namespaceId().toStdString(), *m_state.catalog());
    if (auto written = editor::writeFile(dialog.filePath(), text); !written) {
        emit failed(sentence(written.error()));
        return;
    }
    m_project->refresh();
    emit openWanted(dialog.filePath());
}

void ProjectTools::newProject()
{
    const QString place = m_project ? QFileInfo(m_project->folder()).absolutePath() : QDir::homePath();
    NewProjectDialog dialog(m_state, place, m_window);
    if (dialog.exec() != QDialog::Accepted)
        return;
    if (const QString problem = createProject(dialog.project()); !problem.isEmpty())
        emit failed(problem);
    else
        emit projectWanted(dialog.project().folder);
}

void ProjectTools::format()
{
    FlowPage *page = m_documents.currentFlow();
    if (!page || page->session().isReadOnly())
        return;
    const std::string text = page->session().text();
    const auto changes = editor::formatChanges(text);
    if (!changes) {
        page->showError(Tr::tr("This flow can't be formatted: its text can't be read, or would mean something else."));
        return;
    }
    if (changes->empty()) {
        emit said(Tr::tr("The flow has the common form already"));
        return;
    }
    const auto edit = flow::Edit::make(page->session().revision(), text, *changes);
    const git::FileDiff diff = diffOf(page->title().toStdString(), text, edit->applyTo(text));
    DiffDialog dialog(m_state, Tr::tr("Format the flow"), Tr::tr("Only indentation, blanks at line ends and blank lines change. The meaning stays the same."), diff,
                      Tr::tr("Format"), m_window);
    if (dialog.exec() == QDialog::Accepted)
        page->change(*changes, "edit.format");
}

void ProjectTools::compareWithSaved()
{
    DocumentPage *page = m_documents.current();
    if (!page || !page->documentSession())
        return;
    const git::FileDiff diff = diffOf(page->title().toStdString(), page->documentSession()->savedText(), page->documentSession()->text());
    if (diff.hunks.empty())
        emit said(Tr::tr("Nothing differs from the saved text"));
    else
        m_documents.showDiff(Tr::tr("%1, saved and now").arg(page->title()), diff, {Tr::tr("Saved"), Tr::tr("Now")});
}

void ProjectTools::compareWithHead()
{
    DocumentPage *page = m_documents.current();
    if (!page || !page->documentSession())
        return;
    const std::string path = page->filePath().toStdString();
    auto repository = git::Repository::open(path);
    const auto relative = repository ? repository->relativePath(path) : git::Result<std::string>(repository.error());
    const auto head = relative ? repository->contentInHead(*relative) : git::Result<std::optional<std::string>>(relative.error());
    if (!head) {
        page->showError(sentence(head.error()));
        return;
    }
    const git::FileDiff diff = diffOf(page->title().toStdString(), head->value_or(std::string()), page->documentSession()->text());
    if (diff.hunks.empty())
        emit said(Tr::tr("Nothing differs from HEAD"));
    else
        m_documents.showDiff(Tr::tr("%1, HEAD and now").arg(page->title()), diff, {QStringLiteral("HEAD"), Tr::tr("Now")});
}

void ProjectTools::showBlame(bool shown)
{
    m_blame = shown;
    if (!shown)
        for (DocumentPage *page : m_documents.pages())
            if (page->editorPane())
                page->editorPane()->view().setBlame({});
    refreshBlame();
}

/// Asked on a thread of its own: the history of a file may be long.
void ProjectTools::refreshBlame()
{
    DocumentPage *page = m_documents.current();
    if (!m_blame || !page || !page->editorPane() || page->filePath().isEmpty())
        return;
    const int turn = ++m_blameTurn;
    QThreadPool::globalInstance()->start([self = QPointer(this), target = QPointer(page), turn, path = page->filePath().toStdString(), text = page->currentText().value_or(std::string())] {
        QStringList lines;
        if (auto repository = git::Repository::open(path))
            if (const auto relative = repository->relativePath(path))
                if (const auto blame = repository->blame(*relative, text))
                    for (const git::BlameLine &line : *blame)
                        lines << blameText(line);
        QMetaObject::invokeMethod(
            qApp,
            [self, target, turn, lines] {
                if (self && target && self->m_blame && self->m_blameTurn == turn)
                    target->editorPane()->view().setBlame(lines);
            },
            Qt::QueuedConnection);
    });
}

void ProjectTools::saveLayout(Docks &docks)
{
    bool accepted = false;
    const QString name = QInputDialog::getText(m_window, Tr::tr("Save this layout"), Tr::tr("Name"), QLineEdit::Normal, {}, &accepted).trimmed();
    if (!accepted || name.isEmpty())
        return;
    QVariantMap layouts = m_state.settings().value(QStringLiteral("window/layouts")).toMap();
    layouts.insert(name, docks.save());
    m_state.settings().setValue(QStringLiteral("window/layouts"), layouts);
}

void ProjectTools::fillValuesMenu(QMenu *menu)
{
    menu->clear();
    FlowPage *page = m_documents.currentFlow();
    const std::shared_ptr<const flow::Flow> flow = page ? page->session().snapshot().flow : nullptr;
    if (!flow || page->filePath().isEmpty()) {
        menu->addAction(Tr::tr("Open a flow first"))->setEnabled(false);
        return;
    }
    const auto chosen = m_fixtures.value(page->filePath());
    const auto add = [&](const QString &name, const std::shared_ptr<const editor::RunValues> &values, bool checked) {
        QAction *action = menu->addAction(name, this, [this, path = page->filePath(), values] {
            if (values)
                m_fixtures.insert(path, values);
            else
                m_fixtures.remove(path);
        });
        action->setCheckable(true);
        action->setChecked(checked);
    };
    add(Tr::tr("The last run"), nullptr, !chosen);
    menu->addSeparator();
    QStringList files;
    const auto collect = [&](auto &&self, const FileNode &node) -> void {
        for (const FileNode &child : node.children)
            if (child.folder)
                self(self, child);
            else if (!child.flow && (child.name.endsWith(QLatin1String(".yaml")) || child.name.endsWith(QLatin1String(".yml"))))
                files << child.path;
    };
    if (m_project)
        collect(collect, m_project->root());
    const std::vector<FixtureValues> fixtures = fixturesFor(files, flow->namespaceId, flow->id);
    for (const FixtureValues &fixture : fixtures)
        add(fixture.name, fixture.values, chosen && chosen->origin == fixture.values->origin);
    if (fixtures.empty())
        menu->addAction(Tr::tr("No test file has cases for this flow"))->setEnabled(false);
}

void ProjectTools::fillLayoutMenu(QMenu *menu)
{
    for (QAction *action : menu->actions())
        if (action->property("leatLayout").isValid()) {
            menu->removeAction(action);
            action->deleteLater();
        }
    const QVariantMap layouts = m_state.settings().value(QStringLiteral("window/layouts")).toMap();
    if (layouts.isEmpty())
        return;
    menu->addSeparator()->setProperty("leatLayout", true);
    for (auto layout = layouts.begin(); layout != layouts.end(); ++layout) {
        QAction *use = menu->addAction(layout.key(), this, [this, state = layout.value().toByteArray()] { m_dockArea->restore(state); });
        use->setProperty("leatLayout", true);
    }
    QMenu *forget = menu->addMenu(Tr::tr("&Forget a layout"));
    forget->menuAction()->setProperty("leatLayout", true);
    for (const QString &name : layouts.keys())
        forget->addAction(name, this, [this, name] {
            QVariantMap left = m_state.settings().value(QStringLiteral("window/layouts")).toMap();
            left.remove(name);
            m_state.settings().setValue(QStringLiteral("window/layouts"), left);
        });
}

bool ProjectTools::renameFile(const QString &from, const QString &to, bool withId)
{
    if (withId && m_project) {
        const auto plan = planFlowRename(*m_project, m_documents, *m_state.catalog(), from, QFileInfo(to).completeBaseName());
        if (!plan) {
            emit failed(sentence(plan.error()));
            return false;
        }
        if (const QStringList failures = applyFlowRename(*plan, m_documents); !failures.isEmpty()) {
            emit failed(failures.join(QLatin1Char(' ')));
            return false;
        }
    }
    if (!QDir().rename(from, to)) {
        emit failed(Tr::tr("%1 could not be renamed.").arg(QFileInfo(from).fileName()));
        return false;
    }
    for (DocumentPage *page : m_documents.pages()) // a folder takes its files along
        if (page->documentSession() && (page->filePath() == from || page->filePath().startsWith(from + QLatin1Char('/'))))
            page->documentSession()->setFilePath(to + page->filePath().mid(from.size()));
    return true;
}

QString ProjectTools::deletionWarning(const QString &path) const
{
    if (!m_project || !m_project->isFlow(path))
        return {};
    const QStringList names = flowsThatName(*m_project, m_documents, *m_state.catalog(), path);
    return names.isEmpty() ? QString() : Tr::tr("These flows name it and would no longer find it: %1").arg(names.join(QStringLiteral(", ")));
}

} // namespace app
