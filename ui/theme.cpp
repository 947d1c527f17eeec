#include "ui/theme.h"

#include "ui/leat_style.h"

#include <QApplication>
#include <QFile>
#include <QGuiApplication>
#include <QIconEngine>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QRegularExpression>
#include <QScreen>
#include <QSvgRenderer>

#include <algorithm>
#include <cmath>

// Must stand outside any namespace; keeps the linker from dropping the resources of a static library.
static void initResources()
{
    Q_INIT_RESOURCE(leat_ui);
}

namespace ui {

namespace {

constexpr char kMissingIcon[] = "task-unknown";

QByteArray readResource(const QString &path)
{
    initResources();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qWarning("ui: resource %s is missing", qPrintable(path));
    return file.readAll();
}

QString key(ThemeName name)
{
    switch (name) {
    case ThemeName::Light: return QStringLiteral("light");
    case ThemeName::Dark: return QStringLiteral("dark");
    case ThemeName::HighContrast: return QStringLiteral("contrast");
    }
    return QStringLiteral("light");
}

QFont fontOf(const QStringList &families, double pixelSize, int weight)
{
    QFont font;
    font.setFamilies(families);
    font.setWeight(QFont::Weight(weight));
    const double whole = std::round(pixelSize);
    if (std::abs(whole - pixelSize) < 0.05) {
        font.setPixelSize(std::max(1, int(whole)));
    } else {
        const QScreen *screen = QGuiApplication::primaryScreen();
        font.setPointSizeF(pixelSize * 72 / (screen ? screen->logicalDotsPerInchY() : 96));
    }
    return font;
}

/// The SVG of an icon with its `currentColor` replaced: QtSvg would draw that word black.
QByteArray svgOf(const QString &icon, const QColor &color)
{
    QString path = QStringLiteral(":/icons/%1.svg").arg(icon);
    if (!QFile::exists(path)) {
        qWarning("ui: no icon %s", qPrintable(icon));
        path = QStringLiteral(":/icons/%1.svg").arg(QLatin1String(kMissingIcon));
    }
    QByteArray svg = readResource(path);
    return svg.replace("currentColor", color.name(QColor::HexRgb).toLatin1());
}

QPixmap render(const QString &icon, const QColor &color, QSize size, qreal ratio)
{
    const QString cacheKey = QStringLiteral("leat/%1/%2/%3x%4@%5")
                                 .arg(icon, color.name(QColor::HexArgb))
                                 .arg(size.width()).arg(size.height()).arg(ratio);
    QPixmap pixmap;
    if (QPixmapCache::find(cacheKey, &pixmap))
        return pixmap;
    QImage image(size * ratio, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QSvgRenderer renderer(svgOf(icon, color));
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    QPainter painter(&image);
    renderer.render(&painter, QRectF(QPointF(), QSizeF(image.size())));
    painter.end();
    image.setDevicePixelRatio(ratio);
    pixmap = QPixmap::fromImage(image);
    QPixmapCache::insert(cacheKey, pixmap);
    return pixmap;
}

/// Draws one icon of resources/icons at any size, sharp, in the colour of its mode.
class SvgIconEngine : public QIconEngine
{
public:
    SvgIconEngine(QString icon, QColor color, QColor disabled, QColor checked)
        : m_icon(std::move(icon)), m_color(color), m_disabled(disabled), m_checked(checked) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device() ? painter->device()->devicePixelRatioF() : 1;
        painter->drawPixmap(rect, render(m_icon, colorOf(mode, state), rect.size(), ratio));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State state) override
    {
        return render(m_icon, colorOf(mode, state), size, 1);
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal scale) override
    {
        // `size` is in device pixels here.
        return render(m_icon, colorOf(mode, state), (QSizeF(size) / scale).toSize(), scale);
    }
    QString key() const override { return QStringLiteral("leat-svg"); }
    QIconEngine *clone() const override { return new SvgIconEngine(*this); }

private:
    QColor colorOf(QIcon::Mode mode, QIcon::State state) const
    {
        return mode == QIcon::Disabled ? m_disabled : state == QIcon::On ? m_checked : m_color;
    }

    QString m_icon;
    QColor m_color;
    QColor m_disabled;
    QColor m_checked;
};

} // namespace

Theme Theme::load(ThemeName name, double textScale)
{
    Theme theme;
    theme.m_name = name;
    theme.m_textScale = std::clamp(textScale, 0.8, 2.0);
    const QJsonObject all =
        QJsonDocument::fromJson(readResource(QStringLiteral(":/themes/tokens.json"))).object();
    const QJsonObject tokens = all.value(key(name)).toObject();
    for (auto it = tokens.begin(); it != tokens.end(); ++it)
        theme.m_colors.insert(it.key(), QColor(it.value().toString()));
    return theme;
}

bool Theme::isDark() const
{
    return m_name != ThemeName::Light;
}

int Theme::scaled(int pixels) const
{
    return int(std::lround(pixels * m_textScale));
}

QStringList Theme::tokens() const
{
    QStringList names = m_colors.keys();
    names.sort();
    return names;
}

QColor Theme::color(const char *token) const
{
    const auto it = m_colors.find(QLatin1String(token));
    if (it != m_colors.end())
        return *it;
    qWarning("ui: no colour token %s", token);
    return Qt::magenta;
}

QFont Theme::font(double pixelSize, int weight) const
{
    static const QStringList families{QStringLiteral("Inter"), QStringLiteral("Noto Sans CJK KR"),
                                      QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans")};
    return fontOf(families, pixelSize * m_textScale, weight);
}

QFont Theme::monoFont(double pixelSize) const
{
    static const QStringList families{QStringLiteral("JetBrains Mono"),
                                      QStringLiteral("Noto Sans Mono CJK KR"),
                                      QStringLiteral("DejaVu Sans Mono")};
    QFont font = fontOf(families, pixelSize * m_textScale, QFont::Normal);
    font.setStyleHint(QFont::Monospace);
    font.setStyleStrategy(QFont::PreferNoShaping); // no ligatures
    return font;
}

QPixmap Theme::pixmap(const QString &icon, const QColor &color, int size, qreal deviceRatio) const
{
    return render(icon, color, QSize(size, size), deviceRatio);
}

QIcon Theme::icon(const QString &name) const
{
    return icon(name, color("text2"));
}

QIcon Theme::icon(const QString &name, const QColor &color) const
{
    return QIcon(new SvgIconEngine(name, color, this->color("text3"), color));
}

QIcon Theme::toolIcon(const QString &name, const QColor &color) const
{
    return QIcon(new SvgIconEngine(name, color, this->color("text3"), this->color("accent")));
}

QPalette Theme::palette() const
{
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, const char *token) {
        palette.setColor(role, color(token));
    };
    set(QPalette::Window, "window");
    set(QPalette::Base, "field");
    set(QPalette::AlternateBase, "panel");
    set(QPalette::WindowText, "text");
    set(QPalette::Text, "text");
    set(QPalette::ButtonText, "text");
    set(QPalette::BrightText, "onAccent");
    set(QPalette::PlaceholderText, "text3");
    set(QPalette::Button, "raised");
    set(QPalette::Highlight, "selected");
    set(QPalette::HighlightedText, "text");
    set(QPalette::Link, "link");
    set(QPalette::LinkVisited, "link");
    set(QPalette::ToolTipBase, "tip");
    set(QPalette::ToolTipText, "tipText");
    set(QPalette::Light, "raised");
    set(QPalette::Midlight, "hover");
    set(QPalette::Mid, "line");
    set(QPalette::Dark, "lineStrong");
    set(QPalette::Shadow, "lineStrong");
    for (const QPalette::ColorRole role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, color("text3"));
    return palette;
}

QString Theme::styleSheet() const
{
    QString sheet = QString::fromUtf8(readResource(QStringLiteral(":/themes/style.qss")));
    static const QRegularExpression comment(QStringLiteral("/\\*.*?\\*/"),
                                            QRegularExpression::DotMatchesEverythingOption);
    sheet.remove(comment);
    static const QRegularExpression place(QStringLiteral("@([A-Za-z0-9_:]+)@"));
    QString out;
    qsizetype from = 0;
    for (auto it = place.globalMatch(sheet); it.hasNext();) {
        const QRegularExpressionMatch match = it.next();
        out += sheet.mid(from, match.capturedStart() - from);
        from = match.capturedEnd();
        const QString token = match.captured(1);
        if (token == QLatin1String("theme"))
            out += key(m_name);
        else if (token.startsWith(QLatin1String("px:"))) // a height or font size in the user's text size
            out += QString::number(scaled(token.mid(3).toInt())) + QStringLiteral("px");
        else
            out += color(token.toLatin1().constData()).name();
    }
    return out + sheet.mid(from);
}

void Theme::applyTo(QApplication &application) const
{
    constexpr char kStyled[] = "leatStyle";
    if (!application.property(kStyled).toBool()) {
        application.setStyle(new LeatStyle);
        application.setProperty(kStyled, true);
    }
    application.setPalette(palette());
    application.setFont(font());
    application.setStyleSheet(styleSheet());
}

} // namespace ui
