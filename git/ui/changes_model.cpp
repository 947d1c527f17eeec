#include "git/ui/changes_model.h"

#include "ui/tr.h"

#include <QDateTime>
#include <QFileInfo>
#include <QLocale>

namespace git {

QString signOf(FileState state)
{
    switch (state) {
    case FileState::New:
        return QStringLiteral("A");
    case FileState::Deleted:
        return QStringLiteral("D");
    case FileState::Conflicted:
        return QStringLiteral("U");
    case FileState::Modified:
    case FileState::Unchanged:
        return QStringLiteral("M");
    }
    return {};
}

namespace {

QString stateWord(FileState state)
{
    switch (state) {
    case FileState::New:
        return Tr::tr("new");
    case FileState::Deleted:
        return Tr::tr("deleted");
    case FileState::Conflicted:
        return Tr::tr("in conflict");
    case FileState::Modified:
    case FileState::Unchanged:
        return Tr::tr("changed");
    }
    return {};
}

const char *colorOf(FileState state)
{
    switch (state) {
    case FileState::New:
        return "d_added";
    case FileState::Deleted:
    case FileState::Conflicted:
        return "d_removed";
    default:
        return "d_changed";
    }
}

} // namespace

ChangesModel::ChangesModel(const ui::Theme &theme, IsFlow isFlow, QObject *parent)
    : QAbstractItemModel(parent), m_theme(theme), m_isFlow(std::move(isFlow))
{
}

void ChangesModel::setTheme(const ui::Theme &theme)
{
    beginResetModel();
    m_theme = theme;
    endResetModel();
}

void ChangesModel::setState(const RepositoryState &state)
{
    Group flows{Tr::tr("Flow files"), true, true, {}}, others{Tr::tr("Other files"), true, false, {}};
    Group commits{Tr::tr("Commits not pushed"), false, false, {}};
    QSet<QString> present;
    for (const FileStatus &file : state.files) {
        const QString path = QString::fromStdString(file.path);
        const bool flow = m_isFlow(path);
        const QFileInfo info(path);
        const QString folder = info.path() == QLatin1String(".") ? QString() : info.path();
        (flow ? flows : others).rows.push_back({info.fileName(), folder, path, {}, file.state});
        present.insert(path);
        if (flow && !m_known.contains(path))
            m_checked.insert(path);
    }
    m_known = present;
    m_checked.intersect(present);
    for (const Commit &commit : state.unpushed)
        commits.rows.push_back({QString::fromStdString(commit.summary),
                                QString::fromStdString(commit.oid.substr(0, 7)) + QStringLiteral(" · ")
                                    + QLocale().toString(QDateTime::fromSecsSinceEpoch(commit.time), QLocale::ShortFormat),
                                {}, QString::fromStdString(commit.oid), FileState::Unchanged});
    beginResetModel();
    m_groups.clear();
    for (Group *group : {&flows, &others, &commits})
        if (!group->rows.empty())
            m_groups.push_back(std::move(*group));
    endResetModel();
    emit checkedChanged();
}

QStringList ChangesModel::checkedPaths() const
{
    QStringList paths;
    for (const Group &group : m_groups)
        for (const Row &row : group.rows)
            if (m_checked.contains(row.path))
                paths.push_back(row.path);
    return paths;
}

int ChangesModel::fileCount() const
{
    return int(m_known.size());
}

// The internal id is 0 for a group and the group's row + 1 for what stands in it.
QModelIndex ChangesModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row() + 1) : quintptr(0));
}

QModelIndex ChangesModel::parent(const QModelIndex &child) const
{
    return child.internalId() ? createIndex(int(child.internalId()) - 1, 0, quintptr(0)) : QModelIndex();
}

int ChangesModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_groups.size());
    return parent.internalId() || parent.column() > 0 ? 0 : int(m_groups[std::size_t(parent.row())].rows.size());
}

int ChangesModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant ChangesModel::groupData(const Group &group, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return QStringLiteral("%1  %2").arg(group.title).arg(group.rows.size());
    case Qt::FontRole:
        return m_theme.font(12, QFont::DemiBold);
    case Qt::ForegroundRole:
        return m_theme.color("text2");
    default:
        return {};
    }
}

QVariant ChangesModel::fileData(const Row &row, bool flow, int role) const
{
    switch (role) {
    case Qt::DisplayRole:
        return row.detail.isEmpty() ? row.title : row.title + QStringLiteral("  ") + row.detail;
    case Qt::DecorationRole:
        return m_theme.icon(flow ? QStringLiteral("file-flow") : QStringLiteral("file"));
    case Qt::CheckStateRole:
        return m_checked.contains(row.path) ? Qt::Checked : Qt::Unchecked;
    case Qt::ToolTipRole:
        return row.path;
    case Qt::AccessibleTextRole:
        return QStringLiteral("%1, %2").arg(row.path, stateWord(row.state));
    case Qt::ForegroundRole:
        return row.state == FileState::Deleted ? m_theme.color("text2") : m_theme.color("text");
    case PathRole:
        return row.path;
    case SignRole:
        return signOf(row.state);
    case Qt::UserRole + 10:
        return m_theme.color(colorOf(row.state));
    default:
        return {};
    }
}

QVariant ChangesModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (!index.internalId())
        return groupData(m_groups[std::size_t(index.row())], role);
    const Group &group = m_groups[index.internalId() - 1];
    const Row &row = group.rows[std::size_t(index.row())];
    if (group.files)
        return fileData(row, group.flows, role);
    switch (role) {
    case Qt::DisplayRole:
        return row.title;
    case Qt::DecorationRole:
        return m_theme.icon(QStringLiteral("commit"));
    case Qt::ToolTipRole:
        return row.title + QLatin1Char('\n') + row.detail;
    case OidRole:
        return row.oid;
    default:
        return {};
    }
}

bool ChangesModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !index.internalId() || !m_groups[index.internalId() - 1].files)
        return false;
    const QString path = index.data(PathRole).toString();
    if (value.toInt() == Qt::Checked)
        m_checked.insert(path);
    else
        m_checked.remove(path);
    emit dataChanged(index, index, {Qt::CheckStateRole});
    emit checkedChanged();
    return true;
}

Qt::ItemFlags ChangesModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    if (!index.internalId())
        return Qt::ItemIsEnabled;
    const bool file = m_groups[index.internalId() - 1].files;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | (file ? Qt::ItemIsUserCheckable : Qt::NoItemFlags);
}

} // namespace git
