#include "app/app_state.h"

#include "resources/embedded.h"

#include <QApplication>
#include <QLocale>
#include <QTranslator>

static void initTranslations()
{
    Q_INIT_RESOURCE(leat_translations);
}

namespace app {

namespace {

std::shared_ptr<const flow::TaskCatalog> loadCatalog()
{
    std::vector<std::string> texts;
    for (const std::string_view path : resources::embeddedPaths())
        if (path.starts_with("catalog/") && path.find("2.0") == std::string_view::npos)
            texts.emplace_back(resources::embedded(path));
    auto catalog = flow::TaskCatalog::load(texts);
    if (!catalog)
        qFatal("the built-in catalog can't be read: %s", catalog.error().args.empty() ? "" : catalog.error().args[0].c_str());
    return catalog.value();
}

} // namespace

AppState::AppState(const QString &settingsFile, QObject *parent)
    : QObject(parent), m_settings(settingsFile), m_theme(ui::Theme::load(m_settings.themeName(), m_settings.textScale())),
      m_catalog(loadCatalog())
{
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
