#include "app/project.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>

namespace app {

namespace {

constexpr int kDepthLimit = 12;
constexpr int kWatchLimit = 2'000;
constexpr qint64 kFlowBytes = 8 * 1024 * 1024;
constexpr qint64 kReadOn = 64 * 1024; ///< inputs may stand behind the tasks
constexpr int kSettleMs = 120;

bool isYaml(const QString &name)
{
    return name.endsWith(QLatin1String(".yaml"), Qt::CaseInsensitive)
           || name.endsWith(QLatin1String(".yml"), Qt::CaseInsensitive);
}

bool isIgnoredFolder(const QString &name)
{
    return name.startsWith(QLatin1Char('.')) || name == QLatin1String("node_modules") || name == QLatin1String("target")
           || name == QLatin1String("__pycache__");
}

/// Folders before files; `flows` before its neighbours, `_global` and its like behind them.
int rankOf(const QFileInfo &entry)
{
    if (!entry.isDir())
        return 3;
    return entry.fileName() == QLatin1String("flows") ? 0 : entry.fileName().startsWith(QLatin1Char('_')) && entry.fileName() != QLatin1String("_flows") ? 2 : 1;
}

/// The plain value after `key:`; without quotes and a trailing comment.
QString scalarAfter(const QByteArray &line, qsizetype colon)
{
    QString value = QString::fromUtf8(line.mid(colon + 1)).trimmed();
    const qsizetype comment = value.indexOf(QLatin1String(" #"));
    if (comment >= 0)
        value = value.left(comment).trimmed();
    if (value.size() >= 2 && (value.front() == u'"' || value.front() == u'\'') && value.back() == value.front())
        value = value.mid(1, value.size() - 2);
    return value;
}

} // namespace

Project::Project(const QString &folder, QObject *parent)
    : QObject(parent), m_folder(QDir(folder).absolutePath())
{
    m_timer.setSingleShot(true);
    m_timer.setInterval(kSettleMs);
    connect(&m_timer, &QTimer::timeout, this, &Project::refresh);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, [this] { m_timer.start(); });
    refresh();
}

QString Project::name() const
{
    return QFileInfo(m_folder).fileName();
}

QString Project::relativePath(const QString &path) const
{
    return QDir(m_folder).relativeFilePath(path);
}

QString Project::filesFolder(const QString &namespaceId) const
{
    const QString path = m_folder + QLatin1Char('/') + namespaceId + QStringLiteral("/files");
    return QFileInfo(path).isDir() ? path : QString();
}

void Project::refresh()
{
    m_flows.clear();
    m_truncated = false;
    m_root = FileNode{name(), m_folder, true, false, {}};
    QStringList watched;
    int count = 0;
    scan(m_root, 0, watched, count);
    const QStringList before = m_watcher.directories();
    QStringList gone, come;
    for (const QString &path : before)
        if (!watched.contains(path))
            gone.append(path);
    for (const QString &path : watched)
        if (!before.contains(path))
            come.append(path);
    if (!gone.isEmpty())
        m_watcher.removePaths(gone);
    if (!come.isEmpty())
        m_watcher.addPaths(come);
    emit changed();
}

void Project::scan(FileNode &node, int depth, QStringList &watched, int &count)
{
    if (depth > kDepthLimit)
        return;
    if (watched.size() < kWatchLimit)
        watched.append(node.path);
    QFileInfoList entries = QDir(node.path).entryInfoList(
        QDir::Dirs | QDir::Files | QDir::NoDotAndDotDot | QDir::Hidden, QDir::DirsFirst | QDir::Name);
    std::stable_sort(entries.begin(), entries.end(), [](const QFileInfo &a, const QFileInfo &b) { return rankOf(a) < rankOf(b); });
    for (const QFileInfo &entry : entries) {
        const QString name = entry.fileName();
        if (entry.isDir() ? isIgnoredFolder(name) : name.startsWith(QLatin1Char('.')))
            continue;
        if (++count > kFileLimit) {
            m_truncated = true;
            return;
        }
        FileNode child{name, entry.absoluteFilePath(), entry.isDir(), false, {}};
        if (child.folder && !entry.isSymLink()) {
            scan(child, depth + 1, watched, count);
        } else if (isYaml(name) && entry.size() <= kFlowBytes) {
            FlowFile flow{child.path, {}, {}, {}};
            const QString folder = QFileInfo(node.path).fileName();
            const bool byPlace = folder == QLatin1String("flows") || folder == QLatin1String("_flows");
            child.flow = readFlow(child.path, flow) || byPlace;
            if (child.flow)
                m_flows.push_back(flow);
        }
        node.children.push_back(std::move(child));
    }
}

/// A flow by its text: `id`, `namespace` and `tasks` at the left edge, the ids below `inputs`. Of a long
/// text only the beginning, once it has all three.
bool Project::readFlow(const QString &path, FlowFile &flow)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    bool tasks = false;
    bool inputs = false;
    qsizetype dash = -1; // column of the list of inputs
    while (!file.atEnd() && !(tasks && !flow.id.isEmpty() && !flow.namespaceId.isEmpty() && file.pos() > kReadOn)) {
        const QByteArray line = file.readLine();
        const qsizetype at = line.indexOf('-');
        if (inputs && at >= 0 && (dash < 0 || at == dash) && line.left(at).trimmed().isEmpty()) {
            dash = at;
            if (const qsizetype colon = line.indexOf(':'); colon > 0 && line.mid(at + 1, colon - at - 1).trimmed() == "id")
                flow.inputs.append(scalarAfter(line, colon));
        }
        if (line.isEmpty() || line[0] == ' ' || line[0] == '#' || line[0] == '-')
            continue;
        const qsizetype colon = line.indexOf(':');
        if (colon < 0)
            continue;
        const QByteArray key = line.left(colon).trimmed();
        inputs = key == "inputs";
        if (key == "id")
            flow.id = scalarAfter(line, colon);
        else if (key == "namespace")
            flow.namespaceId = scalarAfter(line, colon);
        else if (key == "tasks")
            tasks = true;
    }
    return tasks && !flow.id.isEmpty() && !flow.namespaceId.isEmpty();
}

const FlowFile *Project::findFlow(const QString &namespaceId, const QString &id) const
{
    const auto it = std::find_if(m_flows.begin(), m_flows.end(), [&](const FlowFile &flow) {
        return flow.id == id && flow.namespaceId == namespaceId;
    });
    return it == m_flows.end() ? nullptr : &*it;
}

bool Project::isFlow(const QString &path) const
{
    return std::any_of(m_flows.begin(), m_flows.end(), [&](const FlowFile &flow) { return flow.path == path; });
}

} // namespace app
