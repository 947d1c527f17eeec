#include "app/project_neighbours.h"

#include "app/document_area.h"
#include "app/project.h"
#include "engine/flow/analysis.h"
#include "ui/tr.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <algorithm>
#include <optional>

namespace app {

namespace {

/// Nothing when it can't be read.
std::optional<std::string> readText(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? std::optional(file.readAll().toStdString()) : std::nullopt;
}

} // namespace

ProjectNeighbours::ProjectNeighbours(FlowPage &page, DocumentArea &documents, std::shared_ptr<const flow::TaskCatalog> catalog, OpenProject project, Say say)
    : m_page(page), m_documents(documents), m_catalog(std::move(catalog)), m_project(std::move(project)), m_say(std::move(say))
{
    QObject::connect(&page.session(), &editor::DocumentSession::stepRetraced, &m_context, [this](const flow::EditLabel &label, bool undone) {
        if (label.id != "edit.extract-subflow" || label.args.size() < 2)
            return;
        const QString path = pathOf(QString::fromStdString(label.args[0]));
        if (undone)
            takeBack(path, label.args[1]);
        else if (!QFileInfo::exists(path))
            write(path, label.args[1]);
        else if (readText(path) != label.args[1])
            m_say(Tr::tr("%1 has another text than the flow that was extracted; it stays as it is.").arg(QFileInfo(path).fileName()));
    });
}

QString ProjectNeighbours::pathOf(const QString &flowId) const
{
    return QFileInfo(m_page.filePath()).absolutePath() + QLatin1Char('/') + flowId + QStringLiteral(".yaml");
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
    const std::optional<std::string> text = readText(found->path);
    if (!text)
        return {};
    flow::FlowDocument document(*text);
    document.adopt(flow::analyse(document.text(), document.revision(), *m_catalog));
    return document.snapshot();
}

bool ProjectNeighbours::writeFlow(const QString &flowId, const std::string &text)
{
    if (m_page.filePath().isEmpty()) {
        m_say(Tr::tr("Save this flow first: the new one is written beside it."));
        return false;
    }
    const QString path = pathOf(flowId);
    if (QFileInfo::exists(path)) {
        m_say(Tr::tr("%1 exists already; choose another id.").arg(QFileInfo(path).fileName()));
        return false;
    }
    return write(path, text);
}

bool ProjectNeighbours::write(const QString &path, const std::string &text)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(QByteArray::fromStdString(text)) < 0 || !file.commit()) {
        m_say(Tr::tr("%1 could not be written: %2").arg(path, file.errorString()));
        return false;
    }
    return true;
}

/// The extraction is undone: its flow goes, unless something was made of it since.
void ProjectNeighbours::takeBack(const QString &path, const std::string &text)
{
    if (!QFileInfo::exists(path))
        return;
    DocumentPage *open = m_documents.pageOf(path);
    if (readText(path) != text || (open && open->isModified())) {
        m_say(Tr::tr("%1 was changed since it was extracted, so the file stays.").arg(QFileInfo(path).fileName()));
        return;
    }
    if (open)
        m_documents.close(open);
    QFile file(path);
    if (!file.remove())
        m_say(Tr::tr("%1 could not be deleted: %2").arg(QFileInfo(path).fileName(), file.errorString()));
}

} // namespace app
