#pragma once

#include "app/app_state.h"
#include "app/command_palette.h"
#include "app/docks.h"
#include "app/main_window.h"
#include "canvas/canvas_view.h"

#include <QApplication>
#include <QDir>
#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>

namespace test {

/// The command palette when it is open.
inline app::CommandPalette *shownPalette()
{
    for (QWidget *widget : QApplication::topLevelWidgets())
        if (auto *shown = qobject_cast<app::CommandPalette *>(widget); shown && shown->isVisible())
            return shown;
    return nullptr;
}

/// Does something in the dialog that the next event brings up; another one than this kind is closed. `seen`
/// says whether it came, and outlives it.
template <typename Dialog, typename Act>
void meet(bool &seen, Act act)
{
    QTimer::singleShot(0, qApp, [&seen, act] {
        auto *dialog = qobject_cast<Dialog *>(QApplication::activeModalWidget());
        if (!dialog) {
            if (QWidget *other = QApplication::activeModalWidget())
                other->close();
            return;
        }
        seen = true;
        QApplication::setActiveWindow(dialog);
        act(*dialog);
    });
}

/// A window on a copy of the example project, with settings, history and caches of its own.
class WindowFixture
{
public:
    explicit WindowFixture(app::ThemeChoice theme = app::ThemeChoice::Light, const QString &language = QStringLiteral("en"))
    {
        qputenv("XDG_CONFIG_HOME", m_home.filePath(QStringLiteral("config")).toUtf8());
        qputenv("XDG_STATE_HOME", m_home.filePath(QStringLiteral("state")).toUtf8());
        qputenv("XDG_CACHE_HOME", m_home.filePath(QStringLiteral("cache")).toUtf8());
        project = m_home.filePath(QStringLiteral("examples"));
        std::filesystem::copy(LEAT_SOURCE_DIR "/resources/examples", project.toStdString(), std::filesystem::copy_options::recursive);
        QCoreApplication::setApplicationVersion(QStringLiteral("0.1.0"));
        state = std::make_unique<app::AppState>(m_home.filePath(QStringLiteral("settings.ini")));
        state->settings().setTheme(theme);
        state->settings().setLanguage(language);
        state->settings().setReducedMotion(true);
        state->applyLanguage();
        state->applyTheme();
    }
    ~WindowFixture()
    {
        window.reset();
        state->settings().setLanguage(QStringLiteral("en"));
        state->applyLanguage();
    }
    QString flowPath(const QString &id) const { return project + QStringLiteral("/company.team/flows/%1.yaml").arg(id); }
    app::MainWindow &open(const QString &flowId = {})
    {
        window = std::make_unique<app::MainWindow>(*state);
        window->resize(1600, 1000);
        window->show();
        if (!flowId.isEmpty()) {
            window->openPath(project);
            window->openPath(flowPath(flowId));
        }
        settle();
        return *window;
    }
    /// Until the graph is laid out and nothing waits to be painted.
    void settle()
    {
        QCoreApplication::processEvents();
        if (app::FlowPage *page = window->documents().currentFlow()) {
            QTRY_VERIFY_WITH_TIMEOUT(!page->canvas().flowScene().isLayoutPending(), 10'000);
            page->canvas().flowScene().finishMotion();
        }
        for (int i = 0; i < 3; ++i)
            QCoreApplication::processEvents();
    }

    QTemporaryDir m_home;
    QString project;
    std::unique_ptr<app::AppState> state;
    std::unique_ptr<app::MainWindow> window;
};

} // namespace test
