#pragma once

#include <QHash>
#include <QObject>
#include <QPointer>

#include <memory>

class QMenu;

namespace editor {
struct RunValues;
}

namespace app {

class Actions;
class AppState;
class DocsPanel;
class Docks;
class DocumentArea;
class DocumentPage;
class FlowPage;
class Project;
class RunController;
class SearchPanel;
class StepsPanel;

/// What helps to write flows beyond one text: search over the project, steps, documentation, blueprints,
/// comparing, blame, formatting, renaming and deleting flows with what names them. Owns its panels until
/// the docks take them; wires itself to the documents as they open. GUI thread.
class ProjectTools : public QObject
{
    Q_OBJECT

public:
    ProjectTools(AppState &state, DocumentArea &documents, RunController &runs, QWidget *window);
    ~ProjectTools() override;

    void addDocks(Docks &docks);
    void addActions(Actions &actions, Docks &docks);
    void fillLayoutMenu(QMenu *menu);
    /// Where the values on hover come from: the last run, or a test case of the current flow.
    void fillValuesMenu(QMenu *menu);
    void setProject(Project *project); ///< null: none

    SearchPanel &search() { return *m_search; }
    StepsPanel &steps() { return *m_steps; }
    DocsPanel &docs() { return *m_docs; }

    /// Asks for id and blueprint, writes the file, opens it.
    void newFlowFromBlueprint();
    void newProject();
    /// Asks with a diff; the text is changed only when the answer is yes.
    void format();
    void compareWithSaved();
    void compareWithHead();
    void showBlame(bool shown);
    /// A flow's file gets another name: with `withId` the flow and what names it follow.
    bool renameFile(const QString &from, const QString &to, bool withId);
    /// The question before a flow's file is deleted: who names it; empty when nobody does.
    QString deletionWarning(const QString &path) const;

signals:
    void openWanted(const QString &path);
    void placeWanted(const QString &path, std::size_t offset, std::size_t length);
    void projectWanted(const QString &folder);
    void failed(const QString &sentence);
    void said(const QString &sentence);

private:
    void watch(DocumentPage *page);
    void show(DocumentPage *page);
    void refreshBlame();
    void saveLayout(Docks &docks);

    AppState &m_state;
    DocumentArea &m_documents;
    RunController &m_runs;
    QWidget *m_window;
    Project *m_project = nullptr;
    Docks *m_dockArea = nullptr;
    SearchPanel *m_search;
    StepsPanel *m_steps;
    DocsPanel *m_docs;
    bool m_blame = false;
    QHash<QString, std::shared_ptr<const editor::RunValues>> m_fixtures; ///< chosen instead of the last run, by the flow's file
    int m_blameTurn = 0; ///< answers of earlier questions are dropped
};

} // namespace app
