#include "app/dropped_files.h"

#include "app/project.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace app {

canvas::DroppedFile meaningOf(const Project *project, const QString &path, const QString &namespaceId)
{
    const QString clean = QDir::cleanPath(path);
    canvas::DroppedFile meaning;
    meaning.name = QFileInfo(clean).fileName();
    if (!project)
        return meaning;
    const auto flow = std::find_if(project->flows().begin(), project->flows().end(), [&](const FlowFile &file) { return file.path == clean; });
    if (flow != project->flows().end()) {
        meaning.namespaceId = flow->namespaceId;
        meaning.flowId = flow->id;
        return meaning;
    }
    const QString folder = project->filesFolder(namespaceId);
    if (!folder.isEmpty() && clean.startsWith(folder + QLatin1Char('/')))
        meaning.source = QStringLiteral("nsfile:///") + clean.mid(folder.size() + 1);
    return meaning;
}

} // namespace app
