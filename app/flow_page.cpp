#include "app/flow_page.h"

#include "app/app_state.h"
#include "app/breadcrumb.h"
#include "app/canvas_bar.h"
#include "app/hand_places.h"
#include "app/messages.h"
#include "app/project/disk_banner.h"
#include "canvas/canvas_view.h"
#include "editor/editor_pane.h"
#include "editor/navigation.h"
#include "ui/banner.h"
#include "ui/themed_icons.h"
#include "ui/tr.h"

#include <QApplication>
#include <QFileInfo>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

namespace app {

namespace {

/// A caret in the indentation of a line means what the line begins with.
std::size_t pastIndent(const std::string &text, std::size_t offset)
{
    offset = std::min(offset, text.size());
    const std::size_t line = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
    const std::size_t first = text.find_first_not_of(' ', line);
    return first != std::string::npos && first > offset && text[first] != '\n' && text[first] != '\r' ? first : offset;
}

/// What the views share of a task or an entry.
struct Place
{
    std::string path;
    flow::Range range;
    std::size_t caret = 0;
};

template <typename Each>
Place placeOf(const Each &each)
{
    return {each.path, each.range, each.idRange.empty() ? each.range.begin : each.idRange.begin};
}

std::optional<Place> findPlace(const flow::Flow &flow, const std::string &path)
{
    if (const flow::Task *task = flow.findByPath(path))
        return placeOf(*task);
    for (const std::vector<flow::Item> *items : {&flow.triggers, &flow.inputs, &flow.outputs})
        for (const flow::Item &item : *items)
            if (item.path == path)
                return placeOf(item);
    return std::nullopt;
}

std::optional<Place> placeAt(const flow::Flow &flow, std::size_t offset)
{
    if (const flow::Task *task = flow.taskAt(offset))
        return placeOf(*task);
    for (const std::vector<flow::Item> *items : {&flow.triggers, &flow.inputs, &flow.outputs})
        for (const flow::Item &item : *items)
            if (item.range.contains(offset))
                return placeOf(item);
    return std::nullopt;
}

} // namespace

FlowPage::FlowPage(AppState &state, QWidget *parent)
    : DocumentPage(parent), m_state(state), m_session(std::make_unique<editor::DocumentSession>(state.catalog())),
      m_pane(new editor::EditorPane(state.catalog(), state.theme())), m_editor(&m_pane->view()), m_canvas(new canvas::CanvasView), m_bar(new CanvasBar(state, *m_canvas)),
      m_crumbs(new Breadcrumb(state.theme())), m_banner(new ui::Banner), m_splitter(new QSplitter(Qt::Horizontal))
{
    m_session->setLabelText(labelText);
    m_session->setRecoveryFolder(recoveryFolder());
    m_session->setHistoryFolder(stepsFolder());
    m_banner->hide();
    m_textPane = makeTextPane();
    m_graphPane = makeGraphPane();
    m_splitter->addWidget(m_textPane);
    m_splitter->addWidget(m_graphPane);
    m_splitter->setStretchFactor(0, 0);
    m_splitter->setStretchFactor(1, 1);
    m_splitter->setSizes({479, 612});
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_banner);
    layout->addWidget(m_splitter, 1);

    connect(m_session.get(), &editor::DocumentSession::modifiedChanged, this, &DocumentPage::modifiedChanged);
    connect(m_session.get(), &editor::DocumentSession::filePathChanged, this, [this](const QString &path) {
        m_title = QFileInfo(path).fileName();
        emit filePathChanged();
    });
    connect(m_session.get(), &editor::DocumentSession::analysed, this, &FlowPage::onAnalysed);
    connect(m_session.get(), &editor::DocumentSession::adviceChanged, this, &FlowPage::onAnalysed);
    connect(m_session.get(), &editor::DocumentSession::fileChangedOnDisk, this, &FlowPage::onDiskChange);
    QUndoStack &history = m_session->history();
    connect(&history, &QUndoStack::indexChanged, this, &DocumentPage::historyChanged);
    connect(&history, &QUndoStack::canUndoChanged, this, &DocumentPage::historyChanged);
    connect(&history, &QUndoStack::canRedoChanged, this, &DocumentPage::historyChanged);

    m_pane->setSession(m_session.get());
    connect(m_editor, &editor::YamlEditor::caretMoved, this, &FlowPage::onCaretMoved);
    connect(&m_pane->navigation(), &editor::Navigation::openFlowWanted, this, &FlowPage::openFlowWanted);
    connect(m_crumbs, &Breadcrumb::chosen, this, [this](std::size_t offset) {
        m_editor->goToOffset(offset);
        syncFromCaret();
        focusText();
    });
    connect(m_crumbs, &Breadcrumb::left, this, &FlowPage::focusText);
    connect(m_canvas, &canvas::CanvasView::selectionChanged, this, &FlowPage::onCanvasSelection);
    connect(m_canvas, &canvas::CanvasView::taskActivated, this, [this](const QString &path) { selectTask(path.toStdString()); });
    connect(m_canvas, &canvas::CanvasView::jumpRequested, this, [this](qsizetype offset) { jumpTo(std::size_t(offset)); });
    m_canvas->edits().setFresh([this] { return m_session->freshSnapshot(); });
    connect(m_canvas, &canvas::CanvasView::fileRefused, this, [this](const QString &name) {
        showError(Tr::tr("%1 is not a file of this project, so a task cannot read it").arg(name));
    });
    connect(m_canvas, &canvas::CanvasView::editRefused, this, [this](const flow::Error &error) { showError(sentence(error)); });
    connect(m_canvas, &canvas::CanvasView::subflowActivated, this, [this](const QString &path) {
        const flow::Snapshot snapshot = m_session->freshSnapshot();
        const flow::Task *task = snapshot.flow->findByPath(path.toStdString());
        if (!task || !task->node)
            return;
        const flow::Node *space = task->node->find("namespace");
        const flow::Node *id = task->node->find("flowId");
        if (space && id)
            emit openFlowWanted(QString::fromStdString(space->text), QString::fromStdString(id->text));
    });
    connect(&state, &AppState::themeChanged, this, &FlowPage::applyTheme);
    applyTheme();
}

FlowPage::~FlowPage()
{
    m_session->disconnect(this); // what the session says while it goes is of no interest
    m_session->history().disconnect(this);
    m_canvas->setSink(nullptr);
    m_canvas->setNeighbours(nullptr);
    m_pane->setSession(nullptr);
}

void FlowPage::setNeighbours(std::unique_ptr<canvas::Neighbours> neighbours)
{
    m_neighbours = std::move(neighbours);
    m_canvas->setNeighbours(m_neighbours.get());
}

void FlowPage::setProjectFolder(std::function<QString()> folder)
{
    m_projectFolder = std::move(folder);
    if (!filePath().isEmpty())
        m_canvas->flowScene().setPlaces(readPlaces(sidecar()));
    connect(&m_canvas->flowScene(), &canvas::FlowScene::placesChanged, this, [this] {
        if (!filePath().isEmpty() && !writePlaces(sidecar(), m_canvas->flowScene().places()))
            showError(Tr::tr("%1 could not be written: the places set by hand last until the flow is closed.").arg(sidecar()));
    });
}

/// Beside the flows of the project; of a flow outside of it beside itself.
QString FlowPage::sidecar() const
{
    const QString folder = m_projectFolder ? m_projectFolder() : QString();
    const bool inside = !folder.isEmpty() && filePath().startsWith(folder + QLatin1Char('/'));
    return placesFile(inside ? folder : QFileInfo(filePath()).absolutePath(), filePath());
}

QWidget *FlowPage::makeTextPane()
{
    auto *pane = new QWidget;
    pane->setMinimumWidth(320);
    m_crumbBar = new QFrame;
    m_crumbBar->setProperty("role", "editorBar");
    m_crumbBar->setFixedHeight(m_state.theme().scaled(34));
    auto *barLayout = new QHBoxLayout(m_crumbBar);
    barLayout->setContentsMargins(10, 0, 8, 0);
    barLayout->addWidget(m_crumbs, 1);
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_crumbBar);
    layout->addWidget(m_pane, 1);
    return pane;
}

QWidget *FlowPage::makeGraphPane()
{
    auto *pane = new QWidget;
    pane->setMinimumWidth(320);
    m_canvas->setCatalog(m_state.catalog());
    m_canvas->setFrameShape(QFrame::NoFrame);
    m_canvas->flowScene().setSentence([](const flow::Diagnostic &diagnostic) { return sentence(diagnostic); });
    m_canvas->flowScene().setReducedMotion(m_state.settings().reducedMotion());
    auto *layout = new QVBoxLayout(pane);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_bar);
    layout->addWidget(m_canvas, 1);
    return pane;
}

void FlowPage::applyTheme()
{
    m_pane->setTheme(m_state.theme());
    m_canvas->setTheme(m_state.theme());
    m_crumbs->setTheme(m_state.theme());
}

editor::FileResult<> FlowPage::open(const QString &path)
{
    m_title = QFileInfo(path).fileName();
    auto opened = m_session->open(path);
    if (!opened)
        return opened;
    const QString reason = m_session->readOnlyReason() == editor::ReadOnlyReason::TooLarge
                               ? Tr::tr("This file is large: it can be looked at, not changed.")
                               : Tr::tr("This file may not be written: it can be looked at, not changed.");
    if (m_session->isReadOnly()) {
        m_banner->setTone(QStringLiteral("info"));
        m_banner->setText(reason);
        m_banner->show();
    }
    m_canvas->setSink(m_session->isReadOnly() ? nullptr : m_session.get());
    m_session->freshSnapshot();
    onAnalysed();
    return {};
}

void FlowPage::create(const QString &title, std::string text)
{
    m_title = title;
    m_session->create(std::move(text));
    m_canvas->setSink(m_session.get());
    m_session->freshSnapshot();
    onAnalysed();
}

void FlowPage::setMode(ViewMode mode)
{
    m_mode = mode;
    m_textPane->setVisible(mode != ViewMode::Graph);
    m_graphPane->setVisible(mode != ViewMode::Text);
    QWidget *pane = mode == ViewMode::Graph ? m_graphPane : m_textPane;
    if (m_crumbBar->parentWidget() != pane)
        static_cast<QVBoxLayout *>(pane->layout())->insertWidget(0, m_crumbBar);
    if (mode == ViewMode::Graph && m_editor->hasFocus())
        m_canvas->setFocus();
    else if (mode == ViewMode::Text && m_canvas->hasFocus())
        m_editor->setFocus();
}

bool FlowPage::isGraphInUse() const
{
    return m_mode == ViewMode::Graph || m_graphPane->isAncestorOf(QApplication::focusWidget());
}

void FlowPage::focusWay()
{
    m_crumbs->setFocus(Qt::ShortcutFocusReason);
}

void FlowPage::onAnalysed()
{
    const flow::Snapshot snapshot = m_session->shownSnapshot();
    m_canvas->showSnapshot(snapshot);
    syncFromCaret();
    emit analysed();
}

void FlowPage::onCaretMoved(std::size_t offset)
{
    const flow::LineIndex lines(m_session->text());
    const auto position = lines.position(std::min(offset, m_session->text().size()));
    emit caretMoved(int(position.line), int(position.column));
    if (m_session->snapshot().flowRevision == m_session->revision())
        syncFromCaret();
}

/// The task at the caret is the selected one in the graph, marked in the text, named in the breadcrumb.
void FlowPage::syncFromCaret()
{
    const flow::Snapshot snapshot = m_session->snapshot();
    if (!snapshot.flow || m_joining)
        return;
    const std::size_t offset = pastIndent(m_session->text(), m_editor->caretOffset());
    showWay(offset);
    const std::optional<Place> place = placeAt(*snapshot.flow, offset);
    m_editor->setMarkedRange(place ? place->range : flow::Range{});
    const std::string path = place ? place->path : std::string();
    const flow::Task *task = place ? snapshot.flow->findByPath(path) : nullptr;
    const std::string id = task ? task->id : std::string();
    const bool changed = path != m_currentTask || id != m_currentId;
    m_currentTask = path;
    m_currentId = id;
    m_joining = true;
    const QStringList wanted = place ? QStringList{QString::fromStdString(path)} : QStringList{};
    if (m_canvas->selected() != wanted && !m_canvas->hasFocus())
        m_canvas->setSelected(wanted, changed);
    m_joining = false;
    if (changed)
        emit currentTaskChanged(QString::fromStdString(path));
}

/// Where the caret is; outside all keys the file itself.
void FlowPage::showWay(std::size_t offset)
{
    std::vector<Crumb> crumbs = crumbsAt(*m_session->snapshot().flow, offset);
    if (crumbs.empty())
        crumbs.push_back({m_title, 0});
    m_crumbs->setCrumbs(std::move(crumbs));
}

QPoint FlowPage::caretPlace() const
{
    const flow::LineIndex lines(m_session->text());
    const auto position = lines.position(std::min(m_editor->caretOffset(), m_session->text().size()));
    return {int(position.column), int(position.line)};
}

void FlowPage::onCanvasSelection()
{
    const QStringList paths = m_canvas->selected();
    const flow::Snapshot snapshot = m_session->snapshot();
    if (m_joining || paths.isEmpty() || !snapshot.flow || snapshot.flowRevision != m_session->revision())
        return;
    const std::optional<Place> place = findPlace(*snapshot.flow, paths.front().toStdString());
    if (!place)
        return;
    m_joining = true;
    m_editor->goToOffset(place->caret);
    m_editor->setMarkedRange(place->range);
    showWay(place->caret);
    m_joining = false;
    if (m_currentTask != place->path) {
        m_currentTask = place->path;
        emit currentTaskChanged(QString::fromStdString(m_currentTask));
    }
}

void FlowPage::selectTask(const std::string &path)
{
    const flow::Snapshot snapshot = m_session->freshSnapshot();
    const std::optional<Place> place = findPlace(*snapshot.flow, path);
    if (!place)
        return;
    m_editor->goToOffset(place->caret);
    m_canvas->setSelected({QString::fromStdString(path)});
    syncFromCaret();
}

void FlowPage::jumpTo(std::size_t offset)
{
    if (m_mode == ViewMode::Graph)
        setMode(ViewMode::Both);
    m_editor->goToOffset(std::min(offset, m_session->text().size()));
    m_editor->setFocus(Qt::ShortcutFocusReason);
}

QList<Problem> FlowPage::problems() const
{
    const flow::Snapshot snapshot = m_session->shownSnapshot();
    const flow::LineIndex lines(m_session->text());
    QList<Problem> found;
    for (const flow::Diagnostic &diagnostic : snapshot.diagnostics) {
        const auto place = lines.position(std::min(diagnostic.range.begin, m_session->text().size()));
        found.append({diagnostic.severity, sentence(diagnostic), QString::fromStdString(diagnostic.code),
                      filePath().isEmpty() ? title() : filePath(), int(place.line), int(place.column), diagnostic.range.begin});
    }
    return found;
}

QString FlowPage::filePath() const { return m_session->filePath(); }
QString FlowPage::title() const { return m_title; }
bool FlowPage::isModified() const { return m_session->isModified(); }

editor::FileResult<> FlowPage::save(bool overwrite)
{
    auto done = m_session->save(overwrite);
    if (done)
        m_banner->hide();
    return done;
}

editor::FileResult<> FlowPage::saveAs(const QString &path)
{
    return m_session->saveAs(path);
}

void FlowPage::undo() { m_session->undo(); }
void FlowPage::redo() { m_session->redo(); }

void FlowPage::focusText()
{
    if (m_mode == ViewMode::Graph)
        m_canvas->setFocus(Qt::ShortcutFocusReason);
    else
        m_editor->setFocus(Qt::ShortcutFocusReason);
}

void FlowPage::goToLine(int line, int column)
{
    m_editor->goToLine(line, column);
    m_editor->setFocus(Qt::ShortcutFocusReason);
}

void FlowPage::showError(const QString &sentence)
{
    m_banner->setTone(QStringLiteral("failed"));
    m_banner->clearActions();
    m_banner->setText(sentence);
    connect(m_banner->addAction(Tr::tr("Close")), &QPushButton::clicked, m_banner, &QWidget::hide);
    m_banner->show();
}

void FlowPage::offerRecovered(const QString &swapFile, const std::string &text)
{
    showRecovered(*m_banner, *m_session, swapFile, text);
}

/// The file changed under the document: reloaded when that loses nothing, else three ways out.
void FlowPage::onDiskChange(editor::DiskChange change)
{
    showDiskChange(*m_banner, *m_session, change, [this](const QString &cause) { showError(cause); });
}

} // namespace app
