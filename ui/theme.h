#pragma once

#include <QColor>
#include <QFont>
#include <QHash>
#include <QIcon>
#include <QPalette>
#include <QPixmap>
#include <QString>
#include <QStringList>

class QApplication;

namespace ui {

enum class ThemeName { Light, Dark, HighContrast };

/// The colours, fonts and icons of the interface, from resources/themes/tokens.json. A value; views
/// that paint take a `const Theme &`, never a literal colour. GUI thread.
class Theme
{
public:
    /// Reads the built-in tokens; a missing token is a programming error (soft assert, magenta).
    /// `textScale` (0.8 to 2) is the user's text size: fonts and row heights follow it.
    static Theme load(ThemeName name, double textScale = 1);

    ThemeName name() const { return m_name; }
    double textScale() const { return m_textScale; }
    /// A height that holds text (row, button), in the user's text size; whole pixels.
    int scaled(int pixels) const;
    QStringList tokens() const;                 ///< names of all colours, sorted
    bool isDark() const;
    QColor color(const char *token) const;      ///< `panel`, `s_failed`, `y_key`, … of tokens.json
    QFont font(double pixelSize = 13, int weight = QFont::Normal) const;
    QFont monoFont(double pixelSize = 12) const;

    /// An icon of resources/icons by file name without ending, in one colour; cached by name, colour, size and ratio.
    QPixmap pixmap(const QString &icon, const QColor &color, int size, qreal deviceRatio = 1) const;
    QIcon icon(const QString &icon) const;                        ///< in `text2`, disabled in `text3`
    QIcon icon(const QString &icon, const QColor &color) const;
    QIcon toolIcon(const QString &icon, const QColor &color) const; ///< in `accent` while its button is checked

    QPalette palette() const;
    /// resources/themes/style.qss with every `@token@` and `@px:N@` place filled.
    QString styleSheet() const;
    /// Sets palette, style sheet and font of the application. Repaints; rebuilds no widget.
    void applyTo(QApplication &application) const;

private:
    ThemeName m_name = ThemeName::Light;
    double m_textScale = 1;
    QHash<QString, QColor> m_colors;
};

} // namespace ui
