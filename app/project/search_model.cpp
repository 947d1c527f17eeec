#include "app/project/search_panel.h"

#include "app/app_state.h"
#include "ui/tr.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace app {

namespace {

constexpr int kBefore = 8; // letters of a line shown before its hit
constexpr quintptr kFileRow = 0; // hits carry the number of their file, from 1

} // namespace

SearchModel::SearchModel(AppState &state, QObject *parent) : QAbstractItemModel(parent), m_state(state) {}

void SearchModel::setFound(std::vector<FileHits> found, const QString &folder)
{
    beginResetModel();
    m_found = std::move(found);
    m_folder = folder;
    m_ticked.assign(m_found.size(), true);
    endResetModel();
}

int SearchModel::tickedFiles() const
{
    return int(std::count(m_ticked.begin(), m_ticked.end(), true));
}

int SearchModel::hits() const
{
    int count = 0;
    for (const FileHits &file : m_found)
        count += int(file.hits.size());
    return count;
}

const SearchHit *SearchModel::hitAt(const QModelIndex &index) const
{
    return index.isValid() && index.internalId() != kFileRow ? &m_found[index.internalId() - 1].hits[std::size_t(index.row())] : nullptr;
}

QString SearchModel::pathAt(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    return m_found[index.internalId() == kFileRow ? std::size_t(index.row()) : index.internalId() - 1].path;
}

QModelIndex SearchModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : kFileRow);
}

QModelIndex SearchModel::parent(const QModelIndex &index) const
{
    return index.isValid() && index.internalId() != kFileRow ? createIndex(int(index.internalId() - 1), 0, kFileRow) : QModelIndex();
}

int SearchModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_found.size());
    return parent.internalId() == kFileRow ? int(m_found[std::size_t(parent.row())].hits.size()) : 0;
}

QVariant SearchModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (const SearchHit *hit = hitAt(index)) {
        const int from = hit->begin > kBefore ? hit->begin - kBefore : 0; // the hit is to be seen in a narrow panel too
        switch (role) {
        case kHitRole: return QPoint(int(QString::number(hit->line).size()) + 2 + (from > 0) + hit->begin - from, hit->length);
        case Qt::DisplayRole: return QStringLiteral("%1  %2%3").arg(hit->line).arg(from > 0 ? QStringLiteral("…") : QString(), hit->text.mid(from));
        case Qt::ToolTipRole: return hit->text;
        case Qt::AccessibleTextRole: return Tr::tr("Line %1: %2").arg(hit->line).arg(hit->text);
        case Qt::FontRole: return m_state.theme().monoFont(12);
        default: return {};
        }
    }
    const FileHits &file = m_found[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole: return QStringLiteral("%1  %2").arg(QFileInfo(file.path).fileName()).arg(file.hits.size());
    case Qt::ToolTipRole: return QDir(m_folder).relativeFilePath(file.path);
    case Qt::AccessibleTextRole: return Tr::tr("%1, %n hit(s)", nullptr, int(file.hits.size())).arg(QFileInfo(file.path).fileName());
    case Qt::CheckStateRole: return m_ticked[std::size_t(index.row())] ? Qt::Checked : Qt::Unchecked;
    default: return {};
    }
}

bool SearchModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::CheckStateRole || !index.isValid() || index.internalId() != kFileRow)
        return false;
    m_ticked[std::size_t(index.row())] = value.toInt() == Qt::Checked;
    emit dataChanged(index, index, {Qt::CheckStateRole});
    return true;
}

Qt::ItemFlags SearchModel::flags(const QModelIndex &index) const
{
    Qt::ItemFlags flags = Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    if (index.isValid() && index.internalId() == kFileRow)
        flags |= Qt::ItemIsUserCheckable;
    return flags;
}

} // namespace app
