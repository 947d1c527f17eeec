#pragma once

#include "app/command_palette.h"
#include "app/run/engine_host.h"
#include "app/run/run_record.h"

#include <QMap>
#include <QObject>
#include <QPointer>
#include <QSet>

class QMenu;

namespace app {

class AppState;
class DocumentArea;
class FlowPage;
class HistoryPanel;
class Project;
class RunPanel;

/// Runs flows: asks for inputs, starts and stops the engine, keeps the records of what runs, and shows
/// the chosen one in the panels and over the graph. GUI thread.
class RunController : public QObject
{
    Q_OBJECT

public:
    RunController(AppState &state, DocumentArea &documents, QObject *parent = nullptr);
    ~RunController() override;

    HistoryPanel *historyPanel() { return m_history; }
    RunPanel *runPanel() { return m_panel; }
    EngineHost &host() { return m_host; }

    void setProject(const Project *project);
    void setCurrentFlow(FlowPage *flow); ///< null: none
    void watch(FlowPage *flow);          ///< a page that was opened
    /// Saves nothing: the text as it stands is run. Asks for inputs when there are any, unless the last
    /// ones shall do.
    void run(FlowPage *flow, bool lastInputs);
    /// The same without asking; the id, or empty (a sentence was shown).
    QString start(FlowPage *flow, const QMap<QString, QString> &texts);
    void stop();
    /// The shown run goes on: after a pause, with the values its `onResume` asks for, or after its process died.
    void resume();
    bool canResume() const;
    bool isRunning() const { return !m_running.isEmpty(); }
    void show(const QString &id);
    RunRecord *shown() const;
    /// The run shown over a flow, else its newest one; null when it never ran.
    RunRecord *lastOf(FlowPage *flow);
    QString engineText() const;
    QList<PaletteEntry> paletteEntries();
    void fillInputsMenu(QMenu *menu, FlowPage *flow);
    /// Asks when something runs; true when the window may close.
    bool mayClose(QWidget *parent);

signals:
    void runningChanged(bool running, const QString &text);
    void statusChanged(const QString &look, const QString &text);
    void panelWanted();
    void overlayChanged(app::FlowPage *flow); ///< what a run did is shown over its graph anew
    void inputsChoiceChanged(const QString &text);
    void openFileWanted(const QString &path);
    void failed(const QString &sentence);

private:
    engine::Result<QString> tryStart(FlowPage *flow, const QMap<QString, QString> &texts);
    void takeUp(RunRecord *record);
    void onChanged(const std::vector<engine::ExecutionChange> &changes, quint64 before);
    RunRecord *recordOf(const QString &id);
    void loadHistory();
    void tick();
    void showOver(FlowPage *flow);
    void jumpTo(const QString &taskId, const QString &message = {});
    FlowPage *pageOf(const RunRecord &record) const;
    QString key(FlowPage *flow) const;

    AppState &m_state;
    DocumentArea &m_documents;
    EngineHost m_host;
    HistoryPanel *m_history;
    RunPanel *m_panel;
    QHash<QString, RunRecord *> m_records; ///< of this session, or looked at; children of this
    QSet<QString> m_running;               ///< started by hand, not ended
    QString m_shownId;
    QPointer<FlowPage> m_current;
    QHash<QString, QMap<QString, QString>> m_lastInputs; ///< by flow
    bool m_useLastInputs = false;
    QTimer m_tick;
};

} // namespace app
