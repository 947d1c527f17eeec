#include "ui/empty_state.h"

#include "ui/themed_icons.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

EmptyState::EmptyState(const Theme &theme, const QString &icon, const QString &sentence, const QString &action,
                       QWidget *parent)
    : QWidget(parent), m_picture(new QLabel), m_sentence(new QLabel), m_button(new QPushButton)
{
    setThemedIcon(m_picture, icon, theme, "text3", 48);
    m_picture->setAlignment(Qt::AlignCenter);
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setProperty("role", "quiet");
    connect(m_button, &QPushButton::clicked, this, &EmptyState::activated);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(12);
    layout->addStretch(2);
    layout->addWidget(m_picture);
    layout->addWidget(m_sentence);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    setSentence(sentence, action);
    setFocusPolicy(Qt::TabFocus); // a panel is reached when it has nothing to show, too
    setAttribute(Qt::WA_StyledBackground);
}

void EmptyState::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_picture->setVisible(height() >= 140);
}

void EmptyState::setSentence(const QString &sentence, const QString &action)
{
    setAccessibleName(sentence);
    m_sentence->setText(sentence);
    m_button->setText(action);
    m_button->setVisible(!action.isEmpty());
}

} // namespace ui
