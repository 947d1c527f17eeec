#include "app/settings.h"

#include <QDateTime>
#include <QDir>
#include <QGuiApplication>
#include <QPalette>

#include <algorithm>

namespace app {

namespace {

constexpr int kRecentLimit = 10;

QString xdg(const char *variable, const char *fallback)
{
    const QString base = qEnvironmentVariable(variable);
    const QString root = base.isEmpty() ? QDir::homePath() + QLatin1Char('/') + QLatin1String(fallback) : base;
    return root + QStringLiteral("/leat");
}

} // namespace

QString configFolder() { return xdg("XDG_CONFIG_HOME", ".config"); }
QString stateFolder() { return xdg("XDG_STATE_HOME", ".local/state"); }
QString cacheFolder() { return xdg("XDG_CACHE_HOME", ".cache"); }
QString stepsFolder() { return stateFolder() + QStringLiteral("/steps"); }
QString recoveryFolder() { return stateFolder() + QStringLiteral("/unsaved"); }

Settings::Settings(const QString &file)
    : m_settings(file.isEmpty() ? configFolder() + QStringLiteral("/leat.ini") : file, QSettings::IniFormat)
{
}

ThemeChoice Settings::theme() const
{
    const QString name = m_settings.value(QStringLiteral("theme")).toString();
    if (name == QLatin1String("light"))
        return ThemeChoice::Light;
    if (name == QLatin1String("dark"))
        return ThemeChoice::Dark;
    if (name == QLatin1String("contrast"))
        return ThemeChoice::HighContrast;
    return ThemeChoice::System;
}

void Settings::setTheme(ThemeChoice theme)
{
    static const char *const names[] = {"system", "light", "dark", "contrast"};
    m_settings.setValue(QStringLiteral("theme"), QLatin1String(names[int(theme)]));
}

ui::ThemeName Settings::themeName() const
{
    switch (theme()) {
    case ThemeChoice::Light: return ui::ThemeName::Light;
    case ThemeChoice::Dark: return ui::ThemeName::Dark;
    case ThemeChoice::HighContrast: return ui::ThemeName::HighContrast;
    case ThemeChoice::System: break;
    }
    static const bool systemIsDark = QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
    return systemIsDark ? ui::ThemeName::Dark : ui::ThemeName::Light;
}

QString Settings::language() const
{
    return m_settings.value(QStringLiteral("language")).toString();
}

void Settings::setLanguage(const QString &language)
{
    m_settings.setValue(QStringLiteral("language"), language);
}

double Settings::textScale() const
{
    return std::clamp(m_settings.value(QStringLiteral("textScale"), 1.0).toDouble(), 0.8, 2.0);
}

void Settings::setTextScale(double scale)
{
    m_settings.setValue(QStringLiteral("textScale"), std::clamp(scale, 0.8, 2.0));
}

bool Settings::reducedMotion() const
{
    return m_settings.value(QStringLiteral("reducedMotion"), false).toBool();
}

void Settings::setReducedMotion(bool reduced)
{
    m_settings.setValue(QStringLiteral("reducedMotion"), reduced);
}

QStringList Settings::recentProjects() const
{
    return m_settings.value(QStringLiteral("recent/projects")).toStringList();
}

void Settings::addRecentProject(const QString &folder)
{
    QStringList recent = recentProjects();
    recent.removeAll(folder);
    recent.prepend(folder);
    while (recent.size() > kRecentLimit)
        recent.removeLast();
    m_settings.setValue(QStringLiteral("recent/projects"), recent);
    QVariantMap opened = m_settings.value(QStringLiteral("recent/opened")).toMap();
    opened.insert(folder, QDateTime::currentMSecsSinceEpoch());
    m_settings.setValue(QStringLiteral("recent/opened"), opened);
}

void Settings::removeRecentProject(const QString &folder)
{
    QStringList recent = recentProjects();
    recent.removeAll(folder);
    m_settings.setValue(QStringLiteral("recent/projects"), recent);
}

qint64 Settings::lastOpened(const QString &folder) const
{
    return m_settings.value(QStringLiteral("recent/opened")).toMap().value(folder).toLongLong();
}

} // namespace app
