#pragma once

#include "app/catalog/catalog_files.h"
#include "app/settings.h"
#include "engine/flow/task_catalog.h"
#include "ui/theme.h"

#include <QObject>

#include <memory>

class QTranslator;

namespace app {

/// What every part of the window shares: the settings, the look, the language's catalog. Made in main,
/// outlives all windows. GUI thread.
class AppState : public QObject
{
    Q_OBJECT

public:
    explicit AppState(const QString &settingsFile = {}, QObject *parent = nullptr);
    ~AppState() override;

    Settings &settings() { return m_settings; }
    const ui::Theme &theme() const { return m_theme; }
    std::shared_ptr<const flow::TaskCatalog> catalog() const { return m_catalog; }

    /// Keeps a JSON schema of task types beside the settings and takes its types into the catalog.
    KeptSchema addSchema(const QString &name, const QByteArray &json);
    /// The catalog knows the types of a project's own schemas, too; an empty folder ends that. Documents that are
    /// open keep theirs: call it before they are.
    void setProject(const QString &folder);

    /// Reads theme and text size from the settings and shows them at once.
    void applyTheme();
    /// Installs the words of the chosen language; what is already on screen keeps its own.
    void applyLanguage();
    /// The language in use: `en` or `ko`.
    QString language() const;

signals:
    void themeChanged(const ui::Theme &theme);
    void catalogChanged(); ///< windows have to be made anew
    void projectTypesChanged(); ///< catalog() is another one since the project is
    void languageChosen(); ///< another one than is on screen: windows have to be made anew

private:
    void readCatalog();

    Settings m_settings;
    ui::Theme m_theme;
    QString m_schemas; // folder
    std::vector<std::filesystem::path> m_projectSchemas; ///< folder, when it has some
    std::shared_ptr<const flow::TaskCatalog> m_catalog;
    std::unique_ptr<QTranslator> m_translator;
};

} // namespace app
