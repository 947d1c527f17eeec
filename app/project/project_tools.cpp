#include "app/project/project_tools.h"

#include "app/document_area.h"
#include "app/project/run_values.h"
#include "app/run/history_model.h"
#include "app/run/run_controller.h"
#include "editor/editor_pane.h"
#include "ui/tr.h"

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

} // namespace

ProjectTools::ProjectTools(AppState &state, DocumentArea &documents, RunController &runs, QObject *parent)
    : QObject(parent), m_state(state), m_documents(documents), m_runs(runs)
{
    connect(&documents, &DocumentArea::opened, this, &ProjectTools::watch);
}

void ProjectTools::watch(DocumentPage *page)
{
    if (auto *flow = qobject_cast<FlowPage *>(page))
        flow->textPane().assist().setRunValuesSource(LastRunValues(m_runs, flow));
}

} // namespace app
