#include "canvas/style.h"

#include <cmath>

namespace canvas {

Style::Style(const ui::Theme &theme) : m_theme(theme)
{
    // The view scales the picture by the user's text size, so the fonts here are without it.
    const double scale = theme.textScale();
    m_fonts = {theme.font(13 / scale, QFont::DemiBold), theme.font(11 / scale), theme.font(12 / scale, QFont::DemiBold),
               theme.monoFont(11 / scale), theme.monoFont(10.5 / scale), theme.font(12 / scale)};
    for (const QFont &font : m_fonts) {
        m_measures.emplace_back(font);
        m_ascents.push_back(QFontMetricsF(font).ascent());
    }
}

void Style::draw(QPainter &painter, Text role, QPointF at, const QString &text) const
{
    if (text.isEmpty())
        return;
    const QString key = QChar(u'0' + int(role)) + text;
    QStaticText *cached = m_texts.object(key);
    if (!cached) {
        cached = new QStaticText(text);
        cached->setTextFormat(Qt::PlainText);
        cached->setPerformanceHint(QStaticText::ModerateCaching);
        cached->prepare({}, font(role));
        m_texts.insert(key, cached);
    }
    painter.setFont(font(role));
    painter.drawStaticText(QPointF(at.x(), at.y() - ascent(role)), *cached);
}

void Style::drawOnScreen(QPainter &painter, QPointF at, const QString &text, double pixels, double lod, double room) const
{
    QFont font = this->font(Text::Title);
    font.setPixelSize(std::max(1, int(std::lround(pixels / lod))));
    const QFontMetricsF metrics(font);
    painter.setFont(font);
    painter.drawText(QPointF(at.x(), at.y() + (metrics.ascent() - metrics.descent()) / 2),
                     metrics.elidedText(text, Qt::ElideMiddle, room));
}

void Style::icon(QPainter &painter, const QString &name, const QColor &color, const QRectF &where, double turn) const
{
    const double scale = std::sqrt(std::abs(painter.deviceTransform().determinant())); // of the zoom and the display
    const double ratio = std::clamp(std::ceil(scale * 2 - 0.01) / 2, 0.5, 8.0);
    const int size = int(std::lround(where.width()));
    const QString key = name + color.name(QColor::HexArgb) + QString::number(size) + QLatin1Char('@') + QString::number(ratio);
    QPixmap *cached = m_icons.object(key);
    if (!cached) {
        cached = new QPixmap(m_theme.pixmap(name, color, size, ratio));
        m_icons.insert(key, cached);
    }
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    if (turn == 0) {
        painter.drawPixmap(where, *cached, QRectF(cached->rect()));
        return;
    }
    painter.save();
    painter.translate(where.center());
    painter.rotate(turn);
    painter.drawPixmap(where.translated(-where.center()), *cached, QRectF(cached->rect()));
    painter.restore();
}

} // namespace canvas
