#pragma once

#include "app/project.h"
#include "ui/theme.h"

#include <QAbstractItemModel>
#include <QHash>

#include <memory>

namespace app {

/// The files of a project as a tree. Follows the project's changes row by row, so that what is open and
/// selected stays. Shows a mark behind a file: modified here (a dot) or changed in Git (M, A, ?).
class ProjectModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role { PathRole = Qt::UserRole, IsFolderRole, IsFlowRole, MarkRole };

    explicit ProjectModel(const ui::Theme &theme, QObject *parent = nullptr);
    ~ProjectModel() override;

    void setProject(const Project *project); ///< null empties the model; not owned
    void setTheme(const ui::Theme &theme);
    void setMarks(QHash<QString, QString> marks); ///< absolute path to `M`, `A`, `D`, `?`, `!`
    QModelIndex indexOf(const QString &path) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;
    QStringList mimeTypes() const override;
    QMimeData *mimeData(const QModelIndexList &indexes) const override;

private:
    struct Item;
    void sync();
    void sync(Item &item, const FileNode &node, const QModelIndex &index);
    static std::unique_ptr<Item> make(const FileNode &node, Item *parent, int row);
    Item *itemAt(const QModelIndex &index) const;

    ui::Theme m_theme;
    const Project *m_project = nullptr;
    std::unique_ptr<Item> m_root;
    QHash<QString, QString> m_marks;
};

} // namespace app
