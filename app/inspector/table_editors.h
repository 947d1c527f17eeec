#pragma once

#include "app/inspector/field_editors.h"

class QLineEdit;
class QVBoxLayout;

namespace app {

/// Rows of one or two cells, the last one empty for a new entry. A row emptied is taken away.
class TableEditor : public FieldEditor
{
    Q_OBJECT

public:
    TableEditor(int columns, const ui::Theme &theme, QWidget *parent);

    void showField(const FormField &field) override;
    void commit() override;
    void setInvalid(bool invalid) override;
    QWidget *control() override;

protected:
    using Row = QStringList;
    virtual QList<Row> rowsOf(const FormField &field) const = 0;
    virtual std::string yamlOf(const QList<Row> &rows) const = 0;
    /// The path of a row below the property's, and its value; no path when the row can't be edited
    /// alone.
    enum class Change { Added, Removed, Value };
    virtual std::string stepOf(int index, const Row &row, Change change) const = 0;
    virtual std::string valueOf(const Row &row, Change change) const = 0;
    virtual bool isRenamed(const Row &before, const Row &after) const = 0;
    const FormField &field() const { return m_field; }

private:
    void rebuild(const QList<Row> &rows);
    void addRow(const Row &row);
    QList<Row> typedRows() const;
    bool commitOne(const QList<Row> &before, const QList<Row> &after);

    int m_columns;
    const ui::Theme &m_theme;
    FormField m_field;
    QVBoxLayout *m_layout;
    QList<QList<QLineEdit *>> m_cells;
    bool m_building = false;
};

class ListEditor : public TableEditor
{
    Q_OBJECT

public:
    ListEditor(const ui::Theme &theme, QWidget *parent) : TableEditor(1, theme, parent) {}

protected:
    QList<Row> rowsOf(const FormField &field) const override;
    std::string yamlOf(const QList<Row> &rows) const override;
    std::string stepOf(int index, const Row &row, Change change) const override;
    std::string valueOf(const Row &row, Change change) const override;
    bool isRenamed(const Row &before, const Row &after) const override;
};

class MapEditor : public TableEditor
{
    Q_OBJECT

public:
    MapEditor(const ui::Theme &theme, QWidget *parent) : TableEditor(2, theme, parent) {}

protected:
    QList<Row> rowsOf(const FormField &field) const override;
    std::string yamlOf(const QList<Row> &rows) const override;
    std::string stepOf(int index, const Row &row, Change change) const override;
    std::string valueOf(const Row &row, Change change) const override;
    bool isRenamed(const Row &before, const Row &after) const override;
};

} // namespace app
