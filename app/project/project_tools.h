#pragma once

#include <QObject>
#include <QPointer>

#include <memory>

namespace editor {
struct RunValues;
}

namespace app {

class AppState;
class DocumentArea;
class DocumentPage;
class FlowPage;
class RunController;
class RunRecord;

/// What helps to write flows beyond one text: values of the last run in the text views. Wires itself to
/// the documents as they open. GUI thread.
class ProjectTools : public QObject
{
    Q_OBJECT

public:
    ProjectTools(AppState &state, DocumentArea &documents, RunController &runs, QObject *parent);

private:
    void watch(DocumentPage *page);

    AppState &m_state;
    DocumentArea &m_documents;
    RunController &m_runs;
};

} // namespace app
