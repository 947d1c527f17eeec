#pragma once

#include "canvas/text_measure.h"
#include "ui/theme.h"

#include <QCache>
#include <QPainter>
#include <QStaticText>

namespace canvas {

/// Everything items paint with: theme, fonts of ui.md §4 in scene units, measured texts, icons at the
/// zoom they are drawn at. Owned by the scene, rebuilt when the theme changes. GUI thread.
class Style
{
public:
    explicit Style(const ui::Theme &theme);

    enum class Text {
        Title,   ///< 13 / 600
        Type,    ///< 11
        Heading, ///< 12 / 600
        Mono,    ///< 11
        Duration,///< mono 10.5
        Empty,   ///< 12
    };

    const ui::Theme &theme() const { return m_theme; }
    QColor color(const char *token) const { return m_theme.color(token); }
    const QFont &font(Text role) const { return m_fonts[std::size_t(role)]; }
    double width(Text role, const QString &text) const { return m_measures[std::size_t(role)].width(text); }
    double width(Text role, std::string_view utf8) const { return m_measures[std::size_t(role)].width(utf8); }
    QString elided(Text role, const QString &text, Qt::TextElideMode mode, double room) const
    {
        return m_measures[std::size_t(role)].elided(text, mode, room);
    }
    double ascent(Text role) const { return m_ascents[std::size_t(role)]; }
    /// Ids elide in the middle, everything else at the end.
    QString elidedId(const QString &id, double room) const { return elided(Text::Title, id, Qt::ElideMiddle, room); }

    /// Text with its baseline at `at`, in the current pen's colour.
    void draw(QPainter &painter, Text role, QPointF at, const QString &text) const;
    /// Text as tall on the screen as at 100 %, whatever the zoom: `pixels` high, its left middle at `at`.
    void drawOnScreen(QPainter &painter, QPointF at, const QString &text, double pixels, double lod, double room) const;
    /// A square icon, sharp at the zoom.
    void icon(QPainter &painter, const QString &name, const QColor &color, const QRectF &where, double turn = 0) const;

private:
    ui::Theme m_theme;
    std::vector<QFont> m_fonts;
    std::vector<TextMeasure> m_measures;
    std::vector<double> m_ascents;
    mutable QCache<QString, QStaticText> m_texts{4000};
    mutable QCache<QString, QPixmap> m_icons{2000};
};

} // namespace canvas
