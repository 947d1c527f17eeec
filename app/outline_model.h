#pragma once

#include "engine/flow/flow.h"
#include "ui/theme.h"

#include <QAbstractItemModel>

#include <memory>

namespace app {

/// The flow as a tree of its sections, tasks and branches, in file order.
class OutlineModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role {
        PathRole = Qt::UserRole, ///< `tasks[1].then[0]`; of a section its key
        OffsetRole,              ///< byte where it begins
        IsTaskRole,
    };

    explicit OutlineModel(const ui::Theme &theme, QObject *parent = nullptr);
    ~OutlineModel() override;

    void setTheme(const ui::Theme &theme);
    /// The tree of another analysis of the same document keeps what has the same shape.
    void setFlow(std::shared_ptr<const flow::Flow> flow);
    QModelIndex indexOfPath(const QString &path) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    struct Item;
    static bool sameShape(const Item &a, const Item &b);
    void announce(const QModelIndex &parent);
    void addList(Item &parent, const flow::TaskList &list);
    Item *itemAt(const QModelIndex &index) const;

    ui::Theme m_theme;
    std::shared_ptr<const flow::Flow> m_flow;
    std::unique_ptr<Item> m_root;
};

} // namespace app
