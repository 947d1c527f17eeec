#include "app/run/history_panel.h"

#include "app/app_state.h"
#include "ui/empty_state.h"
#include "ui/search_field.h"
#include "ui/state_look.h"
#include "ui/tr.h"

#include <QListView>
#include <QPainter>
#include <QSortFilterProxyModel>
#include <QStackedLayout>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

namespace app {

namespace {

/// Two lines: state and duration; flow, moment and trigger below.
class RunRowDelegate : public QStyledItemDelegate
{
public:
    RunRowDelegate(const AppState &state, QObject *parent) : QStyledItemDelegate(parent), m_state(state) {}

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override { return {120, m_state.theme().scaled(44)}; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const ui::Theme &theme = m_state.theme();
        painter->save();
        if (option.state & QStyle::State_Selected)
            painter->fillRect(option.rect, theme.color("selected"));
        else if (option.state & QStyle::State_MouseOver)
            painter->fillRect(option.rect, theme.color("hover"));
        const QString state = index.data(HistoryModel::StateRole).toString();
        const ui::StateLook look = ui::stateLook(state);
        const QRect box = option.rect.adjusted(10, 4, -10, -4);
        painter->drawPixmap(box.left(), box.top() + 1, theme.pixmap(look.icon, theme.color(look.inkToken), 16, painter->device()->devicePixelRatioF()));
        const QRect text = box.adjusted(26, 0, 0, 0);
        const QRect first(text.left(), text.top(), text.width(), text.height() / 2);
        const QRect second(text.left(), text.center().y(), text.width(), text.height() / 2 + 1);
        painter->setPen(theme.color("text"));
        painter->setFont(theme.monoFont(11));
        const QString duration = index.data(HistoryModel::DurationRole).toString();
        painter->drawText(first, Qt::AlignRight | Qt::AlignVCenter, duration);
        const int used = painter->fontMetrics().horizontalAdvance(duration) + 8;
        painter->setPen(theme.color(look.inkToken));
        painter->setFont(theme.font(12, QFont::DemiBold));
        painter->drawText(first.adjusted(0, 0, -used, 0), Qt::AlignVCenter, state);
        painter->setPen(theme.color("text2"));
        painter->setFont(theme.font(11.5));
        const QString below = QStringLiteral("%1 · %2").arg(index.data(HistoryModel::FlowRole).toString(), index.data(HistoryModel::TimeRole).toString());
        painter->drawText(second, Qt::AlignVCenter, painter->fontMetrics().elidedText(below, Qt::ElideMiddle, second.width()));
        if (option.state & QStyle::State_HasFocus) {
            painter->setPen(theme.color("focus"));
            painter->drawRect(QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5));
        }
        painter->restore();
    }

private:
    const AppState &m_state;
};

} // namespace

HistoryPanel::HistoryPanel(AppState &state, QWidget *parent)
    : QWidget(parent), m_state(state), m_model(new HistoryModel(state.theme(), this)), m_filter(new QSortFilterProxyModel(this)),
      m_view(new QListView), m_stack(new QStackedLayout(this))
{
    setProperty("role", "panel");
    m_filter->setSourceModel(m_model);
    m_filter->setFilterRole(Qt::AccessibleTextRole);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_view->setModel(m_filter);
    m_view->setItemDelegate(new RunRowDelegate(state, m_view));
    m_view->setMouseTracking(true);
    m_view->setUniformItemSizes(true);
    m_view->setAccessibleName(Tr::tr("Run history"));
    auto *search = new ui::SearchField(state.theme(), Tr::tr("Find a run"));
    auto *list = new QWidget;
    auto *layout = new QVBoxLayout(list);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(6);
    auto *top = new QHBoxLayout;
    top->setContentsMargins(8, 0, 8, 0);
    top->addWidget(search);
    layout->addLayout(top);
    layout->addWidget(m_view, 1);
    m_stack->addWidget(list);
    m_stack->addWidget(new ui::EmptyState(state.theme(), QStringLiteral("runs"), Tr::tr("Run the flow to see it here, Ctrl+E")));
    const auto refresh = [this] { m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 0 : 1); };
    connect(m_model, &QAbstractItemModel::modelReset, this, refresh);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, refresh);
    connect(search, &QLineEdit::textChanged, m_filter, &QSortFilterProxyModel::setFilterFixedString);
    connect(search, &ui::SearchField::downPressed, m_view, [this] { m_view->setFocus(); });
    const auto choose = [this](const QModelIndex &index) {
        if (index.isValid())
            emit runChosen(index.data(HistoryModel::IdRole).toString());
    };
    connect(m_view, &QListView::clicked, this, choose);
    connect(m_view, &QListView::activated, this, choose);
    connect(&state, &AppState::themeChanged, m_model, &HistoryModel::setTheme);
    setFocusProxy(m_view);
    refresh();
}

void HistoryPanel::select(const QString &id)
{
    const int row = m_model->rowOf(id);
    if (row >= 0)
        m_view->setCurrentIndex(m_filter->mapFromSource(m_model->index(row)));
}

} // namespace app
