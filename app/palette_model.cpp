#include "app/palette_model.h"

#include "ui/tr.h"

#include <QMimeData>

#include <algorithm>
#include <array>

namespace app {

namespace {

constexpr quintptr kGroupId = ~quintptr(0);

/// What people reach for first; everything else follows by name.
constexpr std::array kFirst{"Parallel", "Dag", "If", "Switch", "ForEach", "Subflow", "Pause", "Sequential",
                            "WorkingDirectory", "AllowFailure", "Script", "Commands", "Query", "Request", "Download",
                            "Log", "Return", "OutputValues"};

constexpr std::array kOrder{ui::TaskCategory::Flow, ui::TaskCategory::Script, ui::TaskCategory::Data,
                            ui::TaskCategory::Net, ui::TaskCategory::Notify, ui::TaskCategory::Core};

int rankOf(const QString &name)
{
    const auto it = std::find_if(kFirst.begin(), kFirst.end(), [&](const char *first) { return name == QLatin1String(first); });
    return int(it - kFirst.begin());
}

} // namespace

PaletteModel::PaletteModel(std::shared_ptr<const flow::TaskCatalog> catalog, const ui::Theme &theme, QObject *parent)
    : QAbstractItemModel(parent), m_catalog(std::move(catalog)), m_theme(theme)
{
    rebuild();
}

void PaletteModel::setTheme(const ui::Theme &theme)
{
    m_theme = theme;
    emit layoutChanged();
}

void PaletteModel::setCatalog(std::shared_ptr<const flow::TaskCatalog> catalog)
{
    beginResetModel();
    m_catalog = std::move(catalog);
    rebuild();
    endResetModel();
}

void PaletteModel::setFilter(const QString &text)
{
    beginResetModel();
    m_filter = text.trimmed();
    filter();
    endResetModel();
}

void PaletteModel::setShowDeprecated(bool show)
{
    beginResetModel();
    m_deprecated = show;
    rebuild();
    endResetModel();
}

void PaletteModel::rebuild()
{
    m_groups.clear();
    for (const ui::TaskCategory category : kOrder)
        m_groups.push_back({category, {}, {}});
    for (const flow::TaskType *type : m_catalog->types(flow::PluginGroup::Task)) {
        if ((type->deprecated && !m_deprecated) || type->name.find('$') != std::string::npos)
            continue; // a `$` names a part the engine makes by itself
        const QString full = QString::fromStdString(type->name);
        const ui::TaskCategory category = ui::taskLook(full).category;
        const auto group = std::find_if(m_groups.begin(), m_groups.end(), [&](const Group &g) { return g.category == category; });
        const QString name = ui::className(full);
        QString package = ui::shortType(full);
        package.chop(name.size() + 1);
        group->all.push_back({type, name, package, rankOf(name)});
    }
    for (Group &group : m_groups) {
        std::stable_sort(group.all.begin(), group.all.end(), [](const Entry &a, const Entry &b) {
            return std::tie(a.rank, a.group, a.name) < std::tie(b.rank, b.group, b.name);
        });
    }
    filter();
}

void PaletteModel::filter()
{
    m_visible.clear();
    const QStringList words = m_filter.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (std::size_t i = 0; i < m_groups.size(); ++i) {
        Group &group = m_groups[i];
        group.shown.clear();
        for (const Entry &entry : group.all) {
            const QString full = QString::fromStdString(entry.type->name);
            const bool matches = std::all_of(words.begin(), words.end(), [&](const QString &word) {
                return full.contains(word, Qt::CaseInsensitive);
            });
            if (matches)
                group.shown.push_back(entry);
        }
        if (!group.shown.empty())
            m_visible.push_back(i);
    }
}

QModelIndex PaletteModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) : kGroupId);
}

QModelIndex PaletteModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == kGroupId)
        return {};
    return createIndex(int(index.internalId()), 0, kGroupId);
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_visible.size());
    if (parent.internalId() != kGroupId || parent.column() > 0)
        return 0;
    return int(m_groups[m_visible[std::size_t(parent.row())]].shown.size());
}

int PaletteModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (index.internalId() == kGroupId) {
        const Group &group = m_groups[m_visible[std::size_t(index.row())]];
        if (role == Qt::DisplayRole)
            return ui::categoryName(group.category);
        if (role == Qt::FontRole)
            return m_theme.font(12, QFont::DemiBold);
        if (role == Qt::ForegroundRole)
            return m_theme.color("text2");
        if (role == CategoryRole)
            return int(group.category);
        return {};
    }
    const Group &group = m_groups[m_visible[std::size_t(index.internalId())]];
    const Entry &entry = group.shown[std::size_t(index.row())];
    const QString full = QString::fromStdString(entry.type->name);
    switch (role) {
    case Qt::DisplayRole: {
        const bool alone = std::count_if(group.all.begin(), group.all.end(), [&](const Entry &other) { return other.name == entry.name; }) == 1;
        return alone ? entry.name : entry.group + QLatin1Char('.') + entry.name;
    }
    case Qt::ToolTipRole: {
        const QString help = QString::fromStdString(entry.type->description).section(QLatin1Char('\n'), 0, 0);
        return help.isEmpty() ? full : full + QLatin1Char('\n') + help;
    }
    case Qt::AccessibleTextRole:
        return ui::shortType(full);
    case TypeRole:
        return full;
    case CategoryRole:
        return int(group.category);
    case DescriptionRole:
        return QString::fromStdString(entry.type->description);
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    if (index.internalId() == kGroupId)
        return Qt::ItemIsEnabled | Qt::ItemIsSelectable;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
}

QStringList PaletteModel::mimeTypes() const
{
    return {QLatin1String(kTaskTypeMime)};
}

QMimeData *PaletteModel::mimeData(const QModelIndexList &indexes) const
{
    for (const QModelIndex &index : indexes)
        if (const QString type = index.data(TypeRole).toString(); !type.isEmpty()) {
            auto *data = new QMimeData;
            data->setData(QLatin1String(kTaskTypeMime), type.toUtf8());
            data->setText(type);
            return data;
        }
    return nullptr;
}

} // namespace app
