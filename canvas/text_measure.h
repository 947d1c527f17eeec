#pragma once

#include <QFontMetricsF>
#include <QString>

#include <array>
#include <string_view>

namespace canvas {

/// Widths of many short texts in one font: ASCII from a table, the rest by the font engine. GUI thread.
class TextMeasure
{
public:
    explicit TextMeasure(const QFont &font) : m_metrics(font)
    {
        for (char16_t c = 32; c < 127; ++c)
            m_ascii[c] = m_metrics.horizontalAdvance(QChar(c));
    }

    /// Without kerning: at most a pixel more than the font engine says.
    double width(const QString &text) const
    {
        double sum = 0;
        for (const QChar c : text) {
            if (c.unicode() < 32 || c.unicode() >= 127)
                return m_metrics.horizontalAdvance(text);
            sum += m_ascii[c.unicode()];
        }
        return sum;
    }

    double width(std::string_view utf8) const
    {
        double sum = 0;
        for (const char c : utf8) {
            if (c < 32 || c == 127)
                return width(QString::fromUtf8(utf8.data(), qsizetype(utf8.size())));
            sum += m_ascii[std::size_t(c)];
        }
        return sum;
    }

    QString elided(const QString &text, Qt::TextElideMode mode, double room) const
    {
        return width(text) <= room ? text : m_metrics.elidedText(text, mode, room);
    }

private:
    QFontMetricsF m_metrics;
    std::array<double, 128> m_ascii{};
};

} // namespace canvas
