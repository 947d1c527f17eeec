#include "app/project_neighbours.h"

#include "app/document_area.h"
#include "app/project.h"
#include "engine/flow/analysis.h"
#include "ui/tr.h"

#include <QDir>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>

namespace app {

ProjectNeighbours::ProjectNeighbours(FlowPage &page, const DocumentArea &documents, std::shared_ptr<const flow::TaskCatalog> catalog, OpenProject project, Say say)
    : m_page(page), m_documents(documents), m_catalog(std::move(catalog)), m_project(std::move(project)), m_say(std::move(say))
{
}

canvas::DroppedFile ProjectNeighbours::meaningOf(const QString &path)
{
    const QString clean = QDir::cleanPath(path);
    canvas::DroppedFile meaning;
    meaning.name = QFileInfo(clean).fileName();
    const Project *project = m_project();
    if (!project)
        return meaning;
    const auto flow = std::find_if(project->flows().begin(), project->flows().end(), [&](const FlowFile &file) { return file.path == clean; });
    if (flow != project->flows().end()) {
        meaning.namespaceId = flow->namespaceId;
        meaning.flowId = flow->id;
        return meaning;
    }
    const flow::Snapshot own = m_page.session().freshSnapshot();
    const QString folder = project->filesFolder(QString::fromStdString(own.flow->namespaceId));
    if (!folder.isEmpty() && clean.startsWith(folder + QLatin1Char('/')))
        meaning.source = QStringLiteral("nsfile:///") + clean.mid(folder.size() + 1);
    return meaning;
}

flow::Snapshot ProjectNeighbours::calledFlow(const QString &namespaceId, const QString &flowId)
{
    const Project *project = m_project();
    const FlowFile *found = project ? project->findFlow(namespaceId, flowId) : nullptr;
    if (!found)
        return {};
    if (auto *open = qobject_cast<FlowPage *>(m_documents.pageOf(found->path)))
        return open->session().freshSnapshot();
    QFile file(found->path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    flow::FlowDocument document(file.readAll().toStdString());
    document.adopt(flow::analyse(document.text(), document.revision(), *m_catalog));
    return document.snapshot();
}

bool ProjectNeighbours::writeFlow(const QString &flowId, const std::string &text)
{
    const QString own = m_page.filePath();
    if (own.isEmpty()) {
        m_say(Tr::tr("Save this flow first: the new one is written beside it."));
        return false;
    }
    const QString path = QFileInfo(own).absolutePath() + QLatin1Char('/') + flowId + QStringLiteral(".yaml");
    if (QFileInfo::exists(path)) {
        m_say(Tr::tr("%1 exists already; choose another id.").arg(QFileInfo(path).fileName()));
        return false;
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(text)) < 0 || !file.commit()) {
        m_say(Tr::tr("%1 could not be written: %2").arg(path, file.errorString()));
        return false;
    }
    return true;
}

} // namespace app
