#pragma once

#include <QColor>
#include <QFont>
#include <QHash>
#include <QIcon>
#include <QPixmap>
#include <QString>

class QApplication;

namespace ui {

enum class ThemeName { Light, Dark, HighContrast };

/// The colours, fonts and icons of the interface, from resources/themes/tokens.json. A value; views
/// that paint take a `const Theme &`, never a literal colour. GUI thread.
class Theme
{
public:
    /// Reads the built-in tokens; a missing token is a programming error (soft assert, magenta).
    static Theme load(ThemeName name);

    ThemeName name() const { return m_name; }
    bool isDark() const;
    QColor color(const char *token) const;      ///< `panel`, `s_failed`, `y_key`, … of tokens.json
    QFont font(double pixelSize = 13, int weight = QFont::Normal) const;
    QFont monoFont(double pixelSize = 12) const;

    /// An icon of resources/icons by file name without ending, in one colour; cached by name, colour, size and ratio.
    QPixmap pixmap(const QString &icon, const QColor &color, int size, qreal deviceRatio = 1) const;
    QIcon icon(const QString &icon) const;                        ///< in `text2`, disabled in `text3`
    QIcon icon(const QString &icon, const QColor &color) const;

    /// Sets palette, style sheet and font of the application. Repaints; rebuilds no widget.
    void applyTo(QApplication &application) const;

private:
    ThemeName m_name = ThemeName::Light;
    QHash<QString, QColor> m_colors;
};

} // namespace ui
