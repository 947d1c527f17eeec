#include "ui/banner.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>

namespace ui {

Banner::Banner(QWidget *parent)
    : QFrame(parent), m_title(new QLabel), m_detail(new QLabel), m_actions(new QHBoxLayout)
{
    setProperty("role", "banner");
    setProperty("tone", "info");
    m_title->setProperty("role", "strong");
    for (QLabel *label : {m_title, m_detail}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto *words = new QVBoxLayout;
    words->setSpacing(4);
    words->addWidget(m_title);
    words->addWidget(m_detail);
    m_actions->setSpacing(8);
    m_actions->addSpacing(0);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 8, 12, 8);
    layout->setSpacing(16);
    layout->addLayout(words, 1);
    layout->addLayout(m_actions);
}

void Banner::setTone(const QString &tone)
{
    setProperty("tone", tone);
    style()->unpolish(this);
    style()->polish(this);
}

void Banner::setText(const QString &title, const QString &detail, bool monoDetail)
{
    m_title->setText(title);
    m_detail->setText(detail);
    m_detail->setProperty("role", monoDetail ? "mono" : "");
    m_detail->style()->unpolish(m_detail);
    m_detail->style()->polish(m_detail);
    m_detail->setVisible(!detail.isEmpty());
    setAccessibleName(detail.isEmpty() ? title : title + QLatin1Char(' ') + detail);
}

QString Banner::title() const
{
    return m_title->text();
}

QPushButton *Banner::addAction(const QString &text, bool primary)
{
    auto *button = new QPushButton(text);
    if (primary)
        button->setProperty("role", "primary");
    m_actions->insertWidget(m_actions->count() - 1, button);
    return button;
}

void Banner::clearActions()
{
    while (m_actions->count() > 1) {
        QLayoutItem *item = m_actions->takeAt(0);
        delete item->widget();
        delete item;
    }
}

} // namespace ui
