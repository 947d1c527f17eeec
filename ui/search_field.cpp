#include "ui/search_field.h"

#include "ui/themed_icons.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPainter>

namespace ui {

namespace {
constexpr int kIcon = 14;
} // namespace

SearchField::SearchField(const Theme &theme, const QString &placeholder, const QString &key, QWidget *parent)
    : QLineEdit(parent), m_key(key), m_magnifier(new QLabel(this))
{
    setPlaceholderText(placeholder);
    setAccessibleName(placeholder);
    setClearButtonEnabled(true);
    setThemedIcon(m_magnifier, QStringLiteral("search"), theme, "text2", kIcon);
    m_magnifier->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_magnifier->setFixedSize(kIcon, kIcon);
    setTextMargins(kIcon + 5, 0, 0, 0);
}

void SearchField::resizeEvent(QResizeEvent *event)
{
    QLineEdit::resizeEvent(event);
    m_magnifier->move(9, (height() - kIcon) / 2);
}

void SearchField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down) {
        emit downPressed();
        return;
    }
    if (event->key() == Qt::Key_Up)
        emit upPressed();
    if (event->key() == Qt::Key_Escape)
        emit escapePressed();
    if (event->key() == Qt::Key_Escape && !text().isEmpty()) {
        clear();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void SearchField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    if (m_key.isEmpty() || !text().isEmpty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QFont keyFont = font();
    keyFont.setFamilies({QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono")});
    keyFont.setPixelSize(qMax(9, QFontInfo(font()).pixelSize() - 2));
    painter.setFont(keyFont);
    const int width = QFontMetrics(keyFont).horizontalAdvance(m_key) + 10;
    const QRectF box(this->width() - width - 9.5, (height() - 20) / 2.0 + 0.5, width, 19);
    painter.setPen(palette().color(QPalette::Dark));
    painter.drawRoundedRect(box, 4, 4);
    painter.setPen(palette().color(QPalette::PlaceholderText));
    painter.drawText(box, Qt::AlignCenter, m_key);
}

} // namespace ui
