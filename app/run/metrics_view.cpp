#include "app/run/metrics_view.h"

#include "app/app_state.h"
#include "ui/empty_state.h"
#include "ui/tr.h"

#include <QAbstractTableModel>
#include <QDateTime>
#include <QHeaderView>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QTableView>

namespace app {

/// One row a measurement, in the order they came.
class MetricsModel : public QAbstractTableModel
{
public:
    enum Column { Task, Name, Type, Number, Tags, Time, Count };

    MetricsModel(AppState &state, QObject *parent) : QAbstractTableModel(parent), m_state(state) {}

    void setRecord(const RunRecord *record)
    {
        beginResetModel();
        m_record = record;
        m_rows = record ? record->metrics() : std::vector<engine::MetricEntry>();
        endResetModel();
    }
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : int(m_rows.size()); }
    int columnCount(const QModelIndex &) const override { return Count; }
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override
    {
        if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole)
            return int((section == Number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
            return {};
        const QString names[] = {Tr::tr("Task"), Tr::tr("Name"), Tr::tr("Kind"), Tr::tr("Value"), Tr::tr("Tags"), Tr::tr("Time")};
        return names[section];
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid() || !m_record)
            return {};
        const engine::MetricEntry &row = m_rows[std::size_t(index.row())];
        if (role == Qt::FontRole && (index.column() == Number || index.column() == Time))
            return m_state.theme().monoFont(12);
        if (role == Qt::TextAlignmentRole && index.column() == Number)
            return int(Qt::AlignRight | Qt::AlignVCenter);
        if (role == Qt::UserRole) // what is sorted by
            return index.column() == Number ? QVariant(row.metric.value) : index.column() == Time ? QVariant(toMs(row.at)) : data(index, Qt::DisplayRole);
        if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
            return {};
        switch (index.column()) {
        case Task: return m_record->taskIdOf(row.run);
        case Name: return QString::fromStdString(row.metric.name);
        case Type: return QString::fromStdString(row.metric.type);
        case Number: return QLocale::c().toString(row.metric.value, 'g', 12);
        case Tags: {
            QStringList tags;
            for (const auto &[key, value] : row.metric.tags)
                tags << QString::fromStdString(key + "=" + value);
            return tags.join(QStringLiteral(", "));
        }
        case Time: return QDateTime::fromMSecsSinceEpoch(toMs(row.at)).toString(QStringLiteral("HH:mm:ss.zzz"));
        default: return {};
        }
    }

private:
    AppState &m_state;
    QPointer<const RunRecord> m_record;
    std::vector<engine::MetricEntry> m_rows;
};

MetricsView::MetricsView(AppState &state, QWidget *parent)
    : QWidget(parent), m_model(new MetricsModel(state, this)), m_sorted(new QSortFilterProxyModel(this)), m_view(new QTableView), m_stack(new QStackedLayout(this))
{
    m_sorted->setSourceModel(m_model);
    m_sorted->setSortRole(Qt::UserRole);
    m_view->setModel(m_sorted);
    m_view->setSortingEnabled(true);
    m_view->sortByColumn(-1, Qt::AscendingOrder);
    m_view->setShowGrid(false);
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setTabKeyNavigation(false);
    m_view->setWordWrap(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(state.theme().scaled(24));
    m_view->horizontalHeader()->setStretchLastSection(true);
    m_view->setAccessibleName(Tr::tr("Metrics"));
    m_stack->addWidget(m_view);
    m_stack->addWidget(new ui::EmptyState(state.theme(), QStringLiteral("values"), Tr::tr("No task of this run measured anything.")));
    connect(m_view, &QTableView::activated, this, [this](const QModelIndex &index) {
        if (index.isValid())
            emit taskChosen(index.siblingAtColumn(MetricsModel::Task).data().toString());
    });
    setFocusProxy(m_view);
    refresh();
}

void MetricsView::setRecord(RunRecord *record)
{
    if (m_record)
        m_record->disconnect(this);
    m_record = record;
    if (record)
        connect(record, &RunRecord::changed, this, &MetricsView::refresh);
    refresh();
}

int MetricsView::rows() const
{
    return m_model->rowCount();
}

void MetricsView::refresh()
{
    const int count = m_record ? int(m_record->metrics().size()) : 0;
    if (count != m_model->rowCount() || count == 0)
        m_model->setRecord(m_record);
    m_view->resizeColumnsToContents();
    m_stack->setCurrentIndex(count > 0 ? 0 : 1);
}

} // namespace app
