#pragma once

#include "engine/flow/task_catalog.h"
#include "ui/task_look.h"
#include "ui/theme.h"

#include <QAbstractItemModel>

#include <memory>

namespace app {

/// The mime type of a task type dragged from the palette; its data is the full type name in UTF-8.
inline constexpr char kTaskTypeMime[] = "application/x-leat-task-type";

/// The task types of the catalog in their groups, most used ones first, narrowed by a search text that
/// matches the last parts of the name. Rows can be dragged onto the canvas.
class PaletteModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role { TypeRole = Qt::UserRole, CategoryRole, DescriptionRole };

    PaletteModel(std::shared_ptr<const flow::TaskCatalog> catalog, const ui::Theme &theme, QObject *parent = nullptr);

    void setTheme(const ui::Theme &theme);
    void setCatalog(std::shared_ptr<const flow::TaskCatalog> catalog);
    void setFilter(const QString &text);
    /// Old names and types marked deprecated are left out unless asked for.
    void setShowDeprecated(bool show);

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;

private:
    struct Entry
    {
        const flow::TaskType *type = nullptr;
        QString name; ///< `Parallel`
        QString group; ///< `core.flow`, told apart types of one class name
        int rank = 0;
    };
    struct Group
    {
        ui::TaskCategory category = ui::TaskCategory::Core;
        std::vector<Entry> all;
        std::vector<Entry> shown;
    };
    void rebuild();
    void filter();

    std::shared_ptr<const flow::TaskCatalog> m_catalog;
    ui::Theme m_theme;
    QString m_filter;
    bool m_deprecated = false;
    std::vector<Group> m_groups;
    std::vector<std::size_t> m_visible; ///< indexes of groups with something shown
};

} // namespace app
