#pragma once

#include "ui/theme.h"

#include <QSettings>
#include <QStringList>

namespace app {

/// Which theme the user wants; System follows the desktop's light or dark.
enum class ThemeChoice { System, Light, Dark, HighContrast };

/// What the user chose, kept in `$XDG_CONFIG_HOME/leat/leat.ini`. GUI thread.
class Settings
{
public:
    /// An empty path means the file above; tests hand in their own.
    explicit Settings(const QString &file = {});

    ThemeChoice theme() const;
    void setTheme(ThemeChoice theme);
    /// The theme to show now: System is resolved by the palette the desktop gave.
    ui::ThemeName themeName() const;

    QString language() const; ///< `en`, `ko`; empty follows the system
    void setLanguage(const QString &language);
    double textScale() const; ///< 0.8 to 2
    void setTextScale(double scale);
    bool reducedMotion() const;
    void setReducedMotion(bool reduced);

    QStringList recentProjects() const; ///< folders, last one first, at most ten
    void addRecentProject(const QString &folder);
    void removeRecentProject(const QString &folder);
    qint64 lastOpened(const QString &folder) const; ///< ms since 1970; 0 when unknown

    QByteArray bytes(const QString &key) const { return m_settings.value(key).toByteArray(); }
    void setBytes(const QString &key, const QByteArray &value) { m_settings.setValue(key, value); }
    QStringList list(const QString &key) const { return m_settings.value(key).toStringList(); }
    void setList(const QString &key, const QStringList &value) { m_settings.setValue(key, value); }
    QVariant value(const QString &key, const QVariant &fallback = {}) const { return m_settings.value(key, fallback); }
    void setValue(const QString &key, const QVariant &value) { m_settings.setValue(key, value); }
    QString fileName() const { return m_settings.fileName(); }

private:
    QSettings m_settings;
};

/// `$XDG_CONFIG_HOME/leat`, `$XDG_STATE_HOME/leat`, `$XDG_CACHE_HOME/leat`.
QString configFolder();
QString stateFolder();
QString cacheFolder();
QString stepsFolder();    ///< where the steps of saved texts are kept
QString recoveryFolder(); ///< where unsaved texts are kept until they are saved

} // namespace app
