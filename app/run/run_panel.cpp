#include "app/run/run_panel.h"

#include "app/app_state.h"
#include "app/run/gantt_view.h"
#include "app/run/history_model.h"
#include "app/run/log_view.h"
#include "app/run/metrics_view.h"
#include "ui/banner.h"
#include "ui/empty_state.h"
#include "ui/state_chip.h"
#include "ui/themed_icons.h"
#include "ui/tr.h"
#include "ui/words.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QPushButton>
#include <QSplitter>
#include <QStackedLayout>
#include <QTabWidget>
#include <QTableWidget>
#include <QTimer>

namespace app {

RunPanel::RunPanel(AppState &state, OutputsView::Resolve resolve, QWidget *parent)
    : QWidget(parent), m_state(state), m_stack(new QStackedLayout(this)), m_chip(new ui::StateChip(state.theme())), m_title(new QLabel),
      m_id(new QLabel), m_facts(new QLabel), m_resume(new QPushButton),
      m_again(new QPushButton(Tr::tr("Run again"))), m_banner(new ui::Banner), m_left(new QTabWidget), m_right(new QTabWidget),
      m_gantt(new GanttView(state)), m_logs(new LogView(state)), m_outputs(new OutputsView(state, std::move(resolve))), m_metrics(new MetricsView(state)),
      m_overview(new QTableWidget(0, 2)), m_tick(new QTimer(this))
{
    setProperty("role", "panel");
    m_overview->horizontalHeader()->hide();
    m_overview->verticalHeader()->hide();
    m_overview->verticalHeader()->setDefaultSectionSize(state.theme().scaled(24));
    m_overview->horizontalHeader()->setStretchLastSection(true);
    m_overview->setColumnWidth(0, 130);
    m_overview->setShowGrid(false);
    m_overview->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_overview->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_overview->setAccessibleName(Tr::tr("Overview"));
    m_left->addTab(m_overview, Tr::tr("Overview"));
    m_left->addTab(m_gantt, Tr::tr("Gantt"));
    m_left->setCurrentWidget(m_gantt);
    m_right->addTab(m_logs, Tr::tr("Logs"));
    m_right->addTab(m_outputs, Tr::tr("Outputs"));
    m_right->addTab(m_metrics, Tr::tr("Metrics"));
    m_banner->setTone(QStringLiteral("failed"));
    m_banner->hide();

    auto *splitter = new QSplitter;
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(m_left);
    splitter->addWidget(m_right);
    splitter->setSizes({515, 580});
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addWidget(m_banner);
    layout->addWidget(splitter, 1);
    m_stack->addWidget(content);
    m_stack->addWidget(new ui::EmptyState(state.theme(), QStringLiteral("runs"), Tr::tr("Run the flow to see it here, Ctrl+E")));
    m_stack->setCurrentIndex(1);

    m_tick->setInterval(100);
    connect(m_tick, &QTimer::timeout, this, &RunPanel::refresh);
    const auto choose = [this](const QString &id) {
        selectTask(id);
        emit taskChosen(id);
    };
    connect(m_gantt, &GanttView::taskChosen, this, choose);
    connect(m_logs, &LogView::taskChosen, this, choose);
    connect(m_metrics, &MetricsView::taskChosen, this, choose);
    connect(m_logs, &LogView::faultChosen, this, [this](const QString &id, const QString &message) {
        selectTask(id);
        emit faultChosen(id, message);
    });
    connect(&state, &AppState::themeChanged, this, [this](const ui::Theme &theme) { m_chip->setTheme(theme); });
    setFocusProxy(m_gantt);
}

QWidget *RunPanel::makeHead()
{
    auto *head = new QFrame;
    head->setProperty("role", "bar");
    head->setFixedHeight(m_state.theme().scaled(40));
    m_title->setProperty("role", "strong");
    m_id->setProperty("role", "mono");
    m_facts->setProperty("role", "quiet");
    m_id->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_resume->setProperty("role", "primary");
    ui::setThemedIcon(m_resume, QStringLiteral("continue"), m_state.theme(), "onAccent");
    connect(m_resume, &QPushButton::clicked, this, &RunPanel::resumeWanted);
    m_resume->hide();
    ui::setThemedIcon(m_again, QStringLiteral("run"), m_state.theme(), "text");
    connect(m_again, &QPushButton::clicked, this, &RunPanel::runAgainWanted);
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(16, 0, 10, 0);
    layout->setSpacing(10);
    layout->addWidget(m_chip);
    layout->addWidget(m_title);
    layout->addWidget(m_id);
    layout->addWidget(m_facts, 1);
    layout->addWidget(m_resume);
    layout->addWidget(m_again);
    m_facts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    return head;
}

void RunPanel::setRecord(RunRecord *record, std::shared_ptr<const flow::Flow> flow)
{
    if (m_record)
        m_record->disconnect(this);
    m_record = record;
    m_flow = std::move(flow);
    m_gantt->setRecord(record, m_flow);
    m_logs->setRecord(record, m_flow);
    m_outputs->setRecord(record);
    m_metrics->setRecord(record);
    m_stack->setCurrentIndex(record ? 0 : 1);
    if (record) {
        connect(record, &RunRecord::changed, this, &RunPanel::refresh);
        connect(record, &RunRecord::logsReset, this, &RunPanel::refreshBanner);
    }
    refresh();
}

void RunPanel::selectTask(const QString &taskId)
{
    m_gantt->selectTask(taskId);
}

void RunPanel::setFault(const QString &sentence)
{
    m_fault = sentence;
    refreshBanner();
}

void RunPanel::refresh()
{
    const bool live = m_record && !m_record->ended();
    live ? m_tick->start() : m_tick->stop();
    if (!m_record)
        return;
    const engine::Execution &execution = m_record->execution();
    const qint64 now = QDateTime::currentMSecsSinceEpoch();
    m_chip->setState(m_record->state());
    m_resume->setText(m_record->isInterrupted() ? Tr::tr("Take up again") : Tr::tr("Resume"));
    m_again->setEnabled(!live);
    m_resume->setVisible(m_record->isInterrupted() || execution.state == engine::State::Paused);
    m_title->setText(QString::fromStdString(execution.flowId));
    m_id->setText(m_record->id().left(8));
    m_id->setToolTip(m_record->id());
    QStringList facts{QDateTime::fromMSecsSinceEpoch(m_record->startMs()).toString(QStringLiteral("HH:mm:ss")),
                      ui::durationText(m_record->endMs(now) - m_record->startMs())};
    const flow::Value *trigger = execution.trigger.find("id");
    facts.append(trigger ? QString::fromStdString(trigger->text()) : Tr::tr("manual"));
    if (execution.inputs.isMap())
        for (const auto &[key, value] : execution.inputs.map()) {
            if (value.isNull() || value.isMap() || value.isList() || facts.size() > 5)
                continue;
            facts.append(QStringLiteral("%1 = %2").arg(QString::fromStdString(key), QString::fromStdString(value.isText() ? value.text() : flow::toJson(value)).left(30)));
        }
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    refreshOverview();
    refreshBanner();
}

void RunPanel::refreshOverview()
{
    const engine::Execution &execution = m_record->execution();
    QList<QPair<QString, QString>> rows{{Tr::tr("State"), m_record->state()},
                                        {Tr::tr("Flow"), QString::fromStdString(execution.namespaceId + "." + execution.flowId)},
                                        {Tr::tr("Id"), m_record->id()},
                                        {Tr::tr("Started"), QDateTime::fromMSecsSinceEpoch(m_record->startMs()).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss.zzz"))},
                                        {Tr::tr("Duration"), ui::durationText(m_record->endMs(QDateTime::currentMSecsSinceEpoch()) - m_record->startMs())},
                                        {Tr::tr("Task runs"), QString::number(execution.taskRuns.size())}};
    if (!execution.parentId.empty())
        rows.append({Tr::tr("Started by"), QString::fromStdString(execution.parentId)});
    if (!execution.reason.empty())
        rows.append({Tr::tr("Reason"), QString::fromStdString(execution.reason)});
    if (execution.labels.isMap())
        for (const auto &[key, value] : execution.labels.map())
            rows.append({QString::fromStdString(key), QString::fromStdString(value.isText() ? value.text() : flow::toJson(value))});
    for (const engine::StateAt &state : execution.history)
        rows.append({stateWord(state.state), QDateTime::fromMSecsSinceEpoch(toMs(state.at)).toString(QStringLiteral("HH:mm:ss.zzz"))});
    for (const engine::MetricEntry &metric : m_record->metrics())
        rows.append({QString::fromStdString(metric.metric.name), QLocale::c().toString(metric.metric.value, 'g', 8)});
    m_overview->setRowCount(int(rows.size()));
    for (int row = 0; row < rows.size(); ++row) {
        const QString texts[2] = {rows[row].first, rows[row].second};
        for (int column = 0; column < 2; ++column) {
            QTableWidgetItem *item = m_overview->item(row, column);
            if (!item)
                m_overview->setItem(row, column, item = new QTableWidgetItem);
            item->setText(texts[column]);
            item->setForeground(m_state.theme().color(column == 0 ? "text2" : "text"));
        }
    }
}

/// What keeps runs from going on; else what failed, the first useful line of the error, and the way to the place.
void RunPanel::refreshBanner()
{
    const engine::TaskRun *failed = m_record && m_record->ended() ? m_record->failedRun() : nullptr;
    const bool show = failed && m_record->execution().state == engine::State::Failed;
    m_banner->setVisible(show || !m_fault.isEmpty());
    if (!show || !m_fault.isEmpty()) {
        m_failedTask.clear();
        m_banner->clearActions();
        m_banner->setText(m_fault);
        return;
    }
    const QString id = QString::fromStdString(failed->taskId);
    const int attempts = int(failed->attempts.size());
    const QString title = attempts > 1 ? Tr::tr("%1 failed after %n attempt(s)", nullptr, attempts).arg(id) : Tr::tr("%1 failed").arg(id);
    const QString message = m_record->firstError(failed->index);
    const QString place = m_flow ? faultPlace(*m_record, *m_flow, failed->index, message.toStdString()) : QString();
    const QString lines = message.section(QLatin1Char('\n'), 0, 2);
    m_banner->setText(title, place.isEmpty() ? lines : QStringLiteral("%1  %2").arg(place, lines), true);
    if (m_failedTask == id)
        return;
    m_failedTask = id;
    m_banner->clearActions();
    connect(m_banner->addAction(Tr::tr("Go to %1").arg(id), true), &QPushButton::clicked, this, [this, id] {
        const engine::TaskRun *run = m_record ? m_record->failedRun() : nullptr;
        selectTask(id);
        emit faultChosen(id, run ? m_record->firstError(run->index) : QString());
    });
    m_gantt->selectTask(id);
}

} // namespace app
