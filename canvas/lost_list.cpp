#include "canvas/lost_list.h"

#include "ui/theme.h"
#include "ui/tr.h"
#include "ui/words.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace canvas {

namespace {

constexpr QSize kSize(420, 116); // without its rows

} // namespace

LostList::LostList(QWidget *view)
    : QFrame(view), m_words(new QLabel), m_places(new QListWidget), m_keep(new QPushButton(Tr::tr("Keep"))),
      m_delete(new QPushButton(Tr::tr("Delete anyway")))
{
    setObjectName(QStringLiteral("lostList"));
    setProperty("role", "popup");
    setAttribute(Qt::WA_StyledBackground);
    setAutoFillBackground(true);
    setAccessibleName(Tr::tr("References that would be lost"));
    m_words->setWordWrap(true);
    m_words->setTextFormat(Qt::PlainText);
    m_places->setAccessibleName(Tr::tr("Places that name it"));
    m_places->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_places->setTextElideMode(Qt::ElideRight);
    m_keep->setProperty("role", "primary");
    m_keep->setObjectName(QStringLiteral("keep"));
    m_delete->setObjectName(QStringLiteral("deleteAnyway"));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(m_delete);
    buttons->addWidget(m_keep);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 12, 12);
    layout->setSpacing(8);
    layout->addWidget(m_words);
    layout->addWidget(m_places, 1);
    layout->addLayout(buttons);
    connect(m_keep, &QPushButton::clicked, this, &LostList::close);
    connect(m_delete, &QPushButton::clicked, this, [this] {
        const std::function<void()> accepted = std::move(m_accepted);
        close();
        if (accepted)
            accepted();
    });
    connect(m_places, &QListWidget::itemActivated, this, [this](const QListWidgetItem *item) {
        close();
        emit placeChosen(item->data(Qt::UserRole).value<qsizetype>());
    });
    for (QWidget *child : {static_cast<QWidget *>(m_places), static_cast<QWidget *>(m_keep), static_cast<QWidget *>(m_delete)})
        child->installEventFilter(this);
    hide();
}

void LostList::setTheme(const ui::Theme &theme)
{
    m_places->setFont(theme.font(12));
}

void LostList::ask(const std::vector<LostReference> &places, std::function<void()> accepted)
{
    m_accepted = std::move(accepted);
    m_words->setText(ui::unbrokenWords(places.size() == 1 ? Tr::tr("1 place would name something that is gone:")
                                                          : Tr::tr("%1 places would name something that is gone:").arg(places.size())));
    m_places->clear();
    for (const LostReference &place : places) {
        const QString where = place.reader.isEmpty() ? Tr::tr("line %1").arg(place.number)
                                                     : Tr::tr("%1, line %2").arg(place.reader).arg(place.number);
        auto *item = new QListWidgetItem(QStringLiteral("%1: %2").arg(where, place.line), m_places);
        item->setData(Qt::UserRole, QVariant::fromValue(qsizetype(place.offset)));
        item->setToolTip(place.line);
    }
    m_places->setCurrentRow(0);
    const QRect room = parentWidget()->rect().adjusted(8, 8, -8, -8);
    const int rows = std::min(int(places.size()), 6) * (fontMetrics().height() + 8);
    const QSize size = QSize(kSize.width(), kSize.height() + rows).boundedTo(room.size());
    setGeometry(QRect(room.center() - QPoint(size.width() / 2, size.height() / 2), size));
    show();
    raise();
    m_keep->setFocus(Qt::PopupFocusReason);
}

void LostList::close()
{
    hide();
    m_accepted = nullptr;
    emit closed();
}

/// Tab stays inside.
bool LostList::focusNextPrevChild(bool next)
{
    QWidget *const order[] = {m_keep, m_delete, m_places};
    const auto at = std::find(std::begin(order), std::end(order), focusWidget()) - std::begin(order);
    order[std::size_t(at + (next ? 1 : 2)) % 3]->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    return true;
}

bool LostList::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) { // keys are its own while it is open
        event->accept();
        return true;
    }
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    if (key->key() == Qt::Key_Escape)
        return close(), true;
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (auto *button = qobject_cast<QPushButton *>(watched); button && enter)
        return button->click(), true;
    return QFrame::eventFilter(watched, event);
}

} // namespace canvas
