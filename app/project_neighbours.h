#pragma once

#include "canvas/neighbours.h"
#include "engine/flow/task_catalog.h"

#include <QObject>

#include <functional>
#include <memory>

namespace app {

class DocumentArea;
class FlowPage;
class Project;

/// The files beside one flow: those of the project that is open, with the unsaved text of open documents. A flow that
/// an extraction wrote goes and comes back with the undo and redo of that step. Owned by the flow's page;
/// outlives neither the window nor its documents.
class ProjectNeighbours : public canvas::Neighbours
{
public:
    using OpenProject = std::function<const Project *()>; ///< null while none is open
    using Say = std::function<void(const QString &sentence)>;

    ProjectNeighbours(FlowPage &page, DocumentArea &documents, std::shared_ptr<const flow::TaskCatalog> catalog, OpenProject project, Say say);

    canvas::DroppedFile meaningOf(const QString &path) override;
    flow::Snapshot calledFlow(const QString &namespaceId, const QString &flowId) override;
    bool writeFlow(const QString &flowId, const std::string &text) override;

private:
    QString pathOf(const QString &flowId) const;
    bool write(const QString &path, const std::string &text);
    void takeBack(const QString &path, const std::string &text);

    FlowPage &m_page;
    DocumentArea &m_documents;
    std::shared_ptr<const flow::TaskCatalog> m_catalog;
    OpenProject m_project;
    Say m_say;
    QObject m_context; ///< of connections: they end with this
};

} // namespace app
