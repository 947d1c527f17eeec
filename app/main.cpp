#include "app/app_state.h"
#include "app/main_window.h"
#include "canvas/canvas_accessible.h"

#include <QApplication>
#include <QCommandLineParser>

#include <memory>

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("Leat"));
    QCoreApplication::setApplicationVersion(QStringLiteral("0.1.0"));
    QGuiApplication::setDesktopFileName(QStringLiteral("leat"));

    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Leat: declarative workflows on this machine"));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("path"), QStringLiteral("A folder to open as the project, or a file in it"), QStringLiteral("[path]"));
    parser.process(application);

    canvas::installCanvasAccessibility();
    app::AppState state;
    state.applyLanguage();
    state.applyTheme();
    auto window = std::make_unique<app::MainWindow>(state);
    window->show();
    const QStringList paths = parser.positionalArguments();
    if (!paths.isEmpty() && !window->openPath(paths.front()))
        qWarning("leat-desktop: there is no %s", qPrintable(paths.front()));
    // Another language or catalog: the same project in a new window. Whoever keeps the old one open gets it with the
    // next start.
    const auto openAnew = [&] {
        const QString project = window->project() ? window->project()->folder() : QString();
        application.setQuitOnLastWindowClosed(false);
        if (window->close()) {
            state.applyLanguage();
            window = std::make_unique<app::MainWindow>(state);
            window->show();
            if (!project.isEmpty())
                window->openPath(project);
        }
        application.setQuitOnLastWindowClosed(true);
    };
    QObject::connect(&state, &app::AppState::languageChosen, &application, openAnew, Qt::QueuedConnection);
    QObject::connect(&state, &app::AppState::catalogChanged, &application, openAnew, Qt::QueuedConnection);
    return application.exec();
}
