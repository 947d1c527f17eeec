#include "app/git_dock.h"
#include "app/run/run_controller.h"
#include "app/run/run_dialog.h"
#include "app/run/run_panel.h"
#include "git/ui/changes_panel.h"
#include "window_fixture.h"

#include <QProcess>

/// Writes pictures of the window at 1600×1000 into the build folder, `screenshots/NAME.png`, and measures
/// in them what the plan of the interface fixes: edges of panels and colours of their grounds. Runs itself
/// again at 125 and 200 %, `screenshots/NAME@125.png`.
class TestScreenshots : public QObject
{
    Q_OBJECT

private:
    static QString scale() { return qEnvironmentVariable("LEAT_PICTURE_SCALE"); }
    static void save(QWidget &window, const QString &name)
    {
        const QString folder = QStringLiteral(LEAT_BINARY_DIR "/screenshots");
        QDir().mkpath(folder);
        const QPixmap picture = window.grab();
        QVERIFY(picture.save(folder + QLatin1Char('/') + name + (scale().isEmpty() ? QString() : QLatin1Char('@') + scale()) + QStringLiteral(".png")));
    }

    static void run(test::WindowFixture &fixture, const QMap<QString, QString> &inputs = {})
    {
        app::FlowPage *page = fixture.window->documents().currentFlow();
        const QString id = fixture.window->runs().start(page, inputs);
        QVERIFY(!id.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.window->runs().isRunning(), 30'000);
        fixture.settle();
    }
    static void git(const QString &folder, const QStringList &arguments)
    {
        QProcess process;
        process.setWorkingDirectory(folder);
        process.start(QStringLiteral("git"), QStringList{QStringLiteral("-c"), QStringLiteral("user.name=Kim"), QStringLiteral("-c"),
                                                         QStringLiteral("user.email=kim@example.com")} + arguments);
        QVERIFY(process.waitForFinished());
        QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    }
    static void themesAndLanguages()
    {
        QTest::addColumn<int>("theme");
        QTest::addColumn<QString>("language");
        for (const char *language : {"en", "ko"}) {
            QTest::addRow("light-%s", language) << int(app::ThemeChoice::Light) << QString::fromLatin1(language);
            QTest::addRow("dark-%s", language) << int(app::ThemeChoice::Dark) << QString::fromLatin1(language);
            QTest::addRow("contrast-%s", language) << int(app::ThemeChoice::HighContrast) << QString::fromLatin1(language);
        }
    }
    /// The name of a picture: `main-light-en`.
    static QString named(const char *what) { return QStringLiteral("%1-%2").arg(QLatin1String(what), QLatin1String(QTest::currentDataTag())); }

private slots:
    void welcome_data() { themesAndLanguages(); }
    void welcome()
    {
        QFETCH(int, theme);
        QFETCH(QString, language);
        test::WindowFixture fixture(app::ThemeChoice(theme), language);
        save(fixture.open(), named("welcome"));
    }

    void main_data() { themesAndLanguages(); }
    void main()
    {
        QFETCH(int, theme);
        QFETCH(QString, language);
        test::WindowFixture fixture(app::ThemeChoice(theme), language);
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        window.documents().currentFlow()->selectTask("tasks[2]");
        fixture.settle();
        save(window, named("main"));

        // Places of the plan: x, y, what colour is there.
        const ui::Theme &shown = fixture.state->theme();
        const QPixmap picture = window.grab();
        const QImage image = picture.toImage();
        const double ratio = picture.devicePixelRatio();
        const struct { int x, y; const char *token; const char *what; } places[] = {
            {900, 3, "window", "menu bar"}, {520, 30, "window", "tool bar"}, {520, 65, "line", "line under the tool bar"},
            {20, 500, "window", "strip"}, {39, 500, "line", "line right of the strip"},
            {150, 90, "header", "title of Files"}, {150, 95, "line", "line under the title of Files"}, {44, 380, "panel", "Files"},
            {150, 386, "line", "line above Palette"}, {150, 390, "header", "title of Palette"}, {150, 416, "line", "line under the title of Palette"},
            {239, 600, "line", "line right of the left docks"}, {900, 70, "window", "bar of the tabs"}, {900, 99, "line", "line under the tabs"},
            {600, 103, "editor", "breadcrumb"}, {600, 133, "line", "line under the breadcrumb"}, {719, 500, "line", "line between text and graph"},
            {900, 103, "panel", "bar of the graph"}, {900, 133, "line", "line under the bar of the graph"}, {722, 140, "canvas", "graph"},
            {1332, 600, "line", "line left of the inspector"}, {1450, 90, "header", "title of Inspector"}, {1450, 95, "line", "line under it"},
            {1336, 900, "panel", "inspector"}, {900, 878, "line", "line above the bottom dock"}, {900, 882, "header", "tabs of the bottom dock"},
            {900, 908, "line", "line under them"}, {300, 972, "panel", "problems"}, {900, 976, "line", "line above the status bar"},
            {900, 990, "window", "status bar"},
        };
        for (const auto &place : places) {
            const QColor found = image.pixelColor(int((place.x + 0.5) * ratio), int((place.y + 0.5) * ratio));
            const QColor wanted = shown.color(place.token);
            if (std::fmod(ratio, 1) != 0 && QLatin1String(place.token) == QLatin1String("line"))
                continue; // a line of 1.25 device pixels is mixed with its neighbours
            QVERIFY2(found == wanted, qPrintable(QStringLiteral("%1 at %2,%3 is %4, not %5 (%6)").arg(QLatin1String(place.what)).arg(place.x).arg(place.y).arg(found.name(), wanted.name(), QLatin1String(place.token))));
        }
    }

    void emptyProject()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open();
        const QString folder = fixture.m_home.filePath(QStringLiteral("empty"));
        QDir().mkpath(folder);
        window.openPath(folder);
        fixture.settle();
        save(window, QStringLiteral("empty"));
    }

    void failedRun_data() { themesAndLanguages(); }
    void failedRun()
    {
        QFETCH(int, theme);
        QFETCH(QString, language);
        test::WindowFixture fixture(app::ThemeChoice(theme), language);
        app::MainWindow &window = fixture.open(QStringLiteral("quality_gate"));
        window.docks().reveal(QStringLiteral("runs"), false);
        run(fixture);
        window.docks().reveal(QStringLiteral("history"));
        fixture.settle();
        save(window, named("run-failed"));
        QCOMPARE(window.runs().shown()->state(), QStringLiteral("FAILED"));
        if (QLatin1String(QTest::currentDataTag()) == QLatin1String("light-en"))
            greyPicture(window, QStringLiteral("run-failed-grey"));
    }
    /// As a printer without colours gives it: states have to be told by their shapes.
    static void greyPicture(QWidget &window, const QString &name)
    {
        const QString folder = QStringLiteral(LEAT_BINARY_DIR "/screenshots/");
        QVERIFY(window.grab().toImage().convertToFormat(QImage::Format_Grayscale8).save(folder + name + QStringLiteral(".png")));
    }

    void runningRun()
    {
        test::WindowFixture fixture(app::ThemeChoice::Dark);
        app::MainWindow &window = fixture.open(QStringLiteral("flaky_partner"));
        window.docks().reveal(QStringLiteral("runs"), false);
        QVERIFY(!window.runs().start(window.documents().currentFlow(), {}).isEmpty());
        // The partner answers at the third attempt: between them the run is alive with a finished attempt.
        QTRY_VERIFY(window.runs().shown() && !window.runs().shown()->execution().taskRuns.empty()
                    && !window.runs().shown()->execution().taskRuns.front().attempts.empty());
        fixture.settle();
        QVERIFY(window.runs().isRunning());
        save(window, QStringLiteral("run-running"));
        QTRY_VERIFY_WITH_TIMEOUT(!window.runs().isRunning(), 30'000);
    }

    void push_data() { themesAndLanguages(); }
    void push()
    {
        QFETCH(int, theme);
        QFETCH(QString, language);
        test::WindowFixture fixture(app::ThemeChoice(theme), language);
        const QString bare = fixture.m_home.filePath(QStringLiteral("remote.git"));
        git(fixture.m_home.path(), {QStringLiteral("init"), QStringLiteral("-q"), QStringLiteral("--bare"), bare});
        git(fixture.project, {QStringLiteral("init"), QStringLiteral("-q"), QStringLiteral("-b"), QStringLiteral("main")});
        git(fixture.project, {QStringLiteral("config"), QStringLiteral("user.name"), QStringLiteral("Kim")});
        git(fixture.project, {QStringLiteral("config"), QStringLiteral("user.email"), QStringLiteral("kim@example.com")});
        git(fixture.project, {QStringLiteral("remote"), QStringLiteral("add"), QStringLiteral("origin"), bare});
        git(fixture.project, {QStringLiteral("add"), QStringLiteral("-A")});
        git(fixture.project, {QStringLiteral("commit"), QStringLiteral("-qm"), QStringLiteral("Examples")});
        QFile flow(fixture.flowPath(QStringLiteral("region_report")));
        QVERIFY(flow.open(QIODevice::Append));
        flow.write("# told apart\n");
        flow.close();
        app::MainWindow &window = fixture.open(QStringLiteral("region_report"));
        window.docks().reveal(QStringLiteral("git"), false);
        auto *panel = static_cast<git::ChangesPanel *>(window.docks().panel(QStringLiteral("git")));
        QTRY_VERIFY(window.actions()[QStringLiteral("git.push")]->isEnabled());
        const auto phase = [&] { return window.git().controller().progress().phase; };
        const auto pushed = [&](const QString &name, git::PushPhase wanted) {
            panel->beginCommit();
            QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("Remark on the report"));
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
            QTRY_VERIFY_WITH_TIMEOUT(phase() != git::PushPhase::Running, 30'000);
            QCOMPARE(phase(), wanted);
            fixture.settle();
            save(window, name);
        };
        QFile hook(bare + QStringLiteral("/hooks/update"));
        QVERIFY(hook.open(QIODevice::WriteOnly));
        hook.write("#!/bin/sh\necho 'main takes changes by pull request only'\nexit 1\n");
        hook.close();
        hook.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        pushed(named("push-refused"), git::PushPhase::NotPushed);
        QVERIFY(hook.remove());
        QVERIFY(flow.open(QIODevice::Append));
        flow.write("# and again\n");
        flow.close();
        window.git().controller().refresh(); // as when the window is come back to
        QTRY_VERIFY(!window.git().controller().state().files.empty());
        pushed(named("push-pushed"), git::PushPhase::Pushed);
    }

    void runDialog_data() { themesAndLanguages(); }
    void runDialog()
    {
        QFETCH(int, theme);
        QFETCH(QString, language);
        test::WindowFixture fixture(app::ThemeChoice(theme), language);
        app::MainWindow &window = fixture.open(QStringLiteral("every_input"));
        QTimer::singleShot(0, &window, [&] {
            auto *dialog = qobject_cast<app::RunDialog *>(QApplication::activeModalWidget());
            QVERIFY(dialog);
            save(*dialog, named("run-dialog"));
            dialog->reject();
        });
        window.runs().run(window.documents().currentFlow(), false);
    }

    void otherScales_data()
    {
        QTest::addColumn<QString>("factor");
        QTest::newRow("125") << QStringLiteral("1.25");
        QTest::newRow("200") << QStringLiteral("2");
    }
    /// The factor belongs to a process: this one starts itself anew.
    void otherScales()
    {
        if (!scale().isEmpty())
            QSKIP("this is another scale already");
        QFETCH(QString, factor);
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("QT_SCALE_FACTOR"), factor);
        environment.insert(QStringLiteral("LEAT_PICTURE_SCALE"), QString::fromLatin1(QTest::currentDataTag()));
        QProcess process;
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(QCoreApplication::applicationFilePath(), {QStringLiteral("welcome"), QStringLiteral("main"), QStringLiteral("failedRun"), QStringLiteral("runDialog")});
        QVERIFY(process.waitForFinished(280'000));
        QVERIFY2(process.exitCode() == 0, process.readAll().constData());
    }
};

QTEST_MAIN(TestScreenshots)
#include "tst_screenshots.moc"
