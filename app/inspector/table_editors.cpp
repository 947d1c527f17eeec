#include "app/inspector/table_editors.h"

#include "engine/flow/edits/scalars.h"
#include "ui/tr.h"

#include <fmt/core.h>

#include <QCompleter>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace app {

using flow::edits::Context;
using flow::edits::scalarText;

TableEditor::TableEditor(int columns, const ui::Theme &theme, QWidget *parent)
    : FieldEditor(parent),
      m_columns(columns),
      m_theme(theme),
      m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(4);
}

void TableEditor::showField(const FormField &field)
{
    m_field = field;
    const QList<Row> rows = rowsOf(field);
    if (typedRows() == rows && !m_cells.isEmpty())
        return;
    rebuild(rows);
}

void TableEditor::rebuild(const QList<Row> &rows)
{
    int focusRow = -1;
    int focusColumn = 0;
    for (qsizetype row = 0; row < m_cells.size(); ++row)
        for (qsizetype column = 0; column < m_cells[row].size(); ++column)
            if (m_cells[row][column]->hasFocus()) {
                focusRow = static_cast<int>(row);
                focusColumn = static_cast<int>(column);
            }
    m_building = true;
    m_cells.clear();
    while (QLayoutItem *item = m_layout->takeAt(0)) {
        if (item->widget()) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    for (const Row &row : rows)
        addRow(row);
    addRow({});
    m_building = false;
    if (focusRow >= 0)
        m_cells[std::min<qsizetype>(focusRow, m_cells.size() - 1)][focusColumn]->setFocus();
    updateGeometry();
}

void TableEditor::addRow(const Row &row)
{
    auto *line = new QWidget(this);
    auto *cells = new QHBoxLayout(line);
    cells->setContentsMargins(0, 0, 0, 0);
    cells->setSpacing(4);
    QList<QLineEdit *> edits;
    const bool empty = row.isEmpty();
    for (int column = 0; column < m_columns; ++column) {
        auto *cell = new QLineEdit(row.value(column), line);
        cell->setFont(m_theme.monoFont(12));
        cell->setCursorPosition(0);
        if (empty)
            cell->setPlaceholderText(m_columns == 1 ? Tr::tr("Add")
                                     : column == 0  ? Tr::tr("Key")
                                                    : Tr::tr("Value"));
        const QString name = QString::fromStdString(m_field.name);
        cell->setAccessibleName(
            m_columns == 1 ? Tr::tr("%1, item %2").arg(name).arg(m_cells.size() + 1)
            : column == 0  ? Tr::tr("%1, key %2").arg(name).arg(m_cells.size() + 1)
                           : Tr::tr("%1, value %2").arg(name).arg(m_cells.size() + 1));
        if (m_columns == 1 && !m_field.choices.empty()) {
            QStringList words;
            for (const std::string &choice : m_field.choices)
                words << QString::fromStdString(choice);
            auto *completer = new QCompleter(words, cell);
            completer->setCaseSensitivity(Qt::CaseInsensitive);
            cell->setCompleter(completer);
            cell->setToolTip(words.join(QStringLiteral(", ")));
        }
        connect(cell, &QLineEdit::editingFinished, this, &TableEditor::commit);
        cells->addWidget(cell, column == 0 && m_columns == 2 ? 2 : 3);
        edits << cell;
    }
    auto *remove = new QToolButton(line);
    remove->setIcon(m_theme.icon(QStringLiteral("minus")));
    cells->addWidget(remove);
    if (empty) { // its room is kept: the columns stand below each other
        QSizePolicy policy = remove->sizePolicy();
        policy.setRetainSizeWhenHidden(true);
        remove->setSizePolicy(policy);
        remove->hide();
    } else {
        remove->setToolTip(Tr::tr("Remove"));
        remove->setAccessibleName(Tr::tr("Remove %1").arg(row.value(0)));
        connect(remove, &QToolButton::clicked, this, [this, edits] {
            m_building = true;
            for (QLineEdit *cell : edits)
                cell->clear();
            m_building = false;
            commit();
        });
    }
    m_cells << edits;
    m_layout->addWidget(line);
}

QList<TableEditor::Row> TableEditor::typedRows() const
{
    QList<Row> rows;
    for (const QList<QLineEdit *> &cells : m_cells) {
        Row row;
        for (const QLineEdit *cell : cells)
            row << cell->text();
        if (!row.join(QString()).isEmpty())
            rows << row;
    }
    return rows;
}

void TableEditor::commit()
{
    if (m_building)
        return;
    const QList<Row> rows = typedRows();
    if (rows == rowsOf(m_field))
        return;
    for (const Row &row : rows)
        if (m_columns == 2 && row.value(0).isEmpty())
            return; // a value still waits for its key
    if (rows.isEmpty() && !m_field.required)
        emit changed(std::nullopt);
    else if (!commitOne(rowsOf(m_field), rows))
        emit changed(yamlOf(rows));
}

/// One changed, added or removed entry is an edit of its own: the bytes of the others stay.
bool TableEditor::commitOne(const QList<Row> &before, const QList<Row> &after)
{
    if (!m_field.written || before.isEmpty())
        return false;
    int at = 0;
    while (at < before.size() && at < after.size() && before[at] == after[at])
        ++at;
    const auto sameRest = [&](qsizetype from, qsizetype to) {
        return before.mid(from) == after.mid(to);
    };
    if (after.size() == before.size() + 1 && at == before.size()) {
        emit changedBelow(stepOf(at, after[at], Change::Added), valueOf(after[at], Change::Added));
        return true;
    }
    if (after.size() + 1 == before.size() && sameRest(at + 1, at)) {
        emit changedBelow(stepOf(at, before[at], Change::Removed), std::nullopt);
        return true;
    }
    if (after.size() == before.size() && sameRest(at + 1, at + 1) &&
        !isRenamed(before[at], after[at])) {
        emit changedBelow(stepOf(at, after[at], Change::Value), valueOf(after[at], Change::Value));
        return true;
    }
    return false;
}

void TableEditor::setInvalid(bool invalid)
{
    for (const QList<QLineEdit *> &cells : m_cells)
        for (QLineEdit *cell : cells) {
            cell->setProperty("invalid", invalid);
            cell->style()->unpolish(cell);
            cell->style()->polish(cell);
        }
}

QWidget *TableEditor::control()
{
    return m_cells.isEmpty() ? static_cast<QWidget *>(this) : m_cells.first().first();
}

QList<TableEditor::Row> ListEditor::rowsOf(const FormField &field) const
{
    QList<Row> rows;
    for (const std::string &item : field.items)
        rows << Row{QString::fromStdString(item)};
    return rows;
}

std::string ListEditor::yamlOf(const QList<Row> &rows) const
{
    if (rows.isEmpty())
        return "[]";
    std::string yaml;
    for (const Row &row : rows)
        yaml += fmt::format("{}- {}", yaml.empty() ? "" : "\n",
                            yamlText(row.value(0).toStdString(), field()));
    return yaml;
}

std::string ListEditor::stepOf(int index, const Row &, Change) const
{
    return fmt::format("[{}]", index);
}

std::string ListEditor::valueOf(const Row &row, Change) const
{
    return yamlText(row.value(0).toStdString(), field());
}

bool ListEditor::isRenamed(const Row &, const Row &) const
{
    return false;
}

QList<TableEditor::Row> MapEditor::rowsOf(const FormField &field) const
{
    QList<Row> rows;
    for (const auto &[key, value] : field.entries)
        rows << Row{QString::fromStdString(key), QString::fromStdString(value)};
    return rows;
}

std::string MapEditor::yamlOf(const QList<Row> &rows) const
{
    if (rows.isEmpty())
        return "{}";
    std::string yaml;
    for (const Row &row : rows)
        yaml += fmt::format(fmt::runtime(field().keyed ? "{}- key: {}\n  value: {}" : "{}{}: {}"),
                            yaml.empty() ? "" : "\n",
                            scalarText(row.value(0).toStdString(), Context::Block),
                            scalarText(row.value(1).toStdString(), Context::Block));
    return yaml;
}

std::string MapEditor::stepOf(int index, const Row &row, Change change) const
{
    if (!field().keyed)
        return fmt::format("['{}']", row.value(0).toStdString());
    return fmt::format("[{}]{}", index, change == Change::Value ? ".value" : "");
}

std::string MapEditor::valueOf(const Row &row, Change change) const
{
    if (field().keyed && change == Change::Added)
        return fmt::format("key: {}\nvalue: {}", scalarText(row.value(0).toStdString(), Context::Block),
                           scalarText(row.value(1).toStdString(), Context::Block));
    return scalarText(row.value(1).toStdString(), Context::Block);
}

bool MapEditor::isRenamed(const Row &before, const Row &after) const
{
    return before.value(0) != after.value(0);
}

} // namespace app
