#include "app/run/run_controller.h"
#include "editor/editor_pane.h"
#include "window_fixture.h"

using namespace app;

/// What the window offers beyond one text: values of runs, search, blueprints, histories, wizards.
class ProjectTest : public QObject
{
    Q_OBJECT

private slots:
    void valuesOfTheLastRunAreShownAndOffered()
    {
        test::WindowFixture fixture;
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        FlowPage *page = window.documents().currentFlow();
        const std::size_t rows = page->session().text().find("rows }} orders");
        QVERIFY(!page->textPane().navigation().hoverText(rows).contains(QStringLiteral("<pre")));
        QVERIFY(!window.runs().start(page, {}).isEmpty());
        QTRY_VERIFY_WITH_TIMEOUT(!window.runs().isRunning(), 60'000);
        const QString shown = page->textPane().navigation().hoverText(rows);
        QVERIFY2(shown.contains(QStringLiteral("number, run of Today")), qPrintable(shown));
        page->textView().goToOffset(rows);
        page->textPane().assist().complete();
        QCOMPARE(page->textPane().assist().popup().current()->label, std::string("rows"));
        page->textPane().assist().close();
    }

    void valuesSurviveARestart()
    {
        test::WindowFixture fixture;
        {
            MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
            window.runs().start(window.documents().currentFlow(), {});
            QTRY_VERIFY_WITH_TIMEOUT(!window.runs().isRunning(), 60'000);
            fixture.window.reset();
        }
        MainWindow &window = fixture.open(QStringLiteral("daily_sales"));
        FlowPage *page = window.documents().currentFlow();
        const std::size_t rows = page->session().text().find("rows }} orders");
        QTRY_VERIFY(page->textPane().navigation().hoverText(rows).contains(QStringLiteral("<pre")));
    }
};

QTEST_MAIN(ProjectTest)
#include "tst_project.moc"
