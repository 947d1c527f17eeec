#include "app/problems_model.h"

#include "ui/tr.h"

#include <QFileInfo>

#include <algorithm>

namespace app {

namespace {

const char *iconOf(flow::Severity severity)
{
    switch (severity) {
    case flow::Severity::Error: return "state-failed";
    case flow::Severity::Warning: return "state-warning";
    case flow::Severity::Hint: return "info";
    }
    return "info";
}

const char *tokenOf(flow::Severity severity)
{
    switch (severity) {
    case flow::Severity::Error: return "s_failed";
    case flow::Severity::Warning: return "s_warning";
    case flow::Severity::Hint: return "s_running";
    }
    return "text2";
}

QString wordOf(flow::Severity severity)
{
    switch (severity) {
    case flow::Severity::Error: return Tr::tr("Error");
    case flow::Severity::Warning: return Tr::tr("Warning");
    case flow::Severity::Hint: return Tr::tr("Hint");
    }
    return {};
}

} // namespace

ProblemsModel::ProblemsModel(const ui::Theme &theme, QObject *parent) : QAbstractTableModel(parent), m_theme(theme) {}

void ProblemsModel::setTheme(const ui::Theme &theme)
{
    m_theme = theme;
    emit layoutChanged();
}

void ProblemsModel::setProblems(const QString &file, QList<Problem> problems)
{
    const auto it = m_files.constFind(file);
    if (it != m_files.constEnd() && *it == problems)
        return;
    m_files.insert(file, std::move(problems));
    rebuild();
}

void ProblemsModel::removeFile(const QString &file)
{
    if (m_files.remove(file))
        rebuild();
}

int ProblemsModel::count(flow::Severity severity) const
{
    return int(std::count_if(m_rows.begin(), m_rows.end(), [&](const Problem &problem) { return problem.severity == severity; }));
}

void ProblemsModel::rebuild()
{
    beginResetModel();
    m_rows.clear();
    for (const QList<Problem> &problems : std::as_const(m_files))
        m_rows += problems;
    std::stable_sort(m_rows.begin(), m_rows.end(), [](const Problem &a, const Problem &b) { return a.severity < b.severity; });
    endResetModel();
    emit countsChanged();
}

int ProblemsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int ProblemsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : 3; // sentence, file, place
}

QVariant ProblemsModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Problem &problem = m_rows[index.row()];
    const bool sentence = index.column() == 0;
    const QString place = index.column() == 1 ? QFileInfo(problem.file).fileName() : QStringLiteral("%1:%2").arg(problem.line).arg(problem.column);
    switch (role) {
    case Qt::DisplayRole:
        return sentence ? problem.sentence : place;
    case Qt::DecorationRole:
        if (sentence)
            return m_theme.icon(QLatin1String(iconOf(problem.severity)), m_theme.color(tokenOf(problem.severity)));
        return {};
    case Qt::ToolTipRole:
        return QStringLiteral("%1 [%2]").arg(problem.sentence, problem.code);
    case Qt::AccessibleTextRole:
        return sentence ? Tr::tr("%1: %2").arg(wordOf(problem.severity), problem.sentence) : place;
    case Qt::ForegroundRole:
        return sentence ? m_theme.color("text") : m_theme.color("text2");
    case Qt::FontRole:
        return index.column() < 2 ? m_theme.font() : m_theme.monoFont();
    case Qt::TextAlignmentRole:
        return int(Qt::AlignVCenter | (sentence ? Qt::AlignLeft : Qt::AlignRight));
    default:
        return {};
    }
}

} // namespace app
