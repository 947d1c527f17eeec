#include "app/run/run_controller.h"
#include "app/run/run_dialog.h"
#include "app/run/run_panel.h"
#include "window_fixture.h"

/// Writes pictures of the window at 1600×1000 into the build folder, `screenshots/NAME.png`.
class TestScreenshots : public QObject
{
    Q_OBJECT

private:
    static void save(QWidget &window, const QString &name)
    {
        const QString folder = QStringLiteral(LEAT_BINARY_DIR "/screenshots");
        QDir().mkpath(folder);
        const QPixmap picture = window.grab();
        QVERIFY(picture.save(folder + QLatin1Char('/') + name + QStringLiteral(".png")));
    }

    static void run(test::WindowFixture &fixture, const QMap<QString, QString> &inputs = {})
    {
        app::FlowPage *page = fixture.window->documents().currentFlow();
        const QString id = fixture.window->runs().start(page, inputs);
        QVERIFY(!id.isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!fixture.window->runs().isRunning(), 30'000);
        fixture.settle();
    }

private slots:
    void welcome()
    {
        test::WindowFixture fixture;
        save(fixture.open(), QStringLiteral("welcome"));
    }

    void main_data()
    {
        QTest::addColumn<int>("theme");
        QTest::addColumn<QString>("language");
        QTest::newRow("main-light") << int(app::ThemeChoice::Light) << QStringLiteral("en");
        QTest::newRow("main-dark") << int(app::ThemeChoice::Dark) << QStringLiteral("en");
        QTest::newRow("main-contrast") << int(app::ThemeChoice::HighContrast) << QStringLiteral("en");
        QTest::newRow("main-korean") << int(app::ThemeChoice::Light) << QStringLiteral("ko");
    }
    void main()
    {
        QFETCH(int, theme);
        QFETCH(QString, language);
        test::WindowFixture fixture(app::ThemeChoice(theme), language);
        app::MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        window.documents().currentFlow()->selectTask("tasks[2]");
        fixture.settle();
        save(window, QString::fromLatin1(QTest::currentDataTag()));
    }

    void failedRun()
    {
        test::WindowFixture fixture;
        app::MainWindow &window = fixture.open(QStringLiteral("quality_gate"));
        run(fixture);
        window.resizeDocks({window.docks().dock(QStringLiteral("runs"))}, {400}, Qt::Vertical);
        window.docks().reveal(QStringLiteral("history"));
        fixture.settle();
        save(window, QStringLiteral("run-failed"));
        QCOMPARE(window.runs().shown()->state(), QStringLiteral("FAILED"));
    }

    void runningRun()
    {
        test::WindowFixture fixture(app::ThemeChoice::Dark);
        app::MainWindow &window = fixture.open(QStringLiteral("flaky_partner"));
        QVERIFY(!window.runs().start(window.documents().currentFlow(), {}).isEmpty());
        window.resizeDocks({window.docks().dock(QStringLiteral("runs"))}, {300}, Qt::Vertical);
        // The partner answers at the third attempt: between them the run is alive with a finished attempt.
        QTRY_VERIFY(window.runs().shown() && !window.runs().shown()->execution().taskRuns.empty()
                    && !window.runs().shown()->execution().taskRuns.front().attempts.empty());
        fixture.settle();
        QVERIFY(window.runs().isRunning());
        save(window, QStringLiteral("run-running"));
        QTRY_VERIFY_WITH_TIMEOUT(!window.runs().isRunning(), 30'000);
    }

    void runDialogKorean()
    {
        test::WindowFixture fixture(app::ThemeChoice::Light, QStringLiteral("ko"));
        app::MainWindow &window = fixture.open(QStringLiteral("every_input"));
        QTimer::singleShot(0, &window, [&] {
            auto *dialog = qobject_cast<app::RunDialog *>(QApplication::activeModalWidget());
            QVERIFY(dialog);
            save(*dialog, QStringLiteral("run-dialog-korean"));
            dialog->reject();
        });
        window.runs().run(window.documents().currentFlow(), false);
    }
};

QTEST_MAIN(TestScreenshots)
#include "tst_screenshots.moc"
