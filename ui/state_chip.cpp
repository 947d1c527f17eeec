#include "ui/state_chip.h"

#include "ui/state_look.h"

#include <QPainter>

namespace ui {

namespace {
constexpr int kIcon = 14;
constexpr int kPadding = 8;
constexpr int kGap = 4;
} // namespace

StateChip::StateChip(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StateChip::setTheme(const Theme &theme)
{
    m_theme = theme;
    updateGeometry();
    update();
}

void StateChip::setState(const QString &look, const QString &word)
{
    m_look = look;
    m_word = word;
    setAccessibleName(word);
    updateGeometry();
    update();
}

QSize StateChip::sizeHint() const
{
    const QFontMetrics metrics(m_theme.font(11.5, QFont::DemiBold));
    return {kPadding + kIcon + kGap + metrics.horizontalAdvance(m_word) + kPadding, m_theme.scaled(20)};
}

void StateChip::paintEvent(QPaintEvent *)
{
    const StateLook look = stateLook(m_look);
    const QColor ink = m_theme.color(look.inkToken);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.color(look.groundToken));
    painter.drawRoundedRect(rect(), height() / 2.0, height() / 2.0);
    painter.drawPixmap(kPadding, (height() - kIcon) / 2,
                       m_theme.pixmap(look.icon, ink, kIcon, devicePixelRatioF()));
    painter.setFont(m_theme.font(11.5, QFont::DemiBold));
    painter.setPen(ink);
    painter.drawText(rect().adjusted(kPadding + kIcon + kGap, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, m_word);
}

} // namespace ui
