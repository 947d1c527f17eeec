#pragma once

#include "engine/flow/diagnostic.h"
#include "ui/theme.h"

#include <QAbstractTableModel>

namespace app {

/// One problem in one file: a value with its place, ready to be listed and jumped to.
struct Problem
{
    flow::Severity severity = flow::Severity::Error;
    QString sentence;
    QString code;
    QString file; ///< absolute path, or the title of an unsaved document
    int line = 1; ///< 1-based
    int column = 1;
    std::size_t offset = 0; ///< byte where it begins
    bool operator==(const Problem &) const = default;
};

/// The problems of all open flows, errors first. Two columns: what, and where.
class ProblemsModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    explicit ProblemsModel(const ui::Theme &theme, QObject *parent = nullptr);

    void setTheme(const ui::Theme &theme);
    /// Replaces the problems of one file.
    void setProblems(const QString &file, QList<Problem> problems);
    void removeFile(const QString &file);
    const Problem &problemAt(int row) const { return m_rows[row]; }
    int count(flow::Severity severity) const;
    int files() const { return int(m_files.size()); } ///< looked at, with problems or without

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

signals:
    void countsChanged();

private:
    void rebuild();

    ui::Theme m_theme;
    QMap<QString, QList<Problem>> m_files;
    QList<Problem> m_rows;
};

} // namespace app
