#pragma once

#include "git/ui/git_controller.h"
#include "ui/theme.h"

#include <QAbstractItemModel>
#include <QSet>

namespace git {

/// Changed files and commits not yet pushed, in groups: flow files (ticked), other files (not ticked),
/// commits. Two levels; column 0 only. GUI thread.
class ChangesModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role { PathRole = Qt::UserRole, SignRole, OidRole };
    using IsFlow = std::function<bool(const QString &path)>;

    ChangesModel(const ui::Theme &theme, IsFlow isFlow, QObject *parent = nullptr);

    void setTheme(const ui::Theme &theme);
    /// Ticks of files still there are kept.
    void setState(const RepositoryState &state);
    QStringList checkedPaths() const;
    int fileCount() const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &child) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

signals:
    void checkedChanged();

private:
    struct Row
    {
        QString title;
        QString detail;
        QString path; ///< of a file
        QString oid;  ///< of a commit
        FileState state = FileState::Unchanged;
    };
    struct Group
    {
        QString title;
        bool files = true;
        bool flows = false;
        std::vector<Row> rows;
    };
    QVariant groupData(const Group &group, int role) const;
    QVariant fileData(const Row &row, bool flow, int role) const;

    ui::Theme m_theme;
    IsFlow m_isFlow;
    std::vector<Group> m_groups;
    QSet<QString> m_checked;
    QSet<QString> m_known; // files whose tick the user has had a chance to change
};

/// `M`, `A`, `D`, `U` as people know it from `git status`.
QString signOf(FileState state);

} // namespace git
