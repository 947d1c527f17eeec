#include "editor/completion_popup.h"

#include "ui/tr.h"

#include <QAbstractListModel>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QStyledItemDelegate>

namespace editor {

namespace {

constexpr int kWidth = 360;
constexpr int kHeight = 240;
constexpr int kRow = 26;
constexpr int kDocumentationWidth = 260;

struct KindLook
{
    const char *icon;
    const char *color;
};

KindLook lookOf(CompletionKind kind)
{
    switch (kind) {
    case CompletionKind::RequiredProperty:
        return {"star", "y_number"};
    case CompletionKind::Property:
        return {"outline", "y_key"};
    case CompletionKind::TaskType:
        return {"task-code", "y_type"};
    case CompletionKind::EnumValue:
    case CompletionKind::Boolean:
    case CompletionKind::DefaultValue:
        return {"values", "y_string"};
    case CompletionKind::TaskId:
        return {"canvas", "accent"};
    case CompletionKind::Input:
        return {"input", "accent"};
    case CompletionKind::Output:
        return {"output", "accent"};
    case CompletionKind::FlowId:
        return {"flow-subflow", "accent"};
    case CompletionKind::Namespace:
        return {"folder", "text2"};
    case CompletionKind::Label:
        return {"link", "text2"};
    case CompletionKind::Variable:
        return {"values", "y_expr"};
    case CompletionKind::Filter:
        return {"filter", "y_expr"};
    case CompletionKind::Function:
        return {"wand", "y_expr"};
    case CompletionKind::Test:
        return {"check", "y_expr"};
    case CompletionKind::Tag:
        return {"task-code", "y_expr"};
    }
    return {"outline", "text2"};
}

} // namespace

class CompletionModel : public QAbstractListModel
{
public:
    using QAbstractListModel::QAbstractListModel;

    void set(std::vector<CompletionItem> items)
    {
        beginResetModel();
        m_items = std::move(items);
        endResetModel();
    }
    int rowCount(const QModelIndex &parent = {}) const override
    {
        return parent.isValid() ? 0 : static_cast<int>(m_items.size());
    }
    QVariant data(const QModelIndex &index, int role) const override
    {
        if (!index.isValid())
            return {};
        const CompletionItem &item = m_items[static_cast<std::size_t>(index.row())];
        if (role == Qt::DisplayRole)
            return QString::fromStdString(item.label);
        if (role == Qt::AccessibleTextRole)
            return QString::fromStdString(item.detail.empty() ? item.label
                                                              : item.label + ", " + item.detail);
        return {};
    }
    const CompletionItem &at(int row) const { return m_items[static_cast<std::size_t>(row)]; }

private:
    std::vector<CompletionItem> m_items;
};

namespace {

/// Icon, name, and the type at the right.
class CompletionDelegate : public QStyledItemDelegate
{
public:
    CompletionDelegate(const CompletionModel &model, const ui::Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent),
          m_model(model),
          m_theme(theme)
    {
    }
    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        return {kWidth - 4, m_theme.scaled(kRow)};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option,
               const QModelIndex &index) const override
    {
        const CompletionItem &item = m_model.at(index.row());
        const bool selected = option.state & QStyle::State_Selected;
        painter->fillRect(option.rect,
                          m_theme.color(selected                                 ? "selected"
                                        : option.state & QStyle::State_MouseOver ? "hover"
                                                                                 : "raised"));
        const KindLook look = lookOf(item.kind);
        const QRect row = option.rect.adjusted(8, 0, -8, 0);
        painter->drawPixmap(row.left(), row.center().y() - 7,
                            m_theme.pixmap(QLatin1String(look.icon), m_theme.color(look.color), 16,
                                           painter->device()->devicePixelRatioF()));
        QFont font = m_theme.monoFont(12);
        font.setBold(item.kind == CompletionKind::RequiredProperty);
        painter->setFont(font);
        painter->setPen(m_theme.color("text"));
        const QFontMetrics metrics(font);
        const QString name = metrics.elidedText(QString::fromStdString(item.label), Qt::ElideMiddle,
                                                row.width() * 6 / 10);
        painter->drawText(row.adjusted(24, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter, name);
        painter->setFont(m_theme.font(11));
        painter->setPen(m_theme.color(selected ? "text2" : "text3"));
        const int left = 24 + metrics.horizontalAdvance(name) + 12;
        const QString detail =
            QFontMetrics(painter->font())
                .elidedText(QString::fromStdString(item.detail), Qt::ElideLeft, row.width() - left);
        painter->drawText(row, Qt::AlignRight | Qt::AlignVCenter, detail);
    }

private:
    const CompletionModel &m_model;
    const ui::Theme &m_theme;
};

} // namespace

CompletionPopup::CompletionPopup(const ui::Theme &theme, QWidget *parent)
    : QFrame(parent, Qt::ToolTip | Qt::FramelessWindowHint),
      m_theme(theme),
      m_model(new CompletionModel(this)),
      m_list(new QListView(this)),
      m_documentation(new QLabel(this))
{
    setAttribute(Qt::WA_ShowWithoutActivating);
    setFocusPolicy(Qt::NoFocus);
    setAccessibleName(Tr::tr("Completion"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new CompletionDelegate(*m_model, m_theme, m_list));
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setFixedWidth(kWidth - 2);
    m_list->setAccessibleName(Tr::tr("Completion"));
    m_documentation->setWordWrap(true);
    m_documentation->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    m_documentation->setMargin(10);
    m_documentation->setFixedWidth(kDocumentationWidth);
    m_documentation->setTextFormat(Qt::PlainText);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0); // the border of the style sheet comes on top
    row->setSpacing(0);
    row->addWidget(m_list);
    row->addWidget(m_documentation);
    connect(m_list, &QListView::clicked, this, &CompletionPopup::chosen);
    connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &CompletionPopup::showDocumentation);
    setTheme(theme);
    hide();
}

void CompletionPopup::setTheme(const ui::Theme &theme)
{
    m_theme = theme;
    setStyleSheet(
        QStringLiteral("editor--CompletionPopup { background: %1; border: 1px solid %2; } "
                       "QListView { background: %1; border: 0; }"
                       " QLabel { background: %3; color: %4; border-left: 1px solid %5; }")
            .arg(theme.color("raised").name(), theme.color("lineStrong").name(),
                 theme.color("panel").name(), theme.color("text2").name(),
                 theme.color("line").name()));
    m_documentation->setFont(theme.font(12));
}

void CompletionPopup::showItems(std::vector<CompletionItem> items, QRect anchor)
{
    m_model->set(std::move(items));
    m_list->setCurrentIndex(m_model->index(0));
    showDocumentation();
    place(anchor);
    if (!isVisible()) {
        show();
        raise();
    }
}

void CompletionPopup::place(QRect anchor)
{
    const int height = std::min(kHeight, m_model->rowCount() * m_theme.scaled(kRow) + 2);
    const bool documented = m_documentation->isVisibleTo(this);
    const QSize size(kWidth + (documented ? kDocumentationWidth : 0),
                     documented ? std::max(height, 100) : height);
    setFixedSize(size);
    const QScreen *screen = QGuiApplication::screenAt(anchor.topLeft());
    const QRect area = screen ? screen->availableGeometry() : QRect(0, 0, 10000, 10000);
    int y = anchor.bottom() + 2;
    if (y + size.height() > area.bottom())
        y = anchor.top() - size.height() - 2;
    ::QWidget::move(std::clamp(anchor.left() - 34, area.left(),
                               std::max(area.left(), area.right() - size.width())),
                    y);
}

const CompletionItem *CompletionPopup::current() const
{
    const QModelIndex index = m_list->currentIndex();
    return index.isValid() ? &m_model->at(index.row()) : nullptr;
}

int CompletionPopup::count() const
{
    return m_model->rowCount();
}

void CompletionPopup::move(int rows)
{
    const int count = m_model->rowCount();
    if (count == 0)
        return;
    int row = m_list->currentIndex().row() + rows;
    if (rows == 1 || rows == -1)
        row = (row + count) % count;
    m_list->setCurrentIndex(m_model->index(std::clamp(row, 0, count - 1)));
}

void CompletionPopup::showDocumentation()
{
    const CompletionItem *item = current();
    const bool documented = item && !item->documentation.empty();
    if (documented)
        m_documentation->setText(QString::fromStdString(item->documentation));
    const bool was = m_documentation->isVisibleTo(this);
    m_documentation->setVisible(documented);
    if (was != documented && isVisible())
        setFixedSize(kWidth + (documented ? kDocumentationWidth : 0), height());
}

} // namespace editor
