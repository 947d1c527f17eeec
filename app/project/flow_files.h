#pragma once

#include "engine/flow/edits.h"
#include "engine/flow/task_catalog.h"

#include <QString>
#include <QStringList>

namespace app {

class DocumentArea;
class Project;

/// What must change in a project's files for a flow to get another id, and where it is named. Texts of
/// open documents are taken as they stand.
struct FlowRename
{
    struct Change
    {
        QString path;
        flow::Edit edit;
    };
    std::vector<Change> changes;
};
flow::Result<FlowRename> planFlowRename(const Project &project, const DocumentArea &documents, const flow::TaskCatalog &catalog, const QString &path,
                                        const QString &newId);

/// `namespace.id` of the flows of the project that name this one: by Subflow tasks and flow triggers.
QStringList flowsThatName(const Project &project, const DocumentArea &documents, const flow::TaskCatalog &catalog, const QString &path);

/// Writes the changes: into open documents as a step of their history that is saved when they had no
/// changes of their own, into the others by way of a new file each. Sentences of what failed.
QStringList applyFlowRename(const FlowRename &rename, DocumentArea &documents);

} // namespace app
