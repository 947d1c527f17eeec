#include "app/run/run_controller.h"

#include "app/app_state.h"
#include "app/canvas_bar.h"
#include "app/document_area.h"
#include "app/messages.h"
#include "app/project.h"
#include "app/run/graph_marks.h"
#include "app/run/history_panel.h"
#include "app/run/run_dialog.h"
#include "app/run/run_panel.h"
#include "canvas/canvas_view.h"
#include "engine/expr/template_faults.h"
#include "engine/flow/analysis.h"
#include "ui/state_look.h"
#include "ui/tr.h"
#include "ui/words.h"

#include <QDateTime>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>

#include <algorithm>

namespace app {

namespace {

constexpr int kTickMs = 100;
constexpr std::size_t kHistory = 200;

qint64 nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

/// What is handed to the engine of what was typed; a default that is an expression is left to it.
flow::Object valuesOf(const std::vector<InputField> &fields, const QMap<QString, QString> &texts)
{
    flow::Object values;
    for (const InputField &field : fields)
        if (texts.contains(field.id) && !(field.defaultText == texts.value(field.id) && field.defaultText.contains(QLatin1String("{{"))))
            if (flow::Value value = valueOf(field, texts.value(field.id)); !value.isNull())
                values.set(field.id.toStdString(), std::move(value));
    return values;
}

RunDialog::Refusal refusalOf(const engine::Error &error)
{
    if (error.code == engine::ErrorCode::InputInvalid && error.args.size() > 1)
        return {QString::fromStdString(error.args[0]), QString::fromStdString(error.args[1])};
    return {sentence(error), {}};
}

} // namespace

RunController::RunController(AppState &state, DocumentArea &documents, QObject *parent)
    : QObject(parent), m_state(state), m_documents(documents), m_host(state), m_history(new HistoryPanel(state)),
      m_panel(new RunPanel(state, [this](const QString &uri) { return m_host.locate(uri); }))
{
    m_tick.setInterval(kTickMs);
    connect(&m_tick, &QTimer::timeout, this, &RunController::tick);
    connect(&m_host, &EngineHost::changed, this, &RunController::onChanged);
    connect(m_history, &HistoryPanel::runChosen, this, [this](const QString &id) {
        show(id);
        emit panelWanted();
    });
    connect(&m_host, &EngineHost::faulted, this, [this](const engine::Error &error) {
        m_panel->setFault(Tr::tr("%1 Until then nothing new begins; it is tried again every second.").arg(sentence(error)));
        emit panelWanted();
    });
    connect(&m_host, &EngineHost::recovered, this, [this] { m_panel->setFault({}); });
    connect(m_panel, &RunPanel::resumeWanted, this, &RunController::resume);
    connect(m_panel, &RunPanel::taskChosen, this, [this](const QString &taskId) { jumpTo(taskId); });
    connect(m_panel, &RunPanel::faultChosen, this, &RunController::jumpTo);
    connect(m_panel, &RunPanel::runAgainWanted, this, [this] {
        const RunRecord *record = shown();
        FlowPage *page = record ? pageOf(*record) : m_current.data();
        if (page)
            run(page, true);
    });
}

RunController::~RunController() = default;

void RunController::setProject(const Project *project)
{
    m_running.clear();
    m_shownId.clear();
    m_current = nullptr;
    m_panel->setRecord(nullptr, nullptr);
    qDeleteAll(m_records);
    m_records.clear();
    m_history->model().setRuns({});
    m_host.setProject(project ? project->folder() : QString());
    m_tick.stop();
    emit runningChanged(false, {});
    emit statusChanged({}, {});
    if (project)
        QTimer::singleShot(0, this, &RunController::loadHistory);
}

/// Runs of earlier sessions; those an engine left unfinished when it died are interrupted.
void RunController::loadHistory()
{
    engine::ExecutionFilter filter;
    filter.limit = kHistory;
    auto runs = m_host.list(filter);
    if (!runs)
        return; // said when a run is started
    m_history->model().setRuns(std::move(*runs));
    for (const QString &id : m_host.interrupted())
        if (!m_running.contains(id))
            m_history->model().setInterrupted(id, true);
}

QString RunController::key(FlowPage *flow) const
{
    return flow->filePath().isEmpty() ? flow->title() : flow->filePath();
}

void RunController::setCurrentFlow(FlowPage *flow)
{
    m_current = flow;
    if (flow)
        showOver(flow);
}

void RunController::watch(FlowPage *flow)
{
    connect(&flow->canvasBar(), &CanvasBar::runDismissed, this, [this, flow] {
        flow->canvas().clearRun();
        flow->canvasBar().setRun({}, {});
        Q_UNUSED(this)
    });
    connect(flow, &FlowPage::currentTaskChanged, this, [this, flow](const QString &path) {
        const flow::Snapshot snapshot = flow->session().snapshot();
        const flow::Task *task = snapshot.flow ? snapshot.flow->findByPath(path.toStdString()) : nullptr;
        if (task)
            m_panel->selectTask(QString::fromStdString(task->id));
    });
}

void RunController::run(FlowPage *flow, bool lastInputs)
{
    if (!flow || isRunning())
        return;
    const flow::Snapshot snapshot = flow->session().freshSnapshot();
    std::vector<InputField> fields = inputFields(*snapshot.flow);
    QMap<QString, QString> texts;
    if (lastInputs || m_useLastInputs)
        texts = m_lastInputs.value(key(flow));
    if (fields.empty() || (lastInputs && !texts.isEmpty())) {
        start(flow, texts);
        return;
    }
    const RunDialog::Words words{Tr::tr("Run %1").arg(QString::fromStdString(snapshot.flow->id)),
                                 Tr::tr("%1 · runs on this machine").arg(QString::fromStdString(snapshot.flow->namespaceId)), Tr::tr("Run")};
    RunDialog dialog(m_state, words, std::move(fields), texts,
                     [this, flow](const QMap<QString, QString> &given) -> std::optional<RunDialog::Refusal> {
                         const auto started = tryStart(flow, given);
                         return started ? std::nullopt : std::optional(refusalOf(started.error()));
                     },
                     flow->window());
    dialog.exec();
}

QString RunController::start(FlowPage *flow, const QMap<QString, QString> &texts)
{
    const auto started = tryStart(flow, texts);
    if (started)
        return *started;
    flow->showError(refusalOf(started.error()).sentence);
    return {};
}

engine::Result<QString> RunController::tryStart(FlowPage *flow, const QMap<QString, QString> &texts)
{
    const flow::Snapshot snapshot = flow->session().freshSnapshot();
    engine::StartRequest request;
    request.flowText = snapshot.text;
    request.flowPath = flow->filePath().toStdString();
    request.inputs = valuesOf(inputFields(*snapshot.flow), texts);
    auto started = m_host.start(request);
    if (!started)
        return started.error();
    const QString id = QString::fromStdString(*started);
    m_lastInputs.insert(key(flow), texts);
    m_running.insert(id);
    m_shownId = id;
    if (RunRecord *record = recordOf(id))
        m_panel->setRecord(record, snapshot.flow);
    emit panelWanted();
    m_tick.start();
    tick();
    return id;
}

void RunController::stop()
{
    for (const QString &id : m_running)
        if (auto killed = m_host.kill(id); !killed && killed.error().code != engine::ErrorCode::WrongState)
            emit failed(sentence(killed.error()));
}

bool RunController::canResume() const
{
    const RunRecord *record = shown();
    return record && (record->isInterrupted() || record->execution().state == engine::State::Paused);
}

void RunController::resume()
{
    RunRecord *record = shown();
    if (!record || !canResume())
        return;
    if (record->isInterrupted()) {
        takeUp(record);
        return;
    }
    const QString id = record->id();
    const engine::Execution &execution = record->execution();
    const auto paused = std::find_if(execution.taskRuns.begin(), execution.taskRuns.end(),
                                     [](const engine::TaskRun &run) { return run.state == engine::State::Paused && !run.removed; });
    const std::shared_ptr<const flow::Flow> flow = m_panel->flow();
    const flow::Task *task = flow && paused != execution.taskRuns.end() ? flow->findById(paused->taskId) : nullptr;
    std::vector<InputField> fields = inputFields(task && task->node ? task->node->find("onResume") : nullptr);
    const auto resume = [this, id, fields](const QMap<QString, QString> &texts) -> std::optional<RunDialog::Refusal> {
        const auto resumed = m_host.resume(id, valuesOf(fields, texts));
        return resumed ? std::nullopt : std::optional(refusalOf(resumed.error()));
    };
    if (fields.empty()) {
        if (const auto refusal = resume({}))
            emit failed(refusal->sentence);
        return;
    }
    const RunDialog::Words words{Tr::tr("Resume %1").arg(QString::fromStdString(execution.flowId)),
                                 Tr::tr("%1 waits for these values").arg(QString::fromStdString(task->id)), Tr::tr("Resume")};
    RunDialog dialog(m_state, words, std::move(fields), {}, resume, m_panel->window());
    dialog.exec();
}

void RunController::takeUp(RunRecord *record)
{
    if (const auto taken = m_host.takeUp(record->id()); !taken) {
        emit failed(sentence(taken.error()));
        return;
    }
    record->setInterrupted(false);
    m_history->model().setInterrupted(record->id(), false);
    m_running.insert(record->id());
    m_tick.start();
    tick();
}

RunRecord *RunController::recordOf(const QString &id)
{
    if (RunRecord *known = m_records.value(id))
        return known;
    auto read = m_host.read(id);
    if (!read)
        return nullptr;
    auto *record = new RunRecord(std::move(*read), this);
    m_records.insert(id, record);
    return record;
}

void RunController::onChanged(const std::vector<engine::ExecutionChange> &changes, quint64 before)
{
    for (const engine::ExecutionChange &change : changes) {
        m_history->model().apply(change);
        if (RunRecord *record = m_records.value(QString::fromStdString(change.id)); record && before >= record->changesBefore())
            record->apply(change);
        ++before;
    }
    tick();
}

void RunController::tick()
{
    QStringList ended;
    for (const QString &id : std::as_const(m_running))
        if (const RunRecord *record = m_records.value(id); record && record->ended())
            ended.append(id);
    for (const QString &id : ended)
        m_running.remove(id);
    const RunRecord *record = shown();
    if (record) {
        const qint64 now = nowMs();
        const QString duration = ui::durationText(record->endMs(now) - record->startMs());
        if (m_running.contains(m_shownId))
            emit runningChanged(true, Tr::tr("Running %1").arg(duration));
        QString text;
        if (record->execution().state == engine::State::Paused && !record->isInterrupted())
            text = Tr::tr("%1 waits · %2").arg(QString::fromStdString(record->execution().flowId), duration);
        else if (!record->ended())
            text = Tr::tr("%1 runs · %2").arg(QString::fromStdString(record->execution().flowId), duration);
        else if (const engine::TaskRun *failed = record->failedRun(); failed && record->execution().state == engine::State::Failed)
            text = Tr::tr("Last run %1 at %2 · %3").arg(record->state(), QString::fromStdString(failed->taskId), duration);
        else
            text = Tr::tr("Last run %1 · %2").arg(record->state(), duration);
        emit statusChanged(record->state(), text);
        if (FlowPage *page = pageOf(*record))
            showOver(page);
    }
    if (m_running.isEmpty()) {
        m_tick.stop();
        emit runningChanged(false, {});
    }
}

RunRecord *RunController::shown() const
{
    return m_records.value(m_shownId);
}

RunRecord *RunController::lastOf(FlowPage *flow)
{
    if (RunRecord *record = shown(); record && pageOf(*record) == flow)
        return record;
    const std::shared_ptr<const flow::Flow> read = flow->session().snapshot().flow;
    for (const engine::ExecutionSummary &run : m_history->model().runs())
        if (read && run.flowId == read->id && run.namespaceId == read->namespaceId)
            return recordOf(QString::fromStdString(run.id));
    return nullptr;
}

FlowPage *RunController::pageOf(const RunRecord &record) const
{
    const QString path = QString::fromStdString(record.execution().flowPath);
    for (FlowPage *page : m_documents.flows()) {
        if (!path.isEmpty() && page->filePath() == path)
            return page;
        const flow::Snapshot snapshot = page->session().snapshot();
        if (path.isEmpty() && snapshot.flow && snapshot.flow->id == record.execution().flowId && snapshot.flow->namespaceId == record.execution().namespaceId)
            return page;
    }
    return nullptr;
}

void RunController::showOver(FlowPage *flow)
{
    const RunRecord *record = shown();
    if (!record || pageOf(*record) != flow)
        return;
    flow->canvas().setRun(overlayOf(*record, flow->session().text(), flow->session().snapshot().flow.get(), nowMs()));
    const QString when = QDateTime::fromMSecsSinceEpoch(record->startMs()).toString(QStringLiteral("HH:mm"));
    flow->canvasBar().setRun(record->state(), Tr::tr("Run %1").arg(when));
    emit overlayChanged(flow);
}

void RunController::show(const QString &id)
{
    RunRecord *record = recordOf(id);
    if (!record)
        return;
    if (!engine::isEnd(record->execution().state) && !m_running.contains(id) && m_host.interrupted().contains(id)
        && m_history->model().rowOf(id) >= 0
        && m_history->model().index(m_history->model().rowOf(id)).data(HistoryModel::StateRole).toString() == QLatin1String("INTERRUPTED"))
        record->setInterrupted(true);
    m_shownId = id;
    std::shared_ptr<const flow::Flow> flow;
    if (record->execution().flowText)
        flow = flow::analyse(*record->execution().flowText, {}, *m_state.catalog()).flow;
    m_panel->setRecord(record, flow);
    m_history->select(id);
    tick();
}

/// From a run to the place in the flow: its tab is shown, opened if need be. With a message to the template it
/// tells of, as long as that still stands there.
void RunController::jumpTo(const QString &taskId, const QString &message)
{
    const RunRecord *record = shown();
    if (!record)
        return;
    FlowPage *page = pageOf(*record);
    if (!page && !record->execution().flowPath.empty()) {
        emit openFileWanted(QString::fromStdString(record->execution().flowPath));
        page = pageOf(*record);
    }
    if (!page)
        return;
    m_documents.show(page);
    const flow::Snapshot snapshot = page->session().freshSnapshot();
    if (const flow::Task *task = snapshot.flow->findById(taskId.toStdString()))
        page->selectTask(task->path);
    if (message.isEmpty())
        return;
    if (const auto place = expr::placeOfFailure(*snapshot.text, *snapshot.flow->tree, taskId.toStdString(), message.toStdString()))
        page->jumpTo(*place);
}

QString RunController::engineText() const
{
    if (m_running.isEmpty())
        return Tr::tr("Engine idle");
    return Tr::tr("Engine: %n run(s)", nullptr, int(m_running.size()));
}

QList<PaletteEntry> RunController::paletteEntries()
{
    QList<PaletteEntry> entries;
    const HistoryModel &model = m_history->model();
    for (int row = 0; row < model.rowCount(); ++row) {
        const QModelIndex index = model.index(row);
        const QString id = index.data(HistoryModel::IdRole).toString();
        const ui::StateLook look = ui::stateLook(index.data(HistoryModel::StateRole).toString());
        entries.append({PaletteEntry::Kind::Run, look.icon, look.inkToken, index.data(HistoryModel::FlowRole).toString(),
                        index.data(HistoryModel::TimeRole).toString(), index.data(HistoryModel::DurationRole).toString(), true, [this, id] {
                            show(id);
                            emit panelWanted();
                        }});
    }
    return entries;
}

void RunController::fillInputsMenu(QMenu *menu, FlowPage *flow)
{
    menu->clear();
    const auto choose = [this](bool last) {
        m_useLastInputs = last;
        emit inputsChoiceChanged(last ? Tr::tr("Inputs: last used") : Tr::tr("Inputs: defaults"));
    };
    QAction *defaults = menu->addAction(Tr::tr("Defaults"), this, [choose] { choose(false); });
    QAction *last = menu->addAction(Tr::tr("Last used"), this, [choose] { choose(true); });
    defaults->setCheckable(true);
    last->setCheckable(true);
    (m_useLastInputs ? last : defaults)->setChecked(true);
    last->setEnabled(flow && m_lastInputs.contains(key(flow)));
    menu->addSeparator();
    QAction *edit = menu->addAction(Tr::tr("Edit and run…"), this, [this, flow = QPointer(flow)] { run(flow, false); });
    edit->setEnabled(flow && !isRunning());
}

bool RunController::mayClose(QWidget *parent)
{
    if (m_running.isEmpty())
        return true;
    QMessageBox box(QMessageBox::NoIcon, Tr::tr("A run goes on"), Tr::tr("%n run(s) would be interrupted.", nullptr, int(m_running.size())), QMessageBox::NoButton, parent);
    QPushButton *stay = box.addButton(Tr::tr("Keep running"), QMessageBox::RejectRole);
    QPushButton *leave = box.addButton(Tr::tr("Interrupt and close"), QMessageBox::DestructiveRole);
    box.setDefaultButton(stay);
    box.setEscapeButton(stay);
    box.exec();
    return box.clickedButton() == leave;
}

} // namespace app
