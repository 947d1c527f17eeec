#include "app/app_state.h"

#include <QApplication>
#include <QFileInfo>
#include <QLocale>
#include <QTranslator>

static void initTranslations()
{
    Q_INIT_RESOURCE(leat_translations);
}

namespace app {

AppState::AppState(const QString &settingsFile, QObject *parent)
    : QObject(parent), m_settings(settingsFile), m_theme(ui::Theme::load(m_settings.themeName(), m_settings.textScale())),
      m_schemas(QFileInfo(m_settings.fileName()).absolutePath() + QStringLiteral("/schemas"))
{
    readCatalog();
}

void AppState::readCatalog()
{
    std::vector<std::filesystem::path> folders{m_schemas.toStdString()};
    folders.insert(folders.end(), m_projectSchemas.begin(), m_projectSchemas.end());
    const LoadedCatalog loaded = loadTaskCatalog(flow::Dialect::Kestra1_3, folders);
    for (const std::filesystem::path &file : loaded.unread)
        qWarning("%s is no schema of task types; left out", file.c_str());
    m_catalog = loaded.catalog;
}

void AppState::setProject(const QString &folder)
{
    std::vector<std::filesystem::path> own;
    if (const std::filesystem::path schemas = projectSchemaFolder(folder.toStdString()); !folder.isEmpty() && !schemasIn(schemas).empty())
        own.push_back(schemas);
    if (std::exchange(m_projectSchemas, own) == own)
        return;
    readCatalog();
    emit projectTypesChanged();
}

KeptSchema AppState::addSchema(const QString &name, const QByteArray &json)
{
    const KeptSchema kept = keepSchema(m_schemas.toStdString(), name.toStdString(), {json.constData(), std::size_t(json.size())});
    if (kept == KeptSchema::Kept) {
        readCatalog();
        emit catalogChanged();
    }
    return kept;
}

AppState::~AppState() = default;

void AppState::applyTheme()
{
    m_theme = ui::Theme::load(m_settings.themeName(), m_settings.textScale());
    m_theme.applyTo(*qApp);
    emit themeChanged(m_theme);
}

QString AppState::language() const
{
    const QString chosen = m_settings.language();
    if (!chosen.isEmpty())
        return chosen;
    return QLocale::system().language() == QLocale::Korean ? QStringLiteral("ko") : QStringLiteral("en");
}

void AppState::applyLanguage()
{
    initTranslations();
    if (m_translator)
        qApp->removeTranslator(m_translator.get());
    m_translator.reset();
    auto translator = std::make_unique<QTranslator>();
    if (!translator->load(QStringLiteral(":/translations/leat_%1.qm").arg(language())))
        return;
    qApp->installTranslator(translator.get());
    m_translator = std::move(translator);
}

} // namespace app
