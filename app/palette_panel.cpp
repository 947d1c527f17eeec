#include "app/palette_panel.h"

#include "app/app_state.h"
#include "app/palette_model.h"
#include "ui/search_field.h"
#include "ui/tr.h"

#include <QPainter>
#include <QShortcut>
#include <QStyledItemDelegate>
#include <QTreeView>
#include <QVBoxLayout>

namespace app {

namespace {

constexpr int kTile = 22;
constexpr int kLeft = 10;

/// A row with a tile of 22: the icon of the type on the tint of its category.
class PaletteDelegate : public QStyledItemDelegate
{
public:
    PaletteDelegate(const AppState &state, QObject *parent) : QStyledItemDelegate(parent), m_state(state) {}

    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QSize size = QStyledItemDelegate::sizeHint(option, index);
        size.setHeight(m_state.theme().scaled(index.parent().isValid() ? 28 : 24));
        return size;
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyleOptionViewItem item = option;
        initStyleOption(&item, index);
        const QString text = item.text;
        item.text.clear();
        const QWidget *widget = option.widget;
        widget->style()->drawControl(QStyle::CE_ItemViewItem, &item, painter, widget);
        const ui::Theme &theme = m_state.theme();
        if (!index.parent().isValid()) {
            const QString arrow = option.state & QStyle::State_Open ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right");
            painter->drawPixmap(option.rect.left() + 7, option.rect.center().y() - 6,
                                theme.pixmap(arrow, theme.color("text3"), 14, painter->device()->devicePixelRatioF()));
            painter->setPen(theme.color("text2"));
            painter->setFont(theme.font(12, QFont::DemiBold));
            painter->drawText(option.rect.adjusted(25, 0, 0, 0), Qt::AlignVCenter, text);
            return;
        }
        const ui::TaskLook look = ui::taskLook(index.data(PaletteModel::TypeRole).toString());
        const QRectF tile(option.rect.left() + kLeft, option.rect.center().y() - kTile / 2.0 + 0.5, kTile, kTile);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->setPen(Qt::NoPen);
        painter->setBrush(theme.color(look.groundToken()));
        painter->drawRoundedRect(tile, 5, 5);
        painter->drawPixmap((tile.topLeft() + QPointF(3, 3)).toPoint(),
                            theme.pixmap(look.icon, theme.color(look.inkToken()), 16, painter->device()->devicePixelRatioF()));
        painter->setPen(theme.color("text"));
        painter->setFont(theme.font());
        const QRect box = option.rect.adjusted(kLeft + kTile + 8, 0, -4, 0);
        painter->drawText(box, Qt::AlignVCenter, QFontMetrics(painter->font()).elidedText(text, Qt::ElideRight, box.width()));
        painter->restore();
    }

private:
    const AppState &m_state;
};

} // namespace

PalettePanel::PalettePanel(AppState &state, QWidget *parent)
    : QWidget(parent), m_model(new PaletteModel(state.catalog(), state.theme(), this)),
      m_search(new ui::SearchField(state.theme(), Tr::tr("Find a task type"), QStringLiteral("/"))), m_view(new QTreeView)
{
    setProperty("role", "panel");
    m_view->setModel(m_model);
    m_view->setItemDelegate(new PaletteDelegate(state, m_view));
    m_view->setHeaderHidden(true);
    m_view->setIndentation(0); // the delegate draws the arrows
    m_view->setDragEnabled(true);
    m_view->setDragDropMode(QAbstractItemView::DragOnly);
    m_view->setExpandsOnDoubleClick(false);
    m_view->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_view->setAccessibleName(Tr::tr("Task types"));
    m_view->expandAll();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 8, 0, 0);
    layout->setSpacing(4);
    auto *top = new QVBoxLayout;
    top->setContentsMargins(8, 0, 8, 0);
    top->addWidget(m_search);
    layout->addLayout(top);
    layout->addWidget(m_view);

    connect(&state, &AppState::projectTypesChanged, this, [this, &state] {
        m_model->setCatalog(state.catalog());
        m_view->expandAll();
    });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_model->setFilter(text);
        m_view->expandAll();
        if (!text.isEmpty() && m_model->rowCount() > 0)
            m_view->setCurrentIndex(m_model->index(0, 0, m_model->index(0, 0)));
    });
    connect(m_search, &ui::SearchField::downPressed, m_view, [this] { m_view->setFocus(Qt::TabFocusReason); });
    connect(m_search, &QLineEdit::returnPressed, this, [this] { choose(m_view->currentIndex()); });
    connect(m_view, &QTreeView::activated, this, &PalettePanel::choose);
    connect(m_view, &QTreeView::clicked, this, [this](const QModelIndex &index) {
        if (!index.parent().isValid())
            m_view->setExpanded(index, !m_view->isExpanded(index));
    });
    connect(&state, &AppState::themeChanged, this, [this](const ui::Theme &theme) {
        m_model->setTheme(theme);
        m_view->viewport()->update();
    });
    setFocusProxy(m_search);
}

void PalettePanel::focusSearch()
{
    m_search->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void PalettePanel::choose(const QModelIndex &index)
{
    const QString type = index.data(PaletteModel::TypeRole).toString();
    if (!type.isEmpty())
        emit typeChosen(type);
}

} // namespace app
