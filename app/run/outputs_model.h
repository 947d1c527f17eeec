#pragma once

#include "app/run/run_record.h"
#include "ui/theme.h"

#include <QAbstractItemModel>

#include <memory>

namespace app {

/// What a run gave: its own outputs, then those of each task, to any depth. Columns: name, value, type.
class OutputsModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Role { ExpressionRole = Qt::UserRole, ValueRole };

    explicit OutputsModel(const ui::Theme &theme, QObject *parent = nullptr);
    ~OutputsModel() override;

    void setTheme(const ui::Theme &theme);
    void show(const engine::Execution *execution); ///< copies what it needs; null empties

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Item;
    Item *itemAt(const QModelIndex &index) const;

    ui::Theme m_theme;
    std::unique_ptr<Item> m_root;
};

} // namespace app
