#include "app/project_model.h"

#include "ui/tr.h"

#include <QMimeData>
#include <QUrl>

#include <algorithm>

namespace app {

struct ProjectModel::Item
{
    QString name;
    QString path;
    bool folder = false;
    bool flow = false;
    Item *parent = nullptr;
    int row = 0;
    std::vector<std::unique_ptr<Item>> children;
};

ProjectModel::ProjectModel(const ui::Theme &theme, QObject *parent)
    : QAbstractItemModel(parent), m_theme(theme), m_root(std::make_unique<Item>())
{
}

ProjectModel::~ProjectModel() = default;

void ProjectModel::setProject(const Project *project)
{
    if (m_project)
        m_project->disconnect(this);
    beginResetModel();
    m_project = project;
    m_root = project ? make(project->root(), nullptr, 0) : std::make_unique<Item>();
    endResetModel();
    if (project)
        connect(project, &Project::changed, this, [this] { sync(); });
}

void ProjectModel::setTheme(const ui::Theme &theme)
{
    m_theme = theme;
    emit layoutChanged();
}

void ProjectModel::setMarks(QHash<QString, QString> marks)
{
    if (marks == m_marks)
        return;
    QStringList touched = m_marks.keys() + marks.keys();
    m_marks = std::move(marks);
    touched.removeDuplicates();
    for (const QString &path : touched)
        if (const QModelIndex index = indexOf(path); index.isValid())
            emit dataChanged(index, index);
}

std::unique_ptr<ProjectModel::Item> ProjectModel::make(const FileNode &node, Item *parent, int row)
{
    auto item = std::make_unique<Item>();
    item->name = node.name;
    item->path = node.path;
    item->folder = node.folder;
    item->flow = node.flow;
    item->parent = parent;
    item->row = row;
    for (const FileNode &child : node.children)
        item->children.push_back(make(child, item.get(), int(item->children.size())));
    return item;
}

void ProjectModel::sync()
{
    sync(*m_root, m_project->root(), {});
}

/// Both lists are in the same order, so one walk finds what went and what came.
void ProjectModel::sync(Item &item, const FileNode &node, const QModelIndex &index)
{
    const auto renumber = [&] {
        for (std::size_t i = 0; i < item.children.size(); ++i)
            item.children[i]->row = int(i);
    };
    for (std::size_t i = item.children.size(); i-- > 0;) {
        const Item &child = *item.children[i];
        const bool stays = std::any_of(node.children.begin(), node.children.end(), [&](const FileNode &other) {
            return other.name == child.name && other.folder == child.folder;
        });
        if (stays)
            continue;
        beginRemoveRows(index, int(i), int(i));
        item.children.erase(item.children.begin() + std::ptrdiff_t(i));
        renumber();
        endRemoveRows();
    }
    for (std::size_t i = 0; i < node.children.size(); ++i) {
        const FileNode &wanted = node.children[i];
        const bool there = i < item.children.size() && item.children[i]->name == wanted.name
                           && item.children[i]->folder == wanted.folder;
        if (!there) {
            beginInsertRows(index, int(i), int(i));
            item.children.insert(item.children.begin() + std::ptrdiff_t(i), make(wanted, &item, int(i)));
            renumber();
            endInsertRows();
            continue;
        }
        Item &child = *item.children[i];
        const QModelIndex childIndex = createIndex(int(i), 0, &child);
        if (child.flow != wanted.flow) {
            child.flow = wanted.flow;
            emit dataChanged(childIndex, childIndex);
        }
        sync(child, wanted, childIndex);
    }
}

ProjectModel::Item *ProjectModel::itemAt(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Item *>(index.internalPointer()) : m_root.get();
}

QModelIndex ProjectModel::indexOf(const QString &path) const
{
    const Item *item = m_root.get();
    while (item) {
        const auto it = std::find_if(item->children.begin(), item->children.end(), [&](const auto &child) {
            return path == child->path || path.startsWith(child->path + QLatin1Char('/'));
        });
        if (it == item->children.end())
            return {};
        item = it->get();
        if (item->path == path)
            return createIndex(item->row, 0, item);
    }
    return {};
}

QModelIndex ProjectModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, itemAt(parent)->children[std::size_t(row)].get());
}

QModelIndex ProjectModel::parent(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    Item *parent = itemAt(index)->parent;
    return !parent || parent == m_root.get() ? QModelIndex() : createIndex(parent->row, 0, parent);
}

int ProjectModel::rowCount(const QModelIndex &parent) const
{
    return parent.column() > 0 ? 0 : int(itemAt(parent)->children.size());
}

int ProjectModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant ProjectModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Item &item = *itemAt(index);
    switch (role) {
    case Qt::DisplayRole:
        return item.name;
    case Qt::ToolTipRole:
        return item.path;
    case Qt::DecorationRole:
        return m_theme.icon(item.folder ? QStringLiteral("folder") : item.flow ? QStringLiteral("file-flow") : QStringLiteral("file"),
                            m_theme.color(item.flow ? "accent" : "text2"));
    case Qt::AccessibleTextRole: {
        const QString mark = m_marks.value(item.path);
        return mark.isEmpty() ? item.name : Tr::tr("%1, Git state %2").arg(item.name, mark);
    }
    case PathRole:
        return item.path;
    case IsFolderRole:
        return item.folder;
    case IsFlowRole:
        return item.flow;
    case MarkRole:
        return m_marks.value(item.path);
    default:
        return {};
    }
}

Qt::ItemFlags ProjectModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = QAbstractItemModel::flags(index);
    if (index.isValid() && !itemAt(index)->folder)
        flags |= Qt::ItemIsDragEnabled;
    return flags;
}

QStringList ProjectModel::mimeTypes() const
{
    return {QStringLiteral("text/uri-list"), QStringLiteral("text/plain")};
}

QMimeData *ProjectModel::mimeData(const QModelIndexList &indexes) const
{
    QList<QUrl> urls;
    QStringList paths;
    for (const QModelIndex &index : indexes) {
        urls.append(QUrl::fromLocalFile(itemAt(index)->path));
        paths.append(itemAt(index)->path);
    }
    auto *data = new QMimeData;
    data->setUrls(urls);
    data->setText(paths.join(QLatin1Char('\n')));
    return data;
}

} // namespace app
